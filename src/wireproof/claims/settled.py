"""What was read, put together: scopes completed, rows placed, doubles removed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.chapters import chapters_of
from wireproof.claims.claim import AuthorizationClaim, ExampleClaim, Ground, OperationClaim
from wireproof.claims.housing import housed
from wireproof.claims.listing import claims_of, placed_rows, shape_of
from wireproof.claims.sections import unmarked_title
from wireproof.claims.words import roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.claims.chapters import Heading
    from wireproof.claims.claim import Claim, Path, Scope
    from wireproof.claims.listing import Listing, Shape

__all__ = ["settled"]

_NEAR: Final = 8
"""Lines between two sentences about authorization that are one claim."""
_DEEPEST: Final = 8
"""Levels to which the types of fields are followed; a type may name itself."""
_HOMES: Final = 20
"""Fields of one type below which its list is placed."""
_SENDING: Final = ("POST ", "PUT ", "PATCH ")
_MOSTLY: Final = 0.6
"""Share of the names of a described object that an object of the example must have."""
_Body = tuple[str, str, bool]
_OBJECT = re.compile(
    r"\b(?:object|resource|model|schema|objeto|objet|objekt|ressource|recurso)\b|对象|模型|オブジェクト|객체",
    re.IGNORECASE,
)
_BESIDE: Final = frozenset({"object", "data", "item", "items", "the", "of", "array", "details"})


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
    said = [replace(claim, scope=chapters.scoped(claim.scope, claim.lines.first)) for claim in said]
    listings = [
        replace(
            listing,
            setting=replace(
                listing.setting,
                scope=chapters.scoped(listing.setting.scope, listing.rows[0].lines.first),
            ),
        )
        for listing in listings
    ]
    operations = [claim for claim in said if isinstance(claim, OperationClaim)]
    only = operations[0].key if len({claim.key for claim in operations}) == 1 else ""
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
    claims, of_page = _asked_first(claims, of_page)
    shapes = _Shapes(claims)
    for listing in housed(_described([*_nested(of_page)], shapes), shapes.of, mentioned):
        claims += claims_of(listing, shapes.of(listing.setting.scope))
    return _single(claims)


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

    def asked(scope: Scope, line: int, head: str = "") -> Scope:
        if head == "parameters" and not scope.side and scope.operation in fields:
            return replace(scope, side="request", sided=Ground.ASSUMED)
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
        scope = asked(listing.setting.scope, listing.rows[0].lines.first, listing.head)
        body = listing.setting.location or ("body" if scope != listing.setting.scope else "")
        placed.append(replace(listing, setting=replace(listing.setting, scope=scope, location=body)))
    return sided, placed


def _described(listings: list[Listing], shapes: _Shapes) -> Iterator[Listing]:
    """Iterate over the listings, one that describes an object by name where the example shows that object.

    `The message object` says nothing of the list around the messages.
    """
    for listing in listings:
        words, _ = roles_of(listing.title)
        named = _OBJECT.search(listing.title) and "response" not in words
        if listing.under or not (named or listing.sketched):
            yield listing
            continue
        names = {path[0] for path, _ in placed_rows(listing, {})}
        shape = shapes.of(listing.setting.scope)
        fitting = [path for path, keys in shape.items() if len(names & keys) >= _MOSTLY * len(names)]
        apart = len(fitting) == 1 and () not in fitting and not names & shape.get((), set())
        if fitting or not listing.sketched:
            yield replace(listing, under=fitting[0]) if apart else listing


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


def _nested(listings: Iterable[Listing]) -> Iterator[Listing]:
    """Iterate over the listings, one whose title names an object of another placed inside it."""
    objects: dict[tuple[str, str, str], Path] = {}
    references: dict[str, list[tuple[Scope, Path]]] = {}
    for listing in listings:
        for placed in _homes(listing, objects, references):
            _remember(placed, objects, references)
            yield placed


def _homes(
    listing: Listing,
    objects: dict[tuple[str, str, str], Path],
    references: dict[str, list[tuple[Scope, Path]]],
) -> list[Listing]:
    """Return a listing at each place where what it describes stands: below its title's name, or as it is."""
    under = _named_object(listing, objects)
    if under:
        return [replace(listing, under=under)]
    title = listing.title.strip("`*# ")
    own = listing.setting.scope.operation
    return [
        replace(listing, under=path, setting=replace(listing.setting, scope=scope, location="body"))
        for scope, path in references.get(title.lower(), [])
        if not own or not scope.operation or own == scope.operation
    ] or [listing]


def _remember(
    placed: Listing,
    objects: dict[tuple[str, str, str], Path],
    references: dict[str, list[tuple[Scope, Path]]],
) -> None:
    """Keep where the objects of a listing stand, by their names and by the names of their types."""
    scope = placed.setting.scope
    for row, (path, _) in zip(placed.rows, placed_rows(placed, {}), strict=True):
        phrase = row.phrase
        if phrase is None or not (phrase.holds_fields or (phrase.is_array and not phrase.items)):
            continue
        inside = (*path, "*") if phrase.is_array else path
        for name in (row.name.split(".")[-1].removesuffix("[]"), phrase.reference):
            if name:
                objects.setdefault((scope.operation, scope.side, name.lower()), inside)
        if (
            phrase.reference[:1].isupper()
            and placed.setting.location in {"", "body"}
            and len(inside) < _DEEPEST
        ):
            homes = references.setdefault(phrase.reference.lower(), [])
            homes += [(scope, inside)] if len(homes) < _HOMES else []


def _named_object(listing: Listing, objects: dict[tuple[str, str, str], Path]) -> Path:
    """Return the path of the object that a listing's title names: `data object`, `TaskInfo`."""
    scope = listing.setting.scope
    words = re.findall(r"[A-Za-z_][\w.]*", listing.title)
    if not words or len(words) > 4:
        return ()
    own = {row.name.partition(".")[0].lower() for row in listing.rows}
    for word in words:
        if word.lower() in own:
            continue  # the list begins with the object itself
        path = objects.get((scope.operation, scope.side, word.split(".")[-1].lower()))
        rest = [other for other in words if other != word]
        if path and all(other.lower() in _BESIDE or unmarked_title(other) for other in rest):
            return path
    return ()
