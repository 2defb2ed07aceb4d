"""The schema of a body in a draft: what the page says of its fields, widened until its examples fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.phrases import unit_in
from wireproof.errors import ContractError
from wireproof.proofreading.composing import add_guess, json_types
from wireproof.proofreading.enlisting import enlist
from wireproof.proofreading.readings import Reading
from wireproof.proofreading.telling import line_in
from wireproof.validating import json_type

if TYPE_CHECKING:
    from wireproof.claims.claim import ExampleClaim, FieldClaim, Lines, Path
    from wireproof.proofreading.scenes import Scene
    from wireproof.proofreading.wordlists import WordList

__all__ = ["media_type"]

_INFERRED: Final = "inferred"
_WIDE: Final = {"integer": "number"}


def media_type(scene: Scene, lists: list[WordList], source: str) -> dict[str, Any]:
    """Return the schema of a body as its fields and examples tell it, and these examples, which fit it."""
    examples = [one for one in scene.examples if one.readable]
    if not examples:
        schema = _claimed(scene.fields)
        enlist(schema, {claim.path: claim for claim in scene.fields}, lists, ())
        return {"schema": schema}
    schema = {}
    for example in examples:
        claims = _placed(scene, example, source)
        _shape(schema, example.value, (), claims, example)
    _unshown(schema, scene, examples, source)
    shown = [one.value for one in examples]
    enlist(schema, _placed(scene, examples[0], source), lists, shown)
    media: dict[str, Any] = {"schema": schema}
    media["examples"] = {
        f"line{example.lines.first}": {
            "summary": f"shown at {_spelled(example.lines)}",
            "value": example.value,
        }
        for example in examples
    }
    return media


def _spelled(lines: Lines) -> str:
    return f"{'line' if lines.first == lines.last else 'lines'} {lines}"


def _placed(scene: Scene, example: ExampleClaim, source: str) -> dict[Path, FieldClaim]:
    """Return the claims by the place where the example has what they describe."""
    if not scene.fields:
        return {}
    try:
        reading = Reading(source, example.scope, scene.fields, example)
    except ContractError:
        return {claim.path: claim for claim in scene.fields}
    placed: dict[Path, FieldClaim] = {}
    for claim in scene.fields:
        came = tuple("*" if isinstance(key, int) else str(key) for key in reading.original(claim.path))
        placed.setdefault(came, claim)
    holders = {claim.path[:-1] for claim in scene.fields}
    return {claim.path: claim for claim in scene.fields if claim.path in holders} | placed


def _shape(
    node: dict[str, Any],
    value: Any,
    path: tuple[str | int, ...],
    claims: dict[Path, FieldClaim],
    example: ExampleClaim,
) -> None:
    """Widen a schema until it describes a value that was shown."""
    claim = claims.get(tuple("*" if isinstance(key, int) else key for key in path))
    _type(node, json_type(value), claim)
    if path:
        _mark(node, claim, line_in(example, path).first)
    if isinstance(value, dict):
        for key, inner in value.items():
            _shape(
                node.setdefault("properties", {}).setdefault(key, {}), inner, (*path, key), claims, example
            )
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _shape(node.setdefault("items", {}), inner, (*path, number), claims, example)


def _type(node: dict[str, Any], came: str, claim: FieldClaim | None) -> None:
    known = node.get("type", [])
    types = [known] if isinstance(known, str) else list(known)
    promised = json_types(claim.types) if claim else []
    if claim and claim.nullable and "null" not in promised:
        promised.append("null")
    if not types and promised and (came in promised or _WIDE.get(came) in promised or came == "null"):
        types = promised
    elif not types and promised:
        node["x-documented-type"] = promised[0] if len(promised) == 1 else promised
        add_guess(node, f"documented as {' or '.join(promised)}; the example's type is taken")
    elif not types and claim:
        add_guess(node, "the page gives no type; the example's is taken")
    if came not in types and _WIDE.get(came) not in types:
        if came == "number" and "integer" in types:
            types.remove("integer")
        types.append(came)
        if promised and came == "null":
            add_guess(node, "not documented as nullable; the example shows null")
    node["type"] = types[0] if len(types) == 1 else types


def _promise(node: dict[str, Any], claim: FieldClaim) -> None:
    """Give a schema the types that a field is documented with."""
    types = json_types(claim.types)
    if types:
        types += ["null"] if claim.nullable and "null" not in types else []
        node["type"] = types[0] if len(types) == 1 else types


def _mark(node: dict[str, Any], claim: FieldClaim | None, line: int) -> None:
    if claim is not None:
        node.setdefault("x-provenance", "documented")
        if claim.description:
            node.setdefault("description", " ".join(claim.description.split()))
        if claim.unit:
            node.setdefault("x-unit", claim.unit)
            if unit_in(claim.description) == claim.unit:
                add_guess(node, f"the unit {node['x-unit']} is read from the description")
        if claim.enum:
            node.setdefault("x-extensible-enum", list(claim.enum))
        node.setdefault("x-source", {"line": claim.lines.first})
    elif "x-provenance" not in node:
        node["x-provenance"] = _INFERRED
        node.setdefault("x-guess", "shown by the example, and described nowhere")
        node["x-source"] = {"line": line}


def _unshown(schema: dict[str, Any], scene: Scene, examples: list[ExampleClaim], source: str) -> None:
    """Add documented fields that no example shows, and what is required in every example."""
    for example in examples[:1]:
        for path, claim in sorted(_placed(scene, example, source).items(), key=lambda pair: len(pair[0])):
            node, holder = _reach(schema, path)
            if node is None or not path:
                continue
            if not node and path[-1] != "*":
                _promise(node, claim)
                add_guess(node, "documented, and not shown by the example")
                _mark(node, claim, claim.lines.first)
            elif claim.required and path[-1] != "*" and all(_always(one.value, path) for one in examples):
                holder.setdefault("required", []).append(path[-1])


def _reach(schema: dict[str, Any], path: Path) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return the schema at a path, made where its object may have it, and the schema around it."""
    node, holder = schema, schema
    for key in path:
        holder = node
        types = node.get("type", [])
        wanted = "array" if key == "*" else "object"
        if types and wanted not in ([types] if isinstance(types, str) else types):
            return None, holder
        node = (
            node.setdefault("items", {})
            if key == "*"
            else node.setdefault("properties", {}).setdefault(key, {})
        )
    return node, holder


def _always(value: Any, path: Path) -> bool:
    """Return whether every object along a path has the next key."""
    if not path:
        return True
    if path[0] == "*":
        return not isinstance(value, list) or all(_always(item, path[1:]) for item in value)
    if not isinstance(value, dict):
        return True
    return path[0] in value and _always(value[path[0]], path[1:])


def _claimed(fields: list[FieldClaim]) -> dict[str, Any]:
    """Return the schema of fields that no example shows."""
    schema: dict[str, Any] = {"type": "object"}
    for claim in sorted(fields, key=lambda one: len(one.path)):
        node, holder = _reach(schema, claim.path)
        if node is None or claim.path[-1] == "*":
            continue
        if "type" not in node:
            _promise(node, claim)
        _mark(node, claim, claim.lines.first)
        items = json_types(claim.items)
        if "array" in claim.types and items:
            node.setdefault("items", {}).setdefault("type", items[0] if len(items) == 1 else items)
        if not claim.settled:
            add_guess(node, "the page does not show at which level this field stands")
        if claim.required and claim.path[-1] not in holder.setdefault("required", []):
            holder["required"].append(claim.path[-1])
        if not holder.get("required", True):
            del holder["required"]
    return schema
