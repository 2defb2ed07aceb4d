"""The exit codes, which never change their meaning."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """What the process says when it ends."""

    OK = 0
    """Every record was judged, and nothing was found at or above `--fail-on`."""
    FINDINGS = 1
    """Something was found at or above `--fail-on`."""
    USAGE = 2
    """A word of the command line or of the configuration is not known, or the output cannot be written."""
    UNREAD = 3
    """Some input could not be read, matched or decided; what could be was judged."""
    FAULT = 4
    """wireproof itself failed."""
    INTERRUPTED = 130
    """Ctrl-C; the report is partial."""
    CLOSED = 141
    """The reader of our output has gone before its end (`validate-response … | head`)."""
    TERMINATED = 143
    """SIGTERM; the report is partial."""
