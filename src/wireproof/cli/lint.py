"""Check contracts: OpenAPI's own rules, and the mistakes that validators miss, each at its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wireproof.cli.choosing import add_config_options, add_rule_option, configured, homes, policy_of
from wireproof.cli.exits import Exit
from wireproof.cli.output import write_output
from wireproof.errors import ContractError
from wireproof.exemption import Exempted
from wireproof.finding import Severity
from wireproof.reporters.text import Style, plain, policy_lines
from wireproof.specs import load_file, provider_of, read_file, reader_for, shipped_specs

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.configuration import Configuration
    from wireproof.contract import Contract
    from wireproof.lint import Defect
    from wireproof.policy import Policy

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof lint`."""
    parser.add_argument(
        "specs", nargs="*", metavar="SPEC", help="OpenAPI documents; default: the contracts that ship"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--output", metavar="FILE", help="write the report to FILE, whole or not at all")
    levels = [severity.value for severity in Severity]
    parser.add_argument(
        "--fail-on",
        choices=[*levels, "never"],
        help="the least severity that makes the exit code 1 (default: warning)",
    )
    parser.add_argument("--min-severity", choices=levels, help="the least severity shown (default: info)")
    add_rule_option(parser.add_argument_group("rules"))
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Lint the contracts, print the defects, and return the exit code."""
    configuration = configured(options)
    policy = policy_of(options, configuration)
    files = list(_files(options.specs))
    found = [(path, _linted(shown, path)) for shown, path in files]
    defects, exempted = [defect for _, some in found for defect in some], Exempted()
    if policy:
        defects, exempted = _under(policy, found, configuration)
    least = Severity(options.min_severity or (configuration and configuration.min_severity) or "info").rank
    told = [defect for defect in defects if defect.severity.rank >= least]
    names = [shown for shown, _ in files]
    if options.format == "json":
        text = _as_json(told, defects, names, exempted)
    else:
        text = _as_text(told, defects, names, list(policy_lines(exempted, Style())))
    write_output(text, options.output)
    return _exit_code(defects, options.fail_on or (configuration and configuration.fail_on) or "warning")


def _under(
    policy: Policy, found: Iterable[tuple[Path, Sequence[Defect]]], configuration: Configuration | None
) -> tuple[list[Defect], Exempted]:
    """Return the defects under a policy, as of today, and what it takes out."""
    from datetime import date  # noqa: PLC0415 - only where there is a policy

    from wireproof.deciding import decided_defects  # noqa: PLC0415 - likewise

    at_home = [
        (defects, homes(configuration, _usable(path), provider=provider_of(path))) for path, defects in found
    ]
    return decided_defects(at_home, policy, date.today())  # noqa: DTZ011 - the day where the user is


def _usable(path: Path) -> tuple[Contract, ...]:
    """Return the contract in a file, if one can be made of it: it knows the ids of its operations."""
    try:
        return (load_file(path),)
    except ContractError:
        return ()


def _files(specs: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield each document to lint as (name to show, path)."""
    for spec in specs:
        yield spec, Path(spec)
    if not specs:
        for path in sorted(shipped_specs().glob("*/openapi.yaml")):
            yield f"specs/{path.parent.name}/{path.name}", path


def _linted(shown: str, path: Path) -> tuple[Defect, ...]:
    from wireproof.lint import lint_bytes, unread  # noqa: PLC0415 - after the options are known to be right

    try:
        data = read_file(path)
    except ContractError as error:
        return (unread(shown, error),)
    return lint_bytes(shown, data, reader_for(path))


def _exit_code(defects: Iterable[Defect], fail_on: str) -> Exit:
    """Return 1 for a defect at or above `fail_on` in what could be read, else 3 if some could not, else 0."""
    from wireproof.lint import UNREADABLE  # noqa: PLC0415 - as above

    least = None if fail_on == "never" else Severity(fail_on).rank
    read = [defect for defect in defects if defect.rule != UNREADABLE]
    if least is not None and any(defect.severity.rank >= least for defect in read):
        return Exit.FINDINGS
    return Exit.OK if len(read) == len(list(defects)) else Exit.UNREAD


def _as_text(
    told: Sequence[Defect], every: Sequence[Defect], files: Sequence[str], taken_out: Sequence[str]
) -> str:
    lines: list[str] = []
    width = max((len(defect.severity.value) for defect in told), default=0)
    file = None
    for defect in told:
        if defect.file != file:
            lines += [""] if lines else []
            file = defect.file
        place = f"{defect.file}:{defect.line}" if defect.line else defect.file
        lines.append(plain(f"{place}  {defect.severity.value:<{width}}  {defect.rule}  {defect.message}"))
        lines.append(plain(f"    {defect.mend}"))
    lines += [""] if lines else []
    lines += [*taken_out, ""] if taken_out else []
    lines.append(_verdict(every, len(every) - len(told), len(files)))
    return "\n".join(lines) + "\n"


def _verdict(defects: Sequence[Defect], hidden: int, files: int) -> str:
    counts = _counts(defects)
    checked = f"{files} contract{'' if files == 1 else 's'} checked"
    if not defects:
        return f"{checked}: nothing found"
    listed = ", ".join(
        f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count
    )
    return f"{checked}: {listed}" + (f" ({hidden} not shown)" if hidden else "")


def _counts(defects: Iterable[Defect]) -> dict[str, int]:
    counts = dict.fromkeys(("error", "warning", "info"), 0)
    for defect in defects:
        counts[defect.severity.value] += 1
    return counts


def _as_json(
    told: Sequence[Defect], every: Sequence[Defect], files: Sequence[str], exempted: Exempted
) -> str:
    from wireproof.cli.docsjson import policy_json  # noqa: PLC0415 - one format a run

    value: dict[str, Any] = {
        "format": "wireproof-lint",
        "version": 1,
        "complete": True,
        "files": list(files),
        "summary": _counts(every),
        "defects": [
            {
                "rule": defect.rule,
                "severity": defect.severity.value,
                "file": defect.file,
                "line": defect.line,
                "pointer": defect.pointer,
                "message": defect.message,
                "mend": defect.mend,
            }
            for defect in told
        ],
        "policy": policy_json(exempted),
    }
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"
