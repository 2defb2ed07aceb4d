"""YAML and JSON documents → a value with the line of each part; broken lines are mended or left out.

YAML is read by the rules of version 1.2: `on`, `200:` and dates stay as they are written.
"""

from __future__ import annotations

import re
from typing import Any, Final

from wireproof.claims.claim import Lines, Unread

__all__ = ["Places", "outline"]

Places = dict[tuple[str | int, ...], int]

_DEEPEST: Final = 200
_MOST_NODES: Final = 400_000
_MOST_MENDS: Final = 12
_PAIR = re.compile(r"(\s*(?:- )?[^\s:'\"\[{#][^:]*:\s+)(\S.*?)\s*$")
_INT = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Final = {word: value for words, value in (
    ("null Null NULL ~", None), ("true True TRUE", True), ("false False FALSE", False)) for word in words.split()}  # fmt: skip


def outline(text: str, first: int) -> tuple[Any, Places, list[Unread]]:
    """Return the document's value, the line of each part, and what could not be read.

    `first` is the number of the text's first line.  The value is None where nothing was readable.
    """
    unread: list[Unread] = []
    lines = text.split("\n")
    for attempt in range(_MOST_MENDS + 1):
        try:
            value, places = _composed("\n".join(lines), first)
        except _Broken as broken:
            number = min(broken.line, len(lines) - 1)
            if attempt == _MOST_MENDS or broken.final:
                unread.append(Unread(Lines(first, first + len(lines) - 1), f"the YAML cannot be read: {broken.reason}"))
                return None, {}, unread
            number = _mended(lines, number)
            unread.append(Unread(Lines(first + number, first + number), f"not well-formed YAML ({broken.reason})"))
        else:
            return value, places, unread
    return None, {}, unread


class _Broken(Exception):  # noqa: N818 - private, and never leaves this module
    """The text is no YAML at `line` (from 0); `final` where no line can be blamed."""

    def __init__(self, line: int, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.final = final


def _mended(lines: list[str], number: int) -> int:
    """Quote the value on the line, or empty the line where that was tried; return the line's index."""
    while number > 0 and not lines[number].strip():
        number -= 1
    found = _PAIR.fullmatch(lines[number])
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    if found and not (found[2].startswith("'") and found[2].endswith("'") and "''" in found[2]):
        value = found[2].strip("'\"").replace("'", "''")
        mended = f"{found[1]}'{value}'"
        lines[number] = mended if mended != lines[number] else ""
    else:
        lines[number] = f"{indent}# unreadable" if lines[number].strip() else ""
    return number


def _composed(text: str, first: int) -> tuple[Any, Places]:
    import yaml  # noqa: PLC0415 - heavy, and only documents need it

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    _guarded(text, loader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        raise _broken(error) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _Broken(0, str(error), final=True) from None
    places: Places = {}
    return _value(node, (), first, places), places


def _guarded(text: str, loader: Any) -> None:
    """Refuse what would grow or nest without end, before any node is built."""
    import yaml  # noqa: PLC0415 - heavy, and only documents need it

    depth = nodes = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            nodes += 1
            if isinstance(event, yaml.AliasEvent):
                raise _Broken(event.start_mark.line, "aliases are not read")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST or nodes > _MOST_NODES:
                raise _Broken(event.start_mark.line, "it nests too deeply or is too large", final=True)
    except yaml.MarkedYAMLError as error:
        raise _broken(error) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _Broken(0, str(error), final=True) from None


def _broken(error: Any) -> _Broken:
    quoted = error.context is not None and "quoted scalar" in error.context
    mark = error.context_mark if quoted and error.context_mark else error.problem_mark or error.context_mark
    return _Broken(mark.line if mark else 0, str(error.problem or error.context), final=mark is None)


def _value(node: Any, path: tuple[str | int, ...], first: int, places: Places) -> Any:
    import yaml  # noqa: PLC0415 - heavy, and only documents need it

    if node is None:
        return None
    places.setdefault(path, first + node.start_mark.line)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            places[(*path, name)] = first + key.start_mark.line
            mapping[name] = _value(value, (*path, name), first, places)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), first, places) for index, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style in {"'", '"', "|", ">"}:
        return text
    if text in _WORDS or not text:
        return _WORDS.get(text)
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
