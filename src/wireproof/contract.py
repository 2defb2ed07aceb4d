"""The promise: what an OpenAPI document says about answers, resolved and frozen.

A `Contract` is made by `wireproof.openapi`; nothing here reads or parses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from wireproof.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "Contract",
    "Operation",
    "PromisedBody",
    "PromisedHeader",
    "PromisedResponse",
    "Schema",
    "Schemas",
    "Text",
]

Schema = Any
"""A JSON Schema 2020-12: a mapping of keywords, or True or False."""


class Text(Protocol):
    """The text that a contract, or a part of it, was written in."""

    @property
    def name(self) -> str:
        """Return the file's name as its user would type it."""

    def line(self, pointer: str) -> int | None:
        """Return the line (from 1) of the member that a JSON Pointer names."""


@dataclass(frozen=True, slots=True, eq=False)
class Schemas:
    """Every schema of a contract in one dialect, JSON Schema 2020-12, and where each was written.

    `defs` maps a name to a schema; a `$ref` inside is `#/$defs/<name>`.  `written` maps the
    `id` of a schema object inside `defs` to the text and pointer it was written at: a schema
    that the conversion made up has those of the keyword that it was made from.  `words` are the
    short strings that the contract itself names (enum members, known values, states): the only
    strings of a capture that may be shown.
    """

    defs: Mapping[str, Schema]
    written: Mapping[int, tuple[Text, str]]
    words: frozenset[str] = frozenset()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the schemas again in another process, where objects have other ids."""
        alive: dict[int, Schema] = {}
        waiting = list(self.defs.values())
        while waiting:
            schema = waiting.pop()
            if id(schema) not in alive:
                alive[id(schema)] = schema
                children = schema.values() if isinstance(schema, dict) else schema
                waiting += children if isinstance(schema, dict | list) else ()
        known = [(alive[key], place) for key, place in self.written.items() if key in alive]
        return _schemas, (self.defs, known, self.words)

    def place(self, schema: Schema, keyword: str = "") -> Place | None:
        """Return where a schema of `defs`, or one keyword of it, was written; None if nowhere."""
        known = self.written.get(id(schema))
        if known is None:
            return None
        text, pointer = known
        if keyword and isinstance(schema, dict) and keyword in schema:
            line = text.line(f"{pointer}/{keyword}")
            if line is not None:
                return Place(text.name, f"{pointer}/{keyword}", line)
        return Place(text.name, pointer, text.line(pointer))


def _schemas(
    defs: Mapping[str, Schema], known: Iterable[tuple[Schema, tuple[Text, str]]], words: frozenset[str]
) -> Schemas:
    return Schemas(defs, {id(schema): place for schema, place in known}, words)


@dataclass(frozen=True, slots=True)
class PromisedBody:
    """One media type of a response: `application/json`, a range such as `text/*`, or `*/*`.

    `schema` is the name of its schema in `Schemas.defs`, or None where none is promised.
    """

    media_type: str
    schema: str | None


@dataclass(frozen=True, slots=True)
class PromisedHeader:
    """One response header: its name in lower case, whether it must come, its schema's name."""

    name: str
    required: bool
    schema: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class PromisedResponse:
    """The answer promised under one status key: `200`, `4XX` or `default`."""

    status: str
    bodies: tuple[PromisedBody, ...]
    headers: tuple[PromisedHeader, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path template.

    `servers` are the base URLs it answers under (absolute, or a path; templates allowed); an
    empty tuple means that the contract names none.  `lifecycle` is the operation's
    `x-task-lifecycle`, as written: one mapping for each shape of answer.  `text` is the text
    that the operation was written in.
    """

    provider: str
    id: str
    method: str
    path: str
    servers: tuple[str, ...]
    responses: tuple[PromisedResponse, ...]
    place: Place
    lifecycle: tuple[Mapping[str, Any], ...] = ()
    text: Text | None = field(default=None, repr=False, compare=False)

    def lifecycle_place(self, index: int, member: str) -> Place:
        """Return where a member of the lifecycle `index` is written: `states`, or `states/queued`."""
        whole = f"{self.place.pointer}/x-task-lifecycle"
        line = self.text.line if self.text else lambda _: None
        listed = len(self.lifecycle) > 1 or line(f"{whole}/{index}") is not None
        one = f"{whole}/{index}" if listed else whole
        for pointer in (f"{one}/{member}", one, whole):
            if (found := line(pointer)) is not None:
                return Place(self.place.file, pointer, found)
        return Place(self.place.file, f"{one}/{member}")

    def promised(self, status: int) -> PromisedResponse | None:
        """Return the response promised for an HTTP status: exact, then `4XX`, then `default`."""
        by_key = {response.status.upper(): response for response in self.responses}
        for key in (str(status), f"{status // 100}XX", "DEFAULT"):
            if key in by_key:
                return by_key[key]
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Contract:
    """One OpenAPI document, resolved.

    `provider` is the name its findings carry, `version` the document's `openapi` field,
    `file` the document's name as its user would type it.
    """

    provider: str
    title: str
    version: str
    file: str
    operations: tuple[Operation, ...]
    schemas: Schemas = field(repr=False)

    def __iter__(self) -> Iterator[Operation]:
        """Iterate over the operations, in document order."""
        return iter(self.operations)
