"""What an audit begins with: an earlier report to compare with, or the state of one to go on from."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from wireproof.cli.output import write_output
from wireproof.errors import InputError, UsageError
from wireproof.marks import Marks

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from wireproof.cli.progress import Progress
    from wireproof.contract import Contract
    from wireproof.report import Report
    from wireproof.windows import Window

__all__ = ["Keeper", "State", "read_report"]

_SAVED_EVERY = 10.0
"""Seconds between two states written for `--resume`."""


@dataclass(frozen=True, slots=True)
class State:
    """What `--resume` goes on from, and keeps: the report so far, and what its recordings were like.

    `basis` tells by what records are judged.  Without `--resume` there is no path, and no marks.
    """

    path: str | None = None
    basis: str = ""
    before: Report | None = None
    marks: Marks | None = None

    @classmethod
    def of(cls, options: argparse.Namespace, contracts: Iterable[Contract], window: Window | None) -> State:
        """Return the state that an audit goes on from; raises `UsageError` for one of another audit."""
        path = options.resume
        if not path:
            return cls()
        basis = _basis(options, contracts)
        if not Path(path).exists():
            return cls(path, basis, None, Marks())
        hint = "name another file: a state is kept by --resume"
        value = _read_json(path, what="state of an audit", hint=hint)
        before = _restored(value, path)
        state = value.get("state")
        _check(before, state, path, window=window, basis=basis)
        return cls(path, basis, before, _marks(state, path))

    @property
    def skip(self) -> Mapping[int, int]:
        """Return how many records of each source were judged, by its digest."""
        return self.before.taken if self.before else {}

    def with_report(self, report: Report) -> Report:
        """Return the report on what was judged before, and since."""
        return self.before.merge(report) if self.before else report

    def to_json(self, report: Report) -> str:
        """Return the text of the state that a report is."""
        from wireproof.restoring import state_json  # noqa: PLC0415 - few audits keep a state

        value = state_json(report)
        marks = b64encode(self.marks.pack()).decode() if self.marks is not None else ""
        value["state"] |= {"basis": self.basis, "marks": marks}
        return json.dumps(value, ensure_ascii=False) + "\n"


class Keeper:
    """Keeps the state of an audit in a file, every now and then; one that cannot be written is told once."""

    def __init__(self, state: State, progress: Progress) -> None:
        self._state, self._path, self._progress = state, state.path, progress
        self._next = monotonic() + _SAVED_EVERY

    def is_due(self) -> bool:
        """Return whether a state is to be kept, the last being some seconds old."""
        return self._path is not None and monotonic() > self._next

    def keep(self, report: Report) -> None:
        """Write the state: what was judged before, and the report on what was judged since."""
        whole = replace(self._state.with_report(report), complete=False)
        try:
            write_output(self._state.to_json(whole), self._path)
        except UsageError as error:
            self._path = None
            self._progress.warn(f"no state is kept: {error.message}")
        self._next = monotonic() + _SAVED_EVERY


def read_report(path: str) -> Report:
    """Return the report in a file; raises `InputError` where there is none."""
    hint = "write one with --format json --output FILE"
    return _restored(_read_json(path, what="JSON report", hint=hint), path)


def _basis(options: argparse.Namespace, contracts: Iterable[Contract]) -> str:
    """Return a fingerprint of what records are judged by: a state is gone on from by the same alone."""
    from hashlib import sha256  # noqa: PLC0415 - few audits keep a state

    said = (options.operation, options.status, options.content_type)
    promises = [(one.provider, one.operations, list(one.schemas.defs.items())) for one in contracts]
    return sha256(repr((said, promises)).encode(errors="surrogatepass")).hexdigest()[:16]


def _check(before: Report, state: Any, path: str, *, window: Window | None, basis: str) -> None:
    kept = state.get("basis", basis) if isinstance(state, dict) else basis
    if kept != basis:
        raise UsageError(
            f"{path} is the state of an audit by other contracts",
            hint="a contract or an option was changed since: delete the file to judge all anew",
        )
    if before.window != window:
        raise UsageError(
            f"{path} is the state of an audit of another window of time",
            hint="repeat its --since, --until and --baseline, or name another file",
        )
    if before.rest.unnamed:
        raise UsageError(
            f"{path} is a report that leaves sources out, no state",
            hint="go on from the file that --resume wrote, or name another one",
        )


def _marks(state: Any, path: str) -> Marks:
    try:
        return Marks(b64decode(state.get("marks", ""), validate=True) if isinstance(state, dict) else b"")
    except (TypeError, ValueError) as error:
        hint = "it was changed or cut: delete it to judge all anew"
        raise InputError(f"{path} is a broken state ({error})", hint=hint) from error


def _restored(value: Any, path: str) -> Report:
    from wireproof.restoring import restored  # noqa: PLC0415 - few audits have an earlier report

    return restored(value, name=path)


def _read_json(path: str, *, what: str, hint: str) -> Any:
    try:
        return json.loads(Path(path).read_bytes())
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}", hint="check the path"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is no {what}", hint=hint) from error
