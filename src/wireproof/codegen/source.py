"""What the model generator is given: the shapes of a contract, and nothing else of it.

A model is a type, not the judge: parsing breaks where a finding would be an error (a type, a
required field, null, a value outside a closed list) and nowhere else.  So bounds, lengths,
patterns and formats stay behind, as do closed objects, defaults (a model that fills in what
did not come would tell a lie) and every extension (some of them tell the generator which Python
names to import).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.contract import Contract, PromisedResponse

__all__ = ["ModelSource", "model_source", "module_name"]

_REF = "#/$defs/"
_COMPONENT = "#/components/schemas/"
_COPIED = ("type", "required", "description")
_ONE_SCHEMA = ("items", "additionalProperties")
_MANY_SCHEMAS = ("allOf", "anyOf", "oneOf", "prefixItems")


@dataclass(frozen=True, slots=True)
class ModelSource:
    """One provider's schemas, as the generator reads them, and which one each response has.

    `schemas` maps the name of a component to its schema, a `$ref` inside being
    `#/components/schemas/<name>`; `responses` maps (operation, status key) to such a name.
    """

    provider: str
    module: str
    schemas: Mapping[str, Any]
    responses: Mapping[tuple[str, str], str]


def model_source(contract: Contract) -> ModelSource:
    """Return what the models of a contract are made of: each response body, and what it refers to."""
    bodies = dict(_bodies(contract))
    names = _component_names(contract, bodies)
    schemas = {names[definition]: _shape(contract.schemas.defs[definition], names) for definition in names}
    responses = {key: names[definition] for key, definition in bodies.items()}
    return ModelSource(contract.provider, module_name(contract.provider), schemas, responses)


def module_name(provider: str) -> str:
    """Return the Python module name for a provider: ASCII letters, digits and `_`, never a keyword.

    Raises ContractError where the provider's name holds no letter or digit.
    """
    name = re.sub(r"[^0-9A-Za-z]+", "_", provider).strip("_").lower()
    if not name:
        raise ContractError(
            f"the provider name {provider!r} has no letter or digit to name a module by",
            hint="name the provider by letters and digits: wireproof generate NAME=FILE",
        )
    return f"api_{name}" if name[0].isdigit() or iskeyword(name) else name


def _bodies(contract: Contract) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield ((operation, status key), definition) for each response whose JSON body has a schema."""
    for operation in contract:
        for response in operation.responses:
            definition = _json_body(response)
            if definition is not None:
                yield (operation.id, response.status), _followed(contract, definition)


def _json_body(response: PromisedResponse) -> str | None:
    for body in response.bodies:
        essence = body.media_type.partition(";")[0].strip().lower()
        if body.schema is not None and essence.endswith(("/json", "+json", "/*")):
            return body.schema
    return None


def _followed(contract: Contract, definition: str) -> str:
    """Return the definition that a chain of bare references ends at."""
    seen = {definition}
    while True:
        schema = contract.schemas.defs[definition]
        bare = isinstance(schema, dict) and "$ref" in schema and not schema.keys() & _SHAPING
        if not bare or (target := _target(schema["$ref"])) in seen:
            return definition
        seen.add(target)
        definition = target


_SHAPING = {"type", "required", "enum", "const", "properties", *_ONE_SCHEMA, *_MANY_SCHEMAS}


def _component_names(contract: Contract, bodies: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return a component name for each definition that becomes a model, in document order."""
    wanted = {definition: _written_name(contract, definition) for definition in contract.schemas.defs}
    for (operation, status), definition in bodies.items():
        wanted[definition] = wanted[definition] or f"{operation} {status} response"
    reachable = _reachable(contract, set(bodies.values()))
    taken: set[str] = set()
    return {
        definition: _free(wanted[definition] or definition, taken)
        for definition in contract.schemas.defs
        if definition in reachable
    }


def _written_name(contract: Contract, definition: str) -> str | None:
    """Return the name that a schema was given where it is written, or None where it has none.

    A file that is one schema is called by the file's name, the body of a shared response by the
    response's; a schema that a reference reaches inside another by the key that it stands under.
    """
    written = contract.schemas.written.get(id(contract.schemas.defs[definition]))
    if written is None:
        return None
    text, pointer = written
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    match tokens:
        case []:
            return text.name.rpartition("/")[2].partition(".")[0]
        case ["components", "responses", name, "content", *_]:
            return f"{name} response"
        case ["paths" | "webhooks", *_]:
            return None
        case _:
            return tokens[-1]


def _free(wanted: str, taken: set[str]) -> str:
    """Return the wanted name made safe for a reference, and numbered where it is taken."""
    plain = re.sub(r"[^\w.-]+", "_", wanted) or "schema"
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}_{number}", number + 1
    taken.add(name)
    return name


def _reachable(contract: Contract, roots: set[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        definition = waiting.pop()
        if definition not in found:
            found.add(definition)
            waiting.extend(_references(contract.schemas.defs[definition]))
    return found


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield _target(schema["$ref"])
        if "x-discriminator" in schema:  # those that extend this one get models of their own
            yield from map(_target, schema["x-discriminator"]["branches"].values())
        for part in _parts(schema):
            yield from _references(part)


def _parts(schema: Mapping[str, Any]) -> Iterator[Any]:
    yield from schema.get("properties", {}).values()
    for keyword in _ONE_SCHEMA:
        if keyword in schema:
            yield schema[keyword]
    for keyword in _MANY_SCHEMAS:
        yield from schema.get(keyword, ())


def _target(reference: str) -> str:
    return reference.removeprefix(_REF)


def _shape(schema: Any, names: Mapping[str, str]) -> Any:
    """Return the part of a schema that makes a type, its references renamed."""
    if not isinstance(schema, dict):
        return {}
    shape: dict[str, Any] = {keyword: schema[keyword] for keyword in _COPIED if keyword in schema}
    if not isinstance(shape.get("description"), str):
        shape.pop("description", None)
    if "$ref" in schema:
        shape["$ref"] = _COMPONENT + names[_target(schema["$ref"])]
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if values and _listable(values):
        shape["enum"] = list(values)
    if "properties" in schema:
        shape["properties"] = {name: _shape(part, names) for name, part in schema["properties"].items()}
    for keyword in _ONE_SCHEMA:
        if isinstance(schema.get(keyword), dict):
            shape[keyword] = _shape(schema[keyword], names)
    for keyword in _MANY_SCHEMAS:
        if keyword in schema:
            shape[keyword] = [_shape(part, names) for part in schema[keyword]]
    return _plainer(shape)


def _plainer(shape: dict[str, Any]) -> dict[str, Any]:
    """Return the same type in words that the generator reads fully.

    An `allOf` of one part that says anything is that part: the generator would lose its null.  The
    type of undocumented fields beside documented ones is set aside: models keep them as they come.
    """
    parts = [part for part in shape.get("allOf", ()) if part.keys() & _SHAPING or "$ref" in part]
    if len(parts) == 1 and not shape.keys() & (_SHAPING - {"allOf"}):
        return {**parts[0], **{keyword: text for keyword, text in shape.items() if keyword == "description"}}
    if shape.get("properties"):
        return {keyword: value for keyword, value in shape.items() if keyword != "additionalProperties"}
    return shape


def _listable(values: list[Any]) -> bool:
    """Tell whether a closed list can be an enum class: all strings or all integers, null aside."""
    kinds = {type(value) for value in values if value is not None}
    return kinds in ({str}, {int})
