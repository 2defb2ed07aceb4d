"""A report read back from its JSON: to go on from it, to merge it, or to compare with it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from wireproof.counts import Rest
from wireproof.errors import InputError
from wireproof.evidence import Evidence
from wireproof.finding import Finding, Location, Place, Severity, Sighting
from wireproof.lifecycle.history import (
    FieldClass,
    FieldRecord,
    Histories,
    Mark,
    Stamp,
    TaskRecord,
    TaskView,
    stamp_of,
)
from wireproof.report import FORMAT, VERSION, Input, NotChecked, NotCovered, OperationCount, Report
from wireproof.windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["restored", "state_json"]


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


def state_json(report: Report) -> dict[str, Any]:
    """Return a report as plain values from which `restored` makes it again, its histories too."""
    told = [finding.fingerprint for finding in report.told]
    records: dict[int, list[int]] = {}
    for digest, count in sorted(report.rest.records.items()):
        records.setdefault(count, []).append(digest)
    sources = [[count, _packed(digests)] for count, digests in sorted(records.items())]
    state = {"histories": _histories_json(report.histories), "told": told, "sources": sources}
    lacking = [[entry.provider, entry.operation, entry.rule] for entry in report.not_covered]
    more = {"not_covered": lacking, "baseline": report.baseline.to_json()}
    return {**report.to_json(), "state": {**state, **more}}


def _restored(value: Mapping[str, Any]) -> Report:
    summary = value["summary"]
    state = value.get("state", {"histories": {"tasks": [], "fields": [], "left_out": False}})
    told = set(state.get("told", ()))
    return Report(
        inputs=tuple(_input(entry["source"], entry) for entry in value["inputs"]),
        rest=_rest(value.get("inputs_left_out"), state.get("sources", ())),
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
        findings=tuple(_finding(entry) for entry in value["findings"] if entry["fingerprint"] not in told),
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
        histories=_histories(state["histories"]),
        not_covered=tuple(NotCovered(*entry) for entry in state.get("not_covered", ())),
        window=Window.from_json(value["window"]) if value.get("window") else None,
        baseline=Evidence.from_json(state.get("baseline", ())),
    )


def _packed(digests: Iterable[int]) -> str:
    """Return the digests of sources as text: there may be a million of them."""
    return b64encode(b"".join(digest.to_bytes(8, "big") for digest in digests)).decode()


def _rest(value: Mapping[str, Any] | None, sources: Iterable[tuple[int, str]]) -> Rest:
    if value is None:
        return Rest()
    records: dict[int, int] = {}
    for count, packed in sources:
        data = b64decode(packed, validate=True)
        records.update((int.from_bytes(data[at : at + 8], "big"), count) for at in range(0, len(data), 8))
    return Rest(_input("", value), records, value["sources"] - len(records))


def _input(source: str, value: Mapping[str, Any]) -> Input:
    windowed = (value.get("outside", 0), value.get("untimed", 0))
    return Input(source, value["exchanges"], value["unreadable"], *windowed)


def _histories_json(histories: Histories) -> dict[str, Any]:
    return {
        "tasks": [_plain(task) for task in histories.tasks],
        "fields": [_plain(entry) for entry in histories.fields],
        "left_out": histories.tasks_left_out,
    }


def _plain(value: Any) -> Any:
    """Return a record of a history as plain values; a stamp is its sighting."""
    if isinstance(value, Stamp):
        return [value.sighting.source, value.sighting.index, value.sighting.time]
    names = value._fields if hasattr(value, "_fields") else getattr(value, "__dataclass_fields__", ())
    if names:
        return {name: _plain(getattr(value, name)) for name in names}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _stamped(value: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    stamps = {name: stamp_of(Sighting(*value[name])) for name in ("first", "last")}
    return {**value, **stamps, **more}


def _histories(value: Mapping[str, Any]) -> Histories:
    tasks = tuple(
        TaskRecord(
            **_stamped(
                task,
                place=task["place"] and Place(**task["place"]),
                view=_view(task["view"]),
                marks=tuple(Mark(**_stamped(mark)) for mark in task["marks"]),
            )
        )
        for task in value["tasks"]
    )
    records = tuple(
        FieldRecord(
            **{
                **entry,
                "place": entry["place"] and Place(**entry["place"]),
                "classes": tuple(FieldClass(**_stamped(one)) for one in entry["classes"]),
            }
        )
        for entry in value["fields"]
    )
    return Histories(tasks, records, value["left_out"])


def _view(value: Mapping[str, Any]) -> TaskView:
    return TaskView(
        **{
            **value,
            "results": tuple(value["results"]),
            "times": tuple((name, time) for name, time in value["times"]),
        }
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
