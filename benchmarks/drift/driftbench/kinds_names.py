"""Drifts of names: another style, a typo, more, less, another word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from driftbench.cases import Drift
from driftbench.kinds_levels import movable
from driftbench.places import Place, at, written
from driftbench.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from driftbench.cases import Case
    from driftbench.picking import Make
    from driftbench.places import Place


__all__ = ["NAMES"]

_SYNONYMS = {
    "id": "identifier",
    "url": "link",
    "uri": "url",
    "link": "url",
    "status": "state",
    "state": "status",
    "phase": "status",
    "message": "msg",
    "msg": "message",
    "text": "content",
    "amount": "sum",
    "price": "cost",
    "name": "title",
    "title": "name",
    "label": "name",
    "created": "creation",
    "create": "creation",
    "updated": "modified",
    "update": "modified",
    "finish": "end",
    "finished": "ended",
    "start": "begin",
    "started": "begun",
    "progress": "percentage",
    "completion": "progress",
    "quantity": "count",
    "email": "mail",
    "phone": "telephone",
    "duration": "length",
    "reason": "cause",
    "result": "output",
    "output": "result",
    "author": "creator",
    "customer": "client",
    "carrier": "courier",
    "data": "payload",
    "items": "entries",
    "language": "locale",
    "address": "location",
    "explanation": "description",
    "picture": "image",
    "image": "picture",
}


_PREFIXES = ("task_", "my_", "video_", "v2_", "x_", "the_")


_SUFFIXES = ("_v2", "_value", "_str", "_new", "_info")


_ALIKE, _MARGIN = 0.75, 0.15


def _renamed(change: Callable[[str, Random], str | None]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        for place, parent in movable(case, rng):
            other = change(place.name, rng)
            if (
                not other
                or other == place.name
                or other in parent.shape.named
                or _rival(case, place, parent, other)
            ):
                continue
            for sibling in case.body.places:
                if sibling.pointer == place.pointer:
                    _rename(case, sibling, other)
            return Drift("field-renamed", place.pointer, f"{parent.pointer}/{written(other)}")
        return None

    return make


def _rename(case: Case, place: Place, other: str) -> None:
    owner = at(case.value, place.path[:-1])
    if isinstance(owner, dict) and place.name in owner:
        members = {other if key == place.name else key: value for key, value in owner.items()}
        owner.clear()
        owner.update(members)


def _rival(case: Case, place: Place, parent: Place, other: str) -> bool:
    """Return whether another absent member of the same kind is named at least as much like the new one."""
    present = at(case.value, parent.path)
    own = SequenceMatcher(None, place.name.lower(), other.lower()).ratio()
    return any(
        name not in present
        and SequenceMatcher(None, name.lower(), other.lower()).ratio() >= min(own - _MARGIN, _ALIKE)
        for name in parent.shape.named
    )


def _case_style(name: str, rng: Random) -> str | None:
    parts = tokens(name)
    if len(parts) <= 1:
        return None
    camel = parts[0] + "".join(part.title() for part in parts[1:])
    forms = ("_".join(parts), camel, "-".join(parts), camel[0].upper() + camel[1:])
    return rng.choice([form for form in forms if form != name])


def _typo(name: str, rng: Random) -> str | None:
    if len(name) < 4:  # noqa: PLR2004 - a typo in a shorter name leaves too little of it
        return None
    spot = rng.randrange(1, len(name) - 1)
    if not name[spot].isalpha() or not name[spot + 1].isalpha():
        return None
    return rng.choice(
        (
            name[:spot] + name[spot + 1 :],
            name[:spot] + name[spot] + name[spot:],
            name[:spot] + name[spot + 1] + name[spot] + name[spot + 2 :],
        )
    )


def _affix(name: str, rng: Random) -> str | None:
    snake = "_" in name or name.islower()
    affix = rng.choice((*_PREFIXES, *_SUFFIXES))
    if affix.endswith("_"):
        return affix + name if snake else affix[:-1] + name[0].upper() + name[1:]
    return name + affix if snake else name + affix[1:].title()


def _affix_dropped(name: str, rng: Random) -> str | None:
    parts = tokens(name)
    if len(parts) < 2:  # noqa: PLR2004 - nothing would be left
        return None
    kept = rng.choice((parts[1:], parts[:-1]))
    return "_".join(kept) if "_" in name else kept[0] + "".join(part.title() for part in kept[1:])


def _synonym(name: str, rng: Random) -> str | None:
    parts = list(tokens(name))
    personal = {"first", "last"} & set(parts)  # a first name has no other word
    spots = [index for index, part in enumerate(parts) if part in _SYNONYMS and not personal]
    if not spots:
        return None
    spot = rng.choice(spots)
    parts[spot] = _SYNONYMS[parts[spot]]
    if "_" in name or name.islower():
        return ("_" if name.startswith("_") else "") + "_".join(parts)
    return parts[0] + "".join(part.title() for part in parts[1:])


NAMES: dict[str, Make] = {
    "field-renamed: case style": _renamed(_case_style),
    "field-renamed: typo": _renamed(_typo),
    "field-renamed: prefix or suffix": _renamed(_affix),
    "field-renamed: part dropped": _renamed(_affix_dropped),
    "field-renamed: synonym": _renamed(_synonym),
}
"""Every kind of drift of a name, by the name it has in the table."""
