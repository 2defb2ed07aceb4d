"""The report for a person at a terminal: the shape of the answer first, then each finding once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wireproof.errors import nearest
from wireproof.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from wireproof.exemption import Exempted, Ignore, Ignored, SwitchedOff
    from wireproof.finding import Finding, Sighting
    from wireproof.report import NotChecked, OperationCount, Report

__all__ = ["Style", "plain", "policy_lines", "text_report"]

_CODES = {"error": "31;1", "warning": "33", "info": "36", "bold": "1", "dim": "2", "good": "32"}
_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Control, format, surrogate and separator characters but the tab, and others that show nothing."""
_COMMAND = re.compile(r"::(?=[A-Za-z])|##(?=[\[A-Za-z])")
_LABEL = 11
_INDENT = "    "
_PARTS_SHOWN = 8
_LISTED = 20
_MANY = 100
"""Of so many records a share is told."""
_STATES = ("succeeded", "failed", "running", "queued", "unknown")
_LIFELESS = "status-unmapped"
"""The rule that lacks data exactly where an operation has no lifecycle."""
_FEW = 3
_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: whether in colour, and how wide the terminal is (0: lines are not wrapped)."""

    colour: bool = False
    width: int = 0

    def paint(self, text: str, kind: str) -> str:
        """Return the text in the colour of a kind, or as it is."""
        return f"\x1b[{_CODES[kind]}m{text}\x1b[0m" if self.colour else text


def plain(text: str) -> str:
    """Return text that is safe on a terminal and in a CI log.

    Control, bidirectional and invisible characters become escapes; so do the first characters
    of workflow commands (`::error`, `##[error]`), wherever they stand in a line.
    """
    escaped = _UNSAFE.sub(lambda match: _escape(match[0]), text)
    return _COMMAND.sub(lambda match: f"{_escape(match[0][0])}{match[0][1]}", escaped)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - what \u can name


def text_report(report: Report, *, least: Severity = Severity.INFO, style: Style | None = None) -> str:
    """Return the report as text that ends in a newline, with the findings of at least one severity."""
    style = style or Style()
    shown = [finding for finding in report.findings if finding.severity.rank >= least.rank]
    blocks = [
        list(_overview(report, style)),
        *(list(_operation(report, group, style)) for group in _grouped(shown)),
        list(_not_checked(report, style)),
        list(_policy(report, style)),
        list(_verdict(report, len(report.findings) - len(shown), style)),
    ]
    return "\n".join("\n".join(block) + "\n" for block in blocks if block)


def _overview(report: Report, style: Style) -> Iterator[str]:
    exchanges = _count(report.exchanges, "exchange")
    sources = (
        plain(report.inputs[0].source)
        if len(report.inputs) == 1
        else _count(len(report.inputs) + len(report.rest), "source")
    )
    yield style.paint(f"{exchanges} from {sources}", "bold")
    if report.window is not None:
        yield _INDENT + _windowed(report)
    states = _states(report)
    for entry in report.operations:
        yield _INDENT + _operation_line(entry)
        tasks = states.pop((entry.provider, entry.operation), None)
        if tasks:
            yield _INDENT * 2 + style.paint(f"tasks: {tasks}", "dim")
    uncovered = {(entry.provider, entry.operation) for entry in report.not_covered if entry.rule == _LIFELESS}
    if uncovered:
        names = ", ".join(plain(f"{provider} {operation}") for provider, operation in sorted(uncovered)[:3])
        more = f" and {len(uncovered) - 3} more" if len(uncovered) > 3 else ""  # noqa: PLR2004 - as many are named
        told = f"{names}{more}: no x-task-lifecycle, so tasks are not read"
        yield _INDENT + style.paint(told, "dim")


def _windowed(report: Report) -> str:
    told = f"{report.window.judged}; {_count(report.outside, 'record')} outside" if report.window else ""
    compared = report.window.baseline if report.window else None
    return f"{told}, compared with {compared}" if compared is not None else told


def _states(report: Report) -> dict[tuple[str, str], str]:
    """Return for each operation how many of its tasks ended in which state: `3 succeeded, 1 failed`."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for task in report.histories.tasks:
        states = counts.setdefault((task.provider, task.operation), {})
        states[task.view.state] = states.get(task.view.state, 0) + 1
    sampled = " (of a sample)" if report.histories.tasks_left_out else ""
    return {
        key: ", ".join(f"{states[state]} {state}" for state in _STATES if state in states) + sampled
        for key, states in counts.items()
    }


def _operation_line(entry: OperationCount) -> str:
    name = plain(f"{entry.provider} {entry.operation} {entry.status}")
    line = f"{name}: {_count(entry.exchanges, 'exchange')}"
    if entry.by_shape and entry.runner_up is not None:
        how = "all" if entry.by_shape == entry.exchanges else str(entry.by_shape)
        how = "" if entry.exchanges == 1 else f"{how} "
        line += f", {how}recognised by shape ({entry.margin:.2f} ahead of {plain(entry.runner_up)})"
    elif entry.by_shape:
        line += ", recognised by shape"
    return line


def _grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.location.provider, finding.location.operation), []).append(finding)
    return [groups[key] for key in sorted(groups)]


def _operation(report: Report, group: list[Finding], style: Style) -> Iterator[str]:
    where = group[0].location
    yield style.paint(plain(f"{where.provider} {where.operation}".strip()), "bold")
    one = report.exchanges == 1
    told: set[str] = set()
    for findings in _siblings(group):
        yield ""
        first = findings[0]
        if len(findings) > 1:
            yield from _members(findings, style, one=one)
        else:
            yield from _finding(first, style, one=one)
        if first.mend not in told:  # the same advice is given once an operation
            yield from _labelled("mend", plain(first.mend), style)
            told.add(first.mend)


def _siblings(group: list[Finding]) -> list[list[Finding]]:
    """Return the findings one by one, but those about many members of one object together."""
    together: dict[tuple[object, ...], list[Finding]] = {}
    for finding in group:
        parent = finding.location.pointer.rpartition("/")[0]
        alone = finding.rule != "undocumented-field" or finding.absorbs
        key = (finding.fingerprint,) if alone else (finding.rule, finding.location.status, parent)
        together.setdefault(key, []).append(finding)
    split = [[finding] for findings in together.values() if len(findings) < _FEW for finding in findings]
    return split + [findings for findings in together.values() if len(findings) >= _FEW]


def _members(findings: list[Finding], style: Style, *, one: bool) -> Iterator[str]:
    first = findings[0]
    parent = first.location.pointer.rpartition("/")[0]
    head = style.paint(f"{first.severity.value:<8}", first.severity.value)
    rule = style.paint(first.rule, "bold")
    yield f"  {head}{rule}  {len(findings)} members of {plain(parent or 'the body')}"
    yield from _labelled("promised", f"none of them   {plain(str(first.contract or ''))}".rstrip(), style)
    names = [plain(finding.location.pointer.rpartition("/")[2]) for finding in findings]
    width = min(max(map(len, names)), _LONGEST_NAME)
    for name, finding in zip(names, findings, strict=True):
        seen = "" if one else f", in {finding.sightings} of {finding.of}"
        yield from _labelled("came", f"{name:<{width}}  {plain(finding.observed)}{seen}", style)


def _finding(finding: Finding, style: Style, *, one: bool) -> Iterator[str]:
    where = finding.location
    place = plain(where.pointer or "/") if where.part in {"body", "header"} else ""
    part = "" if where.part == "body" else f"{where.part} "
    head = style.paint(f"{finding.severity.value:<8}", finding.severity.value)
    end = f" (promised under {plain(where.status)})" if where.status and where.status != "200" else ""
    yield f"  {head}{style.paint(finding.rule, 'bold')}  {part}{place}".rstrip() + end
    source = f"   {finding.contract}" if finding.contract else ""
    yield from _labelled("promised", plain(finding.promised), style, tail=style.paint(plain(source), "dim"))
    yield from _labelled("came", plain(finding.observed), style)
    if where.to is not None:
        yield from _labelled("other end", plain(where.to or "/"), style)
    if not one:
        yield from _labelled("seen", _seen(finding), style)
    for part_finding in finding.absorbs[:_PARTS_SHOWN]:
        text = f"{part_finding.rule} {part_finding.location.pointer or '/'}: {part_finding.message}"
        yield from _labelled("explains", plain(text), style)
    if len(finding.absorbs) > _PARTS_SHOWN:
        yield from _labelled("explains", f"{len(finding.absorbs) - _PARTS_SHOWN} more", style)


def _seen(finding: Finding) -> str:
    text = f"in {finding.sightings} of {_count(finding.of, 'exchange')}"
    if len(finding.seen_as) > 1:
        kinds = sorted(finding.seen_as, key=lambda pair: (-pair[1], pair[0]))
        shown = (f"{plain(kind)} {'once' if count == 1 else f'{count} times'}" for kind, count in kinds[:4])
        text += f" ({', '.join(shown)})"
    text += f", first {_sighting(finding.first)}"
    return text if finding.sightings == 1 else f"{text}, last {_sighting(finding.last)}"


def _sighting(sighting: Sighting) -> str:
    when = f" at {plain(sighting.time)}" if sighting.time else ""
    return f"{plain(sighting.source)}#{sighting.index}{when}"


def _labelled(label: str, text: str, style: Style, *, tail: str = "") -> Iterator[str]:
    first = f"{'':10}{style.paint(f'{label:<{_LABEL - 1}}', 'dim')}"
    room = style.width - 10 - _LABEL if style.width else 0
    lines = _wrapped(text, room)
    yield f"{first}{lines[0]}" + (tail if len(lines) == 1 else "")
    for index, line in enumerate(lines[1:], 2):
        yield " " * (10 + _LABEL - 1) + line + (tail if index == len(lines) else "")


def _wrapped(text: str, room: int) -> list[str]:
    if room < 24 or len(text) <= room:  # noqa: PLR2004 - too narrow to wrap is left alone
        return [text]
    import textwrap  # noqa: PLC0415 - only a terminal wraps

    return textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False) or [text]


def _not_checked(report: Report, style: Style) -> Iterator[str]:
    counts = {"unreadable": report.unreadable, "unmatched": report.unmatched, "undecided": report.undecided}
    named = ", ".join(
        f"{count} {what}" for what, count in {**counts, "without a time": report.untimed}.items() if count
    )
    if not named:
        return
    yield style.paint(f"Not checked: {named}{_share(report)}", "bold")
    for entry in report.not_checked[:_LISTED]:
        yield from _not_checked_entry(entry, style)
    total = sum(counts.values())
    if total > _LISTED:
        yield f"  … and {total - _LISTED} more (--format json lists up to 1000)"


def _share(report: Report) -> str:
    """Return what part of many records was not judged."""
    if report.records < _MANY:
        return ""
    share = 100 * report.unjudged / report.records
    return f" ({share:.2g} % of {report.records} records)"


def _not_checked_entry(entry: NotChecked, style: Style) -> Iterator[str]:
    where = f"{entry.source}:{entry.line}" if entry.line else f"{entry.source}#{entry.index}"
    byte = f" (byte {entry.byte})" if entry.byte is not None else ""
    yield f"  {style.paint(entry.what, 'warning')}  {plain(where)}{byte}"
    yield from _labelled("why", plain(entry.reason), style)
    yield from _labelled("do", plain(entry.hint), style)


def _policy(report: Report, style: Style) -> Iterator[str]:
    """Yield what the policy took out, a line an entry; entries that did nothing here are left out."""
    yield from policy_lines(report.exempted, style, near=lambda ignore: _nearest_place(ignore, report))


def policy_lines(
    exempted: Exempted, style: Style, *, near: Callable[[Ignore], str | None] = lambda _: None
) -> Iterator[str]:
    """Yield the part of a report that tells what a policy took out, nothing where it took out nothing."""
    lines = [
        *(line for entry in exempted.ignored if (line := _ignored(entry, near))),
        *(_switched_off(entry) for entry in exempted.switched_off),
    ]
    if not lines:
        return
    yield style.paint("Policy", "bold")
    for line in lines:
        first, *more = _wrapped(plain(line), max(style.width - 2 * len(_INDENT), 0))
        yield style.paint(f"  {first}", "dim")
        yield from (style.paint(f"  {_INDENT}{rest}", "dim") for rest in more)


def _ignored(entry: Ignored, nearest_place: Callable[[Ignore], str | None]) -> str | None:
    ignore = entry.entry
    what = ignore.about
    written = f"   {ignore.place}" if ignore.place else ""
    if entry.findings:
        return f"ignored: {_count(len(entry.findings), 'finding')} of {what}: {ignore.reason}{written}"
    if entry.state == "expired":
        left = "its findings are told" if entry.matched else "it fits nothing"
        return f"expired on {ignore.expires}: ignore of {what}: {left}{written}"
    if entry.state != "unneeded":
        return None
    near = nearest_place(ignore)
    also = f"; did you mean {near} ?" if near else ""
    seen = _count(entry.exchanges, "exchange")
    return f"no longer needed: ignore of {what}: nothing in {seen}{also}{written}"


def _switched_off(entry: SwitchedOff) -> str:
    rule = entry.entry
    written = f"   {rule.place}" if rule.place else ""
    untold = f" ({_count(len(entry.findings), 'finding')} not told)" if entry.findings else ""
    return f"not checked: {rule.rule} {rule.scope}".rstrip() + f", switched off{untold}{written}"


def _nearest_place(ignore: Ignore, report: Report) -> str | None:
    """Return the pointer of a finding that an ignore may have meant, or None."""
    if ignore.scope.path is None:
        return None
    elsewhere = replace(ignore, scope=replace(ignore.scope, path=None))
    found = [finding for finding in report.findings if elsewhere.holds(finding)]
    starred = re.sub(r"/\d+(?=/|$)", "/*", ignore.scope.path)  # findings tell no array index
    if any(replace(ignore.scope, path=starred).covers(finding.location) for finding in found):
        return starred
    depth = ignore.scope.path.count("/")
    return nearest(
        ignore.scope.path,
        {
            finding.location.pointer
            for finding in found
            if finding.location.part == "body" and finding.location.pointer.count("/") == depth
        },
    )


def _verdict(report: Report, hidden: int, style: Style) -> Iterator[str]:
    counts = [
        _count(report.count(severity), severity.value) for severity in Severity if report.count(severity)
    ]
    drifted = ", ".join(counts)
    if drifted:
        text = style.paint(drifted, "error" if report.count(Severity.ERROR) else "warning")
    elif report.matched:
        text = style.paint("no drift", "good") + f" in {_count(report.matched, 'exchange')}"
    else:
        text = style.paint("nothing was judged", "warning")
    ignored = report.exempted.ignored_findings
    notes = [f"{_count(ignored, 'finding')} ignored"] if ignored else []
    notes += [f"{hidden} below --min-severity not shown"] if hidden else []
    text += f" ({', '.join(notes)})" if notes else ""
    if not report.complete:
        text += "; this report is partial: the examination was interrupted"
    elif report.matched and not report.all_judged:
        text += "; not every record was judged"
    yield text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
