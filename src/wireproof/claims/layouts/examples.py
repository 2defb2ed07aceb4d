"""JSON bodies that a page shows: examples, or sketches of a schema whose values are names of types."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.bodies import LARGEST, LEFT_OUT, read_bodies
from wireproof.claims.claim import Artefact, Ground, Lines, Unread
from wireproof.claims.elision import without_dots
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.notation import faults_of, habits_of, is_example
from wireproof.claims.phrases import (
    BARE_TYPES,
    Attributes,
    TypePhrase,
    attributes,
    required_word,
    type_phrase,
)
from wireproof.claims.titles import marked_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.bodies import Body
    from wireproof.claims.claim import ExampleClaim, Path
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_COMMENTED: Final = frozenset({"jsonc", "json5"})
"""Languages of a fence in which comments are no fault."""


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    for body in read_bodies(block.lines):
        if body.unread is not None:
            yield Unread(
                body.unread, f"the example has more than {LARGEST // 1024} KiB; its rest is not read"
            )
        if body.value is None and body.unread is not None:
            continue
        if body.value in ({}, []) and not body.complete:
            yield Unread(body.lines, "JSON was expected here, and nothing of it can be read")
            continue
        if not is_example(body, block.language):
            yield Unread(body.lines, "a text in brackets, which is no JSON")
            continue
        here = _captioned(body, setting)
        if _is_sketch(body.value):
            bare = any(repair.what == LEFT_OUT for repair in body.repairs)
            if rows := tuple(_sketched(body)):
                yield Listing(here, rows, _root(body), here.title, sketched=bare)
        elif _is_commented(body, block.language):
            yield Artefact("comments in JSON, read as descriptions", 1, body.lines.first)
            yield Listing(here, tuple(_commented(body)), _root(body), here.title, inside=True)
            yield _shown(body, block.language, here)
        else:
            yield from habits_of(body)
            yield _shown(body, block.language, here)


def _shown(body: Body, language: str, here: Setting) -> ExampleClaim:
    """Return a body as an example whose repairs are the faults of the page alone."""
    return replace(without_dots(body.to_claim(here.scope)), repairs=faults_of(body, language))


def _root(body: Body) -> Path:
    """Return the path at which the members of a body begin."""
    return ("*",) if isinstance(body.value, list) else ()


def _captioned(body: Body, setting: Setting) -> Setting:
    """Return the setting with what the text between two bodies says: `// failure`, `HTTP 404`."""
    scope = setting.scope
    for caption in body.captions[-2:]:
        title = marked_title(caption)
        if "request" in title.roles:
            scope = replace(scope, side="request", status="", sided=Ground.STATED)
        elif "response" in title.roles:
            scope = replace(scope, side="response", sided=Ground.STATED)
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


def _is_commented(body: Body, language: str) -> bool:
    """Return whether comments describe the members: where the fence says so, or beside most of them."""
    told = {_template(path) for path, _ in body.comments if path and isinstance(path[-1], str)}
    members = {_template(path) for path in body.at if path and isinstance(path[-1], str)}
    return bool(told) and (language in _COMMENTED or (len(told) > 1 and len(told) * 2 >= len(members)))


def _template(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return a path with `*` for the places in lists."""
    return tuple("*" if isinstance(key, int) else key for key in path)


def _commented(body: Body) -> Iterator[Row]:
    """Yield every member of the body, with what the comment beside or above it says."""
    told = {_template(path): text for path, text in reversed(body.comments)}
    seen: set[tuple[str, ...]] = set()
    for path, line in body.at.items():
        place = _template(path)
        if not place or place[-1] == "*" or place in seen:
            continue
        seen.add(place)
        value = _at(body.value, path)
        text = told.get(place, "")
        facts, description = _facts(text)
        phrase = facts.phrase
        if phrase is None and isinstance(value, dict):
            phrase = TypePhrase(("object",), "object")
        elif phrase is None and isinstance(value, list) and value and isinstance(value[0], dict):
            phrase = TypePhrase(("array",), "array", ("object",))
        depth = sum(key != "*" for key in place) - 1
        yield Row(
            place[-1],
            Lines(line, line),
            depth,
            phrase,
            facts.required if facts.required is not None else _in_brackets(text),
            facts.nullable if facts.nullable is not None else value is None or None,
            description,
        )


def _facts(text: str) -> tuple[Attributes, str]:
    """Return type and duty that the lines of a comment tell, `integer, required`, and what else they say."""
    found, words = Attributes(), []
    for line in text.split("\n"):
        head, _, tail = line.partition(":")
        for said, rest in ((attributes(line), ""), (attributes(head), tail.strip())):
            if said is not None and found == Attributes():
                found = said
                words += [said.rest, rest]
                break
        else:
            words.append(line)
    return found, " ".join(word for word in words if word)


def _in_brackets(text: str) -> bool | None:
    """Return what `(required)` at the end of a comment says."""
    found = re.search(r"[(（]([^()（）]{1,20})[)）]\W*$", text)
    return required_word(found[1], spelled=True) if found else None


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        if isinstance(value, dict):
            value = value.get(str(key))
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
    return value


LAYOUT = Layout("examples", frozenset({"body"}), _read)
