"""Task histories: what a task is at the moment it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

__all__ = ["EPOCH", "STATES", "Moment", "history", "moment", "told"]

STATES = ("queued", "running", "succeeded", "failed")
_ENDS = frozenset({"succeeded", "failed"})
EPOCH = datetime(2023, 3, 1, 6, 0, tzinfo=UTC)
"""Before this no task was ever submitted."""
_DAYS = {"date": "%Y-%m-%d", "local-time": "%Y-%m-%d %H:%M:%S"}
_SELDOM, _RARE = 0.15, 0.03
_SPAN = 900
"""For how many days tasks were submitted."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One task at one moment.

    `seed` names the task: what does not change over a task's life depends on it alone.  `state`
    is one of `STATES`, `step` tells the polls of a task apart, `progress` is a percentage.
    """

    seed: str
    state: str
    step: int
    submitted: datetime
    started: datetime | None
    finished: datetime | None
    now: datetime
    progress: int

    def rng(self, *names: object, changing: bool = False) -> Random:
        """Return a source of chance that belongs to this task and to the names given."""
        step = f"@{self.step}" if changing else ""
        return Random(f"{self.seed}{step}|{'|'.join(map(str, names))}")

    @property
    def over(self) -> bool:
        """Return whether the task has ended."""
        return self.state in _ENDS


def moment(seed: str, state: str) -> Moment:
    """Return a task in a state, asked for a while after it got there."""
    return history(seed, ("running", state) if state in _ENDS else (state,))[-1]


def history(seed: str, states: tuple[str, ...]) -> tuple[Moment, ...]:
    """Return a task polled once in each of these states, in order; each poll is later than the one before."""
    rng = Random(f"{seed}|history")
    submitted = EPOCH + timedelta(
        days=rng.randrange(_SPAN), seconds=rng.randrange(86400), milliseconds=rng.randrange(1000)
    )
    waits = next((index for index, state in enumerate(states) if state != "queued"), len(states))
    polled = [submitted + timedelta(seconds=1 + 7 * index) for index in range(waits)]
    started = submitted + timedelta(seconds=rng.randint(2, 90), milliseconds=rng.randrange(1000))
    if polled:
        started = max(started, polled[-1] + timedelta(seconds=1))
    elif rng.random() < _SELDOM:
        started = submitted  # at once
    life = _Life(rng, started, now=submitted)
    found: list[Moment] = []
    for step, state in enumerate(states):
        life.go_on(state, at=polled[step] if step < waits else None)
        begun = started if step >= waits else None
        ended = life.finished if state in _ENDS else None
        found.append(Moment(seed, state, step, submitted, begun, ended, life.now, life.progress))
    return tuple(found)


@dataclass(slots=True)
class _Life:
    """What time does to a task between two polls."""

    rng: Random
    started: datetime
    now: datetime
    finished: datetime | None = None
    progress: int = 0

    def go_on(self, state: str, *, at: datetime | None) -> None:
        rng = self.rng
        if at is not None:
            self.now = at
            return
        self.now = max(self.now + timedelta(seconds=rng.randint(4, 40)), self.started + timedelta(seconds=1))
        if state == "running":
            more = self.progress + rng.randint(3, 24) if self.progress else rng.randint(0, 40)
            self.progress = max(self.progress, 100 if rng.random() < _RARE else min(97, more))
        elif state in _ENDS:
            self.finished = self.finished or self.now + timedelta(milliseconds=rng.randrange(1000))
            late = timedelta(days=rng.randint(1, 40)) if rng.random() < _SELDOM else timedelta()
            self.now += timedelta(seconds=rng.randint(2, 30)) + late
            self.progress = 100 if state == "succeeded" else self.progress


def told(instant: datetime, unit: str, rng: Random | None = None) -> str | int:
    """Return an instant in a unit: epoch-s, epoch-ms, date-time, date or local-time.

    `rng` chooses among the ways to write a date-time; without it, it is the plainest one.
    """
    if unit == "epoch-s":
        return int(instant.timestamp())
    if unit == "epoch-ms":
        return round(instant.timestamp() * 1000)
    if unit in _DAYS:
        return f"{instant + timedelta(hours=8):{_DAYS[unit]}}"
    return _rfc3339(instant, rng.randrange(4) if rng else 0)


def _rfc3339(instant: datetime, style: int) -> str:
    """Return an instant in one of four ways: whole seconds, thousandths, ahead of UTC, behind it."""
    if style == 1:
        return f"{instant:%Y-%m-%dT%H:%M:%S}.{instant.microsecond // 1000:03d}Z"
    hours = (0, 0, 2, -5)[style]
    wall = f"{instant + timedelta(hours=hours):%Y-%m-%dT%H:%M:%S}"
    return f"{wall}{'-' if hours < 0 else '+'}{abs(hours):02d}:00" if hours else f"{wall}Z"
