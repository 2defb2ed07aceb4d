"""How sentences say that a call is sent, against the operations and sample calls of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wireproof.proofreading.contradiction import Contradiction, Spot
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.scenes import same_place
from wireproof.proofreading.telling import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import CallClaim, StatementClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_media", "about_methods"]


def about_methods(sheet: Sheet, claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    """Yield where a sentence sends another method to a path than its operation, or its sample calls, have."""
    wanted = _parts(claim.about)
    if len({one.key for one in sheet.operations}) > 1:
        return
    asked = [(one.method, one.path, one.lines, f"{one.method} {one.path}") for one in sheet.operations]
    asked += [
        (one.method, urlsplit(one.url.strip("\"'")).path, one.lines, f"the sample call uses {one.method}")
        for one in sheet.calls
        if one.method and _is_url(one.url)
    ]
    same = [one for one in asked if _alike(wanted, _parts(one[1])) and one[2] != claim.lines]
    if not same or any(one[0] == claim.value for one in same):
        return
    method, path, lines, says = same[0]
    what = "the operation is" if says.startswith(method) else "the sample call uses"
    yield telling(
        "docs-request-mismatch",
        claim.scope,
        pointer="/method",
        claimed=Spot(source, claim.lines, claim.text[:120]),
        shown=Spot(source, lines, says),
        message=f"a sentence sends {claim.value} to `{path}`, and {what} {method}",
        mend="keep the method that a request which works has",
    )


def about_media(sheet: Sheet, claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    """Yield where a sentence names the content type of requests, and the sample call sends another."""
    for call in sheet.calls:
        sent = _media_of(call)
        if not sent or sent == claim.value or not same_place(claim.scope, call.scope):
            continue
        if call.method in {"GET", "DELETE"} or not reaches(
            claim.scope, call.scope, above=claim.lines < call.lines
        ):
            continue
        yield telling(
            "docs-request-mismatch",
            call.scope,
            pointer="/Content-Type",
            claimed=Spot(source, claim.lines, claim.text[:120]),
            shown=Spot(source, call.lines, f"the sample call sends {sent}"),
            message=f"requests are said to be {claim.value}, and the sample call sends {sent}",
            mend="keep the content type that a request which works has",
        )
        return


def _media_of(call: CallClaim) -> str:
    """Return the content type that a call plainly sends, by its header or by its body, or nothing."""
    said = next((value for name, value in call.headers if name.lower() == "content-type"), "")
    said = said.partition(";")[0].strip().lower()
    if call.form and call.body is None:
        return "multipart/form-data" if not said else ""
    body = (call.body or "").lstrip()
    if said:
        return said
    return "application/json" if body.startswith(("{", "[")) else ""


def _is_url(text: str) -> bool:
    try:
        return bool(urlsplit(text.strip("\"'")).path)
    except ValueError:
        return False


def _parts(path: str) -> list[str]:
    bare = re.sub(r"^https?://[^/]+", "", path).partition("?")[0]
    return [part for part in bare.split("/") if part]


def _alike(left: list[str], right: list[str]) -> bool:
    """Return whether two paths are one, where a place is like any other, and a base may stand before one."""
    size = min(len(left), len(right))
    if (
        not size
        or abs(len(left) - len(right)) > 2
        or not any(re.fullmatch(r"[\w-]+", part) for part in left[-size:])
    ):
        return False
    ours, theirs = left[-size:], right[-size:]
    return all(
        one == other or ("{" in one + other) or one.startswith((":", "<")) or other.startswith((":", "<"))
        for one, other in zip(ours, theirs, strict=True)
    )
