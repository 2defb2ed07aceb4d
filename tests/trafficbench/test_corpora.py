from __future__ import annotations

import json

import jsonschema_rs
import orjson
import pytest
import yaml

from corpus import CONTRACT, bodies, exchanges
from trafficbench.corpora import LARGE, SMALL, Corpora
from trafficbench.drifts import CLEAN, KINDS, labelled
from wireproof import load_contract
from wireproof.examining import Examiner
from wireproof.readers.jsonlines import Lines

DOCUMENT = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
SCHEMA = {"$ref": "#/components/schemas/TaskAnswer", "components": DOCUMENT["components"]}
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
BESIDE_THE_SCHEMA = {name for name in KINDS if name.startswith("an undocumented")}
WRITTEN = [(label, orjson.dumps(record)) for label, record in labelled(8 * len(KINDS))]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("drift", [0.0, 0.2, 1.0])
def test_an_answer_of_a_timed_corpus_breaks_the_schema_where_it_was_made_to_drift_and_nowhere_else(
    large, drift
):
    made = list(bodies(60, large=large, drift=drift))

    assert ["shard" not in body["data"] for body in made] == [VALIDATOR.is_valid(body) for body in made]


def test_the_share_of_drifting_answers_is_the_one_that_was_asked_for():
    made = list(bodies(5_000, drift=0.2))

    assert sum("shard" in body["data"] for body in made) / 5_000 == pytest.approx(0.2, abs=0.02)


def test_the_labelled_corpus_has_one_half_clean_and_every_kind_as_often():
    labels = [label for label, _ in WRITTEN]

    assert {label: labels.count(label) for label in labels} == {CLEAN: 4 * len(KINDS)} | dict.fromkeys(
        KINDS, 4
    )


@pytest.mark.parametrize("kind", [CLEAN, *KINDS])
def test_a_label_says_what_the_schema_says(kind):
    verdicts = {
        VALIDATOR.is_valid(orjson.loads(line)["response"]["body"]) for label, line in WRITTEN if label == kind
    }

    assert verdicts == {kind == CLEAN or kind in BESIDE_THE_SCHEMA}


@pytest.mark.parametrize("kind", KINDS)
def test_a_drift_changes_one_thing_and_leaves_the_rest(kind):
    (before,) = exchanges(1)
    after = json.loads(json.dumps(before))
    KINDS[kind](after)

    changed = [
        path
        for path, value in leaves(after) | leaves(before)
        if (path, value) not in leaves(before) & leaves(after)
    ]
    assert len(set(changed)) == 1


def leaves(value, path=""):
    if isinstance(value, dict):
        return {leaf for key, member in value.items() for leaf in leaves(member, f"{path}/{key}")}
    if isinstance(value, list):
        return {leaf for at, item in enumerate(value) for leaf in leaves(item, f"{path}/{at}")}
    return {(path, json.dumps(value))}


def test_an_audit_tells_every_kind_and_is_silent_about_the_clean_ones():
    contract = load_contract(CONTRACT)

    def told(line):
        examiner = Examiner([contract])
        examiner.take_lines(Lines("corpus.jsonl", [line], 0, 1))
        said = examiner.report().to_json()["summary"]
        return said["findings"]["error"] + said["findings"]["warning"] + said["unmatched"] > 0

    assert [label for label, line in WRITTEN if told(line) != (label != CLEAN)] == []


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_corpus_is_written_once_and_knows_how_many_of_its_records_drift(work, size):
    made = Corpora().timed(size, 0.2, 50)
    written = made.path.stat().st_mtime_ns

    again = Corpora().timed(size, 0.2, 50)

    lines = made.path.read_bytes().splitlines()
    assert again == made
    assert again.path.stat().st_mtime_ns == written
    assert (made.records, made.drifting) == (len(lines), sum(b'"shard"' in line for line in lines))


def test_the_first_records_of_a_corpus_are_a_corpus(work):
    corpora = Corpora()
    whole = corpora.timed(SMALL, 0.2, 50)

    part = corpora.first(whole, 20)

    lines = part.path.read_bytes().splitlines()
    assert lines == whole.path.read_bytes().splitlines()[:20]
    assert (part.records, part.drifting) == (20, sum(b'"shard"' in line for line in lines))
    assert corpora.first(whole, 50) == whole


def test_what_another_generator_wrote_is_removed(work):
    (work / "corpora-0123").mkdir()

    made = Corpora()

    assert list(work.iterdir()) == [made.folder]
