"""What the versions of OpenAPI disagree about, as a table.

Sources: OpenAPI 3.0.4 (Schema Object; Reference Object), 3.1.1 (section 4.8.24, JSON Schema
2020-12), 3.2.0 (Path Item Object: `query`, `additionalOperations`).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DIALECTS", "Dialect", "dialect_of"]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one version of OpenAPI writes schemas and operations."""

    version: str
    methods: tuple[str, ...] = _METHODS
    nullable: bool = False
    """Whether `nullable: true` admits null."""
    boolean_exclusive: bool = False
    """Whether `exclusiveMinimum: true` makes `minimum` exclusive."""
    content_keywords: bool = True
    """Whether `contentEncoding` says something."""
    reference_siblings: bool = True
    """Whether keywords beside a `$ref` count."""


DIALECTS = {
    "3.0": Dialect(
        "3.0", nullable=True, boolean_exclusive=True, content_keywords=False, reference_siblings=False
    ),
    "3.1": Dialect("3.1"),
    "3.2": Dialect("3.2", methods=(*_METHODS, "query")),
}


def dialect_of(version: object) -> Dialect | None:
    """Return the dialect of an `openapi` field such as `3.0.3`, or None if it is not known."""
    if not isinstance(version, str):
        return None
    return DIALECTS.get(".".join(version.split(".")[:2]))
