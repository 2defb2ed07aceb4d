"""One cell a line, as text copied or scraped from a site has it: name, type, description, required."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.cellrun import COLUMNED, NESTED, cell_entries, value_line
from wireproof.claims.claim import Lines, StatementClaim, Value
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.marks import BULLET
from wireproof.claims.wording import literal, plain_text, value_pair
from wireproof.claims.words import folded, roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.claims.blocks import Block, Line
    from wireproof.claims.cellrun import Entry
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_SENT: Final = frozenset({"path", "query", "header", "cookie"})
"""Places of a request that are not its body."""


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    entries, _ = cell_entries(block.lines, 0, led=block.language in {COLUMNED, NESTED})
    rows: list[Row] = []
    for number, entry in enumerate(entries):
        if number == 0 and _is_root(entry):
            count = entry.facts.phrase.count if entry.facts.phrase else None
            if count is not None:
                lines = Lines(entry.lines[0].number, entry.lines[-1].number)
                yield StatementClaim(lines, setting.scope, "", "count", count, entry.lines[-1].bare)
            continue
        rows.append(_row(entry, setting))
    if len({entry.indent for entry in entries}) > 1:
        rows = [
            replace(row, depth=entry.indent) for row, entry in zip(rows, entries[-len(rows) :], strict=True)
        ]
    if block.language == NESTED:
        rows = list(_nested(rows))
    sent = [row for row in rows if row.location in _SENT]
    if sent and not (setting.scope.side == "response" and len(sent) < len(rows)):
        asked = replace(setting, scope=replace(setting.scope, side="request", status=""), location="")
        yield Listing(asked, tuple(sent), title=setting.title)
        rows = [row for row in rows if row not in sent]
    if rows:
        yield Listing(setting, tuple(rows), title=setting.title)


def _is_root(entry: Entry) -> bool:
    """Return whether the first entry is the body itself: `Body`, then `object {2}`."""
    phrase = entry.facts.phrase
    roles, others = roles_of(entry.name)
    plain = not others and set(roles) <= {"body", "response", "request", "fields"}
    return (
        plain
        and phrase is not None
        and phrase.holds_fields
        and (phrase.count is not None or entry.name[0].isupper())
    )


def _row(entry: Entry, setting: Setting) -> Row:
    lines = [line for line in entry.lines if line.text.strip()]
    enum = entry.labels.get("enum", [])
    texts = [line.bare for line in enum]
    return Row(
        entry.name.rstrip("*"),
        Lines(lines[0].number, lines[-1].number),
        None,
        entry.facts.phrase,
        entry.required,
        entry.facts.nullable,
        _description(entry),
        _first(entry.labels.get("example")),
        _first(entry.labels.get("default")),
        () if _bulleted(enum) or sum(map(bool, map(value_line, texts))) > 1 else _enum(enum),
        location=_location(entry, setting),
        format=_first(entry.labels.get("format")) or "",
        values=_listed_values(entry),
    )


def _nested(rows: Iterable[Row]) -> Iterator[Row]:
    """Iterate over the rows of a table with a column for the fields inside objects: they follow theirs."""
    inside = False
    for row in rows:
        phrase = row.phrase
        holds = phrase is not None and (phrase.types == ("object",) or (phrase.is_array and not phrase.items))
        yield replace(row, depth=int(inside and not holds))
        inside = inside or holds


def _location(entry: Entry, setting: Setting) -> str:
    """Return where a parameter travels: what its cell says; what authorizes is sent as a header."""
    if entry.place or setting.scope.side == "response":
        return entry.place
    named = folded(entry.name) == "authorization"
    return "header" if named or "authorization" in setting.roles else ""


def _description(entry: Entry) -> str:
    texts = [line.bare for line in entry.details if not BULLET.match(line.text)]
    return plain_text(" ".join(text for text in texts if not text.startswith("//")))


def _first(lines: Sequence[Line] | None) -> str | None:
    return lines[0].bare.strip("`") if lines else None


def _bulleted(lines: Sequence[Line]) -> bool:
    return any(BULLET.match(line.text) for line in lines)


def _enum(lines: Sequence[Line]) -> tuple[object, ...]:
    texts = (line.bare.strip("[]") for line in lines)
    words = [word for text in texts for word in text.replace(",", " ").replace("、", " ").split()]
    return tuple(literal(word) for word in words)


def _pairs(lines: Sequence[Line]) -> list[tuple[object, str, int]]:
    pairs: list[tuple[object, str, int]] = []
    for line in lines:
        bullet = BULLET.match(line.text)
        pair = value_pair(bullet["text"]) if bullet else None
        if pair is not None:
            pairs.append((*pair, line.number))
    return pairs


def _listed_values(entry: Entry) -> tuple[Value, ...]:
    """Return the values that bullets, or lines with value and meaning glued, list under a field."""
    lines = [line for line in (*entry.labels.get("enum", []), *entry.details) if BULLET.match(line.text)]
    pairs = _pairs(lines)
    if len(pairs) < 2 or len(pairs) < len(lines):
        pairs = [
            (literal(found[0]), found[1], line.number)
            for line in (*entry.labels.get("enum", []), *entry.details)
            if (found := value_line(line.bare)) is not None
        ]
    if len(pairs) < 2 or len({value for value, _, _ in pairs}) < len(pairs):
        return ()
    return tuple(Value(value, meaning, number) for value, meaning, number in pairs)


LAYOUT = Layout("cells", frozenset({"cells"}), _read)
