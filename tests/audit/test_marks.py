"""A state is gone on from by the recordings that it was made of, longer at most."""

import gzip
import json
from pathlib import Path

import pytest

from support.contracts import document
from wireproof.cli import main
from wireproof.errors import UsageError
from wireproof.marks import HEAD, Marks

SCHEMA = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}


def lines(first, last):
    request = {"method": "GET", "url": "/thing"}
    return "".join(
        json.dumps({"request": request, "response": {"status": 200, "body": {"n": n}}}) + "\n"
        for n in range(first, last)
    )


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    Path("logs").mkdir()
    for name in ("x.jsonl", "logs/a.jsonl", "logs/b.jsonl"):
        Path(name).write_text(lines(0, 300), encoding="utf-8")
    return tmp_path


def audit(*words):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", "out.json", *words])
    return code, Path("out.json").read_text(encoding="utf-8")


def shorter(path):
    path.write_text(lines(0, 299), encoding="utf-8")


def another(path):
    path.write_text(lines(1, 900), encoding="utf-8")


def gone(path):
    path.unlink()


SHORTER = "x.jsonl ends at byte 28,893; it had 28,990 bytes when the state was written"
ANOTHER = "x.jsonl does not begin as it did when the state was written: its first 4,096 bytes are others"
GONE = "x.jsonl had 28,990 bytes when the state was written; it is not there any more"


@pytest.mark.parametrize("words", [["x.jsonl"], ["x.jsonl", "--workers", "2"]])
@pytest.mark.parametrize(("change", "told"), [(shorter, SHORTER), (another, ANOTHER), (gone, GONE)])
def test_a_recording_that_is_another_one_is_refused(capsys, words, change, told):
    audit(*words, "--resume", "state.json")
    state, report = Path("state.json").read_bytes(), Path("out.json").read_bytes()
    change(Path("x.jsonl"))
    assert (
        main(["audit", "--spec", "spec.json", "--output", "out.json", *words, "--resume", "state.json"]) == 2
    )
    hint = "put it back as it was, or delete the state to judge all anew"
    assert capsys.readouterr().err.replace("\n", " ") == f"wireproof: {told}   {hint} "
    assert (Path("state.json").read_bytes(), Path("out.json").read_bytes()) == (state, report)


@pytest.mark.parametrize("change", [shorter, another])
def test_a_recording_in_a_folder_is_looked_at_when_it_is_opened(capsys, change):
    audit("logs", "--resume", "state.json")
    change(Path("logs/b.jsonl"))
    assert main(["audit", "--spec", "spec.json", "logs", "--resume", "state.json"]) == 2
    assert "logs/b.jsonl " in capsys.readouterr().err


def test_a_recording_that_went_from_its_folder_was_judged_and_is_not_asked_for():
    whole = audit("logs", "--resume", "state.json")
    gone(Path("logs/b.jsonl"))
    assert audit("logs", "--resume", "state.json") == whole


def test_a_recording_that_may_not_be_read_any_more_is_refused(monkeypatch, capsys):
    audit("x.jsonl", "--resume", "state.json")
    opened = Path.open

    def guarded(self, *words, **more):
        if self.name == "x.jsonl":
            raise PermissionError(13, "Permission denied")
        return opened(self, *words, **more)

    monkeypatch.setattr(Path, "open", guarded)
    for words in ([], ["--workers", "2"]):
        assert main(["audit", "--spec", "spec.json", "x.jsonl", "--resume", "state.json", *words]) == 2
        assert "when the state was written; it may not be read: permission denied" in capsys.readouterr().err


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_recording_that_grows_is_gone_on_with_every_time(workers):
    words = ["x.jsonl", "new.jsonl", "--resume", "state.json", "--workers", workers]
    Path("new.jsonl").write_bytes(b"")
    for count in (10, 300, 700):
        Path("x.jsonl").write_text(lines(0, count), encoding="utf-8")
        audit(*words)
    Path("new.jsonl").write_text(lines(5, 9), encoding="utf-8")
    assert audit(*words)[1].count('"unreadable": 0') >= 1
    shorter(Path("x.jsonl"))
    assert main(["audit", "--spec", "spec.json", *words]) == 2


def test_compressed_recordings_grow_by_whole_members():
    Path("x.jsonl.gz").write_bytes(gzip.compress(lines(0, 300).encode(), mtime=0))
    audit("x.jsonl.gz", "--resume", "state.json")
    with Path("x.jsonl.gz").open("ab") as stream:
        stream.write(gzip.compress(lines(300, 500).encode(), mtime=0))
    assert audit("x.jsonl.gz", "--resume", "state.json") == audit("x.jsonl.gz")


def test_a_state_without_marks_is_gone_on_from():
    whole = audit("x.jsonl", "--resume", "state.json")
    state = json.loads(Path("state.json").read_bytes())
    del state["state"]["marks"]
    Path("state.json").write_text(json.dumps(state), encoding="utf-8")
    assert audit("x.jsonl", "--resume", "state.json") == whole


@pytest.mark.parametrize("marks", ["AAAA", "no base64", 7])
def test_marks_that_are_none_are_told(capsys, marks):
    audit("x.jsonl", "--resume", "state.json")
    state = json.loads(Path("state.json").read_bytes())
    state["state"]["marks"] = marks
    Path("state.json").write_text(json.dumps(state), encoding="utf-8")
    assert main(["audit", "--spec", "spec.json", "x.jsonl", "--resume", "state.json"]) == 3
    assert capsys.readouterr().err.startswith("wireproof: state.json is a broken state (")


def test_of_many_recordings_each_is_known_by_its_length_and_its_beginning():
    texts = {f"{number}.json": bytes([number % 251]) * (number * 9) for number in range(1000)}
    marks = Marks()
    for name, text in texts.items():
        marks.meet(name, len(text), lambda size, text=text: text[:size])
    for _ in range(2):
        marks = Marks(marks.pack())
        for name, text in texts.items():
            marks.meet(name, len(text), lambda size, text=text: text[:size])
    assert len(marks.pack()) == 24 * 1000
    for name, text in texts.items():
        if text[:HEAD]:
            with pytest.raises(UsageError, match="ends at byte"):
                marks.meet(name, len(text) - 1, lambda size, text=text: text[:size])
            with pytest.raises(UsageError, match="does not begin"):
                marks.meet(name, len(text), lambda size, text=text: b"\xff" + text[1:size])
            with pytest.raises(UsageError, match="is gone"):
                marks.missed(name, "it is gone")
    marks.missed("another.json", "it never was")
