"""One defect put into one body: what was done, where, and which rule has to say it."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from wireproof.validating import Applicable, json_type
from wireproof.validating.walk import walk

SAMPLES = {
    "string": "zz zz",
    "integer": 7,
    "number": 7.5,
    "boolean": True,
    "array": [[]],
    "object": {"zz": 1},
}
FORMATS = {"date-time", "date", "uri", "uuid", "email", "ipv4", "byte", "hostname"}


@dataclass(frozen=True)
class Drift:
    """A defect: its kind, the path to it, and the body that has it."""

    kind: str
    path: tuple[str | int, ...]
    body: Any


def drifts(schemas, name, body):
    """Return every defect of our kinds that can be put into a body, whether or not it breaks a promise."""
    found = []
    for visit in walk(Applicable(schemas), schemas.defs[name], body):
        path, value = visit.path, visit.value
        if isinstance(value, dict):
            found += [("drop", (*path, key), None) for key in value]
            found.append(("add", (*path, "zz_new"), "zz"))
        found += [
            (f"type {kind}", path, sample)
            for kind, sample in SAMPLES.items()
            if kind != json_type(value) and not (kind == "number" and json_type(value) == "integer")
        ]
        found.append(("null", path, None))
        found += _of_value(path, value, visit.scope.schemas)
    return [
        Drift(kind, path, _changed(body, kind, path, value))
        for kind, path, value in found
        if path or kind not in {"drop", "add"}
    ]


def _of_value(path, value, schemas):
    words = {keyword for schema in schemas for keyword in schema}
    if isinstance(value, str):
        if {"enum", "const"} & words:
            yield "enum", path, "zz_stranger"
            if value.upper() != value:
                yield "case", path, value.upper()
        if {schema.get("format") for schema in schemas} & FORMATS:
            yield "format", path, "@@ no such thing"
        if "maxLength" in words:
            yield "bound", path, value + "z" * 2000
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if {"maximum", "exclusiveMaximum"} & words:
            yield "bound", path, 10**25
        if {"minimum", "exclusiveMinimum"} & words:
            yield "bound", path, -(10**25)


def _changed(body, kind, path, value):
    made = deepcopy(body)
    if not path:
        return value
    holder = made
    for token in path[:-1]:
        holder = holder[token]
    if kind == "drop":
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return made
