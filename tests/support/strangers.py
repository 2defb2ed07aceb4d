"""Contracts of providers that nobody has seen: composed, nullable, flat, and free in their keys."""

from support.contracts import contract

STRING = {"type": "string"}
INTEGER = {"type": "integer"}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def thing(properties, *required, **more):
    return {"type": "object", "properties": properties, "required": list(required), **more}


def composed():
    """Return a 3.1 contract of allOf, tagged oneOf, anyOf and nested references."""
    schemas = {
        "Stamped": thing(
            {
                "created": {"type": "string", "format": "date-time"},
                "id": {"type": "string", "format": "uuid"},
            },
            "id",
        ),
        "Job": {
            "allOf": [
                ref("Stamped"),
                thing({"state": {"enum": ["waiting", "running", "done"]}, "result": ref("Result")}, "state"),
            ]
        },
        "Result": {"oneOf": [ref("Image"), ref("Clip"), ref("Words")]},
        "Image": thing(
            {"kind": {"const": "image"}, "url": {"type": "string", "format": "uri"}, "width": INTEGER},
            "kind",
            "url",
        ),
        "Clip": thing(
            {
                "kind": {"const": "clip"},
                "url": {"type": "string", "format": "uri"},
                "seconds": {"type": "number", "minimum": 0},
                "frames": {"type": "array", "items": ref("Image")},
            },
            "kind",
            "url",
            "seconds",
        ),
        "Words": thing(
            {
                "kind": {"const": "words"},
                "text": STRING,
                "usage": {"anyOf": [ref("Usage"), {"type": "null"}]},
            },
            "kind",
            "text",
        ),
        "Usage": {
            "allOf": [
                thing({"tokens": {"type": "integer", "minimum": 0}}, "tokens"),
                thing({"cost": {"type": ["number", "null"]}}),
            ]
        },
        "Page": thing(
            {"items": {"type": "array", "items": ref("Job")}, "next": {"type": ["string", "null"]}}, "items"
        ),
    }
    return contract(ref("Page"), schemas=schemas)


def nullable():
    """Return a 3.0 contract with nullable in every position, heirs by discriminator, exclusive bounds."""
    schemas = {
        "Pet": {
            "type": "object",
            "required": ["petType", "name"],
            "discriminator": {"propertyName": "petType", "mapping": {"cat": "#/components/schemas/Cat"}},
            "properties": {
                "petType": STRING,
                "name": {"type": "string", "maxLength": 40, "nullable": True},
                "owner": {"allOf": [ref("Owner")], "nullable": True},
                "price": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
                "size": {"type": "string", "enum": ["small", "large"], "nullable": True},
            },
        },
        "Cat": {"allOf": [ref("Pet"), thing({"lives": {"type": "integer", "format": "int32"}}, "lives")]},
        "Dog": {"allOf": [ref("Pet"), thing({"tricks": {"type": "array", "items": STRING}}, "tricks")]},
        "Owner": thing({"mail": {"type": "string", "format": "email"}, "age": INTEGER}, "mail"),
        "Answer": {
            "type": "object",
            "required": ["pet", "visit"],
            "properties": {
                "pet": ref("Pet"),
                "visit": {
                    "oneOf": [ref("Check"), ref("Surgery")],
                    "discriminator": {"propertyName": "type"},
                },
            },
        },
        "Check": thing({"type": STRING, "notes": STRING}, "type", "notes"),
        "Surgery": thing(
            {"type": STRING, "minutes": {"type": "integer", "format": "int64"}}, "type", "minutes"
        ),
    }
    return contract(ref("Answer"), schemas=schemas, version="3.0.3")


def flat():
    """Return a contract whose answer is a plain list of rows."""
    row = thing(
        {
            "id": INTEGER,
            "title": STRING,
            "score": {"type": "number", "minimum": 0, "maximum": 1},
            "day": {"type": "string", "format": "date"},
            "tags": {"type": "array", "items": STRING},
            "open": {"type": "boolean"},
        },
        "id",
        "title",
        "open",
    )
    return contract({"type": "array", "items": row})


def maps():
    """Return a contract of maps with free keys, one inside the other."""
    entry = thing({"rate": {"type": "number"}, "unit": {"enum": ["s", "ms"]}}, "rate")
    return contract(
        thing(
            {
                "rates": {"type": "object", "additionalProperties": entry},
                "labels": {"type": "object", "additionalProperties": STRING},
                "nested": {
                    "type": "object",
                    "additionalProperties": {"type": "object", "additionalProperties": INTEGER},
                },
                "coded": {
                    "type": "object",
                    "patternProperties": {"^x-": INTEGER},
                    "additionalProperties": False,
                },
            },
            "rates",
            "nested",
        )
    )


ALL = (composed, nullable, flat, maps)
