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

__all__ = ["Halves", "Named", "labels_call", "operations_in"]

Named = tuple[str, str, str, Lines]
"""Method, path, server (or an empty text), and the lines that name them."""

_NEAR: Final = 8
"""Lines at most between a method and its path."""
_BELOW: Final = 2
"""Lines at most between a label and its value."""
_MOST_ROWS: Final = 8
"""Rows of a table that names one operation, and what else is true of it."""
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
    "api|endpoint|api endpoint|endpoint url|interface|method|http method|request method|request url|"
    "request path|request address|request endpoint|url|uri|path|api path|api url|route|address|"
    "http request|request|verb|"
    "接口|接口地址|请求地址|请求url|请求路径|请求方式|请求方法|请求接口|请求端点|请求类型|接口路径|接口url|接口端点|接口方法|"
    "api地址|api 地址|api路径|api端点|api 端点|api接口|url地址|地址|方式|方法|端点|路径|路由|调用地址|"
    "调用方式|调用方法|"
    "http方法|http 方法|http请求|http 请求|http请求方式|http 请求方式|http请求方法|请求url地址|"
    "接口请求地址|接口调用地址|"
    "エンドポイント|エンドポイントurl|メソッド|パス|リクエストurl|リクエストメソッド|httpメソッド|"
    "http メソッド|リクエスト先|"
    "엔드포인트|메서드|메소드|경로|요청 url|요청 주소|요청 메서드|요청 방식|http 메서드|"
    "metodo|metodo http|url de la solicitud|ruta|punto de acceso|punto final|endpunkt|methode|http-methode|"
    "pfad|chemin|point de terminaison|rota|caminho|metodo de solicitud|метод|путь|эндпоинт".split("|")
)
_ALONE = re.compile(rf"\W*{_METHOD}\W*")
_URL_ALONE = re.compile(rf"[\W_]*?{_URL}[`*\s]*")


@dataclass(slots=True)
class Halves:
    """A method or a path that was named alone and waits for the other, each with its line.

    `named` tells whether an operation was named before, `label` the line of a label whose value stands
    on the next one.
    """

    method: tuple[str, Lines] | None = None
    url: tuple[str, Lines] | None = None
    named: bool = False
    label: int = 0


def operations_in(block: Block, halves: Halves) -> list[Named]:
    """Return the operations that a block names as its page's subject, in order."""
    named: list[Named] = []
    if block.kind in {"heading", "title"}:
        named = _paired(block.lines[0])
        if folded(block.lines[0].bare.rstrip(":： ")) in _LABELS:
            halves.label = block.lines[0].number
    elif block.kind == "table":
        named = _in_table(block)
    elif block.kind in {"prose", "bullets", "front", "mark"}:
        named = _in_lines(block.lines, halves)
    halves.named = halves.named or bool(named)
    return named


def labels_call(text: str) -> bool:
    """Return whether a text labels the method or the path of a call: `**Method**: GET`."""
    label = _LABELLED.fullmatch(text)
    value = label["value"] if label and folded(label["label"]) in _LABELS else ""
    return bool(_ALONE.fullmatch(value) or _URL_ALONE.fullmatch(value) or _PAIR.search(value))


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
        label = label if label and folded(label["label"]) in _LABELS else None
        if folded(text.strip("*-•: ：")) in _LABELS:
            halves.label = line.number
            continue
        below = 0 < line.number - halves.label <= _BELOW
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
        named += _put_together(line, label["value"] if label else text, halves, led=bool(label) or below)
    return named


def _put_together(line: Line, value: str, halves: Halves, *, led: bool) -> list[Named]:
    """Keep a method or a path that stands alone; return the operation once both are there."""
    if _ALONE.fullmatch(value):
        halves.method = (re.sub(r"\W", "", value), line.span)
    elif (found := _URL_ALONE.fullmatch(value)) and (led or halves.method is not None):
        halves.url = (found["url"], line.span)
    method, url = halves.method, halves.url
    if not method or not url or abs(method[1].first - url[1].first) > _NEAR:
        return []
    halves.method = halves.url = None
    return [_named(method[0], url[0], method[1].through(url[1]))]


def _unlinked(text: str) -> str:
    """Return a tag's text without the links and escapes in it, which a path may have."""
    return re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text).replace("\\", "") if text[:1] == "<" else ""


def _alone(text: str, pair: re.Match[str]) -> bool:
    """Return whether the line says nothing beside the operation."""
    rest = text[: pair.start()] + re.sub(r"^[`*\s]*[(（][^()（）]*[)）]", "", text[pair.end() :])
    return not re.search(r"\w", rest)


def _in_table(block: Block) -> list[Named]:
    method = url = ""
    paths: set[str] = set()
    for row in block.rows:
        cells = [cell.strip().strip("`*") for cell in row.cells]
        for cell in cells:
            if _ALONE.fullmatch(cell) and not method:
                method = re.sub(r"\W", "", cell)
            found = _URL_ALONE.fullmatch(cell)
            if found:
                paths.add(re.sub(r"^https?://[^/]+", "", found["url"]))
                url = url or found["url"]
    heads = {folded(cell) for cell in block.rows[0].cells} | {
        folded(row.cells[0]) for row in block.rows if row.cells
    }
    if len(paths) == 1 and method and len(block.rows) <= _MOST_ROWS and heads & _LABELS:
        return [_named(method, url, block.span)]
    return []


def _named(method: str, url: str, lines: Lines) -> Named:
    path = re.sub(r"^https?://[^/]+", "", url)
    server = url[: len(url) - len(path)]
    path = re.sub(r"^\{\{?[\w.-]+\}?\}(?=/)", "", path)
    path = re.sub(r"(?<=/):([A-Za-z_]\w*)", r"{\1}", path)
    path = re.sub(r"(?<=/)<([A-Za-z_]\w*)>", r"{\1}", path)
    path = re.sub(r"(?<=/)\((?:\w+:)?([A-Za-z_]\w*)\)", r"{\1}", path)
    path = path if "[" in path else path.rstrip("]")
    return method.upper(), (path.rstrip(".:`*") or "/"), server, lines
