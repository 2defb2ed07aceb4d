"""A report read back from its JSON: to go on from it, to merge it, or to compare with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.errors import InputError
from wireproof.evidence import Evidence
from wireproof.finding import Finding, Location, Place, Severity, Sighting
from wireproof.report import FORMAT, VERSION, Input, NotChecked, OperationCount, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["restored"]


def restored(value: Any, *, name: str) -> Report:
    """Return the report that `Report.to_json` wrote, without what a policy took out of it.

    Raises `InputError` for anything else; `name` is what the file is called.
    """
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InputError(
            f"{name} is no report of wireproof", hint="write one with --format json --output FILE"
        )
    if value.get("version") != VERSION:
        hint = f"this wireproof reads version {VERSION}; write the report again with it"
        raise InputError(f"{name} is a report of version {value.get('version')!r}", hint=hint)
    try:
        return _restored(value)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        hint = "it was changed or cut; write the report again"
        raise InputError(f"{name} is a broken report ({type(error).__name__})", hint=hint) from error


def _restored(value: Mapping[str, Any]) -> Report:
    summary = value["summary"]
    return Report(
        inputs=tuple(
            Input(entry["source"], entry["exchanges"], entry["unreadable"]) for entry in value["inputs"]
        ),
        operations=tuple(
            OperationCount(
                entry["provider"],
                entry["operation"],
                str(entry["status"]),
                entry["exchanges"],
                entry["by_shape"],
                entry["margin"],
                entry["runner_up"],
            )
            for entry in value["operations"]
        ),
        findings=tuple(map(_finding, value["findings"])),
        not_checked=tuple(
            NotChecked(
                **{key: entry[key] for key in ("source", "index", "what", "reason", "hint", "line", "byte")}
            )
            for entry in value["not_checked"]
        ),
        unreadable=summary["unreadable"],
        unmatched=summary["unmatched"],
        undecided=summary["undecided"],
        complete=value["complete"],
        evidence=Evidence.from_json(value["evidence"]),
    )


def _finding(value: Mapping[str, Any]) -> Finding:
    where = (value["provider"], value["operation"], str(value["status"]), value["in"])
    contract = value["contract"]
    return Finding(
        rule=value["rule"],
        severity=Severity(value["severity"]),
        location=Location(*where, value["pointer"], value["to"]),
        promised=value["promised"],
        observed=value["observed"],
        message=value["message"],
        mend=value["mend"],
        contract=contract and Place(contract["file"], contract["pointer"], contract["line"]),
        first=_sighting(value["first"]),
        last=_sighting(value["last"]),
        seen_as=tuple(sorted(value["seen_as"].items())),
        sightings=value["sightings"],
        of=value["of"],
        absorbs=tuple(map(_finding, value["absorbs"])),
    )


def _sighting(value: Mapping[str, Any]) -> Sighting:
    return Sighting(value["source"], value["index"], value["time"])
