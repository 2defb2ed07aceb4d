"""A look at a written module before it reaches a folder: types and text, nothing that acts.

A contract is written by strangers, and its names, values and descriptions end up in Python
source.  The generator escapes them; this check does not take its word for it.  Nor for the
module's being one: a module that passed is imported once, on trial.
"""

from __future__ import annotations

import ast
import builtins
import sys
import warnings
from types import ModuleType
from typing import TYPE_CHECKING

from wireproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_module"]

_MODULES = {"__future__", "builtins", "enum", "typing", "typing_extensions", "pydantic"}
_CALLS = {"ConfigDict", "Field"}
_PLAIN_TYPES = {"bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple"}
_REBUILD = "model_rebuild"


class _SurpriseError(Exception):
    """Something in a module that no model needs; carries the node that it is."""

    def __init__(self, node: ast.AST, what: str) -> None:
        super().__init__(what)
        self.line = getattr(node, "lineno", 1)
        self.what = what


def check_module(text: str, *, name: str) -> None:
    """Return None where the module holds imports, classes, fields and text only.

    `name` is what the message calls the module.  Raises ContractError, naming line and
    content, for a call, an import or an expression that a model has no use for.
    """
    try:
        tree = ast.parse(text)
        classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        known = _PLAIN_TYPES | set(_imported(tree)) | classes
        for statement in tree.body:
            _check_statement(statement, known)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _refusal(
            name, getattr(error, "lineno", None) or 1, f"it is no Python module ({error})"
        ) from error
    except _SurpriseError as surprise:
        raise _refusal(name, surprise.line, surprise.what) from surprise
    _import_on_trial(tree, name)


def _import_on_trial(tree: ast.Module, name: str) -> None:
    """Run a module that passed: some schemas make classes that Python or pydantic refuse to build."""
    module = ModuleType("wireproof_models_on_trial")
    sys.modules[module.__name__] = module  # pydantic looks the names of annotations up there
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(tree, name, "exec", dont_inherit=True), module.__dict__)  # noqa: S102 - checked above
    except Exception as error:
        reason = str(error).strip().partition("\n")[0]
        raise ContractError(
            f"the models of {name} cannot be imported: {type(error).__name__}: {reason}",
            hint="look in the contract for an allOf whose parts contradict each other",
        ) from error
    finally:
        del sys.modules[module.__name__]


def _refusal(name: str, line: int, what: str) -> ContractError:
    return ContractError(
        f"the models of {name} were not written: line {line} would hold {what}",
        hint="a name or a value in the contract reads like code; look there for quotes and backslashes",
    )


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            raise _SurpriseError(node, f"an import of {node.names[0].name}")
        if isinstance(node, ast.ImportFrom):
            if node.level or node.module not in _MODULES:
                raise _SurpriseError(node, f"an import from {'.' * node.level}{node.module or ''}")
            for alias in node.names:
                if node.module == "builtins" and alias.name not in _PLAIN_TYPES:
                    raise _SurpriseError(node, f"an import of {alias.name}")
                yield alias.asname or alias.name


def _check_statement(node: ast.stmt, known: set[str]) -> None:
    """Raise where a module-level statement is none of: import, class, type alias, `X.model_rebuild()`."""
    match node:
        case ast.ImportFrom():
            pass
        case ast.ClassDef(decorator_list=[], keywords=[]):
            if node.name in known & _PLAIN_TYPES or node.name in dir(builtins):
                raise _SurpriseError(node, f"a class that hides {node.name}")
            for base in node.bases:
                _check_type(base, known)
            for inner in node.body:
                _check_member(inner, known)
        case ast.Expr(value=ast.Call(ast.Attribute(ast.Name(id=owner), attribute), [], [])):
            if attribute != _REBUILD or owner not in known:
                raise _SurpriseError(node, f"a call of {owner}.{attribute}")
        case _:
            raise _SurpriseError(node, f"a statement of kind {type(node).__name__}")


def _check_member(node: ast.stmt, known: set[str]) -> None:
    """Raise where a class holds anything but text, fields, enum members and its configuration."""
    match node:
        case ast.Pass() | ast.Expr(value=ast.Constant(value=str())):
            pass
        case ast.AnnAssign(target=ast.Name(), annotation=annotation, value=value):
            _check_type(annotation, known)
            if value is not None:
                _check_value(value, known)
        case ast.Assign(targets=[ast.Name(id="__annotations__")], value=ast.Dict(values=annotations)):
            for annotation in annotations:
                _check_type(annotation, known)
        case ast.Assign(targets=[ast.Name()], value=value):
            _check_value(value, known)
        case _:
            raise _SurpriseError(node, f"a class member of kind {type(node).__name__}")


def _check_type(node: ast.expr, known: set[str]) -> None:
    """Raise where an annotation is anything but names, subscripts, unions, and literal values."""
    match node:
        case ast.Name(id=name):
            if name not in known:
                raise _SurpriseError(node, f"the unknown type {name}")
        case ast.Constant(value=None):
            pass
        case ast.Constant(value=str(quoted)):
            _check_type(ast.parse(quoted, mode="eval").body, known)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            _check_type(left, known)
            _check_type(right, known)
        case ast.Subscript():
            _check_subscript(node, known)
        case _:
            raise _SurpriseError(node, f"a type written as {type(node).__name__}")


def _check_subscript(node: ast.Subscript, known: set[str]) -> None:
    """Raise where the parts of `Literal`, `Annotated` or a container are not what they hold."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    types: list[ast.expr] = [node.value, *parts]
    values: list[ast.expr] = []
    match node.value:
        case ast.Name(id="Literal"):
            types, values = [], parts
        case ast.Name(id="Annotated"):
            types, values = parts[:1], parts[1:]
    for part in types:
        _check_type(part, known)
    for value in values:
        _check_value(value, known)


def _check_value(node: ast.expr, known: set[str]) -> None:
    """Raise where a value is anything but a literal, or a call of `Field` or `ConfigDict` on literals."""
    match node:
        case ast.Constant():
            pass
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())):
            pass
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                _check_value(part, known)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords) if name in _CALLS & known:
            for argument in (*arguments, *(keyword.value for keyword in keywords)):
                _check_value(argument, known)
        case _:
            raise _SurpriseError(node, f"a value written as {type(node).__name__}")
