"""What is wrong with a body, told as few changes of structure as account for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof import rules
from wireproof.finding import merged
from wireproof.looking import diagnosed
from wireproof.recognising import better_fit, candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wireproof.contract import Contract, Operation
    from wireproof.diagnosis import Change, Doctor
    from wireproof.finding import Finding
    from wireproof.rules.rule import Answer
    from wireproof.validating import Judge, Judgement

__all__ = ["Explainer"]

_MISFIT = 4
"""How many members of a body must be unaccounted for before other operations are asked."""


class Explainer:
    """Explains bodies that their schema rejects; what it learns of a contract is kept for the next one.

    `operations` are those that a body may be an answer of instead.
    """

    def __init__(
        self, judge_of: Callable[[Contract], Judge], operations: Sequence[tuple[Contract, Operation]]
    ) -> None:
        self._judge_of, self._operations = judge_of, operations
        self._doctors: dict[int, Doctor] = {}

    def explained(
        self, answer: Answer, schema: str, value: Any, judgement: Judgement
    ) -> tuple[list[Finding], Any, Judgement, tuple[Change, ...]]:
        """Return what is wrong with a body, the body repaired, its judgement, and the changes undone."""
        diagnosis = self._doctor_of(answer.match.contract).diagnose(schema, value, judgement)
        found = diagnosed(answer, diagnosis)
        changes = tuple(entry.change for entry in diagnosis.changes)
        from wireproof.diagnosis import weight  # noqa: PLC0415 - loaded with the doctor

        misfit = weight(diagnosis.judgement) + sum(1 + entry.change.doubt for entry in diagnosis.changes)
        if misfit >= _MISFIT:
            others = [pair for pair in self._operations if pair[1] is not answer.match.operation]
            known = candidates(others)
            other = better_fit(known, value, misfit, judge_of=self._judge_of, weigh=weight)
            if other is not None:
                told = [
                    each
                    for rule in rules.OPERATION_RULES
                    for each in rule.check(answer, other, merged(found))
                ]
                return told, value, judgement, changes
        return found, diagnosis.value, diagnosis.judgement, changes

    def _doctor_of(self, contract: Contract) -> Doctor:
        key = id(contract)
        if key not in self._doctors:
            from wireproof.diagnosis import Doctor  # noqa: PLC0415 - an answer without drift needs no doctor

            self._doctors[key] = Doctor(self._judge_of(contract))
        return self._doctors[key]
