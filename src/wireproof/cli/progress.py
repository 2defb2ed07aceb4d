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


class Progress:
    """Counts records, and shows count and rate once the work takes longer than a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()
        self._began = monotonic()
        self._next = self._began + _QUIET
        self._count = 0
        self._written = False

    def step(self) -> None:
        """Count one record."""
        self._count += 1
        if self._shown and monotonic() >= self._next:
            self._write()

    def _write(self) -> None:
        now = monotonic()
        rate = self._count / (now - self._began)
        self._stream.write(f"\r\x1b[K{self._count:,} records, {rate:,.0f} a second")
        self._stream.flush()
        self._next = now + _EVERY
        self._written = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._written:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
