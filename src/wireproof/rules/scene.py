"""What a rule of meaning is given: an answer, the tasks read from it, and what shape rules said already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.lifecycle.pointers import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wireproof.finding import Finding, Place, Severity
    from wireproof.lifecycle import FieldRecord, Lifecycle, Reading, TaskRecord
    from wireproof.lifecycle.pointers import Pointer
    from wireproof.rules.rule import Answer, Rule

__all__ = ["Field", "HistoryRule", "MeaningRule", "Scene"]

_SHAPES = frozenset({
    "constraint-violated", "enum-value-unknown", "format-violated", "null-not-allowed", "required-missing",
    "type-changed", "union-unmatched",
})  # fmt: skip
"""Rules of the family *shape* that say that a value is not what its schema promises."""

_CHANGES = frozenset({
    "array-unwrapped", "array-wrapped", "envelope-added", "envelope-removed", "field-moved", "field-renamed",
})  # fmt: skip


class Field(NamedTuple):
    """One value whose schema says what it means: a unit, a format, a media type.

    `schema` is the object that says so; `pointer` has `*` for array indexes and free keys.
    """

    pointer: str
    path: tuple[str | int, ...]
    value: Any
    schema: dict[str, Any]


class Scene(NamedTuple):
    """One answer as a rule of meaning sees it.

    `value` is the body with changes of structure undone.  `lifecycle` is that of its shape and
    `readings` are the tasks in it, both only for an answer of success.  `found` are the findings
    so far, those of meaning rules asked before included.
    """

    answer: Answer
    value: Any
    success: bool
    lifecycle: Lifecycle | None
    readings: tuple[Reading, ...]
    fields: tuple[Field, ...]
    found: tuple[Finding, ...]

    def at(self, pointer: str, *rules: str) -> tuple[Finding, ...]:
        """Return the findings at a place of the body: of some rules, or of all."""
        if not self.found:
            return ()
        return tuple(
            finding
            for finding in self.found
            if finding.location.part == "body"
            and finding.location.pointer == pointer
            and (not rules or finding.rule in rules)
        )

    def shapes_at(self, pointer: str) -> tuple[Finding, ...]:
        """Return what shape rules say of a value."""
        return self.at(pointer, *_SHAPES)

    def rejected(self, pointer: str) -> bool:
        """Return whether a value, or one that it lies in, is not as promised, or has changed its place."""
        for finding in self.found:
            where = finding.location
            other = "" if finding.rule == "envelope-added" else where.to or ""
            ends = {where.pointer, other} - {""}
            if finding.rule in _SHAPES and where.part == "body" and _under(pointer, where.pointer):
                return True
            if finding.rule in _CHANGES and any(_under(pointer, end) for end in ends):
                return True
        return False

    def shown(self, value: Any, pointer: str) -> str:
        """Return a value as a report may show it."""
        return self.answer.display.described(value, key=pointer.rpartition("/")[2])

    def lifecycle_place(self, member: str) -> Place | None:
        """Return the contract's line about a member of the lifecycle."""
        return self.lifecycle.place(member) if self.lifecycle else None

    def finding(
        self,
        rule: Rule,
        pointer: str | Pointer,
        *,
        promised: str,
        observed: str,
        mend: str,
        kind: str,
        contract: Place | None,
        message: str | None = None,
        to: str | None = None,
        severity: Severity | None = None,
        absorbs: tuple[Finding, ...] = (),
    ) -> Finding:
        """Return a finding of `rule` at a place of the body, seen once; it absorbs others by value."""
        place = pointer if isinstance(pointer, str) else text_of(pointer)
        parts = {(part.rule, part.location): part for part in absorbs}
        made = self.answer.finding(
            rule,
            part="body",
            pointer=place,
            promised=promised,
            observed=observed,
            mend=mend,
            kind=kind,
            contract=contract,
            message=message,
            severity=severity,
            absorbs=tuple(parts.values()),
        )
        return made if to is None else replace(made, location=replace(made.location, to=to))


def _under(pointer: str, holder: str) -> bool:
    return pointer == holder or pointer.startswith(f"{holder}/")


class MeaningRule(NamedTuple):
    """A rule about what an answer means.

    `needs` names the parts of a lifecycle without which it has nothing to check.
    """

    rule: Rule
    check: Callable[[Scene], Iterator[Finding]]
    needs: frozenset[str] = frozenset()


class HistoryRule(NamedTuple):
    """A rule about many answers: about each task, or about each field, that was kept."""

    rule: Rule
    task: Callable[[TaskRecord], Iterator[Finding]] | None = None
    field: Callable[[FieldRecord], Iterator[Finding]] | None = None
    needs: frozenset[str] = frozenset()
