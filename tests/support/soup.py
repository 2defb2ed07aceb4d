"""Schemas and values of no sense at all, for comparing two readings of them."""

from hypothesis import strategies as st

KEYS = st.sampled_from("abcd")
LEAVES = st.sampled_from(
    [
        {"type": "integer"},
        {"type": "string"},
        {},
        {"const": 1},
        {"enum": ["s", None]},
        {"type": ["null", "number"]},
        {"minimum": 2},
        {"maxLength": 0},
        {"type": "string", "format": "uuid"},
        {"multipleOf": 2},
        True,
        False,
    ]
)
SOME_DEFINITION = st.sampled_from(["#/$defs/x", "#/$defs/y"])


def _object(inner):
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", "array", ["object", "string"]]),
            "properties": st.dictionaries(KEYS, inner, min_size=1, max_size=3),
            "required": st.lists(KEYS, max_size=1),
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "oneOf": st.lists(inner, min_size=1, max_size=2),
            "if": inner,
            "then": inner,
            "else": inner,
            "not": LEAVES,
            "dependentSchemas": st.dictionaries(KEYS, inner, min_size=1, max_size=1),
            "dependentRequired": st.dictionaries(
                KEYS, st.lists(KEYS, max_size=2, unique=True), min_size=1, max_size=1
            ),
            "patternProperties": st.dictionaries(
                st.sampled_from(["^a", "[bc]"]), inner, min_size=1, max_size=1
            ),
            "propertyNames": st.sampled_from([{"pattern": "^[ab]"}, {"maxLength": 1}, {"enum": ["a", "z"]}]),
            "additionalProperties": inner,
            "unevaluatedProperties": inner,
            "items": inner,
            "prefixItems": st.lists(inner, min_size=1, max_size=2),
            "contains": inner,
            "minItems": st.integers(0, 2),
            "maxProperties": st.integers(0, 3),
            "uniqueItems": st.booleans(),
            "$ref": SOME_DEFINITION,
        },
    )


SCHEMAS = st.recursive(LEAVES, _object, max_leaves=6)
OBJECT_SCHEMAS = _object(SCHEMAS)
CLOSED = SCHEMAS.filter(lambda schema: "$ref" not in str(schema))
"""Schemas that refer to nothing: definitions made of them never run in a circle."""

VALUES = st.recursive(
    st.sampled_from([1, 2.0, 2.5, "s", "", None, True]),
    lambda inner: st.dictionaries(st.sampled_from("abcdz"), inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(st.sampled_from("abcdz"), VALUES, max_size=4)
