"""Pointers with `*`: where a contract says that a part of every task is, and what stands there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Path", "Pointer", "anchor_of", "find", "first", "parse", "text_of"]

Pointer = tuple[str, ...]
"""Tokens of a JSON Pointer; `*` stands for each index of an array and each key of an object."""

Path = tuple[str | int, ...]
"""Keys and indexes from the root of a body to a value."""

_STAR = "*"


def parse(text: str) -> Pointer:
    """Return the tokens of a JSON Pointer (RFC 6901)."""
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in text.split("/")[1:])


@lru_cache(maxsize=4096)
def text_of(pointer: Path) -> str:
    """Return a pointer as text, each array index as `*`."""
    tokens = (_STAR if isinstance(token, int) else token for token in pointer)
    return "".join(f"/{token.replace('~', '~0').replace('/', '~1')}" for token in tokens)


def anchor_of(pointer: Pointer) -> Pointer:
    """Return the part of a pointer that ends with its last `*`: what one task of a list stands under."""
    stars = [index for index, token in enumerate(pointer) if token == _STAR]
    return pointer[: stars[-1] + 1] if stars else ()


def find(value: Any, pointer: Pointer, *, under: Path = ()) -> Iterable[tuple[Path, Any]]:
    """Return path and value of every place in `value` that the pointer leads to.

    `under` binds the pointer's first tokens: a `*` of the pointer is then the token of `under`
    in its stead, as far as the two agree.
    """
    if not under and _STAR not in pointer:
        place = _straight(value, pointer)
        return () if place is None else (place,)
    bound: list[str | int] = list(pointer)
    for index, token in enumerate(under[: len(pointer)]):
        if pointer[index] not in {_STAR, str(token)}:
            break
        bound[index] = token
    if _STAR not in bound:
        place = _straight(value, tuple(bound))
        return () if place is None else (place,)
    return _find(value, tuple(bound), ())


def first(value: Any, pointer: Pointer, *, under: Path = ()) -> Any:
    """Return the value of the first place that a pointer leads to, None where there is none."""
    return next((found for _, found in find(value, pointer, under=under)), None)


def _straight(value: Any, pointer: Path) -> tuple[Path, Any] | None:
    """Return the one place of a pointer without stars, if it is there."""
    path = pointer
    for depth, token in enumerate(pointer):
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif (
            isinstance(value, list)
            and (isinstance(token, int) or token.isdecimal())
            and int(token) < len(value)
        ):
            value = value[int(token)]
            path = (*path[:depth], int(token), *path[depth + 1 :])
        else:
            return None
    return path, value


def _find(value: Any, pointer: Path, path: Path) -> Iterator[tuple[Path, Any]]:
    if not pointer:
        yield path, value
        return
    token, rest = pointer[0], pointer[1:]
    if isinstance(value, dict):
        if token in value:
            yield from _find(value[token], rest, (*path, token))
        elif token == _STAR:
            for key, member in value.items():
                yield from _find(member, rest, (*path, key))
    elif isinstance(value, list):
        for index in _indexes(token, len(value)):
            yield from _find(value[index], rest, (*path, index))


def _indexes(token: str | int, length: int) -> range:
    if token == _STAR:
        return range(length)
    if isinstance(token, int) or token.isdecimal():
        return range(int(token), min(int(token) + 1, length))
    return range(0)
