"""The extensions of OpenAPI that wireproof reads: written as `schemas/extensions.schema.json` says."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity
from wireproof.lint.defect import Note, near, plain_token, quoted
from wireproof.lint.wording import value_message
from wireproof.validating.engine import FastEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.validating.engine import Fault

__all__ = ["PLACES", "extension_invalid", "extension_misplaced", "extension_misspelt", "lifecycle_engine"]

PLACES = {
    "x-claims": frozenset({"operation"}),
    "x-documented-at": frozenset({"schema"}),
    "x-documented-type": frozenset({"schema"}),
    "x-example-source": None,
    "x-extensible-enum": frozenset({"schema"}),
    "x-provenance": None,
    "x-source": None,
    "x-task-lifecycle": frozenset({"operation"}),
    "x-unit": frozenset({"schema"}),
}
"""Every extension, and the kinds of object it may stand on (None: any)."""
_HELP = "(see docs/extensions.md)"


def extension_invalid(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield extensions of ours that are not written as they should be."""
    for name in PLACES:
        if name in item.value:
            node = item.node.member(name)
            for fault in _meant(_engine(name).faults(node.value)):
                yield from _notes(fault, node)


def extension_misspelt(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield extensions whose names are nearly ours."""
    for name, node in item.node.members():
        if name.startswith("x-") and name not in PLACES:
            close = near(name, frozenset(PLACES))
            if close:
                yield Note(
                    node,
                    f"{quoted(name)} is no extension that wireproof reads",
                    f"did you mean {quoted(close)} ?",
                )


def extension_misplaced(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield extensions on objects where nobody looks for them."""
    for name, kinds in PLACES.items():
        if kinds is not None and name in item.value and item.kind not in kinds:
            wanted = " or ".join(sorted(kinds))
            message = f"{quoted(name)} has no effect on {_article(item.kind)}"
            yield Note(item.node.member(name), message, f"write it on {_article(wanted)} {_HELP}")


@cache
def _rules() -> dict[str, Any]:
    from importlib.resources import files  # noqa: PLC0415 - only lint reads the schema

    text = files("wireproof").joinpath("schemas/extensions.schema.json").read_text(encoding="utf-8")
    rules: dict[str, Any] = json.loads(text)["$defs"]
    return rules


@cache
def _engine(name: str) -> FastEngine:
    return FastEngine({"$defs": _rules(), "$ref": f"#/$defs/{name}"})


def lifecycle_engine() -> FastEngine:
    """Return the compiled schema of `x-task-lifecycle`."""
    return _engine("x-task-lifecycle")


def _meant(faults: list[Fault]) -> Iterator[Fault]:
    """Yield the faults, those of an alternative of the same type instead of the union itself."""
    for fault in faults:
        branches = [
            branch
            for branch in fault.branches
            if branch and not any(part.keyword == "type" and part.path == fault.path for part in branch)
        ]
        yield from branches[0] if branches else (fault,)


def _notes(fault: Fault, start: Any) -> Iterator[Note]:
    node = start.member(*map(str, fault.path))
    name = quoted(plain_token(node.pointer))
    if fault.keyword == "required":
        for field in fault.schema["required"]:
            if field not in node.value:
                yield Note(node, f"{name} lacks {quoted(field)}", f"write {quoted(field)} here {_HELP}")
    elif fault.keyword == "additionalProperties":
        known = set(fault.schema["properties"])
        for field, member in node.members():
            if field not in known:
                close = near(field, known)
                listed = ", ".join(sorted(known))
                mend = f"did you mean {quoted(close)} ?" if close else f"it knows {listed} {_HELP}"
                yield Note(member, f"{name} has no field {quoted(field)}", mend)
    else:
        message, mend = value_message(fault, node.value)
        yield Note(node, f"{name} {message}", f"{mend} {_HELP}", Severity.ERROR)


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word.replace('-', ' ')}"
