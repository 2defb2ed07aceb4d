"""Parquet through a pipe: its index stands at its end, so that a stream of it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.exchange import Origin, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits
    from wireproof.door.window import Window

__all__ = ["MAGIC", "read", "recognises"]

MAGIC = (b"PAR1", b"PARE")
"""How a Parquet file begins: PARE where its index is encrypted."""


def recognises(head: bytes) -> bool:
    """Return whether the head is that of a Parquet file."""
    return head.startswith(MAGIC)


def read(window: Window, *, source: str, limits: Limits) -> Iterator[Unreadable]:  # noqa: ARG001 - as its siblings
    """Iterate over one `Unreadable`: what can be read of Parquet is read where files are opened."""
    yield Unreadable(
        Origin(source),
        "a Parquet file that comes as a stream: its index stands at its end",
        "a Parquet file on disk, uncompressed as a whole",
        "name the file itself, unpacked",
        byte=window.byte,
    )
