"""The evidence on all operations: counted in batches, merged, written as JSON and read back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wireproof.evidence.place import BUCKETS, Order, Place
from wireproof.finding import Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wireproof.evidence.columns import Columns
    from wireproof.evidence.mould import Mould
    from wireproof.evidence.outline import Outline
    from wireproof.evidence.rows import Batch

__all__ = ["Evidence", "Root", "moment_of", "order_of", "sighting_of"]

Root = tuple[str, str, str]
"""Provider, operation, and the status key of the promised answer."""


class Evidence:
    """Everything counted so far, by provider, operation and status."""

    def __init__(self) -> None:
        self.roots: dict[Root, Place] = {}

    def count(
        self,
        root: Root,
        columns: Columns,
        outline: Outline,
        bodies: list[Any],
        orders: Sequence[Order],
        *,
        sure: bool = False,
        mould: Mould | None = None,
    ) -> Batch:
        """Count some bodies, in the order of their sightings; return the batch that they were.

        With a mould the bodies are structs.
        """
        from wireproof.evidence.rows import Batch  # noqa: PLC0415 - loaded with what is counted

        place = self.roots.get(root)
        if place is None:
            place = self.roots[root] = Place()
        batch = Batch(orders, moment_of, place.level, sure=sure)
        batch.spread_over(place.series, BUCKETS)
        columns.count(place, outline, bodies, batch, mould)
        place.settle()
        return batch

    def place(self, root: Root, path: Sequence[str]) -> Place | None:
        """Return the place that a path of names and `*` leads to, if anything came there."""
        place = self.roots.get(root)
        for token in path:
            if place is None:
                return None
            place = place.items if token == "*" else place.children.get(token)  # noqa: S105 - a star
        return place

    def merge(self, other: Evidence) -> None:
        """Count all that another account has counted."""
        for root, place in other.roots.items():
            mine = self.roots.setdefault(root, Place())
            mine.merge(place)
            mine.settle()

    def with_merged(self, other: Evidence) -> Evidence:
        """Return an account of its own that holds what both have counted."""
        both = Evidence()
        both.merge(self)
        both.merge(other)
        return both

    def to_json(self) -> list[dict[str, Any]]:
        """Return the evidence as plain values, in the format of `report.schema.json`."""
        return [_root_json(root, self.roots[root]) for root in sorted(self.roots)]

    @classmethod
    def from_json(cls, values: Sequence[Mapping[str, Any]]) -> Evidence:
        """Return the evidence that `to_json` wrote."""
        evidence = cls()
        for value in values:
            root = (value["provider"], value["operation"], str(value["status"]))
            evidence.roots[root] = _read_root(value)
        return evidence

    def __iter__(self) -> Iterator[tuple[Root, str, Place, Place | None]]:
        """Iterate over all places: root, pointer template, place, the place that holds it."""
        for root in sorted(self.roots):
            for pointer, place, parent in self.roots[root].walk():
                yield root, pointer, place, parent


def order_of(sighting: Sighting) -> Order:
    """Return the key that sorts a sighting."""
    return sighting.order


def sighting_of(order: Order) -> Sighting:
    """Return the sighting behind a key that sorts it."""
    untimed, time, source, index = order
    return Sighting(source, index, None if untimed else time)


def moment_of(order: Order) -> int:
    """Return when something was seen: seconds since 1970, or the record's number where there is no time."""
    untimed, time, _, index = order
    if untimed:
        return index
    return _minute(time[:16]) + int(time[17:19])


@lru_cache(maxsize=1 << 12)
def _minute(text: str) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415 - only recordings with times need a calendar

    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def _root_json(root: Root, place: Place) -> dict[str, Any]:
    provider, operation, status = root
    return {
        "provider": provider,
        "operation": operation,
        "status": int(status) if status.isdigit() else status,
        "level": place.level,
        "places": [
            _place_json(pointer, below, parent, place.level) for pointer, below, parent in place.walk()
        ],
    }


def _place_json(pointer: str, place: Place, parent: Place | None, level: int) -> dict[str, Any]:
    place.coarsen(level)
    if parent is None:
        role, of = "body", place.seen
    elif place is parent.items:
        role, of = "item", place.seen
    else:
        role = "others" if place is parent.others else "member"
        of = parent.types.get("object", 0)
    name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    return {
        "pointer": pointer,
        "as": role,
        "named": role != "member" or name not in (parent.strangers or ()) if parent else True,
        "seen": place.seen,
        "of": of,
        "types": _sorted(place.types),
        "empty": place.empty,
        "values": _values_json(place),
        "classes": [
            {"class": kind, "count": count, "first": _sighting_json(first)}
            for kind, (count, first) in sorted(place.classes.items())
        ],
        "low": _plain(place.low),
        "high": _plain(place.high),
        "shortest": place.shortest,
        "longest": place.longest,
        "first": _sighting_json(place.first),
        "last": _sighting_json(place.last),
        "series": {str(stretch): place.series[stretch] for stretch in sorted(place.series)},
        "capped": sorted(_capped(place)),
    }


def _capped(place: Place) -> Iterator[str]:
    if place.values is None:
        yield "values"
    if place.strangers is None:
        yield "members"


def _values_json(place: Place) -> list[dict[str, Any]] | None:
    if place.values is None:
        return None
    return [
        {"value": text, "count": count, "first": _sighting_json(first)}
        for text, (count, first) in sorted(place.values.items())
    ]


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(counts)}


def _plain(number: float | None) -> float | int | None:
    """Return a number in the one form that does not tell whether it came as 1 or 1.0."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1 << 53:
        return int(number)
    return number


def _sighting_json(order: Order | None) -> dict[str, Any] | None:
    if order is None:
        return None
    sighting = sighting_of(order)
    return {"source": sighting.source, "index": sighting.index, "time": sighting.time}


def _read_sighting(value: Mapping[str, Any]) -> Order:
    return Sighting(value["source"], value["index"], value["time"]).order


def _read_root(value: Mapping[str, Any]) -> Place:
    stack: list[Place] = []
    for entry in value["places"]:
        pointer = entry["pointer"]
        depth = pointer.count("/")
        del stack[depth:]
        name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        if entry["as"] == "body":
            place = Place()
        elif entry["as"] == "item":
            place = stack[-1].item()
        elif entry["as"] == "others":
            place = stack[-1].other()
        else:
            place = stack[-1].child(name)
            if not entry["named"]:
                stack[-1].stranger(name)
        stack.append(place)
        _read_place(place, entry, value["level"])
    return stack[0]


def _read_place(place: Place, entry: Mapping[str, Any], level: int) -> None:
    place.seen, place.empty, place.level = entry["seen"], entry["empty"], level
    place.types = dict(entry["types"])
    place.classes = {one["class"]: (one["count"], _read_sighting(one["first"])) for one in entry["classes"]}
    place.series = {int(stretch): count for stretch, count in entry["series"].items()}
    place.low, place.high = entry["low"], entry["high"]
    place.shortest, place.longest = entry["shortest"], entry["longest"]
    place.first = _read_sighting(entry["first"]) if entry["first"] else None
    place.last = _read_sighting(entry["last"]) if entry["last"] else None
    place.values = (
        None
        if entry["values"] is None
        else {one["value"]: (one["count"], _read_sighting(one["first"])) for one in entry["values"]}
    )
    if "members" in entry["capped"]:
        place.strangers = None
