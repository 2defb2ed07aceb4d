"""A contract that multiplies itself leaves a body undecided, at once; large bodies are judged."""

import pytest

from support.judging import INTEGER, judge, ref, thing
from wireproof.contract import Schemas
from wireproof.validating import Judge, Verdict
from wireproof.validating.effort import EFFORT_LIMIT, effort


def doubled(keyword, count=40):
    """Return definitions of which each asks the next one twice."""
    chain = {
        f"d{number}": {keyword: [ref(f"d{number + 1}"), ref(f"d{number + 1}")]} for number in range(count)
    }
    return {**chain, f"d{count}": INTEGER}


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf", "allOf"])
@pytest.mark.parametrize("value", ["x", 1, {}, []], ids=repr)
def test_alternatives_that_double_are_not_begun(keyword, value):
    judgement = judge(ref("d0"), value, **doubled(keyword))
    assert (judgement.verdict, judgement.sites) == (Verdict.UNDECIDED, ())


def test_they_do_no_harm_where_they_are_not_asked():
    defs = doubled("anyOf")
    schema = thing({"a": INTEGER, "b": ref("d0")})
    assert judge(schema, {"a": 1}, **defs).verdict is Verdict.VALID
    assert judge(schema, {"a": 1, "b": 1}, **defs).verdict is Verdict.UNDECIDED


def test_members_that_double_with_depth_are_not_begun():
    inner = {"properties": {"x": ref("it")}}
    deep = {}
    for _ in range(60):
        deep = {"x": deep}
    assert judge({"allOf": [inner, {**inner}]}, deep).verdict is Verdict.UNDECIDED
    assert judge({"allOf": [inner, {**inner}]}, {"x": {"x": {}}}).verdict is Verdict.VALID


def test_a_large_body_of_a_plain_contract_is_judged():
    schema = {"type": "array", "items": {"anyOf": [thing({"a": INTEGER}), {"type": "null"}]}}
    judgement = Judge(Schemas({"it": schema}, {})).judge("it", [{"a": number} for number in range(60_000)])
    assert judgement.verdict is Verdict.VALID


def test_a_deep_body_of_a_plain_contract_is_judged():
    tree = thing({"kids": {"type": "array", "items": ref("it")}})
    deep = {}
    for _ in range(60):
        deep = {"kids": [deep]}
    assert judge(tree, deep).verdict is Verdict.VALID


def test_effort_grows_with_the_value_and_stops_at_its_limit():
    listed = {"type": "array", "items": INTEGER}
    assert effort({}, listed, list(range(1000, 1010))) == 11
    assert effort({}, listed, list(range(1000, 2000)), limit=50) == 51
    assert EFFORT_LIMIT > 10_000
