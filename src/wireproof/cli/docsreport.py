"""What `wireproof docs` prints: what was read first, then the contradictions, each with both of its lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import (
    AuthorizationClaim,
    CallClaim,
    ExampleClaim,
    FieldClaim,
    Lines,
    OperationClaim,
    ParameterClaim,
    ValuesClaim,
)
from wireproof.cli.outcome import counted
from wireproof.reporters.text import Style, plain, policy_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.cli.outcome import Outcome, Told
    from wireproof.proofreading.contradiction import Contradiction, Spot
    from wireproof.proofreading.proofread import Coverage, Proof

__all__ = ["KINDS", "MANY", "docs_text", "missed_in", "read_of", "spelled", "summary_of"]

KINDS: Final = (
    (OperationClaim, "operation"),
    (ParameterClaim, "parameter"),
    (FieldClaim, "field"),
    (ExampleClaim, "example"),
    (CallClaim, "sample call"),
    (ValuesClaim, "list of values"),
    (AuthorizationClaim, "word on authorization"),
)
"""What is counted of a page, and what each of it is called."""
_LISTED: Final = 40
_SHOWN: Final = 12
_NAMED: Final = 3
MANY: Final = 4
"""Pages up to which each of them is told, even where there is nothing to tell."""
_LONGEST: Final = 160
_INDENT: Final = "    "
_NOWHERE: Final = Lines(0, 0)
_PLURALS: Final = {"list of values": "lists of values", "word on authorization": "words on authorization"}


def docs_text(outcome: Outcome, *, style: Style) -> str:
    """Return the report on some pages as text that ends in a newline.

    Of many pages those alone are told one by one that have something to tell; the others are
    counted at the end.
    """
    many = len(outcome.pages) > MANY
    blocks = [list(_page(page, style)) for page in outcome.pages if not (many and page.quiet)]
    taken_out = list(policy_lines(outcome.exempted, style))
    blocks += [taken_out] if taken_out else []
    blocks.append([*(summary_of(outcome) if many else missed_in(outcome)), _verdict(outcome, style)])
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def summary_of(outcome: Outcome) -> Iterator[str]:
    """Yield what many pages come to: how many were right, found wanting, silent or not read, and which."""
    pages = outcome.pages
    wanting = sum(bool(told.severities) for told in pages)
    right, silent = outcome.judged - wanting, len(outcome.silent)
    sums = f"{wanting} with findings, {right} without, {silent} without documentation"
    yield f"{counted(len(pages), 'page')}: {sums}"
    silences: dict[str, list[str]] = {}
    for told in outcome.silent:
        silences.setdefault(told.silence, []).append(told.proof.page.name)
    for why, names in silences.items():
        yield plain(f"{_INDENT}{counted(len(names), 'page')}: {why} ({_few(names)})")
    if outcome.cut:
        names = [told.proof.page.name for told in outcome.cut]
        yield plain(f"{_INDENT}{counted(len(names), 'page')} not wholly read ({_few(names)})")
    doubted = sum(bool(told.proof.unjudged) and told.whole for told in pages)
    if doubted:
        left = "with parts that were not compared (--format json has them)"
        yield f"{_INDENT}{counted(doubted, 'page')} {left}"
    yield from (f"{_INDENT}{line}" for line in missed_in(outcome))


def missed_in(outcome: Outcome) -> Iterator[str]:
    """Yield a line for each thing that was named and could not be read."""
    for one in outcome.missed[:_LISTED]:
        yield plain(f"not read: {one.what} {one.source}: {one.reason}")
    if len(outcome.missed) > _LISTED:
        yield f"not read: {len(outcome.missed) - _LISTED} more (--format json has all)"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _page(told: Told, style: Style) -> Iterator[str]:
    page = told.proof.page
    title = f": {page.title}" if page.title and page.title != page.name else ""
    yield style.paint(plain(f"{page.name}{title}"), "bold")
    if told.silence:
        yield f"{_INDENT}no documentation was found on it: {told.silence}"
    else:
        yield _INDENT + read_of(told.proof)
    for covered in told.proof.coverage:
        if covered.fields and covered.examples:
            yield _INDENT + plain(_covered(covered))
    yield from _contradictions(told, style)
    yield from _rows(told, style)
    yield from _rest(told, style)


def read_of(proof: Proof) -> str:
    """Return what was read of a page, counted by kind."""
    counts = [(sum(isinstance(one, kind) for one in proof.page.claims), name) for kind, name in KINDS]
    parts = [counted(number, name, _PLURALS.get(name, "")) for number, name in counts if number]
    parts += [counted(len(proof.page.documents), "OpenAPI document")] if proof.page.documents else []
    return f"read: {', '.join(parts) or 'nothing'}"


def _covered(covered: Coverage) -> str:
    where = " ".join(part for part in (covered.operation, covered.side, covered.status) if part)
    shown = covered.fields - len(covered.not_shown)
    lines = ", ".join(str(one) for one in covered.examples[:4])
    lines = f"{'line' if lines.isdigit() else 'lines'} {lines}"
    text = f"{where}: {shown} of {counted(covered.fields, 'field')} shown at the documented place ({lines})"
    if covered.not_shown:
        text += f"; not: {', '.join(covered.not_shown[:_SHOWN])}"
        text += f" and {len(covered.not_shown) - _SHOWN} more" if len(covered.not_shown) > _SHOWN else ""
    return text


def _contradictions(told: Told, style: Style) -> Iterator[str]:
    for group in _grouped(told.contradictions):
        first = group[0]
        yield ""
        severity = style.paint(first.severity.value, first.severity.value)
        if len(group) == 1:
            yield f"{severity}  {style.paint(first.rule, 'bold')}  {plain(_cut(first.message))}"
            yield from _ends(first, told, style)
        else:
            where = first.pointer.rpartition("/")[0] or "/"
            yield (
                f"{severity}  {style.paint(first.rule, 'bold')}  "
                + plain(f"{len(group)} fields of {where}: {_each(group)}")
            )
            new = first.rule == "docs-undocumented-field"
            yield _group_end("claimed", [one.claimed for one in group], told, style, none=new)
            yield _group_end("shown", [one.shown for one in group], told, style, none=not new)
            yield f"{_label('mend', style)} {plain(first.mend)}"


def _group_end(label: str, spots: Sequence[Spot], told: Told, style: Style, *, none: bool) -> str:
    """Return one end of several contradictions: the lines from the first to the last.

    `none` says that it is the end which has none of the fields.
    """
    first = spots[0]
    lines = [spot.lines for spot in spots if spot.lines]
    alike = len({spot.says for spot in spots}) == 1
    if lines:
        span = Lines(min(one.first for one in lines), max(one.last for one in lines))
        first = replace(first, lines=span, says=first.says if alike else "")
    elif not alike:
        first = replace(first, says="none of them" if none else "all of them")
    return _end(label, first, told, style)


def _each(group: Sequence[Contradiction]) -> str:
    named = [
        one.pointer.rpartition("/")[2] + (f" ({one.shown.lines.first})" if one.shown.lines else "")
        for one in group
    ]
    more = f" and {len(named) - _LISTED} more" if len(named) > _LISTED else ""
    return ", ".join(named[:_LISTED]) + more


def _ends(one: Contradiction, told: Told, style: Style) -> Iterator[str]:
    yield _end("claimed", one.claimed, told, style)
    yield _end("shown", one.shown, told, style)
    for part in one.absorbs[:_LISTED]:
        place = f"{part.claimed.lines or ''} → {part.shown.lines or ''}"
        yield f"{_INDENT}  {style.paint('with', 'dim')} {plain(part.message)}  ({place})"
    yield f"{_label('mend', style)} {plain(one.mend)}"


def _end(label: str, spot: Spot, told: Told, style: Style) -> str:
    own = spot.source == told.proof.page.name
    place = spelled(spot.lines) if own and spot.lines else str(spot)
    date = f" ({spot.date})" if spot.date else ""
    return f"{_label(label, style)} {plain(f'{place}{date}  {_cut(spot.told)}'.rstrip())}"


def spelled(lines: Lines) -> str:
    """Return `line 3` or `lines 3-5`."""
    return f"{'line' if lines.first == lines.last else 'lines'} {lines}"


def _label(name: str, style: Style) -> str:
    return _INDENT + style.paint(f"{name:<8}", "dim")


def _grouped(found: Iterable[Contradiction]) -> list[list[Contradiction]]:
    """Return the contradictions, unlisted and absent fields of one object together."""
    groups: dict[tuple[object, ...], list[Contradiction]] = {}
    for number, one in enumerate(found):
        many = one.rule in {"docs-undocumented-field", "docs-field-not-shown"} and not one.absorbs
        key: tuple[object, ...] = (
            (one.rule, one.severity, one.scope.operation, one.scope.side, one.pointer.rpartition("/")[0])
            if many
            else (number,)
        )
        key = (*key, one.shown.source, one.claimed.source)
        groups.setdefault(key, []).append(one)
    return [
        sorted(group, key=lambda one: one.shown.lines or one.claimed.lines or _NOWHERE)
        for group in groups.values()
    ]


def _rows(told: Told, style: Style) -> Iterator[str]:
    apart = told.apart
    if not told.rows:
        return
    yield ""
    yield style.paint(
        f"{len(apart)} of {counted(len(told.rows), 'field')} told differently by {_witnesses(told)}",
        "bold",
    )
    for row in apart[:_LISTED]:
        yield f"{_INDENT}{plain(row.name)}: {plain(row.differs)}"
        for label, spot in (("page", row.page), ("contract", row.contract), ("wire", row.wire)):
            if spot is not None:
                date = f" ({spot.date})" if spot.date else ""
                says = plain(f"{spot}{date}  {_cut(spot.told)}")
                yield f"  {_label(label, style)} {says}"
    if len(apart) > _LISTED:
        yield f"{_INDENT}and {len(apart) - _LISTED} more (--format json has all)"


def _witnesses(told: Told) -> str:
    contract = ["contract"] if any(row.contract for row in told.rows) else []
    wire = ["wire"] if any(row.wire for row in told.rows) else []
    *most, last = ["documentation", *contract, *wire]
    return f"{', '.join(most)} and {last}" if most else last


def _rest(told: Told, style: Style) -> Iterator[str]:
    page = told.proof.page
    if told.defects:
        yield ""
        yield style.paint("lint of the OpenAPI document on the page", "bold")
        for defect in told.defects[:_LISTED]:
            first = defect.first
            line = f"line {first.line}" if first.line else "document"
            said = plain(_cut(defect.told))
            yield f"{_INDENT}{plain(line)}  {first.severity.value}  {first.rule}  {said}"
        if len(told.defects) > _LISTED:
            yield f"{_INDENT}and {len(told.defects) - _LISTED} more (--format json has all)"
    if page.artefacts:
        yield ""
        noted = ", ".join(f"{one.kind} ({one.count}, first line {one.line})" for one in page.artefacts)
        yield f"traces of copying, not counted: {plain(noted)}"
    unread = [(one.lines, one.reason) for one in page.unread] + list(told.proof.unjudged)
    if unread:
        yield ""
        yield style.paint("not read", "bold")
        for lines, reason in unread[:_LISTED]:
            yield f"{_INDENT}{spelled(lines)}  {plain(_cut(reason))}"
        if len(unread) > _LISTED:
            yield f"{_INDENT}and {len(unread) - _LISTED} more (--format json has all)"


def _verdict(outcome: Outcome, style: Style) -> str:
    counts = outcome.counts
    found = ", ".join(counted(number, name) for name, number in counts.items() if number)
    ignored = outcome.exempted.ignored_findings
    notes = [f"{ignored} ignored"] if ignored else []
    notes += [f"{outcome.hidden} below --min-severity not shown"] if outcome.hidden else []
    notes += ["not all was read"] if not outcome.complete and outcome.judged else []
    silent = len(outcome.silent)
    notes += [f"{silent} of {outcome.counted} without documentation"] if silent and outcome.judged else []
    note = f" ({', '.join(notes)})" if notes else ""
    if found:
        return style.paint(found, "error" if counts["error"] else "warning") + note
    if not outcome.judged:
        return style.paint("nothing was judged", "warning")
    if not outcome.complete:
        return style.paint("no contradiction found in what was read", "warning") + note
    return style.paint("no contradiction found", "good") + note


def _cut(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST * 2 else f"{flat[: _LONGEST * 2]}…"
