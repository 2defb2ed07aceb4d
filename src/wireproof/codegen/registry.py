"""The text of a models package's `__init__.py`: which class a response has, by provider and operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wireproof.codegen.source import ModelSource

__all__ = ["registry_text"]

_OVERLOADS_AT_MOST = 100
"""Type checkers compare each overload with each: a larger registry answers `type[BaseModel]`."""

_TOP = '''\
"""Typed models of responses, one module a provider.

`response_model` finds the class of a response by provider, operation and status.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING{typing}

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel
{imports}
__all__ = ["response_model"]

_MODULES: dict[str, str] = {modules}

_CLASSES: dict[str, dict[str, dict[str, str]]] = {classes}
'''

_OVERLOAD = """

@overload
def response_model(
    provider: Literal[{provider}], operation: Literal[{operation}], *, status: Literal[{status}]{default}
) -> type[_{module}.{name}]: ...
"""

_FALLBACK = """

@overload
def response_model(provider: str, operation: str, *, status: int = 200) -> type[BaseModel]: ...
"""

_END = '''

def response_model(provider: str, operation: str, *, status: int = 200) -> type[BaseModel]:
    """Return the model of the body that an operation answers with a status.

    Raises LookupError, with the nearest right name, where the contract promises no such body.
    """
    if provider not in _MODULES:
        raise LookupError(_unknown("provider", provider, _MODULES))
    operations = _CLASSES[provider]
    if operation not in operations:
        raise LookupError(_unknown(f"operation of {provider}", operation, operations))
    names = operations[operation]
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in names:
            model: type[BaseModel] = getattr(import_module(f".{_MODULES[provider]}", __name__), names[key])
            return model
    promised = ", ".join(sorted(names))
    raise LookupError(f"{provider} {operation} promises no body for status {status}; it does for {promised}")


def _unknown(what: str, word: str, known: Iterable[str]) -> str:
    """Return a sentence that names the known word nearest to an unknown one."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    near = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.5)
    if near:
        return f"no {what} is called {word!r}; the nearest is {by_folded[near[0]]!r}"
    return f"no {what} is called {word!r}; known: {', '.join(sorted(known)) or 'none'}"
'''


def registry_text(written: Sequence[tuple[ModelSource, dict[str, str]]]) -> str:
    """Return the module's text, without a header comment.

    `written` holds each provider's source and the class names of its components.
    """
    overloads = [overload for source, classes in written for overload in _overloads(source, classes)]
    typed = 0 < len(overloads) <= _OVERLOADS_AT_MOST
    parts = [
        _TOP.format(
            typing=", Literal, overload" if typed else "",
            imports=_imports(written) if typed else "",
            modules=_table({source.provider: source.module for source, _ in written}),
            classes=_table({source.provider: _classes(source, classes) for source, classes in written}),
        )
    ]
    parts += [*overloads, _FALLBACK] if typed else []
    return "".join((*parts, _END))


def _imports(written: Sequence[tuple[ModelSource, dict[str, str]]]) -> str:
    modules = sorted(source.module for source, _ in written if source.responses)
    return "\n" + "".join(f"    from . import {module} as _{module}\n" for module in modules)


def _classes(source: ModelSource, classes: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return operation -> status key -> class name, both in document order."""
    table: dict[str, dict[str, str]] = {}
    for (operation, status), component in source.responses.items():
        table.setdefault(operation, {})[status] = classes[component]
    return table


def _overloads(source: ModelSource, classes: dict[str, str]) -> Iterator[str]:
    """Yield the signature of each response whose status is one number."""
    for (operation, status), component in source.responses.items():
        if status.isascii() and status.isdigit():
            yield _OVERLOAD.format(
                provider=_literal(source.provider),
                operation=_literal(operation),
                status=int(status),
                default=" = 200" if status == "200" else "",
                module=source.module,
                name=classes[component],
            )


def _table(table: Mapping[str, Any], depth: int = 0) -> str:
    """Return nested dictionaries of strings as source, one entry a line."""
    if not table:
        return "{}"
    inner = "    " * (depth + 1)
    lines = [
        f"{inner}{_literal(key)}: {text},\n"
        for key, value in table.items()
        for text in [_literal(value) if isinstance(value, str) else _table(value, depth + 1)]
    ]
    return "".join(("{\n", *lines, "    " * depth, "}"))


def _literal(text: str) -> str:
    """Return a string as a double-quoted Python literal in ASCII."""
    return '"' + text.encode("unicode_escape").decode("ascii").replace('"', '\\"') + '"'
