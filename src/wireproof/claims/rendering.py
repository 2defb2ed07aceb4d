"""A page's claims as text, one a line, for a person who wants to see what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.claims.claim import (
    AuthorizationClaim,
    CallClaim,
    ExampleClaim,
    FieldClaim,
    OperationClaim,
    ParameterClaim,
    StatementClaim,
    ValuesClaim,
)

if TYPE_CHECKING:
    from wireproof.claims.claim import Claim, Page, Scope

__all__ = ["claim_line", "render_claims"]


def render_claims(page: Page) -> str:
    """Return the page's title, then each claim with its lines, the artefacts, and what was not read."""
    lines = [f"{page.name}: {page.title}" if page.title else page.name]
    if page.silence:
        lines.append(f"No documentation: {page.silence}.")
    lines += [claim_line(claim) for claim in page.claims]
    lines += [f"{artefact.line}\tartefact\t{artefact.kind} ({artefact.count})" for artefact in page.artefacts]
    lines += [f"{unread.lines}\tunread\t{unread.reason}" for unread in page.unread]
    return "".join(f"{line}\n" for line in lines)


def claim_line(claim: Claim) -> str:
    """Return a claim as one line: its lines, what it is, where it applies, what it says."""
    kind, said = _said(claim)
    where = _where(claim.scope) if not isinstance(claim, OperationClaim) else ""
    return "  ".join(part for part in (str(claim.lines), kind, where, said) if part)


def _where(scope: Scope) -> str:
    return " ".join(part for part in (scope.side, scope.status) if part)


def _said(claim: Claim) -> tuple[str, str]:  # noqa: PLR0911 - one return a kind of claim
    if isinstance(claim, OperationClaim):
        return "operation", " ".join(
            part for part in (claim.key, claim.title, claim.server and f"at {claim.server}") if part
        )
    if isinstance(claim, ParameterClaim):
        return "parameter", _words(
            claim.name, f"in {claim.location}" if claim.location else "", *_facts(claim)
        )
    if isinstance(claim, FieldClaim):
        return "field", _words(".".join(claim.path), *_facts(claim), *_more(claim))
    if isinstance(claim, ExampleClaim):
        state = "" if claim.readable else "unreadable"
        cut = "" if claim.complete else "incomplete"
        return "example", _words(
            _keys(claim.value), state, cut, *(f"[{repair.line}: {repair.what}]" for repair in claim.repairs)
        )
    if isinstance(claim, CallClaim):
        return "call", _words(claim.method, claim.url, *(f"{name}: {value}" for name, value in claim.headers))
    if isinstance(claim, ValuesClaim):
        shown = ", ".join(
            f"{_shown(value.value)}{f' = {value.meaning}' if value.meaning else ''}" for value in claim.values
        )
        return "values", _words(f"{claim.about or '?'}:", "" if claim.complete else "for example", shown)
    if isinstance(claim, StatementClaim):
        return "statement", _words(claim.about or "body", claim.kind, _shown(claim.value))
    return "authorization", _authorization(claim)


def _authorization(claim: AuthorizationClaim) -> str:
    return _words(claim.scheme, claim.location, claim.name, f"by {claim.source}")


def _facts(claim: FieldClaim | ParameterClaim) -> list[str]:
    required = {True: "required", False: "optional", None: ""}[claim.required]
    return [
        "|".join(claim.types),
        required,
        f"enum {', '.join(_shown(value) for value in claim.enum)}" if claim.enum else "",
        f"default {claim.default}" if claim.default is not None else "",
        f"example {claim.example}" if claim.example is not None else "",
    ]


def _more(claim: FieldClaim) -> list[str]:
    return [
        f"of {'|'.join(claim.items)}" if claim.items else "",
        {True: "nullable", False: "not null", None: ""}[claim.nullable],
        f"format {claim.format}" if claim.format else "",
        f"unit {claim.unit}" if claim.unit else "",
        f"count {claim.count}" if claim.count is not None else "",
        "" if claim.settled else "(level presumed)",
    ]


def _keys(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(str(key) for key in list(value)[:8])}{', …' if len(value) > 8 else ''}}}"
    return f"[{len(value)}]" if isinstance(value, list) else _shown(value)


def _shown(value: Any) -> str:
    return (
        str(value)
        if isinstance(value, str)
        else repr(value)
        if not isinstance(value, tuple)
        else "|".join(map(str, value))
    )


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)
