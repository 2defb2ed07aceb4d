"""How likely counts are to come about by chance alone: exact tests, and the thresholds that use them.

`fisher` is Fisher's exact test of two proportions, two-sided.  `all_on_one_side` is the
hypergeometric chance that all sightings of something fall on one side of a moment by luck, and
`at_least` the binomial chance that something comes so often or more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import exp, lgamma, log, log1p
from typing import TYPE_CHECKING

from wireproof.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Thresholds", "all_on_one_side", "at_least", "fisher"]

_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When evidence is enough to speak of.

    `min_samples` values or objects must have been seen before absence or sameness is told, and
    `strict_samples` before the contract is said to be too lax.  `alpha` is the greatest chance with
    which a change may come about by luck, over all moments that were looked at.  `least_change` is
    the least difference of two rates that is told.  `mixed` values of each of two units must have
    come.
    """

    min_samples: int = 50
    strict_samples: int = 200
    alpha: float = 1e-5
    least_change: float = 0.05
    mixed: int = 5

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> Thresholds:
        """Return the thresholds with some set, each as `name=number`; raises `UsageError`."""
        chosen = cls()
        kinds = {field.name: type(getattr(chosen, field.name)) for field in fields(cls)}
        for text in texts:
            name, _, number = text.partition("=")
            if name not in kinds:
                near = nearest(name, kinds)
                hint = f"did you mean {near} ?" if near else f"the thresholds are {', '.join(kinds)}"
                raise UsageError(f"there is no threshold {name!r}", hint=hint)
            try:
                value = kinds[name](number)
            except ValueError:
                value = -1
            share = kinds[name] is float
            if not 0 < value < (1 if share else float("inf")):
                bounds = "above 0 and below 1" if share else "above 0"
                hint = f"write {name}={getattr(chosen, name)}, a number {bounds}"
                raise UsageError(f"{text!r} is no threshold", hint=hint)
            chosen = replace(chosen, **{name: value})
        return chosen


def fisher(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Return the chance that two counts differ as much or more although their rates are the same."""
    whole, total = of + other_of, hits + other_hits
    base = _log_choose(whole, total)
    least, most = max(0, total - other_of), min(of, total)

    def log_chance(count: int) -> float:
        return _log_choose(of, count) + _log_choose(other_of, total - count) - base

    seen = log_chance(hits)
    mode = (of + 1) * (total + 1) // (whole + 2)
    chance = 0.0
    for start, step, end in ((min(max(mode, least), most), -1, least - 1), (mode + 1, 1, most + 1)):
        chance += _tail(log_chance, start, step, end, seen)
    return min(1.0, chance)


def _tail(log_chance, start: int, step: int, end: int, seen: float) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a closure
    """Return the chance of all counts on one side of the mode that are no likelier than what was seen."""
    low, high = 0, max(0, (end - start) * step)
    while low < high:
        middle = (low + high) // 2
        if log_chance(start + step * middle) <= seen + _TOLERANCE:
            high = middle
        else:
            low = middle + 1
    chance = 0.0
    for count in range(start + step * low, end, step):
        term = exp(log_chance(count))
        chance += term
        if term < chance * 1e-12:
            break
    return chance


def all_on_one_side(count: int, side: int, whole: int) -> float:
    """Return the chance that `count` sightings among `whole` all fall among the `side` of one side."""
    if count > side:
        return 0.0
    return exp(_log_choose(side, count) - _log_choose(whole, count))


def at_least(count: int, of: int, share: float) -> float:
    """Return the chance that something comes `count` times or more among `of`, each with chance `share`."""
    if count > of * share:
        return min(1.0, _sum_of_terms(range(count, of + 1), of, share))
    return max(0.0, 1.0 - _sum_of_terms(range(count - 1, -1, -1), of, share))


def _sum_of_terms(hits: Iterable[int], of: int, share: float) -> float:
    """Return the chance of some counts of hits that lead away from the likeliest one."""
    chance = 0.0
    for count in hits:
        term = exp(_log_choose(of, count) + count * log(share) + (of - count) * log1p(-share))
        chance += term
        if term <= chance * 1e-12:
            break
    return chance


def _log_choose(of: int, count: int) -> float:
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)
