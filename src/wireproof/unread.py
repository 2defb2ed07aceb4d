"""What is told of a source that cannot be read, or not to its end."""

from __future__ import annotations

import errno

from wireproof.exchange import Origin, Unreadable

__all__ = ["failed", "shown", "told", "unread"]

_EXPECTED = "a file, a folder, a pattern such as 'captures/*.json', or - for standard input"


def failed(name: str, error: OSError, *, index: int = 0) -> Unreadable:
    """Return that a source cannot be read, or not from a record on, and what to do."""
    return unread(name, *told(error), index=index)


def unread(name: str, reason: str, hint: str, *, expected: str = _EXPECTED, index: int = 0) -> Unreadable:
    """Return that a source is not read, why, and what to do."""
    return Unreadable(Origin(shown(name), index), reason, expected, hint)


def told(error: OSError | ValueError) -> tuple[str, str]:
    """Return what went wrong with a file, and what to do."""
    if isinstance(error, PermissionError):
        return "it may not be read: permission denied", "give yourself the right to read it (chmod u+r)"
    if isinstance(error, FileNotFoundError):
        return "a link to nothing, or a file that is gone", "name a file that is there"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return "a link that leads back to itself", "name the file that it should lead to"
    cause = error.strerror if isinstance(error, OSError) else "no file can have that name"
    return f"it cannot be read: {cause or type(error).__name__}", "check the name, the file and the disk"


def shown(name: str) -> str:
    """Return a name as typed, with what is no text in it replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
