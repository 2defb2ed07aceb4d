"""The text of a contract never becomes code: the generator escapes it, and a check sees to that."""

import ast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wireproof.codegen import package_files
from wireproof.codegen.models import models_text
from wireproof.codegen.safety import check_module
from wireproof.codegen.source import model_source
from wireproof.errors import ContractError

HOSTILE = [
    '"""\nimport os\nos.system("id")\n"""',
    "'''\n__import__('os')\n'''",
    "\\",
    '\\"""',
    '"',
    "x\nimport os",
    "x\r\nimport os",
    "\x0cimport os",
    "{{ 7 * 7 }}{% import 'os' as os %}",
    "{0.__class__}",
    "\u2028import os",
    "\u202eso tropmi",
    "\x1b[31mred",
    "\\N{DASH}\\x41\\u0041",
    "#\ttype: ignore",
    "a" * 5000,
]


def everywhere(text):
    """Return a schema and components that hold a text in every place that takes one."""
    field = {
        "type": "string",
        "description": text,
        "title": text,
        "pattern": text,
        "default": text,
        "examples": [text],
    }
    extensions = {
        "x-python-type": text,
        "x-python-import": {"module": text, "name": text},
        "x-enum-varnames": [text],
    }
    return {
        "type": "object",
        "description": text,
        "title": text,
        "required": [text],
        "properties": {text: field, "e": {"enum": [text, "b"], **extensions}, "c": {"const": text}},
    }


def inert(text):
    """Return the module's constructs that could act: calls and imports, as source."""
    nodes = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call | ast.Import | ast.ImportFrom)
    ]
    allowed = (
        "Field(",
        "ConfigDict(",
        "from __future__",
        "from enum",
        "from typing",
        "from pydantic",
        "from builtins",
    )
    return [source for source in map(ast.unparse, nodes) if not source.startswith(allowed)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(models, contract, text):
    shape = everywhere(text)
    component = text.replace("~", "").replace("/", "") or "x"
    wrapped = {"type": "object", "properties": {"v": {"$ref": f"#/components/schemas/{quoted(component)}"}}}
    made = contract(wrapped, components={component: shape}, operation=text, provider=f"acme {text[:40]}")
    files = package_files([made])
    module = next(text for name, text in files.items() if name.startswith("acme"))
    assert inert(module) == []

    model = models(made).response_model(made.provider, text)
    parsed = model.model_validate({"v": {text: "x", "e": text, "c": text}})
    assert parsed.model_dump(mode="json", by_alias=True) == {"v": {text: "x", "e": text, "c": text}}


def quoted(name):
    """Return a component's name as a reference spells it."""
    return "".join(
        character if character.isascii() and character.isalnum() else percent(character) for character in name
    )


def percent(character):
    return "".join(f"%{byte:02X}" for byte in character.encode())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("'\"\\\n\r\t{}#:();\x00\u2028ab_"), min_size=1, max_size=12))
def test_any_mix_of_quotes_and_breaks_stays_text(contract, text):
    source = model_source(contract(everywhere(text)))
    module, _ = models_text(source)
    assert inert(module) == []
    check_module(module, name="acme")


@pytest.mark.parametrize(
    "character", ["\u202e", "\u2066", "\x1b", "\u200b", "\u2028", "\x85", "\xa0", "\ufeff"]
)
def test_no_invisible_character_stands_in_a_module(contract, character):
    files = package_files([contract(everywhere(f"a{character}b"))])
    assert [name for name, text in files.items() if character in text] == []


def test_extensions_that_name_python_types_are_not_obeyed(contract):
    shape = {
        "type": "object",
        "customTypePath": "os.system",
        "customBasePath": "subprocess.Popen",
        "x-python-type": "os",
    }
    files = package_files([contract({**shape, "properties": {"a": {"type": "string", **shape}}})])
    assert "os" not in imported(files["acme.py"])


def imported(text):
    return {
        alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


FINE = """
from __future__ import annotations
from builtins import str as str_aliased
from enum import Enum
from typing import Annotated, Any, Literal
from pydantic import BaseModel, ConfigDict, Field, RootModel

class Color(Enum):
    RED = "red"
    MINUS = -1

class Node(BaseModel):
    "Text."
    model_config = ConfigDict(extra="allow")
    __annotations__ = {"__pydantic_extra__": dict[str, int]}
    next: Node | None = None
    kind: Literal["a", -1] = "a"
    name: Annotated[str_aliased | None, Field(alias="import os")] = None
    many: list["Node"] = Field([])

class Nodes(RootModel[list[Node]]):
    root: list[Node]

Node.model_rebuild()
"""


def test_a_module_of_types_and_text_passes():
    check_module(FINE, name="acme")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("import os", "an import of os"),
        ("from os import system", "an import from os"),
        ("from . import other", "an import from ."),
        ("from builtins import eval", "an import of eval"),
        ("print('x')", "a statement of kind Expr"),
        ("x = 1", "a statement of kind Assign"),
        ("def f(): ...", "a statement of kind FunctionDef"),
        ("if True: ...", "a statement of kind If"),
        ("@dataclass\nclass A: ...", "a statement of kind ClassDef"),
        ("class A(metaclass=M): ...", "a statement of kind ClassDef"),
        ("class A(B()): ...", "a type written as Call"),
        ("class A(Unknown): ...", "the unknown type Unknown"),
        ("class print: ...", "a class that hides print"),
        ("class A:\n    def f(self): ...", "a class member of kind FunctionDef"),
        ("class A:\n    import os", "an import of os"),
        ("class A:\n    x: eval('1')", "a type written as Call"),
        ("class A:\n    x: 'eval(1)'", "a type written as Call"),
        ("class A:\n    x: int.real", "a type written as Attribute"),
        ("class A:\n    x = [y for y in ()]", "a value written as ListComp"),
        ("from pydantic import Field\nclass A:\n    x: int = Field(f'{1}')", "a value written as JoinedStr"),
        (
            "from pydantic import Field\nclass A:\n    x: int = Field(default_factory=print)",
            "a value written as Name",
        ),
        ("class A: pass\nA.delete()", "a call of A.delete"),
        ("B.model_rebuild()", "a call of B.model_rebuild"),
        ("class A(:", "it is no Python module"),
        ("x = '\0'", "it is no Python module"),
    ],
)
def test_anything_else_is_refused_and_named(line, what):
    with pytest.raises(ContractError) as caught:
        check_module(line, name="acme")
    assert what in caught.value.message
    assert "acme" in caught.value.message
    assert caught.value.hint


def test_a_module_that_cannot_be_imported_is_refused():
    text = "from enum import Enum\nclass A(Enum):\n    X = 1\nclass B(A):\n    Y = 2\n"
    with pytest.raises(ContractError, match="the models of acme cannot be imported: TypeError"):
        check_module(text, name="acme")
