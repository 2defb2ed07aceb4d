"""Answers decoded to structs: those that fit, and the columns that somebody wants of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET, Struct

from wireproof.evidence.mould import found
from wireproof.validating.structs import cast, decoder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wireproof.evidence.mould import Check, Column, Columns, Mould, Path
    from wireproof.lanes.lives import Life
    from wireproof.lanes.sights import Sights
    from wireproof.lanes.varieties import Variety

__all__ = ["Cast"]


class Cast:
    """Decodes the answers that fit a mould; `life` reads their tasks, where they are about tasks."""

    def __init__(
        self,
        mould: Mould,
        sights: Sights,
        variety: Variety,
        life: Life | None = None,
        where: Callable[[Path], Path] | None = None,
    ) -> None:
        self.mould, self.variety = mould, variety
        self.sights, self.life = sights, life
        wanted = dict.fromkeys((*sights.wanted, *(life.paths if life is not None else ())))
        self.fresh = 0
        """How many answers it fitted when it was tried last."""
        self.names = frozenset(member.name for member in mould.members)
        self._decode = decoder(mould)
        self._plain = _plain_below(mould)
        self._moulds: dict[Path, Mould] = {}
        self._sources = {path: self._source(path, where(path) if where else path) for path in wanted}

    def _source(self, wanted: Path, path: Path) -> tuple[Path, Path] | None:
        """Return by which path a column is met that holds what is wanted, and where in its values.

        `path` leads to the place in these answers; it ends early where the values are plain.
        """
        mould: Mould | None = self.mould
        for size, token in enumerate(path, start=1):
            if mould is None:
                return None
            if token == "*":  # noqa: S105 - a template's star, no password
                mould = mould.items
            else:
                member = mould.member(token)
                mould = member.mould if member is not None else None
            if mould is not None and (mould.plain or size == len(path)):
                mould.path = mould.path or wanted
                if size == len(path):
                    self._moulds[wanted] = mould
                return mould.path, path[size:]
        return None

    def expect(self, asked: Callable[[Path, str], Sequence[Mapping[str, Any]]]) -> None:
        """Have the columns that are wanted checked for what else is asked of strings of their class."""
        for path, mould in self._moulds.items():
            if mould.textual and (mould.usual is None or not mould.usual.told):
                mould.also = partial(asked, path)
                if mould.usual is not None and asked(path, mould.usual.kind):
                    mould.usual = None

    def of(self, texts: Sequence[Any]) -> list[Any]:
        """Return the struct of each text, None where it does not fit."""
        structs = cast(self._decode, texts)
        if self._plain is not None:
            rows = [row for row, struct in enumerate(structs) if struct is not None]
            for row in _misfits(self._plain, [structs[row] for row in rows], rows):
                structs[row] = None
        return structs

    def misfits(self, structs: Sequence[Any]) -> set[int]:
        """Return the numbers of the structs in which a plain value does not fit its schema."""
        return _misfits(self._plain, structs, range(len(structs))) if self._plain is not None else set()

    def columns(self, known: Columns) -> dict[Path, Column]:
        """Return the columns that are wanted, from those that were met while counting."""
        columns: dict[Path, Column] = {}
        for path, source in self._sources.items():
            column = known.get(source[0]) if source is not None else None
            if column is None or source is None:
                columns[path] = ([], [])
            elif not source[1]:
                columns[path] = column
            else:
                values, at = found(column[0], source[1])
                columns[path] = (values, [column[1][row] for row in at])
        return columns


class _Below(NamedTuple):
    """The way to the plain values of a mould."""

    check: Check | None
    members: tuple[tuple[Callable[[Any], Any], _Below], ...]
    items: _Below | None


def _plain_below(mould: Mould) -> _Below | None:
    if mould.plain:
        return _Below(mould.check, (), None)
    members = tuple(
        (member.get, below) for member in mould.members if (below := _plain_below(member.mould)) is not None
    )
    items = _plain_below(mould.items) if mould.items is not None else None
    return _Below(None, members, items) if members or items is not None else None


def _misfits(below: _Below, values: Sequence[Any], rows: Sequence[int]) -> set[int]:
    """Return the rows in which a plain value does not fit its schema."""
    if below.check is not None:
        if below.check(list(values)):
            return set()
        return {row for value, row in zip(values, rows, strict=True) if not below.check([value])}
    found: set[int] = set()
    for get, inside in below.members:
        pairs = [
            (get(value), row) for value, row in zip(values, rows, strict=True) if isinstance(value, Struct)
        ]
        pairs = [(value, row) for value, row in pairs if value is not UNSET]
        found |= _misfits(inside, [value for value, _ in pairs], [row for _, row in pairs])
    if below.items is not None:
        pairs = [
            (item, row)
            for value, row in zip(values, rows, strict=True)
            if type(value) is list
            for item in value
        ]
        found |= _misfits(below.items, [value for value, _ in pairs], [row for _, row in pairs])
    return found
