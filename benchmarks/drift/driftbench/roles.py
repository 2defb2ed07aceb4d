"""What the lifecycle data of an operation says about the places of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from driftbench.places import under

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from driftbench.promise import Op

__all__ = ["Roles", "Time", "roles_of"]


@dataclass(frozen=True, slots=True)
class Time:
    """One time of a task: `submitted`, `started`, `finished` or `other`, its place and its unit."""

    role: str
    pointer: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Roles:
    """One lifecycle variant, place by place; everything is empty where there is no lifecycle."""

    status: str | None = None
    states: Mapping[str, tuple[str, ...]] | None = None
    results: tuple[str, ...] = ()
    reference: bool = False
    progress: str | None = None
    encoding: str | None = None
    reason: tuple[str, ...] = ()
    success: tuple[str, Any] | None = None
    task: str | None = None
    same: tuple[str, ...] = ()
    request: str | None = None
    times: tuple[Time, ...] = ()
    unset: Any = None
    volatile: tuple[str, ...] = ()

    def time(self, role: str) -> Time | None:
        """Return the time with a role."""
        return next((time for time in self.times if time.role == role), None)

    def holds(self, pointer: str, places: Iterable[str | None]) -> bool:
        """Return whether any of some places is a pointer's or lies under it."""
        return any(place is not None and under(place, pointer) for place in places)

    @property
    def essential(self) -> tuple[str | None, ...]:
        """Return the places that an answer in any state has."""
        times = (time.pointer for time in self.times if time.role == "submitted")
        return (self.status, self.task, self.progress, self.success and self.success[0], *times)


def roles_of(op: Op, keys: frozenset[str]) -> Roles:
    """Return the roles of the variant whose condition an object with these keys fulfils."""
    for variant in op.lifecycle:
        if _holds(variant.get("when"), keys):
            return _roles(variant)
    return Roles()


def _holds(condition: Any, keys: frozenset[str]) -> bool:
    """Decide the conditions that contracts use here: which keys there are."""
    if not isinstance(condition, dict):
        return True
    known = set(condition) <= {"required", "not"}
    if not known:
        raise ValueError(f"a condition that this benchmark does not read: {condition}")
    if not set(condition.get("required", ())) <= keys:
        return False
    return "not" not in condition or not _holds(condition["not"], keys)


def _roles(variant: Mapping[str, Any]) -> Roles:
    times = variant.get("times") or {}
    found = [
        Time(role, times[role]["at"], times[role].get("unit"))
        for role in ("submitted", "started", "finished")
        if role in times
    ]
    found += [Time("other", other["at"], other.get("unit")) for other in times.get("others", ())]
    progress = variant.get("progress") or {}
    success = variant.get("success")
    task = variant.get("task") or {}
    return Roles(
        status=variant.get("status"),
        states={state: tuple(values) for state, values in variant["states"].items()},
        results=tuple(variant.get("results", ())),
        reference=variant.get("result-kind") == "reference",
        progress=progress.get("at"),
        encoding=progress.get("encoding"),
        reason=tuple(variant.get("reason", ())),
        success=None if success is None else (success["at"], success["equals"]),
        task=task.get("at"),
        same=tuple(task.get("same-as", ())),
        request=task.get("request"),
        times=tuple(found),
        unset=times.get("unset"),
        volatile=tuple(variant.get("volatile", ())),
    )
