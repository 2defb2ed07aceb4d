"""A draft of a contract, from what a page claims and what its example shows, each guess marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wireproof.errors import ContractError
from wireproof.proofreading.bodies import Reading
from wireproof.proofreading.composing import json_types
from wireproof.proofreading.emitting import (
    operations_of,
    parameter_of,
    place_names,
    shell_of,
    status_of,
    unnamed_place,
    written,
)
from wireproof.proofreading.enlisting import enlist
from wireproof.proofreading.keeping import in_dialect, joined, kept, media_of, set_aside, unfit_samples
from wireproof.proofreading.scenes import sheet_of
from wireproof.proofreading.telling import line_in
from wireproof.proofreading.wordlists import word_lists
from wireproof.validating import json_type

if TYPE_CHECKING:
    from wireproof.claims.claim import ExampleClaim, FieldClaim, OperationClaim, Page, Path
    from wireproof.proofreading.scenes import Scene, Sheet
    from wireproof.proofreading.wordlists import WordList

__all__ = ["drafted"]

_INFERRED: Final = "inferred"
_LOCATIONS: Final = frozenset({"path", "query", "header", "cookie"})
_WIDE: Final = {"integer": "number"}


def drafted(page: Page) -> dict[str, Any]:
    """Return an OpenAPI document to start a contract from; the page's examples fit it.

    A valid document on the page is the start of it, with all that it holds.

    Where page and example disagree the example is taken, `x-documented-type` keeps the page's
    word and `x-guess` says what was decided.
    """
    base = kept(page)
    made = _written(page)
    if base.value is not None:
        return _kept(base.value, made)
    if base.why:
        made["info"]["x-guess"] = base.why
    return made


def _kept(base: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Return a page's own document, made to fit its examples."""
    known = {
        (path, method, side): media
        for path, item in made["paths"].items()
        for method in item
        for side, media in media_of(made, path, method)
    }
    joined(base, made)
    media = {
        id(one): known[path, method, side]
        for path, item in base["paths"].items()
        for method in (item if isinstance(item, dict) else ())
        for side, one in media_of(base, path, method)
        if (path, method, side) in known
    }
    for path, item in base["paths"].items():
        for method in item if isinstance(item, dict) else ():
            for _, one in media_of(base, path, method):
                shown = media.get(id(one), {}).get("examples")
                if shown and not {"example", "examples"} & set(one):
                    one["examples"] = shown
    for holder, _, _ in unfit_samples(base):
        if id(holder) in media:
            holder["schema"] = in_dialect(media[id(holder)]["schema"], str(base["openapi"]))
            holder["x-guess"] = "the page's schema does not fit its example; this one is made of both"
    set_aside(base)
    return base


def _written(page: Page) -> dict[str, Any]:
    """Return the draft that is written from a page's claims and examples alone."""
    sheet = sheet_of(page)
    made = shell_of(page, sheet)
    made["info"]["version"] = "draft"
    emitted = written(page)
    for operation in operations_of(sheet):
        claimed = emitted["paths"].get(operation.path, {}).get(operation.method.lower(), {})
        here = made["paths"].setdefault(operation.path, {})
        here[operation.method.lower()] = _operation(sheet, operation, claimed.get("security"))
    if "components" in emitted:
        made["components"] = emitted["components"]
    return made


def _operation(
    sheet: Sheet, operation: OperationClaim, security: list[dict[str, list[str]]] | None
) -> dict[str, Any]:
    made: dict[str, Any] = {"operationId": _operation_id(operation)}
    if operation.title:
        made["summary"] = operation.title
    if security:
        made["security"] = security
    parameters = _parameters(sheet, operation)
    if parameters:
        made["parameters"] = parameters
    scenes = [one for one in sheet.scenes() if one.operation in {"", operation.key}]
    lists = word_lists(sheet)
    for scene in scenes:
        if scene.side == "request":
            made["requestBody"] = {"content": {"application/json": _media(scene, lists, sheet.page.name)}}
    answers = {
        status_of(scene): {
            "description": "Success" if scene.kind == "ok" else "Error",
            "content": {"application/json": _media(scene, lists, sheet.page.name)},
        }
        for scene in scenes
        if scene.side != "request"
    }
    made["responses"] = answers or {
        "200": {"description": "Success", "x-guess": "the page describes no answer"}
    }
    made["x-source"] = {"line": operation.lines.first}
    return made


def _operation_id(operation: OperationClaim) -> str:
    words = [
        word for part in operation.path.split("/") for word in part.strip("{}").replace("-", "_").split("_")
    ]
    return operation.method.lower() + "".join(word[:1].upper() + word[1:] for word in words if word.isalnum())


def _parameters(sheet: Sheet, operation: OperationClaim) -> list[dict[str, Any]]:
    """Return the parameters that OpenAPI has a place for, and one for each place of the path."""
    places = place_names(operation.path)
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for one in sheet.parameters:
        if one.scope.operation not in {"", operation.key} or one.name.lower() == "authorization":
            continue
        said = one.location in _LOCATIONS
        location = one.location if said else "path" if one.name in places else "query"
        if location == "path" and one.name not in places:
            continue
        entry = {
            **parameter_of(one),
            "in": location,
            "x-provenance": "documented",
            "x-source": {"line": one.lines.first},
        }
        if not said and location == "query":
            entry["x-guess"] = "the page does not say where it is sent: perhaps in the body"
        entry["required"] = one.required is True or location == "path"
        made.setdefault((location, one.name), entry)
    for name in places:
        made.setdefault(("path", name), {**unnamed_place(name), "x-provenance": _INFERRED})
    return list(made.values())


def _media(scene: Scene, lists: list[WordList], source: str) -> dict[str, Any]:
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
        f"line{example.lines.first}": {"summary": f"shown at lines {example.lines}", "value": example.value}
        for example in examples
    }
    return media


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
        node["x-guess"] = f"documented as {' or '.join(promised)}; the example's type is taken"
    if came not in types and _WIDE.get(came) not in types:
        if came == "number" and "integer" in types:
            types.remove("integer")
        types.append(came)
        if promised and came == "null":
            node["x-guess"] = "not documented as nullable; the example shows null"
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
                node["x-guess"] = "documented, and not shown by the example"
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
            node["x-guess"] = "the page does not show at which level this field stands"
        if claim.required and claim.path[-1] not in holder.setdefault("required", []):
            holder["required"].append(claim.path[-1])
        if not holder.get("required", True):
            del holder["required"]
    return schema
