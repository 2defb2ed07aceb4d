"""Who may call: what prose, parameters, security and sample calls of one page say of authorization."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from wireproof.claims.claim import AuthorizationClaim, ParameterClaim
from wireproof.finding import Severity
from wireproof.proofreading.contradiction import Contradiction, Spot
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.nearby import Nearby
from wireproof.proofreading.telling import facts, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import CallClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_access", "is_credential"]

_CREDENTIAL = re.compile(
    r"(?:x-)?(?:(?:\w+-)?api-?key|\w*-?access-?key|auth(?:orization)?(?:-?token)?|access[-_]?token|"
    r"(?:private|session|api|app|x-auth)[-_]?token|token|"
    r"app-?key|subscription-?key)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?P<word>bearer|basic|token|key|apikey|digest)\b[\s:]+\S", re.IGNORECASE)
_OPEN = re.compile(r"\s*(?:\$\{?\w+\}?|\{\{?.*\}?\}|<.*>|\*+|\[.*\])\s*")
_FILE = re.compile(r"\.(?:gif|png|jpe?g|webp|svg|mp[34]|wav|pdf|zip|csv|txt)[\"']?$", re.IGNORECASE)
"""Ends the URL of a call that fetches a file, and calls no interface."""
_OBTAINS = re.compile(
    r"/(?:oauth2?|tokens?|log-?in|sign-?in|sign-?up|auth|authenticate|authorize|sessions?|register)(?:/|$)",
    re.IGNORECASE,
)
"""The path of a call that asks for the credentials which others send."""
_MEND: Final = "send the credentials, and say so in the contract's security"
_ASKED: Final = "ask the provider; until then send the credentials"


def is_credential(name: str) -> bool:
    """Return whether a header, query parameter or cookie of this name carries credentials."""
    return _CREDENTIAL.fullmatch(name) is not None


def about_access(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where the page requires authorization in one place, and not, or otherwise, in another."""
    parameters = [one for one in sheet.parameters if is_credential(one.name) and one.location != "path"]
    needed: list[AuthorizationClaim | ParameterClaim] = [
        one for one in sheet.authorizations if one.scheme != "none" and one.required is not False
    ]
    needed += [one for one in parameters if one.required is True]
    optional = [one for one in parameters if one.required is False]
    needed_near, calls, optional_near = Nearby(needed), Nearby(sheet.calls), Nearby(optional)
    for one in sheet.authorizations:
        if one.scheme == "none" and one.required is False:
            yield from _none_beside(one, needed_near.to(one), source)
    for given in optional:
        yield from _optional(given, needed_near.to(given), calls.to(given), source)
    free = Nearby(one for one in sheet.authorizations if one.scheme == "none" and one.source == "prose")
    for call in sheet.calls:
        due = needed_near.to(call)
        if not _is_freed(call, free.to(call), due):
            yield from _call(call, due, optional_near.to(call), source)


def _is_freed(
    call: CallClaim, free: list[AuthorizationClaim], needed: list[AuthorizationClaim | ParameterClaim]
) -> bool:
    """Return whether the last word on authorization above a call is that it needs none."""
    above = [one for one in free if one.lines < call.lines and _holds_for(one, call)]
    last = max((one.lines for one in above), default=None)
    return last is not None and not any(last < one.lines < call.lines for one in needed)


def _fits(left: str, right: str) -> bool:
    return not left or not right or left == right


def _holds_for(one: AuthorizationClaim | ParameterClaim, call: CallClaim) -> bool:
    """Return whether what a page says of authorization is said of a call: of its operation, and above it."""
    if isinstance(one, AuthorizationClaim) and one.source == "prose" and not reaches(one.scope, call.scope):
        return False
    url = call.url.strip("\"'").partition("?")[0]
    known = "/" in url and not (
        _FILE.search(url) or _OBTAINS.search(url)
    )  # a variable alone, or a file, is no address of an interface
    return known and _fits(one.scope.operation, call.scope.operation)


def _said(one: AuthorizationClaim | ParameterClaim) -> str:
    if isinstance(one, ParameterClaim):
        return f"{facts(one)} {one.location}".strip()
    return f"{one.scheme} in {one.location or 'header'} {one.name}".strip()


def _none_beside(
    none: AuthorizationClaim, needed: list[AuthorizationClaim | ParameterClaim], source: str
) -> Iterator[Contradiction]:
    for one in needed:
        apart = none.source == "prose" and isinstance(one, AuthorizationClaim) and one.source == "prose"
        if _fits(one.scope.operation, none.scope.operation) and not apart:  # a rule, and an exception to it
            yield telling(
                "docs-auth-mismatch",
                one.scope,
                pointer=f"/{one.name}",
                claimed=Spot(source, one.lines, _said(one)),
                shown=Spot(
                    source, none.lines, "security: []" if none.source == "security" else "no authorization"
                ),
                message=f"`{one.name}` is required, and "
                + (
                    "`security: []` says that no authorization is needed"
                    if none.source == "security"
                    else "a sentence says that no authorization is needed"
                ),
                mend="declare a security scheme in place of the parameter",
            )
            return


def _optional(
    given: ParameterClaim,
    needed: list[AuthorizationClaim | ParameterClaim],
    calls: list[CallClaim],
    source: str,
) -> Iterator[Contradiction]:
    for one in needed:
        if _fits(one.scope.operation, given.scope.operation) and one.name.lower() == given.name.lower():
            yield telling(
                "docs-auth-mismatch",
                given.scope,
                pointer=f"/{given.name}",
                claimed=Spot(source, one.lines, _said(one)),
                shown=Spot(source, given.lines, _said(given)),
                message=f"requests need `{given.name}` in one place, and it is optional in another",
                mend=_MEND,
            )
            return
    for call in calls:
        if _fits(call.scope.operation, given.scope.operation) and given.name.lower() in _carriers(call):
            yield telling(
                "docs-auth-mismatch",
                given.scope,
                pointer=f"/{given.name}",
                severity=Severity.INFO,
                claimed=Spot(source, given.lines, _said(given)),
                shown=Spot(source, call.lines, f"the sample call sends {given.name}"),
                message=f"`{given.name}` is documented as optional, and the sample call sends it",
                mend=_ASKED,
            )
            return


def _call(
    call: CallClaim,
    needed: list[AuthorizationClaim | ParameterClaim],
    optional: list[ParameterClaim],
    source: str,
) -> Iterator[Contradiction]:
    claims = [one for one in needed if _holds_for(one, call)]
    carriers = _carriers(call)
    if not claims or any(name.startswith(("$", "{", "@")) for name in carriers):
        return
    names = {one.name.lower() for one in (*claims, *optional)}
    own = next((one for one in claims if one.name.lower() in carriers), None)
    if own is not None:
        yield from _scheme(call, carriers, claims, source)
        return
    other = next((name for name in carriers if is_credential(name) and name not in names), None)
    one = claims[0]
    if isinstance(one, AuthorizationClaim) and one.scheme == "basic" and other is None:
        return  # curl sends it by -u, which is no header of the call
    if any(name in carriers for name in names) or any(map(is_credential, _members(call.body))):
        return
    sent = f"the sample call sends {other}" if other else "the sample call sends no authorization"
    yield telling(
        "docs-auth-mismatch",
        call.scope,
        pointer=f"/{one.name}",
        claimed=Spot(source, one.lines, _said(one)),
        shown=Spot(source, call.lines, sent),
        message=f"requests need `{one.name}`, and {sent}",
        mend=_MEND if other is None else "ask the provider which of the two carries the credentials",
    )


def _scheme(
    call: CallClaim,
    carriers: dict[str, str],
    claims: list[AuthorizationClaim | ParameterClaim],
    source: str,
) -> Iterator[Contradiction]:
    for one in claims:
        if not isinstance(one, AuthorizationClaim) or one.scheme not in {"bearer", "basic"}:
            continue
        value = carriers.get(one.name.lower())
        if value is None or _OPEN.fullmatch(value):
            continue
        found = _SCHEME.match(value)
        if found is not None and found["word"].lower() == one.scheme:
            continue
        came = found["word"] if found else "no scheme"
        yield telling(
            "docs-auth-mismatch",
            call.scope,
            pointer=f"/{one.name}",
            claimed=Spot(source, one.lines, _said(one)),
            shown=Spot(source, call.lines, f"{one.name} with {came}"),
            message=f"`{one.name}` is documented with the scheme {one.scheme}, "
            f"and the sample call sends {came}",
            mend="ask the provider which of the two is right",
        )
        return


def _carriers(call: CallClaim) -> dict[str, str]:
    """Return what a call sends by name, lower case: its headers, and its query."""
    sent = {name.lower(): value for name, value in call.headers}
    try:
        query = parse_qsl(urlsplit(call.url).query, keep_blank_values=True)
    except ValueError:
        query = []
    return {**{name.lower(): value for name, value in query}, **sent}


def _members(body: str | None) -> Iterator[str]:
    """Iterate over the names that a body may have; a call may prove itself by one: `{"token": "…"}`."""
    return (found[1].lower() for found in re.finditer(r'"([\w-]{3,40})"\s*:', body or ""))
