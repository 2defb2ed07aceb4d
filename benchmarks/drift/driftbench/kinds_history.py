"""Drifts that only several answers show: one task polled over time, or one field over many tasks."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from driftbench.cases import Case, Drift, case_for
from driftbench.moments import history, moment
from driftbench.places import at, copied, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from driftbench.promise import Op

    Make = Callable[[Op, str, Random], tuple[list[Case], Drift] | None]

__all__ = ["HISTORY", "polls"]

_TASKS = 16
"""How many tasks show what a field's identifiers look like."""


def polls(op: Op, seed: str, states: tuple[str, ...]) -> list[Case]:
    """Return the clean answers of one task in these states, in order."""
    return [case_for(op, one) for one in history(seed, states)]


def _regressed(*states: str) -> Make:
    def make(op: Op, seed: str, rng: Random) -> tuple[list[Case], Drift] | None:
        if not op.lifecycle:
            return None
        cases = polls(op, seed, states)
        roles = cases[0].body.roles
        if roles.status is None or roles.task is None:
            return None
        return cases, Drift("task-regressed", roles.status)

    return make


def _progress_regressed(op: Op, seed: str, rng: Random) -> tuple[list[Case], Drift] | None:
    if not op.lifecycle:
        return None
    moments = list(history(seed, ("queued", "running", "running", "running", "succeeded")))
    last = moments[3]
    moments[3] = replace(last, progress=max(1, moments[2].progress - rng.randint(2, 60)))
    cases = [case_for(op, one) for one in moments]
    roles = cases[0].body.roles
    if roles.progress is None or moments[3].progress >= moments[2].progress:
        return None
    return cases, Drift("progress-regressed", roles.progress)


def _finished_again(op: Op, seed: str, rng: Random) -> tuple[list[Case], Drift] | None:
    """Let a task end in a state that the lifecycle does not know."""
    if not op.lifecycle:
        return None
    cases = polls(op, seed, ("queued", "running", "running"))
    case = cases[-1]
    place = case.body.place(case.body.roles.status)
    if place is None or place.shape.get("enum"):
        return None
    case.value = put(case.value, place.path, rng.choice(("concluded_v2", "Archived", "handed-over")))
    return cases, Drift("status-unmapped", place.pointer)


def _unit_of_one_task(op: Op, seed: str, rng: Random) -> tuple[list[Case], Drift] | None:
    """Let a time without any declared unit turn from seconds into milliseconds in the last poll."""
    if not op.lifecycle:
        return None
    cases = polls(op, seed, ("queued", "queued", "running", "running", "running", "succeeded"))
    roles = cases[-1].body.roles
    for time in roles.times:
        place = cases[-1].body.place(time.pointer)
        if time.role != "submitted" or time.unit or place is None or place.shape.get("x-unit"):
            continue
        if place.shape.kind == "integer":
            value = at(cases[-1].value, place.path)
            cases[-1].value = put(cases[-1].value, place.path, value * 1000)
            return cases, Drift("unit-changed", place.pointer, also=(("unit-mixed", place.pointer),))
    return None


def _identifier(op: Op, seed: str, rng: Random) -> tuple[list[Case], Drift] | None:
    """Let the identifiers of tasks, all of one form so far, take another form."""
    states = ("running", "succeeded")
    moments = sorted((moment(f"{seed}|{n}", states[n % 2]) for n in range(_TASKS)), key=lambda one: one.now)
    last = case_for(op, moments[-1])
    roles = last.body.roles
    place = last.body.place(roles.task)
    if place is None or place.shape.get("pattern") or place.shape.get("format") or roles.same:
        return None
    cases = [*(case_for(op, one) for one in moments[:-1]), last]
    old = str(at(last.value, place.path))
    new = f"{uuid.UUID(int=rng.getrandbits(128), version=4)}"
    new = new.replace("-", "") if "-" in old else new
    last.value = put(copied(last.value), place.path, new)
    last.url = last.url.replace(old, new)
    return cases, Drift("identifier-changed", place.pointer)


HISTORY: dict[str, Make] = {
    "task-regressed: running to queued": _regressed(
        "queued", "running", "running", "queued", "running", "succeeded"
    ),
    "task-regressed: succeeded to running": _regressed("queued", "running", "succeeded", "running"),
    "task-regressed: failed to succeeded": _regressed("queued", "running", "failed", "succeeded"),
    "progress-regressed": _progress_regressed,
    "status-unmapped: at the end of a task": _finished_again,
    "unit-changed: a field's own history": _unit_of_one_task,
    "identifier-changed: a field's own history": _identifier,
}
"""Every kind of drift over several answers, by the name it has in the table."""
