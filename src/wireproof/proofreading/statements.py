"""What sentences say of one field against its row and against the examples that show it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.assertions import format_in
from wireproof.claims.bounds import bounds_in, end_of
from wireproof.claims.claim import FieldClaim
from wireproof.claims.phrases import unit_in
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.passing import about_meaning, about_values_named
from wireproof.proofreading.scenes import is_ok
from wireproof.proofreading.sending import about_media, about_methods
from wireproof.proofreading.sentences import compatible, speaks_of, types_of, unit_of
from wireproof.proofreading.tallies import about_tally
from wireproof.proofreading.telling import along, dotted, facts, line_in, shown_value, telling
from wireproof.proofreading.wordlists import WordList, found_at, word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import Bound, ExampleClaim, ParameterClaim, Path, StatementClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_formats", "about_statements", "told_to_be_null"]

_SEPARATED = re.compile(
    r"\b(?:separated|delimited|joined) by\b|-(?:separated|delimited)\b|分隔|区切り|separad\w+ por|getrennt|"
    r"séparé"
)
"""A list of this kind is a string."""
_GENERIC: Final = frozenset(
    "id name type code message msg data result value status url key text title error count total size".split()
)
"""Names that many objects have: a sentence far from their row may speak of another."""
_OF_FIELD: Final = frozenset({"bound", "type", "unit", "nullable", "required", "present", "format"})
_SIBLINGS: Final = 2
"""Listed names beside a field that an example must have, to be of the object that the field is in."""
_MOMENT = re.compile(
    r"(?:_at|_on|_time|_ts|_date|timestamp)$|^(?:time|created|updated|date|modified|finished|started|"
    r"expires)$|[a-z](?:At|Time|Date|Timestamp)$"
)
_EPOCHS: Final = (10**9, 10**13)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")
_MEND: Final = "take what a captured answer shows"


def about_statements(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where a sentence, or a count beside a type, says what the rest does not bear out."""
    lists = word_lists(sheet)
    for claim in sheet.statements:
        if claim.kind in _OF_FIELD and claim.about:
            yield from _of_field(sheet, claim, source)
        elif claim.kind == "value":
            yield from about_values_named(sheet, lists, claim, source)
        elif claim.kind == "meaning":
            yield from about_meaning(sheet, claim, source)
        elif claim.kind == "moments":
            yield from _moments(sheet, claim, source)
        elif claim.kind == "method":
            yield from about_methods(sheet, claim, source)
        elif claim.kind == "media":
            yield from about_media(sheet, claim, source)
        else:
            yield from about_tally(sheet, lists, claim, source)


def told_to_be_null(sheet: Sheet) -> list[FieldClaim]:
    """Return the fields of a page, nullable where their row is silent and a sentence says so."""
    said = [one for one in sheet.statements if one.kind == "nullable" and one.value is True]
    fields = sheet.fields
    for claim in said:
        rows = _rows(sheet, claim, _keys(claim.about))
        if len({_path(one) for one in rows}) == 1:
            fields = [
                replace(one, nullable=True) if one in rows and one.nullable is None else one for one in fields
            ]
    return fields


def about_formats(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where a description names a format, and an example of the right type has another."""
    for row in sheet.fields:
        form = format_in(row.description.replace("`", "")) if row.description else ""
        if not form or row.format == form:
            continue
        for example in sheet.examples_near(row):
            if not example.readable or not speaks_of(row.scope, example.scope):
                continue
            for path, value in list(along(example.value, row.path))[:1]:
                typed = not row.types or compatible(types_of(value), set(row.types))
                if typed and _unlike(form, value) and path not in example.elided:
                    yield _shown(
                        example, path, value, Spot(source, row.lines, row.description[:120]), _FORMS[form]
                    )


def _of_field(sheet: Sheet, claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    about = _keys(claim.about)
    rows = _rows(sheet, claim, about)
    if len({_path(one) for one in rows}) > 1:
        return
    if rows and (said := _differs(claim, rows[0])):
        row = rows[0]
        unit = _unit(row)
        yield telling(
            "docs-prose-mismatch",
            row.scope,
            pointer=pointer_of(_path(row)),
            claimed=Spot(source, row.lines, f"{facts(row)}{f', in {unit}' if unit else ''}"),
            shown=Spot(source, claim.lines, claim.text[:120]),
            message=f"`{dotted(_path(row))}`: {said}",
            mend=_MEND,
        )
        return
    if claim.kind == "present":
        yield from _absent(sheet, claim, rows, source)
    elif claim.kind not in {"required", "bound"} and not (claim.kind == "type" and rows):
        for example in sheet.examples_near(rows[0] if rows else claim):
            ours = speaks_of(claim.scope, example.scope) or any(
                speaks_of(row.scope, example.scope) for row in rows
            )
            if example.readable and ours and example.scope.side != "request":
                yield from _shown_otherwise(sheet, claim, _path(rows[0]) if rows else about, example, source)


def _keys(about: str) -> Path:
    return tuple(key for key in re.split(r"\.|(?=\[)", about.replace("[]", ".*")) if key)


def _names(about: Path) -> Iterator[str]:
    return (key for key in reversed(about) if key != "*")


def _rows(sheet: Sheet, claim: StatementClaim, about: Path) -> list[FieldClaim | ParameterClaim]:
    """Return the rows that a sentence may speak of: those that it reaches, else the one of that name."""
    every: list[FieldClaim | ParameterClaim] = [*sheet.fields_of(next(_names(about), "")), *sheet.parameters]
    named = [
        one
        for one in every
        if (_path(one) == about or (len(about) == 1 and one.name == about[0])) and one.lines != claim.lines
    ]
    near = [one for one in named if speaks_of(claim.scope, one.scope)]
    alone = len(named) == 1 and about[-1].lower() not in _GENERIC
    return near or (named if alone and not named[0].scope.called_back else [])


def _path(row: FieldClaim | ParameterClaim) -> Path:
    return row.path if isinstance(row, FieldClaim) else (row.name,)


def _unit(row: FieldClaim | ParameterClaim) -> str:
    return row.unit if isinstance(row, FieldClaim) else unit_in(row.description)


def _differs(claim: StatementClaim, row: FieldClaim | ParameterClaim) -> str:
    """Return in which words a sentence and a row contradict each other, or nothing."""
    typed = claim.kind == "type" and row.types and not _SEPARATED.search(claim.text)
    if typed and not compatible(set(claim.value), set(row.types)):
        return f"the list says {' or '.join(row.types)}, a sentence {' or '.join(claim.value)}"
    if claim.kind == "required" and row.required is not None and claim.value is not row.required:
        words = {True: "required", False: "optional"}
        return f"the list says {words[row.required]}, a sentence {words[bool(claim.value)]}"
    if claim.kind == "present" and row.required is False and row.scope.side == "response":
        return "the list says that it is optional, a sentence that it always comes"
    unit = _unit(row)
    if claim.kind == "unit" and unit and claim.value != unit and unit in _SCALE.get(claim.value, ()):
        return f"the list counts in {unit}, a sentence in {claim.value}"
    nullable = row.nullable if isinstance(row, FieldClaim) and claim.kind == "nullable" else None
    if nullable is not None and claim.value is not nullable:
        return "it may be null by one, and never is by the other"
    return _bounded_apart(claim.value, row) if claim.kind == "bound" else _forms_apart(claim, row)


_SCALE: Final = {
    unit: tuple(group)
    for group in (("s", "ms", "min"), ("byte", "kb", "mb"), ("cent", "whole"))
    for unit in group
}
"""Units of one kind of thing."""
_FORMS: Final = {
    "date-time": "ISO 8601",
    "epoch": "a Unix time",
    "uuid": "a UUID",
    "base64": "base64",
    "url": "a URL",
}


def _bounded_apart(said: Bound, field: FieldClaim | ParameterClaim) -> str:
    """Return how a sentence and a row bound one field differently, or nothing."""
    if said.of == "value" and not (field.types and set(field.types) <= {"integer", "number", "null"}):
        return ""
    if said.of == "items" and "array" not in field.types:
        return ""
    for bounds in (field.bounds, bounds_in(field.written), bounds_in(field.description)):
        for end in ("low", "high"):
            known = end_of(bounds, said.of, end)
            if known and getattr(said, end) not in {None, getattr(known, end)}:
                return f"the list says {known.written}, a sentence {said.written}"
    return ""


def _forms_apart(claim: StatementClaim, row: FieldClaim | ParameterClaim) -> str:
    if claim.kind != "format":
        return ""
    written = format_in(row.description.replace("`", ""))
    known = written or (row.format if isinstance(row, FieldClaim) and row.format in _FORMS else "")
    if known and known != claim.value:
        return f"the list says {_FORMS[known]}, a sentence {_FORMS[claim.value]}"
    if claim.value != "epoch" and row.types and set(row.types) <= {"integer", "number", "boolean"}:
        return f"the list says {' or '.join(row.types)}, a sentence {_FORMS[claim.value]}"
    return ""


def _shown_otherwise(
    sheet: Sheet, claim: StatementClaim, about: Path, example: ExampleClaim, source: str
) -> Iterator[Contradiction]:
    words = WordList(about[-1], about, (), claim.lines, claim.scope, complete=False)
    for path, value in found_at(example.value, words, sheet)[:1]:
        if _is_wrong(claim, str(path[-1]), value) and path not in example.elided:
            yield _shown(example, path, value, Spot(source, claim.lines, claim.text[:120]), _worded(claim))


def _is_wrong(claim: StatementClaim, name: str, value: Any) -> bool:
    """Return whether a value is not what a sentence says of it."""
    if claim.kind == "type":
        return (
            value is not None
            and not _SEPARATED.search(claim.text)
            and not compatible(set(claim.value), types_of(value))
        )
    if claim.kind == "nullable":
        return claim.value is False and value is None
    if claim.kind == "format":
        return _unlike(claim.value, value)
    if claim.value == "cent":
        return isinstance(value, float) and not value.is_integer()
    return claim.value in {"s", "ms"} and unit_of(name, value) not in {"", claim.value}


def _unlike(form: str, value: Any) -> bool:
    """Return whether a value plainly has another format: a number for a date, an address for bytes."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    text = value if isinstance(value, str) else ""
    if form == "date-time":
        return (number and _EPOCHS[0] <= value < _EPOCHS[1]) or re.fullmatch(
            r"\d{10}(?:\d{3})?", text
        ) is not None
    if form == "epoch":
        return _ISO.fullmatch(text) is not None
    if form == "uuid":
        return number or re.fullmatch(r"\d+", text) is not None
    if form == "base64":
        return re.match(r"https?://\S", text) is not None
    return re.match(r"data:[\w/+.-]+;base64,", text) is not None


def _shown(
    example: ExampleClaim, path: tuple[str | int, ...], value: Any, claimed: Spot, worded: str
) -> Contradiction:
    return telling(
        "docs-prose-mismatch",
        example.scope,
        pointer=pointer_of(path),
        claimed=claimed,
        shown=Spot(claimed.source, line_in(example, path), f"{dotted(path)}: {shown_value(value)}"),
        message=f"`{dotted(path)}` is said to be {worded}, and the example shows {shown_value(value)}",
        mend=_MEND,
    )


def _worded(claim: StatementClaim) -> str:
    if claim.kind == "type":
        return " or ".join(claim.value)
    if claim.kind == "format":
        return _FORMS[claim.value]
    return f"in {claim.value}" if claim.kind == "unit" else "never null"


def _absent(
    sheet: Sheet, claim: StatementClaim, rows: list[FieldClaim | ParameterClaim], source: str
) -> Iterator[Contradiction]:
    """Yield where a field is said to come always, and a whole example of its object has it not."""
    row = rows[0] if rows else None
    if not isinstance(row, FieldClaim) or row.scope.side == "request" or row.required is True:
        return
    beside = {one.path[-1] for one in sheet.fields if one.path[:-1] == row.path[:-1]} - {row.name}
    for example in sheet.examples_near(row):
        whole = example.readable and example.complete and not example.elided and is_ok(example.scope)
        if not whole or example.scope.side == "request" or not speaks_of(row.scope, example.scope):
            continue
        for path, holder in list(along(example.value, row.path[:-1]))[:1]:
            if isinstance(holder, dict) and row.name not in holder and len(beside & set(holder)) >= _SIBLINGS:
                yield telling(
                    "docs-required-not-shown",
                    example.scope,
                    pointer=pointer_of(row.path),
                    claimed=Spot(source, claim.lines, claim.text[:120]),
                    shown=Spot(source, line_in(example, path) if path else example.lines, f"no {row.name}"),
                    message=f"`{dotted(row.path)}` is said to come always, and the example has no such field",
                    mend="look whether a captured answer has it",
                )
                return


def _moments(sheet: Sheet, claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    """Yield the first time of an example that is not written as a sentence says all times are."""
    form, unit = claim.value
    for example in sheet.examples:
        if not example.readable or example.scope.side == "request":
            continue
        for path, value in _scalars(example.value):
            if not path or not _MOMENT.search(str(path[-1])) or path in example.elided:
                continue
            size = unit_of("time", value)
            if _unlike(form, value) or (unit and size not in {"", unit}):
                worded = f"in {unit}" if unit and not _unlike(form, value) else _FORMS[form]
                yield _shown(example, path, value, Spot(source, claim.lines, claim.text[:120]), worded)
                return


def _scalars(value: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while waiting:
        path, part = waiting.pop(0)
        if isinstance(part, dict):
            waiting += [((*path, key), inner) for key, inner in part.items()]
        elif isinstance(part, list):
            waiting += [((*path, number), inner) for number, inner in enumerate(part[:5])]
        else:
            yield path, part
