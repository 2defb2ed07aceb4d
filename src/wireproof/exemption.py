"""What a policy takes out of a report: its entries, and what each of them held back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from posixpath import normpath
from typing import TYPE_CHECKING, Any

from wireproof.finding import Finding, Place, Severity, merged

if TYPE_CHECKING:
    from datetime import date

    from wireproof.finding import Location

__all__ = ["Exempted", "Ignore", "Ignored", "Override", "Scope", "SwitchedOff", "on_page", "path_tokens"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which findings an entry speaks of: those of a provider, an operation, a place; None means any.

    `path` is written like a JSON Pointer, with `*` for one token and `**` for any number of
    tokens, none included.  A finding's array indexes are `*` themselves.  The empty path and
    `/` are the body as a whole.
    """

    path: str | None = None
    provider: str | None = None
    operation: str | None = None

    def covers(self, where: Location) -> bool:
        """Return whether a finding at a location is spoken of."""
        return self.names(where.provider, where.operation) and (
            self.path is None or _fits(path_tokens(self.path), path_tokens(where.pointer))
        )

    def names(self, provider: str, operation: str) -> bool:
        """Return whether an operation is spoken of."""
        return self.provider in {None, provider} and self.operation in {None, operation}

    @property
    def narrowness(self) -> tuple[bool, bool, bool]:
        """Return the key by which the narrower of two scopes is the greater one."""
        return (self.path is not None, self.operation is not None, self.provider is not None)

    def __str__(self) -> str:
        """Return the scope for a person: `/data/*/x of a2e getTask`, or nothing where all is meant."""
        owner = " ".join(name for name in (self.provider, self.operation) if name is not None)
        of = f"of {owner}" if owner else ""
        path = (self.path or "/") if self.path is not None else ""
        return " ".join(part for part in (path, of) if part)


@dataclass(frozen=True, slots=True)
class Override:
    """A severity for the findings of one rule in a scope; None switches the rule off there.

    `place` is where it was written.
    """

    rule: str
    severity: Severity | None
    scope: Scope = Scope()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings that somebody decided not to be told about, and why.

    `rule` None means every rule.  From the day `expires` on the entry no longer holds.  `page` is
    the end of a page's path, with `*` for any characters; `fingerprint` names one finding, and
    `known` those of an earlier report, each with its page.
    """

    scope: Scope
    reason: str
    rule: str | None = None
    expires: date | None = None
    place: Place | None = None
    page: str | None = None
    fingerprint: str | None = None
    known: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        """Refuse an entry without a reason."""
        if not self.reason.strip():
            raise ValueError("an ignore needs a reason")

    def holds(self, finding: Finding, *, page: str = "", fingerprint: str | None = None) -> bool:
        """Return whether a finding is one of those, whatever the day.

        A finding about a page is told with the page's name and the fingerprint that it has there.
        """
        mark = finding.fingerprint if fingerprint is None and self.fingerprint else fingerprint
        return (
            self.rule in {None, finding.rule}
            and self.fingerprint in {None, mark}
            and (self.page is None or on_page(self.page, page))
            and (not self.known or (normpath(page), mark) in self.known)
            and self.scope.covers(finding.location)
        )

    @property
    def about(self) -> str:
        """Return what it speaks of, for a person: `docs-type-mismatch /data/*/x of a2e on task.md`."""
        on = f"on {self.page}" if self.page is not None else ""
        mark = f"with fingerprint {self.fingerprint}" if self.fingerprint else ""
        parts = (self.rule or "every rule", str(self.scope), on, mark)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Ignored:
    """What one entry of the ignores did to a report.

    `findings` are held back by it.  `matched` tells that it fits some finding or part of one,
    also one that another entry holds back or that is told since the entry `expired`.
    `exchanges` counts those of its operations; `decided` is True where all of its operations
    were seen and every record was judged: only then does finding nothing mean anything.
    """

    entry: Ignore
    findings: tuple[Finding, ...] = ()
    matched: bool = False
    exchanges: int = 0
    decided: bool = False
    expired: bool = False

    @property
    def state(self) -> str:
        """Return `holding`, `expired`, `unneeded`, or `unseen` where nothing can be said."""
        if self.expired:
            return "expired"
        if self.matched:
            return "holding"
        return "unneeded" if self.decided else "unseen"

    def merge(self, other: Ignored) -> Ignored:
        """Return what the entry did to both of two reports."""
        return replace(
            self,
            findings=merged((*self.findings, *other.findings)),
            matched=self.matched or other.matched,
            exchanges=self.exchanges + other.exchanges,
            decided=self.decided and other.decided,
            expired=self.expired or other.expired,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the entry and its state as plain values, without the findings."""
        entry = self.entry
        return {
            **_scope_json(entry.scope),
            "rule": entry.rule,
            **({"page": entry.page} if entry.page is not None else {}),
            **({"fingerprint": entry.fingerprint} if entry.fingerprint is not None else {}),
            "reason": entry.reason,
            "expires": entry.expires and entry.expires.isoformat(),
            "written": _place_json(entry.place),
            "state": self.state,
            "exchanges": self.exchanges,
        }


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """A rule that was not asked in a scope, and the findings that it would have told."""

    entry: Override
    findings: tuple[Finding, ...] = ()

    def merge(self, other: SwitchedOff) -> SwitchedOff:
        """Return what the entry did to both of two reports."""
        return replace(self, findings=merged((*self.findings, *other.findings)))

    def to_json(self) -> dict[str, Any]:
        """Return the entry as plain values, with the number of findings that are not told."""
        return {
            **_scope_json(self.entry.scope),
            "rule": self.entry.rule,
            "written": _place_json(self.entry.place),
            "findings": len(self.findings),
        }


@dataclass(frozen=True, slots=True)
class Exempted:
    """All that a policy took out of a report."""

    ignored: tuple[Ignored, ...] = ()
    switched_off: tuple[SwitchedOff, ...] = ()

    @property
    def ignored_findings(self) -> int:
        """Return how many findings are held back by ignores."""
        return sum(len(entry.findings) for entry in self.ignored)

    @property
    def untold_findings(self) -> int:
        """Return how many findings are not told since their rule is switched off."""
        return sum(len(entry.findings) for entry in self.switched_off)

    def merge(self, other: Exempted) -> Exempted:
        """Return what was taken out of both of two reports."""
        ignored: dict[Ignore, Ignored] = {}
        for one in (*self.ignored, *other.ignored):
            ignored[one.entry] = ignored[one.entry].merge(one) if one.entry in ignored else one
        off: dict[Override, SwitchedOff] = {}
        for rule in (*self.switched_off, *other.switched_off):
            off[rule.entry] = off[rule.entry].merge(rule) if rule.entry in off else rule
        return Exempted(
            tuple(sorted(ignored.values(), key=lambda one: _order(one.entry))),
            tuple(sorted(off.values(), key=lambda rule: _order(rule.entry))),
        )


def on_page(pattern: str, page: str) -> bool:
    """Return whether a pattern names a page: the whole of its path, or its end from a `/` on."""
    path = normpath(page) if page else ""
    wanted = normpath(pattern)
    return bool(path) and (fnmatchcase(path, wanted) or fnmatchcase(path, f"*/{wanted}"))


def path_tokens(pointer: str) -> tuple[str, ...]:
    """Return the tokens of a JSON Pointer or path pattern as written; none for `/` and the empty one."""
    return () if pointer in {"", "/"} else tuple(pointer.split("/")[1:])


def _fits(pattern: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    """Return whether a pattern fits the tokens; the cost is at most the product of both lengths."""
    reached = {0}  # how many tokens the pattern so far may have taken
    for part in pattern:
        if part == "**":
            reached = set(range(min(reached), len(tokens) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(tokens) and part in {"*", tokens[at]}}
        if not reached:
            return False
    return len(tokens) in reached


def _order(entry: Ignore | Override) -> tuple[str, int, str, str]:
    """Return the key that sorts entries as they were written."""
    place = entry.place
    where = (place.file, place.line or 0) if place else ("", 0)
    return (*where, entry.rule or "", repr(entry))


def _scope_json(scope: Scope) -> dict[str, Any]:
    return {"path": scope.path, "provider": scope.provider, "operation": scope.operation}


def _place_json(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line}
