"""Constants in code, whose values are those of a field: `TaskStatusQueued TaskStatus = "QUEUED"`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wireproof.claims.claim import Lines, Value, ValuesClaim
from wireproof.claims.layout import Layout
from wireproof.claims.wording import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Block, Line
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_CONSTANT = re.compile(
    r"\s*(?:(?:export|const|static|final|public|private|pub|let|var|readonly|int|String|"
    r"case)\s+)*(?P<name>[A-Za-z_]\w*)"
    r"(?:(?:\s*:\s*|\s+)(?P<type>[A-Za-z_][\w.&']*))?\s*(?:=|\()\s*(?P<value>\"[^\"]*\"|'[^']*'|"
    r"-?\d{1,9})\s*\)?\s*[,;]?\s*(?:(?://|\#|/\*)\s*(?P<comment>.*?))?(?:\*/)?\s*"
)
_ENUM = re.compile(r"\s*(?:export\s+|public\s+|const\s+)*(?:enum|class|type)\s+(?P<name>[A-Za-z_]\w*)")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
_ALIAS = re.compile(
    r"\s*(?:export\s+)?type\s+(?P<name>\w+)\s*=\s*(?P<union>(?:\|?\s*(?:\"[^\"]*\"|'[^']*')\s*){2,});?\s*"
)


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    run: list[tuple[re.Match[str], Line]] = []
    enclosing = ""
    for line in block.lines:
        alias = _ALIAS.fullmatch(line.text)
        if alias is not None:
            yield _union(alias, line, setting)
            continue
        found = _CONSTANT.fullmatch(line.text)
        if found is not None:
            run.append((found, line))
            continue
        if line.text.strip() and run:
            yield from _constants(run, enclosing, setting)
            run = []
        opened = _ENUM.match(line.text)
        if opened is not None:
            enclosing = opened["name"]
        elif line.text.strip().startswith(("}", ")")):
            enclosing = ""
    yield from _constants(run, enclosing, setting)


def _constants(run: Sequence[tuple[re.Match[str], Line]], enclosing: str, setting: Setting) -> Iterator[Said]:
    """Say the values of a run of constants, if a type, an enum or their names join them."""
    if len(run) < 2:
        return
    declared = next(
        (
            found["type"]
            for found, _ in run
            if found["type"] and found["type"] not in {"int", "string", "str"}
        ),
        "",
    )
    about = enclosing or declared
    if (
        not about
        and len(run) > 2
        and all(re.fullmatch(r"[\"']?[\w-]*[\"']?", found["value"]) for found, _ in run)
    ):
        about = _shared([found["name"] for found, _ in run])
    if not about:
        return
    values = tuple(
        Value(literal(_bare(found["value"])), found["comment"] or "", line.number) for found, line in run
    )
    yield ValuesClaim(Lines(run[0][1].number, run[-1][1].number), setting.scope, about, values)


def _bare(text: str) -> str:
    return text if text[0] in "-0123456789" else f'"{text[1:-1]}"'


def _shared(names: Sequence[str]) -> str:
    """Return the words with which all names begin: `STATUS_OK`, `STATUS_BAD` → `STATUS`."""
    words = [_WORDS.findall(name) for name in names]
    shared: list[str] = []
    for column in zip(*words, strict=False):
        if len({word.lower() for word in column}) > 1:
            break
        shared.append(column[0])
    if any(len(shared) >= len(word) for word in words):
        shared = shared[:-1]
    return (
        names[0][: sum(len(word) for word in shared) + names[0][: len("_".join(shared))].count("_")]
        if shared
        else ""
    )


def _union(alias: re.Match[str], line: Line, setting: Setting) -> ValuesClaim:
    texts = re.findall(r"\"([^\"]*)\"|'([^']*)'", alias["union"])
    values = tuple(Value(first or second, "", line.number) for first, second in texts)
    return ValuesClaim(Lines(line.number, line.number), setting.scope, alias["name"], values)


LAYOUT = Layout("constants", frozenset({"source", "prose"}), _read)
