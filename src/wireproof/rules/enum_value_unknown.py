"""A value that is none of the listed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for an unlisted value: one in another letter case, a known word, or a stranger."""
    open_list = site.keyword == "x-extensible-enum"
    members = [site.schema["const"]] if site.keyword == "const" else site.schema[site.keyword]
    twin = _twin(site.value, members)
    if twin is not None:
        observed = f'"{twin}" in another case or spelling'
        mend = f'read the value without regard to case, or list it beside "{twin}"'
    else:
        observed = answer.shown(site)
        mend = "list the value in the contract, and decide what the client does with it"
    if isinstance(site.value, str) and '"' not in observed:
        observed = f"an unlisted {observed}"
    yield answer.at_site(
        RULE.rule,
        site,
        observed=observed,
        mend=mend,
        severity=Severity.WARNING if open_list else None,
        kind="case changed" if twin is not None else observed,
        absorbs=absorbed,
    )


def _twin(value: object, members: list[object]) -> str | None:
    """Return the listed word that differs from `value` in case, `_`, `-` or blanks alone."""
    if not isinstance(value, str):
        return None
    folded = _folded(value)
    return next((member for member in members if isinstance(member, str) and _folded(member) == folded), None)


def _folded(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter not in "_- ")


RULE = SiteRule(
    Rule(
        "enum-value-unknown",
        Severity.ERROR,
        "shape",
        "A value is not among those listed (a warning where the list is open).",
    ),
    frozenset({"const", "enum", "x-extensible-enum"}),
    check,
)
