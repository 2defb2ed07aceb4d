"""Which changes could explain what is wrong with an answer: the guesses, before any is tried.

Names and shapes are all that is looked at: which members nothing names, which described
members are absent, what kinds of value the contract admits where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.diagnosis.affinity import affinity, words
from wireproof.diagnosis.change import Change
from wireproof.redact import kind_of
from wireproof.validating import json_type
from wireproof.validating.describe import promised_types
from wireproof.validating.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wireproof.contract import Schema
    from wireproof.validating import Applicable, Judgement, Path, Site

__all__ = ["Place", "candidates", "size"]

_DEEPEST = 3
"""How many keys an envelope or a move may put between a value and its place."""
_FEW = 6
"""How many members beside its content may belong to an envelope, such as a code and a message."""
_NO_NAME_IN_COMMON = 1.7
_SPECIFIC = 1.0
_SAME_ORDER = 0.8
_ONLY_PAIR = 0.5
_LEFT_BY_NAMES = 0.25
"""The share of what names say against a pair that no likeness of values makes up for."""
_STAYED = 1.5
"""What it says against an envelope that a described member stands beside it."""
_THROWN = 0.8
"""What it says against an envelope that it takes a described member with it."""
_MOST_PAIRS = 4096
"""Above so many pairs of names, only another style of the same words is taken for a new name."""
_LISTS = frozenset({"array", "null"})
_LARGEST = 500


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One object of an answer: what the contract describes there, and what it does not."""

    path: Path
    template: Path
    value: dict[str, Any]
    described: dict[str, list[Schema]]
    required: frozenset[str]
    strangers: tuple[str, ...]
    free: tuple[str, ...]
    schemas: tuple[Schema, ...]

    @property
    def absent(self) -> list[str]:
        """Return the described names that did not come."""
        return [name for name in self.described if name not in self.value]


def candidates(applicable: Applicable, schema: Schema, value: Any, judgement: Judgement) -> list[Change]:
    """Return every change worth trying, the least doubtful first."""
    places = list(_places(applicable, schema, value, judgement))
    found: dict[Change, None] = {}
    for guess in (
        _opened(applicable, places, judgement),
        _wrapped(applicable, places, judgement),
        _arrays(applicable, judgement),
        _moved(applicable, places),
        _renamed(applicable, places),
    ):
        found.update(dict.fromkeys(guess))
    return sorted(found, key=lambda change: change.doubt)


def _places(applicable: Applicable, schema: Schema, value: Any, judgement: Judgement) -> Iterator[Place]:
    strange: dict[Path, list[str]] = {}
    for site in judgement.sites:
        if site.keyword == "undocumented":
            strange.setdefault(site.path[:-1], []).append(str(site.path[-1]))
    for visit in walk(applicable, schema, value):
        if not isinstance(visit.value, dict):
            continue
        described: dict[str, list[Schema]] = {}
        required: set[str] = set()
        for part in visit.scope.schemas:
            required.update(part.get("required", ()))
            for name, sub in part.get("properties", {}).items():
                described.setdefault(name, []).append(sub)
        yield Place(
            visit.path,
            judgement.survey.template(visit.path),
            visit.value,
            described,
            frozenset(required),
            tuple(strange.get(visit.path, ())),
            tuple(key for key in visit.value if (*visit.path, key) in judgement.survey.free),
            tuple(visit.scope.schemas),
        )


def _renamed(applicable: Applicable, places: list[Place]) -> Iterator[Change]:
    for place in places:
        missing = [name for name in place.absent if name in place.required]
        only = len(missing) == 1 and len(place.strangers) == 1
        gaps, turns = _gaps(place), _turns(place)
        many = len(gaps) * len(place.strangers) > _MOST_PAIRS
        for stranger in place.strangers:
            for name in gaps:
                if many and words(stranger) != words(name):
                    continue
                if not _admitted(applicable, place.described[name], place.value[stranger]):
                    continue
                apart = _NO_NAME_IN_COMMON * (1 - affinity(stranger, name))
                alike = _SPECIFIC * _is_specific(applicable, place.described[name], place.value[stranger])
                alike += _SAME_ORDER * (turns[stranger] == gaps[name] != (None, None))
                alike += _ONLY_PAIR * (only and name in missing)
                doubt = max(_LEFT_BY_NAMES * apart, apart - alike)
                yield Change("field-renamed", place.template, (name,), (stranger,), doubt)


def _moved(applicable: Applicable, places: list[Place]) -> Iterator[Change]:
    homes: dict[str, list[Place]] = {}
    for place in places:
        for name in place.absent:
            homes.setdefault(name, []).append(place)
    for place in places:
        for path, content in _strange_members(place):
            name = str(path[-1])
            for home in homes.get(name, ()):
                if home is place and len(path) == 1:
                    continue
                if path[0] in place.free and name not in home.required:
                    continue  # a map may hold any key: only a gap elsewhere makes it suspicious
                if _admitted(applicable, home.described[name], content):
                    yield from _move(place, path, home)


def _move(place: Place, path: Path, home: Place) -> Iterator[Change]:
    source, target = (*place.path, *path), (*home.path, path[-1])
    shared = 0
    while shared < min(len(source), len(target)) - 1 and source[shared] == target[shared]:
        shared += 1
    found, expected = source[shared:], target[shared:]
    if any(isinstance(token, int) for token in (*found, *expected)):
        return  # a value does not leave or enter a list and stay the same value
    base = place.template[:shared]
    doubt = 0.3 if len(path) == 1 else 0.45
    yield Change("field-moved", base, expected, found, doubt, home=(*home.template, path[-1]))


def _strange_members(place: Place) -> Iterator[tuple[Path, Any]]:
    """Yield the members that nothing names, and those inside them, down to a few levels."""
    names = (*place.strangers, *place.free)
    waiting: list[tuple[Path, Any]] = [((name,), place.value[name]) for name in names]
    while waiting:
        path, content = waiting.pop()
        yield path, content
        if isinstance(content, dict) and len(path) < _DEEPEST and path[0] not in place.free:
            waiting.extend(((*path, key), inner) for key, inner in content.items())


def _opened(applicable: Applicable, places: list[Place], judgement: Judgement) -> Iterator[Change]:
    """Yield envelopes around the content of a place: of an object, or of a list that was promised."""
    for place in places:
        if place.strangers or any(name in place.required for name in place.absent):
            described = frozenset(place.described.keys() & place.value.keys())
            yield from _envelopes(place.template, place.value, dict, described=described)
    for site in judgement.sites:
        if _is_type_site(site, dict) and "array" in promised_types(applicable, site.schema):
            yield from _envelopes(site.template, site.value, list)


def _envelopes(
    template: Path, value: dict[str, Any], kind: type, *, described: frozenset[str] = frozenset()
) -> Iterator[Change]:
    """Yield the envelopes that one object may be, each in two readings.

    What the contract describes beside the content stays there, or is the envelope's own.  A few
    other members belong to the envelope; where they are many, they stay and speak for themselves.
    """
    for path, content, passed in _inner(value):
        if not isinstance(content, kind) or passed > _FEW:
            continue
        beside = frozenset(value.keys() - {path[0]})
        for own in (beside - described, beside) if described else (beside,):
            few = sum(size(value[name]) for name in own) + passed <= _FEW
            if few or kind is dict:
                kept = beside - own if few else beside
                doubt = (
                    0.1
                    + 0.1 * len(path)
                    + _STAYED * bool(beside & described)
                    + _THROWN * len(own & described)
                )
                yield Change("envelope-added", template, (), path, doubt, kept=kept)


def _inner(value: dict[str, Any]) -> Iterator[tuple[Path, Any, int]]:
    """Yield every value under up to some keys, and how many members stand beside it on the way."""
    waiting: list[tuple[Path, Any, int]] = [((key,), inner, 0) for key, inner in value.items()]
    while waiting:
        path, content, passed = waiting.pop()
        yield path, content, passed
        if isinstance(content, dict) and len(path) < _DEEPEST:
            whole = passed + size(content) - 1
            waiting.extend(((*path, key), inner, whole - size(inner)) for key, inner in content.items())


def _wrapped(applicable: Applicable, places: list[Place], judgement: Judgement) -> Iterator[Change]:
    """Yield envelopes that are gone: their members stand where they stood, or a list alone is left."""
    for place in places:
        for path, inner in _described_objects(applicable, place):
            inside = frozenset(name for name in place.value if name in inner)
            strange = inside & frozenset(place.strangers)
            if not strange:
                continue
            doubt = 0.2 * len(path) + 0.2 * (len(strange) == 1)
            if path[0] not in place.value:
                kept = inside & frozenset(place.described)
                yield Change("envelope-removed", place.template, path, (), doubt, inside, kept)
            elif len(path) == 1:  # what came under that key is a member inside, of the same name
                yield Change("envelope-removed", place.template, path, (), doubt, frozenset(place.value))
    for site in judgement.sites:
        for part in _everything(applicable, site.schema) if _is_type_site(site, list) and site.value else ():
            lists = [name for name, sub in part.items() if promised_types(applicable, sub) <= _LISTS]
            yield from (Change("envelope-removed", site.template, (name,), (), 0.2) for name in lists)


def _described_objects(applicable: Applicable, place: Place) -> Iterator[tuple[Path, set[str]]]:
    """Yield the objects described in a place, with the names that they have inside."""
    waiting: list[tuple[Path, Schema]] = [
        ((name,), sub)
        for schema in place.schemas
        for part in _everything(applicable, schema)
        for name, sub in part.items()
    ]
    waiting.reverse()
    while waiting:
        path, schema = waiting.pop()
        if "object" not in promised_types(applicable, schema):
            continue
        properties = {name: sub for part in _everything(applicable, schema) for name, sub in part.items()}
        if properties:
            yield path, set(properties)
        if len(path) < _DEEPEST - 1:
            waiting.extend(((*path, name), sub) for name, sub in properties.items())


def _everything(applicable: Applicable, schema: Schema) -> Iterator[dict[str, Schema]]:
    """Yield the properties of a schema and of all that it may bring in, every alternative included."""
    for part in _in_place(applicable, schema):
        yield part.get("properties", {})


def _in_place(applicable: Applicable, schema: Schema) -> Iterator[dict[str, Any]]:
    """Yield a schema and all that may apply in its place, every alternative included."""
    seen: set[int] = set()
    waiting = [schema]
    while waiting:
        current = applicable.target(waiting.pop())
        if not isinstance(current, dict) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        for keyword in ("allOf", "anyOf", "oneOf"):
            waiting.extend(current.get(keyword, ()))


def _arrays(applicable: Applicable, judgement: Judgement) -> Iterator[Change]:
    for site in judgement.sites:
        if site.keyword != "type" or site.value is None:
            continue
        types = promised_types(applicable, site.schema)
        if isinstance(site.value, list) and site.value:
            alike = len({json_type(item) for item in site.value}) == 1
            if alike and json_type(site.value[0]) in types and _may_be_meant(applicable, site):
                yield Change("array-wrapped", site.template, (), ("*",), 0.0)
        elif "array" in types and _may_be_item(applicable, site):
            yield Change("array-unwrapped", site.template, (), (), 0.0)


def _may_be_meant(applicable: Applicable, site: Site) -> bool:
    """Return whether the first item of a list may be the value that was promised in its place."""
    item = site.value[0]
    if not isinstance(item, dict) or not item:
        return True
    return any(part.keys() & item.keys() for part in _everything(applicable, site.schema))


def _may_be_item(applicable: Applicable, site: Site) -> bool:
    """Return whether a value may be one item of the list that was promised in its place."""
    if isinstance(site.value, list) or kind_of(site.value) == "stringified JSON":
        return False
    for schema in _in_place(applicable, site.schema):
        if "items" not in schema:
            continue
        names = {name for part in _everything(applicable, schema["items"]) for name in part}
        if isinstance(site.value, dict) and names and not names & site.value.keys():
            return False
    return True


def _is_type_site(site: Site, kind: type) -> bool:
    return site.keyword == "type" and isinstance(site.value, kind)


def _admitted(applicable: Applicable, schemas: list[Schema], value: Any) -> bool:
    came = json_type(value)
    for schema in schemas:
        types = promised_types(applicable, schema)
        if came not in types and not (came == "integer" and "number" in types):
            return False
    return True


def _is_specific(applicable: Applicable, schemas: list[Schema], value: Any) -> bool:
    """Return whether a schema says much about its value, and the value fits it all the same."""
    for schema in schemas:
        for part in applicable.scope((schema,), value).schemas:
            if any(
                keyword in part for keyword in ("enum", "const", "format", "pattern", "x-extensible-enum")
            ):
                return isinstance(value, str) and applicable.engine(schema).is_valid(value)
            if isinstance(value, dict) and len(part.get("properties", {}).keys() & value.keys()) > 1:
                return True
    return False


def _gaps(place: Place) -> dict[str, tuple[str | None, str | None]]:
    """Return the absent names of a place, each between the nearest members before and after it that came."""
    return _between(list(place.described), absent=lambda name: name not in place.value)


def _turns(place: Place) -> dict[str, tuple[str | None, str | None]]:
    """Return the strangers of a place, each between the nearest described members beside it."""
    return _between(list(place.value), absent=lambda name: name not in place.described)


def _between(names: list[str], *, absent: Callable[[str], bool]) -> dict[str, tuple[str | None, str | None]]:
    after: dict[str, str | None] = {}
    last: str | None = None
    for name in reversed(names):
        after[name] = last
        last = last if absent(name) else name
    turns: dict[str, tuple[str | None, str | None]] = {}
    last = None
    for name in names:
        if absent(name):
            turns[name] = (last, after[name])
        else:
            last = name
    return turns


def size(value: Any) -> int:
    """Return 1 and one for each member inside, up to a cap; a list counts as its first item."""
    count = 0
    waiting = [value]
    while waiting and count < _LARGEST:
        current = waiting.pop()
        count += 1
        if isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current[:1])
    return count
