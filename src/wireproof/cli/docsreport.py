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
from wireproof.finding import Severity
from wireproof.proofreading.contradiction import Spot
from wireproof.reporters.text import Style, plain, policy_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.exemption import Exempted
    from wireproof.proofreading.comparing import Row
    from wireproof.proofreading.contradiction import Contradiction
    from wireproof.proofreading.proofread import Coverage, Proof

__all__ = ["KINDS", "Told", "docs_markdown", "docs_text", "told_counts"]

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
_LONGEST: Final = 160
_INDENT: Final = "    "
_NOWHERE: Final = Lines(0, 0)


class Told:
    """One page's proof with the rows of a comparison, and what of it is told."""

    def __init__(self, proof: Proof, rows: Sequence[Row] = (), *, least: Severity = Severity.INFO) -> None:
        self.proof = proof
        self.rows = tuple(rows)
        self.contradictions = [one for one in proof.contradictions if one.severity.rank >= least.rank]
        self.defects = [one for one in proof.defects if one.severity.rank >= least.rank]

    def with_least(self, least: Severity) -> Told:
        """Return the same with nothing told below a severity."""
        return Told(self.proof, self.rows, least=least)

    @property
    def severities(self) -> list[Severity]:
        """Return the severity of all that was found, told or not."""
        found = [one.severity for one in self.proof.contradictions]
        return found + [one.severity for one in self.proof.defects]


def told_counts(pages: Iterable[Told]) -> dict[str, int]:
    """Return how many contradictions and defects there are of each severity, told or not."""
    counts = {severity.value: 0 for severity in Severity}
    for page in pages:
        for severity in page.severities:
            counts[severity.value] += 1
    return counts


def docs_text(pages: Sequence[Told], exempted: Exempted, *, style: Style) -> str:
    """Return the report on some pages as text that ends in a newline."""
    blocks = [list(_page(page, style)) for page in pages]
    taken_out = list(policy_lines(exempted, style))
    blocks += [taken_out] if taken_out else []
    blocks.append([_verdict(pages, exempted, style)])
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def _page(told: Told, style: Style) -> Iterator[str]:
    page = told.proof.page
    title = f": {page.title}" if page.title and page.title != page.name else ""
    yield style.paint(plain(f"{page.name}{title}"), "bold")
    if page.silence:
        yield f"{_INDENT}no documentation was found on it: {page.silence}"
    else:
        yield _INDENT + _read(told.proof)
    for covered in told.proof.coverage:
        if covered.fields and covered.examples:
            yield _INDENT + plain(_covered(covered))
    yield from _contradictions(told, style)
    yield from _rows(told, style)
    yield from _rest(told, style)


def _read(proof: Proof) -> str:
    counts = [(sum(isinstance(one, kind) for one in proof.page.claims), name) for kind, name in KINDS]
    parts = [_count(number, name) for number, name in counts if number]
    parts += [_count(len(proof.page.documents), "OpenAPI document")] if proof.page.documents else []
    return f"read: {', '.join(parts) or 'nothing'}"


def _covered(covered: Coverage) -> str:
    where = " ".join(part for part in (covered.operation, covered.side, covered.status) if part)
    shown = covered.fields - len(covered.not_shown)
    lines = ", ".join(str(one) for one in covered.examples[:4])
    lines = f"{'line' if lines.isdigit() else 'lines'} {lines}"
    text = f"{where}: {shown} of {_count(covered.fields, 'field')} shown at the documented place ({lines})"
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
    place = _spelled(spot.lines) if own and spot.lines else str(spot)
    date = f" ({spot.date})" if spot.date else ""
    return f"{_label(label, style)} {plain(f'{place}{date}  {_cut(spot.says)}'.rstrip())}"


def _spelled(lines: Lines) -> str:
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
    apart = [row for row in told.rows if row.differs]
    if not told.rows:
        return
    yield ""
    yield style.paint(
        f"{len(apart)} of {_count(len(told.rows), 'field')} told differently by {_witnesses(told)}",
        "bold",
    )
    for row in apart[:_LISTED]:
        yield f"{_INDENT}{plain(row.name)}: {plain(row.differs)}"
        for label, spot in (("page", row.page), ("contract", row.contract), ("wire", row.wire)):
            if spot is not None:
                date = f" ({spot.date})" if spot.date else ""
                says = plain(f"{spot}{date}  {_cut(spot.says)}")
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
            line = f"line {defect.line}" if defect.line else "document"
            said = plain(_cut(defect.message))
            yield f"{_INDENT}{plain(line)}  {defect.severity.value}  {defect.rule}  {said}"
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
            yield f"{_INDENT}{_spelled(lines)}  {plain(_cut(reason))}"


def _verdict(pages: Sequence[Told], exempted: Exempted, style: Style) -> str:
    counts = told_counts(pages)
    found = ", ".join(_count(number, name) for name, number in counts.items() if number)
    hidden = sum(counts.values()) - sum(len(page.contradictions) + len(page.defects) for page in pages)
    ignored = exempted.ignored_findings
    notes = [f"{ignored} ignored"] if ignored else []
    notes += [f"{hidden} below --min-severity not shown"] if hidden else []
    note = f" ({', '.join(notes)})" if notes else ""
    silent = [page for page in pages if page.proof.page.silence]
    if found:
        return style.paint(found, "error" if counts["error"] else "warning") + note
    if len(silent) == len(pages):
        return style.paint("nothing was judged", "warning")
    return style.paint("no contradiction found", "good") + note


def docs_markdown(pages: Sequence[Told], exempted: Exempted) -> str:
    """Return the report as Markdown: a heading a page, a table of its contradictions."""
    blocks = []
    for told in pages:
        page = told.proof.page
        lines = [f"## {_escaped(page.name)}" + (f": {_escaped(page.title)}" if page.title else ""), ""]
        lines += [
            f"No documentation: {_escaped(page.silence)}."
            if page.silence
            else f"{_read(told.proof).capitalize()}.",
            "",
        ]
        if told.contradictions:
            lines += ["| Severity | Rule | Claimed | Shown | What |", "|---|---|---|---|---|"]
            lines += [
                f"| {one.severity.value} | `{one.rule}` | {_place(one.claimed, page.name)} | "
                f"{_place(one.shown, page.name)} | {_escaped(one.message)} |"
                for one in told.contradictions
            ]
        elif not page.silence:
            lines.append("No contradiction found.")
        apart = [row for row in told.rows if row.differs]
        if apart:
            lines += ["", "| Field | Differs | Documentation | Contract | Wire |", "|---|---|---|---|---|"]
            lines += [
                f"| `{_escaped(row.name)}` | {_escaped(row.differs)} | "
                + " | ".join(_cell(spot, page.name) for spot in (row.page, row.contract, row.wire))
                + " |"
                for row in apart
            ]
        if told.defects:
            lines += ["", "| Line | Severity | Lint | What |", "|---|---|---|---|"]
            lines += [
                f"| {one.line or ''} | {one.severity.value} | `{one.rule}` | {_escaped(one.message)} |"
                for one in told.defects
            ]
        if page.artefacts:
            noted = ", ".join(f"{one.kind} ({one.count})" for one in page.artefacts)
            lines += ["", f"Traces of copying, not counted: {_escaped(noted)}."]
        for one in page.unread:
            lines += ["", f"Not read, {_place(Spot('', one.lines, ''), '')}: {_escaped(one.reason)}."]
        blocks.append("\n".join(lines) + "\n")
    taken_out = list(policy_lines(exempted, Style()))[1:]
    if taken_out:
        blocks.append(
            "\n".join(["## Policy", "", *(f"- {_escaped(line.strip())}" for line in taken_out)]) + "\n"
        )
    return "\n".join(blocks)


def _place(spot: Spot, own: str) -> str:
    lines = _spelled(spot.lines) if spot.lines else ""
    if spot.source == own:
        return lines
    return _escaped(f"{spot} ({spot.date})" if spot.date else str(spot))


def _cell(spot: Spot | None, own: str) -> str:
    return f"{_escaped(spot.says)} ({_place(spot, own)})" if spot else ""


def _escaped(text: str) -> str:
    safe = plain(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return safe.replace("\n", " ")


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST * 2 else f"{flat[: _LONGEST * 2]}…"


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {_PLURALS.get(noun, noun + 's')}"


_PLURALS: Final = {"list of values": "lists of values", "word on authorization": "words on authorization"}
