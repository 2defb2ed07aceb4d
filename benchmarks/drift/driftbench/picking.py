"""Where a drift can be put: the places of a body that are fit for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from driftbench.places import ABSENT, at, near
from driftbench.values import time_unit
from driftbench.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from driftbench.cases import Case, Drift
    from driftbench.places import Place

    Make = Callable[[Case, Random], Drift | None]
    """Changes a case and returns the label, or None where the drift cannot happen."""

__all__ = ["SCALARS", "holding", "is_share", "is_time", "names_task", "nothing", "only", "owner_of", "there"]

SCALARS = ("string", "integer", "number", "boolean")


def holding(case: Case, rng: Random, *kinds: str) -> Iterator[tuple[Place, Any]]:
    """Yield untouched places of some kinds that hold a value, in random order."""
    places = [place for place in case.places() if place.shape.kind in kinds]
    rng.shuffle(places)
    for place in places:
        value = at(case.value, place.path)
        if value is not None and value is not ABSENT:
            yield place, value


def is_time(place: Place) -> bool:
    """Return whether a place holds an instant."""
    return time_unit(place.name, place.shape) is not None


def is_share(place: Place) -> bool:
    """Return whether a place holds a share of the whole, where scale and type are easily confused."""
    return place.shape.get("x-unit") in {"percent", "fraction", "percent-text"} or "progress" in tokens(
        place.name
    )


def names_task(case: Case, place: Place) -> bool:
    """Return whether a place holds the task's identifier: another value is another task, too."""
    return place.pointer in {case.body.roles.task, *case.body.roles.same}


def there(case: Case, pointer: str | None) -> list[Place]:
    """Return the untouched places with a pointer that hold something."""
    return [
        place
        for place in case.places()
        if place.pointer == pointer and not nothing(at(case.value, place.path))
    ]


def nothing(value: Any) -> bool:
    """Return whether there is no value at all."""
    return value is ABSENT or value is None


def only(*states: str) -> Callable[[Make], Make]:
    """Keep a drift to tasks in some states.

    What it is judged by (the state, the call's outcome, the task, its times) must be as it
    was made, and stays so.
    """

    def kept(make: Make) -> Make:
        def made(case: Case, rng: Random) -> Drift | None:
            roles = case.body.roles
            anchors = [
                place for place in (*roles.essential, *(time.pointer for time in roles.times)) if place
            ]
            changed = any(near(place, other) for place in anchors for other in case.touched)
            if case.moment.state not in states or roles.status is None or changed:
                return None
            drift = make(case, rng)
            if drift is not None:
                case.touched.extend(anchors)
            return drift

        return made

    return kept


def owner_of(case: Case, place: Place) -> Place | None:
    """Return the object that a member is in; None for the body and for items of arrays."""
    if not place.name:
        return None
    return next(
        (
            other
            for other in case.body.places
            if other.path == place.path[:-1] and other.shape.kind == "object"
        ),
        None,
    )
