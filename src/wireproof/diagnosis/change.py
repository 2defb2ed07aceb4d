"""A named change of structure, and its undoing: the repair that shows whether it explains anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from wireproof.validating import Path

__all__ = ["Change", "came_from", "repaired"]

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a provider may have made to every value at `base`.

    `base` is a template path to the values changed.  `expected` and `found` lead from there to
    where the contract has the content and to where it came.  `members` are, for a removed
    envelope, the names that were inside it.  `doubt` is what speaks against the change, in
    units of one unexplained member.
    """

    rule: str
    base: Path
    expected: Path
    found: Path
    doubt: float
    members: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    """For an added envelope, the names beside the content that the contract has in its place."""

    home: Path = ()
    """For a move, the template path of the member's place, where a key on the way is a map's."""

    @property
    def at(self) -> Path:
        """Return the template path at which the contract expects the content."""
        return self.home or (*self.base, *self.expected)

    @property
    def to(self) -> Path:
        """Return the template path at which the content came."""
        return (*self.base, *self.found)


def repaired(change: Change, value: Any) -> Any:
    """Return a copy of `value` with the change undone wherever its base leads; the rest is shared."""
    return _at_base(value, change.base, lambda node: _UNDO[change.rule](change, node))


def _at_base(value: Any, base: Path, undo: Callable[[Any], Any]) -> Any:
    if not base:
        return undo(value)
    token, rest = base[0], base[1:]
    if token == "*" and isinstance(value, list):  # noqa: S105 - a template's star, no password
        return [_at_base(item, rest, undo) for item in value]
    if isinstance(value, dict):
        if token in value:
            return {**value, token: _at_base(value[token], rest, undo)}
        if token == "*":  # noqa: S105 - likewise
            return {key: _at_base(item, rest, undo) for key, item in value.items()}
    return value


def _opened(change: Change, node: Any) -> Any:
    """Undo an added envelope: its content takes the place of the whole, beside what belongs there."""
    content = _get(node, change.found)
    if content is _MISSING:
        return node
    if not isinstance(content, dict):
        return content
    return {**{key: node[key] for key in node if key in change.kept}, **content}


def _wrapped(change: Change, node: Any) -> Any:
    """Undo a removed envelope: its members go back inside."""
    *outer, key = change.expected
    inside: Any = node
    rest: dict[Any, Any] = {}
    if isinstance(node, dict):
        inside = {name: item for name, item in node.items() if name in change.members}
        rest = {
            name: item for name, item in node.items() if name not in change.members or name in change.kept
        }
        if not inside or change.expected[0] in rest:
            return node
    for token in reversed([*outer[1:], key] if outer else [key]):
        inside = {token: inside}
    return {**rest, **({outer[0]: inside} if outer else inside)}


def _moved(change: Change, node: Any) -> Any:
    """Undo a move or a new name: the value goes back, and containers that it leaves empty go."""
    content = _get(node, change.found)
    home = _get(node, change.expected[:-1])
    if content is _MISSING or not isinstance(home, dict) or change.expected[-1] in home:
        return node
    return _with(_without(node, change.found), change.expected, content)


def _single(_: Change, node: Any) -> Any:
    return node[0] if isinstance(node, list) and node else node


def _listed(_: Change, node: Any) -> Any:
    return node if isinstance(node, list) else [node]


def came_from(change: Change, path: Path) -> Path:
    """Return where a member of the repaired answer stood before the change was undone."""
    length = len(change.base)
    if tuple(path[:length]) != tuple(change.base):
        return path
    inside = path[length:]
    if change.rule == "envelope-added" and inside and inside[0] in change.kept:
        return path
    if inside[: len(change.expected)] != change.expected:
        return path
    return (*change.to, *inside[len(change.expected) :])


_UNDO: dict[str, Callable[[Change, Any], Any]] = {
    "envelope-added": _opened,
    "envelope-removed": _wrapped,
    "field-moved": _moved,
    "field-renamed": _moved,
    "array-wrapped": _single,
    "array-unwrapped": _listed,
}


def _get(node: Any, path: Path) -> Any:
    for token in path:
        if not isinstance(node, dict) or token not in node:
            return _MISSING
        node = node[token]
    return node


def _without(node: Any, path: Path) -> Any:
    token, rest = path[0], path[1:]
    if rest:
        inner = _without(node[token], rest)
        if inner:
            return {**node, token: inner}
    return {key: item for key, item in node.items() if key != token}


def _with(node: Any, path: Path, content: Any) -> Any:
    token, rest = path[0], path[1:]
    return {**node, token: _with(node[token], rest, content) if rest else content}
