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
    """What one process of several judges: `part`, counted from 0, of as many as there `are`.

    Of lines it takes its `turns`, of all else the blocks whose number leaves `part` when divided.
    """

    part: int
    of: int
    turns: Turns

    @property
    def place(self) -> tuple[int, int]:
        """Return which process it is, and of how many."""
        return self.part, self.of


class Turns:
    """Where the lines begin that no process has taken yet, and of which recording they are.

    A process reads behind the lock, and judges before it: reading is a small part of the work.
    """

    def __init__(self, context: Any) -> None:
        self._lock = context.Lock()
        self._place = context.Array("q", [0, 0, 1, 0], lock=False)

    def iter_lines(
        self, stream: BinaryIO, number: int, *, source: str, limits: Limits, most: int
    ) -> Iterator[Portion]:
        """Iterate over the lines that this process takes, some at a time; those of others lie between.

        A recording's `number` is greater than that of the one before; `most` is how far it is read.
        A portion stands for all bytes since the last one, whoever took them.
        """
        known = 0
        while True:
            with self._lock:
                at, byte, line, index = self._place
                if at < number:
                    byte, line, index = 0, 1, 0
                if at > number or byte >= most:
                    return
                blocks, byte, line = _read(stream, byte, line, index, source=source, limits=limits, most=most)
                size = sum(map(size_of, blocks))
                self._place[:] = [number, byte, line, index + size]
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
