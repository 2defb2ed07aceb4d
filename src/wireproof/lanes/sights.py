"""What the schema of one operation's answers says of their values, looked at for many answers at once.

In an answer that fits there is nothing to find where each address is a public one and each time in
its unit: what is left is to count of which class its identifiers and times are.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonschema_rs

from wireproof.evidence.account import sighting_of
from wireproof.evidence.addresses import PUBLIC
from wireproof.evidence.mould import found
from wireproof.lanes.certain import keys_of, meant
from wireproof.lifecycle import is_unset
from wireproof.lifecycle.history import FieldClass, FieldRecord, stamp_of
from wireproof.lifecycle.pointers import text_of
from wireproof.meaning import class_of, declared_roles, is_success, role_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from wireproof.evidence import Order
    from wireproof.evidence.mould import Column, Columns, Path
    from wireproof.evidence.outline import Outline
    from wireproof.finding import Place
    from wireproof.lifecycle import Lifecycle
    from wireproof.lifecycle.plan import Plan
    from wireproof.matching import Match

    Tell = Callable[[Sequence[Any]], list[bool]]

__all__ = ["Sights", "sights_for"]

_ADDRESSES = ("iri", "uri", "url")
_DEEPEST = 16
_CONTAINERS = (dict, list)
_PATTERNS = {
    "uuid": "^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$",
    "digits": "^(?:[0-9]{5,15}|[0-9]{65,})$",
    "few digits": "^[0-9]{1,4}$",
    "date-time": "^(?:000[2-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-[0-9]{2}-[0-9]{2}T"
    "[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]{1,18})?(?:Z|[+-][0-9]{2}:[0-9]{2})$",
}
_HEX = " hex digits"
_SCALARS = frozenset({str, int, float, bool})


class Named(NamedTuple):
    """A place of identifiers or times; `firm` says that the contract itself calls it so."""

    path: Path
    role: str
    firm: bool


class Sights:
    """The places of one operation's identifiers, times and addresses, and how their values are counted."""

    def __init__(
        self,
        match: Match,
        named: Sequence[Named],
        addresses: Sequence[Path],
        maps: Sequence[Path],
        meaning: Sequence[tuple[Path, Sequence[Tell]]],
    ) -> None:
        self._maps, self._meaning = maps, meaning
        operation = match.operation
        self._where = (operation.provider, operation.id, match.status)
        self._place: Place | None = match.response.place if match.response else None
        self._named = [(text_of(entry.path), *entry) for entry in named]
        self._addresses = addresses
        self._usual: dict[str, str] = {}
        self.paths = [*addresses, *(entry.path for entry in named), *(path for path, _ in meaning)]
        self.wanted = [*self.paths, *maps]

    def quiet(self, values: Sequence[Any], columns: Columns | None = None) -> bool:
        """Return whether it is certain that some bodies mean no more than what is counted of them.

        No address in them leads to its own sender, and no key of a map names an identifier or a time.
        """
        known = _Found(values, columns or {})
        if not all(_public().is_valid(_plain(known[path])[0]) for path in self._addresses):
            return False
        if not all(all(tell(keys_of(known[path][0]))) for path, tells in self._meaning for tell in tells):
            return False
        return not any(
            role_of(key)
            for path in self._maps
            for value in found(values, path)[0]
            if type(value) is dict
            for key in value
        )

    def asked(self, path: Path, kind: str) -> Sequence[Mapping[str, Any]]:
        """Return the schemas that the strings of a column fit where they mean what they always did.

        `kind` is the class that evidence gives them: what it says already is not asked again.
        """
        asked: list[Mapping[str, Any]] = [PUBLIC] if path in self._addresses else []
        for pointer, named, _, _ in self._named:
            if named == path:
                usual = self._usual.get(pointer)
                if usual is None:
                    return ()
                if kind == "hex" and usual.endswith(_HEX):
                    size = int(usual.removesuffix(_HEX))
                    asked.append({"minLength": size, "maxLength": size})
                else:
                    asked.append({} if kind == usual == "uuid" else _pattern(usual) or {})
        return asked

    def loud(self, columns: Columns, expected: Container[Path] = ()) -> set[int]:
        """Return the numbers of the bodies that may mean more than what is counted of them.

        `columns` are all of `wanted`; `expected` those whose values all fit what is `asked`.
        """
        rows: set[int] = set()
        for path in self._addresses:
            if path in expected:
                continue
            values, at = _plain(columns[path])
            if not _public().is_valid(values):
                rows.update(
                    row for value, row in zip(values, at, strict=True) if not _public().is_valid([value])
                )
        for path in self._maps:
            for value, row in zip(*columns[path], strict=True):
                if type(value) is dict and any(map(role_of, value)):
                    rows.add(row)
        for path, tells in self._meaning:
            keys, at = keys_of(columns[path][0]), columns[path][1]
            for tell in tells:
                told = tell(keys)
                if not all(told):
                    rows.update(row for one, row in zip(told, at, strict=True) if not one)
        return rows

    def of_one(self, value: Any, skip: frozenset[str]) -> set[tuple[str, str]]:
        """Return pointer and class of every identifier and time in one body."""
        return {
            (pointer, kind)
            for pointer, path, role, _ in self._named
            if pointer not in skip
            for one in _plain(found([value], path))[0]
            if (kind := class_of(role, one)) is not None
        }

    def counted_in(
        self,
        values: Sequence[Any],
        orders: Sequence[Order],
        skip: frozenset[str] = frozenset(),
        columns: Columns | None = None,
    ) -> Iterator[FieldRecord]:
        """Yield the same of bodies whose columns are not all known."""
        return self.counted(_Found(values, columns or {}), orders, skip)

    def counted(
        self,
        columns: Columns | _Found,
        orders: Sequence[Order],
        skip: frozenset[str] = frozenset(),
        expected: Container[Path] = (),
    ) -> Iterator[FieldRecord]:
        """Yield the classes of the identifiers and times in some bodies, in the order of their sightings.

        What stands at the pointers in `skip` is passed over.  A class is counted once a body and place.
        """
        for pointer, path, role, firm in self._named:
            if pointer in skip:
                continue
            column, rows = _plain(columns[path])
            if not column:
                continue
            classes = self._classes(pointer, role, column, rows, sure=path in expected)
            made = tuple(
                FieldClass(
                    kind,
                    count,
                    stamp_of(sighting_of(orders[first])),
                    stamp_of(sighting_of(orders[last])),
                )
                for kind, (count, first, last) in sorted(classes.items())
            )
            if made:
                yield FieldRecord(*self._where, pointer, role, firm, self._place, made)

    def _classes(
        self, pointer: str, role: str, column: Sequence[Any], rows: Sequence[int], *, sure: bool
    ) -> Mapping[str, tuple[int, int, int]]:
        """Return for each class in how many bodies it came, the first and the last of them."""
        usual = self._usual.get(pointer)
        if usual is not None and (sure or _checker(usual).is_valid(column)):
            return {usual: (len(rows) if type(rows) is range else len(set(rows)), rows[0], rows[-1])}
        if role == "time" and set(map(type, column)) == {int}:
            kind = class_of(role, min(column))
            if kind not in {None, "other"} and kind == class_of(role, max(column)):
                return {kind: (len(set(rows)), rows[0], rows[-1])}
        found: dict[str, tuple[int, int, int]] = {}
        for value, row in zip(column, rows, strict=True):
            kind = class_of(role, value)
            if kind is None:
                continue
            count, first, last = found.get(kind, (0, row, -1))
            found[kind] = (count + (row != last), first, row)
        if len(found) == 1 and _pattern(next(iter(found))) is not None:
            self._usual[pointer] = next(iter(found))
        return found


def sights_for(
    match: Match, outline: Outline, plan: Plan | None, lifecycle: Lifecycle | None = None
) -> Sights | None:
    """Return what counts the values of an operation's answers, or None where each answer needs a reading.

    What a lifecycle says of its own places beside is counted too; what it says of tasks is not.
    """
    if plan is None:
        return None
    said = _said(lifecycle)
    meaning = [
        (pointer, tells)
        for pointer, schema in plan
        if ("contentMediaType" in schema or (pointer, schema.get("x-unit")) not in said)
        and (tells := tuple(meant(schema)))
    ]
    if not is_success(match):
        return Sights(match, (), (), (), meaning)
    addresses = [pointer for pointer, schema in plan if schema.get("format") in _ADDRESSES]
    found = list(_roles(outline, (), _DEEPEST))
    if (("?",), "") in found:
        return None
    times = {text_of(pointer) for pointer, _ in plan}
    passed = {text_of(pointer) for pointer in lifecycle.volatile} if lifecycle else set()
    declared = declared_roles(lifecycle)
    named = [Named(path, role, firm=True) for path, role in declared.items() if role]
    known = {text_of(path) for path in declared}
    named += [
        Named(path, role, firm=False)
        for path, role in found
        if role not in {"", "open"} and text_of(path) not in known
    ]
    counted = [
        entry
        for entry in named
        if (pointer := text_of(entry.path)) not in passed and (entry.role == "id" or pointer not in times)
    ]
    return Sights(match, counted, addresses, [path for path, role in found if role == "open"], meaning)


def _said(lifecycle: Lifecycle | None) -> list[tuple[Path, str | None]]:
    """Return the places whose unit a lifecycle says itself, with that unit."""
    if lifecycle is None or not all(map(is_unset, lifecycle.unset)):
        return []
    said: list[tuple[Path, str | None]] = [(field.at, field.unit) for field in lifecycle.times if field.unit]
    return said + ([(lifecycle.progress.at, lifecycle.progress.encoding)] if lifecycle.progress else [])


def _roles(outline: Outline, path: Path, depth: int) -> Iterator[tuple[Path, str]]:
    """Yield every named place that is an identifier or a time by its name; `?` where names are open."""
    if not depth or not outline.certain:
        yield ("?",), ""
        return
    if outline.free:
        if outline.named:
            yield ("?",), ""
            return
        yield path, "open"
        yield from _roles(outline.others(), (*path, "*"), depth - 1)
    for name in sorted(outline.named):
        role = role_of(name)
        if role:
            yield (*path, name), role
        yield from _roles(outline.member(name), (*path, name), depth - 1)
    items = outline.items()
    if items.parts:
        yield from _roles(items, (*path, "*"), depth - 1)


class _Found:
    """The columns of some bodies, those that are not known looked for."""

    def __init__(self, values: Sequence[Any], known: Columns) -> None:
        self._values, self._known = values, known

    def __getitem__(self, path: Path) -> Column:
        return self._known.get(path) or found(self._values, path)


def _plain(column: Column) -> tuple[list[Any], Sequence[int]]:
    """Return a column with null and containers left out, in the order of its bodies."""
    values, rows = column
    if set(map(type, values)) <= _SCALARS and (type(rows) is range or rows == sorted(rows)):
        return list(values), rows
    kept = [
        (value, row)
        for value, row in zip(values, rows, strict=True)
        if value is not None and not isinstance(value, _CONTAINERS)
    ]
    kept.sort(key=itemgetter(1))
    return [value for value, _ in kept], [row for _, row in kept]


def _pattern(kind: str) -> dict[str, Any] | None:
    if kind.endswith(_HEX):
        size = kind.removesuffix(_HEX)
        either = {"pattern": f"^(?:[0-9a-f]{{{size}}}|[0-9A-F]{{{size}}})$"}
        return {"type": "string", **either, "not": {"pattern": "^[0-9]+$"}}
    if kind.endswith(" digits") and kind not in _PATTERNS:
        return {"type": "string", "pattern": f"^[0-9]{{{kind.removesuffix(' digits')}}}$"}
    return {"type": "string", "pattern": _PATTERNS[kind]} if kind in _PATTERNS else None


@cache
def _checker(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"items": _pattern(kind)}, pattern_options=jsonschema_rs.RegexOptions(), offline=True
    )


@cache
def _public() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"items": PUBLIC}, pattern_options=jsonschema_rs.RegexOptions(), offline=True
    )
