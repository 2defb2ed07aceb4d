"""What a contract says about the life of a task: `x-task-lifecycle`, resolved and frozen.

Everything but a place for the status may be absent; what is there must make sense, or a
`ContractError` names its line.  The extension is described in docs/extensions.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.errors import ContractError, nearest
from wireproof.lifecycle.pointers import Pointer, anchor_of, parse
from wireproof.lifecycle.units import ENCODINGS, TIME_UNITS
from wireproof.validating.engine import FastEngine, InvalidSchemaError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wireproof.contract import Operation
    from wireproof.finding import Place

__all__ = [
    "RESULT_KINDS",
    "STATES",
    "Lifecycle",
    "Predicate",
    "Progress",
    "TaskId",
    "TimeField",
    "lifecycles_of",
    "same",
]

STATES = ("queued", "running", "succeeded", "failed", "unknown")
RESULT_KINDS = ("url", "reference", "value")
_HINT = "see docs/extensions.md, and `wireproof lint FILE` for all that is wrong"
_MOMENTS = ("submitted", "started", "finished")


class Predicate(NamedTuple):
    """The envelope says success where the value at `at` equals `equals`."""

    at: Pointer
    equals: Any


class Progress(NamedTuple):
    """Where the progress stands, and how it is written: one of `ENCODINGS`."""

    at: Pointer
    encoding: str


class TaskId(NamedTuple):
    """Where the task's identifier stands, where it stands again, and which part of the request has it."""

    at: Pointer
    same_as: tuple[Pointer, ...] = ()
    request: str | None = None


class TimeField(NamedTuple):
    """One time of a task: `submitted`, `started`, `finished`, or "" for another; its unit if stated."""

    name: str
    at: Pointer
    unit: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Lifecycle:
    """One shape of answer of an operation: how to read a task out of it.

    `states` maps a word of the wire, as `word_key` writes it, to one of `STATES`.  `fits` tells
    whether a body has this shape, as the schema `when` says.  `unset` are the values that stand
    for a time not yet known, beside null, absence, 0 and the empty string.
    """

    states: Mapping[tuple[str, Any], str]
    status: Pointer | None = None
    results: tuple[Pointer, ...] = ()
    result_kind: str = "url"
    progress: Progress | None = None
    reason: tuple[Pointer, ...] = ()
    success: Predicate | None = None
    task: TaskId | None = None
    times: tuple[TimeField, ...] = ()
    unset: tuple[Any, ...] = ()
    volatile: tuple[Pointer, ...] = ()
    when: Any = None
    fits: Callable[[Any], bool] = lambda _: True
    _locate: Callable[[str], Place] | None = None
    _places: dict[str, Place] = field(default_factory=dict, repr=False)

    @property
    def anchor(self) -> Pointer:
        """Return the pointer to each task of an answer: () for an answer about one task."""
        return anchor_of(self.status) if self.status else ()

    def state_of(self, word: Any) -> str | None:
        """Return the canonical state of a word of the wire, or None for one that is not mapped."""
        return self.states.get(_word_key(word)) if _is_scalar(word) else None

    def has(self, part: str) -> bool:
        """Return whether a part such as `results` or `times` is declared."""
        return bool(getattr(self, part))

    def place(self, member: str) -> Place | None:
        """Return where a member such as `states` is written; None for a lifecycle made by hand."""
        if member not in self._places and self._locate:
            self._places[member] = self._locate(member)
        return self._places.get(member)


def same(left: Any, right: Any) -> bool:
    """Return whether two JSON scalars are equal; true is not 1, and 1 is 1.0."""
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def lifecycles_of(operation: Operation) -> tuple[Lifecycle, ...]:
    """Return the lifecycles that an operation declares, in order; raises `ContractError` for nonsense."""
    return tuple(_Reader(operation, index).lifecycle() for index in range(len(operation.lifecycle)))


class _Reader:
    """Reads one mapping of `x-task-lifecycle`; complaints name the line."""

    def __init__(self, operation: Operation, index: int) -> None:
        self._operation = operation
        self._index = index
        self._written: Mapping[str, Any] = operation.lifecycle[index]

    def lifecycle(self) -> Lifecycle:
        times = self._mapping(self._written, "times", "times")
        return Lifecycle(
            states=self._states(),
            status=self._optional(self._written, "status", "status"),
            results=self._pointers(self._written, "results", "results"),
            result_kind=self._choice(self._written, "result-kind", "result-kind", RESULT_KINDS) or "url",
            progress=self._progress(),
            reason=self._pointers(self._written, "reason", "reason"),
            success=self._predicate(),
            task=self._task(),
            times=tuple(self._times(times)),
            unset=(times["unset"],) if "unset" in times else (),
            volatile=self._pointers(self._written, "volatile", "volatile"),
            when=self._written.get("when"),
            fits=self._shape(),
            _locate=self._place,
        )

    def _place(self, member: str) -> Place:
        return self._operation.lifecycle_place(self._index, member)

    def _error(self, member: str, message: str, hint: str = _HINT) -> ContractError:
        return ContractError(f"{self._place(member)}: x-task-lifecycle: {message}", hint=hint)

    def _states(self) -> dict[tuple[str, Any], str]:
        written = self._mapping(self._written, "states", "states")
        found: dict[tuple[str, Any], str] = {}
        for state, words in written.items():
            if state not in STATES:
                near = nearest(str(state), STATES)
                hint = f"did you mean {near} ?" if near else f"known states: {', '.join(STATES)}"
                raise self._error(f"states/{state}", f"{state!r} is no state", hint)
            for word in words if isinstance(words, list) else [words]:
                if not _is_scalar(word):
                    raise self._error(
                        f"states/{state}", f"{state} takes a list of words, not {type(word).__name__}"
                    )
                known = found.setdefault(_word_key(word), state)
                if known != state:
                    raise self._error(f"states/{state}", f"{word!r} is {known} and {state} at once")
        return found

    def _progress(self) -> Progress | None:
        written = self._mapping(self._written, "progress", "progress")
        if not written:
            return None
        at = self._optional(written, "at", "progress")
        encoding = self._choice(written, "encoding", "progress", ENCODINGS)
        if at is None or encoding is None:
            raise self._error("progress", "progress takes `at` and `encoding`")
        return Progress(at, encoding)

    def _predicate(self) -> Predicate | None:
        written = self._mapping(self._written, "success", "success")
        if not written:
            return None
        at = self._optional(written, "at", "success")
        if at is None or "equals" not in written:
            raise self._error("success", "success takes `at` and `equals`")
        if not _is_scalar(written["equals"]):
            raise self._error("success", "success: `equals` takes one value")
        return Predicate(at, written["equals"])

    def _task(self) -> TaskId | None:
        written = self._mapping(self._written, "task", "task")
        if not written:
            return None
        at = self._optional(written, "at", "task")
        if at is None:
            raise self._error("task", "task takes `at`, the place of the task's identifier")
        request = written.get("request")
        if request is not None and not _names_request(request):
            raise self._error(
                "task", f"request {request!r} names no part of a request",
                "write path.NAME, query.NAME, header.NAME, cookie.NAME or body./POINTER",
            )  # fmt: skip
        return TaskId(at, self._pointers(written, "same-as", "task"), request)

    def _times(self, times: Mapping[str, Any]) -> list[TimeField]:
        found = [self._time(name, times[name]) for name in _MOMENTS if name in times]
        others = times.get("others", [])
        if not isinstance(others, list):
            raise self._error("times", "others takes a list of times")
        return found + [self._time("", entry) for entry in others]

    def _time(self, name: str, written: Any) -> TimeField:
        if not isinstance(written, dict):
            raise self._error("times", f"{name or 'others'} takes `at` and `unit`")
        at = self._optional(written, "at", "times")
        if at is None:
            raise self._error("times", f"{name or 'others'} takes `at`, the place of the time")
        return TimeField(name, at, self._choice(written, "unit", "times", TIME_UNITS))

    def _shape(self) -> Callable[[Any], bool]:
        when = self._written.get("when")
        if when is None:
            return lambda _: True
        if not isinstance(when, dict):
            raise self._error("when", "when takes a JSON Schema")
        try:
            engine = FastEngine({"$defs": {"root": when}, "$ref": "#/$defs/root"})
        except InvalidSchemaError as error:
            raise self._error("when", f"when is no JSON Schema: {error.message}") from error
        return engine.is_valid

    def _mapping(self, written: Mapping[str, Any], key: str, member: str) -> Mapping[str, Any]:
        value = written.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self._error(member, f"{key} takes a mapping")
        return value

    def _optional(self, written: Mapping[str, Any], key: str, member: str) -> Pointer | None:
        value = written.get(key)
        return None if value is None else self._pointer(value, key, member)

    def _pointers(self, written: Mapping[str, Any], key: str, member: str) -> tuple[Pointer, ...]:
        values = written.get(key)
        if values is None:
            return ()
        listed = values if isinstance(values, list) else [values]
        return tuple(self._pointer(value, key, member) for value in listed)

    def _pointer(self, value: Any, key: str, member: str) -> Pointer:
        if not isinstance(value, str) or (value and not value.startswith("/")):
            raise self._error(member, f"{key} takes a JSON Pointer such as /data/status, not {value!r}")
        return parse(value)

    def _choice(self, written: Mapping[str, Any], key: str, member: str, known: Sequence[str]) -> str | None:
        value = written.get(key)
        if value is None or value in known:
            return value
        near = nearest(str(value), known)
        hint = f"did you mean {near} ?" if near else f"known: {', '.join(known)}"
        raise self._error(member, f"{key} {value!r} is not known", hint)


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _word_key(word: Any) -> tuple[str, Any]:
    kind = "boolean" if isinstance(word, bool) else "string" if isinstance(word, str) else "number"
    return (kind, word)


def _names_request(text: Any) -> bool:
    if not isinstance(text, str):
        return False
    part, _, name = text.partition(".")
    if part == "body":
        return not name or name.startswith("/")
    return part in {"path", "query", "header", "cookie"} and bool(name)
