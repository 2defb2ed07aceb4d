"""A line on a terminal's standard error that says how far long work has come."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Progress"]

_QUIET = 1.0
"""Seconds before the first line is shown."""
_EVERY = 0.2
_WIDTH = 24


class Progress:
    """Counts records, and shows count and rate once the work takes longer than a second.

    Where `whole` says how many bytes there are, a bar and the time left are shown too.
    """

    def __init__(self, stream: TextIO, *, whole: int = 0, noun: str = "records") -> None:
        self._stream = stream
        self._noun = noun
        self._shown = stream.isatty()
        self._began = monotonic()
        self._next = self._began + _QUIET
        self._count = 0
        self._whole, self._done = whole, 0
        self._written = False

    def step(self, records: int = 1) -> None:
        """Count some records."""
        self._count += records
        if self._shown and monotonic() >= self._next:
            self._write()

    def at(self, records: int, done: int) -> None:
        """Say how many records were judged, and how many bytes of all were read."""
        self._count, self._done = records, done
        if self._shown and monotonic() >= self._next:
            self._write()

    def say(self, line: str) -> None:
        """Write a line that stays, above the bar."""
        if self._shown:
            self._stream.write(f"\r\x1b[K{line}\n")
            self._stream.flush()

    def warn(self, line: str) -> None:
        """Write a line that stays, on a terminal or not."""
        self._stream.write(f"\r\x1b[K{line}\n" if self._shown else f"{line}\n")
        self._stream.flush()

    def _write(self) -> None:
        now = monotonic()
        rate = self._count / (now - self._began)
        self._stream.write(f"\r\x1b[K{self._bar(now)}{self._count:,} {self._noun}, {rate:,.0f} a second")
        self._stream.flush()
        self._next = now + _EVERY
        self._written = True

    def _bar(self, now: float) -> str:
        """Return the bar and the time left, where the whole is known."""
        if not self._whole or not self._done:
            return ""
        part = min(1.0, self._done / self._whole)
        left = int((now - self._began) * (1 - part) / part)
        filled = round(part * _WIDTH)
        minutes, seconds = divmod(left, 60)
        return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {part:4.0%}, {minutes}:{seconds:02} left, "

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
