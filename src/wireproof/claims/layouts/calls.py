"""Sample calls: curl with its options, and raw HTTP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Line
from wireproof.claims.bodies import read_bodies, starts_body
from wireproof.claims.claim import CallClaim, ExampleClaim, Lines, Scope
from wireproof.claims.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_WORD = re.compile(r"""'(?:[^'])*'|\$?"(?:[^"\\]|\\.)*"|[^\s'"\\]+|\\.""", re.DOTALL)
_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_DATA: Final = frozenset(
    {"-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--json", "--data-urlencode"}
)
_TAKES_VALUE: Final = frozenset(
    "-o --output -u --user -A --user-agent -e -b --cookie -F --form --max-time -m --connect-timeout -x -w".split()
)


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    scope = Scope(setting.scope.operation, "request", "", setting.scope.section)
    first = block.lines[0].bare
    call = _raw(block, scope) if re.match(r"[A-Z]+\s+\S+\s+HTTP/", first) else _curl(block, scope)
    if call is None:
        return
    yield call
    if call.body and starts_body(call.body):
        yield from _body(block, call)


def _raw(block: Block, scope: Scope) -> CallClaim:
    method, url = block.lines[0].bare.split()[:2]
    headers = tuple(
        (name.strip(), value.strip())
        for name, colon, value in (line.text.partition(":") for line in block.lines[1:])
        if colon
    )
    return CallClaim(block.span, scope, method, url, headers)


def _curl(block: Block, scope: Scope) -> CallClaim | None:
    text = re.sub(r"[\\^]\s*\n", " \n", block.text).replace("\\\n", " \n")
    words = _words(text)
    method, url, body = "", "", None
    headers: list[tuple[str, str]] = []
    place = next((number for number, word in enumerate(words) if word.endswith("curl")), 0) + 1
    while place < len(words):
        word = words[place]
        value = words[place + 1] if place + 1 < len(words) else ""
        option, equals, joined = word.partition("=") if word.startswith("--") else (word, "", "")
        if equals:
            value = joined
        step = 1 if equals else 2
        if option in {"-X", "--request"}:
            method = value.upper()
        elif option in {"-H", "--header"}:
            name, _, content = value.partition(":")
            headers.append((name.strip(), content.strip()))
        elif option in _DATA:
            body = value
        elif option == "--url":
            url = value
        elif option.startswith("-X") and option[2:].upper() in _METHODS:
            method, step = option[2:].upper(), 1
        elif option in _TAKES_VALUE:
            pass
        else:
            step = 1
            if not word.startswith("-") and not url:
                url = word
        place += step
    if not url:
        return None
    return CallClaim(
        block.span, scope, method or ("POST" if body is not None else "GET"), url, tuple(headers), body
    )


def _words(text: str) -> list[str]:
    """Return the shell words; adjoining quoted parts are one word."""
    words: list[str] = []
    end = -1
    for found in _WORD.finditer(text):
        part = found[0]
        if part[0] == "'":
            part = part[1:-1]
        elif part[0] == '"' or part.startswith('$"'):
            part = re.sub(r'\\(["\\$`])', r"\1", part[part.index('"') + 1 : -1])
        elif part[0] == "\\":
            part = part[1:]
        if found.start() == end and words:
            words[-1] += part
        else:
            words.append(part)
        end = found.end()
    return words


def _body(block: Block, call: CallClaim) -> Iterator[Said]:
    """Say the call's JSON body as an example; its lines are found again by its first characters."""
    body = (call.body or "").strip()
    head = body.split("\n", 1)[0].strip()
    start = next((line.number for line in block.lines if head and head in line.text), block.lines[0].number)
    lines = _numbered(body, start, block.lines)
    for read in read_bodies(lines):
        yield ExampleClaim(
            Lines(read.lines.first, min(read.lines.last, block.span.last)), call.scope, read.text, read.value, read.readable,
            read.complete, read.repairs, read.elided, read.at,
        )  # fmt: skip


def _numbered(body: str, start: int, lines: Sequence[Line]) -> list[Line]:
    numbers = [line.number for line in lines if line.number >= start]
    return [Line(numbers[min(place, len(numbers) - 1)], text) for place, text in enumerate(body.split("\n"))]


LAYOUT = Layout("calls", frozenset({"call"}), _read)
