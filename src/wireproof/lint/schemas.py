"""What the keywords of one schema say together: names, bounds, members, access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity
from wireproof.lint.defect import Note, literal, near, quoted, shown
from wireproof.lint.names import names_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline

__all__ = [
    "access_contradicts",
    "bounds_contradict",
    "enum_duplicate",
    "enum_empty",
    "items_missing",
    "property_typo",
    "required_unknown",
]

_BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)


def required_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield names in `required` that no property of the schema, or of what composes it, has."""
    required = item.node.member("required")
    if not isinstance(required.value, list) or (item.is_reference and not outline.modern):
        return
    names = names_around(item, outline)
    if names.open:
        return
    for _, entry in required.members():
        if isinstance(entry.value, str) and entry.value not in names.known:
            close = near(entry.value, names.known)
            mend = f"did you mean {quoted(close)} ?" if close else "describe it in `properties`, or remove it"
            yield Note(entry, f"`required` names {quoted(entry.value)}, which no property has", mend)


def enum_duplicate(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield members that a closed or open enumeration lists twice."""
    for keyword in ("enum", "x-extensible-enum"):
        node = item.node.member(keyword)
        if not isinstance(node.value, list):
            continue
        seen: dict[str, str] = {}
        for index, member in node.members():
            text = literal(member.value)
            if text in seen:
                yield Note(
                    member, f"{quoted(keyword)} lists {shown(member.value)} twice", "keep one of the two"
                )
            seen.setdefault(text, index)


def enum_empty(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield enumerations without members, which no value fits."""
    node = item.node.member("enum")
    if node.value == []:
        yield Note(node, "`enum` lists nothing, so no value fits", "list the values, or remove it")


def bounds_contradict(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield pairs of bounds that no value can keep."""
    for low, high in _BOUNDS:
        least, most = item.value.get(low), item.value.get(high)
        if _is_number(least) and _is_number(most) and least > most:
            node = item.node.member(low)
            message = f"{quoted(low)} {least} is above {quoted(high)} {most}, so no value fits"
            yield Note(node, message, "exchange or mend the two")


def access_contradicts(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield properties that may neither be sent nor received."""
    if item.value.get("readOnly") is True and item.value.get("writeOnly") is True:
        node = item.node.member("writeOnly")
        yield Note(node, "`readOnly` and `writeOnly` exclude each other", "keep the one that holds")


def items_missing(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield arrays that do not say what they hold: a fault in 3.0, a gap later."""
    if item.value.get("type") != "array" or item.is_reference:
        return
    if not any(keyword in item.value for keyword in ("items", "prefixItems", "contains", "$dynamicRef")):
        severity = Severity.INFO if outline.modern else Severity.WARNING
        message = "the array does not say what it holds"
        yield Note(item.node.member("type"), message, "write `items`", severity)


def property_typo(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield `properties` that hold a keyword of the schema itself: an indent too many."""
    node = item.node.member("properties", "required")
    if isinstance(node.value, list):
        message = "`required` stands among the properties, as if it were one"
        yield Note(node, message, "indent it like `properties`")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
