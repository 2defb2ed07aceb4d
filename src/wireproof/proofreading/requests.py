"""Parameters: what path, table and sample call name, and where they put it."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import unquote

from wireproof.claims.addresses import PLACE, address, fit, in_query
from wireproof.claims.claim import CallClaim, ExampleClaim, FieldClaim, Lines, ParameterClaim
from wireproof.proofreading.access import is_credential
from wireproof.proofreading.contradiction import Contradiction, Spot
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.telling import facts, line_in, listed, telling

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from wireproof.claims.claim import OperationClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_requests", "answers_of_others"]

_SIGNING = re.compile(
    r".*[${].*|timestamp|nonce|sign(?:ature)?|recv_?window|(?:access|app)_?(?:key|id)", re.IGNORECASE
)
"""A part of a query that signs the call or stands for others, which no list of an operation has to name."""
_BY_CLIENTS: Final = frozenset(
    "accept accept-encoding connection content-length content-type date host transfer-encoding "
    "user-agent".split()
)
"""Headers that a client sends by itself, so that no sample call has to show them."""
_LEAST: Final = 2
"""Listed names of a body from which on a sample form is compared with them."""
_SPELLED: Final = 3
_CALLS: Final = 60
"""Sample calls, and sample bodies, of one operation that are compared with what is listed of it."""
_MOST: Final = 200
"""Operations among which the one that a call means is looked for."""
_Scoped = TypeVar("_Scoped", CallClaim, ExampleClaim, FieldClaim, ParameterClaim)
_MEND: Final = "keep the name and place that a request which works has"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One operation, and what the page lists of its request."""

    operation: OperationClaim
    parameters: list[ParameterClaim]
    fields: list[FieldClaim]
    source: str

    def before(self, shown: ExampleClaim | CallClaim | OperationClaim) -> _Asked:
        """Return the same with what is listed of this call: in its part of the page, or around its parts."""

        def of_it(one: ParameterClaim | FieldClaim) -> bool:
            return reaches(one.scope, shown.scope, above=one.lines < shown.lines)

        return replace(
            self,
            parameters=[one for one in self.parameters if of_it(one)],
            fields=[one for one in self.fields if of_it(one)],
        )

    def mismatch(
        self, name: str, claim: ParameterClaim | FieldClaim | OperationClaim, shown: Spot, what: str
    ) -> Contradiction:
        says = facts(claim) if isinstance(claim, ParameterClaim | FieldClaim) else claim.key
        if isinstance(claim, ParameterClaim) and claim.location:
            says = f"{says} (in {claim.location})"
        return telling(
            "docs-request-mismatch",
            self.operation.scope,
            pointer=f"/{name}",
            claimed=Spot(self.source, claim.lines, says),
            shown=shown,
            message=what,
            mend=_MEND,
        )


def about_requests(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where path, tables and sample calls name or place one parameter differently."""
    meant = {id(call): _meant(call, sheet.operations[:_MOST]) for call in sheet.calls}
    members = [one for one in sheet.fields if one.scope.side == "request" and len(one.path) == 1]
    parameters, fields, calls = (
        _by_operation(sheet.parameters),
        _by_operation(members),
        _by_operation(sheet.calls),
    )
    examples = _by_operation(sheet.examples)
    callers: dict[int, list[CallClaim]] = {}
    for call in sheet.calls:
        for one in meant[id(call)]:
            callers.setdefault(id(one), []).append(call)
    common_fields = {one.name for one in sheet.fields if not one.scope.operation}
    for operation in sheet.operations:
        own = {"", operation.key}
        asked = _Asked(operation, _of(parameters, own), _of(fields, own), source)
        stated = [one for one in asked.parameters if one.scope.operation or len(sheet.operations) == 1]
        common = {one.name for one in asked.parameters} | common_fields
        yield from _template(replace(asked, parameters=stated).before(operation), common)
        yield from _in_body(asked, _of(examples, own)[:_CALLS])
        mine = [*callers.get(id(operation), ()), *(one for one in _of(calls, own) if not meant[id(one)])]
        for call in mine[:_CALLS]:
            alone = len(sheet.operations) == 1 or call.scope.operation == operation.key
            alone = alone and operation.lines.first <= call.lines.last
            yield from _call(asked.before(call), call, alone=alone)


def _by_operation(claims: Iterable[_Scoped]) -> dict[str, list[_Scoped]]:
    sorted_out: dict[str, list[_Scoped]] = {}
    for claim in claims:
        sorted_out.setdefault(claim.scope.operation, []).append(claim)
    return sorted_out


def _of(claims: dict[str, list[_Scoped]], operations: set[str]) -> list[_Scoped]:
    """Return the claims about some operations, in the order of the page."""
    found = [claim for key in operations for claim in claims.get(key, ())]
    return sorted(found, key=lambda claim: (claim.lines.first, claim.lines.last))


def _meant(call: CallClaim, operations: Iterable[OperationClaim]) -> list[OperationClaim]:
    """Return the operations whose method and path are those of a call: its own, if that is one of them.

    A path that is written out is meant before one with a place for anything there.
    """
    url = address(call.url)
    fitting = [one for one in operations if url and fit(one.path, url.path) == ""]
    fewest = min((len(_places(one.path)) for one in fitting), default=0)
    meant = [one for one in fitting if one.method == call.method and len(_places(one.path)) == fewest]
    return [one for one in meant if one.key == call.scope.operation] or meant


def answers_of_others(sheet: Sheet) -> set[Lines]:
    """Return the lines of the answers that follow a sample call of an operation which the page has none of.

    A guide that makes a task goes on to ask for it, with the path of another page.
    """
    operations = sheet.operations[:_MOST]
    if not operations:
        return set()
    calls = sorted(sheet.calls, key=lambda call: call.lines.first)
    begins = [call.lines.first for call in calls]
    found: set[Lines] = set()
    before = 0
    for example in (one for one in sheet.examples if one.scope.side != "request"):
        index = bisect(begins, example.lines.first) - 1
        if index >= 0 and calls[index].lines.last > before and _is_of_none(calls[index], operations):
            found.add(example.lines)
        before = example.lines.last
    return found


def _is_of_none(call: CallClaim, operations: Iterable[OperationClaim]) -> bool:
    """Return whether neither method nor path of a call are those of any operation."""
    url = address(call.url)
    return bool(url and call.method) and all(
        one.method != call.method and fit(one.path, url.path if url else "") != "" for one in operations
    )


def _in_body(whole: _Asked, examples: Iterable[ExampleClaim]) -> Iterator[Contradiction]:
    """Yield what a sample body holds, and the page lists as a part of the query alone."""
    for example in examples:
        if example.scope.side != "request" or example.scope.operation not in {"", whole.operation.key}:
            continue
        asked = whole.before(example)
        fields = {one.name for one in asked.fields}
        in_query = {one.name: one for one in asked.parameters if one.location == "query"}
        loose = {one.name: one for one in asked.parameters if one.location == ""}
        for name in example.value if isinstance(example.value, dict) else ():
            one = in_query.get(name)
            if name in fields or name in loose:
                continue
            if one is None:
                yield from _respelled(asked, loose, example, name)
                continue
            shown = Spot(asked.source, line_in(example, (name,)), f"{name} in the body")
            what = f"`{name}` is documented in the query, and the sample call has it in the body"
            yield asked.mismatch(name, one, shown, what)


def _respelled(
    asked: _Asked, loose: Mapping[str, ParameterClaim], example: ExampleClaim, name: str
) -> Iterator[Contradiction]:
    """Yield where a sample body has one of the listed names in another spelling, and others as listed."""
    sent = set(example.value)
    near = [one for known, one in loose.items() if known not in sent and _alike(known, name)]
    if len(near) == 1 and len(near[0].name) >= _SPELLED and len(sent & set(loose)) >= _LEAST:
        shown = Spot(asked.source, line_in(example, (name,)), f"{name} in the body")
        what = f"the list has `{near[0].name}`, the sample call `{name}`"
        yield asked.mismatch(near[0].name, near[0], shown, what)


def _places(path: str) -> list[str]:
    return [next(name for name in found if name) for found in PLACE.findall(path.partition("?")[0])]


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _template(asked: _Asked, common: Container[str]) -> Iterator[Contradiction]:
    """Yield where the path's places and the listed parameters differ.

    `common` are names that the page lists for this call, or for none, which may be those of every call.
    """
    operation, parameters = asked.operation, asked.parameters
    shown = Spot(asked.source, operation.lines, operation.key)
    places = _places(operation.path)
    in_path = [one for one in parameters if one.location == "path"]
    strays = [one for one in in_path if one.name not in places and not (places and one.required is False)]
    named = {one.name for one in parameters if one.location in {"path", ""}}
    open_places = [name for name in places if name not in named]
    for one in strays:
        near = next((name for name in open_places if _folded(name) == _folded(one.name)), None)
        near = near or (open_places[0] if open_places else None)
        if near is not None:
            open_places.remove(near)
        what = (
            f"the path has `{{{near}}}`, the list `{one.name}`"
            if near
            else f"`{one.name}` is listed as part of the path, which has no place for it"
        )
        yield asked.mismatch(one.name, one, shown, what)
    for name in open_places:
        alike = (one for one in parameters if _folded(one.name) == _folded(name) and _may_be(one, parameters))
        elsewhere = next(alike, None)
        if elsewhere is not None:
            where = f"in the {elsewhere.location}" if elsewhere.location else f"as `{elsewhere.name}`"
            yield asked.mismatch(
                name, elsewhere, shown, f"the path has `{{{name}}}`, the list has it {where}"
            )
        elif in_path and name not in common and all(one.required is not False for one in in_path):
            what = f"the path has `{{{name}}}`, which the list of path parameters does not name"
            yield asked.mismatch(name, in_path[0], shown, what)


def _may_be(one: ParameterClaim, parameters: Iterable[ParameterClaim]) -> bool:
    """Return whether a parameter may be one of the path that is listed at a wrong place.

    What may be left out is another one of that name, since a path always needs all of its parts.
    """
    told = any(other.required and other.location == one.location for other in parameters)
    optional = one.required is False or (one.required is None and told)
    return one.location != "path" and not (one.location and optional)


def _call(asked: _Asked, call: CallClaim, *, alone: bool) -> Iterator[Contradiction]:
    operation = asked.operation
    url = address(call.url)
    if url is None:
        return
    shown = Spot(asked.source, call.lines, f"{call.method} {url.path}")
    verdict = fit(operation.path, url.path)
    if verdict is None or (verdict and not alone) or (verdict and call.method not in {"", operation.method}):
        return
    if verdict:
        what = f"the sample call goes to `{unquote(url.path)}`, not to `{operation.path}`"
        yield asked.mismatch(verdict, operation, shown, what)
    if call.method != operation.method and call.method:
        if alone:
            what = f"the operation is {operation.method}, and the sample call uses {call.method}"
            yield asked.mismatch("method", operation, shown, what)
        return
    query = in_query(call.url)
    yield from _query(asked, query, shown)
    yield from _form(asked, call, query, shown)
    yield from _absent(asked, query, call, shown)


def _query(asked: _Asked, query: Iterable[str], shown: Spot) -> Iterator[Contradiction]:
    parameters = asked.parameters
    listed_ones = [one for one in parameters if one.location in {"query", ""}]
    for name in query:
        if any(one.name == name for one in listed_ones) or is_credential(name) or _SIGNING.fullmatch(name):
            continue
        near = next((one for one in listed_ones if _folded(one.name) == _folded(name)), None)
        near = near or _instead(asked, query)
        if near is not None:
            what = f"the list has `{near.name}`, the sample call `{name}`"
            yield asked.mismatch(near.name, near, shown, what)
            continue
        placed = next(
            (one for one in parameters if one.name == name),
            next((one for one in asked.fields if one.name == name), None),
        )
        if placed is not None:
            where = placed.location if isinstance(placed, ParameterClaim) else "body"
            what = f"`{name}` is documented in the {where}, and the sample call has it in the query"
            yield asked.mismatch(name, placed, shown, what)
        elif any(one.location == "query" for one in listed_ones):
            first = next(one for one in listed_ones if one.location == "query")
            what = (
                f"the sample call sends `{name}` in the query, and the list has "
                f"{listed(one.name for one in listed_ones)}"
            )
            yield asked.mismatch(name, first, shown, what)


def _instead(asked: _Asked, query: Iterable[str]) -> ParameterClaim | None:
    """Return the one required part of a query that is lost, where a call sends one strange name instead."""
    sent = {_folded(name) for name in query if not is_credential(name)}
    known = {_folded(one.name) for one in asked.parameters} | {_folded(one.name) for one in asked.fields}
    places = {"query", ""} if asked.operation.method == "GET" else {"query"}
    lost = [
        one
        for one in asked.parameters
        if one.location in places
        and f"{{{one.name}}}" not in asked.operation.path
        and one.required is True
        and not is_credential(one.name)
        and _folded(one.name) not in sent
    ]
    return lost[0] if len(lost) == 1 and len(sent - known) == 1 else None


def _form(asked: _Asked, call: CallClaim, query: list[str], shown: Spot) -> Iterator[Contradiction]:
    """Yield where the names of a form are not those that are listed, or one that is required is left out."""
    loose = (one for one in asked.parameters if one.location == "")
    bodily: dict[str, ParameterClaim | FieldClaim] = {one.name.partition("[")[0]: one for one in loose}
    bodily.update((one.name, one) for one in asked.fields)
    if not call.form or len(bodily) < _LEAST:
        return
    renamed = set()
    placed = {one.name for one in asked.parameters if one.location}
    for name in call.form:
        if name in bodily or is_credential(name) or name in placed:
            continue
        unsent = [known for known in bodily if known not in call.form]
        near = next((known for known in unsent if _alike(known, name)), "")
        one = bodily[near] if near else next(iter(bodily.values()))
        renamed.add(near)
        what = (
            f"the list has `{near}`, the sample call `{name}`"
            if near
            else f"the sample call sends `{name}`, and the list has {listed(bodily)}"
        )
        yield asked.mismatch(near or name, one, shown, what)
    for known, one in bodily.items():
        sent = known in call.form or known in query or known in renamed or known in placed
        if one.required is True and not sent and not is_credential(known):
            what = f"`{known}` is required, and the sample call does not send it"
            yield asked.mismatch(known, one, shown, what)


def _alike(left: str, right: str) -> bool:
    """Return whether two names are one in two spellings, or one is the start of the other."""
    ours, theirs = _folded(left), _folded(right)
    return ours.startswith(theirs) or theirs.startswith(ours)


def _absent(asked: _Asked, query: list[str], call: CallClaim, shown: Spot) -> Iterator[Contradiction]:
    parameters = asked.parameters
    headers = {name.lower() for name, _ in call.headers}
    sent = {_folded(name) for name in query}
    renamed = _instead(asked, query)
    for one in parameters:
        if one.required is not True or is_credential(one.name) or one is renamed:
            continue
        if one.location == "query" and _folded(one.name) not in sent:
            what = f"`{one.name}` is required in the query, and the sample call does not send it"
        elif one.location == "header" and one.name.lower() not in headers | _BY_CLIENTS:
            what = f"the header `{one.name}` is required, and the sample call does not send it"
        else:
            continue
        yield asked.mismatch(one.name, one, shown, what)
