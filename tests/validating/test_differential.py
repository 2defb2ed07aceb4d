"""jsonschema-rs beside jsonschema, and the walk beside `unevaluatedProperties`: one reading.

What the engines disagree about is listed here, once, and asserted: a difference that is not in the
list fails a property, one that is gone fails the list.
"""

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, assume, given, settings

from support.judging import judge, sites
from support.soup import CLOSED, OBJECT_SCHEMAS, OBJECTS, SCHEMAS, VALUES
from wireproof.contract import Schemas
from wireproof.validating import Judge
from wireproof.validating.engine import FastEngine, ReferenceEngine

KNOWN_DIFFERENCES = {
    "multiples of a decimal are exact": ({"multipleOf": 0.1}, 0.3, True, False),
    "$ is the end of the text, not of a line": ({"pattern": "^a$"}, "a\n", False, True),
    "\\d is a digit of ASCII": ({"pattern": "^\\d$"}, "\u0663", False, True),
    "\\w is a letter of ASCII": ({"pattern": "^\\w$"}, "\u00e9", False, True),
}
"""Schema, value, what jsonschema-rs says, what jsonschema says: the first is ours."""

AGREED = {
    "1.0 is an integer": ({"type": "integer"}, 1.0, True),
    "true is no integer": ({"type": "integer"}, True, False),
    "true is not 1": ({"const": 1}, True, False),
    "false is not 0 in a list": ({"enum": [0]}, [False], False),
    "1.0 is 1": ({"enum": [1]}, 1.0, True),
    "1 and 1.0 do not differ": ({"uniqueItems": True}, [1, 1.0], False),
    "1 and true differ": ({"uniqueItems": True}, [1, True], True),
    "integers keep every digit": ({"maximum": 9007199254740992}, 9007199254740993, False),
    "a length counts characters": ({"maxLength": 1}, "\U0001f600", True),
    "a time needs its offset": ({"format": "date-time"}, "2024-01-01T00:00:00", False),
    "a leap second": ({"format": "date-time"}, "1998-12-31T23:59:60Z", True),
    "an address without a domain": ({"format": "email"}, "ann", False),
    "base64": ({"format": "byte"}, "aGk=", True),
    "base64 without its padding": ({"format": "byte"}, "aGk", False),
    "a format that nobody knows": ({"format": "colour"}, "red", True),
    "a format asks strings alone": ({"format": "uuid"}, 3, True),
}


def document(schema, x, y):
    return {"$defs": {"root": schema, "x": x, "y": y}, "$ref": "#/$defs/root"}


@pytest.mark.parametrize(
    ("schema", "value", "ours", "theirs"), KNOWN_DIFFERENCES.values(), ids=KNOWN_DIFFERENCES
)
def test_known_differences(schema, value, ours, theirs):
    engines = (FastEngine(schema), ReferenceEngine(schema))
    assert [engine.is_valid(value) for engine in engines] == [ours, theirs]
    assert [not engine.faults(value) for engine in engines] == [ours, theirs]


@pytest.mark.parametrize(("schema", "value", "fits"), AGREED.values(), ids=AGREED)
def test_decided_alike(schema, value, fits):
    engines = (FastEngine(schema), ReferenceEngine(schema))
    assert [engine.is_valid(value) for engine in engines] == [fits, fits]


@given(SCHEMAS, CLOSED, CLOSED, VALUES)
def test_the_engines_give_one_verdict(schema, x, y, value):
    made = document(schema, x, y)
    fast, reference = FastEngine(made), ReferenceEngine(made)
    assert fast.is_valid(value) == reference.is_valid(value)
    assert bool(fast.faults(value)) == (not fast.is_valid(value))


@given(SCHEMAS, CLOSED, CLOSED, VALUES)
def test_the_sites_are_the_same_whichever_engine_judges(schema, x, y, value):
    assume("False" not in str((schema, x, y)))  # jsonschema forgets where a schema `false` stood
    found = sites(schema, value, x=x, y=y)
    assert found == sites(schema, value, reference=True, x=x, y=y)


@given(SCHEMAS, CLOSED, CLOSED, VALUES)
def test_every_invalid_body_has_a_site_and_a_valid_one_has_none_but_names(schema, x, y, value):
    judgement = judge(schema, value, x=x, y=y)
    wrong = [site for site in judgement.sites if site.keyword != "undocumented"]
    if FastEngine(document(schema, x, y)).is_valid(value):
        assert wrong == []
    else:
        assert judgement.sites


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(OBJECT_SCHEMAS, CLOSED, CLOSED, OBJECTS)
def test_undocumented_at_the_root_is_what_unevaluated_properties_would_forbid(schema, x, y, value):
    made = {"$defs": {"x": x, "y": y}, "allOf": [schema], "unevaluatedProperties": False}
    assume(jsonschema_rs.is_valid({**made, "unevaluatedProperties": True}, value))
    forbidden = sorted(
        name
        for error in jsonschema_rs.validator_for(made).iter_errors(value)
        if error.schema_path == ["unevaluatedProperties"] and not error.instance_path
        for name in error.kind.unexpected
    )
    judge_of = Judge(Schemas({"it": schema, "x": x, "y": y}, {}))
    scope = judge_of.applicable.scope((schema,), value)
    required = {name for part in scope.schemas for name in part.get("required", ())}
    expected = [name for name in forbidden if name not in required] if scope.described else []
    sites_found = judge_of.judge("it", value).sites
    found = [site.path[0] for site in sites_found if site.keyword == "undocumented" and len(site.path) == 1]
    assert sorted(found) == expected
