"""wireproof as its users call it: contracts and exchanges in, a JSON report out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wireproof.examining import Options, examine
from wireproof.exchange import Exchange, Origin, Request, Response
from wireproof.specs import load_contract

if TYPE_CHECKING:
    from collections.abc import Sequence

    from driftbench.corpus import Sample
    from driftbench.promise import Api
    from wireproof.contract import Contract

__all__ = ["Found", "Wireproof", "found_in"]


@dataclass(frozen=True, slots=True)
class Found:
    """One statement of a tool: its name for it where it has names, its place, and what it explains."""

    rule: str | None
    pointer: str | None
    to: str | None = None
    part: str = "body"
    absorbs: tuple[Found, ...] = ()

    def __str__(self) -> str:
        """Return it in one line."""
        end = f" -> {self.to}" if self.to is not None else ""
        parts = f" ({'; '.join(map(str, self.absorbs))})" if self.absorbs else ""
        return f"{self.rule or 'invalid'} at {self.pointer or '(whole)'}{end}{parts}"


@dataclass(slots=True)
class Wireproof:
    """The product as a black box."""

    contracts: dict[str, Contract] = field(default_factory=dict)
    name: str = "wireproof"

    @classmethod
    def of(cls, apis: Sequence[Api]) -> Wireproof:
        """Return the product with these contracts loaded."""
        return cls({api.name: load_contract(str(api.file)) for api in apis})

    def report(self, sample: Sample) -> dict[str, Any]:
        """Return the JSON report on a sample, judged by its own contract and those beside it."""
        contracts = [self.contracts[name] for name in (sample.api, *sample.beside)]
        records = [
            Exchange(
                Response(one.body, one.status, one.headers),
                Request(one.method, one.url, (), one.request_body),
                one.time,
                Origin(sample.id, index),
            )
            for index, one in enumerate(sample.exchanges)
        ]
        return examine(contracts, records, options=Options(any_host=True)).to_json()

    def judge(self, sample: Sample) -> list[Found]:
        """Return the warnings and errors of the report, and what could not be judged."""
        return found_in(self.report(sample))


def found_in(report: dict[str, Any]) -> list[Found]:
    """Return the warnings and errors of a report; a record that was not checked counts as one, too."""
    found = [_found(one) for one in report["findings"] if one["severity"] in {"error", "warning"}]
    if not found:
        found = [Found(f"not checked: {one['what']}", None) for one in report["not_checked"]]
    return found


def _found(one: dict[str, Any]) -> Found:
    parts = tuple(_found(part) for part in one["absorbs"])
    return Found(one["rule"], one["pointer"], one["to"], one["in"], parts)
