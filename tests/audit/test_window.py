"""`--since` and `--until` choose what is judged, `--baseline` what it is compared with."""

import io
import json
from pathlib import Path

import pytest

from support.contracts import contract, document
from wireproof.cli import main
from wireproof.errors import UsageError
from wireproof.examining import Examiner, Options
from wireproof.exchange import Exchange
from wireproof.readers import read, read_blocks
from wireproof.windows import Span, Window, span_from

SCHEMA = {
    "type": "object",
    "required": ["n", "note"],
    "properties": {
        "n": {"type": "integer"},
        "note": {"type": ["string", "null"]},
        "old": {"type": "integer"},
    },
}


def exchange(index, time, **body):
    told = {"time": time} if time else {}
    response = {"status": 200, "body": {"n": index, **body}}
    return {**told, "request": {"method": "GET", "url": "/thing"}, "response": response}


def of_march(count=600):
    """Return answers of three days, whose note is null ever more and whose old is gone on the third."""
    made = []
    for index in range(count):
        day = 1 + index * 3 // count
        body = {"note": None if index % 3 < day - 1 else "a b"}
        if day < 3 and index % 2:
            body["old"] = index
        made.append(exchange(index, f"2026-03-0{day}T{index % 24:02}:00:00Z", **body))
    return made


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    lines = [json.dumps(each) for each in of_march()]
    lines[100:100] = ["no json", json.dumps(exchange(1, None)), json.dumps(exchange(2, "later"))]
    Path("march.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    entries = [
        {
            "startedDateTime": each["time"],
            "request": {**each["request"], "headers": []},
            "response": {
                "status": 200,
                "headers": [],
                "content": {"text": json.dumps(each["response"]["body"])},
            },
        }
        for each in of_march()
    ]
    log = {"version": "1.2", "creator": {}, "entries": [*entries[:7], "none", *entries[7:]]}
    Path("march.har").write_text(json.dumps({"log": log}), encoding="utf-8")
    return tmp_path


def audit(*words, out="out.json"):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", out, *words])
    return code, json.loads(Path(out).read_text(encoding="utf-8"))


def found(report):
    return {(entry["rule"], entry["pointer"]) for entry in report["findings"]}


def test_what_came_in_a_window_is_judged_and_the_rest_is_counted(here):
    code, report = audit("march.jsonl", "--since", "2026-03-02", "--until", "2026-03-03T00:00:00+00:00")
    (source,) = report["inputs"]
    assert source == {
        "source": "march.jsonl",
        "exchanges": 200,
        "unreadable": 1,
        "outside": 400,
        "untimed": 2,
    }
    assert report["window"] == {
        "since": "2026-03-02T00:00:00Z",
        "until": "2026-03-03T00:00:00Z",
        "baseline": None,
    }
    assert (code, report["summary"]["records"], report["summary"]["unjudged"]) == (3, 203, 3)


@pytest.mark.parametrize("words", [(), ("--fail-on-unreadable", "50%")])
def test_a_window_in_which_nothing_lies_is_no_success(here, words):
    Path("dated.jsonl").write_text(json.dumps(exchange(1, "2026-03-01T00:00:00Z")) + "\n", encoding="utf-8")
    code, report = audit("dated.jsonl", "--since", "2062-03-02", *words)
    assert (code, report["inputs"][0]["outside"]) == (3, 1)


def test_a_har_has_times_too(here):
    _, report = audit("march.har", "--until", "2026-03-02")
    assert report["inputs"] == [
        {"source": "march.har", "exchanges": 200, "unreadable": 1, "outside": 400},
    ]


def test_a_window_is_compared_with_another_of_the_same_recordings(here):
    _, report = audit("march.jsonl", "--since", "2026-03-03", "--baseline", "..2026-03-02")
    assert found(report) == {("field-vanished", "/old"), ("null-rate-changed", "/note")}
    assert found(audit("march.jsonl", "--since", "2026-03-03")[1]) == {("never-observed", "/old")}


def test_a_report_on_a_window_is_a_baseline(here):
    audit("march.jsonl", "--until", "2026-03-02", out="before.json")
    _, report = audit("march.jsonl", "--since", "2026-03-03", "--baseline", "before.json")
    assert found(report) == {("field-vanished", "/old"), ("null-rate-changed", "/note")}


@pytest.mark.parametrize("name", ["march.jsonl", "march.har"])
def test_two_processes_and_an_interruption_change_nothing(here, name):
    words = ["--since", "2026-03-03", "--baseline", "2026-03-01..2026-03-02T12:00"]
    whole = audit(name, *words)
    assert audit(name, *words, "--workers", "2") == whole
    if name == "march.jsonl":
        data = Path(name).read_bytes()
        Path(name).write_bytes(data[: data.index(b"\n", 20_000) + 1])
        audit(name, *words, "--resume", "state.json")
        Path(name).write_bytes(data)
        assert audit(name, *words, "--resume", "state.json") == whole


def test_a_state_of_another_window_is_not_gone_on_from(here, capsys):
    audit("march.jsonl", "--since", "2026-03-03", "--resume", "state.json")
    assert main(["audit", "--spec", "spec.json", "march.jsonl", "--resume", "state.json"]) == 2
    assert "state.json is the state of an audit of another window of time" in capsys.readouterr().err


def test_the_window_is_told_to_a_person(here, capsys):
    main(
        ["audit", "--spec", "spec.json", "march.jsonl", "--since", "2026-03-03", "--baseline", "..2026-03-02"]
    )
    told = capsys.readouterr().out
    assert (
        "  from 2026-03-03T00:00:00Z; 400 records outside, compared with before 2026-03-02T00:00:00Z\n"
        in told
    )
    assert "Not checked: 1 unreadable, 2 without a time (1.5 % of 203 records)" in told


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-03-01", None, Span("2026-03-01T00:00:00", None)),
        (None, "2026-03-01T10:00", Span(None, "2026-03-01T10:00:00")),
        ("2026-03-01 10:00:00.50", "", Span("2026-03-01T10:00:00.5", None)),
        ("2026-03-01T10:00:00+02:00", None, Span("2026-03-01T08:00:00", None)),
    ],
)
def test_times_as_a_person_writes_them(since, until, expected):
    assert span_from(since, until) == expected


@pytest.mark.parametrize(
    ("since", "until", "message"),
    [
        ("tomorrow", None, "'tomorrow' is no time"),
        ("2026-02-45", None, "'2026-02-45' is no time"),
        ("2026-03-02", "2026-03-01", "nothing lies between 2026-03-02 and 2026-03-01"),
    ],
)
def test_times_that_are_none(since, until, message):
    with pytest.raises(UsageError) as caught:
        span_from(since, until)
    assert caught.value.message == message


def test_spans_are_open_where_nothing_is_told():
    assert [str(Span()), str(Span("2026", "2027"))] == ["any time", "from 2026Z before 2027Z"]
    assert Window.from_json(Window(Span()).to_json()) == Window(Span())


def test_one_by_one_and_in_blocks_the_same_is_in_the_window(here):
    window = Window(span_from("2026-03-02", None), span_from(None, "2026-03-02"))
    reports = []
    for data in (Path("march.jsonl").read_bytes(), Path("march.har").read_bytes()):
        for iterate in (read, read_blocks):
            examiner = Examiner([contract(SCHEMA)], options=Options(window=window))
            for block in iterate(io.BytesIO(data), source="s"):
                examiner.take_block(block)
            reports.append(json.dumps(examiner.report().to_json()))
    assert reports[0] == reports[1]
    assert reports[2] == reports[3]


def test_lines_that_the_quick_parser_refuses_are_read_for_their_time():
    line = '{"time": "2026-03-02T00:00:00Z", "response": {"status": 200, "body": {"n": NaN}}}'
    window = Window(span_from("2026-03-03", None))
    examiner = Examiner([contract(SCHEMA)], options=Options(window=window))
    data = "\n".join([line] * 3 + ['{"n": 1}', "[broken"]).encode()
    for block in read_blocks(io.BytesIO(data), source="s"):
        assert not isinstance(block, Exchange)
        examiner.take_block(block)
    (source,) = examiner.report().inputs
    assert (source.outside, source.untimed, source.unreadable) == (3, 1, 1)
