"""What `x-task-lifecycle` names: places, states and parameters that the operation must know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.lint.defect import Note, literal, near, quoted, shown
from wireproof.lint.extensions import lifecycle_engine
from wireproof.lint.names import expanded, names_of
from wireproof.lint.places import schema_types, schema_values, schemas_at
from wireproof.validating import json_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Call, Item, Outline
    from wireproof.openapi import Node

__all__ = [
    "lifecycle_encoding_mismatch",
    "lifecycle_place_unknown",
    "lifecycle_request_unknown",
    "lifecycle_state_missing",
    "lifecycle_state_repeated",
    "lifecycle_state_unknown",
    "lifecycle_success_impossible",
]

_ENCODINGS = {
    "percent": frozenset({"integer", "number"}),
    "fraction": frozenset({"number"}),
    "percent-text": frozenset({"string"}),
}
_UNITS = {
    "epoch-s": frozenset({"integer", "number", "string"}),
    "epoch-ms": frozenset({"integer", "number", "string"}),
    "date-time": frozenset({"string"}),
    "local-time": frozenset({"string"}),
}
_TIMES = ("submitted", "started", "finished")


@dataclass(frozen=True, slots=True, eq=False)
class _Shape:
    """One shape of answer: what the lifecycle says of it, and the schemas of such an answer."""

    node: Node
    schemas: tuple[Node, ...]

    def at(self, pointer: Node, outline: Outline) -> list[Node]:
        """Return the schemas at the place that a pointer names."""
        return schemas_at(self.schemas, pointer.value, outline) if isinstance(pointer.value, str) else []


def lifecycle_place_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield pointers to places that no schema of a successful answer has."""
    for shape in _shapes(item, outline):
        if not shape.schemas:
            message = "no successful answer has a schema in which the lifecycle's places could be found"
            yield Note(shape.node, message, "describe the answer under `responses`, as application/json")
            continue
        for pointer in _pointers(shape.node):
            if not shape.at(pointer, outline):
                yield _unknown_place(pointer, shape, outline)


def _unknown_place(pointer: Node, shape: _Shape, outline: Outline) -> Note:
    tokens = str(pointer.value).split("/")
    known_until = next(
        count
        for count in range(len(tokens) - 1, 0, -1)
        if schemas_at(shape.schemas, "/".join(tokens[:count]), outline)
    )
    holder, wrong, rest = "/".join(tokens[:known_until]), tokens[known_until], tokens[known_until + 1 :]
    schemas = schemas_at(shape.schemas, holder, outline)
    close = near(wrong, {name for schema in schemas for name in names_of(schema, outline).known})
    if close:
        mend = f"did you mean {quoted('/'.join([holder, close, *rest]))} ?"
    elif wrong != "*" and "array" in schema_types(schemas, outline):
        mend = f"did you mean {quoted('/'.join([holder, '*', wrong, *rest]))} ?"
    else:
        mend = "mend the pointer, or describe the place in the answer's schema"
    return Note(pointer, f"the answer's schema has no place {quoted(str(pointer.value))}", mend)


def lifecycle_state_repeated(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield values of the status that stand in two states."""
    for shape in _shapes(item, outline):
        first: dict[str, str] = {}
        for state, value in _state_values(shape.node):
            text = literal(value.value)
            if text in first:
                also = f"{quoted(first[text])} and {quoted(state)}" if first[text] != state else "one state"
                yield Note(value, f"{shown(value.value)} stands twice, in {also}", "keep the one that holds")
            first.setdefault(text, state)


def lifecycle_state_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield values of the status that the schema's enumeration does not list."""
    for shape, values in _statuses(item, outline):
        for _, value in _state_values(shape.node):
            if literal(value.value) not in values:
                close = near(str(value.value), {text.strip('"') for text in values})
                mend = (
                    f"did you mean {quoted(close)} ?" if close else "add it to the enumeration, or remove it"
                )
                yield Note(value, f"the status is never {shown(value.value)} by its schema", mend)


def lifecycle_state_missing(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield values of the enumeration that stand in no state: a poller would wait for ever."""
    for shape, values in _statuses(item, outline):
        mapped = {literal(value.value) for _, value in _state_values(shape.node)}
        for text in sorted(values - mapped - {"null"}):
            message = f"the status {text} stands in no state"
            yield Note(shape.node.member("states"), message, "add it to one of the states")


def lifecycle_success_impossible(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield success predicates that no answer can meet."""
    for shape in _shapes(item, outline):
        expected = shape.node.member("success", "equals")
        schemas = shape.at(shape.node.member("success", "at"), outline)
        if not schemas:
            continue
        values = schema_values(schemas, outline)
        types = schema_types(schemas, outline)
        if json_type(expected.value) not in types or (
            values is not None and literal(expected.value) not in values
        ):
            place = shape.node.member("success", "at").value
            message = f"{quoted(place)} is never {shown(expected.value)} by its schema"
            yield Note(expected, message, "mend the value, or the schema at that place")


def lifecycle_encoding_mismatch(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield encodings and units that do not go with the type, or the `x-unit`, of their place."""
    for shape in _shapes(item, outline):
        named = [(shape.node.member("progress"), "encoding", _ENCODINGS)]
        named += [(time, "unit", _UNITS) for time in _times(shape.node)]
        for holder, key, table in named:
            form = holder.member(key)
            wanted = table.get(form.value) if isinstance(form.value, str) else None
            schemas = shape.at(holder.member("at"), outline)
            if wanted is None or not schemas:
                continue
            types = schema_types(schemas, outline)
            units = _units(schemas, outline)
            place = quoted(holder.member("at").value)
            if not wanted & types:
                has = " or ".join(sorted(types))
                message = f"{place} is of type {has}, which is never written as {form.value}"
                yield Note(form, message, f"mend the {key}, or the schema")
            elif units and form.value not in units:
                message = f"{place} has the unit {', '.join(sorted(units))} by its schema, not {form.value}"
                yield Note(form, message, f"mend the {key}, or `x-unit`")


def lifecycle_request_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield a task's `request` that names no parameter, or no place of the request body."""
    for shape in _shapes(item, outline):
        node = shape.node.member("task", "request")
        if not isinstance(node.value, str):
            continue
        where, _, name = node.value.partition(".")
        call = next((call for call in outline.calls if call.node.value is item.value), None)
        if where == "body":
            schemas = _body_schemas(item.node, outline)
            if not schemas_at(schemas, name, outline):
                mend = "mend the pointer, or describe the request body"
                yield Note(node, f"the request body's schema has no place {quoted(name)}", mend)
        elif call is not None and name not in (known := _parameter_names(call, where, outline)):
            close = near(name, known)
            mend = f"did you mean {quoted(f'{where}.{close}')} ?" if close else "describe the parameter"
            yield Note(node, f"the operation has no {where} parameter {quoted(name)}", mend)


def _shapes(item: Item, outline: Outline) -> list[_Shape]:
    """Return the shapes of an operation's lifecycle; none where it, or a reference, is broken."""
    node = item.node.member("x-task-lifecycle")
    if node.value is None or not lifecycle_engine().is_valid(node.value):
        return []
    if any(target is None for _, target in outline.references):
        return []
    answers = _answers(item.node, outline)
    nodes = [shape for _, shape in node.members()] if isinstance(node.value, list) else [node]
    return [_Shape(shape, _fitting(answers, shape.value.get("when"), outline)) for shape in nodes]


def _answers(operation: Node, outline: Outline) -> tuple[Node, ...]:
    found = []
    for status, entry in operation.member("responses").members():
        if status.startswith("2") or status == "default":
            found += _contents(outline.resolved(entry) or entry)
    return tuple(found)


def _body_schemas(operation: Node, outline: Outline) -> tuple[Node, ...]:
    return tuple(_contents(outline.member(operation, "requestBody")))


def _contents(holder: Node) -> list[Node]:
    medias = [media for _, media in holder.member("content").members()]
    return [media.member("schema") for media in medias if isinstance(media.member("schema").value, dict)]


def _fitting(answers: tuple[Node, ...], when: Any, outline: Outline) -> tuple[Node, ...]:
    """Return the answers' schemas, a union replaced by the alternatives that a condition admits."""
    required = when.get("required") if isinstance(when, dict) else None
    if not isinstance(required, list):
        return answers
    found: list[Node] = []
    for answer in answers:
        target = outline.resolved(answer) or answer
        branches = [
            branch
            for keyword in ("oneOf", "anyOf")
            for _, branch in target.member(keyword).members()
            if isinstance(target.value, dict)
        ]
        fitting = [
            branch for branch in branches if set(map(str, required)) <= names_of(branch, outline).known
        ]
        found += fitting or [answer]
    return tuple(found)


def _pointers(shape: Node) -> Iterator[Node]:
    """Yield every pointer that a shape names, as written."""
    yield shape.member("status")
    for key in ("results", "reason", "volatile"):
        yield from (pointer for _, pointer in shape.member(key).members())
    for holder in (shape.member("progress"), shape.member("success"), shape.member("task"), *_times(shape)):
        if isinstance(holder.value, dict):
            yield holder.member("at")
    yield from (pointer for _, pointer in shape.member("task", "same-as").members())


def _times(shape: Node) -> list[Node]:
    times = shape.member("times")
    named = [times.member(name) for name in _TIMES if times.member(name).value is not None]
    return named + [other for _, other in times.member("others").members()]


def _state_values(shape: Node) -> Iterator[tuple[str, Node]]:
    for state, values in shape.member("states").members():
        yield from ((state, value) for _, value in values.members())


def _statuses(item: Item, outline: Outline) -> Iterator[tuple[_Shape, frozenset[str]]]:
    """Yield each shape whose status has an enumeration, with the values it lists."""
    for shape in _shapes(item, outline):
        schemas = shape.at(shape.node.member("status"), outline)
        values = schema_values(schemas, outline)
        if values is not None:
            yield shape, values


def _units(schemas: list[Node], outline: Outline) -> set[str]:
    written = [part.value.get("x-unit") for schema in schemas for part in expanded(schema, outline)]
    return {unit for unit in written if isinstance(unit, str)}


def _parameter_names(call: Call, where: str, outline: Outline) -> set[str]:
    return {
        str(target.value.get("name"))
        for _, target in outline.parameters(call)
        if target.value.get("in") == where
    }
