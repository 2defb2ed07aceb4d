"""A folder of very many files: the report lists the first sources, counts all, and is gone on with."""

import json
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from support.contracts import contract, document, exchange
from wireproof import counts, schemas, tally
from wireproof.cli import main
from wireproof.counts import Input, Rest, digest_of
from wireproof.examining import Examiner, examine
from wireproof.report import Report
from wireproof.restoring import restored, state_json

MADE = contract({"type": "object", "properties": {"id": {"type": "string"}}})
SCHEMA = json.loads(Path(schemas.__path__[0], "report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def _few(monkeypatch):
    monkeypatch.setattr(counts, "LISTED_INPUTS", 3)
    monkeypatch.setattr(tally, "LISTED_INPUTS", 3)


def records(names):
    return [exchange({"id": "x"}, source=name, index=index) for index, name in enumerate(names)]


@pytest.mark.usefixtures("_few")
def test_the_first_sources_by_name_are_listed_and_the_others_counted_together():
    value = examine([MADE], records("gfedcbaab")).to_json()
    assert value["inputs"] == [
        {"source": "a", "exchanges": 2, "unreadable": 0},
        {"source": "b", "exchanges": 2, "unreadable": 0},
        {"source": "c", "exchanges": 1, "unreadable": 0},
    ]
    assert value["inputs_left_out"] == {"sources": 4, "exchanges": 4, "unreadable": 0}
    assert (value["summary"]["exchanges"], value["summary"]["records"]) == (9, 9)
    Draft202012Validator(SCHEMA).validate(value)


def test_where_all_sources_are_listed_none_is_left_out():
    assert examine([MADE], records("ab")).to_json()["inputs_left_out"] is None


@pytest.mark.usefixtures("_few")
def test_the_listing_is_the_same_however_the_records_are_ordered_and_split():
    @given(
        names=st.lists(st.sampled_from("abcdefghijklmnop"), min_size=1, max_size=40),
        cut=st.integers(0, 40),
        order=st.randoms(use_true_random=False),
    )
    def holds(names, cut, order):
        made = records(names)
        whole = examine([MADE], made)
        order.shuffle(made)
        parts = [examine([MADE], part) for part in (made[:cut], made[cut:]) if part]
        merged = reduce(Report.merge, parts)
        assert (merged.inputs, merged.rest) == (whole.inputs, whole.rest)
        assert merged.taken == {digest_of(name): names.count(name) for name in set(names)}

    holds()


@pytest.mark.usefixtures("_few")
def test_a_state_knows_how_much_of_every_source_was_judged():
    report = examine([MADE], records("aabbccdddefghhhhh"))
    again = restored(json.loads(json.dumps(state_json(report))), name="state")
    assert (again, again.taken) == (report, report.taken)


@pytest.mark.usefixtures("_few")
def test_a_report_that_is_no_state_knows_only_how_many_sources_it_leaves_out():
    report = examine([MADE], records("abcde"))
    again = restored(report.to_json(), name="report")
    assert (len(again.rest), again.rest.unnamed, again.rest.records) == (2, 2, {})
    assert again.to_json()["inputs_left_out"] == report.to_json()["inputs_left_out"]
    assert again.rest != report.rest
    assert again.rest != "another kind of thing"


def test_what_a_rest_counts_by_window_is_told_where_it_counts_anything():
    rest = Rest()
    rest.add(Input("a", 1, 0, 2, 3))
    assert rest.to_json() == {"sources": 1, "exchanges": 1, "unreadable": 0, "outside": 2, "untimed": 3}


def test_the_counts_of_a_hundred_thousand_sources_take_little_memory():
    examiner = Examiner([MADE])
    for entry in records(f"folder/{number}" for number in range(5000)):
        examiner.take(entry)
    assert len(examiner._tally._inputs) <= 2 * counts.LISTED_INPUTS + 1
    assert len(examiner._tally._rest) + len(examiner._tally._inputs) == 5000


class TestOnTheCommandLine:
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path, monkeypatch, _few):
        monkeypatch.chdir(tmp_path)
        made = document({"type": "object", "properties": {"id": {"type": "string"}}})
        Path("spec.json").write_text(json.dumps(made), encoding="utf-8")
        Path("many").mkdir()
        for number in range(9):
            self.write(number, 2)

    def write(self, number, lines):
        body = {"status": 200, "body": {"id": 1}}
        text = json.dumps({"request": {"method": "GET", "url": "/thing"}, "response": body}) + "\n"
        Path(f"many/{number}.jsonl").write_text(text * lines, encoding="utf-8")

    def audit(self, *words, form="json"):
        words = ("audit", "--spec", "spec.json", "--format", form, "--output", "out", *words)
        return main(list(words)), Path("out").read_text(encoding="utf-8")

    def test_an_audit_that_goes_on_judges_only_what_is_new_in_any_source(self):
        self.audit("many", "--resume", "state")
        for number in (0, 5, 8):
            self.write(number, 3)
        code, gone_on = self.audit("many", "--resume", "state")
        assert (code, gone_on) == self.audit("many")

    def test_two_processes_give_the_same_report(self):
        files = sorted(map(str, Path("many").iterdir()))
        assert self.audit(*files, "--workers", "2") == self.audit(*files)

    def test_the_text_counts_all_sources(self):
        assert "18 exchanges from 9 sources" in self.audit("many", form="text")[1]

    def test_a_report_that_leaves_sources_out_is_no_state(self, capsys):
        self.audit("many")
        Path("out").rename("report")
        assert main(["audit", "--spec", "spec.json", "--resume", "report", "many"]) == 2
        assert "a report that leaves sources out, no state" in capsys.readouterr().err
