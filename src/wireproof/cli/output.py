"""Where a report goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

from wireproof.errors import UsageError
from wireproof.reporters.text import Style

__all__ = ["terminal_style", "write_output"]


def terminal_style(output: str | None) -> Style:
    """Return the style for standard output: colour and width on a terminal, neither elsewhere."""
    if output not in {None, "-"} or not sys.stdout.isatty():
        return Style()
    width = os.get_terminal_size(sys.stdout.fileno()).columns
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(colour=colour, width=width)


def write_output(text: str, output: str | None) -> None:
    """Write text to standard output, or to the file `output` in one step (a device or pipe: as it is).

    Raises `UsageError` where the file cannot be written.
    """
    if output is None or output == "-":
        _print(text)
        return
    target = Path(output)
    if target.is_dir():
        raise UsageError(f"{output} is a folder", hint="name a file in a folder you may write to")
    try:
        _write(text, target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{output} cannot be written: {reason}", hint=_way_out(error, target)) from error


def _way_out(error: OSError, target: Path) -> str:
    if isinstance(error, FileNotFoundError) and not target.parent.exists():
        return f"make its folder first: mkdir -p {target.parent}"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "write to a disk that has room"
    return "name a file in a folder you may write to"


def _print(text: str) -> None:
    """Write text to standard output, all of it or raise: an unbuffered stream may take a part alone."""
    buffer = getattr(sys.stdout, "buffer", None)
    if not isinstance(buffer, io.RawIOBase):
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    data = memoryview(text.encode(sys.stdout.encoding or "utf-8", sys.stdout.errors or "strict"))
    while data:
        data = data[buffer.write(data) or 0 :]


def _write(text: str, target: Path) -> None:
    if target.exists() and not target.is_file():
        # A device or a pipe is written to: a file that took its name would take its place.
        target.write_text(text, encoding="utf-8")
        return
    place = Path(os.path.realpath(target))  # a link stays, and what it leads to is written
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(place)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
