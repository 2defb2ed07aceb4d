"""Lines that several processes take in turn: each once, with its number, and the report is that of one."""

import errno
import gzip
import io
import json
import multiprocessing
import os
import random
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.contracts import document
from wireproof.cli import main
from wireproof.door import LIMITS, Limits, window
from wireproof.door.window import Window
from wireproof.exchange import Unreadable
from wireproof.readers import are_lines, jsonlines
from wireproof.readers.jsonlines import Lines, record_of
from wireproof.sharing import Turns


@contextmanager
def reading(size):
    """Let some bytes be read at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonlines, "_AHEAD", size)
        patch.setattr(window, "_CHUNK", size)
        yield


LINE = st.sampled_from(
    [
        *(b'{"n": 1}', b"[1]", b"", b"  ", b"\r", b'{"n": 2}\r', b'{"n": 3}\r\r', b"no json", b'{"n": '),
        *('{"n": "é"}'.encode(), b'{"n": "\xff"}', b'{"n": "%s"}' % (b"x" * 90)),
    ]
)
SMALL = Limits(line=64)


def apart(blocks, limits=SMALL):
    """Return records, blocks taken apart."""
    found = []
    for block in blocks:
        if isinstance(block, Lines):
            found += [record_of(block, number, limits) for number in range(len(block.data))]
        else:
            found.append(block)
    return found


def taken(data, *, processes, chance, most=None):
    """Return the portions that some processes take, in the order in which they take them."""
    turns = Turns(multiprocessing.get_context(), 1)
    most = len(data) if most is None else most
    streams = [io.BytesIO(data) for _ in range(processes)]
    waiting = [turns.iter_lines(one, 0, source="s", limits=SMALL, most=most) for one in streams]
    found = []
    while waiting:
        one = chance.choice(waiting)
        portion = next(one, None)
        if portion is None:
            waiting.remove(one)
        else:
            found.append(portion)
    return found


@given(
    st.lists(LINE, max_size=40),
    st.sampled_from([b"", b"\n", b"\r\n", b"\n\n"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.integers(1, 200),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_each_line_is_taken_once_and_keeps_its_number(lines, end, mark, at_once, processes, chance):
    data = mark + b"\n".join(lines) + end
    whole = list(jsonlines.read(Window(io.BytesIO(data)), source="s", limits=SMALL))
    with reading(at_once):
        portions = taken(data, processes=processes, chance=chance)
    assert apart(block for portion in portions for block in portion.blocks) == whole
    assert [portion.start for portion in portions] == [
        sum(portion.size for portion in portions[:at]) for at in range(len(portions))
    ]


@pytest.mark.parametrize("most", [0, 1, 9, 10, 17, 18, 26])
def test_a_recording_is_read_as_far_as_it_went(most):
    data = b'{"n": 1}\n' * 3
    whole = apart(jsonlines.read_lines(Window(io.BytesIO(data[:most])), source="s", limits=SMALL), LIMITS)
    portions = taken(data, processes=2, chance=random.Random(most), most=most)
    assert apart(block for portion in portions for block in portion.blocks) == whole


def test_a_recording_that_became_shorter_ends_where_it_ends():
    portions = taken(b'{"n": 1}\n', processes=2, chance=random.Random(1), most=1000)
    assert [portion.size for portion in portions] == [1]


def test_a_recording_that_a_process_cannot_open_is_left_to_the_others():
    data = b'{"n": 1}\n' * 9
    turns = Turns(multiprocessing.get_context(), 2)

    def iter_lines(number):
        return turns.iter_lines(io.BytesIO(data), number, source="s", limits=SMALL, most=len(data))

    with reading(9):
        able = iter_lines(0)
        begun = [next(able)]
        other = list(iter_lines(1))
        assert [[portion.start for portion in found] for found in ([*begun, *able], other)] == [
            [*range(9)]
        ] * 2


class Broken(io.BytesIO):
    """A file on a disk that says no behind its first lines."""

    def read(self, size=-1, /):
        if self.tell():
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_what_the_disk_says_is_told_once_with_the_number_of_the_record():
    data = b'{"n": 1}\n' * 3
    turns = Turns(multiprocessing.get_context(), 1)
    with reading(18):
        found = [
            apart(portion.blocks, LIMITS)
            for _ in range(2)
            for portion in turns.iter_lines(Broken(data), 0, source="s", limits=LIMITS, most=len(data))
        ]
    (first, second), (told,) = found
    assert (first.origin.index, second.origin.index, told.origin.index) == (0, 1, 2)
    assert isinstance(told, Unreadable)
    assert told.reason == "it cannot be read: Input/output error"


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        (b'{"n": 1}\n{"n": 2}\n', True),
        (b'\xef\xbb\xbf{"n": 1}\n{"n": 2}\n', True),
        (gzip.compress(b'{"n": 1}\n{"n": 2}\n'), False),
        (b'\x28\xb5\x2f\xfd\x00{"n": 1}\n' + b'{"n": 2}\n' * 9, False),  # zstd with a block as it stands
        (b'{"log": {"entries": []}}', False),
        (b'{\n "n": 1\n}\n', False),
        (b"HTTP/1.1 200 OK\r\n\r\n{}", False),
        (b"", False),
    ],
)
def test_lines_can_be_read_from_any_of_them_on_only_where_they_are_plain(head, plain):
    assert are_lines(head) is plain


SCHEMA = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["open", "done"]},
        "n": {"type": ["integer", "null"]},
        "old": {"type": "integer"},
    },
}


def lines(count, chance):
    """Return lines of a recording: drift, tasks without a name, times or none, blank and broken ones."""
    for index in range(count):
        body = {"id": f"t{chance.randrange(40)}", "state": chance.choice(["open", "done", "done", "gone"])}
        body |= {"n": chance.choice([None, index])} if chance.random() < 0.9 else {}
        body |= {"old": index} if index < count // 2 else {}
        asked = {"method": "GET", "url": "/thing"}
        one = {"request": asked, "response": {"status": 200, "body": body}}
        if chance.random() < 0.5:
            one["time"] = f"2026-01-01T{index // 3600 % 24:02}:{index // 60 % 60:02}:{index % 60:02}Z"
        yield chance.choices([json.dumps(one), "", "no json", " \r"], [200, 1, 1, 1])[0]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    return tmp_path


def audit(*words, out="out.json"):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", out, *words])
    return code, Path(out).read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", range(6))
def test_recordings_of_every_kind_give_the_report_of_one_process(here, seed):
    chance = random.Random(seed)
    names = ["a.jsonl", "b.gz", "c.jsonl", "d.har", "e.json", "f.jsonl", "gone.jsonl"]
    for name in ("a.jsonl", "c.jsonl", "f.jsonl"):
        text = "\n".join(lines(chance.randrange(2, 1500), chance))
        Path(name).write_text(text + chance.choice(["", "\n"]), encoding="utf-8")
    Path("b.gz").write_bytes(gzip.compress("\n".join(lines(700, chance)).encode()))
    entry = {
        "request": {"method": "GET", "url": "http://h/thing"},
        "response": {"status": 200, "content": {}},
    }
    Path("d.har").write_text(json.dumps({"log": {"entries": [entry] * 300}}), encoding="utf-8")
    Path("e.json").write_text('{"id": 1, "state": "open"}', encoding="utf-8")
    Path("gone.jsonl").touch()
    chance.shuffle(names)
    whole = audit(*names)
    for count in ("2", "3"):
        with reading(chance.choice([100, 2000, 20_000, 1 << 18])):
            assert audit(*names, "--workers", count) == whole
    for name in ("a.jsonl", "c.jsonl", "f.jsonl"):
        data = Path(name).read_bytes()
        Path(name).write_bytes(data[: data.rindex(b"\n", 0, chance.randrange(len(data) // 2, len(data))) + 1])
        with reading(chance.choice([100, 2000, 20_000, 1 << 18])):
            audit(*names, "--workers", "2", "--resume", "state.json", out="part.json")
            Path(name).write_bytes(data)
            assert audit(*names, "--workers", "2", "--resume", "state.json") == whole
        Path("state.json").unlink()


def test_a_process_that_dies_while_it_reads_ends_the_audit_and_all_others(here, monkeypatch, capsys):
    Path("x.jsonl").write_text("\n".join(lines(3000, random.Random(1))), encoding="utf-8")
    following = jsonlines.next_lines

    def dying(window, *, index, **words):
        if index > 500:
            os.kill(os.getpid(), signal.SIGKILL)  # behind the lock, for which the others wait
        return following(window, index=index, **words)

    monkeypatch.setattr(jsonlines, "next_lines", dying)
    with reading(5000):
        main(["audit", "--spec", "spec.json", "x.jsonl", "--workers", "3"])
    assert "a worker process ended early (exit code -9)" in capsys.readouterr().err
    assert multiprocessing.active_children() == []
