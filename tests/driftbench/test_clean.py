from __future__ import annotations

import json
from random import Random

import pytest
from jsonschema import Draft202012Validator

from driftbench.bodies import clean_body
from driftbench.cases import case_for
from driftbench.corpus import clean_samples, load_apis
from driftbench.kinds_history import polls
from driftbench.moments import STATES, history, moment
from driftbench.promise import reference_schema

APIS = load_apis()
OPS = [op for api in APIS for op in api.ops]
TASKS = [op for op in OPS if op.lifecycle]


def op_name(op):
    return f"{op.api.name}-{op.id}"


@pytest.mark.parametrize("op", OPS, ids=op_name)
def test_clean_bodies_of_every_state_fit_the_contract_by_the_reference(op):
    validator = Draft202012Validator(reference_schema(op.api, op.promise()))

    errors = [
        error.message
        for state in STATES
        for number in range(12)
        for error in validator.iter_errors(
            clean_body(op, op.promise().schema, moment(f"t{number}", state)).value
        )
    ]

    assert errors == []


@pytest.mark.parametrize("op", TASKS, ids=op_name)
def test_a_success_has_a_usable_first_result_and_a_failure_has_a_reason(op):
    told = {}
    for state in ("succeeded", "failed"):
        for number in range(12):
            body = clean_body(op, op.promise().schema, moment(f"t{number}", state))
            wanted = body.roles.results[:1] if state == "succeeded" else body.roles.reason[:1]
            told[state, number] = [value for pointer in wanted for value in body.values(pointer)]

    assert [key for key, values in told.items() if not values or not all(values)] == []


@pytest.mark.parametrize("op", TASKS, ids=op_name)
def test_a_task_keeps_its_identity_and_never_loses_progress(op):
    cases = polls(op, "one-task", ("queued", "running", "running", "succeeded"))
    roles = cases[0].body.roles

    ids = {str(case.body.values(roles.task)) for case in cases if roles.task}
    progress = [
        float(str(case.body.values(roles.progress)[0]).rstrip("%")) for case in cases if roles.progress
    ]

    assert (len(ids) <= 1, progress) == (True, sorted(progress))


@pytest.mark.parametrize("op", TASKS, ids=op_name)
def test_the_answer_is_about_the_task_that_was_asked_for(op):
    case = case_for(op, moment("some-task", "running"))
    roles = case.body.roles
    asked = case.url + json.dumps(case.request_body)

    told = [
        str(value) for pointer in (roles.task, *roles.same) if pointer for value in case.body.values(pointer)
    ]

    assert [value for value in told if value not in asked] == []


def test_times_of_a_task_are_in_order():
    moments = history("times", ("queued", "running", "succeeded"))
    last = moments[-1]

    assert last.submitted < last.started < last.finished <= last.now
    assert [one.finished for one in moments[:-1]] == [None, None]


def test_the_same_seed_makes_the_same_samples():
    once = [one.exchanges for one in clean_samples(APIS, 60, seed=3)]

    assert once == [one.exchanges for one in clean_samples(APIS, 60, seed=3)]
    assert once != [one.exchanges for one in clean_samples(APIS, 60, seed=4)]


def test_clean_samples_have_no_labels_and_every_contract_gets_its_turn():
    found = list(clean_samples(APIS, 60, seed=3))

    assert {one.api for one in found} == {api.name for api in APIS}
    assert [one.labels for one in found if one.labels] == []
    assert sum(len(one.exchanges) for one in found) >= 60


def test_free_maps_get_keys_that_no_schema_names():
    op = next(op for op in OPS if op.id == "latestReadings")

    bodies = [clean_body(op, op.promise().schema, moment(f"m{n}", "succeeded")).value for n in range(20)]

    assert len({key for body in bodies for key in body["readings"]}) > 3


def test_chance_belongs_to_the_task_and_the_place():
    one = moment("a", "running")

    assert one.rng("x").random() == one.rng("x").random()
    assert one.rng("x").random() != one.rng("y").random()
    assert one.rng("x").random() != moment("b", "running").rng("x").random()
    assert isinstance(one.rng("x"), Random)
