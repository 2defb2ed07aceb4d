"""What lint says: a defect is one thing that is wrong with a contract, at its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity

if TYPE_CHECKING:
    from wireproof.errors import ContractError
    from wireproof.openapi import Node

__all__ = ["Defect", "Note", "defect_of", "from_error", "literal", "near", "plain_token", "quoted", "shown"]

_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<line>[0-9]+)|#(?P<pointer>/\S*)): (?P<message>.*)", re.DOTALL)
_SHOWN = 60
_NEAR = 0.75
_SEPARATORS = str.maketrans("", "", "-_ .")


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect of a contract: the rule it breaks, where, what is wrong and what to do.

    `file` is the document's name as its user would type it, `pointer` the JSON Pointer of the
    value that is wrong, `line` its line (from 1) or None where it is not known.
    """

    rule: str
    severity: Severity
    file: str
    pointer: str
    line: int | None
    message: str
    mend: str

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """Return the key that sorts defects for a reader: by file and line, the worst first."""
        return (self.file, self.line or 0, -self.severity.rank, self.rule, self.pointer, self.message)

    @property
    def fingerprint(self) -> str:
        """Return 16 hex digits that stay the same whatever the wording, the lines and the file's name."""
        from hashlib import sha256  # noqa: PLC0415 - a clean run never pays for it

        return sha256(f"{self.rule}\0{self.pointer}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Note:
    """What a check says: the node, what is wrong there, what to do.

    `severity` is set where it differs from the rule's own.
    """

    node: Node
    message: str
    mend: str
    severity: Severity | None = None


def defect_of(rule: str, severity: Severity, note: Note) -> Defect:
    """Return the defect that a note tells, on the line of its node or of what holds it."""
    node = note.node
    pointer = node.pointer
    line = node.document.line(pointer)
    while line is None and pointer:
        pointer = pointer.rpartition("/")[0]
        line = node.document.line(pointer)
    return Defect(
        rule, note.severity or severity, node.document.name, node.pointer, line, note.message, note.mend
    )


def from_error(rule: str, error: ContractError, *, file: str) -> Defect:
    """Return the defect that an error tells; its message begins with its place, if it has one."""
    found = _PLACE.fullmatch(error.message)
    if found is None:
        message = error.message.removeprefix(f"{file}: ")
        return Defect(rule, Severity.ERROR, file, "", None, message, error.hint)
    line = int(found["line"]) if found["line"] else None
    pointer = (found["pointer"] or "").rstrip("/")
    return Defect(rule, Severity.ERROR, found["file"], pointer, line, found["message"], error.hint)


def near(word: str, known: frozenset[str] | set[str]) -> str | None:
    """Return the known word that `word` is probably a misspelling of, or None.

    Letter case and separators are set aside; words that merely share some letters do not count.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong word pays for it

    plain = word.casefold().translate(_SEPARATORS)
    by_plain = {name.casefold().translate(_SEPARATORS): name for name in sorted(known, reverse=True)}
    close = get_close_matches(plain, by_plain, n=1, cutoff=_NEAR)
    return by_plain[close[0]] if close and by_plain[close[0]] != word else None


def plain_token(pointer: str) -> str:
    """Return the last token of a JSON Pointer, unescaped."""
    return pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")


def quoted(word: str) -> str:
    """Return a word of the contract in quotation marks, cut short where it is long."""
    return f"`{word}`" if len(word) <= _SHOWN else f"`{word[:_SHOWN]}…`"


def literal(value: Any) -> str:
    """Return a value as JSON, the same for values that JSON Schema holds equal."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def shown(value: Any) -> str:
    """Return a value of the contract as JSON, cut short where it is long."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
