"""What an answer means: its tasks read, the rules of meaning asked, its part in histories noted."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof import rules
from wireproof.lifecycle import is_empty, is_unset, iter_readings, lifecycle_for, lifecycles_of
from wireproof.lifecycle.history import FieldSight, Mark, TaskSight, TaskView, stamp_of
from wireproof.lifecycle.identifiers import identifier_class
from wireproof.lifecycle.plan import plan_of, says_meaning
from wireproof.lifecycle.pointers import find, text_of
from wireproof.lifecycle.units import time_kind
from wireproof.rules.rule import sighting_of
from wireproof.rules.scene import Field, Scene
from wireproof.validating.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.contract import Contract, Operation
    from wireproof.finding import Finding
    from wireproof.lifecycle import Lifecycle, Reading, Task
    from wireproof.lifecycle.history import Stamp
    from wireproof.lifecycle.plan import Plan
    from wireproof.lifecycle.pointers import Pointer
    from wireproof.matching import Match
    from wireproof.redact import Display
    from wireproof.rules.rule import Answer
    from wireproof.validating import Judge, Judgement

__all__ = ["Meaning", "Reader", "class_of", "declared_roles", "is_success", "key_of", "role_of", "view_of"]

_CONTAINERS = (dict, list)
_ID_WORDS = frozenset({"guid", "id", "uuid"})
_ID_ENDINGS = ("_id", "-id", "Id", "ID", "_uuid", "Uuid", "UUID")
_TIME_WORDS = frozenset({"created", "modified", "time", "timestamp", "ts", "updated"})
_TIME_ENDINGS = ("_at", "-at", "At", "_time", "-time", "Time", "_timestamp", "Timestamp", "_ts")


class Meaning(NamedTuple):
    """What was found in one answer, and its part in the histories; `not_covered` are rules without data."""

    findings: tuple[Finding, ...]
    tasks: tuple[TaskSight, ...] = ()
    fields: tuple[FieldSight, ...] = ()
    not_covered: tuple[str, ...] = ()


class Reader:
    """Reads what answers mean; what it learns of a contract is kept for the next answer."""

    def __init__(self) -> None:
        self._lifecycles: dict[int, tuple[Operation, tuple[Lifecycle, ...]]] = {}
        self._plans: dict[tuple[int, str], tuple[Contract, Plan | None]] = {}
        self._lacking: dict[int, tuple[Operation, tuple[str, ...]]] = {}

    def lifecycles(self, operation: Operation) -> tuple[Lifecycle, ...]:
        """Return the lifecycles of an operation; raises `ContractError` for nonsense."""
        key = id(operation)
        if key not in self._lifecycles:
            self._lifecycles[key] = (operation, lifecycles_of(operation))
        return self._lifecycles[key][1]

    def tasks(self, answer: Answer, value: Any) -> tuple[Task, ...]:
        """Return the tasks in an answer of success; the one that was asked for comes first."""
        _, readings = self._readings(answer, value)
        ranked = sorted(readings, key=lambda reading: reading.asked not in {None, reading.id})
        return tuple(reading.task for reading in ranked)

    def read(
        self,
        answer: Answer,
        schema: str | None,
        value: Any,
        judgement: Judgement | None,
        found: list[Finding],
    ) -> Meaning:
        """Return the findings on an answer, those of shape and structure that meaning explains left out.

        `value` is the body with changes of structure undone, `judgement` the one on it, `schema`
        the definition that it was judged by, None where none is promised.
        """
        if any(finding.rule == "other-operation" for finding in found):
            return Meaning(tuple(found))
        lifecycle, readings = self._readings(answer, value)
        fields: tuple[Field, ...] = ()
        if schema is not None and judgement is not None:
            plan = self.plan(answer.match.contract, schema)
            if plan is None or plan:
                fields = tuple(_fields(answer.judge, schema, value, judgement, plan))
        scene = Scene(answer, value, is_success(answer.match), lifecycle, readings, fields, tuple(found))
        for rule in rules.MEANING_RULES:
            for finding in rule.check(scene):
                explained = {(part.rule, part.location) for part in finding.absorbs}
                kept = (other for other in scene.found if (other.rule, other.location) not in explained)
                scene = scene._replace(found=(*kept, finding))
        stamp = stamp_of(sighting_of(answer.exchange))
        return Meaning(
            scene.found,
            tuple(_task_sights(scene, stamp)),
            tuple(_field_sights(scene, judgement, stamp)),
            self._not_covered(scene),
        )

    def _readings(self, answer: Answer, value: Any) -> tuple[Lifecycle | None, tuple[Reading, ...]]:
        if not is_success(answer.match):
            return None, ()
        operation = answer.match.operation
        lifecycle = lifecycle_for(self.lifecycles(operation), value)
        if lifecycle is None:
            return None, ()
        return lifecycle, tuple(
            iter_readings(lifecycle, value, operation=operation, exchange=answer.exchange)
        )

    def plan(self, contract: Contract, schema: str) -> Plan | None:
        """Return where the answers of a schema mean something, or None where only a walk can tell."""
        key = (id(contract.schemas), schema)
        if key not in self._plans:
            self._plans[key] = (contract, plan_of(contract.schemas, schema))
        return self._plans[key][1]

    def _not_covered(self, scene: Scene) -> tuple[str, ...]:
        """Return the rules that an operation's contract has no data for."""
        operation = scene.answer.match.operation
        if not scene.success:
            return ()
        if id(operation) not in self._lacking:
            declared = self.lifecycles(operation)
            needs = [(entry.rule.id, entry.needs) for entry in rules.MEANING_RULES]
            needs += [(entry.rule.id, entry.needs) for entry in rules.HISTORY_RULES]
            lacking = {
                name
                for name, parts in needs
                if parts and not any(all(one.has(part) for part in parts) for one in declared)
            }
            self._lacking[id(operation)] = (operation, tuple(sorted(lacking)))
        return self._lacking[id(operation)][1]


def is_success(match: Match) -> bool:
    """Return whether an answer is one of success, by its own status or by the one it was matched under."""
    status = match.exchange.response.status
    return match.status.startswith("2") if status is None else 200 <= status < 300  # noqa: PLR2004 - RFC 9110


def _fields(
    judge: Judge, schema: str, value: Any, judgement: Judgement, plan: Plan | None
) -> Iterator[Field]:
    """Yield every value whose schema says what it means: at the places of a plan, or by a walk."""
    if plan is not None:
        for pointer, part in plan:
            for path, found in find(value, pointer):
                if found is not None and not isinstance(found, _CONTAINERS):
                    yield Field(text_of(pointer), path, found, part)
        return
    for visit in walk(judge.applicable, judge.schemas.defs[schema], value):
        if visit.value is None or isinstance(visit.value, _CONTAINERS):
            continue
        for part in visit.scope.schemas:
            if says_meaning(part):
                yield Field(text_of(judgement.survey.template(visit.path)), visit.path, visit.value, part)


def _task_sights(scene: Scene, stamp: Stamp) -> Iterator[TaskSight]:
    """Yield each task's sighting; an answer about another task than the asked one tells of none."""
    answer, lifecycle = scene.answer, scene.lifecycle
    if lifecycle is None or lifecycle.status is None:
        return
    if any(finding.rule == "task-id-mismatch" for finding in scene.found):
        return
    origin = answer.exchange.origin
    chain = None if stamp.clock is not None else stamp.sighting.source
    for index, reading in enumerate(scene.readings):
        identity = reading.id or reading.asked
        progress = reading.progress
        yield TaskSight(
            provider=answer.match.operation.provider,
            operation=answer.match.operation.id,
            key=key_of(identity) if identity else f"@{origin.source}#{origin.index}#{index}",
            status=answer.match.status,
            status_at=text_of(lifecycle.status),
            progress_at=text_of(lifecycle.progress.at) if lifecycle.progress else None,
            place=lifecycle.place("states"),
            mark=Mark(
                chain=chain,
                state=reading.state,
                percent=None if progress is None else int(progress * 100),
                word=answer.display.value(reading.word).strip('"'),
                first=stamp,
                last=stamp,
            ),
            view=partial(view_of, answer.display, reading),
        )


def key_of(identity: str) -> str:
    """Return what tells a task from others, and does not show its identifier."""
    from _blake2 import blake2b  # noqa: PLC0415 - hashlib loads OpenSSL, which costs a short process its start

    return f"={blake2b(identity.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"


def view_of(display: Display, reading: Reading) -> TaskView:
    """Return what a report may say of a task."""
    task = reading.task
    return TaskView(
        id=None if task.id is None else display.value(task.id, key="id"),
        state=task.state,
        wire_state=display.value(task.wire_state).strip('"'),
        progress=task.progress,
        results=tuple(display.value(result) for result in task.results),
        reason=None if task.reason is None else display.value(task.reason),
        times=tuple(task.times.items()),
    )


def _field_sights(scene: Scene, judgement: Judgement | None, stamp: Stamp) -> Iterator[FieldSight]:
    """Yield the class of each value that is an identifier or a time by its name or by the lifecycle."""
    if not scene.success or judgement is None:
        return
    answer = scene.answer
    operation = answer.match.operation
    volatile = {text_of(pointer) for pointer in scene.lifecycle.volatile} if scene.lifecycle else set()
    seen = {field.pointer for field in scene.fields}
    told: set[tuple[str, str]] = set()
    for pointer, role, firm, value in _named(scene, judgement):
        if pointer in volatile or (role == "time" and pointer in seen) or scene.at(pointer):
            continue
        kind = class_of(role, value)
        if kind is not None and (pointer, kind) not in told:
            told.add((pointer, kind))
            yield FieldSight(
                operation.provider, operation.id, answer.match.status, pointer, role, firm, answer.promise,
                kind, stamp,
            )  # fmt: skip


def _named(scene: Scene, judgement: Judgement) -> Iterator[tuple[str, str, bool, Any]]:
    """Yield pointer, role, whether the lifecycle says so, and value of each identifier and time."""
    declared = declared_roles(scene.lifecycle)
    for at, role in declared.items():
        for _, value in find(scene.value, at) if role else ():
            yield text_of(at), role, True, value
    known = {text_of(at) for at in declared}
    for path, role, value in _by_name(scene.value):
        pointer = text_of(judgement.survey.template(path))
        if pointer not in known:
            yield pointer, role, False, value


def declared_roles(lifecycle: Lifecycle | None) -> dict[Pointer, str]:
    """Return the role of each place that a lifecycle names: nothing for a time whose unit is stated."""
    if lifecycle is None:
        return {}
    task = lifecycle.task
    roles = {field.at: "" if field.unit else "time" for field in lifecycle.times}
    return roles | (dict.fromkeys((task.at, *task.same_as), "id") if task else {})


def _by_name(value: Any) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Yield path, role and value of every scalar whose name says that it is an identifier or a time."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), value)] if isinstance(value, _CONTAINERS) else []
    while waiting:
        path, current = waiting.pop()
        pairs = enumerate(current) if isinstance(current, list) else current.items()
        for key, member in pairs:
            if isinstance(member, _CONTAINERS):
                waiting.append(((*path, key), member))
            elif isinstance(key, str) and (role := role_of(key)) and not is_empty(member):
                yield (*path, key), role, member


@lru_cache(maxsize=4096)
def role_of(key: str) -> str:
    """Return `id` or `time` for a name that is, or ends in, a word for one; else nothing."""
    bare = key.lower().strip("_-")
    if bare in _ID_WORDS or key.endswith(_ID_ENDINGS):
        return "id"
    return "time" if bare in _TIME_WORDS or key.endswith(_TIME_ENDINGS) else ""


def class_of(role: str, value: Any) -> str | None:
    """Return the class of an identifier or a time, or None for one that says nothing."""
    if role == "time":
        return None if is_unset(value) else time_kind(value) or "other"
    if not isinstance(value, str) or is_empty(value):
        return None
    return identifier_class(value)
