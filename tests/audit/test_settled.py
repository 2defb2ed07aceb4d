"""A rule that the lanes know nothing of costs speed, and never a finding."""

import json

import pytest

from support.contracts import load
from support.lives import many_at_once, one_by_one
from wireproof import rules
from wireproof.finding import Severity
from wireproof.lanes.certain import SETTLED, are_settled
from wireproof.options import Options
from wireproof.rules.rule import AnswerRule, Rule
from wireproof.rules.scene import MeaningRule

LEFT = frozenset()
"""Rules that the lanes are never certain of: answers that those may look at go the ordinary way."""
LIFE = {"status": "/word", "states": {"running": ["run"], "succeeded": ["done"]}}
SCHEMA = {
    "type": "object",
    "required": ["word"],
    "properties": {"word": {"type": "string"}, "n": {"type": "integer"}},
}
STRANGE = Rule("n-is-seven", Severity.WARNING, "meaning", "A number is seven.")


def of_meaning(scene):
    if scene.value.get("n") == 7:
        yield scene.finding(
            STRANGE, "/n", promised="another number", observed="7", mend="ask", kind="seven", contract=None
        )


def of_answers(answer):
    if answer.body is not None and answer.body.value.get("n") == 7:
        yield answer.finding(
            STRANGE,
            part="body",
            pointer="/n",
            promised="another number",
            observed="7",
            mend="ask",
            kind="seven",
            contract=None,
        )


def contract(*lives):
    contents = {"application/json": {"schema": SCHEMA}}
    operation = {"operationId": "get", "responses": {"200": {"description": "d", "content": contents}}}
    if lives:
        operation["x-task-lifecycle"] = list(lives)
    return load(
        {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/task": {"get": operation}}}
    )


DATA = b"\n".join(
    json.dumps(
        {
            "request": {"method": "GET", "url": "/task"},
            "response": {"status": 200, "body": {"word": "run", "n": n}},
        }
    ).encode()
    for n in [*range(10), "7"] * 20
)


def test_the_lanes_settle_or_leave_every_rule_about_bodies_and_their_meaning():
    of_bodies = [entry for entry in rules.ANSWER_RULES if entry not in rules.HEAD_RULES]
    assert {entry.rule.id for entry in (*of_bodies, *rules.MEANING_RULES)} == SETTLED | LEFT
    assert not SETTLED & LEFT


def add_a_rule_of_meaning(monkeypatch, *needs):
    strange = MeaningRule(STRANGE, of_meaning, frozenset(needs))
    monkeypatch.setattr(rules, "MEANING_RULES", (*rules.MEANING_RULES, strange))


@pytest.mark.parametrize(("lives", "needs"), [((), ()), ((LIFE,), ()), ((LIFE,), ("status",))])
def test_a_strange_rule_of_meaning_tells_what_it_tells_one_by_one(monkeypatch, lives, needs):
    add_a_rule_of_meaning(monkeypatch, *needs)
    report = many_at_once(contract(*lives), DATA, Options())
    assert report == one_by_one(contract(*lives), DATA, Options())
    assert report.count("n-is-seven") >= 1


def test_a_strange_rule_that_has_nothing_to_check_costs_no_speed(monkeypatch):
    assert are_settled(())
    add_a_rule_of_meaning(monkeypatch, "status")
    assert are_settled(())
    add_a_rule_of_meaning(monkeypatch)
    assert not are_settled(())


def test_a_strange_rule_of_answers_tells_what_it_tells_one_by_one(monkeypatch):
    monkeypatch.setattr(rules, "ANSWER_RULES", (*rules.ANSWER_RULES, AnswerRule(STRANGE, of_answers)))
    report = many_at_once(contract(), DATA, Options())
    assert report == one_by_one(contract(), DATA, Options())
    assert report.count("n-is-seven") >= 1
