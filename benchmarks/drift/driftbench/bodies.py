"""Clean answers: bodies that a careful reader of the contract would call right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from driftbench import words
from driftbench.moments import told
from driftbench.places import ABSENT, Place, at, under, written
from driftbench.promise import Shape, shape_of
from driftbench.roles import Roles, Time, roles_of
from driftbench.values import Asked, leaf, time_unit, usable_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from driftbench.moments import Moment
    from driftbench.places import Path
    from driftbench.promise import Op

__all__ = ["Body", "clean_body", "reference_result"]

_OBJECT_ID = re.compile(r"\^\(?\[0-9a-f\]\{24\}")
_QUIET_WORDS = ("", "", "", "success", "ok")
"""What a general message says while nothing is wrong."""
_LIKELY, _EVEN, _SELDOM = 0.75, 0.5, 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A clean body with its places, in document order, and the roles its lifecycle gives them."""

    value: Any
    places: tuple[Place, ...]
    roles: Roles

    def place(self, pointer: str | None) -> Place | None:
        """Return the first place with a pointer."""
        return next((place for place in self.places if place.pointer == pointer), None)

    def values(self, pointer: str) -> list[Any]:
        """Return all values at a pointer with `*` in it."""
        return [at(self.value, place.path) for place in self.places if place.pointer == pointer]


def clean_body(op: Op, schema: Mapping[str, Any], moment: Moment, *, lively: bool = True) -> Body:
    """Return a clean answer of an operation for a task at a moment.

    `lively` is False for answers that are about no task, such as refusals.
    """
    roles = Roles()
    if lively and op.lifecycle:
        draft = _Growth(op, moment, roles).whole(schema)
        roles = roles_of(op, frozenset(draft.value) if isinstance(draft.value, dict) else frozenset())
    return _Growth(op, moment, roles).whole(schema)


def reference_result(body: Body) -> str | None:
    """Return the pointer of the first result place whose object is there."""
    return next(iter(body.roles.results), None)


@dataclass(slots=True)
class _Growth:
    """Grows one body; `places` fills up on the way."""

    op: Op
    moment: Moment
    roles: Roles
    places: list[Place] = field(default_factory=list)

    def whole(self, schema: Mapping[str, Any]) -> Body:
        value = self.grow([schema], (), "", required=True, free=False, union=None)
        return Body(value, tuple(self.places), self.roles)

    def grow(
        self,
        schemas: Sequence[Mapping[str, Any]],
        path: Path,
        pointer: str,
        *,
        required: bool,
        free: bool,
        union: str | None,
    ) -> Any:
        where = "/".join(map(str, path))
        chance = self.moment.rng("branch", where)
        shape = shape_of(self.op.api, schemas, chance.randrange)
        union = pointer if shape.branches > 1 else union
        if not required and self.left_out(shape, path, pointer):
            return ABSENT
        self.places.append(Place(path, pointer, shape, required and not free, free, union))
        if shape.nullable and self.is_null(shape, path, pointer):
            return None
        if shape.kind == "object":
            return self.members(shape, path, pointer, union)
        if shape.kind == "array":
            return self.items(shape, path, pointer, union)
        return self.scalar(shape, path, pointer)

    def left_out(self, shape: Shape, path: Path, pointer: str) -> bool:
        told_by_role = self.empty(shape, pointer)
        if told_by_role is not None:
            return told_by_role and self.moment.rng("absent", *path).random() < _EVEN
        if self.roles.holds(pointer, self.roles.essential):
            return False
        time = self.time(pointer)
        if time is not None and self.instant(time) is None and self.roles.unset is None:
            return True
        return self.moment.rng("absent", *path).random() > _LIKELY

    def is_null(self, shape: Shape, path: Path, pointer: str) -> bool:
        told_by_role = self.empty(shape, pointer)
        if told_by_role is not None:
            return told_by_role and (
                shape.kind != "object" or self.moment.rng("null", *path).random() < _LIKELY
            )
        if self.roles.holds(pointer, self.roles.essential):
            return False
        time = self.time(pointer)
        if time is not None:
            return self.instant(time) is None
        if words.tokens(pointer)[-1:] == ("error",):
            return True  # an answer that carries an error object is no clean success
        if pointer == "/data":
            return False  # nor is one that carries nothing
        return self.moment.rng("null", *path).random() < (_LIKELY if shape.kind == "object" else _EVEN) / 2

    def empty(self, shape: Shape, pointer: str) -> bool | None:
        """Return whether a result's or reason's place has nothing to say; None where it is neither."""
        roles, state = self.roles, self.moment.state
        if roles.holds(pointer, roles.essential):
            return None
        has_result = roles.holds(pointer, roles.results)
        has_reason = roles.holds(pointer, roles.reason)
        if not has_result and not has_reason:
            return None
        if has_result and state == "succeeded":
            whole = shape.kind in {"object", "array"} or pointer.endswith("/*")
            first = roles.holds(pointer, roles.results[:1])
            return not first and not whole and self.moment.rng("result", pointer).random() < _SELDOM
        if has_reason and state == "failed":
            return False
        general = has_reason and not has_result and pointer in roles.reason and "message" in pointer.lower()
        return not general

    def members(self, shape: Shape, path: Path, pointer: str, union: str | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, schemas in shape.properties.items():
            value = self.grow(
                schemas,
                (*path, name),
                f"{pointer}/{written(name)}",
                required=name in shape.required,
                free=False,
                union=union,
            )
            if value is not ABSENT:
                found[name] = value
        if shape.free:
            chance = self.moment.rng("keys", *path)
            spare = [key for key in words.KEYS if key not in shape.named]
            for key in chance.sample(spare, chance.randint(0, 4)):
                found[key] = self.free_member(shape, (*path, key), pointer, union)
        return found

    def free_member(self, shape: Shape, path: Path, pointer: str, union: str | None) -> Any:
        if isinstance(shape.extra, dict):
            return self.grow([shape.extra], path, f"{pointer}/*", required=True, free=True, union=union)
        chance = self.moment.rng("free", *path)
        return chance.choice((None, True, 7, 0.25, "on", [1, 2], {"status": "ok", "v": 2}))

    def items(self, shape: Shape, path: Path, pointer: str, union: str | None) -> list[Any]:
        chance = self.moment.rng("count", *path)
        roles = self.roles
        least, most = shape.get("minItems", 0), shape.get("maxItems", 8)
        count = chance.randint(max(least, 0), max(least, min(most, 3)))
        if roles.holds(pointer, roles.essential):
            count = 1
        elif roles.holds(pointer, roles.results):
            count = max(1, count) if not self.empty(shape, pointer) else 0
        made: list[Any] = []
        for index in range(count):
            before = len(self.places)
            value = self.grow(
                shape.items or [{}], (*path, index), f"{pointer}/*", required=True, free=False, union=union
            )
            if shape.get("uniqueItems") and value in made:
                del self.places[before:]
                break
            made.append(value)
        return made

    def scalar(self, shape: Shape, path: Path, pointer: str) -> Any:
        name = next((token for token in reversed(path) if isinstance(token, str)), "")
        volatile = any(under(pointer, place) for place in self.roles.volatile)
        where = "/".join(map(str, path))
        asked = Asked(self.op.api.name, pointer, where, name, shape, self.moment, volatile)
        value = self.by_role(asked)
        if value is ABSENT:
            value = self.at_time(asked)
        if value is not ABSENT:
            return value
        if volatile and shape.get("x-unit") == "s":
            return round((self.moment.now - self.moment.submitted).total_seconds())
        return self.identifier(asked)

    def by_role(self, asked: Asked) -> Any:
        """Return what the lifecycle wants at a place; ABSENT where it wants nothing."""
        roles, pointer = self.roles, asked.pointer
        if pointer == roles.status and roles.states is not None:
            known = self.known(asked.shape, roles.states[self.moment.state])
            return self.moment.rng("status", changing=True).choice(known)
        if pointer == roles.progress:
            return self.progress(asked.shape)
        if roles.success is not None and pointer == roles.success[0]:
            return roles.success[1]
        if pointer in roles.same and roles.task is not None:
            return self.task_id()
        if pointer in roles.results:
            return self.result(asked)
        return self.reason(asked) if pointer in roles.reason else ABSENT

    def at_time(self, asked: Asked) -> Any:
        """Return what stands at the place of one of the task's times; ABSENT elsewhere."""
        time = self.time(asked.pointer)
        if time is None or time.role == "other":
            return ABSENT
        instant = self.instant(time)
        if instant is None:
            return self.roles.unset
        unit = time.unit or time_unit(asked.name, asked.shape) or "epoch-s"
        return told(instant, unit, self.moment.rng("zone", asked.name))

    def known(self, shape: Shape, states: Sequence[str]) -> list[str]:
        """Return the words for a state that the schema knows too."""
        named = shape.get("enum") or shape.get("x-extensible-enum") or states
        return [word for word in states if word in named]

    def task_id(self) -> Any:
        """Return the task's identifier, wherever it is asked for."""
        place = next(place for place in self.places if place.pointer == self.roles.task)
        asked = Asked(
            self.op.api.name,
            place.pointer,
            "/".join(map(str, place.path)),
            place.name,
            place.shape,
            self.moment,
        )
        return self.identifier(asked)

    def identifier(self, asked: Asked) -> Any:
        """Return an object id where one is due, else a plausible value for the field."""
        return self.object_id(asked) if _OBJECT_ID.match(asked.shape.get("pattern", "")) else leaf(asked)

    def progress(self, shape: Shape) -> Any:
        value = self.moment.progress
        if self.roles.encoding == "percent-text":
            return f"{value}%"
        if self.roles.encoding == "fraction":
            return round(value / 100, 2)
        return value if shape.kind == "integer" or value % 2 else float(value)

    def result(self, asked: Asked) -> Any:
        if self.empty(asked.shape, asked.pointer):
            return ""
        if self.roles.reference:
            return str(asked.rng().randint(10**14, 10**15 - 1))
        return usable_url(asked.rng())

    def reason(self, asked: Asked) -> str:
        chance = asked.rng()
        if self.moment.state == "failed":
            return chance.choice(words.REASONS)
        quiet = _QUIET_WORDS if {"message", "msg"} & set(words.tokens(asked.name)) else ("",)
        return chance.choice(quiet)

    def time(self, pointer: str) -> Time | None:
        return next((time for time in self.roles.times if time.pointer == pointer), None)

    def instant(self, time: Time) -> datetime | None:
        if time.role == "other":
            return self.moment.now
        found: datetime | None = getattr(self.moment, time.role)
        return found

    def object_id(self, asked: Asked) -> str:
        """Return an object id: its first eight digits are the second at which its object was made."""
        chance = asked.rng()
        if asked.shape.get("pattern", "").startswith("^(") and chance.random() < _SELDOM:
            return ""
        made = int(self.moment.submitted.timestamp())
        stem = words.tokens(asked.name)[:-1]
        if stem:
            made -= 86400 * 30 + sum(map(ord, "".join(stem))) * 3600 + chance.randrange(3600)
        return f"{made:08x}" + "".join(chance.choices("0123456789abcdef", k=16))
