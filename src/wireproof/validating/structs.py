"""A closed schema as structs: decoding an answer proves its names and types, and what bounds they have.

What a decode does not prove, formats and patterns among it, is checked a column at a time: the
values that came at one place of many answers.  A part of the schema that has no struct (unions,
conditions, maps) stays plain JSON, and its closed schema is what its column is checked by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from wireproof.evidence.mould import Member, Mould
from wireproof.validating.closing import SAFE_NUMBERS
from wireproof.validating.engine import FORMATS, NATIVE_FORMATS, compiled

__all__ = ["UNGETTABLE", "cast", "decoder", "moulded", "scalar", "with_items", "with_members"]

Check = Callable[[Sequence[Any]], bool]
Schema = Mapping[str, Any]

_SAFE = 1 << 53
_MOST = 1500
"""How many places a schema may have to be made structs of."""
_MOST_PLAIN = 48
"""How many of them may stay plain JSON: each is compiled by itself."""
_SILENT = frozenset(
    {"$comment", "$schema", "contentEncoding", "contentMediaType", "contentSchema", "deprecated"}
    | {"description", "discriminator", "readOnly", "title", "writeOnly", "xml"}
)
_OBJECTS = frozenset({"additionalProperties", "properties", "required", "unevaluatedProperties"})
_ARRAYS = frozenset({"items", "maxItems", "minItems"})
_BOUNDS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}
_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}
_SIZES = {"minItems": "min_length", "maxItems": "max_length"}
_LISTED = frozenset({"const", "enum"})
_LEAVES = frozenset({*_BOUNDS, *_LENGTHS, *_LISTED, "format", "multipleOf", "pattern"})
_SIMPLE = _SILENT | _OBJECTS | _ARRAYS | _LEAVES | {"$ref", "allOf", "type"}
_SCALARS: Mapping[str, type] = {"string": str, "boolean": bool, "null": type(None), "integer": int}
_ALL = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_ASSERTED = frozenset({*NATIVE_FORMATS, *FORMATS})
_IN_INT64 = 1 << 62
_ESCAPED = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')


def decoder(mould: Mould) -> Callable[[Any], Any]:
    """Return what decodes one text, and raises an error for one that does not fit."""
    decode: Callable[[Any], Any] = msgspec.json.Decoder(mould.hint).decode
    return decode


def cast(decode: Callable[[Any], Any], texts: Sequence[Any]) -> list[Any]:
    """Return what each text decodes to, None where it does not fit."""
    found: list[Any] = []
    rest = iter(texts)
    while len(found) < len(texts):
        try:
            found.extend(map(decode, rest))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            found.append(None)
    return found


def moulded(document: Schema) -> Mould | None:
    """Return the mould of a closed document's root, of objects alone; None where it has none.

    A body that is null was not kept, and one that is a string is text: those are read one by one.
    """
    mould = _Moulding(document).root()
    return None if mould.struct is None else replace(mould, hint=mould.struct, kind=mould.struct)


UNGETTABLE = attrgetter("")
"""Stands in a member until its struct is made."""


def with_members(members: Sequence[Member]) -> Mould | None:
    """Return the mould of objects with just some members; None where structs can have none of such names."""
    return _object([(member.name, member.optional, member.mould) for member in members])


def with_items(mould: Mould, items: Mould) -> Mould:
    """Return the mould of arrays like those of another, with other items."""
    hint: Any = list[items.hint]  # type: ignore[name-defined]  # an annotation made at run time
    if mould.size:
        hint = Annotated[hint, Meta(**mould.size)]
    return replace(mould, hint=hint, items=items)


def scalar(value: Any) -> Mould | None:
    """Return the mould of all single values of one JSON type; None for objects and arrays."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return Mould(type(value), type(value))
    if isinstance(value, int):
        return Mould(Annotated[int, Meta(ge=-_SAFE, le=_SAFE)], int)
    if isinstance(value, float):
        whole, broken = Meta(ge=-_SAFE, le=_SAFE), Meta(ge=float(-_SAFE), le=float(_SAFE))
        return Mould(_either([Annotated[int, whole], Annotated[float, broken]]))
    return None


class _TooManyError(Exception):
    """The schema has more places than are made structs of."""


class _Moulding:
    """Translates one closed document."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._defs: Schema = document.get("$defs", {})
        self._inside: list[str] = []
        self._places = self._plain = 0

    def root(self) -> Mould:
        root = {keyword: value for keyword, value in self._document.items() if keyword != "$defs"}
        try:
            return self._of(root)
        except _TooManyError:
            return Mould(Any, plain=True)

    def _of(self, schema: Any) -> Mould:
        self._places += 1
        if self._places > _MOST:
            raise _TooManyError
        begun = len(self._inside)
        parts: list[Schema] = []
        mould = self._simple(parts) if self._gather(schema, parts) else None
        del self._inside[begun:]
        return mould or self._as_it_is(schema)

    def _gather(self, schema: Any, parts: list[Schema]) -> bool:
        """Collect all schemas that speak of one value; return whether structs can say what they say."""
        if not isinstance(schema, dict):
            return schema is True
        if not schema.keys() <= _SIMPLE:
            return False
        parts.append(schema)
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name != SAFE_NUMBERS:
                if name in self._inside or name not in self._defs:
                    return False
                self._inside.append(name)
                if not self._gather(self._defs[name], parts):
                    return False
        return all(self._gather(part, parts) for part in schema.get("allOf", ()))

    def _as_it_is(self, schema: Any) -> Mould:
        """Return the mould of values that stay JSON, checked by their own schema."""
        self._plain += 1
        if self._plain > _MOST_PLAIN:
            raise _TooManyError
        items = {"allOf": [schema, {"$ref": f"#/$defs/{SAFE_NUMBERS}"}]}
        check = compiled({"$defs": self._defs, "items": items}).is_valid
        return Mould(Any, check=check, plain=True)

    def _simple(self, parts: Sequence[Schema]) -> Mould | None:
        listed = [
            part["enum"] if "enum" in part else [part["const"]] for part in parts if _LISTED & part.keys()
        ]
        if listed:
            return self._listed(listed[0], parts)
        types = _ALL
        for part in parts:
            if "type" in part:
                told = part["type"]
                mine = {told} if isinstance(told, str) else set(told)
                types = types & (mine | {"integer"} if "number" in mine else mine)
        if types == _ALL or not types or {"array", "object"} <= types:
            return None
        leaf = tuple({keyword: part[keyword] for keyword in _LEAVES & part.keys()} for part in parts)
        leaf = tuple(part for part in leaf if part)
        unproved = [part for part in map(_unproved, leaf) if part]
        if unproved and not types.isdisjoint({"array", "object"}):
            return None
        moulds = [self._of_type(kind, parts, leaf) for kind in sorted(_told_apart(types))]
        if None in moulds:
            return None
        made = [mould for mould in moulds if mould is not None]
        check = compiled({"items": {"allOf": unproved}}).is_valid if unproved else None
        textual = "string" in types and types <= {"null", "string"}
        declared: tuple[Schema, ...] = ({"type": sorted(types)},)
        hint = made[0].hint if len(made) == 1 else _either([one.hint for one in made])
        holder = next((one for one in made if one.members or one.items), made[0])
        return replace(
            holder,
            hint=hint,
            kind=made[0].kind if len(made) == 1 else None,
            check=check,
            leaf=declared + leaf,
            unproved=tuple(unproved),
            textual=textual,
        )

    def _of_type(self, kind: str, parts: Sequence[Schema], leaf: Sequence[Schema]) -> Mould | None:
        if kind == "object":
            return self._object(parts)
        if kind == "array":
            return self._array(parts)
        if kind == "string":
            meta = _limits(leaf, _LENGTHS)
            return Mould(Annotated[str, Meta(**meta)] if meta else str, str)
        if kind in {"integer", "number"}:
            whole = Annotated[int, Meta(**_bounds(leaf, int))]
            if kind == "integer":
                return Mould(whole, int)
            return Mould(_either([whole, Annotated[float, Meta(**_bounds(leaf, float))]]))
        return Mould(_SCALARS[kind], _SCALARS[kind])

    def _listed(self, values: Sequence[Any], parts: Sequence[Schema]) -> Mould | None:
        """Return the mould of values of which all are listed."""
        leaf = tuple(
            {keyword: part[keyword] for keyword in (_LEAVES | {"type"}) & part.keys()} for part in parts
        )
        fits = compiled({"allOf": list(leaf)}).is_valid
        fitting = [value for value in values if fits(value) and not _is_unsafe(value)]
        if any(isinstance(value, dict | list | float) for value in fitting) or not fitting:
            return None
        types = set(map(type, fitting))
        kind = types.pop() if len(types) == 1 else None
        if any(isinstance(value, bool) for value in fitting):
            both = kind is bool and len(set(fitting)) == 2  # noqa: PLR2004 - true and false
            check = None if both else compiled({"items": {"allOf": list(leaf)}}).is_valid
            return Mould(bool, bool, check=check, leaf=leaf) if kind is bool else None
        return Mould(Literal[tuple(dict.fromkeys(fitting))], kind, leaf=leaf)

    def _object(self, parts: Sequence[Schema]) -> Mould | None:
        closed = [part for part in parts if part.get("unevaluatedProperties") is False]
        shut = [part for part in parts if part.get("additionalProperties") is False]
        naming = [part for part in parts if "properties" in part]
        if any(part.get(keyword, False) is not False for part in parts for keyword in _FREE):
            return None
        if not closed and not shut:
            return None
        if any(
            part.get("properties", {}).keys() - one.get("properties", {}).keys()
            for one in shut
            for part in naming
        ):
            return None
        if any(not _sees_all(part, parts) for part in closed):
            return None
        named: dict[str, list[Any]] = {}
        for part in parts:
            for name, schema in part.get("properties", {}).items():
                named.setdefault(name, []).append(schema)
        required = {name for part in parts for name in part.get("required", ())}
        if not required <= named.keys():
            return None
        return _object(  # in the contract's order, most often the answer's: decoding looks there first
            [
                (
                    name,
                    name not in required,
                    self._of(schemas[0] if len(schemas) == 1 else {"allOf": schemas}),
                )
                for name, schemas in named.items()
            ]
        )

    def _array(self, parts: Sequence[Schema]) -> Mould | None:
        inside = [part["items"] for part in parts if "items" in part]
        sizes = [part[name] for part in parts for name in _SIZES if name in part]
        if not inside or not all(map(_is_size, sizes)):
            return None
        items = self._of(inside[0] if len(inside) == 1 else {"allOf": inside})
        return with_items(Mould(list, list, size=_limits(parts, _SIZES)), items)


_FREE = ("additionalProperties", "unevaluatedProperties")


def _object(members: Sequence[tuple[str, bool, Mould]]) -> Mould | None:
    """Return the mould of objects with just these members: name, whether it may be absent, place.

    None where a name is one that JSON escapes, which structs cannot have, or `*`, which stands for others.
    """
    if any(name == "*" or _ESCAPED.search(name) for name, _, _ in members):
        return None
    fields: list[Any] = []
    names: dict[str, str] = {}
    for number, (name, optional, mould) in enumerate(members):
        field_name = f"f{number}"
        names[field_name] = name
        if not optional:
            fields.append((field_name, mould.hint))
        else:
            hint = Any if mould.hint is Any else _either([mould.hint, UnsetType])
            fields.append((field_name, hint, UNSET))
    struct = msgspec.defstruct(
        "Answer", fields, rename=names, kw_only=True, forbid_unknown_fields=True, gc=False, eq=False
    )
    made = tuple(
        Member(name, attrgetter(f"f{number}"), optional, mould)
        for number, (name, optional, mould) in enumerate(members)
    )
    return Mould(struct, struct, made, apart=_apart(len(made)))


def _apart(count: int) -> Callable[[Sequence[Any]], Sequence[Sequence[Any]]]:
    """Return what takes structs of so many members apart: the values of each member, as a list.

    Each kind of struct has its own: the interpreter learns for a piece of code where in a struct a
    member lies, which is twice as quick as asking by name.
    """
    lists = "".join(f"[value.f{number} for value in values]," for number in range(count))
    made: Callable[[Sequence[Any]], Sequence[Sequence[Any]]] = eval(  # noqa: S307 - only numbers are filled in
        f"lambda values: ({lists})"
    )
    return made


def _sees_all(part: Schema, parts: Sequence[Schema]) -> bool:
    """Return whether all parts that name members stand under a part that closes the object."""
    before = parts[: next(number for number, one in enumerate(parts) if one is part)]
    return not any("allOf" in one or "properties" in one for one in before)


def _either(hints: Sequence[Any]) -> Any:
    """Return the annotation of values that fit one of several."""
    return Union[tuple(hints)]  # noqa: UP007 - an annotation made at run time


def _told_apart(types: frozenset[str]) -> frozenset[str]:
    return types - {"integer"} if "number" in types else types


def _unproved(part: Schema) -> dict[str, Any]:
    """Return what of a single value's schema decoding does not prove."""
    rest = {keyword: part[keyword] for keyword in ("pattern", "multipleOf") if keyword in part}
    if part.get("format") in _ASSERTED:
        rest["format"] = part["format"]
    rest |= {bound: part[bound] for bound in _BOUNDS if bound in part and not _is_exact(part[bound])}
    rest |= {size: part[size] for size in _LENGTHS if size in part and not _is_size(part[size])}
    return rest


def _is_unsafe(value: Any) -> bool:
    """Return whether a listed value is an integer that parsers read differently: one that is explained."""
    return isinstance(value, int) and abs(value) > _SAFE


def _is_exact(bound: Any) -> bool:
    return type(bound) is int and abs(bound) <= _SAFE


def _is_size(length: Any) -> bool:
    return type(length) is int and length <= _IN_INT64


def _limits(parts: Sequence[Schema], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the tightest limits of a length."""
    found: dict[str, int] = {}
    for keyword, name in names.items():
        given = [part[keyword] for part in parts if _is_size(part.get(keyword))]
        if given:
            found[name] = max(given) if name == "min_length" else min(given)
    return found


def _bounds(parts: Sequence[Schema], kind: type[int | float]) -> dict[str, Any]:
    """Return the tightest bounds of a number, within what all parsers read alike."""
    found: dict[str, Any] = {"ge": -_SAFE, "le": _SAFE}
    for keyword, name in _BOUNDS.items():
        given = [part[keyword] for part in parts if _is_exact(part.get(keyword))]
        if given:
            bound = max(given) if name in {"ge", "gt"} else min(given)
            if name in {"gt", "lt"}:
                found[name] = bound
            else:
                found[name] = max(found[name], bound) if name == "ge" else min(found[name], bound)
    # a place takes one bound a side: the inclusive one is given up where the other is as tight
    for inclusive, exclusive, tighter in (("ge", "gt", max), ("le", "lt", min)):
        if exclusive in found:
            if tighter(found[inclusive], found[exclusive]) == found[exclusive]:
                del found[inclusive]
            else:
                del found[exclusive]
    return {name: kind(bound) for name, bound in found.items()}
