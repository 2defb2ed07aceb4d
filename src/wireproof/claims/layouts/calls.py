"""Sample calls: curl with its options, and raw HTTP."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Line
from wireproof.claims.bodies import read_bodies, starts_body
from wireproof.claims.claim import CallClaim, Ground, Lines
from wireproof.claims.layout import Layout
from wireproof.claims.notation import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Block
    from wireproof.claims.claim import Scope
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_WORD = re.compile(r"""'(?:[^'])*'|\$?"(?:[^"\\]|\\.)*"|[^\s'"\\]+|\\.""", re.DOTALL)
_METHODS: Final = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_DATA: Final = frozenset("-d --data --data-raw --data-binary --data-ascii --json --data-urlencode".split())
_TAKES_VALUE: Final = _DATA | frozenset(
    "-X --request -H --header --url -o --output -u --user -A --user-agent -e -b --cookie -F --form -m".split()
)
_HEADER_MARKS = re.compile(r"^-H\s+['\"]|['\"]?\s*\\?$")
_PARTS: Final = frozenset({"-F", "--form", "--form-string"})


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    scope = replace(setting.scope, side="request", status="", called_back=False, sided=Ground.STATED)
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
        for name, colon, value in (
            _HEADER_MARKS.sub("", line.bare).partition(":") for line in block.lines[1:]
        )
        if colon
    )
    return CallClaim(block.span, scope, method, url, headers)


def _curl(block: Block, scope: Scope) -> CallClaim | None:
    text = re.sub(r"[\\^]\s*\n", " \n", block.text)
    words = _words(text)
    start = next((number for number, word in enumerate(words) if word.endswith("curl")), 0) + 1
    options, urls = _options(words[start:])
    method = next((value.upper() for option, value in options if option in {"-X", "--request"}), "")
    body = next((value for option, value in options if option in _DATA), None)
    url = next((value for option, value in options if option == "--url"), urls[0] if urls else "")
    headers = (value.partition(":") for option, value in options if option in {"-H", "--header"})
    if not url:
        return None
    known = tuple((name.strip(), content.strip()) for name, _, content in headers)
    form = tuple(_form(options))
    asks = any(option in {"-G", "--get"} for option, _ in options) or (body is None and not form)
    return CallClaim(block.span, scope, method or ("GET" if asks else "POST"), url, known, body, form)


def _form(options: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Iterate over the names that a call sends as a form."""
    if any(option in {"-G", "--get"} for option, _ in options):
        return
    for option, value in options:
        pairs = value.split("&") if option in _DATA - {"--json"} else [value] if option in _PARTS else []
        for pair in pairs:
            found = re.match(r"([A-Za-z_][\w.-]*)(?:\[[^\[\]]*\])*=", pair)
            if found:
                yield found[1]


def _options(words: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the options with their values, and the words that are no options."""
    options: list[tuple[str, str]] = []
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        option, equals, joined = word.partition("=")
        if word.startswith("--") and equals:
            options.append((option, joined))
        elif word in _TAKES_VALUE:
            options.append((word, next(rest, "")))
        elif word[:2] == "-X" and word[2:].upper() in _METHODS:
            options.append(("-X", word[2:]))
        elif word.startswith("-"):
            options.append((word, ""))
        else:
            plain.append(word)
    return options, plain


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
        span = Lines(read.lines.first, min(read.lines.last, block.span.last))
        yield replace(read.to_claim(call.scope), lines=span, repairs=faults_of(read, ""))


def _numbered(body: str, start: int, lines: Sequence[Line]) -> list[Line]:
    numbers = [line.number for line in lines if line.number >= start]
    return [Line(numbers[min(place, len(numbers) - 1)], text) for place, text in enumerate(body.split("\n"))]


LAYOUT = Layout("calls", frozenset({"call"}), _read)
