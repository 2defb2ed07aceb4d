"""The report of `wireproof docs` as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.cli.docsreport import MANY, missed_in, read_of, spelled, summary_of
from wireproof.reporters.text import Style, plain, policy_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.cli.outcome import Outcome, Told
    from wireproof.proofreading.contradiction import Spot

__all__ = ["docs_markdown"]


def docs_markdown(outcome: Outcome) -> str:
    """Return the report as Markdown: a heading a page, a table of its contradictions, the sum last."""
    many = len(outcome.pages) > MANY
    blocks = ["\n".join(_page(told)) + "\n" for told in outcome.pages if not (many and told.quiet)]
    closing = {
        "Policy": list(policy_lines(outcome.exempted, Style()))[1:],
        "Summary": list(summary_of(outcome) if many else missed_in(outcome)),
    }
    for title, lines in closing.items():
        if lines:
            listed = (f"- {_escaped(line.strip())}" for line in lines)
            blocks.append("\n".join([f"## {title}", "", *listed]) + "\n")
    return "\n".join(blocks)


def _page(told: Told) -> Iterator[str]:
    page = told.proof.page
    yield f"## {_escaped(page.name)}" + (f": {_escaped(page.title)}" if page.title else "")
    yield ""
    if told.silence:
        yield f"No documentation: {_escaped(told.silence)}."
    else:
        yield f"{read_of(told.proof).capitalize()}."
    yield ""
    if told.contradictions:
        yield from ("| Severity | Rule | Claimed | Shown | What |", "|---|---|---|---|---|")
        for one in told.contradictions:
            places = f"{_place(one.claimed, page.name)} | {_place(one.shown, page.name)}"
            yield f"| {one.severity.value} | `{one.rule}` | {places} | {_escaped(one.message)} |"
    elif not told.silence:
        yield "No contradiction found."
    if told.apart:
        yield from ("", "| Field | Differs | Documentation | Contract | Wire |", "|---|---|---|---|---|")
        for row in told.apart:
            cells = " | ".join(_cell(spot, page.name) for spot in (row.page, row.contract, row.wire))
            yield f"| `{_escaped(row.name)}` | {_escaped(row.differs)} | {cells} |"
    if told.defects:
        yield from ("", "| Line | Severity | Lint | What |", "|---|---|---|---|")
        for defect in told.defects:
            first = defect.first
            what = f"`{first.rule}` | {_escaped(defect.told)}"
            yield f"| {first.line or ''} | {first.severity.value} | {what} |"
    yield from _rest(told)


def _rest(told: Told) -> Iterator[str]:
    """Yield what is noted of a page beside its findings."""
    page = told.proof.page
    if page.artefacts:
        noted = ", ".join(f"{one.kind} ({one.count})" for one in page.artefacts)
        yield from ("", f"Traces of copying, not counted: {_escaped(noted)}.")
    for lines, reason in [*((one.lines, one.reason) for one in page.unread), *told.proof.unjudged]:
        yield from ("", f"Not read, {spelled(lines)}: {_escaped(reason)}.")


def _place(spot: Spot, own: str) -> str:
    lines = spelled(spot.lines) if spot.lines else ""
    if spot.source == own:
        return lines
    return _escaped(f"{spot} ({spot.date})" if spot.date else str(spot))


def _cell(spot: Spot | None, own: str) -> str:
    return f"{_escaped(spot.told)} ({_place(spot, own)})" if spot else ""


def _escaped(text: str) -> str:
    safe = plain(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return safe.replace("\n", " ")
