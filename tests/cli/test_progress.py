"""A line that says how far long work has come, on a terminal only."""

import io

from wireproof.cli import progress
from wireproof.cli.progress import Progress


class Terminal(io.StringIO):
    """A stream that shows what is written to it."""

    def isatty(self):
        return True


def clocked(monkeypatch, *seconds):
    """Let the clock tell these seconds, and the last one for ever."""
    told = list(seconds)
    monkeypatch.setattr(progress, "monotonic", lambda: told.pop(0) if len(told) > 1 else told[0])


def test_short_work_shows_nothing(monkeypatch):
    clocked(monkeypatch, 0.0, 0.5, 0.9)
    stream = Terminal()
    with Progress(stream) as line:
        line.step()
        line.step()
    assert stream.getvalue() == ""


def test_long_work_shows_count_and_rate_and_takes_them_back(monkeypatch):
    clocked(monkeypatch, 0.0, 2.0)
    stream = Terminal()
    with Progress(stream) as line:
        line.step()
        line.step()
    assert stream.getvalue() == "\r\x1b[K1 records, 0 a second\r\x1b[K"


def test_a_file_gets_none_of_it(monkeypatch):
    clocked(monkeypatch, 0.0, 9.0)
    stream = io.StringIO()
    with Progress(stream) as line:
        line.step()
    assert stream.getvalue() == ""
