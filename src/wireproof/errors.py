"""Broken inputs, as a short tree of exceptions; each says what to type next.

    WireproofError            exit code 4, never raised itself
    ├── UsageError            exit code 2: a word of the command line or configuration is not known
    ├── ContractError         exit code 3: a contract cannot be read, or promises nonsense
    └── InputError            exit code 3: a file or stream cannot be read at all

Drift is never an exception: it is a `Finding`.  One bad record among many is never an
exception either: it is an `Unreadable`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["ContractError", "InputError", "UsageError", "WireproofError", "nearest"]


class WireproofError(Exception):
    """A broken input: what is wrong, and as `hint` what to do about it.

    `exit_code` is the process's answer when the error ends the command.
    """

    exit_code = 4

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Callable[..., WireproofError], tuple[str]]:
        """Return what makes the error again in another process."""
        return partial(type(self), hint=self.hint), (self.message,)


class UsageError(WireproofError):
    """The command line or the configuration names something that does not exist."""

    exit_code = 2


class ContractError(WireproofError):
    """A contract cannot be read; the message names its file and line."""

    exit_code = 3


class InputError(WireproofError):
    """A file or stream cannot be read at all; the message names it."""

    exit_code = 3


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word closest to `word` (letter case set aside), or None if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong word pays for it

    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[close[0]] if close else None
