"""Sample calls in Go, PHP, Java, C# and Ruby: a URL that is written out, a method, headers, a body.

A block is read only where it makes one call whose address and method stand in it; what it takes from
elsewhere (a client with settings of its own, a list of headers by name) makes it silent.
"""

from __future__ import annotations

import re
from dataclasses import replace
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

__all__ = ["LAYOUT"]

_LONGEST: Final = 10_000
"""Characters of a block of code that are read."""
_CLIENT = re.compile(
    r"\bhttp\.(?:NewRequest(?:WithContext)?|Get|Post)\(|\bcurl_(?:setopt|init)|CURLOPT_URL|GuzzleHttp|"
    r"->request\(|"
    r"\bHttpRequest\.newBuilder|\bRequest\.Builder\(|\bUnirest\.|\bHttp(?:Get|Post|Put|Delete|Patch)\(|"
    r"\bHttpURLConnection\b|"
    r"\bHttpRequestMessage\(|\b(?:Get|Post|Put|Delete|Patch)(?:AsJson)?Async\(|\bRestRequest\(|"
    r"\bNet::HTTP\b|\bHTTParty\."
)
"""What only a call of a server looks like, in one of the languages."""
_URL = re.compile(
    r"""(?P<mark>["'`])(?P<url>https?://[^"'`\s\\]+)(?P=mark)(?P<after>\s*(?:\+|\.(?=\s*[$"'])|%)\s*(?P<name>[$\w.]*))?"""
)
_METHODS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"""\bNewRequest(?:WithContext)?\((?:\w+(?:\.\w+\(\))?,\s*)?["'](GET|POST|PUT|PATCH|DELETE)""",
        r"\bhttp\.Method(Get|Post|Put|Patch|Delete)\b",
        r"\bhttp\.(Get|Post)\(",
        r"""CURLOPT_CUSTOMREQUEST\s*(?:=>|,)\s*["'](GET|POST|PUT|PATCH|DELETE)""",
        r"""->request\(\s*["'](GET|POST|PUT|PATCH|DELETE)""",
        r"->(get|post|put|patch|delete)\(\s*[\"']http",
        r"\.(GET|POST|PUT|DELETE)\(",
        r"""\.(?:method|setRequestMethod)\(\s*"(GET|POST|PUT|PATCH|DELETE)""",
        r"\.(get|post|put|patch|delete)\((?:\)|\w*[bB]ody\b|RequestBody)",
        r"\bUnirest\.(get|post|put|patch|delete)\(",
        r"\bnew Http(Get|Post|Put|Patch|Delete)\(",
        r"\bHttpMethod\.(Get|Post|Put|Patch|Delete)\b",
        r"\b(Get|Post|Put|Patch|Delete)(?:AsJson|String)?Async\(",
        r"\bMethod\.(Get|Post|Put|Patch|Delete|GET|POST|PUT|PATCH|DELETE)\b",
        r"\bNet::HTTP::(Get|Post|Put|Patch|Delete)\b",
        r"\bNet::HTTP\.(get|post)(?:_response)?\(",
        r"\bHTTParty\.(get|post|put|patch|delete)\(",
    )
)
_HEADERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"""\.(?:Header\.(?:Set|Add)|(?:add|set|Add)?[hH]eader|setRequestProperty|\w*Headers\.Add)\(\s*"(?P<name>[\w-]+)"\s*,\s*(?P<value>[^\n;]*)""",
        r"""["'](?P<name>[A-Z][\w-]{1,40}):\s+(?P<value>[^"'\n]*)["']""",
        r"""["'](?P<name>[A-Z][\w-]{1,40})["']\s*=>\s*(?P<value>[^,\n]*)""",
        r"""\b\w+\[["'](?P<name>[A-Z][\w-]{1,40})["']\]\s*=\s*(?P<value>[^\n]*)""",
        r"""(?P<name>Authorization)\s*=\s*new AuthenticationHeaderValue\((?P<value>[^)\n]*)\)""",
        r"""\.(?P<name>basic_auth|setBasicAuth|SetBasicAuth)\((?P<value>[^)\n]*)\)""",
    )
)
_ELSEWHERE = re.compile(
    r"\bheaders\((?!\s*\))|setHeaders\(|[Ii]nterceptor|base_?ur[il]|baseUr[il]|BaseAddress|base_uri|"
    r"CURLOPT_HTTPHEADER\s*(?:=>|,)\s*\$|"
    r"CURLOPT_USERPWD|withHeaders|(?<!::)\bHttp::(?:with|get|post)",
    re.IGNORECASE,
)
_BODY = re.compile(r"""(?P<mark>\"""|`|')\s*(?P<body>\{[^`]*?\})\s*(?P=mark)""", re.DOTALL)


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    text = block.text
    if len(text) > _LONGEST or not _CLIENT.search(text) or _ELSEWHERE.search(text):
        return
    urls = [*_URL.finditer(text)]
    methods = {found.upper() for pattern in _METHODS for found in pattern.findall(text)}
    if not methods and re.search(r"CURLOPT_POST\b", text):
        methods = {"POST"}
    if len({one["url"] for one in urls}) != 1 or len(methods) != 1:
        return
    scope = replace(setting.scope, side="request", status="", called_back=False, sided=Ground.STATED)
    call = CallClaim(block.span, scope, methods.pop(), _address(urls[0]), _headers(text))
    yield call
    yield from _body(block, text, scope)


def _address(found: re.Match[str]) -> str:
    """Return the URL; what the code puts in or behind it stands as `{name}`."""
    url = re.sub(
        r"%[sd]|#?\$?\{\$?(\w+)[^{}]*\}|\$(\w+)",
        lambda one: f"{{{one[1] or one[2] or 'value'}}}",
        found["url"],
    )
    return f"{url}{{{found['name'].strip('$.') or 'value'}}}" if found["after"] else url


def _headers(text: str) -> tuple[tuple[str, str], ...]:
    known: dict[str, str] = {}
    for pattern in _HEADERS:
        for found in pattern.finditer(text):
            name = "Authorization" if "basic" in found["name"].lower() else found["name"]
            known.setdefault(name, found["value"].strip(" \"'`);,"))
    return tuple(known.items())


def _body(block: Block, text: str, scope: Scope) -> Iterator[ExampleClaim]:
    """Yield the JSON body where it is written out as one text."""
    found = [one for one in _BODY.finditer(text) if '"' in one["body"]]
    if len(found) != 1:
        return
    first = text.count("\n", 0, found[0].start("body"))
    lines = [
        Line(block.lines[min(first + number, len(block.lines) - 1)].number, line)
        for number, line in enumerate(found[0]["body"].split("\n"))
    ]
    for body in read_bodies(lines)[:1]:
        if body.value and body.complete and all(one.kind != "fault" for one in body.repairs):
            span = Lines(body.lines.first, min(body.lines.last, block.span.last))
            yield replace(body.to_claim(scope), lines=span, repairs=())


LAYOUT = Layout("clients", frozenset({"source"}), _read)
