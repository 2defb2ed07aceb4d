"""Labelled exchanges with one drift each, of every kind that a look at one answer can tell."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from corpus import exchanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["CLEAN", "KINDS", "labelled"]

Exchange = dict[str, Any]
CLEAN = ""
"""The label of an exchange that keeps the contract."""


def _task(exchange: Exchange) -> dict[str, Any]:
    return exchange["response"]["body"]["data"]  # type: ignore[no-any-return]  # plain JSON


def _body(**members: object) -> Callable[[Exchange], object]:
    return lambda exchange: exchange["response"]["body"].update(members)


def _member(**members: object) -> Callable[[Exchange], object]:
    return lambda exchange: _task(exchange).update(members)


def _part(name: str, **members: object) -> Callable[[Exchange], object]:
    def change(exchange: Exchange) -> None:
        part = _task(exchange)[name]
        (part[0] if isinstance(part, list) else part).update(members)

    return change


def _elsewhere(exchange: Exchange) -> None:
    exchange["request"]["url"] = exchange["request"]["url"].replace("/v1/tasks/", "/v1/jobs/")


KINDS: dict[str, Callable[[Exchange], object]] = {
    "a number as text": _member(progress="40"),
    "a fraction for an integer": _part("meta", fps=24.5),
    "null where it is not promised": _member(prompt=None),
    "a required member missing": lambda exchange: _task(exchange)["meta"].pop("codec"),
    "a new enum value": _member(status="archived"),
    "a number out of range": _member(progress=140),
    "an empty string where it is not allowed": _member(prompt=""),
    "a broken pattern": _part("outputs", checksum="not a checksum"),
    "a broken uuid": _body(trace="trace-0001"),
    "a broken date-time": _member(created_at="yesterday at noon"),
    "a broken uri": _part("outputs", url="no address at all"),
    "an undocumented member": _member(shard=7),
    "an undocumented member, deeper": _part("outputs", thumbnail="none"),
    "an undocumented status": lambda exchange: exchange["response"].update(status=207),
    "an undocumented content type": lambda exchange: exchange["response"]["headers"].update(
        {"content-type": "application/vnd.render+json"}
    ),
    "an undocumented path": _elsewhere,
}
"""Each kind of drift, and how it comes into an exchange."""


def labelled(count: int, *, seed: int = 5) -> Iterator[tuple[str, Exchange]]:
    """Iterate over exchanges with their labels: half of them clean, the others of each kind in turn.

    Clean ones are awkward within the contract's word: an integer that is written as 24.0, and times with
    a zone and fractions of a second.
    """
    rng = random.Random(seed)
    kinds = list(KINDS)
    for index, exchange in enumerate(exchanges(count, seed=seed)):
        task = _task(exchange)
        label = kinds[index // 2 % len(kinds)] if index % 2 else CLEAN
        if not label and rng.random() < 0.2:  # noqa: PLR2004 - one in five
            task["meta"]["fps"] = float(task["meta"]["fps"])
        if not label and rng.random() < 0.2:  # noqa: PLR2004 - likewise
            task["created_at"] = task["created_at"].replace("Z", ".25+02:00")
        if label:
            KINDS[label](exchange)
        yield label, exchange
