"""Several processes read a recording of lines together: whoever is free takes those that come next.

So each reads its own alone, knows the numbers of its records, and none is done long before another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from wireproof.door.window import Window
from wireproof.readers import Portion, jsonlines, size_of
from wireproof.streams import Part
from wireproof.unread import failed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.door.limits import Limits
    from wireproof.readers import Block

__all__ = ["Share", "Turns"]

_END = 1 << 62


@dataclass(frozen=True, slots=True)
class Share:
    """What one process of several judges: `part`, from 0, `of` so many; of lines what its `turns` give it."""

    part: int
    of: int
    turns: Turns


class Turns:
    """Where, in each of some recordings, the lines begin that no process has taken yet.

    One process at a time reads and moves that place; all others judge meanwhile.
    """

    def __init__(self, context: Any, recordings: int) -> None:
        self._lock = context.Lock()
        self._places = context.Array("q", [0, 1, 0] * recordings, lock=False)

    def iter_lines(
        self, stream: BinaryIO, number: int, *, source: str, limits: Limits, most: int
    ) -> Iterator[Portion]:
        """Iterate over the lines that this process takes, some at a time; those of others lie between.

        `number` is that of the recording, from 0; `most` is how far it is read.  A portion stands for
        all bytes since the last one, whoever took them.
        """
        known = 0
        place = slice(3 * number, 3 * number + 3)
        while True:
            with self._lock:
                byte, line, index = self._places[place]
                if byte >= most:
                    return
                blocks, byte, line = _read(stream, byte, line, index, source=source, limits=limits, most=most)
                size = sum(map(size_of, blocks))
                self._places[place] = [byte, line, index + size]
            if blocks:
                reached = min(byte, most)
                yield Portion(source, index, size, reached - known, tuple(blocks))
                known = reached


def _read(
    stream: BinaryIO, byte: int, line: int, index: int, *, source: str, limits: Limits, most: int
) -> tuple[Sequence[Block], int, int]:
    """Return the records from a byte on, and at which byte and line the next ones begin."""
    try:
        stream.seek(byte)
        window = Window(Part(stream, most - byte), byte=byte, line=line)
        blocks = jsonlines.next_lines(window, source=source, limits=limits, index=index)
    except OSError as error:
        return (failed(source, error, index=index),), _END, line
    return blocks or (), _END if blocks is None else window.byte, window.line
