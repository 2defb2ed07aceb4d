"""JSON bodies that a page shows: examples, or sketches of a schema whose values are names of types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.bodies import LEFT_OUT, NOTED, read_bodies
from wireproof.claims.claim import Lines, Unread
from wireproof.claims.elision import without_dots
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.phrases import BARE_TYPES, TypePhrase, type_phrase
from wireproof.claims.sections import marked_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.bodies import Body
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]


_COMMENTED: Final = frozenset({"jsonc", "json5"})
"""Languages of a fence in which comments are no fault."""


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    for body in read_bodies(block.lines):
        if body.value in ({}, []) and not body.complete:
            yield Unread(body.lines, "JSON was expected here, and nothing of it can be read")
            continue
        here = _captioned(body, setting)
        if _is_sketch(body.value):
            bare = any(repair.what == LEFT_OUT for repair in body.repairs)
            yield Listing(here, tuple(_sketched(body)), title=here.title, sketched=bare)
        else:
            claim = without_dots(body.to_claim(here.scope))
            if block.language in _COMMENTED:
                claim = replace(claim, repairs=tuple(one for one in claim.repairs if one.what != NOTED))
            yield claim


def _captioned(body: Body, setting: Setting) -> Setting:
    """Return the setting with what the text between two bodies says: `// failure`, `HTTP 404`."""
    scope = setting.scope
    for caption in body.captions[-2:]:
        title = marked_title(caption)
        if "request" in title.roles:
            scope = replace(scope, side="request", status="")
        elif "response" in title.roles:
            scope = replace(scope, side="response")
        if title.status:
            scope = replace(scope, status=title.status, side=scope.side or "response")
        elif title.roles & {"error", "success"}:
            scope = replace(scope, status="error" if "error" in title.roles else "success")
    return replace(setting, scope=scope)


def _is_sketch(value: Any) -> bool:
    """Return whether every value is the name of a type, and not only the placeholder `string`."""
    leaves: list[Any] = []
    waiting = [value]
    while waiting and len(leaves) < 500:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
        else:
            leaves.append(part)
    if len(leaves) < 2 or not all(isinstance(leaf, str) for leaf in leaves):
        return False
    phrases = [type_phrase(leaf) for leaf in leaves]
    return all(phrases) and any(phrase and phrase.types not in {(), ("string",)} for phrase in phrases)


def _sketched(body: Body) -> Iterator[Row]:
    waiting: list[tuple[tuple[str | int, ...], Any, int]] = [((), body.value, -1)]
    while waiting:
        path, value, depth = waiting.pop()
        phrase: TypePhrase | None
        if isinstance(value, dict):
            phrase = TypePhrase(("object",), "object")
            if path and set(value) <= BARE_TYPES:
                value = {}
            waiting += [((*path, key), inner, depth + 1) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            inner = value[0] if value else None
            words = type_phrase(inner) if isinstance(inner, str) else None
            phrase = TypePhrase(
                ("array",), "array", ("object",) if isinstance(inner, dict) else words.types if words else ()
            )
            if isinstance(inner, dict):
                waiting += [((*path, 0, key), part, depth + 1) for key, part in reversed(inner.items())]
        else:
            phrase = type_phrase(value)
        if path and isinstance(path[-1], str):
            line = body.at.get(path, body.lines.first)
            yield Row(path[-1], Lines(line, line), depth, phrase)


LAYOUT = Layout("examples", frozenset({"body"}), _read)
