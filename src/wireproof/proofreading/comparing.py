"""Three ways: what a page documents, what a contract promises, what came on the wire, field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wireproof.claims.claim import Lines, Scope
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of, sorted_out
from wireproof.proofreading.scenes import is_ok
from wireproof.proofreading.telling import dotted, listed, span, telling
from wireproof.proofreading.wordlists import word_lists
from wireproof.redact import Display
from wireproof.validating import json_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wireproof.claims.claim import FieldClaim, Path
    from wireproof.proofreading.scenes import Sheet
    from wireproof.proofreading.wordlists import WordList

__all__ = ["Row", "Wire", "compared"]

_DEEPEST = 40
_SHOWN = frozenset({"string", "integer", "number", "boolean"})
"""Types of values that are shown; of the others the type says enough."""
_KEPT = 20
"""Different values of one type that are kept of a place."""
_FEW = 3
_NAMED = 8
"""Values of a list that are named beside a field."""
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One field by its three witnesses; `differs` says how they part, empty where they agree."""

    path: Path
    page: Spot | None
    contract: Spot | None
    wire: Spot | None
    differs: str

    @property
    def name(self) -> str:
        """Return the field as pages write it: `data[].url`."""
        return dotted(self.path)

    def to_json(self) -> dict[str, Any]:
        """Return the row as plain values."""
        ends = {"documentation": self.page, "contract": self.contract, "wire": self.wire}
        return {
            "pointer": pointer_of(self.path),
            "differs": self.differs or None,
            **{name: spot.to_json() if spot else None for name, spot in ends.items()},
        }


@dataclass(slots=True)
class _Seen:
    """What came at one place: how often, of which types, first where.

    `values` are the first different ones of each type, with the record that each came in first.
    """

    count: int = 0
    types: set[str] = field(default_factory=set)
    source: str = ""
    date: str = ""
    values: dict[str, dict[Any, str]] = field(default_factory=dict)

    def note(self, value: Any, kind: str, where: str) -> None:
        """Count a value's type, and keep it if it is one of the first."""
        self.types.add(kind)
        if kind in _SHOWN:
            known = self.values.setdefault(kind, {})
            if len(known) < _KEPT:
                known.setdefault(value, where)


@dataclass(slots=True)
class Wire:
    """What recorded answers showed; it grows with each.  `reveal` shows strings, secrets excepted."""

    answers: int = 0
    reveal: bool = False
    places: dict[Path, _Seen] = field(default_factory=dict)

    def take(self, value: Any, *, source: str, date: str = "", index: int = 0) -> None:
        """Count one answer's body; `index` is the record's number in its source."""
        self.answers += 1
        seen: set[Path] = set()
        waiting: list[tuple[Path, Any]] = [((), value)]
        while waiting:
            path, part = waiting.pop()
            if path and (path in self.places or len(self.places) < _MOST):
                place = self.places.setdefault(path, _Seen(source=source, date=date))
                place.note(part, json_type(part), f"{source}#{index}")
                place.count += path not in seen
                seen.add(path)
            if len(path) < _DEEPEST:
                if isinstance(part, dict):
                    waiting += [((*path, key), inner) for key, inner in part.items()]
                elif isinstance(part, list):
                    waiting += [((*path, "*"), inner) for inner in part]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one witness says of one field."""

    spot: Spot
    types: frozenset[str]
    required: bool | None = None


def compared(
    sheet: Sheet, contract: Sheet | None, wire: Wire | None
) -> tuple[tuple[Row, ...], tuple[Contradiction, ...]]:
    """Return a row for each field that any witness knows, and the contradictions among them."""
    page = dict(_claims(sheet))
    promised = dict(_claims(contract, beside=sheet)) if contract is not None else {}
    lists = _listed(sheet)
    came = _on_the_wire(wire, _words(sheet, contract)) if wire is not None else {}
    rows = []
    for path in sorted({*page, *promised, *came}):
        if path[-1] == "*":
            continue
        told = page.get(path), promised.get(path), came.get(path)
        apart = [*_differs(told, contract=contract is not None, wire=wire)]
        strange = _strangers(path, lists, wire)
        apart += ["values in the wire that the documentation does not list"] if strange else []
        differs = "; ".join(apart)
        spots = [one.spot if one else None for one in told]
        rows.append(Row(path, spots[0], spots[1], spots[2], differs))
    scope = _scope(sheet)
    found: list[Contradiction] = []
    if page and contract is not None:
        found += _against(scope, page, promised, "contract")
    if page and wire is not None and wire.answers:
        found += _against(scope, page, came, "wire")
        found += _beside_lists(scope, sheet.page.name, lists, (came, wire))
    return tuple(rows), sorted_out(found)


def _scope(sheet: Sheet) -> Scope:
    return next((one.scope for one in sheet.fields if one.scope.side != "request"), Scope(side="response"))


def _claims(sheet: Sheet, *, beside: Sheet | None = None) -> Iterator[tuple[Path, _Told]]:
    """Yield what the fields of a sheet's successful answers say, the first claim of each path."""
    operations = {one.key for one in beside.operations} if beside else set()
    known = {one.key for one in sheet.operations}
    chosen = operations & known or known
    seen: dict[Path, list[FieldClaim]] = {}
    for scene in sheet.scenes():
        if (
            scene.side != "request"
            and scene.kind == "ok"
            and (not scene.operation or scene.operation in chosen)
        ):
            for claim in scene.fields:
                seen.setdefault(claim.path, []).append(claim)
    lists = _listed(sheet)
    for path, claims in seen.items():
        types = frozenset(name for claim in claims for name in claim.types)
        types |= {"null"} if types and any(claim.nullable for claim in claims) else frozenset()
        says = " or ".join(sorted(types)) or "a field"
        duty = {True: ", required", False: ", optional", None: ""}[claims[0].required]
        values = tuple(str(value) for one in lists.get(path, ()) for value in one.spelled)
        values = (*values[:_NAMED], "…") if len(values) > _NAMED else values
        spot = Spot(sheet.page.name, claims[0].lines, says + duty, values=values)
        yield path, _Told(spot, types, claims[0].required)


def _words(sheet: Sheet, contract: Sheet | None) -> frozenset[str]:
    """Return the words that page and contract list as values: these may be shown."""
    known = [one for each in (sheet, contract) if each is not None for one in word_lists(each)]
    return frozenset(str(value) for one in known for value in one.spelled)


def _on_the_wire(wire: Wire, words: frozenset[str]) -> dict[Path, _Told]:
    display = Display(words, reveal=wire.reveal)
    return {
        path: _Told(
            Spot(
                seen.source,
                None,
                f"{' or '.join(sorted(seen.types))} in {seen.count} of {wire.answers}",
                seen.date,
                tuple(_values(path, seen, display)),
            ),
            frozenset(seen.types),
        )
        for path, seen in wire.places.items()
    }


def _values(path: Path, seen: _Seen, display: Display) -> Iterator[str]:
    """Yield some values of a place as they may be shown; of several types, with the record of each first."""
    several = len(seen.types) > 1
    for _, values in sorted(seen.values.items()):
        told: dict[str, str] = {}
        for value, where in values.items():
            told.setdefault(display.value(value, key=path[-1]), where)
        for number, (shown, where) in enumerate(list(told.items())[:_FEW]):
            yield f"{shown} ({where})" if several and number == 0 else shown


def _listed(sheet: Sheet) -> dict[Path, list[WordList]]:
    """Return the whole lists of values of answers' fields, by the field."""
    found: dict[Path, list[WordList]] = {}
    for one in word_lists(sheet):
        if one.path and one.complete and one.scope.side != "request" and is_ok(one.scope):
            found.setdefault(one.path, []).append(one)
    return {path: lists for path, lists in found.items() if sum(len(one.values) for one in lists) > 1}


def _strangers(path: Path, lists: Mapping[Path, list[WordList]], wire: Wire | None) -> dict[Any, str]:
    """Return the recorded words and codes of a field that none of its lists has, each with its record."""
    seen = wire.places.get(path) if wire is not None and path in lists else None
    if seen is None:
        return {}
    known = {str(value) for one in lists[path] for value in one.spelled}
    return {
        value: where
        for kind in ("string", "integer")
        for value, where in seen.values.get(kind, {}).items()
        if str(value) not in known and value != ""
    }


def _beside_lists(
    scope: Scope, page: str, lists: Mapping[Path, list[WordList]], heard: tuple[Mapping[Path, _Told], Wire]
) -> Iterator[Contradiction]:
    """Yield the fields whose recorded values no list of the page has."""
    came, wire = heard
    for path in lists:
        strangers = _strangers(path, lists, wire)
        if not strangers:
            continue
        display = Display(reveal=wire.reveal)
        shown = listed(f"{display.value(one, key=path[-1])} ({at})" for one, at in strangers.items())
        one = lists[path][0]
        spot = came[path].spot
        yield telling(
            "docs-status-set-mismatch",
            scope,
            pointer=pointer_of(path),
            claimed=Spot(page, one.lines, f"{one.name}: {listed(map(str, one.spelled))}"),
            shown=Spot(spot.source, None, "a value that is not listed", spot.date, spot.values),
            message=f"`{dotted(path)}` has values in the wire that the page does not list: {shown}",
            mend="keep the list open, and add what captured answers show",
        )


def _differs(
    told: tuple[_Told | None, _Told | None, _Told | None], *, contract: bool, wire: Wire | None
) -> Iterator[str]:
    page, promised, came = told
    witnesses = (
        [("documentation", page), ("wire", came)]
        if wire is not None and wire.answers
        else [("documentation", page)]
    )
    witnesses += [("contract", promised)] if contract else []
    absent = [name for name, one in witnesses if one is None]
    if absent:
        yield f"not in the {' nor in the '.join(absent)}"
    present = [(name, one) for name, one in witnesses if one is not None and one.types]
    for number, (name, one) in enumerate(present):
        for other_name, other in present[number + 1 :]:
            strange = _beyond if "wire" in {name, other_name} else _apart
            ends = (other, one) if name == "wire" else (one, other)
            if strange(ends[0].types, ends[1].types):
                yield f"{name} and {other_name} differ in type"
    for side, told_there in (("documentation", page), ("contract", promised)):
        if told_there is not None and came is not None and _null_is_news(told_there, came):
            yield f"null in the wire, not in the {side}"


def _null_is_news(told: _Told, came: _Told) -> bool:
    """Return whether null came where a witness gives the field types, and null is none of them."""
    return bool(told.types) and "null" in came.types and "null" not in told.types


def _apart(left: frozenset[str], right: frozenset[str]) -> bool:
    wide = {"integer": "number"}
    ours = {wide.get(name, name) for name in left} - {"null"}
    theirs = {wide.get(name, name) for name in right} - {"null"}
    return bool(ours and theirs and not ours & theirs)


def _beyond(told: frozenset[str], came: frozenset[str]) -> bool:
    """Return whether values came of a type that a witness, who gives the field types, does not give it."""
    return any(_apart(told, frozenset({name})) for name in came)


def _against(
    scope: Scope, page: dict[Path, _Told], other: dict[Path, _Told], what: str
) -> Iterator[Contradiction]:
    """Yield where a page and another witness part: shifts taken together, then types, then fields."""
    lost = {path: told for path, told in page.items() if path not in other and path[-1] != "*"}
    new = {path: told for path, told in other.items() if path not in page and path[-1] != "*"}
    moved = _moved(lost, new)
    for (at, to), pairs in moved.items():
        names = listed(path[-1] for path, _ in pairs)
        yield telling(
            "docs-level-shift",
            scope,
            pointer=pointer_of(at),
            to=pointer_of(to),
            claimed=Spot(
                lost[pairs[0][0]].spot.source,
                span(lost[path].spot.lines or Lines(0, 0) for path, _ in pairs),
                f"{names} in {dotted(at)}",
            ),
            shown=Spot(new[pairs[0][1]].spot.source, new[pairs[0][1]].spot.lines, f"{names} in {dotted(to)}"),
            message=f"{len(pairs)} fields ({names}) are documented in `{dotted(at)}`, "
            f"and the {what} has them in `{dotted(to)}`",
            mend="the contract tells where a captured answer has them",
        )
    gone = {path for pairs in moved.values() for pair in pairs for path in pair}
    for path, told in page.items():
        strange = _beyond if what == "wire" else _apart
        if path in other and strange(told.types, other[path].types):
            yield _one("docs-type-mismatch", scope, path, ends=(told.spot, other[path].spot), what=what)
        elif path in other and what == "wire" and path[-1] != "*" and _null_is_news(told, other[path]):
            yield _one("docs-null-shown", scope, path, ends=(told.spot, other[path].spot), what=what)
    answers = next(iter(other.values())).spot.source if other else what
    for path in _roots(set(lost) - gone):
        spot = Spot(answers, None, f"no {dotted(path)}")
        rule = "docs-required-not-shown" if lost[path].required and what == "wire" else "docs-field-not-shown"
        yield _one(rule, scope, path, ends=(lost[path].spot, spot), what=what)
    first = next(iter(page.values())).spot
    for path in _roots(set(new) - gone):
        spot = Spot(first.source, first.lines, f"no {dotted(path)} in the list")
        yield _one("docs-undocumented-field", scope, path, ends=(spot, new[path].spot), what=what)


def _one(rule: str, scope: Scope, path: Path, *, ends: tuple[Spot, Spot], what: str) -> Contradiction:
    claimed, shown = ends
    name = dotted(path)
    message = {
        "docs-type-mismatch": f"`{name}` is documented as {claimed.says}, and the {what} has {shown.says}",
        "docs-null-shown": f"`{name}` is documented as {claimed.says}, and the {what} has {shown.says}",
        "docs-undocumented-field": f"the {what} has `{name}`, which the page does not list",
    }.get(rule, f"`{name}` is documented, and the {what} has no such field")
    return telling(
        rule,
        scope,
        pointer=pointer_of(path),
        claimed=claimed,
        shown=shown,
        message=message,
        mend="keep the contract to what captured answers show, and the page's claim in documented.yaml",
    )


def _moved(lost: Iterable[Path], new: Iterable[Path]) -> dict[tuple[Path, Path], list[tuple[Path, Path]]]:
    """Return the fields that stand elsewhere under the same name, by the two objects; at least two each."""
    homes: dict[str, list[Path]] = {}
    for path in new:
        homes.setdefault(path[-1], []).append(path)
    found: dict[tuple[Path, Path], list[tuple[Path, Path]]] = {}
    for path in lost:
        others = homes.get(path[-1], [])
        if len(others) == 1:
            found.setdefault((path[:-1], others[0][:-1]), []).append((path, others[0]))
    return {key: pairs for key, pairs in found.items() if len(pairs) > 1}


def _roots(paths: set[Path]) -> list[Path]:
    """Return the paths that no other one of them holds."""
    return sorted(path for path in paths if not any(path[:size] in paths for size in range(1, len(path))))
