"""One example, judged by the fields that its page lists for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.diagnosis import Doctor
from wireproof.diagnosis.change import came_from
from wireproof.openapi import Document, build_contract
from wireproof.proofreading.composing import Composition, composed
from wireproof.proofreading.contradiction import Spot
from wireproof.proofreading.telling import dotted, facts, line_in, span
from wireproof.validating import Judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.claims.claim import ExampleClaim, FieldClaim, Path, Scope
    from wireproof.contract import Contract
    from wireproof.diagnosis import Change

__all__ = ["Reading", "judged_schema"]

_NAME = "body"


class Reading:
    """One example judged by the fields that the page lists for it."""

    def __init__(self, source: str, scope: Scope, fields: list[FieldClaim], example: ExampleClaim) -> None:
        self.source = source
        self.scope = scope
        self.example = example
        self.made: Composition = composed(fields)
        contract = judged_schema(self.made.schema)
        self.root = contract.operations[0].responses[0].bodies[0].schema or ""
        judge = Judge(contract.schemas)
        judgement = judge.judge(self.root, example.value)
        self.diagnosis = Doctor(judge).diagnose(self.root, example.value, judgement)
        self.changes: list[Change] = [entry.change for entry in self.diagnosis.changes]

    def original(self, path: Iterable[str | int]) -> tuple[str | int, ...]:
        """Return where a place of the mended example stands in the example as it is shown."""
        came = tuple(path)
        for change in reversed(self.changes):
            came = came_from(change, came)
        return came

    def claimed(self, claim: FieldClaim) -> Spot:
        """Return the spot of a field in the page's list."""
        return Spot(self.source, claim.lines, facts(claim))

    def shown(self, path: Iterable[str | int], says: str) -> Spot:
        """Return the spot of a place in the example."""
        return Spot(self.source, line_in(self.example, tuple(path)), says)

    def list_spot(self, path: Path) -> Spot:
        """Return the spot of the list that should name a member of the object at a path."""
        members = [claim for claim in self.made.below(path) if len(claim.path) > len(path)]
        parent = self.made.first(path)
        lines = span(claim.lines for claim in (members or ([parent] if parent else self.made.below(()))))
        names = [claim.path[len(path)] for claim in members if len(claim.path) == len(path) + 1]
        count = len(set(names))
        what = f"{count} documented field{'' if count == 1 else 's'}"
        return Spot(self.source, lines, f"{dotted(path)} has {what}")


def judged_schema(schema: dict[str, Any]) -> Contract:
    """Return a contract with one operation whose answer has this schema."""
    answer = {"description": "", "content": {"application/json": {"schema": schema}}}
    return build_contract(
        Document.from_value(
            "page",
            {
                "openapi": "3.1.0",
                "info": {"title": _NAME, "version": "1"},
                "paths": {"/": {"get": {"operationId": _NAME, "responses": {"200": answer}}}},
            },
        ),
        provider="",
    )
