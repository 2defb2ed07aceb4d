"""What the processes of an audit agree on, and what becomes of one that fails."""

import io
import json
import multiprocessing
from types import SimpleNamespace

import pytest

from support.contracts import contract
from wireproof import workers
from wireproof.counts import digest_of
from wireproof.door import window
from wireproof.examining import Examiner, Options
from wireproof.readers import jsonlines
from wireproof.readers.har import Entries
from wireproof.report import Report
from wireproof.workers import Work, unskipped

MADE = contract({"type": "object", "properties": {"id": {"type": "string"}}})


@pytest.fixture
def board():
    return workers._Board(multiprocessing.get_context(), 2, recordings=1)


def test_all_stop_behind_the_block_that_the_first_has_begun(board):
    board.begun(0, 7, 100)
    board.begun(1, 3, 50)
    assert not board.stopped
    board.stop()
    board.begun(0, 8, 0)
    board.stop()  # a second time changes nothing
    asked = [board.begun(1, number, 0)[0] for number in (4, 7, 8, 9)]
    assert (board.stopped, asked) == (True, [False, False, True, True])


def test_all_report_before_the_same_block_and_then_not_again(board):
    board.begun(0, 7, 100)
    board.save()
    board.save()
    assert [board.begun(1, number, 0)[1] for number in (7, 8, 9)] == [False, True, False]
    board.saved()
    assert board.begun(1, 8, 0) == (False, False)


def test_the_records_of_all_are_counted_and_the_bytes_of_the_farthest(board):
    board.judged(0, 5, 100)
    board.judged(1, 7, 60)
    assert board.done() == (12, 100)


class Ended:
    """A process that is no more."""

    exitcode = -9

    def __init__(self):
        self.joined = False

    def join(self):
        self.joined = True


def test_a_process_that_is_killed_ends_the_audit_with_its_exit_code():
    receiver, sender = multiprocessing.Pipe(duplex=False)
    sender.close()
    ended = Ended()
    with pytest.raises(RuntimeError, match=r"ended early \(exit code -9\)"):
        workers._received(receiver, ended)
    assert ended.joined


def test_what_goes_wrong_in_a_process_is_told_by_its_parent():
    receiver, sender = multiprocessing.Pipe(duplex=False)
    sender.send((ValueError("no contract"), True))
    with pytest.raises(ValueError, match="no contract"):
        workers._received(receiver, Ended())


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "s.jsonl"
    text = json.dumps(
        {"request": {"method": "GET", "url": "/thing"}, "response": {"status": 200, "body": {}}}
    )
    path.write_text((text + "\n") * 1000, encoding="utf-8")
    return str(path)


def of_a_process(recording, board, monkeypatch, *, contracts=(MADE,), alive=True):
    monkeypatch.setattr(workers.signal, "signal", lambda *_: None)
    monkeypatch.setattr(workers, "be_unhurried", lambda: None)
    monkeypatch.setattr(jsonlines, "_AHEAD", 20_000)
    monkeypatch.setattr(window, "_CHUNK", 20_000)
    parent = SimpleNamespace(is_alive=lambda: alive)
    monkeypatch.setattr(workers.multiprocessing, "parent_process", lambda: parent)
    sent = []
    sender = SimpleNamespace(send=sent.append)
    workers._work(contracts, Options(), Work([recording]), 0, board, sender)
    return sent


def test_a_process_reports_where_it_is_asked_to_and_at_its_end(recording, board, monkeypatch):
    board.save()
    sent = of_a_process(recording, board, monkeypatch)
    assert [(report.exchanges < 1000, ended) for report, ended in sent] == [(True, False), (False, True)]
    assert board.done()[0] == 1000


def test_a_process_stops_where_it_is_told_to(recording, board, monkeypatch):
    board.begun(0, 1 << 42 | 300, 0)
    board.stop()
    ((report, ended),) = of_a_process(recording, board, monkeypatch)
    assert (0 < report.exchanges < 1000, ended) == (True, True)


def test_a_process_whose_parent_is_gone_stops_at_once(recording, board, monkeypatch):
    ((report, _),) = of_a_process(recording, board, monkeypatch, alive=False)
    assert report.exchanges == 0


def test_a_process_that_fails_says_why(recording, board, monkeypatch):
    ((error, ended),) = of_a_process(recording, board, monkeypatch, contracts=None)
    assert (type(error), ended) == (TypeError, True)


def test_entries_that_were_judged_before_are_passed_over():
    block = Entries("s.har", [b"{}", b"[]", b"1"], 4, [{}, [], 1])
    rest = unskipped(block, {digest_of("s.har"): 6})
    assert (list(rest.data), rest.start, list(rest.values)) == ([b"1"], 6, [1])
    assert unskipped(block, {digest_of("s.har"): 7}) is None
    assert unskipped(block, {digest_of("s.har"): 4}) is block
    assert unskipped(block, {digest_of("other"): 7}) is block


def test_a_report_of_nothing_is_that_of_no_sources():
    examiner = Examiner([MADE])
    done, _ = workers.judge_share(examiner, Work(["-"]), stdin=io.BytesIO(), step=lambda *_: False)
    assert (done, examiner.report()) == (False, Report())
