"""Judge recorded traffic of any size, and answer with evidence.

Reads what `validate-response` reads, in constant memory; JSON Lines at some times the cost of
parsing it.  The report tells what was seen at every place of every answer, each finding with its
denominator, and what was promised and never came.
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wireproof.cli.choosing import chosen_contracts, configured, policy_of
from wireproof.cli.earlier import Keeper, State, read_report
from wireproof.cli.exits import Exit
from wireproof.cli.output import write_output
from wireproof.cli.progress import Progress
from wireproof.cli.validate import (
    add_common_arguments,
    examine_options,
    exit_code,
    rendered,
    under,
)
from wireproof.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from wireproof.evidence import Evidence
    from wireproof.examining import Options
    from wireproof.finding import Finding, Location
    from wireproof.report import Report
    from wireproof.scheduler import Engine
    from wireproof.windows import Window

__all__ = ["add_arguments", "run"]

_TOLD_AT_ONCE = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof audit`."""
    add_common_arguments(parser, what="PATH")
    audit = parser.add_argument_group("audit")
    audit.add_argument("--evidence", action="store_true", help="answer with the evidence alone")
    audit.add_argument(
        "--since", metavar="TIME", help="judge what came at TIME or later: a date, or an RFC 3339 time (UTC)"
    )
    audit.add_argument("--until", metavar="TIME", help="judge what came before TIME")
    audit.add_argument(
        "--baseline",
        metavar="REPORT|SINCE..UNTIL",
        help="compare with the evidence of an earlier JSON report, or of another window of the same inputs",
    )
    audit.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help="judge in N processes (default: 1)"
    )
    audit.add_argument(
        "--engine",
        default="fast",
        metavar="ENGINE",
        help="fast (jsonschema-rs, default), reference (jsonschema, to compare with), or dask: many machines,"
        " as dask=tcp://scheduler:8786, or dask=N for N processes here",
    )
    audit.add_argument(
        "--resume",
        metavar="STATE",
        help="go on from STATE if it is there, and keep it: written every 10 seconds and at the end",
    )
    audit.add_argument(
        "--fail-on-unreadable",
        type=_share,
        metavar="SHARE",
        help="exit with 3 only where more than this share of the records was not judged, such as 0.01 or 1%%",
    )
    audit.add_argument(
        "--threshold",
        action="append",
        default=[],
        metavar="NAME=NUMBER",
        help="change a threshold of the evidence rules, such as min_samples=500 (may be given again)",
    )


def run(options: argparse.Namespace) -> int:
    """Audit the inputs, print the report, and return the exit code."""
    interruption = _Interruption()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interruption)
    from wireproof.concluding import Thresholds, concluded  # noqa: PLC0415 - after the options are known

    configuration = configured(options)
    policy = policy_of(options, configuration)
    contracts = chosen_contracts(options, configuration)
    thresholds = Thresholds.from_texts(options.threshold)
    window = _window(options)
    compared = window.baseline if window else None
    baseline = read_report(options.baseline).evidence if options.baseline and not compared else None
    state = State.of(options, contracts, window)
    engine = _engine(options)
    stdin = sys.stdin  # None where the caller closed it
    if not options.inputs and (stdin is None or stdin.isatty()):
        raise UsageError("nothing to audit", hint="name a file, a folder, or - for standard input")
    seen = _judged(options, configuration, contracts, state, interruption, window=window, engine=engine)
    report = state.with_report(seen)
    interrupted = interruption.exit
    report = replace(report, complete=interrupted is None)
    kept = state.to_json(report) if options.resume else ""
    baseline = report.baseline if compared else baseline
    report = concluded(report, contracts, baseline=baseline, thresholds=thresholds)
    if policy:
        report = under(policy, report, contracts, options)
    if options.evidence:
        write_output(_evidence(report.evidence, options.format), options.output)
    else:
        write_output(rendered(report, options, configuration), options.output)
    if kept:
        write_output(kept, options.resume)  # after the report, which is worth more where a disk is full
    fail_on = options.fail_on or (configuration and configuration.fail_on) or "warning"
    return interrupted or _exit(report, fail_on, options.fail_on_unreadable)


def _engine(options: argparse.Namespace) -> Engine | None:
    """Return the engine of many machines that the options name, or None for one that judges here."""
    if options.engine in {"fast", "reference"}:
        return None
    from wireproof.scheduler import Engine  # noqa: PLC0415 - an extra

    if options.engine.partition("=")[0] != "dask":
        raise UsageError(
            f"there is no engine {options.engine!r}",
            hint="write fast, reference, dask, dask=N or dask=ADDRESS",
        )
    if options.workers > 1:
        raise UsageError(
            "--workers is for one machine, --engine dask for many",
            hint=f"write --engine dask={options.workers}",
        )
    return Engine.from_text(options.engine)


def _exit(report: Report, fail_on: str, share: float | None) -> Exit:
    code = exit_code(report, fail_on)
    if code is not Exit.UNREAD or share is None:
        return code
    too_few = not report.complete or not report.matched or report.unjudged > share * report.records
    return Exit.UNREAD if too_few else Exit.OK


def _window(options: argparse.Namespace) -> Window | None:
    """Return the window of time that the options name, and the one to compare with."""
    named = options.baseline or ""
    between = ".." in named and not Path(named).exists()
    if not (options.since or options.until or between):
        return None
    from wireproof.windows import Window, span_from  # noqa: PLC0415 - few audits have a window

    since, _, until = named.partition("..")
    judged = span_from(options.since, options.until)
    return Window(judged, span_from(since, until) if between else None)


class _Interruption:
    """Notes a first Ctrl-C or SIGTERM: the work ends behind a whole block; a second ends it at once."""

    def __init__(self) -> None:
        self.exit: Exit | None = None

    def __call__(self, number: int, _frame: object) -> None:
        if self.exit is not None:
            raise KeyboardInterrupt
        self.exit = Exit.INTERRUPTED if number == signal.SIGINT else Exit.TERMINATED


def _judged(
    options: argparse.Namespace,
    configuration: Any,
    contracts: Any,
    state: State,
    interruption: _Interruption,
    *,
    window: Window | None,
    engine: Engine | None,
) -> Report:
    """Return the report on what was not judged before."""
    from wireproof.examining import Examiner  # noqa: PLC0415 - after the options are known
    from wireproof.workers import (  # noqa: PLC0415 - likewise
        Listener,
        Work,
        be_unhurried,
        judge_share,
        judge_together,
    )

    inputs = options.inputs or ["-"]
    work = Work(inputs, state.skip, marks=state.marks)
    chosen: Options = replace(examine_options(options, configuration, contracts), window=window)
    stdin = sys.stdin.buffer if sys.stdin else BytesIO()
    with Progress(sys.stderr, whole=_whole(inputs)) as progress:
        keeper = Keeper(state, progress)
        teller = _Teller(progress, interruption)
        listener = Listener(teller.at, teller.found, keeper.is_due, keeper.keep)
        if engine is not None:
            from wireproof.cluster import judge_on_cluster  # noqa: PLC0415 - an extra

            return judge_on_cluster(contracts, chosen, work, engine=engine, stdin=stdin, listener=listener)
        if options.workers > 1 and all(Path(name).is_file() for name in inputs):
            work = replace(work, sizes={name: Path(name).stat().st_size for name in inputs})
            return judge_together(contracts, chosen, work, processes=options.workers, listener=listener)[0]
        be_unhurried()
        examiner = Examiner(contracts, options=chosen)
        records = 0

        def step(_number: int, judged: int, read: int) -> bool:
            nonlocal records
            records += judged
            if judged:
                teller.found(examiner.fresh())
                if keeper.is_due():
                    keeper.keep(examiner.report())
            return teller.at(records, read)

        judge_share(examiner, work, stdin=stdin, step=step)
        return examiner.report()


class _Teller:
    """Shows progress and each finding as it comes, and says whether to go on."""

    def __init__(self, progress: Progress, interruption: _Interruption) -> None:
        self._progress, self._interruption = progress, interruption
        self._told: set[tuple[str, Location]] = set()

    def at(self, records: int, read: int) -> bool:
        """Take note of how far the work is."""
        self._progress.at(records, read)
        return self._interruption.exit is None

    def found(self, findings: Iterable[Finding]) -> None:
        """Tell findings that were not told yet; of many the first ones."""
        for finding in findings:
            where = finding.location
            if len(self._told) > _TOLD_AT_ONCE or (finding.rule, where) in self._told:
                continue
            self._told.add((finding.rule, where))
            if len(self._told) > _TOLD_AT_ONCE:
                self._progress.say("and more; the report names all")
                return
            owner = f"{where.provider} {where.operation}"
            self._progress.say(f"{finding.severity.value}: {finding.rule} {where.pointer or '/'} of {owner}")


def _whole(inputs: list[str]) -> int:
    sizes = [Path(name).stat().st_size for name in inputs if Path(name).is_file()]
    return sum(sizes) if len(sizes) == len(inputs) else 0


def _evidence(evidence: Evidence, form: str) -> str:
    if form == "json":
        value = {"format": "wireproof-evidence", "version": 1, "evidence": evidence.to_json()}
        return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    from wireproof.reporters.evidence import evidence_lines  # noqa: PLC0415 - one format a run
    from wireproof.reporters.text import plain  # noqa: PLC0415 - likewise

    return "".join(f"{plain(line)}\n" for line in evidence_lines(evidence))


def _workers(text: str) -> int:
    from argparse import ArgumentTypeError  # noqa: PLC0415 - for its error class only

    if not text.isdigit() or not 1 <= int(text) <= 256:  # noqa: PLR2004 - more are a slip of the finger
        raise ArgumentTypeError(f"{text!r} is no number of processes from 1 to 256")
    return int(text)


def _share(text: str) -> float:
    from argparse import ArgumentTypeError  # noqa: PLC0415 - for its error class only

    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ArgumentTypeError(f"{text!r} is no share: write 0.01 or 1%")
    return share
