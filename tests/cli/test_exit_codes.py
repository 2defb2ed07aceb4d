"""What the process says when it ends."""

import errno
import importlib
import json
import sys

import pytest

from wireproof.cli import validate
from wireproof.cli.exits import Exit
from wireproof.errors import InputError

command_line = importlib.import_module("wireproof.cli.main")  # the package offers its function by that name

CODES = {
    "a clean answer": (["clean.json"], Exit.OK),
    "a warning": (["extra.json"], Exit.FINDINGS),
    "an error": (["wrong.json"], Exit.FINDINGS),
    "a file that is not there": (["none.json"], Exit.UNREAD),
    "findings beside a file that is not there": (["wrong.json", "none.json"], Exit.FINDINGS),
    "no drift beside a file that is not there": (["clean.json", "none.json"], Exit.UNREAD),
    "an answer of a stranger": (["stranger.json"], Exit.FINDINGS),
    "bytes that are no JSON": (["broken.json"], Exit.UNREAD),
    "a warning below --fail-on": (["--fail-on", "error", "extra.json"], Exit.OK),
    "an error at --fail-on": (["--fail-on", "error", "wrong.json"], Exit.FINDINGS),
    "anything with --fail-on never": (["--fail-on", "never", "wrong.json"], Exit.OK),
    "an unread file with --fail-on never": (["--fail-on", "never", "none.json"], Exit.UNREAD),
    "a finding that --min-severity hides": (["--min-severity", "error", "extra.json"], Exit.FINDINGS),
    "an unknown option": (["--formt", "json"], Exit.USAGE),
    "an unknown operation": (["--operation", "gett", "clean.json"], Exit.USAGE),
}


@pytest.mark.parametrize(("words", "expected"), CODES.values(), ids=CODES.keys())
def test_each_end_has_its_code(here, judge, words, expected):
    (here / "broken.json").write_text('{"id": ')
    (here / "stranger.json").write_text(json.dumps({"foo": 1, "bar": 2}))
    assert judge(*words).code == expected


def test_a_contract_that_cannot_be_read_is_unread_input(here, run):
    ended = run("validate", "--spec", "clean.json", "clean.json")
    assert ended.code == Exit.UNREAD
    assert ended.err.startswith("wireproof: clean.json")


def test_our_own_fault_is_told_as_such(here, judge, monkeypatch):
    def fall(*_arguments, **_options):
        raise ZeroDivisionError("by\x1b[31m zero")

    monkeypatch.setattr(validate, "Examiner", fall)
    ended = judge("clean.json")
    assert ended.code == Exit.FAULT
    assert ended.err == (
        "wireproof: a fault of our own: ZeroDivisionError: by\\u001b[31m zero\n"
        "  please report it, with the output of the same command under WIREPROOF_DEBUG=1\n"
    )


def test_our_own_fault_is_raised_for_those_who_look_for_it(here, judge, monkeypatch):
    def fall(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr(validate, "Examiner", fall)
    monkeypatch.setenv("WIREPROOF_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        judge("clean.json")


def test_an_input_error_is_one_sentence_and_one_hint(here, judge, monkeypatch):
    def fall(*_arguments, **_options):
        raise InputError("it is \x9b2J broken", hint="mend it\n::error::now")

    monkeypatch.setattr(validate, "Examiner", fall)
    ended = judge("clean.json")
    assert (ended.code, ended.out) == (Exit.UNREAD, "")
    assert ended.err == "wireproof: it is \\u009b2J broken\n  mend it\\u000a\\u003a:error\\u003a:now\n"


def test_the_codes_never_change():
    assert {code.name: int(code) for code in Exit} == {
        "OK": 0,
        "FINDINGS": 1,
        "USAGE": 2,
        "UNREAD": 3,
        "FAULT": 4,
        "INTERRUPTED": 130,
        "CLOSED": 141,
        "TERMINATED": 143,
    }


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (BrokenPipeError(), Exit.CLOSED, ""),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            Exit.USAGE,
            (
                "wireproof: the output cannot be written: No space left on device\n"
                "  write to a disk that has room\n"
            ),
        ),
        (KeyboardInterrupt(), Exit.INTERRUPTED, "wireproof: interrupted\n"),
        (KeyboardInterrupt("SIGTERM"), Exit.TERMINATED, "wireproof: interrupted\n"),
    ],
)
def test_what_stops_the_writing_has_its_code(here, judge, monkeypatch, fault, code, said):
    dropped = []

    def fall(*_arguments):
        raise fault

    monkeypatch.setattr(validate, "write_output", fall)
    monkeypatch.setattr(command_line, "_drop_output", lambda: dropped.append(True))
    ended = judge("clean.json")
    assert (ended.code, ended.out, ended.err) == (code, "", said)
    assert bool(dropped) == isinstance(fault, OSError)


def test_sigterm_ends_the_work_like_ctrl_c():
    with pytest.raises(KeyboardInterrupt, match="SIGTERM"):
        command_line._terminated(15, None)


def test_streams_that_the_caller_closed_are_lent_and_taken_back(here, judge, monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    assert judge("wrong.json").code == Exit.FINDINGS
    assert sys.stdout is None
