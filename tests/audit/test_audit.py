"""`wireproof audit`: evidence, its findings, several processes, interruptions and going on."""

import gzip
import json
import os
import random
import signal
from pathlib import Path

import pytest

from support.contracts import document
from wireproof.cli import main
from wireproof.cli.progress import Progress

SCHEMA = {
    "type": "object",
    "required": ["state", "n"],
    "properties": {
        "state": {"enum": ["open", "done"]},
        "n": {"type": "integer"},
        "note": {"type": ["string", "null"]},
        "old": {"type": "integer"},
        "made": {"type": "integer"},
    },
}


def line(index, count):
    body = {"state": "open" if index % 3 else "done", "n": index, "note": None, "made": 1_700_000_000 + index}
    if index < count // 2:
        body["old"] = index
    if index % 50 == 9:
        body["made"] *= 1000
    if index % 100 == 60:
        body["state"] = "archived"
    return json.dumps(
        {"response": {"status": 200, "body": body}, "request": {"method": "GET", "url": "/thing"}}
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    lines = [line(index, 3000) for index in range(3000)]
    lines.insert(1234, "no json")
    Path("all.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def audit(*words, out="out.json"):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", out, *words])
    return code, Path(out).read_text(encoding="utf-8")


def test_what_an_audit_finds(here):
    code, text = audit("all.jsonl")
    found = {
        (entry["rule"], entry["pointer"]): (entry["sightings"], entry["first"]["index"])
        for entry in json.loads(text)["findings"]
    }
    assert code == 1
    assert found == {
        ("always-null", "/note"): (3000, 0),
        ("could-be-stricter", "/made"): (3000, 0),
        ("could-be-stricter", "/note"): (3000, 0),
        ("enum-value-unknown", "/state"): (30, 60),
        ("field-vanished", "/old"): (1500, 1500),
        ("unit-mixed", "/made"): (60, 9),
    } | {key: value for key, value in found.items() if key == ("field-vanished", "/old")}


def test_two_processes_write_the_same_bytes(here):
    assert audit("all.jsonl", "--workers", "2", out="two.json") == audit("all.jsonl", out="one.json")


def test_a_state_is_gone_on_from_and_ends_in_the_same_bytes(here):
    whole = audit("all.jsonl")
    data = Path("all.jsonl").read_bytes()
    chance = random.Random(3)
    for _ in range(3):
        cut = data.rindex(b"\n", 0, chance.randrange(300, len(data))) + 1
        Path("all.jsonl").write_bytes(data[:cut])
        Path("state.json").unlink(missing_ok=True)
        audit("all.jsonl", "--resume", "state.json", out="part.json")
        Path("all.jsonl").write_bytes(data)
        assert audit("all.jsonl", "--resume", "state.json") == whole
        assert audit("all.jsonl", "--resume", "state.json", "--workers", "2") == whole


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace('"integer"', '"number"'), []),
        (lambda text: text, ["--status", "201"]),
    ],
)
def test_a_state_of_other_contracts_is_not_gone_on_from(here, capsys, change, words):
    audit("all.jsonl", "--resume", "state.json", out="part.json")
    before = Path("spec.json").read_text(encoding="utf-8")
    Path("spec.json").write_text(change(before), encoding="utf-8")
    assert change(before) != before or words
    assert main(["audit", "--spec", "spec.json", "all.jsonl", "--resume", "state.json", *words]) == 2
    assert "state.json is the state of an audit by other contracts" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["garbage", "[]"])
def test_a_file_that_is_no_state_is_not_gone_on_from(here, capsys, text):
    Path("state.json").write_text(text, encoding="utf-8")
    assert main(["audit", "--spec", "spec.json", "all.jsonl", "--resume", "state.json"]) == 3
    assert capsys.readouterr().err.startswith("wireproof: state.json is no ")


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_audit_that_is_stopped_reports_what_it_has_and_goes_on(here, monkeypatch, workers, stop, code):
    with Path("big.jsonl").open("w", encoding="utf-8") as stream:
        for _ in range(5):
            stream.writelines(line(index, 3000) + "\n" for index in range(3000))
    words = ["big.jsonl", "--resume", "state.json", "--workers", workers]
    calls = random.Random(code + int(workers)).randrange(1, 20) if workers == "1" else 1
    at = Progress.at

    def stopped(self, records, done):
        nonlocal calls
        calls -= 1
        if calls == 0:
            os.kill(os.getpid(), stop)
        at(self, records, done)

    monkeypatch.setattr(Progress, "at", stopped)
    part = audit(*words, out="part.json")
    assert (part[0], json.loads(part[1])["complete"]) == (code, False)
    assert audit(*words, out="whole.json") == audit("big.jsonl")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_findings_are_told_as_they_come(here, monkeypatch, workers):
    told = []
    monkeypatch.setattr(Progress, "say", lambda _, text: told.append(text))
    with Path("big.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(line(index, 40_000) + "\n" for index in range(40_000))
    audit("big.jsonl", "--workers", workers)
    assert [text.partition(" of ")[0] for text in told] == ["error: enum-value-unknown /state"]


def test_the_evidence_alone(here, capsys):
    assert main(["audit", "--spec", "spec.json", "--evidence", "all.jsonl"]) == 1
    told = capsys.readouterr().out
    assert "  /old                                     1500 of 3000     integer" in told
    assert "1700000000 to 1700002959000, many values" in told


def test_the_evidence_of_lists_tells_how_long_they_were(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = ("none", "one", "some")
    lists = {name: {"type": "array", "items": {"type": "number"}} for name in names}
    Path("spec.json").write_text(json.dumps(document({"properties": lists})), encoding="utf-8")
    bodies = [
        {"none": [], "one": [index / 2], "some": [index * 1e20] * (index % 3 + 1)} for index in range(20)
    ]
    lines = [
        json.dumps({"request": {"method": "GET", "url": "/thing"}, "response": {"status": 200, "body": body}})
        for body in bodies
    ]
    Path("x.jsonl").write_text("\n".join(lines), encoding="utf-8")
    main(["audit", "--spec", "spec.json", "--evidence", "x.jsonl"])
    told = capsys.readouterr().out
    facts = {
        line.split()[0]: line.partition("    array, ")[2] for line in told.splitlines() if "array" in line
    }
    assert facts == {"/none": "empty 20, 0 items", "/one": "1 item", "/some": "1 to 3 items"}
    assert "0 to 9.5, " in told
    assert "0 to 1.9e+21, " in told


@pytest.mark.parametrize(("share", "code"), [("0", 3), ("1%", 0), ("0.5", 0)])
def test_the_share_that_may_be_unreadable(here, share, code):
    words = ["--fail-on", "never", "--fail-on-unreadable", share]
    assert audit("all.jsonl", *words)[0] == code


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--threshold", "min_sample=3"], "there is no threshold 'min_sample'\n  did you mean min_samples ?"),
        (
            ["--threshold", "alpha=x"],
            "'alpha=x' is no threshold\n  write alpha=1e-05, a number above 0 and below 1",
        ),
        (["--threshold", "alpha=5"], "'alpha=5' is no threshold"),
        (["--threshold", "min_samples=0"], "write min_samples=50, a number above 0\n"),
        (["--workers", "0"], "'0' is no number of processes from 1 to 256"),
        (["--fail-on-unreadable", "2"], "'2' is no share: write 0.01 or 1%"),
        (["--baseline", "spec.json"], "spec.json is no report of wireproof"),
        (["--baseline", "gone.json"], "gone.json cannot be read: No such file or directory"),
        (["--baseline", "all.jsonl"], "all.jsonl is no JSON report"),
    ],
)
def test_wrong_words(here, capsys, words, told):
    assert main(["audit", "--spec", "spec.json", "all.jsonl", *words]) in {2, 3}
    assert told in capsys.readouterr().err


def test_a_baseline_is_compared_with(here):
    audit("all.jsonl", out="before.json")
    lines = [
        json.dumps(
            {
                "response": {"status": 200, "body": {"state": "open", "n": 1, "made": 5}},
                "request": {"method": "GET", "url": "/thing"},
            }
        )
    ] * 500
    Path("later.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = {
        (entry["rule"], entry["pointer"])
        for entry in json.loads(audit("later.jsonl", "--baseline", "before.json")[1])["findings"]
    }
    assert {("field-vanished", "/note"), ("field-vanished", "/old")} <= found


@pytest.mark.usefixtures("here")
class TestWhatGoesWrongOutside:
    def test_a_disk_that_fills_leaves_the_report_that_was_there(self, monkeypatch, capsys):
        audit("all.jsonl")
        before = Path("out.json").read_bytes()
        monkeypatch.setattr(Path, "write_text", full)
        assert main(["audit", "--spec", "spec.json", "--output", "out.json", "all.jsonl"]) == 2
        assert Path("out.json").read_bytes() == before
        assert "out.json cannot be written: No space left on device" in capsys.readouterr().err
        assert not list(Path().glob(".*.part"))

    def test_a_state_that_cannot_be_kept_is_told_and_costs_no_report(self, monkeypatch, capsys):
        monkeypatch.setattr("wireproof.cli.earlier._SAVED_EVERY", -1.0)
        words = ["audit", "--spec", "spec.json", "--resume", "no/state", "--output", "out.txt", "all.jsonl"]
        assert main(words) == 2
        told = capsys.readouterr().err
        assert told.count("no state is kept: no/state cannot be written") == 1
        assert told.count("wireproof: no/state cannot be written") == 1
        assert "field-vanished" in Path("out.txt").read_text(encoding="utf-8")

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_a_file_that_grows_is_read_as_far_as_it_went(self, monkeypatch, workers):
        whole = audit("all.jsonl")
        step = Progress.at

        def grown(self, records, done):
            with Path("all.jsonl").open("a", encoding="utf-8") as stream:
                stream.write(line(1, 3000) + "\n")
            step(self, records, done)

        monkeypatch.setattr(Progress, "at", grown)
        assert audit("all.jsonl", "--workers", workers) == whole

    def test_a_file_that_may_not_be_read_is_told_and_the_rest_is_judged(self, monkeypatch):
        whole = audit("all.jsonl")[1]
        Path("closed.jsonl").write_text("[1]", encoding="utf-8")
        opened = Path.open

        def guarded(self, *words, **more):
            if self.name == "closed.jsonl":
                raise PermissionError(13, "Permission denied")
            return opened(self, *words, **more)

        monkeypatch.setattr(Path, "open", guarded)
        report = json.loads(audit("closed.jsonl", "all.jsonl")[1])
        (closed,) = (entry for entry in report["not_checked"] if entry["source"] == "closed.jsonl")
        assert "permission denied" in closed["reason"]
        assert report["findings"] == json.loads(whole)["findings"]

    def test_formats_are_mixed_in_one_folder(self):
        Path("mixed").mkdir()
        exchange = json.loads(line(1, 3000))
        text = json.dumps(exchange["response"]["body"])
        entry = {**exchange, "response": {"status": 200, "headers": [], "content": {"text": text}}}
        har = {"log": {"version": "1.2", "creator": {}, "entries": [entry]}}
        Path("mixed/a.har").write_text(json.dumps(har), encoding="utf-8")
        Path("mixed/b.jsonl").write_bytes(Path("all.jsonl").read_bytes())
        Path("mixed/c.jsonl.gz").write_bytes(gzip.compress(Path("all.jsonl").read_bytes())[:-9])
        Path("mixed/d.json").write_text(line(1, 3000), encoding="utf-8")
        Path("mixed/e.json").write_bytes(b"\x00\x01")
        report = json.loads(audit("mixed")[1])
        assert [(entry["source"], entry["exchanges"], entry["unreadable"]) for entry in report["inputs"]] == [
            ("mixed/a.har", 1, 0),
            ("mixed/b.jsonl", 3000, 1),
            ("mixed/c.jsonl.gz", 3000, 2),
            ("mixed/d.json", 1, 0),
            ("mixed/e.json", 0, 1),
        ]


def full(self, *words, **more):
    raise OSError(28, "No space left on device")
