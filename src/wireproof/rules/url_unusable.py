"""An address that its receiver cannot use."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wireproof.finding import Finding, Severity
from wireproof.lifecycle.pointers import text_of
from wireproof.lifecycle.urls import loopback_host, unusable
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.finding import Place

__all__ = ["RULE"]

_FORMATS = frozenset({"iri", "uri", "url"})


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for results that are no plain http(s) URLs, and for loopback addresses elsewhere.

    Results that are useless in the same way are told once, at the first of their places.
    """
    told: set[str] = set()
    for reading in scene.readings:
        lifecycle = reading.lifecycle
        if lifecycle.result_kind != "url":
            continue
        seen: set[str] = set()
        for pointer in lifecycle.results:
            for _, value in reading.at(pointer):
                what = unusable(value) if isinstance(value, str) and value.strip() else None
                if what is None:
                    continue
                told.add(text_of(pointer))
                if what not in seen:
                    seen.add(what)
                    yield _found(scene, text_of(pointer), what, lifecycle.place("results"))
    for field in scene.fields:
        if (
            field.schema.get("format") in _FORMATS
            and field.pointer not in told
            and _is_loopback(scene, field.value)
        ):
            place = scene.answer.judge.schemas.place(field.schema, "format")
            yield _found(scene, field.pointer, "an address of the sender's own machine", place)


def _is_loopback(scene: Scene, value: object) -> bool:
    """Return whether an address leads to its sender, and the request did not bring it along."""
    if not isinstance(value, str) or not scene.success:
        return False
    try:
        host = urlsplit(value).hostname or ""
    except ValueError:
        return False
    request = scene.answer.exchange.request
    brought = request is not None and value.encode("utf-8", "surrogatepass") in (request.body or b"")
    return loopback_host(host) and not brought


def _found(scene: Scene, pointer: str, what: str, place: Place | None) -> Finding:
    return scene.finding(
        RULE.rule,
        pointer,
        promised="an absolute http or https URL",
        observed=what,
        mend="complete the address in the client if the provider documents its base; else ask the provider",
        kind=what,
        contract=place,
        absorbs=scene.at(pointer, "format-violated"),
    )


RULE = MeaningRule(
    Rule(
        "url-unusable",
        Severity.ERROR,
        "meaning",
        "An address that its receiver cannot use: relative, a placeholder, of another scheme.",
    ),
    check,
)
