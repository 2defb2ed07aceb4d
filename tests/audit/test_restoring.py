"""What is read back is a report, or told to be none; what an audit cannot be asked for is told."""

import json
from pathlib import Path

import pytest

from support.contracts import contract, document, exchange
from wireproof.cli import main
from wireproof.cli.audit import _Interruption
from wireproof.errors import InputError
from wireproof.evidence import Evidence
from wireproof.examining import examine
from wireproof.reporters.evidence import evidence_lines
from wireproof.restoring import restored, state_json

MADE = contract({"type": "object", "properties": {"id": {"type": "string"}}})
REPORT = examine([MADE], [exchange({"id": 5})])


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([], "r.json is no report of wireproof"),
        ({"format": "other"}, "r.json is no report of wireproof"),
        ({**REPORT.to_json(), "version": 9}, "r.json is a report of version 9"),
        ({**REPORT.to_json(), "inputs": [{}]}, "r.json is a broken report (KeyError)"),
        ({**REPORT.to_json(), "evidence": 5}, "r.json is a broken report (TypeError)"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_do(value, told):
    with pytest.raises(InputError) as caught:
        restored(value, name="r.json")
    assert caught.value.message == told
    assert "write" in caught.value.hint


def test_a_state_is_read_back_as_the_report_that_it_was():
    assert restored(json.loads(json.dumps(state_json(REPORT))), name="s") == REPORT


@pytest.fixture
def _there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    member = {"n": {"type": "integer"}, "word": {"enum": ["a", "b"]}, "list": {"type": "array", "items": {}}}
    made = document({"type": "object", "properties": member})
    Path("spec.json").write_text(json.dumps(made), encoding="utf-8")
    lines = [
        {"n": number, "word": "ab"[number % 2], "list": [number] * (number % 3)} for number in range(100)
    ]
    exchanges = [
        {"request": {"method": "GET", "url": "/thing"}, "response": {"status": status, "body": body}}
        for status, body in [(200, body) for body in lines]
    ]
    Path("s.jsonl").write_text("".join(json.dumps(one) + "\n" for one in exchanges), encoding="utf-8")


@pytest.mark.usefixtures("_there")
class TestOnTheCommandLine:
    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--engine", "ray"], "there is no engine 'ray'"),
            (["--engine", "dask", "--workers", "2"], "--workers is for one machine, --engine dask for many"),
            (["--workers", "0"], "'0' is no number of processes from 1 to 256"),
            (["--workers", "x"], "'x' is no number of processes from 1 to 256"),
            (["--fail-on-unreadable", "x"], "'x' is no share: write 0.01 or 1%"),
            (["--fail-on-unreadable", "101%"], "'101%' is no share"),
            (["--baseline", "s.jsonl"], "s.jsonl is no JSON report"),
            (["--baseline", "none.json"], "none.json cannot be read"),
        ],
    )
    def test_what_cannot_be_is_told(self, words, told, capsys):
        try:
            code = main(["audit", "--spec", "spec.json", *words, "s.jsonl"])
        except SystemExit as ended:
            code = ended.code
        unread = words[0] == "--baseline"
        assert (code, told in capsys.readouterr().err) == (3 if unread else 2, True)

    def test_the_state_of_another_window_is_refused(self, capsys):
        main(["audit", "--spec", "spec.json", "--resume", "state", "s.jsonl"])
        capsys.readouterr()
        again = ["audit", "--spec", "spec.json", "--resume", "state", "--since", "2026-01-01", "s.jsonl"]
        assert main(again) == 2
        assert "the state of an audit of another window of time" in capsys.readouterr().err

    def test_evidence_is_answered_alone(self, capsys):
        main(["audit", "--spec", "spec.json", "--evidence", "--format", "json", "s.jsonl"])
        value = json.loads(capsys.readouterr().out)
        assert (value["format"], len(value["evidence"])) == ("wireproof-evidence", 1)
        main(["audit", "--spec", "spec.json", "--evidence", "s.jsonl"])
        head, *lines = [line.split() for line in capsys.readouterr().out.splitlines()]
        assert head[1:] == ["get", "200:", "100", "bodies"]
        assert [" ".join(line) for line in lines] == [
            "/ 100 object",
            "/list 100 of 100 array, empty 34, 0 to 2 items",
            "/list/* 99 integer, 1 to 98, many values",
            "/n 100 of 100 integer, 0 to 99, many values",
            '/word 100 of 100 string, "a" 50 "b" 50',
        ]


def test_evidence_of_nothing_is_told():
    assert list(evidence_lines(Evidence())) == ["no evidence: no JSON body was judged"]


def test_evidence_of_two_answers_stands_apart_and_says_how_many_values_there_are():
    responses = {
        status: {
            "description": "d",
            "content": {"application/json": {"schema": {"properties": {"n": {"type": "integer"}}}}},
        }
        for status in ("200", "404")
    }
    made = contract(responses=responses)
    records = [exchange({"n": number % 9}, index=number, status=200) for number in range(20)]
    lines = list(evidence_lines(examine([made], [*records, exchange({}, status=404)]).evidence))
    assert "" in lines
    assert any("0 to 8, 9 different values" in line for line in lines)


def test_a_second_interruption_ends_at_once():
    interruption = _Interruption()
    interruption(2, None)
    with pytest.raises(KeyboardInterrupt):
        interruption(2, None)
