"""A quick and certain answer for the ordinary body: nothing is wrong, and nothing is undocumented.

A gate is one compiled schema: the closed copy of the promised one, with numbers that all parsers
read alike.  A body that passes has no site; one that does not may still be right, and the judge
decides.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.validating.closing import OpenError, closed
from wireproof.validating.engine import FastEngine, compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    import jsonschema_rs

    from wireproof.contract import Schema
    from wireproof.evidence.mould import Mould
    from wireproof.validating.applicable import Applicable

__all__ = ["Gate"]


class Gate:
    """Passes the bodies that fit a schema and hold no member that it does not name.

    `passes` is certain when True.  `certain` is False where the schema cannot be closed: then
    nothing passes.
    """

    def __init__(self, applicable: Applicable, schema: Schema) -> None:
        document = applicable.document(schema)
        applicable.engine(schema)  # a schema that is itself wrong is refused here
        try:
            copy, ambiguous = closed(document)
        except OpenError:
            self.certain = False
            self.passes: Callable[[Any], bool] = _never
            self.closed: jsonschema_rs.Draft202012Validator | None = None
            return
        self.certain = True
        self._document = document
        self.closed = compiled(copy)
        if ambiguous:
            inner, outer = FastEngine(document).is_valid, self.closed.is_valid
            self.passes = lambda value: outer(value) and inner(value)
        else:
            self.passes = self.closed.is_valid

    @cached_property
    def mould(self) -> Mould | None:
        """Return what the same bodies are decoded by, where the schema is one that structs can have."""
        if not self.certain:
            return None
        from wireproof.validating.structs import moulded  # noqa: PLC0415 - only recordings are decoded so

        return moulded(closed(self._document, alone=True)[0])

    @cached_property
    def moulds(self) -> list[Mould]:
        """Return the same for each alternative, where the schema is one of several; else that one mould."""
        if self.mould is not None or not self.certain:
            return [self.mould] if self.mould is not None else []
        from wireproof.validating.alternatives import alternatives  # noqa: PLC0415 - as above
        from wireproof.validating.structs import moulded  # noqa: PLC0415 - as above

        made = [moulded(one) for one in alternatives(closed(self._document, alone=True)[0])]
        return [mould for mould in made if mould is not None]


def _never(_: Any) -> bool:
    return False
