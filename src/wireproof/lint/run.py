"""One contract in, its defects out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.errors import ContractError
from wireproof.finding import Severity
from wireproof.lint.defect import Defect, defect_of, from_error
from wireproof.lint.outline import Item, Outline
from wireproof.lint.table import CHECKS, UNREADABLE, UNUSABLE
from wireproof.openapi import Library, build_contract, dialect_of, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.openapi import Document, Reader

__all__ = ["lint", "lint_bytes", "unread"]

_GENERAL = frozenset({"field-invalid", "keyword-invalid"})
_PRECISE = frozenset({
    "null-value", "path-parameter-optional", "reference-siblings", "required-misplaced",
    "security-scheme-unknown", "server-variable",
})  # fmt: skip
"""Rules that say better what a general one also finds at the same place."""


def lint_bytes(name: str, data: bytes, read: Reader | None = None) -> tuple[Defect, ...]:
    """Return the defects of a document given as bytes; one that cannot be read is one defect."""
    try:
        document = read_document(name, data)
    except ContractError as error:
        return (unread(name, error),)
    return lint(document, read)


def unread(name: str, error: ContractError) -> Defect:
    """Return the defect of a document that cannot be read, as the error tells it."""
    return from_error(UNREADABLE, error, file=name)


def lint(document: Document, read: Reader | None = None) -> tuple[Defect, ...]:
    """Return the defects of a contract, by file and line.

    `read` returns the bytes of a file beside the contract (see `Library`); nothing else is read,
    and nothing is fetched.
    """
    version = document.value.get("openapi") if isinstance(document.value, dict) else None
    dialect = dialect_of(version)
    if dialect is None:
        return tuple(_unusable(document, read, UNREADABLE))
    outline = Outline(Library(document, read), dialect)
    found = dict.fromkeys(defect for item in outline.items for defect in _checked(item, outline))
    defects = list(_once(found))
    if not any(defect.severity is Severity.ERROR for defect in defects):
        defects += _unusable(document, read, UNUSABLE)
    return tuple(sorted(defects, key=lambda defect: defect.order))


def _checked(item: Item, outline: Outline) -> Iterator[Defect]:
    for check in CHECKS:
        if not check.kinds or item.kind in check.kinds:
            for note in check.find(item, outline):
                yield defect_of(check.rule, check.severity, note)


def _once(defects: Iterable[Defect]) -> Iterator[Defect]:
    """Yield the defects, without general ones where a precise rule speaks of the same place."""
    told = {(defect.file, defect.pointer) for defect in defects if defect.rule in _PRECISE}
    for defect in defects:
        if defect.rule not in _GENERAL or (defect.file, defect.pointer) not in told:
            yield defect


def _unusable(document: Document, read: Reader | None, rule: str) -> list[Defect]:
    """Return what keeps a contract from being made of a document, if anything does."""
    try:
        build_contract(document, provider="", read=read)
    except ContractError as error:
        return [from_error(rule, error, file=document.name)]
    return []
