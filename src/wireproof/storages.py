"""Files on storages that fsspec knows, by their URLs: found, and opened to be read.

Whatever a storage says that went wrong, in errors of its own, is an `OSError` here: a file that
cannot be read costs its records, and not the audit.
"""

from __future__ import annotations

import errno
import io
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from wireproof.exchange import Origin, Unreadable
from wireproof.sources import foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["listed", "opened"]

_EXPECTED = "a file, a folder or a pattern on a storage that fsspec knows"
_PATTERN = frozenset("*?[")


def listed(url: str) -> Iterator[tuple[str, int] | Unreadable]:
    """Iterate over the files behind a URL, a folder or a pattern: the URL of each, and its size."""
    import fsspec  # noqa: PLC0415 - comes with the engine

    count = 0
    try:
        system, path = fsspec.core.url_to_fs(url)
        for name in _names(system, path):
            shown = url if name == path else str(system.unstrip_protocol(name))
            yield shown, int(system.info(name)["size"] or 0)
            count += 1
    except FileNotFoundError:
        count = 0
    except Exception as error:  # noqa: BLE001 - every storage has errors of its own
        reason = f"it cannot be reached: {_told(error)}"
        yield Unreadable(Origin(url), reason, _EXPECTED, "check the address, the rights and what reads it")
        return
    if not count:
        yield Unreadable(Origin(url), "no file is there", _EXPECTED, "check the address")


def _names(system: Any, path: str) -> list[str]:
    """Return the files of a storage that a path means, sorted, those left out that hold no captures."""
    if not _PATTERN.isdisjoint(path):
        return sorted(system.glob(path))
    if not system.isdir(path):
        return [path]
    below = [(name, PurePosixPath(name).relative_to(path).parts) for name in sorted(system.find(path))]
    return [
        name
        for name, parts in below
        if not foreign(parts[-1]) and not any(part.startswith(".") for part in parts)
    ]


def opened(url: str) -> BinaryIO:
    """Return a file of a storage to read; it raises `OSError`, and so does reading, whatever goes wrong."""
    import fsspec  # noqa: PLC0415 - comes with the engine

    with _as_of_a_disk(url):
        return cast("BinaryIO", _Stored(fsspec.open(url, "rb").open(), url))


class _Stored(io.RawIOBase):
    """A file of a storage whose errors are those of a disk."""

    def __init__(self, stream: Any, url: str) -> None:
        self._stream, self._url = stream, url

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes."""
        with _as_of_a_disk(self._url):
            data: bytes = self._stream.read(size)
            return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a byte, and return which it is."""
        with _as_of_a_disk(self._url):
            at: int = self._stream.seek(offset, whence)
            return at

    def tell(self) -> int:
        """Return at which byte the file stands."""
        at: int = self._stream.tell()
        return at

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def close(self) -> None:
        """Close the file of the storage too."""
        self._stream.close()
        super().close()


@contextmanager
def _as_of_a_disk(url: str) -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(errno.EIO, _told(error), url) from error


def _told(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
