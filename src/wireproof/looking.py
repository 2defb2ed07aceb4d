"""One answer looked at: what it is read as, and everything that it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wireproof import rules
from wireproof.door import Json, Refusal, read_json
from wireproof.finding import merged
from wireproof.matching import media_type_fits
from wireproof.validating import Verdict

if TYPE_CHECKING:
    from wireproof.contract import PromisedBody
    from wireproof.diagnosis import Change, Diagnosis
    from wireproof.door import Limits
    from wireproof.exchange import Exchange
    from wireproof.finding import Finding
    from wireproof.matching import Hint, Match
    from wireproof.meaning import Meaning
    from wireproof.rules.rule import Answer
    from wireproof.validating import Site

__all__ = ["Look", "at_site", "body_of", "diagnosed", "media_type", "promised_body", "told", "undecided"]

_NO_BODY = frozenset({204, 205, 304})
"""Statuses whose answers have no body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5)."""


class Look(NamedTuple):
    """What one answer shows: all findings, what it means, the changes of structure in it.

    `undecided` is why the verdict is open, and what to do about it.
    """

    findings: list[Finding]
    meaning: Meaning | None
    changes: tuple[Change, ...]
    undecided: tuple[str, str] | None
    body: Json | Refusal | None
    schema: str | None

    @property
    def body_findings(self) -> list[Finding]:
        """Return the findings that the body shows, those of status and headers left out."""
        heads = {entry.rule.id for entry in rules.HEAD_RULES}
        return [finding for finding in self.findings if finding.rule not in heads]

    @property
    def value(self) -> Json | None:
        """Return the body as it was judged, None where it was not."""
        return self.body if isinstance(self.body, Json) and self.schema is not None else None

    @property
    def simple(self) -> bool:
        """Return whether the next answer that is wrong in the same way needs no look of its own."""
        notes = self.body.notes if isinstance(self.body, Json) else ("unread",)
        return self.undecided is None and not notes


def told(exchange: Exchange, hint: Hint) -> Exchange:
    """Return the exchange with what the user said where the capture is silent."""
    response = exchange.response
    if response.status is None and hint.status is not None:
        response = replace(response, status=hint.status)
    if hint.content_type is not None and response.header("content-type") is None:
        response = replace(response, headers=(*response.headers, ("content-type", hint.content_type)))
    return exchange if response is exchange.response else replace(exchange, response=response)


def media_type(exchange: Exchange) -> str | None:
    """Return the media type that an answer says it has, without parameters."""
    content_type = exchange.response.header("content-type") or ""
    return content_type.partition(";")[0].strip().lower() or None


def promised_body(match: Match, media_type: str | None) -> PromisedBody | None:
    """Return the promised JSON body that judges an answer: nearest its media type, else the first."""
    bodies = match.response.bodies if match.response else ()
    fitting = sorted(
        (body for body in bodies if media_type is not None and media_type_fits(body.media_type, media_type)),
        key=lambda body: body.media_type.count("*"),
    )
    return next((body for body in fitting or bodies if _is_json(body.media_type)), None)


def body_of(exchange: Exchange, limits: Limits) -> Json | Refusal | None:
    """Return the JSON body of an answer, why it cannot be read, or None where none can be expected."""
    response = exchange.response
    asked = exchange.request.method if exchange.request else ""
    if response.body is None or (not response.body and (response.status in _NO_BODY or asked == "HEAD")):
        return None
    try:
        return read_json(response.body, limits)
    except Refusal as refusal:
        return refusal


def undecided(answer: Answer) -> tuple[str, str] | None:
    """Return why the verdict on an answer is open, and what to do about it; None where it is not."""
    if isinstance(answer.body, Refusal) and answer.body.undecided:
        return (answer.body.message, answer.body.hint)
    if answer.judgement is not None and answer.judgement.verdict is Verdict.UNDECIDED:
        return (
            "judging this body by its contract takes too long",
            "simplify the contract: repetition in repeated parts of a pattern, unions of unions of unions",
        )
    return None


def diagnosed(answer: Answer, diagnosis: Diagnosis) -> list[Finding]:
    """Return what a diagnosis tells: the changes with all that they absorb, then the sites left over."""
    found: list[Finding] = []
    for entry in diagnosis.changes:
        absorbed = merged(finding for site in entry.absorbed for finding in at_site(answer, site))
        rule = next(rule for rule in rules.CHANGE_RULES if rule.rule.id == entry.change.rule)
        found += rule.check(answer, entry.change, absorbed)
    return found + [finding for site in diagnosis.sites for finding in at_site(answer, site)]


def _is_json(media_type: str) -> bool:
    return media_type in {"*/*", "application/*", "text/json"} or media_type.endswith(("/json", "+json"))


def at_site(answer: Answer, site: Site) -> list[Finding]:
    """Return what the rules say about a site, and about its parts under it."""
    absorbed = tuple(finding for part in site.parts for finding in at_site(answer, part))
    return [
        finding
        for rule in rules.SITE_RULES
        if site.keyword in rule.keywords
        for finding in rule.check(answer, site, absorbed)
    ]
