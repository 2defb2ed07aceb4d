"""One sentence → everything that it claims."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wireproof.claims.assertions import assertions_in, meaning_in, moments_in
from wireproof.claims.bounds import bounds_in
from wireproof.claims.claim import Lines, StatementClaim, ValuesClaim
from wireproof.claims.passing import asked_in, media_in, values_named
from wireproof.claims.phrases import identifier, type_phrase
from wireproof.claims.speech import spoken_in
from wireproof.claims.tallying import tally_in
from wireproof.claims.wording import as_values, literal, values_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import Scope
    from wireproof.claims.tallying import Tally

__all__ = ["named_in", "said_in"]

_LITERAL = re.compile(r"[-−]?\d.*|true|false|null")
_STATEFUL = re.compile(r"status|state|状态|estado|ステータス", re.IGNORECASE)
_CODE = re.compile(r"`([A-Za-z][\w-]{0,60})`")
_TYPED = re.compile(r"[(（:：,]?\s*`?([^\W\d_]+)(?=[\s)）,，`]|$)")
_STATE = re.compile(
    r"(?:(?:the|a|der|le|el|o) )?(?:(?:job|task|order|current) )?(?:status|state|zustand|statut|état|"
    r"estado|статус|состояние)"
    r"(?: (?:of|des|der|de|du|del|da|do) [^\s`]+(?: [^\s`]+)?| \w+)?(?=\s+(?:is|can|may|ist|kann|est|peut|"
    r"es|puede|é|pode|может|принимает|—))|"
    r"(?:任务|作业|订单)?(?:的)?状态(?:值)?(?=[为是有包])|ステータス(?=は)|상태(?=는)",
    re.IGNORECASE,
)
"""A sentence about a state that names no field."""


def said_in(text: str, lines: Lines, scope: Scope) -> Iterator[StatementClaim | ValuesClaim]:
    """Yield all that one sentence claims of fields, values, numbers of things, and how to ask."""
    statement = StatementClaim(lines, scope, "", "", None, text)
    tally = tally_in(text)
    if tally is not None:
        yield from _tallied(tally, statement)
    if moments := moments_in(text):
        yield replace(statement, kind="moments", value=moments)
    if asked := asked_in(text):
        yield replace(statement, kind="method", value=asked[0], about=asked[1])
    if scope.side != "response" and (media := media_in(text)):
        yield replace(statement, kind="media", value=media)
    yield from _bounded(text, statement)
    told = list(_about_fields(text, statement))
    listed = {one.about for one in told if isinstance(one, ValuesClaim)}
    for named in values_named(text):
        if named.about not in listed:
            yield replace(statement, kind="value", about=named.about, value=named.values)
    yield from told


def named_in(description: str, name: str, lines: Lines, scope: Scope) -> Iterator[StatementClaim]:
    """Yield the values of other fields that the description of a field names: `when `state` is `ready``."""
    for named in values_named(description):
        if named.about != name and not (named.about == "status" and _STATEFUL.search(name)):
            yield StatementClaim(lines, scope, named.about, "value", named.values, description)


def _tallied(tally: Tally, statement: StatementClaim) -> Iterator[StatementClaim | ValuesClaim]:
    values = list(dict.fromkeys(_CODE.findall(statement.text)))
    if tally.of == "states" and len(values) == tally.number:
        pairs = as_values([(literal(value), "") for value in values], statement.lines.first)
        yield ValuesClaim(statement.lines, statement.scope, "states", pairs)
        return
    kind = (
        "count"
        if tally.of == "fields" and not tally.leads
        else f"{tally.of} below"
        if tally.leads
        else tally.of
    )
    yield replace(statement, kind=kind, about=tally.about, value=tally.number)


def _about_fields(text: str, statement: StatementClaim) -> Iterator[StatementClaim | ValuesClaim]:
    spoken = spoken_in(text)
    if spoken is None:
        if state := _STATE.match(text):
            yield from _valued("status", text[state.end() :], statement)
        return
    first = _TYPED.match(spoken.rest)
    if first is not None and type_phrase(first[1]) is not None:
        return  # a row of a list, and no sentence
    if len(spoken.names) == 1:
        yield from _valued(spoken.names[0], spoken.rest, statement)
    for kind, value in assertions_in(spoken.rest, text):
        for name in spoken.names:
            yield replace(statement, kind=kind, about=name, value=value)


def _valued(about: str, rest: str, statement: StatementClaim) -> Iterator[StatementClaim | ValuesClaim]:
    """Say the values that a sentence lists, and the one that it explains."""
    wording = values_in(rest)
    if wording is not None:
        pairs = as_values(wording.values, statement.lines.first)
        yield ValuesClaim(statement.lines, statement.scope, about, pairs, wording.complete, rest)
    if meaning := meaning_in(rest):
        yield replace(statement, kind="meaning", about=about, value=meaning)


def _bounded(text: str, statement: StatementClaim) -> Iterator[StatementClaim]:
    """Say how large or long the one field may be that a sentence writes as code."""
    names = [name for name in re.findall(r"`([^`\n]{1,60})`", text) if not _LITERAL.fullmatch(name)]
    if len(names) != 1 or not identifier(names[0]):
        return
    for bound in bounds_in(text.replace(f"`{names[0]}`", "")):
        if not bound.loose:
            yield replace(statement, kind="bound", about=names[0], value=bound)
