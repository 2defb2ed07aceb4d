"""The state of reading one JSON body token by token: what is open, what was repaired, what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from wireproof.claims.claim import Repair

__all__ = ["COMMENT", "DEEPEST", "TRAILING", "Open", "Reading"]

DEEPEST: Final = 200
COMMENT: Final = "a comment was left out"
"""The repair of a body in which a comment stands."""
TRAILING: Final = "a trailing comma was left out"
"""The repair of a list or object with a comma behind its last value."""
_MARKER = re.compile(
    r"highlight-(?:start|end|next-line|line)|\[!code\b.*\]|focus-?(?:start|end)|prettier-ignore\S*|"
    r":?snippet-(?:start|end)\b.*|(?:end)?region\b.*|@formatter:\w+|(?:es|ts)lint-\S+.*",
    re.IGNORECASE,
)
"""A comment for the tool that shows the code."""
_ELIDES = re.compile(
    r"\.{3}|…|\bmore\b|\bother fields\b|\betc\b|省略|其他|以下略|その他|más campos", re.IGNORECASE
)
_PLACEHOLDER = re.compile(r"<.*>|\{.*\}")
"""A key that stands for any key, and may well stand twice."""
_DOTS = re.compile(r"\s*(?:\.{2,}|…+|⋯+)\s*")


@dataclass(slots=True)
class Open:
    """A container that is not closed yet; `wants` is `key`, `colon`, `value` or `comma`.

    `left_out` tells that it stands where no value belongs, so that the body has nothing of it.
    """

    value: Any
    path: tuple[str | int, ...]
    wants: str
    key: str | int = ""
    after_comma: bool = False
    left_out: bool = False


@dataclass(slots=True)
class Reading:
    """The state of reading one body.

    Of the first `places` values the lines are kept.  `either` tells that what comes next is an
    alternative to the value before: `"admins" | "all"`.  `bare` are the places of words for types, each
    with the container that holds it.
    """

    line: int
    places: int = 20_000
    stack: list[Open] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    elided: list[tuple[str | int, ...]] = field(default_factory=list)
    at: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    root: Any = None
    bare: dict[tuple[str | int, ...], Any] = field(default_factory=dict)
    done: bool = False
    too_deep: bool = False
    either: bool = False
    last: tuple[tuple[str | int, ...], int] = ((), 0)
    above: list[str] = field(default_factory=list)
    comments: dict[tuple[str | int, ...], str] = field(default_factory=dict)

    def repair(self, what: str, kind: str = "fault") -> None:
        """Note a repair, once a line."""
        if not self.repairs or self.repairs[-1] != Repair(self.line, what, kind):
            self.repairs.append(Repair(self.line, what, kind))

    def open(self, value: Any) -> None:
        """Begin a container."""
        path = self.place(value)
        if path is None:
            left_out, path = True, self.stack[-1].path
        else:
            left_out = bool(self.stack) and self.stack[-1].left_out
        wants = "key" if isinstance(value, dict) else "value"
        self.stack.append(Open(value, path, wants, left_out=left_out))
        if len(self.stack) > DEEPEST:
            self.too_deep = self.done = True

    def place(self, value: Any) -> tuple[str | int, ...] | None:
        """Put a value where the innermost container wants one; return its path, or None if it has none."""
        if not self.stack:
            self.root, self.at[()] = value, self.line
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            if top.wants == "comma":
                self.repair("a comma was missing")
            path = (*top.path, len(top.value))
            top.value.append(value)
        else:
            if top.wants in {"key", "comma"}:
                self.repair("a value without a key was left out")
                top.wants, top.after_comma = "comma", False
                return None
            if top.wants == "colon":
                self.repair("a colon was missing")
            if top.key in top.value and not _PLACEHOLDER.fullmatch(str(top.key)):
                self.repair(f"the key {top.key!r} is repeated; the last one counts")
            top.value[top.key] = value
            path = (*top.path, top.key)
        top.wants, top.after_comma = "comma", False
        if not top.left_out:
            self.bare.pop(path, None)
            if len(self.at) < self.places:
                self.at.setdefault(path, self.line)
        return path

    def type_word(self, word: str) -> None:
        """Put the word for a type where a value is wanted, and remember its place."""
        top = self.stack[-1]
        path = self.place(word)
        if path is not None and not top.left_out:
            self.bare[path] = top.value

    def text(self, value: str) -> None:
        """Take a string, or a bare word, as key or value."""
        top = self.stack[-1]
        if isinstance(top.value, dict) and top.wants in {"key", "comma"}:
            if top.wants == "comma":
                self.repair("a comma was missing")
            top.key, top.wants, top.after_comma = value, "colon", False
            if top.left_out:
                return
            self.last = ((*top.path, value), self.line)
            if self.above:
                self.comments[self.last[0]] = " ".join(self.above)
                self.above = []
            if len(self.at) < self.places:
                self.at[(*top.path, value)] = self.line
            return
        self.place(value)

    def comma(self) -> None:
        """Take a comma."""
        top = self.stack[-1]
        if top.wants == "comma":
            top.wants, top.after_comma = ("key" if isinstance(top.value, dict) else "value"), True
        elif top.wants in {"value", "colon"} and isinstance(top.value, dict):
            self._without_value(top)
            top.wants, top.after_comma = "key", True
        elif top.path not in self.elided:
            self.repair("a comma too many was left out")

    def close(self, kind: type) -> None:
        """End the innermost container of a kind."""
        if not isinstance(self.stack[-1].value, kind):
            if not any(isinstance(part.value, kind) for part in self.stack):
                self.repair("a closing bracket that nothing opened was left out")
                return
            while not isinstance(self.stack[-1].value, kind):
                self.repair("a closing bracket was missing")
                self.stack.pop()
        top = self.stack.pop()
        self.above = []
        if top.path and isinstance(top.path[-1], str):
            self.last = top.path, self.line
        if top.after_comma and top.path not in self.elided:
            self.repair(TRAILING, "loose")
        if isinstance(top.value, dict) and top.wants in {"value", "colon"}:
            self._without_value(top)
        self.done = not self.stack

    def _without_value(self, top: Open) -> None:
        """Take a member that has no value: dots in quotes, alone, leave something out."""
        if top.wants == "colon" and _DOTS.fullmatch(str(top.key)):
            if top.path not in self.elided:
                self.elided.append(top.path)
            return
        self.repair(f"the value of {top.key!r} is missing")

    def elide(self) -> None:
        """Note that the page leaves something out here."""
        top = self.stack[-1]
        if isinstance(top.value, dict) and top.wants in {"value", "colon"}:
            self.elided.append((*top.path, top.key))
            top.wants = "comma"
        else:
            self.elided.append(top.path)
        top.after_comma = False

    def comment(self, text: str) -> None:
        """Take a comment: about the member on its line, else about the next one."""
        if _ELIDES.search(text) and self.stack[-1].path not in self.elided:
            self.elided.append(self.stack[-1].path)
        words = text.strip("/*# \t")
        if _MARKER.fullmatch(words):
            return
        path, line = self.last
        if line == self.line:
            self.comments[path] = f"{self.comments.get(path, '')}\n{words}".strip()
        elif words:
            self.above.append(words)
        self.repair(COMMENT, "habit")
