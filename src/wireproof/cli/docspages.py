"""The pages that a command line names: files, folders, patterns and standard input, read one by one."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.claims.claim import Page

__all__ = ["Missed", "read_pages", "take_pages_back"]

_PAGES = frozenset(
    """
    .adoc .api .apib .asciidoc .htm .html .json .markdown .md .mdown .mdx .mkd .rst .text .txt .xhtml
    .yaml .yml
    """.split()  # noqa: SIM905 - a list of suffixes reads better as words
)
"""Suffixes of the files of a folder that are pages; named by itself any file is read."""
_NEVER_RECORDINGS = _PAGES - {".api", ".json", ".text", ".txt"}
_PASSED_BY = frozenset({"__pycache__", "node_modules"})
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that was named and not read: what, why, and what to do."""

    source: str
    reason: str
    hint: str = ""
    what: str = "page"

    def lines(self) -> str:
        """Return what is said of it on standard error."""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"wireproof: {self.source}: {self.reason}{hint}"

    def to_json(self) -> dict[str, str]:
        """Return it as plain values."""
        return {"what": self.what, "source": self.source, "reason": self.reason}


def take_pages_back(options: argparse.Namespace) -> None:
    """Make pages of what stands after `--recordings` and is one by its name: `--recordings a.har page.md`.

    What may be either (a folder, JSON, plain text) stays a recording.
    """
    pages = [name for name in options.recordings if Path(name).suffix.lower() in _NEVER_RECORDINGS]
    if pages and len(pages) < len(options.recordings):
        options.pages = [*options.pages, *pages]
        options.recordings = [name for name in options.recordings if name not in pages]


def read_pages(arguments: Sequence[str]) -> Iterator[Page | Missed]:
    """Iterate over the pages behind some arguments, in their order, folders sorted; each is read once.

    Raises `UsageError` where nothing is named and standard input is a terminal.
    """
    from wireproof.claims.page import read_page  # noqa: PLC0415 - after the options are known to be right

    if not arguments and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError("nothing to read", hint="name a page, a folder of pages, or - for standard input")
    seen: set[str] = set()
    for name in _named(arguments or ["-"]):
        if isinstance(name, Missed):
            yield name
            continue
        place = name if name == "-" or "\0" in name else os.path.realpath(name)
        if place in seen:
            continue
        seen.add(place)
        data = _read(name)
        yield data if isinstance(data, Missed) else read_page(data, name="<stdin>" if name == "-" else name)


def _named(arguments: Iterable[str]) -> Iterator[str | Missed]:
    """Iterate over the files that the arguments name, `-` among them, and what is no page."""
    for argument in arguments:
        path = Path(argument)
        if argument != "-" and path.is_dir():
            yield from _below(argument)
        elif argument != "-" and not _MAGIC.isdisjoint(argument) and not path.exists():
            yield from _fitting(argument)
        else:
            yield argument


def _below(folder: str) -> Iterator[str | Missed]:
    """Iterate over the pages in a folder and below; links to folders are not followed."""
    found, others = False, 0
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _PASSED_BY)
        for name in sorted(files):
            if name.startswith(".") or Path(name).suffix.lower() not in _PAGES:
                others += 1
            else:
                found = True
                yield str(Path(inside) / name)
    if not found:
        reason = (
            f"a folder without pages: none of its {others} files is one by its name"
            if others
            else ("an empty folder")
        )
        yield Missed(folder, reason, "name a file to have it read whatever it is called")


def _fitting(pattern: str) -> Iterator[str | Missed]:
    from glob import glob  # noqa: PLC0415 - a shell hardly ever leaves a pattern as it is

    names = sorted(name for name in glob(pattern, recursive=True) if Path(name).is_file())  # noqa: PTH207 - names stay as typed
    yield from names
    if not names:
        yield Missed(pattern, "no file fits the pattern", "check the path")


def _read(name: str) -> bytes | Missed:
    """Return the first bytes of a page: all that is read of it, and one more to know that there is more."""
    from wireproof.claims.decoding import LARGEST  # noqa: PLC0415 - as above

    try:
        if name == "-":
            stream = sys.stdin.buffer if sys.stdin else BytesIO()
            return stream.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        return Missed(name, error.strerror or str(error), "check the path")
    except ValueError as error:  # a name with a NUL byte in it
        return Missed(name, str(error), "check the path")
