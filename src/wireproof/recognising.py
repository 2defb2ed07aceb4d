"""Which operation a bare body is an answer of, told from its shape alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.matching import Match, Unmatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wireproof.contract import Contract, Operation, PromisedResponse, Schema, Schemas
    from wireproof.exchange import Exchange
    from wireproof.validating import Judge, Judgement

__all__ = ["Candidate", "better_fit", "candidates", "recognise"]

_NAMES_WEIGHT = 0.3
_LEAST_SCORE = 0.1
_LEAST_MARGIN = 0.02
_JUDGED = 16
"""How many candidates, those with the most names in common, are judged in full."""
_LISTED = 4
_LEAST_NAMED = 3
_MOST_LEFT = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One promised answer that a bare body may be: its schema's name, and all names inside it."""

    contract: Contract
    operation: Operation
    response: PromisedResponse
    schema: str
    names: frozenset[str]

    @property
    def label(self) -> str:
        """Return provider and operation, for a person."""
        return f"{self.operation.provider} {self.operation.id}"


def candidates(
    operations: Iterable[tuple[Contract, Operation]], *, status: int | None = None
) -> list[Candidate]:
    """Return every JSON answer that some operations promise, under one status where it is known.

    Without a status the answers of success come alone: error bodies are alike everywhere, and
    a capture of one says so by its status.
    """
    found = []
    for contract, operation in operations:
        promised = operation.promised(status) if status else None
        responses = [promised] if promised else [] if status else _successes(operation)
        for response in responses:
            found += [
                Candidate(contract, operation, response, body.schema, _names(contract.schemas, body.schema))
                for body in response.bodies
                if body.schema is not None
            ]
    return found


def recognise(
    known: Sequence[Candidate], exchange: Exchange, value: Any, judge_of: Callable[[Contract], Judge]
) -> Match | Unmatched:
    """Return the operation whose answer a body is; too little likeness, or a tie, is `Unmatched`."""
    if not known:
        return Unmatched(exchange, "no contract promises such an answer", "see `wireproof providers`")
    came = frozenset(_names_of(value))
    likely = sorted(known, key=lambda candidate: -len(candidate.names & came))[:_JUDGED]
    scored = sorted(
        ((_score(candidate, value, came, judge_of), candidate) for candidate in likely),
        key=lambda pair: (-pair[0], pair[1].label, pair[1].response.status),
    )
    best, winner = scored[0]
    if best < _LEAST_SCORE:
        hint = "name the contract with --provider, --operation or --spec FILE"
        return Unmatched(exchange, "the body looks like no known operation's answer", hint)
    others = [
        (score, candidate) for score, candidate in scored[1:] if candidate.operation != winner.operation
    ]
    if others and best - others[0][0] < _LEAST_MARGIN:
        tied = [
            winner.label,
            *(candidate.label for score, candidate in others if best - score < _LEAST_MARGIN),
        ]
        reason = f"the body fits {' and '.join(tied[:_LISTED])} equally well ({best:.2f})"
        return Unmatched(exchange, reason, "choose with --provider NAME or --operation NAME")
    runner_up = (others[0][1].label, round(others[0][0], 2)) if others else None
    return Match(
        exchange, winner.contract, winner.operation, winner.response, "shape", round(best, 2), runner_up
    )


def better_fit(
    known: Sequence[Candidate],
    value: Any,
    misfit: float,
    *,
    judge_of: Callable[[Contract], Judge],
    weigh: Callable[[Judgement], float],
) -> Candidate | None:
    """Return the operation whose answer a body is far more than that of the one it came from.

    `misfit` is how much of the body is unaccounted for by its own operation, `weigh` tells the
    same for another.  Another one must account for nearly all, and leave less than half.
    """
    came = frozenset(_names_of(value))
    likely = sorted(known, key=lambda candidate: -len(candidate.names & came))[:_JUDGED]
    best: tuple[float, Candidate] | None = None
    for candidate in likely:
        judgement = judge_of(candidate.contract).judge(candidate.schema, value)
        left = weigh(judgement)
        accounted = judgement.survey.named
        if accounted < _LEAST_NAMED or left > accounted * _MOST_LEFT or left + 1 > misfit / 2:
            continue
        if best is None or left < best[0]:
            best = (left, candidate)
    return best[1] if best else None


def _score(
    candidate: Candidate, value: Any, came: frozenset[str], judge_of: Callable[[Contract], Judge]
) -> float:
    """Return 0 to 1: how many members stand where they should, and how many names are known at all."""
    judgement = judge_of(candidate.contract).judge(candidate.schema, value)
    strange = len(judgement.survey.undocumented)
    wrong = sum(1 for site in judgement.sites if site.keyword != "undocumented")
    named = judgement.survey.named
    placed = max(0, named - wrong) / max(1, named + strange + wrong)
    shared = len(came & candidate.names) / max(1, len(came))
    return (1 - _NAMES_WEIGHT) * placed + _NAMES_WEIGHT * shared


def _successes(operation: Operation) -> list[PromisedResponse]:
    successes = [response for response in operation.responses if response.status.startswith("2")]
    return successes or [response for response in operation.responses if response.status == "default"]


def _names(schemas: Schemas, root: str) -> frozenset[str]:
    """Return the names of all members that a schema describes, at any depth."""
    names: set[str] = set()
    seen: set[int] = set()
    waiting: list[Schema] = [schemas.defs[root]]
    while waiting:
        schema = waiting.pop()
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        names.update(schema.get("properties", ()))
        waiting.extend(_inner(schemas, schema))
    return frozenset(names)


def _inner(schemas: Schemas, schema: dict[str, Any]) -> Iterator[Schema]:
    for keyword, value in schema.items():
        if keyword == "$ref":
            yield schemas.defs[value.rpartition("/")[2]]
        elif keyword in {"properties", "patternProperties", "dependentSchemas"}:
            yield from value.values()
        elif keyword in {"allOf", "anyOf", "oneOf", "prefixItems"}:
            yield from value
        elif keyword in {"items", "additionalProperties", "then", "else", "unevaluatedProperties"}:
            yield value
    for reference in schema.get("x-discriminator", {}).get("branches", {}).values():
        yield schemas.defs[reference.rpartition("/")[2]]


def _names_of(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield from current
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
