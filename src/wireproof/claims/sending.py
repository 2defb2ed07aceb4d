"""Lists of parameters that name no place → the body, as the page's own samples send them.

`Parameters` over a table says that a caller sends them, and not where.  For a call that has a body a name
may travel in any of its places: one that stands in the path is a part of it, and of the others the page's
samples tell: what they send in the query or a header alone stays without a place.  Nothing is put into the
body that no sample bears out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from wireproof.claims.addresses import address, fit, in_query
from wireproof.claims.claim import CallClaim, ExampleClaim, OperationClaim
from wireproof.claims.listing import split_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wireproof.claims.claim import Claim, Lines, Part
    from wireproof.claims.listing import Listing, Row

__all__ = ["placed_as_sent", "with_their_calls"]

_BODILY: Final = frozenset({"POST", "PUT", "PATCH"})
"""Methods of calls that have a body."""
_MOST: Final = 200
"""Operations, and calls, among which the one that a call means is looked for."""
_METHODS: Final = _BODILY | {"GET", "DELETE"}
_LEAST: Final = 2
"""Names in common from which on a list of several is of the body that a sample sends."""
_HEADER: Final = re.compile(r"[A-Z]\w*-[\w-]+")
"""The name of a header: `Content-Type`, `X-Api-Key`."""
_SHARE: Final = 0.34
"""Share of the fewer names from which on a list is of the body that a sample sends."""

_Call = tuple[str, "tuple[Part, ...]"]


@dataclass(slots=True)
class _Sent:
    """The names that the samples of one call send, by their place."""

    bodies: list[frozenset[str]] = field(default_factory=list)
    query: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    methods: set[str] = field(default_factory=set)

    def holds(self, row: Row) -> bool:
        """Return whether a name may be one of the body: it is no header's, and not sent elsewhere alone."""
        name = split_path(row.name)[0]
        header = row.name.lower() == "authorization" or _HEADER.fullmatch(row.name) is not None
        elsewhere = header or row.name in self.query or row.name.lower() in self.headers
        return not elsewhere or any(name in body for body in self.bodies)

    def bear_out(self, names: frozenset[str], listed: frozenset[str]) -> bool:
        """Return whether names are of a body that a sample sends, with several of all `listed` ones."""
        return any(
            bool(names & body)
            and len(listed & body) >= max(min(_LEAST, len(listed)), _SHARE * min(len(listed), len(body)))
            for body in self.bodies
        )


def placed_as_sent(listings: Iterable[Listing], claims: Sequence[Claim]) -> list[Listing]:
    """Return the listings, rows of a request without a place put into the body that samples send.

    Lists of one call are taken together: the required and the optional ones may be listed apart.
    """
    sent = _sent(claims)
    known = list(listings)
    listed: dict[_Call, set[str]] = {}
    for listing in known:
        if _is_placeless(listing, sent):
            names = listed.setdefault(_call_of(listing), set())
            names.update(split_path(row.name)[0] for row in _open(listing, sent))
    return [
        _placed(one, sent, frozenset(listed[_call_of(one)])) if _is_placeless(one, sent) else one
        for one in known
    ]


def _call_of(listing: Listing) -> _Call:
    """Return what lists of one call have in common: its name, or else their part of the page."""
    scope = listing.setting.scope
    return scope.operation, () if scope.operation else scope.parts


def _is_placeless(listing: Listing, sent: Mapping[str, _Sent]) -> bool:
    """Return whether a list is of what a call with a body sends, and tells neither how nor where."""
    scope = listing.setting.scope
    named = scope.operation.partition(" ")[0]
    if scope.operation not in sent or scope.side != "request" or scope.called_back:
        return False
    methods = {named} if named in _METHODS else sent[scope.operation].methods
    return not listing.setting.location and methods <= _BODILY


def _open(listing: Listing, sent: Mapping[str, _Sent]) -> list[Row]:
    """Return the rows that may be of the body: neither placed, nor in the path, nor sent elsewhere alone."""
    operation = listing.setting.scope.operation
    return [
        row
        for row in listing.rows
        if not (row.location or f"{{{row.name}}}" in operation) and sent[operation].holds(row)
    ]


def _placed(listing: Listing, sent: Mapping[str, _Sent], listed: frozenset[str]) -> Listing:
    open_ = _open(listing, sent)
    names = frozenset(split_path(row.name)[0] for row in open_)
    if not sent[listing.setting.scope.operation].bear_out(names, listed):
        return listing
    rows = (replace(row, location="body") if row in open_ else row for row in listing.rows)
    return replace(listing, rows=tuple(rows))


def _sent(claims: Iterable[Claim]) -> dict[str, _Sent]:
    """Return what the samples of each operation send."""
    found: dict[str, _Sent] = {}
    for claim in claims:
        if isinstance(claim, ExampleClaim) and claim.scope.side == "request" and claim.readable:
            value = claim.value[0] if isinstance(claim.value, list) and claim.value else claim.value
            if isinstance(value, dict):
                known = found.setdefault(claim.scope.operation, _Sent())
                known.bodies.append(frozenset(map(str, value)))
        elif isinstance(claim, CallClaim):
            known = found.setdefault(claim.scope.operation, _Sent())
            known.methods.add(claim.method)
            known.headers |= {name.lower() for name, _ in claim.headers}
            known.query |= set(in_query(claim.url))
    return found


def with_their_calls(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims, each sample call with its body as one of the operation that its URL means.

    A walk through several calls stands below the title of the last operation, or of none.
    """
    known = list(claims)
    operations = [claim for claim in known if isinstance(claim, OperationClaim)][:_MOST]
    moved: dict[Lines, str] = {}
    for call in islice((claim for claim in known if isinstance(claim, CallClaim)), _MOST):
        if (key := _meant(call, operations)) is not None:
            moved[call.lines] = key
    return [_moved(claim, moved) for claim in known] if moved else known


def _meant(call: CallClaim, operations: Iterable[OperationClaim]) -> str | None:
    """Return the one other operation of the page that a call means, where it is not that of its scope."""
    url = address(call.url)
    fitting = {
        one.key for one in operations if url and one.method == call.method and _is_of(url.path, one.path)
    }
    own = [one for one in operations if one.key == call.scope.operation]
    strays = own and not any(url and _is_of(url.path, one.path) for one in own)
    return next(iter(fitting)) if strays and len(fitting) == 1 else None


def _is_of(path: str, template: str) -> bool:
    """Return whether a call's path is that of an operation, of which a variable may hold the first part."""
    based = re.match(r"\$?\{\{?\w+\}?\}(?=/.)", path)
    return fit(template, path) == "" or (based is not None and fit(path[based.end() :], template) == "")


def _moved(claim: Claim, moved: dict[Lines, str]) -> Claim:
    if isinstance(claim, CallClaim):
        key = moved.get(claim.lines)
    elif isinstance(claim, ExampleClaim) and claim.scope.side == "request":
        around = (
            lines for lines in moved if lines.first <= claim.lines.first <= claim.lines.last <= lines.last
        )
        key = next((moved[lines] for lines in around), None)
    else:
        return claim
    return claim if key is None else replace(claim, scope=replace(claim.scope, operation=key, begun=0))
