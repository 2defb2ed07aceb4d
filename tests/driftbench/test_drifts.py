from __future__ import annotations

import json
import re
from functools import cache
from random import Random

import pytest

import wireproof
from driftbench.cases import case_for
from driftbench.corpus import FAMILIES, kinds, load_apis, sample
from driftbench.kinds_types import stranger_name
from driftbench.moments import moment

APIS = load_apis()
KINDS = kinds()
OF_ONE_PLACE = [kind for kind, family in KINDS.items() if family == "shape"]
OF_BODIES = [kind for kind, family in KINDS.items() if family in {"shape", "structure", "meaning"}]


@cache
def a_sample_of(kind):
    """Return a sample of a kind, of some contract that it can happen to."""
    first = sum(map(ord, kind)) % len(APIS)
    made = (sample(APIS, f"11:{api.name}:{kind}:0") for api in (*APIS[first:], *APIS[:first]))
    return next((one for one in made if one is not None), None)


def body_of(exchanged):
    try:
        return json.loads(exchanged.body)
    except ValueError:
        return None


def exists(body, tokens):
    """Return whether a pointer's tokens lead somewhere; `*` is any item or member."""
    if not tokens:
        return True
    head, *rest = tokens
    if isinstance(body, list):
        return head == "*" and any(exists(item, rest) for item in body)
    if not isinstance(body, dict):
        return False
    if head == "*":
        return any(exists(item, rest) for item in body.values())
    return head in body and exists(body[head], rest)


def tokens_of(pointer):
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_happen_and_its_label_is_in_the_report_s_own_words(kind):
    made = a_sample_of(kind)

    assert made is not None
    assert (made.kind, made.family) == (kind, KINDS[kind])
    assert [label for label in made.labels if not re.fullmatch(r"(/[^/]+)*", label.pointer)] == []
    assert [label for label in made.labels if not re.fullmatch("[a-z]+(-[a-z]+)*", label.rule)] == []


def test_every_family_has_kinds():
    assert sorted(set(KINDS.values())) == sorted(FAMILIES)


@pytest.mark.parametrize("kind", OF_BODIES)
def test_the_far_end_of_a_drift_is_in_the_body(kind):
    made = a_sample_of(kind)
    body = body_of(made.exchanges[0])

    assert body is not None
    assert [
        label for label in made.labels if label.to is not None and not exists(body, tokens_of(label.to))
    ] == []


@pytest.mark.parametrize("kind", OF_ONE_PLACE)
def test_a_drift_of_one_place_is_where_its_label_says(kind):
    made = a_sample_of(kind)
    [label] = made.labels

    there = exists(body_of(made.exchanges[0]), tokens_of(label.pointer))

    assert there is (label.rule != "required-missing") or "*" in label.pointer


@pytest.mark.parametrize(("kind", "count"), [("two drifts", 2), ("three drifts", 3)])
def test_several_drifts_in_one_body_keep_out_of_each_other_s_way(kind, count):
    made = a_sample_of(kind)

    assert len({label.pointer for label in made.labels}) == len(made.labels) == count


@pytest.mark.parametrize("kind", list(KINDS)[::7])
def test_a_sample_is_made_again_from_its_name(kind):
    made = a_sample_of(kind)

    assert sample(APIS, made.id) == made


def test_a_stranger_s_name_reminds_nobody_of_a_known_one():
    known = frozenset({"shardHint", "flag", "left", "gates", "debug", "bucket", "pod", "oddment"})

    assert stranger_name(known, Random(1))[0] == "zorro"
    assert stranger_name(known | {"zoro"}, Random(1)) is None


def test_the_benchmark_s_contracts_are_contracts():
    ops = {api.name: [op.id for op in api.ops] for api in APIS}

    assert {api.name: [op.id for op in wireproof.load_contract(str(api.file))] for api in APIS} == ops


def test_an_untouched_case_is_sent_as_it_was_made():
    op = APIS[0].ops[0]
    case = case_for(op, moment("same", "running"))

    assert json.loads(case.exchanged().body) == case.body.value
