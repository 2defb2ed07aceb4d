"""YAML text into plain values with lines, checked while it is read, by the rules of YAML 1.2.

The text is read as a stream of events, so nothing is expanded before it was measured: depth,
nodes, and the nodes that aliases would multiply to.  Scalars are resolved by the YAML 1.2 core
schema (`on`, `yes`, dates and `12:30` are strings), keys are always text (`200:` is `"200"`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from wireproof.door.refusal import Refusal

if TYPE_CHECKING:
    from wireproof.door.limits import Limits

__all__ = ["Marks", "Yaml", "read_yaml"]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,4300}")
_OTHER_BASE = re.compile(r"0(?:o[0-7]{1,1000}|x[0-9a-fA-F]{1,1000})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_CORE = "tag:yaml.org,2002:"
_MERGE = "<<"

Marks = dict[int, dict[str, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Yaml:
    """A value read from YAML, and the line on which each member of each collection stands.

    `marks` maps the `id` of a mapping or sequence inside `value` to the lines (from 1) of its
    keys or indexes, written as text.
    """

    value: Any
    marks: Marks


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    value: dict[str, Any] | list[Any]
    marks: dict[str, int]
    line: int
    anchor: str | None
    key: str | None = None
    size: int = 1
    height: int = 1
    merges: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Known:
    """A value behind an anchor: how many nodes and levels an alias of it stands for."""

    value: Any
    size: int
    height: int


def read_yaml(text: str, limits: Limits) -> Yaml:
    """Return the one document in `text`.

    Raises `Refusal` for text that is not YAML, holds duplicate keys, more than one document, a
    tag that is not of the core schema, or goes past a limit; each with its line and column.
    """
    import yaml  # noqa: PLC0415 - only contracts are YAML; a capture never pays for it

    loader = getattr(yaml, "CLoader", yaml.Loader)
    reader = _Reader(limits)
    try:
        for event in yaml.parse(text, Loader=loader):
            reader.take(type(event).__name__, event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise Refusal("syntax", f"not YAML: {problem}", line=line, column=column) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Refusal(
            "encoding", f"a character that YAML does not allow: {error.reason}", line=line
        ) from error
    if reader.documents == 0:
        raise Refusal("empty", "there is no YAML document in it")
    return Yaml(reader.root, reader.marks)


class _Reader:
    """Turns events into values, and stops at the first limit."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.root: Any = None
        self.documents = 0
        self.marks: Marks = {}
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Known] = {}
        self.expanded = 0

    def take(self, name: str, event: Any) -> None:
        """Take one event of PyYAML's parser."""
        if name == "ScalarEvent":
            self._scalar(event)
        elif name in {"MappingStartEvent", "SequenceStartEvent"}:
            self._open(event, {} if name == "MappingStartEvent" else [])
        elif name in {"MappingEndEvent", "SequenceEndEvent"}:
            self._close()
        elif name == "AliasEvent":
            self._alias(event)
        elif name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise _refusal("syntax", "a second YAML document begins here; one is expected", event)

    def _scalar(self, event: Any) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.key is None and isinstance(parent.value, dict):
            self._key(parent, event)
            return
        value = _resolved(event)
        if event.anchor:
            self.anchors[event.anchor] = _Known(value, 1, 0)
        self._put(value, event, size=1, height=0)

    def _key(self, parent: _Open, event: Any) -> None:
        key = event.value
        line = event.start_mark.line + 1
        if key in parent.marks and key != _MERGE:
            message = f"the key {key!r} stands twice in one mapping (first on line {parent.marks[key]})"
            raise _refusal("duplicate-key", message, event)
        if event.anchor:
            self.anchors[event.anchor] = _Known(key, 1, 0)
        parent.marks[key] = line
        parent.key = key

    def _open(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            raise _refusal("syntax", "a mapping key must be a plain word, not a collection", event)
        if event.tag and event.tag not in {f"{_CORE}map", f"{_CORE}seq"}:
            raise _refusal("tag", f"the tag {event.tag!r} is not of YAML's core schema", event)
        marks: dict[str, int] = {}
        self.marks[id(value)] = marks
        self.stack.append(_Open(value, marks, event.start_mark.line + 1, event.anchor))
        if len(self.stack) > self.limits.depth:
            raise _refusal("depth", f"nested deeper than {self.limits.depth} levels", event)

    def _close(self) -> None:
        closed = self.stack.pop()
        if isinstance(closed.value, dict):
            for source in closed.merges:
                for key, value in source.items():
                    if key not in closed.value:
                        closed.value[key] = value
                        closed.marks.setdefault(key, closed.marks.get(_MERGE, closed.line))
        if closed.anchor:
            self.anchors[closed.anchor] = _Known(closed.value, closed.size, closed.height)
        self._put(closed.value, None, size=closed.size, height=closed.height, line=closed.line)

    def _alias(self, event: Any) -> None:
        known = self.anchors.get(event.anchor)
        if known is None:
            inside = any(opened.anchor == event.anchor for opened in self.stack)
            why = "stands inside the value that it names" if inside else "names no anchor before it"
            raise _refusal("alias", f"the alias *{event.anchor} {why}", event)
        if len(self.stack) + known.height > self.limits.depth:
            raise _refusal("depth", f"aliases nest deeper than {self.limits.depth} levels", event)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            raise _refusal("syntax", "an alias cannot be a mapping key", event)
        self._put(known.value, event, size=known.size, height=known.height)

    def _put(self, value: Any, event: Any, *, size: int, height: int, line: int | None = None) -> None:
        self.expanded += 1 if event is None else size
        if self.expanded > self.limits.nodes:
            raise _refusal(
                "expansion", f"more than {self.limits.nodes} nodes once aliases are followed", event
            )
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.value, list):
            parent.marks[str(len(parent.value))] = line or event.start_mark.line + 1
            parent.value.append(value)
        elif parent.key == _MERGE and (sources := _merge_sources(value)) is not None:
            parent.merges.extend(sources)
            parent.key = None
        elif parent.key is not None:
            parent.value[parent.key] = value
            parent.key = None


def _merge_sources(value: Any) -> list[dict[str, Any]] | None:
    """Return the mappings that a `<<` brings in (YAML 1.1's merge key, which people do use)."""
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    return None


def _resolved(event: Any) -> Any:
    text: str = event.value
    tag: str | None = event.tag
    if tag and tag != "!":
        return _tagged(text, tag, event)
    if event.style or tag == "!":
        return text
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if text[0] not in "+-.0123456789":
        return text
    return _number(text)


def _tagged(text: str, tag: str, event: Any) -> Any:
    kind = tag.removeprefix(_CORE)
    value: Any = text
    if kind == "null":
        value = None
    elif kind == "bool" and text in _BOOLEAN:
        value = _BOOLEAN[text]
    elif kind == "int" and not isinstance(_number(text), str):
        value = int(_number(text))
    elif kind == "float" and not isinstance(_number(text), str):
        value = float(_number(text))
    elif kind != "str":
        raise _refusal("tag", f"{text!r} is not of the kind its tag {tag!r} says", event)
    return value


def _number(text: str) -> int | float | str:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    if _FLOAT.fullmatch(text):
        value = float(text)
        return value if isfinite(value) else text
    return text


def _refusal(reason: str, message: str, event: Any) -> Refusal:
    if event is None:
        return Refusal(reason, message)
    return Refusal(reason, message, line=event.start_mark.line + 1, column=event.start_mark.column + 1)
