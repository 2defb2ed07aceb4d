"""Where a page names its operation: a heading, a method over a path, labelled lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Lines
from wireproof.claims.words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Block, Line

__all__ = ["Halves", "Named", "operations_in"]

Named = tuple[str, str, str, Lines]
"""Method, path, server (or an empty text), and the lines that name them."""

_NEAR: Final = 8
"""Lines at most between a method and its path."""
_METHOD: Final = r"(?P<method>GET|POST|PUT|PATCH|DELETE)"
_URL: Final = r"(?P<url>(?:https?://[^\s/`'\"<>()（）]+|\{\{?\w+\}?\})?/(?:[^\s`'\"<>()（）,，。；;|?]|<\w+>)*|https?://[^\s/`'\"<>()（）]+)(?:\?[^\s`'\"<>]*)?"
_PAIR = re.compile(rf"(?<![A-Za-z]){_METHOD}`?\*{{0,2}}[\s:：`*]+{_URL}", re.IGNORECASE)
_DIRECTIVE = re.compile(r"\.\.\s+http:(?P<method>get|post|put|patch|delete)::\s+(?P<url>/\S*)", re.IGNORECASE)
_MARKED = re.compile(r"""\bmethod\s*=\s*["'](?P<method>\w+)["'].*?\bpath\s*=\s*["'](?P<url>[^"']+)["']""")
_TAGGED = re.compile(
    r"""<\w+\b[^<>]*\bmethod\s*=\s*["'](?P<method>\w+)["'][^<>]*>\s*(?P<url>/[^<>\s]*)\s*</"""
)
_LABELLED = re.compile(r"[\W_]*(?P<label>\w[^:：]{0,30}?)[*_`\s]*[:：][*_\s]*(?P<value>.*)")
_LABELS: Final = frozenset(
    "api|endpoint|interface|method|http method|request method|request url|request path|url|path|route|"
    "http request|request|"
    "接口|接口地址|请求地址|请求url|请求路径|请求方式|请求方法|接口路径|接口url|url地址|地址|方式|方法|"
    "路径|エンドポイント|メソッド|パス|"
    "metodo|url de la solicitud|ruta|punto de acceso|endpunkt|methode|pfad|chemin|метод|путь".split("|")
)
_ALONE = re.compile(rf"\W*{_METHOD}\W*")
_URL_ALONE = re.compile(rf"[\W_]*?{_URL}[`*\s]*")


@dataclass(slots=True)
class Halves:
    """A method or a path that was named alone and waits for the other, each with its line.

    `named` tells whether an operation was named before.
    """

    method: tuple[str, int] | None = None
    url: tuple[str, int] | None = None
    named: bool = False


def operations_in(block: Block, halves: Halves) -> list[Named]:
    """Return the operations that a block names as its page's subject, in order."""
    named: list[Named] = []
    if block.kind in {"heading", "title"}:
        named = _paired(block.lines[0])
    elif block.kind == "table":
        named = _in_table(block)
    elif block.kind in {"prose", "bullets", "front", "mark"}:
        named = _in_lines(block.lines, halves)
    halves.named = halves.named or bool(named)
    return named


def _paired(line: Line) -> list[Named]:
    found = _PAIR.search(line.text)
    return [_named(found["method"], found["url"], line.span)] if found else []


def _in_lines(lines: Sequence[Line], halves: Halves) -> list[Named]:
    named: list[Named] = []
    for line in lines:
        text = line.bare
        if len(text) > 300:
            continue
        label = _LABELLED.fullmatch(text)
        if label and folded(label["label"]) not in _LABELS:
            label = None
        pair = _PAIR.search(text)
        if pair and (label or _alone(text, pair) or re.match(r"(?:api|openapi)\s*:", text)):
            named.append(_named(pair["method"], pair["url"], line.span))
            halves.method = halves.url = None
            continue
        if (
            pair
            and not halves.named
            and not text[: pair.start()].strip("*_`")
            and not re.match(r"\s*\w", text[pair.end() :])
        ):
            named.append(_named(pair["method"], pair["url"], line.span))
            continue
        marked = _DIRECTIVE.match(text) or _MARKED.search(text) or _TAGGED.match(_unlinked(text))
        if marked:
            named.append(_named(marked["method"], marked["url"], line.span))
            continue
        value = label["value"] if label else text
        if _ALONE.fullmatch(value):
            halves.method = (re.sub(r"\W", "", value), line.number)
        elif (found := _URL_ALONE.fullmatch(value)) and (label or halves.method is not None):
            halves.url = (found["url"], line.number)
        method, url = halves.method, halves.url
        if method and url and abs(method[1] - url[1]) <= _NEAR:
            named.append(_named(method[0], url[0], Lines(min(method[1], url[1]), max(method[1], url[1]))))
            halves.method = halves.url = None
    return named


def _unlinked(text: str) -> str:
    """Return a tag's text without the links and escapes in it, which a path may have."""
    return re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text).replace("\\", "") if text[:1] == "<" else ""


def _alone(text: str, pair: re.Match[str]) -> bool:
    """Return whether the line says nothing beside the operation."""
    rest = text[: pair.start()] + text[pair.end() :]
    return not re.search(r"\w", rest)


def _in_table(block: Block) -> list[Named]:
    method = url = ""
    for row in block.rows:
        cells = [cell.strip().strip("`*") for cell in row.cells]
        for cell in cells:
            if _ALONE.fullmatch(cell) and not method:
                method = re.sub(r"\W", "", cell)
            found = _URL_ALONE.fullmatch(cell)
            if found and not url:
                url = found["url"]
    heads = {folded(cell) for cell in block.rows[0].cells} | {
        folded(row.cells[0]) for row in block.rows if row.cells
    }
    if (
        method
        and url
        and len(block.rows) <= 8
        and heads
        & {
            "method",
            "url",
            "endpoint",
            "http method",
            "请求方式",
            "请求方法",
            "接口地址",
            "请求地址",
            "メソッド",
            "metodo",
        }
    ):
        return [_named(method, url, block.span)]
    return []


def _named(method: str, url: str, lines: Lines) -> Named:
    path = re.sub(r"^https?://[^/]+", "", url)
    server = url[: len(url) - len(path)]
    path = re.sub(r"^\{\{?[\w.-]+\}?\}(?=/)", "", path)
    path = re.sub(r"(?<=/):([A-Za-z_]\w*)", r"{\1}", path)
    path = re.sub(r"(?<=/)<([A-Za-z_]\w*)>", r"{\1}", path)
    path = re.sub(r"(?<=/)\((?:\w+:)?([A-Za-z_]\w*)\)", r"{\1}", path)
    return method.upper(), (path.rstrip(".:`*") or "/"), server, lines
