"""From splinters to changes: the smallest set of named changes that explains what is wrong.

A candidate is tried by undoing it and judging the answer again: it explains exactly what is
gone then.  What is wrong is weighed in members that nothing accounts for, so that a body under
an unknown key weighs all that is in it.  The candidate that takes away the most beyond its own
cost is kept, and the search goes on from the repaired answer until no candidate pays.

Trying happens on a small stand-in for the answer (each list keeps only items that show
something), and what was found for one shape of answer is kept for the next of that shape: the
cost of a search is that of some hundred judgements of a small body, once for each new shape.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from wireproof.diagnosis.candidates import candidates, size
from wireproof.diagnosis.change import Change, came_from, repaired
from wireproof.validating import json_type

if TYPE_CHECKING:
    from wireproof.validating import Judge, Judgement, Path, Site

__all__ = ["Diagnosis", "Doctor", "Explained", "weight"]

_OF_NAMES = frozenset({"undocumented", "required", "dependentRequired"})
_ENVELOPES = frozenset({"envelope-added", "envelope-removed"})
_COST = 0.5
"""What a change costs by itself: it must explain more than half a member."""
_MOST_CHANGES = 12
_MOST_TRIED = 400
_LEAST_TRIED = 24
_MOST_JUDGED = 20_000
"""How many members a round of trials may judge: in a large answer fewer candidates are tried."""
_MOST_SHAPES = 512
_MOST_ITEMS = 16
"""How many items of one list the stand-in keeps, where each shows something of its own."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A change that was found, and the sites that it accounts for."""

    change: Change
    absorbed: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The changes found, the sites that none explains, and the answer with all changes undone."""

    changes: tuple[Explained, ...]
    sites: tuple[Site, ...]
    value: Any
    judgement: Judgement


class Doctor:
    """Diagnoses the answers of one contract; remembers what it found for each shape of answer."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._known: dict[tuple[object, ...], tuple[Change, ...]] = {}

    def diagnose(self, name: str, value: Any, judgement: Judgement) -> Diagnosis:
        """Return what explains the sites of an answer that was judged by the definition `name`."""
        if not any(_structural(site) for site in judgement.sites):
            return Diagnosis((), judgement.sites, value, judgement)
        small = _stand_in(value, judgement)
        applicable, schema = self._judge.applicable, self._judge.schemas.defs[name]
        shape = (
            name,
            _skeleton(small),
            tuple(sorted({(site.keyword, site.template) for site in judgement.sites}, key=str)),
            # values count as far as they make a guess more or less likely: else the first answer would decide
            tuple(candidates(applicable, schema, small, self._judge.judge(name, small))),
        )
        if shape not in self._known:
            if len(self._known) >= _MOST_SHAPES:
                self._known.clear()
            self._known[shape] = self._search(name, small)
        return self._applied(name, value, judgement, self._known[shape])

    def _search(self, name: str, value: Any) -> tuple[Change, ...]:
        found: list[Change] = []
        schema = self._judge.schemas.defs[name]
        judgement = self._judge.judge(name, value)
        tries = min(_MOST_TRIED, max(_LEAST_TRIED, _MOST_JUDGED // size(value)))
        while len(found) < _MOST_CHANGES:
            now = weight(judgement)
            best: tuple[float, Change, Any, Judgement] | None = None
            guesses = candidates(self._judge.applicable, schema, value, judgement)
            for change in guesses[:tries]:
                trial = repaired(change, value)
                if trial == value:
                    continue
                tried = self._judge.judge(name, trial)
                if change.rule in _ENVELOPES and not _reveals(change, tried, judgement):
                    continue
                gain = now - weight(tried) - change.doubt - _COST
                if gain > 0 and (best is None or gain > best[0]):
                    best = (gain, change, trial, tried)
            if best is None:
                break
            _, change, value, judgement = best
            found.append(change)
            if _is_sure(change):
                renamed = [guess for guess in guesses if _is_sure(guess) and guess != change]
                for guess in renamed:  # one change of style renames many members: no round for each
                    undone = repaired(guess, value)
                    if undone != value:
                        found.append(guess)
                        value = undone
                judgement = self._judge.judge(name, value)
        return tuple(found)

    def _applied(self, name: str, value: Any, judgement: Judgement, changes: tuple[Change, ...]) -> Diagnosis:
        explained = []
        for sure, run in groupby(changes, key=_is_sure):
            for step in [tuple(run)] if sure else [(change,) for change in run]:
                undone = value
                for change in step:
                    undone = repaired(change, undone)
                after = self._judge.judge(name, undone)
                left = {(site.keyword, site.template) for site in after.sites}
                gone = [site for site in judgement.sites if (site.keyword, site.template) not in left]
                explained += [Explained(change, _own(change, gone, alone=len(step) == 1)) for change in step]
                value, judgement = undone, after
        sites = judgement.sites
        for entry in explained:
            if entry.change.rule == "envelope-removed":
                sites = tuple(site for site in sites if not _of_the_envelope(entry.change, site, value))
        return Diagnosis(
            tuple(explained), tuple(_as_it_came(site, changes) for site in sites), value, judgement
        )


def _own(change: Change, gone: list[Site], *, alone: bool) -> tuple[Site, ...]:
    """Return the sites that a change accounts for among those that are gone with all of its step."""
    if alone:
        return tuple(gone)
    ends = (change.at, change.to)
    return tuple(site for site in gone if site.template in ends)


def _is_sure(change: Change) -> bool:
    """Return whether a change is another style of a name's own words, which nothing speaks against."""
    return change.rule == "field-renamed" and not change.doubt


def _reveals(change: Change, after: Judgement, before: Judgement) -> bool:
    """Return whether an envelope's undoing shows members that the contract names, or a value of its type."""
    if after.survey.named > before.survey.named:
        return True
    mistyped = any(site.keyword == "type" and site.template == change.base for site in before.sites)
    return mistyped and _strange(after) <= _strange(before)


def _strange(judgement: Judgement) -> int:
    return sum(site.keyword in _OF_NAMES for site in judgement.sites)


def _as_it_came(site: Site, changes: tuple[Change, ...]) -> Site:
    """Return a site that no contract has a place for at the place where it came."""
    if site.keyword != "undocumented" or not changes:
        return site
    template = site.template
    for change in reversed(changes):
        template = came_from(change, template)
    return replace(site, template=template)


def weight(judgement: Judgement) -> float:
    """Return how much of an answer is unaccounted for, in members."""
    return sum(_site_weight(site) for site in judgement.sites)


def _site_weight(site: Site) -> float:
    if site.keyword == "undocumented":
        return size(site.value)
    if site.keyword in {"type", "oneOf", "anyOf"}:
        return max(size(site.value), sum(_site_weight(part) for part in site.parts))
    return 1


def _structural(site: Site) -> bool:
    """Return whether a site may be a splinter of a change of structure."""
    if site.keyword in {"undocumented", "required", "dependentRequired", "oneOf", "anyOf"}:
        return True
    return site.keyword == "type" and (isinstance(site.value, dict | list) or _wants_array(site))


def _wants_array(site: Site) -> bool:
    return "array" in site.promised


def _of_the_envelope(change: Change, site: Site, value: Any) -> bool:
    """Return whether a missing member is one of the envelope that is gone, beside its content."""
    if site.keyword != "required" or site.template[:-1] != change.base:
        return False
    beside = value
    for token in site.path[:-1]:
        beside = beside[token]
    return set(beside) <= {change.expected[0], *change.kept}


def _stand_in(value: Any, judgement: Judgement) -> Any:
    """Return the answer with each list cut down to a few items that show something wrong, or one."""
    telling: dict[Path, set[int | str]] = {}
    seen: set[tuple[str, Path]] = set()
    for site in judgement.sites:
        if (site.keyword, site.template) not in seen:
            seen.add((site.keyword, site.template))
            for index, token in enumerate(site.path):
                telling.setdefault(site.path[:index], set()).add(token)
    return _cut(value, (), telling, judgement.survey.free)


def _cut(value: Any, path: Path, telling: dict[Path, set[int | str]], free: set[Path]) -> Any:
    if isinstance(value, list):
        items = sorted(int(at) for at in telling.get(path) or {0})[:_MOST_ITEMS]
        return [_cut(value[at], (*path, at), telling, free) for at in items if at < len(value)]
    if isinstance(value, dict):
        shown = telling.get(path, set())
        kept: dict[str, Any] = {}
        for key, item in value.items():
            inner = (*path, key)
            if inner not in free or key in shown or len(kept) == 0:
                kept[key] = _cut(item, inner, telling, free)
        return kept
    return value


def _skeleton(value: Any) -> object:
    """Return the names and types of a value, without what the values are."""
    if isinstance(value, dict):
        return tuple((key, _skeleton(item)) for key, item in value.items())
    if isinstance(value, list):
        return ("[]", *(_skeleton(item) for item in value))
    return json_type(value)
