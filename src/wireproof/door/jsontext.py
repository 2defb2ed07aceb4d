"""Bytes to JSON: strict, exact, bounded, and with a note wherever parsers disagree.

The ordinary body costs one pass of the standard library's scanner and a few searches of its
bytes.  Only where a search finds something is the text walked again, by our own scanner, to
say what is there and where.
"""

from __future__ import annotations

import json
import math
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.door.limits import LIMITS, Limits
from wireproof.door.positions import iter_nodes
from wireproof.door.refusal import Refusal
from wireproof.finding import json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Json", "Note", "read_json"]

_SAFE = 1 << 53
_SAFE_DIGITS = 16
_NOTE_WEIGHT = 1 << 24
_CONTAINERS = frozenset((dict, list))
_LITERALS = frozenset(("true", "false", "null"))
_FOLDED = bytes.maketrans(b"123456789ED,[-\t\n\r ", b"000000000ed:::::::")
_DROPPED = b"+_/%=&ghijklmnopqrstvwxyzABCFGHIJKLMNOPQRSTUVWXYZ"
"""Digits folded into `0`, what may stand before a number into `:`, what is never part of one dropped.

Plain searches of the rest then say with certainty that there is nothing to note.
"""

_LONG_INTEGER = b":" + b"0" * _SAFE_DIGITS
_LARGE_EXPONENT = b"e000"
_MANTISSA = 400
_BOM = b"\xef\xbb\xbf"
_SURROGATES = (
    r"(?s)\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)


@dataclass(frozen=True, slots=True)
class Note:
    """One place that parsers read differently.

    `kind` is `byte-order-mark`, `duplicate-key`, `lone-surrogate`, `not-finite` (NaN, Infinity,
    or a number too large for a double) or `unsafe-integer` (beyond 2^53).  `byte` counts from
    0, `line` from 1.
    """

    kind: str
    pointer: str
    line: int
    byte: int


@dataclass(frozen=True, slots=True)
class Json:
    """A document that was read, and the notes about it in the order of the text.

    No engine meets infinity, NaN or half a surrogate pair in `value`.  A number that is not
    finite has a stand-in of its own sign (the largest double; 0.0 for NaN), and its place is in
    `stand_ins`: what an engine says of the value there says nothing, the note speaks for it.  A
    lone surrogate is U+FFFD.  Integers keep every digit.  Of a duplicate key the last value
    counts.
    """

    value: Any
    notes: tuple[Note, ...] = ()

    @property
    def stand_ins(self) -> frozenset[str]:
        """Return the pointers of the places whose value is a stand-in."""
        return frozenset(note.pointer for note in self.notes if note.kind == "not-finite")


class _AmbiguousError(Exception):
    """The quick reading met something that deserves a note."""


def read_json(data: bytes, limits: Limits = LIMITS, *, noted: bool = True) -> Json:
    """Return the JSON value of `data` with its notes, or raise the `Refusal` that says why not.

    Without `noted` no notes are looked for, and lone surrogates stay in the strings: enough for
    the envelope of a recording, whose bodies are read again.
    """
    if len(data) > limits.size:
        raise Refusal("size", f"{len(data):,} bytes, and at most {limits.size:,} are read")
    text = _decoded(data)
    if not noted:
        return Json(_parsed(_TOLERANT, text, data, limits))
    try:
        value = _parsed(_QUICK, text, data, limits)
    except _AmbiguousError:
        return _read_with_notes(text, data, limits)
    if data.startswith(_BOM) or _is_suspicious(data):
        return _read_with_notes(text, data, limits)
    return Json(value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _AmbiguousError
    return members


def _ambiguous(_: str) -> float:
    raise _AmbiguousError


def _finite(literal: str) -> float:
    number = float(literal)
    if math.isnan(number):
        return 0.0
    return math.copysign(sys.float_info.max, number) if math.isinf(number) else number


_QUICK = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_ambiguous)
_TOLERANT = json.JSONDecoder(parse_constant=_finite, parse_float=_finite)


def _decoded(data: bytes) -> str:
    """Return the text of UTF-8 bytes without their byte order mark."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        from wireproof.door.looks import look_at  # noqa: PLC0415 - only a refusal pays for it

        look = look_at(data)
        if look:
            raise Refusal(look.reason, f"{look.what}, not JSON", byte=0) from None
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is not UTF-8"
        raise Refusal("encoding", what, byte=error.start, line=line) from None
    return text.removeprefix("\ufeff")


def _parsed(decoder: json.JSONDecoder, text: str, data: bytes, limits: Limits) -> Any:
    try:
        value = decoder.decode(text)
    except RecursionError:
        raise _too_deep(text, data, limits) from None
    except json.JSONDecodeError as error:
        raise _no_json(text, data, error) from None
    except ValueError:
        raise _too_long(text, data, sys.get_int_max_str_digits()) from None
    if data.count(b"[") + data.count(b"{") > limits.depth and _is_deeper(value, limits.depth):
        raise _too_deep(text, data, limits)
    return value


def _is_deeper(value: Any, depth: int) -> bool:
    """Return whether containers lie in each other more than `depth` deep, level by level."""
    containers = _CONTAINERS
    level = [value] if type(value) in containers else []
    while level and depth >= 0:
        depth -= 1
        below: list[Any] = []
        for container in level:
            for child in container.values() if type(container) is dict else container:
                if type(child) in containers:
                    below.append(child)  # noqa: PERF401 - one loop costs half of a comprehension a container
        level = below
    return depth < 0


def _is_suspicious(data: bytes) -> bool:
    """Return whether a number or an escape might deserve a note; False is certain."""
    folded = data.translate(_FOLDED, _DROPPED)
    if _LONG_INTEGER in folded or folded.startswith(_LONG_INTEGER[1:]):
        return True
    if b"\\" in data and b"\\ud" in folded:
        return True
    at = folded.find(_LARGE_EXPONENT)
    while at >= 0:
        before = folded[max(0, at - _MANTISSA) : at]
        number = before.rstrip(b"0.")
        if number != before and (not number or number.endswith(b":")):
            return True
        at = folded.find(_LARGE_EXPONENT, at + 1)
    return False


def _read_with_notes(text: str, data: bytes, limits: Limits) -> Json:
    mended = re.sub(_SURROGATES, _mended, text) if "\\ud" in text or "\\uD" in text else text
    whole = text if mended == text else mended
    value = _parsed(_TOLERANT, whole, data, limits)
    notes = []
    weight = 0
    places = _Places(text, len(data) - len(data.removeprefix(_BOM)))
    if data.startswith(_BOM):
        notes.append(Note("byte-order-mark", "", 1, 0))
    for kind, start, path in _iter_notable(text, whole, data, limits):
        pointer = json_pointer(path)
        weight += len(pointer)
        if len(notes) >= limits.notes or weight > _NOTE_WEIGHT:
            raise Refusal("notes", f"more than {len(notes):,} places that parsers read differently")
        notes.append(Note(kind, pointer, *places.at(start)))
    return Json(value, tuple(notes))


def _mended(escape: re.Match[str]) -> str:
    """Return the escape, or U+FFFD, written as long, where it is half a pair."""
    return "\\ufffd" if escape[1] else escape[0]


def _iter_notable(text: str, whole: str, data: bytes, limits: Limits) -> Iterator[tuple[str, int, list[Any]]]:
    """Iterate over kind, offset and path of what deserves a note; `whole` is the text, surrogates mended."""
    seen: list[set[str]] = []
    for event, start, end, path in iter_nodes(whole):
        if event == "open":
            seen.append(set())
        elif event == "close":
            seen.pop()
        elif text[start] == '"':
            if whole is not text and any(match[1] for match in re.finditer(_SURROGATES, text[start:end])):
                yield "lone-surrogate", start, path
        elif (kind := _number_kind(text[start:end], limits)) == "digits":
            raise _too_long(text, data, limits.digits)
        elif kind:
            yield kind, start, path
        if event == "key":
            if path[-1] in seen[-1]:
                yield "duplicate-key", start, path
            seen[-1].add(path[-1])


def _number_kind(token: str, limits: Limits) -> str:
    if token in _LITERALS:
        return ""
    digits = token.removeprefix("-")
    if digits.isdigit():
        if len(digits) < _SAFE_DIGITS:
            return ""
        if len(digits) > limits.digits:
            return "digits"
        return "unsafe-integer" if int(digits) > _SAFE else ""
    return "" if math.isfinite(float(token)) else "not-finite"


class _Places:
    """Lines and bytes of ascending offsets, each counted on from the one before."""

    __slots__ = ("_byte", "_line", "_offset", "_text")

    def __init__(self, text: str, byte: int) -> None:
        self._text, self._offset, self._line, self._byte = text, 0, 1, byte

    def at(self, offset: int) -> tuple[int, int]:
        passed = self._text[self._offset : offset]
        self._offset = offset
        self._line += passed.count("\n")
        self._byte += len(passed.encode())
        return self._line, self._byte


def _no_json(text: str, data: bytes, error: json.JSONDecodeError) -> Refusal:
    from wireproof.door.looks import look_at  # noqa: PLC0415 - only a refusal pays for it
    from wireproof.door.syntax import explain  # noqa: PLC0415 - likewise

    look = look_at(data)
    if look and look.reason != "compressed":
        return Refusal(look.reason, f"{look.what}, not JSON", byte=0, line=1, column=1)
    return explain(text, error.pos, error.msg, shift=len(data) - len(data.removeprefix(_BOM)))


def _too_deep(text: str, data: bytes, limits: Limits) -> Refusal:
    from wireproof.door.syntax import refusal_at  # noqa: PLC0415 - only a refusal pays for it

    shift = len(data) - len(data.removeprefix(_BOM))
    message = f"nested more than {limits.depth} levels deep"
    for kind, start, _, path in iter_nodes(text):
        if kind == "open" and len(path) >= limits.depth:
            return refusal_at("depth", message, text, start, shift=shift)
    return Refusal("depth", "nested deeper than this interpreter reads")


def _too_long(text: str, data: bytes, most: int) -> Refusal:
    from wireproof.door.syntax import refusal_at  # noqa: PLC0415 - only a refusal pays for it

    shift = len(data) - len(data.removeprefix(_BOM))
    message = f"an integer of more than {most:,} digits"
    for kind, start, end, _ in iter_nodes(text):
        if kind == "scalar" and end - start > most and text[start] != '"':
            return refusal_at("digits", message, text, start, shift=shift)
    return Refusal("digits", message)
