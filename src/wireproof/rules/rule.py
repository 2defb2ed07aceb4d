"""What a rule is, and what it is given: an answer beside its promise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wireproof.door import Json
from wireproof.door.times import utc_time
from wireproof.finding import Finding, Location, Severity, Sighting, json_pointer
from wireproof.redact import kind_of
from wireproof.validating.walk import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wireproof.diagnosis import Change
    from wireproof.door import Refusal
    from wireproof.exchange import Exchange
    from wireproof.finding import Place
    from wireproof.matching import Match, Unmatched
    from wireproof.recognising import Candidate
    from wireproof.redact import Display
    from wireproof.validating import Judge, Judgement, Site

__all__ = [
    "Answer",
    "AnswerRule",
    "ChangeRule",
    "OperationRule",
    "Rule",
    "SiteRule",
    "UnmatchedRule",
    "sighting_of",
]

_DOUBTFUL = 1.0
"""The doubt of a change above which its finding says that it is a guess."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One matched exchange as a rule sees it.

    `body` is the parsed body, or the refusal that says why it cannot be read, or None where it
    was not read (no JSON promised).  `media_type` is the one that came, lower case and without
    parameters.  `judgement` is the body's, None where it was not judged.
    """

    match: Match
    body: Json | Refusal | None
    media_type: str | None
    display: Display
    judge: Judge
    judgement: Judgement | None = None

    @property
    def exchange(self) -> Exchange:
        """Return the exchange itself."""
        return self.match.exchange

    def template(self, pointer: str) -> str:
        """Return a pointer into the body with `*` for array indexes and free keys."""
        path: list[str | int] = []
        value: Any = self.body.value if isinstance(self.body, Json) else None
        for token in pointer.split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            path.append(int(key) if isinstance(value, list) else key)
            value = (
                value[int(key)]
                if isinstance(value, list)
                else value.get(key)
                if isinstance(value, dict)
                else None
            )
        free = self.judgement.survey if self.judgement else Survey()
        return json_pointer(free.template(tuple(path)))

    def finding(
        self,
        rule: Rule,
        *,
        part: str,
        pointer: str,
        promised: str,
        observed: str,
        mend: str,
        kind: str,
        contract: Place | None,
        message: str | None = None,
        severity: Severity | None = None,
        status: str | None = None,
        absorbs: tuple[Finding, ...] = (),
    ) -> Finding:
        """Return a finding of `rule` on this answer, seen once."""
        operation = self.match.operation
        sighting = sighting_of(self.exchange)
        return Finding(
            rule=rule.id,
            severity=severity or rule.severity,
            location=Location(operation.provider, operation.id, status or self.match.status, part, pointer),
            promised=promised,
            observed=observed,
            message=message or f"promised {promised}, came {observed}",
            mend=mend,
            contract=contract,
            first=sighting,
            last=sighting,
            seen_as=((kind, 1),),
            absorbs=absorbs,
        )

    def at_site(
        self,
        rule: Rule,
        site: Site,
        *,
        observed: str,
        mend: str,
        message: str | None = None,
        severity: Severity | None = None,
        kind: str | None = None,
        absorbs: tuple[Finding, ...] = (),
    ) -> Finding:
        """Return a finding of `rule` at a site of the body."""
        return self.finding(
            rule,
            part="body",
            pointer=json_pointer(site.template),
            promised=site.promised,
            observed=observed,
            mend=mend,
            kind=kind or kind_of(site.value),
            contract=site.place,
            message=message,
            severity=severity,
            absorbs=absorbs,
        )

    def of_change(
        self,
        rule: Rule,
        change: Change,
        *,
        promised: str,
        observed: str,
        mend: str,
        absorbs: tuple[Finding, ...],
    ) -> Finding:
        """Return a finding of `rule` about a change of structure, with both of its ends."""
        doubt = "" if change.doubt <= _DOUBTFUL else " (a guess: the names tell little)"
        contract = absorbs[0].contract if absorbs else self.promise
        return replace(
            self.finding(
                rule,
                part="body",
                pointer=json_pointer(change.at),
                promised=promised,
                observed=f"{observed}{doubt}",
                mend=mend,
                kind=json_pointer(change.to) or "/",
                contract=contract,
                absorbs=absorbs,
            ),
            location=Location(
                self.match.operation.provider,
                self.match.operation.id,
                self.match.status,
                "body",
                json_pointer(change.at),
                json_pointer(change.to),
            ),
        )

    @property
    def promise(self) -> Place | None:
        """Return where the response was promised."""
        return self.match.response.place if self.match.response else None

    def shown(self, site: Site) -> str:
        """Return the value at a site, described as far as it may be."""
        return self.display.described(site.value, key=str(site.path[-1]) if site.path else "")


def sighting_of(exchange: Exchange) -> Sighting:
    """Return what a finding keeps of an exchange: its record and, where it is one, its time in UTC."""
    origin = exchange.origin
    return Sighting(origin.source, origin.index, utc_time(exchange.time) if exchange.time else None)


@dataclass(frozen=True, slots=True)
class Rule:
    """The identity of a rule: its kebab-case id, its severity by default, family and summary."""

    id: str
    severity: Severity
    family: str
    summary: str


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """A rule that looks at one answer as a whole."""

    rule: Rule
    check: Callable[[Answer], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class UnmatchedRule:
    """A rule that looks at an exchange for which no operation was found."""

    rule: Rule
    check: Callable[[Unmatched], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A rule that looks at the sites of its keywords, one at a time.

    `absorbed` are the findings of the site's own parts, for a rule that speaks for them.
    """

    rule: Rule
    keywords: frozenset[str]
    check: Callable[[Answer, Site, tuple[Finding, ...]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class OperationRule:
    """A rule that tells which other operation's answer came; it absorbs all that was found."""

    rule: Rule
    check: Callable[[Answer, Candidate, tuple[Finding, ...]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """A rule that tells one kind of change of structure; `absorbed` are the splinters it explains."""

    rule: Rule
    check: Callable[[Answer, Change, tuple[Finding, ...]], Iterator[Finding]]
