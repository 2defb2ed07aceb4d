"""What was read, put together: scopes completed, rows placed, doubles removed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from wireproof.claims.chapters import chapters_of
from wireproof.claims.claim import (
    AuthorizationClaim,
    ExampleClaim,
    Ground,
    OperationClaim,
    ParameterClaim,
    ValuesClaim,
)
from wireproof.claims.housing import announced_home, housed
from wireproof.claims.listing import claims_of, placed_rows, shape_of
from wireproof.claims.maps import with_maps
from wireproof.claims.nesting import nested
from wireproof.claims.sending import placed_as_sent, with_their_calls
from wireproof.claims.words import folded, roles_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from wireproof.claims.chapters import Chapters, Heading
    from wireproof.claims.claim import Claim, Scope
    from wireproof.claims.listing import Listing, Shape

__all__ = ["settled"]

_NEAR: Final = 8
"""Lines between two sentences about authorization that are one claim."""
_SENDING: Final = ("POST ", "PUT ", "PATCH ")
_BODY: Final = frozenset(
    {"body", "request body", "body params", "body parameters", "请求体", "ボディ", "본문"}
)
_MOSTLY: Final = 0.6
"""Share of the names of a described object that an object of the example must have."""
_Body = tuple[str, str, bool]
_OBJECT = re.compile(
    r"\b(?:object|resource|model|schema|objeto|objet|objekt|ressource|recurso)\b|对象|模型|オブジェクト|객체",
    re.IGNORECASE,
)


def settled(
    said: Sequence[Claim],
    listings: Sequence[Listing],
    headings: Sequence[Heading],
    mentioned: frozenset[str] = frozenset(),
) -> list[Claim]:
    """Return all claims of a page, those of its lists and tables among them.

    `mentioned` are the names that its sentences write as code.
    """
    chapters = chapters_of(headings, said, listings)
    said = _told_apart([_in_chapter(claim, chapters) for claim in said])
    holders = _holders(listings)
    said = [_of_field(claim, holders) for claim in said]
    listings = [_listed_in_chapter(listing, chapters) for listing in with_maps(listings)]
    operations = [claim for claim in said if isinstance(claim, OperationClaim)]
    alone = len({claim.key for claim in operations}) == 1 and not chapters.at(operations[0].lines.first)
    only = operations[0].key if alone else ""
    begins = _begins(operations, said) if only else 0
    claims = [
        replace(claim, scope=_completed(claim.scope, only, sided=isinstance(claim, ExampleClaim)))
        if claim.lines.first >= begins
        else claim
        for claim in said
    ]
    of_page = [
        _of_operation(listing, only) if listing.rows[0].lines.first >= begins else listing
        for listing in listings
    ]
    claims, of_page = _asked_first(with_their_calls(claims), list(_bodies_sent(of_page)))
    shapes = _Shapes(claims)
    at_home = [announced_home(listing, shapes.of(listing.setting.scope)) for listing in nested(of_page)]
    placed = housed(_described(at_home, shapes), shapes.of, mentioned)
    for listing in placed_as_sent(placed, claims):
        claims += claims_of(listing, shapes.of(listing.setting.scope))
    return _single(claims)


def _in_chapter(claim: Claim, chapters: Chapters) -> Claim:
    return replace(claim, scope=chapters.scoped(claim.scope, claim.lines.first))


def _listed_in_chapter(listing: Listing, chapters: Chapters) -> Listing:
    scope = chapters.scoped(listing.setting.scope, listing.rows[0].lines.first)
    return replace(listing, setting=replace(listing.setting, scope=scope))


def _of_field(claim: Claim, holders: Container[str]) -> Claim:
    """Return an example below the name of an object or list as one of that value, which is no body."""
    if not isinstance(claim, ExampleClaim):
        return claim
    name = claim.scope.section.strip("`")
    if name not in holders or (isinstance(claim.value, dict) and name in claim.value):
        return claim
    return replace(claim, scope=replace(claim.scope, operation=f"{claim.scope.operation} ({name})".strip()))


def _holders(listings: Iterable[Listing]) -> frozenset[str]:
    """Return the names of the fields whose values have members."""
    rows = (row for listing in listings for row in listing.rows)
    return frozenset(
        row.name for row in rows if row.phrase and (row.phrase.holds_fields or row.phrase.is_array)
    )


def _told_apart(said: Sequence[Claim]) -> list[Claim]:
    """Return the claims, tables of values set apart by their titles where these name different things.

    `Order status` and `Refund status` are of two fields, and if both stand over a column `Status`, that is
    the name of neither.
    """
    headed: dict[str, set[frozenset[str]]] = {}
    for claim in filter(_is_table, said):
        words = frozenset(roles_of(claim.scope.section)[1])
        for about in (folded(claim.about), ""):
            headed.setdefault(about, set()).add(words)
    several = {about for about, words in headed.items() if len(words) > 1 and all(words)}
    return [_titled(claim, several) if _is_table(claim) else claim for claim in said]


def _titled(claim: ValuesClaim, several: Container[str]) -> ValuesClaim:
    """Return a table of values as one of what its title says, if titles tell it from the others."""
    title = claim.scope.section.strip("#:： ")
    about = title if folded(claim.about) in several else claim.about
    apart = "" in several or folded(claim.about) in several
    operation = claim.scope.operation or (title if apart else "")
    return replace(claim, about=about, scope=replace(claim.scope, operation=operation))


def _is_table(claim: Claim) -> TypeGuard[ValuesClaim]:
    return isinstance(claim, ValuesClaim) and claim.lines.first < claim.lines.last


def _begins(operations: Sequence[OperationClaim], said: Sequence[Claim]) -> int:
    """Return the line from which on a page is about its only operation: 0 where it is as a whole.

    An example above the operation, below another title, is of something else where one follows it too.
    """
    first = min(operations, key=lambda claim: claim.lines.first)
    examples = [claim for claim in said if isinstance(claim, ExampleClaim)]
    before = any(
        claim.lines.first < first.lines.first and claim.scope.section not in {"", first.scope.section}
        for claim in examples
    )
    after = any(claim.lines.first > first.lines.first for claim in examples)
    return first.lines.first if before and after else 0


def _of_operation(listing: Listing, only: str) -> Listing:
    setting = listing.setting
    operation = setting.scope.operation or only
    if not setting.scope.side and all(f"{{{row.name}}}" in operation for row in listing.rows):
        setting = replace(setting, scope=replace(setting.scope, side="request"), location="path")
    scope = _completed(setting.scope, only, sided=not setting.location)
    return replace(listing, setting=replace(setting, scope=scope))


def _completed(scope: Scope, only: str, *, sided: bool) -> Scope:
    """Return the scope with the page's only operation; what a GET shows without a title is its answer."""
    operation = scope.operation or only
    if sided and not scope.side and operation.startswith("GET "):
        return replace(scope, operation=operation, side="response", sided=Ground.PLACED)
    return replace(scope, operation=operation)


def _bodies_sent(listings: Sequence[Listing]) -> Iterator[Listing]:
    """Iterate over the listings, one below `Body` alone made the request's where another one is `Response`.

    Sites show both examples first, so that the title of the last one seems to go on.
    """
    answered = {
        listing.setting.scope.operation: listing.rows[0].lines.first
        for listing in listings
        if roles_of(listing.title) == (["response"], [])
    }
    for listing in listings:
        scope = listing.setting.scope
        before = listing.rows[0].lines.first < answered.get(scope.operation, 0)
        if before and scope.side == "response" and not scope.status and folded(listing.title) in _BODY:
            asked = replace(scope, side="request")
            listing = replace(listing, setting=replace(listing.setting, scope=asked, location="body"))  # noqa: PLW2901 - the same list
        yield listing


def _asked_first(claims: list[Claim], listings: list[Listing]) -> tuple[list[Claim], list[Listing]]:
    """Return both with what stands untitled before an operation's answer made its request.

    Only an operation that sends a body has one, and only where a title below says `response`.  A table of
    parameters beside tables of fields is one of the request too.
    """
    answers: dict[str, int] = {}
    named = {claim.key: claim.lines.first for claim in reversed(claims) if isinstance(claim, OperationClaim)}
    for scope, line in [
        *((claim.scope, claim.lines.first) for claim in claims if isinstance(claim, ExampleClaim)),
        *((listing.setting.scope, listing.rows[0].lines.first) for listing in listings),
    ]:
        if scope.side == "response" and scope.operation.startswith(_SENDING):
            answers[scope.operation] = min(line, answers.get(scope.operation, line))

    fields = {one.setting.scope.operation for one in listings if one.head == "fields"}
    given = {one.setting.scope.operation for one in listings if one.setting.scope.side == "request"}
    given |= {claim.scope.operation for claim in claims if isinstance(claim, ParameterClaim)}

    def asked(scope: Scope, line: int, head: str = "", title: str = "") -> Scope:
        if head == "parameters" and not scope.side and scope.operation in fields:
            return replace(scope, side="request", sided=Ground.ASSUMED)
        if scope.operation.startswith("GET ") and scope.operation not in given and _only_parameters(title):
            return replace(scope, side="request", status="", sided=Ground.PLACED)
        begun = named.get(scope.operation, line)
        early = not scope.side and not scope.status and begun <= line < answers.get(scope.operation, 0)
        return replace(scope, side="request", sided=Ground.PLACED) if early else scope

    sided = [
        replace(claim, scope=asked(claim.scope, claim.lines.first))
        if isinstance(claim, ExampleClaim)
        else claim
        for claim in claims
    ]
    placed = []
    for listing in listings:
        scope = asked(listing.setting.scope, listing.rows[0].lines.first, listing.head, listing.title)
        home = "query" if scope.operation.startswith("GET ") else "body"
        body = listing.setting.location or (home if scope != listing.setting.scope else "")
        placed.append(replace(listing, setting=replace(listing.setting, scope=scope, location=body)))
    return sided, placed


def _only_parameters(title: str) -> bool:
    """Return whether a title says `Parameters`, and not whose: they are the caller's."""
    words, others = roles_of(title)
    return set(words) - {"filler"} == {"parameters"} and not others


def _described(listings: list[Listing], shapes: _Shapes) -> Iterator[Listing]:
    """Iterate over the listings, one that describes an object by name where the example shows that object.

    `The message object` says nothing of the list around the messages.
    """
    for listing in listings:
        words, _ = roles_of(listing.title)
        named = _OBJECT.search(listing.title) and "response" not in words
        names = {path[0] for path, _ in placed_rows(listing, {})}
        shape = shapes.of(listing.setting.scope)
        if listing.inside and _is_variant(listing, names, shape):
            continue
        elements = names & shape.get(("*",), set())
        if not listing.under and not names & shape.get((), set()) and 2 * len(elements) > len(names):
            yield replace(listing, under=("*",))  # the body is a list, and nothing else is shown of it
            continue
        if listing.under or not (named or listing.sketched):
            yield listing
            continue
        fitting = [path for path, keys in shape.items() if len(names & keys) >= _MOSTLY * len(names)]
        apart = len(fitting) == 1 and () not in fitting and not names & shape.get((), set())
        if fitting or not listing.sketched:
            yield replace(listing, under=fitting[0]) if apart else listing


def _is_variant(listing: Listing, names: set[str], shape: Shape) -> bool:
    """Return whether the comments of an example describe one of several bodies that are shown for a call.

    The others have quite other names, or are lists where it is an object.
    """
    own, other = (listing.under, ("*",) if not listing.under else ())
    shown = shape.get(own, set())
    return bool(shape.get(other, set()) & names) or _MOSTLY * len(shown) > len(names)


class _Shapes:
    """The shape of the examples of each operation and side, made when first asked for."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.values: dict[_Body, list[Any]] = {}
        self.known: dict[_Body, Shape] = {}
        for claim in claims:
            if isinstance(claim, ExampleClaim) and claim.readable:
                scope = claim.scope
                key = (scope.operation, scope.side, scope.called_back)
                self.values.setdefault(key, []).append(claim.value)

    def of(self, scope: Scope) -> Shape:
        """Return the shape of the examples that a list in this scope may be read by."""
        key = (scope.operation, scope.side, scope.called_back)
        if key not in self.known:
            unsided = self.values.get((scope.operation, "", scope.called_back), []) if scope.side else []
            self.known[key] = shape_of([*self.values.get(key, []), *unsided])
        return self.known[key]


def _single(claims: Iterable[Claim]) -> list[Claim]:
    """Drop an operation that is named again; make one claim of neighbouring lines about authorization."""
    kept: list[Claim] = []
    operations: set[tuple[str, str]] = set()
    for claim in claims:
        if isinstance(claim, OperationClaim):
            if (claim.key, claim.server) in operations or (
                not claim.server and (claim.key, "") in operations
            ):
                continue
            operations |= {(claim.key, claim.server), (claim.key, "")}
        if (
            isinstance(claim, AuthorizationClaim)
            and kept
            and isinstance(last := kept[-1], AuthorizationClaim)
        ):
            near = claim.lines.first - last.lines.last < _NEAR
            if near and (last.scheme, last.name, last.source) == (claim.scheme, claim.name, claim.source):
                kept[-1] = replace(last, lines=last.lines.through(claim.lines))
                continue
        kept.append(claim)
    return kept
