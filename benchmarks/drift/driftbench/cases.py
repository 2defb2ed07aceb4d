"""One exchange in the making, and the label of what is wrong with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from driftbench.bodies import Body, clean_body
from driftbench.moments import Moment, told
from driftbench.places import ABSENT, at, copied, near
from driftbench.promise import shape_of
from driftbench.values import Asked, leaf
from driftbench.words import tokens

if TYPE_CHECKING:
    from driftbench.places import Place
    from driftbench.promise import Api, Op, Promise

__all__ = ["Case", "Drift", "Exchanged", "Unseen", "case_for", "refusal"]

_REFUSALS = {"4XX": (400, 401, 404, 429), "5XX": (500, 503), "default": (400, 500)}
_SHALLOW = 3
_COME_OR_GO = frozenset(
    {"required-missing", "undocumented-field", "field-moved", "field-renamed", "envelope-removed"}
)


class Unseen(Exception):  # noqa: N818 - not an error: the change cannot be seen in the body
    """A change was tried that nobody can see by the contract; it is counted as skipped."""


@dataclass(frozen=True, slots=True)
class Drift:
    """What is wrong, in the report's own words.

    `pointer` is where the contract expects the value and `to` the other end, as the report's
    conventions have it.  `part` is the report's `in`.  `also` are other answers (rule, pointer)
    that a careful reader would accept as the same statement.
    """

    rule: str
    pointer: str
    to: str | None = None
    part: str = "body"
    also: tuple[tuple[str, str], ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One exchange as bytes on the wire, and the operation that it was made for."""

    op: str
    method: str
    url: str
    request_body: bytes | None
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    time: str


@dataclass(slots=True)
class Case:
    """One answer that can still be changed.

    `value` is its body, `raw` its bytes where they are not simply the JSON of it.  `touched`
    are the places where drifts are already, `locked` the objects whose members came or went:
    a second such change there might be read as one with the first.  `beside` are contracts
    known besides the right one.
    """

    op: Op
    promise: Promise
    moment: Moment
    body: Body
    value: Any
    status: int
    url: str
    request_body: Any
    headers: dict[str, str]
    raw: bytes | None = None
    touched: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)
    beside: list[Api] = field(default_factory=list)

    def places(self) -> list[Place]:
        """Return the places that are there and that no drift has touched yet."""
        return [
            place
            for place in self.body.places
            if not any(near(place.pointer, other) for other in self.touched)
            and place.pointer not in self.locked
            and at(self.value, place.path) is not ABSENT
            and place.pointer.rpartition("/")[0] not in self.locked
        ]

    def mark(self, drift: Drift) -> None:
        """Keep later drifts away from what this one did."""
        ends = [end for end in (drift.pointer, drift.to) if end is not None]
        self.touched.extend(ends)
        if drift.rule in _COME_OR_GO:
            self.locked.extend(end.rpartition("/")[0] for end in ends if end)

    def exchanged(self) -> Exchanged:
        """Return the exchange as it goes over the wire."""
        request = None if self.request_body is None else json.dumps(self.request_body).encode()
        body = self.raw
        if body is None:
            body = json.dumps(self.value, ensure_ascii=False).encode()
        return Exchanged(
            self.op.id,
            self.op.method,
            self.url,
            request,
            self.status,
            tuple(self.headers.items()),
            body,
            str(told(self.moment.now, "date-time")),
        )


def case_for(op: Op, moment: Moment) -> Case:
    """Return a clean success answer of an operation."""
    return _case(op, op.promise(), moment, 200, lively=True)


def refusal(op: Op, promise: Promise, moment: Moment) -> Case:
    """Return a clean answer under another promised status."""
    known = _REFUSALS.get(promise.status) or (int(promise.status),)
    return _case(op, promise, moment, moment.rng("refusal").choice(known), lively=False)


def _case(op: Op, promise: Promise, moment: Moment, status: int, *, lively: bool) -> Case:
    body = clean_body(op, promise.schema or {}, moment, lively=lively)
    about = body if lively or not op.lifecycle else clean_body(op, op.promise().schema or {}, moment)
    url, request_body = _asked(op, about, moment)
    headers = {
        "content-type": moment.rng("type").choice(("application/json", "application/json; charset=utf-8"))
    }
    for header in promise.headers:
        if header.required or moment.rng("header", header.name).random() < 0.6:  # noqa: PLR2004 - more often than not
            shape = shape_of(op.api, [header.schema], lambda _: 0)
            asked = Asked(op.api.name, f"header/{header.name}", header.name, header.name, shape, moment)
            headers[header.name] = str(leaf(asked))
    return Case(op, promise, moment, body, copied(body.value), status, url, request_body, headers)


def _asked(op: Op, body: Body, moment: Moment) -> tuple[str, Any]:
    """Return the URL and the request's body that the answer is an answer to."""
    path = op.path
    wanted = body.roles.request or ""
    told_id = body.values(body.roles.task)[0] if body.roles.task and body.values(body.roles.task) else None
    for parameter in op.parameters:
        name = parameter["name"]
        if parameter["in"] != "path":
            continue
        value = told_id if wanted == f"path.{name}" else _named(body, name)
        if value is None:
            shape = shape_of(op.api, [parameter["schema"]], lambda _: 0)
            value = leaf(Asked(op.api.name, f"path/{name}", name, name, shape, moment))
        path = path.replace(f"{{{name}}}", str(value).replace(" ", "-").replace("/", "-"))
    request_body = {wanted.removeprefix("body./"): told_id} if wanted.startswith("body./") else None
    return op.api.server + path, request_body


def _named(body: Body, parameter: str) -> Any:
    """Return the value that answers to a path parameter's name near the top of a body."""
    for place in body.places:
        near = place.pointer.count("/") < _SHALLOW and "*" not in place.pointer
        same = tokens(place.name) == tokens(parameter)
        if near and (same or (place.name == "id" and tokens(parameter)[-1:] == ("id",))):
            values = body.values(place.pointer)
            if isinstance(values[0], str | int) and values[0] != "":
                return values[0]
    return None
