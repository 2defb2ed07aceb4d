"""Lines that a copy of a rendered page broke or glued, made the lines that a reader saw.

Text is taken out of a site element by element: a path whose parts are elements of their own comes one part
a line, words written as code stand alone, the label of a button comes along, and what follows a closing
bracket or quote is glued to it.  Nothing is changed inside fences.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Line
from wireproof.claims.bodies import starts_body
from wireproof.claims.cellheads import opens_entry
from wireproof.claims.marks import BULLET, HEADING
from wireproof.claims.phrases import identifier
from wireproof.claims.tabular import is_ruling, split_row
from wireproof.claims.text import split_glued
from wireproof.claims.titles import unmarked_title

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["rejoined"]

_METHOD: Final = r"GET|POST|PUT|PATCH|DELETE"
_METHOD_ALONE = re.compile(rf"(?:{_METHOD})")
_METHOD_GLUED = re.compile(
    rf"(?P<method>{_METHOD})(?P<url>/[A-Za-z{{:<][^\s|,;，。；]*|https?://[^\s|,;，。；]+)"
)
_SPREAD = re.compile(
    rf"(?P<method>{_METHOD})\s+(?P<path>/(?:\s+[\w.:{{}}<>~-]+\s+/|\s*/)*\s+[\w.:{{}}<>~-]+)"
)
"""A path whose parts stand apart on one line: `GET / v1 / jobs / {id}`."""
_RUN = re.compile(
    rf"(?P<call>(?:{_METHOD})\s+(?:https?://\S+|/\S+))\s+(?:运行|调试|试一试|复制|実行|Run|Try it!?|"
    rf"Try It!?|Copy|Send|Test)"
)
"""A call, and the button beside it."""
_HOST = re.compile(r"(?:https?://[^\s/]+|\{\{?\w+\}?\})/?")
_PIECE = re.compile(r"/|/?[\w.:{}<>~$-]{1,60}(?:/[\w.:{}<>~$-]{1,60})*/?", re.ASCII)
_MOST_PIECES: Final = 40
_BUTTONS: Final = frozenset(
    "复制|复制代码|拷贝|拷贝代码|複製|コピー|コピーする|복사|복사하기|Copy|Copy code|Copied|Copied!|"
    "Copy to clipboard|"
    "Copier|Copiar|Kopieren|展开代码|收起代码|Ask AI|Try it|Try It|Try it!|Try It!|Send API Request".split(
        "|"
    )
)
"""Labels of buttons beside code, as they are written on them."""
_AFTER_BODY = re.compile(
    r"(?P<head>\s*[}\]]+|\s*[{\[].*[}\]])(?P<tail>(?:[A-Z\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u2600-\u27bf\U0001f300-\U0001faff]|"
    r"[1-5]\d\d(?=\s|\Z|[^\d\s,.\]}])|curl\s).*)"
)
_AFTER_QUOTE = re.compile(
    r"(?P<head>\s*(?:\$\s*)?(?:curl\b|-[A-Za-z]\b|--[a-z]|[}\]]+['\"]).*['\"])(?P<tail>[A-Z\u3040-\u30ff\u3400-\u9fff][^'\"]{2,60})"
)
_AFTER_CALL = re.compile(r"(?P<head>\s*[}\]]+['\"])(?P<tail>[{\[]\s*)")
"""The quote that ends what a call sends, and the bracket that begins what it gets."""
_LABEL_ALONE = re.compile(r"\s*[-*•·]\s+\**[^\s:：*][^:：*]{0,30}\**\s*[:：]\**")
_FOLLOWED = re.compile(
    rf"(?P<value>(?:(?:{_METHOD})\s+)?\S+)(?:\s+-\s+(?P<next>[^\s:：][^:：]{{0,30}}[:：].*))?"
)
_HANGING = re.compile(r"(?P<head>.*\S)\s+-")
_FACTS = re.compile(r"[(（][^()（）]{2,60}[)）]\s*[:：—–-]?.*")


def rejoined(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return the lines with broken ones joined and glued ones split, and the number of a glued one, or 0."""
    made: list[Line] = []
    glued = 0
    fence = ""
    index = 0
    while index < len(lines):
        mark = lines[index].text.lstrip()[:3]
        if fence or mark in {"```", "~~~"}:
            fence = ("" if mark == fence else fence) if fence else mark
            made.append(lines[index])
            index += 1
            continue
        joined, after = _joined(lines, index, made)
        for line in joined:
            parts = _split(line)
            glued = glued or (line.number if len(parts) > 1 else 0)
            made += parts
        index = after
    return made, glued


def _joined(lines: Sequence[Line], index: int, made: Sequence[Line]) -> tuple[list[Line], int]:
    """Return what the line at the index is joined to, and the index after it."""
    line = lines[index]
    text = line.bare
    if not text:
        return [line], index + 1
    if text in _BUTTONS and _is_button(lines, index, made):
        return [Line(line.number, "")], index + 1
    for attempt in (_path, _bullet, _field, _headed_table):
        taken = attempt(lines, index)
        if taken is not None:
            return taken
    return [line], index + 1


def _is_button(lines: Sequence[Line], index: int, made: Sequence[Line]) -> bool:
    """Return whether the word is what a button says, and no value of a list."""
    before = next((line.bare for line in reversed(made) if line.text.strip()), "")
    after = _following(lines, index + 1)
    text = lines[after].bare if after is not None else ""
    return (
        before not in {"-", "•"}
        and not text.startswith((":", "：", "(", "（", "- "))
        and not (opens_entry(lines, index))
    )


def _following(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the next line with text, at most two blank ones on."""
    return next((at for at in range(index, min(index + 3, len(lines))) if lines[at].text.strip()), None)


def _path(lines: Sequence[Line], index: int) -> tuple[list[Line], int] | None:
    """Join a method and the pieces of its path: `GET`, `/`, `v1`, `/`, `jobs`."""
    line = lines[index]
    text = line.bare
    glued = _METHOD_GLUED.fullmatch(text)
    if glued:
        return [Line(line.number, f"{glued['method']} {glued['url']}")], index + 1
    run = _RUN.fullmatch(text)
    if run:
        return [Line(line.number, run["call"])], index + 1
    spread = _SPREAD.fullmatch(text)
    if spread:
        path = re.sub(r"\s+", "", spread["path"])
        return [Line(line.number, f"{spread['method']} {path}")], index + 1
    if not _METHOD_ALONE.fullmatch(text):
        return None
    at = _following(lines, index + 1)
    host = ""
    if at is not None and _HOST.fullmatch(lines[at].bare):
        host, at = lines[at].bare.rstrip("/"), _following(lines, at + 1)
    pieces, end = _pieces(lines, at)
    path = "".join(pieces)
    if not pieces or (len(pieces) == 1 and (not host or path == "/")):
        return None
    return [Line(line.number, f"{text} {host}{path}", lines[end].number)], end + 1


def _pieces(lines: Sequence[Line], at: int | None) -> tuple[list[str], int]:
    """Return the pieces of a path from an index on, and the index of the last."""
    pieces: list[str] = []
    end = at or 0
    while at is not None and len(pieces) < _MOST_PIECES:
        piece = lines[at].bare
        waits = bool(pieces) and pieces[-1].endswith("/")
        if not _PIECE.fullmatch(piece) or piece.startswith("/") == waits:
            break
        pieces.append(piece)
        end, at = at, _following(lines, at + 1)
    if len(pieces) > 1 and pieces[-1] == "/":
        pieces.pop()
        end -= 1
    return pieces, end


def _bullet(lines: Sequence[Line], index: int) -> tuple[list[Line], int] | None:
    """Join a bullet's label and its value below, which may run on into the next bullet.

    `- Method:`, `GET - Path:`, `/jobs` are three lines of two bullets.
    """
    if not _LABEL_ALONE.fullmatch(lines[index].text):
        return None
    made: list[Line] = []
    line, at = lines[index], index + 1
    while at < len(lines) and _LABEL_ALONE.fullmatch(line.text):
        found = _FOLLOWED.fullmatch(lines[at].bare)
        if found is None or found["value"].endswith(":") or not _goes_on(lines, at):
            break  # a key of YAML stands below a key of its own
        made.append(Line(line.number, f"{line.text.rstrip()} {found['value']}", lines[at].number))
        line = Line(lines[at].number, f"- {found['next']}") if found["next"] else Line(0, "")
        at += 1
    if not made:
        return None
    return [*made, *([line] if line.number else [])], at


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line is the rest of the bullet above, and begins nothing of its own."""
    text = lines[index].text
    return not (
        not text.strip()
        or BULLET.match(text)
        or HEADING.match(text)
        or text.lstrip().startswith(("```", "~~~", "|", "<", "curl "))
        or starts_body(text)
        or opens_entry(lines, index) is not None
        or (unmarked_title(text.strip()) is not None and " - " not in text)
    )


def _field(lines: Sequence[Line], index: int) -> tuple[list[Line], int] | None:
    """Join a bullet whose name stands alone: `-`, `state`, `(string): where it stands -`."""
    line = lines[index]
    hangs = _HANGING.fullmatch(line.text)
    if index + 2 >= len(lines) or not (line.bare in {"-", "•"} or hangs):
        return None
    made: list[Line] = [Line(line.number, hangs["head"])] if hangs else []
    at = index
    while (
        at + 2 < len(lines)
        and lines[at].bare.endswith(("-", "•"))
        and identifier(lines[at + 1].bare)
        and _FACTS.fullmatch(lines[at + 2].bare)
    ):
        name, facts = lines[at + 1], lines[at + 2]
        text = facts.bare.removesuffix("-").rstrip() if facts.bare.endswith(" -") else facts.bare
        made.append(Line(name.number, f"- {name.bare} {text}", facts.number))
        at += 2
    if at == index:
        return None
    if lines[at].bare.endswith(" -"):
        return made, at + 1
    return made, at + 1


def _headed_table(lines: Sequence[Line], index: int) -> tuple[list[Line], int] | None:
    """Split a word off that was glued to a table's header: `POST| Name | Type |` over a ruling of two."""
    line = lines[index]
    if line.text.lstrip().startswith("|") or "|" not in line.text or index + 1 >= len(lines):
        return None
    ruling = lines[index + 1].text
    if not is_ruling(ruling) or len(split_row(line.text)) != len(split_row(ruling)) + 1:
        return None
    head, _, rest = line.text.partition("|")
    return [Line(line.number, head), Line(line.number, f"|{rest}")], index + 1


def _split(line: Line) -> tuple[Line, ...]:
    """Return the line, or its two halves where a title was glued to a sentence, a bracket or a quote."""
    found = _AFTER_BODY.fullmatch(line.text)
    if found and (found["head"].strip(" }]") == "" or unmarked_title(found["tail"]) is not None):
        return Line(line.number, found["head"]), Line(line.number, found["tail"])
    found = _AFTER_CALL.fullmatch(line.text)
    if found:
        return Line(line.number, found["head"]), Line(line.number, found["tail"])
    found = _AFTER_QUOTE.fullmatch(line.text)
    if found and unmarked_title(found["tail"]) is not None:
        return Line(line.number, found["head"]), Line(line.number, found["tail"])
    return split_glued(line)
