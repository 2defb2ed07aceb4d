"""Sample calls in code: Python's requests and httpx, JavaScript's fetch and axios.

A call is said only where all of it is plain: a URL that is written out, headers and parameters that are
literals, or names that the same block gives a literal.  A call that takes them from elsewhere is left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Line
from wireproof.claims.bodies import read_bodies
from wireproof.claims.claim import CallClaim, Ground, Lines
from wireproof.claims.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.claim import ExampleClaim, Scope
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT", "calls_in"]

_CALL = re.compile(
    r"\b(?:(?:requests|httpx|axios)\.(?P<method>get|post|put|patch|delete|head|options|request)"
    r"|(?P<plain>fetch|axios))\s*\("
)
_ELSEWHERE = re.compile(
    r"\bauth\s*=|\.Session\(|\.(?:Async)?Client\(|axios\.create\(|interceptors|defaults\.headers|\.\.\.\w|"
    r"\*\*\w"
)
_STRING = re.compile(r"""[fr]?(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|`(?P<back>[^`\n]*)`)""")
_ASSIGNED = r"(?m)^[ \t]*(?:(?:const|let|var)\s+)?{name}\s*(?::\s*[\w<>, ]+)?=\s*(?=\S)"
_PAIR = re.compile(
    r"""(?:"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)'|(?P<bare>[\w$-]+))\s*:\s*(?P<value>[^,\n}]*)"""
)
_PLAIN: Final = frozenset({"true", "false"})
_LONGEST: Final = 10_000
"""Characters of a block of code that are read."""
_CALLS: Final = 20
"""Calls of a block of code that are read."""


def calls_in(text: str) -> bool:
    """Return whether a block of code calls a server in a way that is read here."""
    return _CALL.search(text) is not None


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    text = block.text
    if len(text) > _LONGEST or _ELSEWHERE.search(text):
        return
    for found in islice(_CALL.finditer(text), _CALLS):
        call = _Call(block, text, found)
        claim = call.claim(
            replace(setting.scope, side="request", status="", called_back=False, sided=Ground.STATED)
        )
        if claim is not None:
            yield claim
            yield from call.bodies(claim.scope)


class _Call:
    """One call in a block of code."""

    def __init__(self, block: Block, text: str, found: re.Match[str]) -> None:
        self._block = block
        self._text = text
        self._start = found.start()
        self._end = _closing(text, found.end() - 1)
        self._method = found["method"] or ""
        self._plain = found["plain"] or ""
        self._arguments = [
            (start, text[start:end].strip()) for start, end in _parts(text, found.end(), self._end)
        ]

    def claim(self, scope: Scope) -> CallClaim | None:
        method, arguments = self._method, list(self._arguments)
        if method == "request" and arguments and _string(arguments[0][1]) and self._python():
            method = _string(arguments.pop(0)[1]) or ""
        named = self._named("url")
        url = self._url(named[1] if named else arguments[0][1] if arguments else "")
        headers, query = self._pairs("headers"), self._pairs("params")
        if not url or "/" not in url or headers is None or query is None:
            return None
        if method in {"", "request"}:
            said = self._named("method")
            method = (_string(said[1]) if said else "GET") or ""
        if query:
            url += ("&" if "?" in url else "?") + "&".join(f"{name}={value}" for name, value in query)
        if not method.isalpha():
            return None
        lines = self._lines(self._start, self._end)
        return CallClaim(lines, scope, method.upper(), url, tuple(headers), form=self._form())

    def _form(self) -> tuple[str, ...]:
        """Return the names that a form has, which was made in this block and is sent by the call."""
        named = self._named("body")
        second = self._arguments[1][1] if len(self._arguments) > 1 else ""
        sent = named[1] if named else second
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", sent):
            return ()
        given = [*re.finditer(_ASSIGNED.format(name=re.escape(sent)), self._text[: self._start])]
        if not given or not self._text.startswith("new FormData()", given[-1].end()):
            return ()
        filled = self._text[given[-1].end() : self._start]
        names = re.findall(rf"""\b{re.escape(sent)}\.(?:append|set)\(\s*["'`]([^"'`]+)["'`]""", filled)
        return tuple(dict.fromkeys(names))

    def bodies(self, scope: Scope) -> Iterator[ExampleClaim]:
        """Yield the JSON body that the call sends, where it is written out."""
        named = next((one for one in map(self._named, ("json", "data", "body")) if one), None)
        if named is None and self._method in {"post", "put", "patch"} and not self._python():
            named = self._arguments[1] if len(self._arguments) > 1 else None
        if named is None:
            return
        start, text = named
        inner = re.match(r"(?:json\.dumps|JSON\.stringify)\(\s*", text)
        if inner:
            start, text = start + inner.end(), text[inner.end() :].rstrip(") \n")
        start, text = self._value(start, text)
        if not text.startswith(("{", "[")):
            return
        text = self._text[start : _closing(self._text, start) + 1]
        first = self._lines(start, start).first
        lines = [Line(first + number, line) for number, line in enumerate(text.split("\n"))]
        for body in read_bodies(lines)[:1]:
            if body.value and body.complete and all(one.kind != "fault" for one in body.repairs):
                yield replace(body.to_claim(scope), repairs=())

    def _python(self) -> bool:
        return self._text.startswith(("requests", "httpx"), self._start)

    def _named(self, name: str) -> tuple[int, str] | None:
        """Return where an argument or member of that name stands, and its text."""
        for start, text in self._arguments:
            found = re.match(rf"{name}\s*=\s*(?!=)", text)
            if found:
                return start + found.end(), text[found.end() :]
            at, options = self._value(start, text)
            if options.startswith("{") and not self._python():
                for begin, end in _parts(self._text, at + 1, _closing(self._text, at)):
                    member = self._text[begin:end]
                    key = re.match(rf"""\s*["']?{name}["']?\s*(?::\s*|$)""", member)
                    if key:
                        shorthand = key.end() == len(member) and ":" not in key[0]
                        return (
                            (begin, name) if shorthand else (begin + key.end(), member[key.end() :].strip())
                        )
        return None

    def _value(self, start: int, text: str) -> tuple[int, str]:
        """Return a literal and its place; that of a name is the one it was given in this block."""
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", text):
            return start, text
        given = re.search(_ASSIGNED.format(name=re.escape(text)), self._text)
        if given is None:
            return start, text
        rest = self._text[given.end() :]
        if rest[0] in "{[":
            return given.end(), self._text[given.end() : _closing(self._text, given.end()) + 1]
        return given.end(), rest.partition("\n")[0].rstrip("; \t")

    def _url(self, text: str) -> str:
        """Return a URL that is written out; what is put in stands as `{name}`."""
        _, text = self._value(0, text)
        found = _STRING.match(text)
        if found is None:
            return ""
        url = next(part for part in (found["double"], found["single"], found["back"]) if part is not None)
        for joined in re.finditer(
            r"\+\s*(?:(?P<name>[\w.]+)|[\"'](?P<text>[^\"'\n]*)[\"'])", text[found.end() :]
        ):
            url += joined["text"] if joined["text"] is not None else f"{{{joined['name']}}}"
        return re.sub(r"\$?\{[^{}]*?(\w+)\W*\}", self._put_in, url)

    def _put_in(self, found: re.Match[str]) -> str:
        """Return what is put into a URL: the text that this block gives the name, else the name in braces."""
        _, text = self._value(0, found[1])
        given = _string(text) if text != found[1] else None
        return given.rstrip("/") if given and "{" not in given and "/" in given else f"{{{found[1]}}}"

    def _pairs(self, name: str) -> list[tuple[str, str]] | None:
        """Return the members of a literal by name; None where it is given by something else."""
        named = self._named(name)
        if named is None:
            return []
        start, text = self._value(*named)
        if not text.startswith("{"):
            return None
        inside = self._text[start + 1 : _closing(self._text, start)]
        return [
            (one["double"] or one["single"] or one["bare"], self._shown(one["value"].strip()))
            for one in _PAIR.finditer(inside)
        ]

    def _shown(self, text: str) -> str:
        """Return what a header or parameter is given; a value that is not written out as `{name}`."""
        _, text = self._value(0, text)
        found = re.match(r"""[fr]?["'`](?P<inner>.*?)["'`]?$""", text)
        return (
            found["inner"]
            if found
            else text
            if text[:1].isdigit() or text.lower() in _PLAIN
            else f"{{{text}}}"
        )

    def _lines(self, start: int, end: int) -> Lines:
        lines = self._block.lines
        first, last = (self._text.count("\n", 0, place) for place in (start, end))
        return Lines(lines[first].number, lines[min(last, len(lines) - 1)].number)


def _string(text: str) -> str | None:
    found = _STRING.fullmatch(text)
    return next((part for part in found.groups() if part is not None), None) if found else None


def _closing(text: str, start: int) -> int:
    """Return where the bracket that opens at `start` closes, or the end of the text."""
    depth, place = 0, start
    while place < len(text):
        found = _STRING.match(text, place) if text[place] in "\"'`" else None
        if found:
            place = found.end()
            continue
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if depth == 0:
            return place
        place += 1
    return len(text) - 1


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between the commas of the outermost level."""
    place = begin = start
    while place < end:
        if text[place] in "\"'`":
            found = _STRING.match(text, place)
            place = found.end() if found else place + 1
        elif text[place] in "([{":
            place = _closing(text, place) + 1
        else:
            if text[place] == ",":
                yield _trimmed(text, begin, place)
                begin = place + 1
            place += 1
    if text[begin:end].strip():
        yield _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


LAYOUT = Layout("programs", frozenset({"source"}), _read)
