"""What a page claims: values, each with the lines that it was read from.

Nothing here reads; a layout makes claims, and a judge compares them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Artefact",
    "AuthorizationClaim",
    "Bound",
    "CallClaim",
    "Claim",
    "Document",
    "ExampleClaim",
    "FieldClaim",
    "Ground",
    "Lines",
    "OperationClaim",
    "Page",
    "ParameterClaim",
    "Part",
    "Path",
    "Repair",
    "Scope",
    "StatementClaim",
    "Unread",
    "Value",
    "ValuesClaim",
]

Path = tuple[str, ...]
"""Keys from the root of a body to a field; the element of an array is `*`."""


@dataclass(frozen=True, slots=True, order=True)
class Lines:
    """A run of lines of the page, counted from 1, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return `12`, or `12-15`."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def through(self, other: Lines) -> Lines:
        """Return the run from the earlier start to the later end."""
        return Lines(min(self.first, other.first), max(self.last, other.last))


class Ground(IntEnum):
    """On what it rests that two places of a page belong together, or that one is about something.

    `ASSUMED`: nothing on the page says so, it is only the likeliest reading.  `PLACED`: where it
    stands says so.  `STATED`: a title, a label or an endpoint line says so in words.
    """

    ASSUMED = 0
    PLACED = 1
    STATED = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the page below a heading that names a subject: the line, and the words that name it.

    A heading that only announces (`Response`, `Example`) begins no part; `announces` tells that it does
    so of its subject: `Task example`.  `acts` tells that the heading names an action or an operation
    (`Create a task`), which has a request and an answer of its own.
    """

    line: int
    words: frozenset[str] = frozenset()
    acts: bool = False
    announces: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What a claim is about, as far as the page's titles tell.

    `operation` is `GET /task/{id}`; on a page about several calls it is the title of the chapter where that
    names no operation, with the title in brackets where several chapters name the same one, and empty where
    the page tells nothing.  `side` is
    `request`, `response` or empty.  `status` is the HTTP status as titled (`200`, `4XX`,
    `default`), the word `success` or `error` where a title says only that, or empty.
    `section` is the nearest title above.  `called_back` tells that it stands below a title that speaks
    of what the provider sends by itself: a callback or webhook, which is another body.
    `parts` are the parts of the page that it stands in, from the outermost inwards; `begun` is the
    line that names the operation above it, 0 where the page has it elsewhere.  `sided` is on what
    the side rests.
    """

    operation: str = ""
    side: str = ""
    status: str = ""
    section: str = ""
    called_back: bool = False
    parts: tuple[Part, ...] = ()
    begun: int = 0
    sided: Ground = Ground.STATED


@dataclass(frozen=True, slots=True)
class Bound:
    """How small or large something may be: `of` is `value`, `length` (in characters) or `items`.

    `loose` tells that the words around it name a condition, so that another one may hold elsewhere.
    """

    of: str
    low: float | None
    high: float | None
    written: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class OperationClaim:
    """The page names a method and a path; `server` is the base URL where one was written."""

    lines: Lines
    scope: Scope
    method: str
    path: str
    title: str = ""
    server: str = ""

    @property
    def key(self) -> str:
        """Return the name that the scopes of other claims use, `GET /task/{id}` as a rule."""
        return self.scope.operation or f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class ParameterClaim:
    """A parameter outside the body.

    `location` is `path`, `query`, `header`, `cookie`, or empty where the page does not say.
    `types` are JSON type names, empty where none was claimed; `written` is the type as written.
    """

    lines: Lines
    scope: Scope
    name: str
    location: str = ""
    types: tuple[str, ...] = ()
    written: str = ""
    required: bool | None = None
    enum: tuple[Any, ...] = ()
    example: str | None = None
    default: str | None = None
    description: str = ""
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldClaim:
    """A field of a request or response body.

    `items` are the types of an array's elements.  `count` is the number of properties that the
    page says it has (`object {17}`).  `settled` is False where the layout does not show the
    level, so that the path is the likeliest reading and no claim.  `listed` is the first line
    of the list or table that names the field: fields of one list belong together.  `sketched`
    tells that code or a sketch of the body names it, which does not say that it always comes.  `bounds` are
    those that a schema states by its keywords; what a description says is read where it is compared.
    """

    lines: Lines
    scope: Scope
    path: Path
    types: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    written: str = ""
    required: bool | None = None
    nullable: bool | None = None
    enum: tuple[Any, ...] = ()
    format: str = ""
    unit: str = ""
    count: int | None = None
    example: str | None = None
    default: str | None = None
    description: str = ""
    settled: bool = True
    listed: int = 0
    sketched: bool = False
    bounds: tuple[Bound, ...] = ()

    @property
    def name(self) -> str:
        """Return the last key of the path that is no array element."""
        return next((key for key in reversed(self.path) if key != "*"), "")


@dataclass(frozen=True, slots=True)
class Repair:
    """What had to be mended on one line before an example could be read.

    `kind` is `habit` for what writers put into examples on purpose (comments, placeholders,
    alternatives), `loose` for what programming languages allow and JSON does not, and `fault` for a slip.
    """

    line: int
    what: str
    kind: str = "fault"


@dataclass(frozen=True, slots=True)
class ExampleClaim:
    """A body that the page shows.

    `value` is the body as read after the `repairs`; `readable` is False where nothing could be
    read, `complete` is False where the text ends too early.  `elided` are the paths at which
    the page itself leaves something out (`...`).  `at` maps a path (keys and indices) to its line.
    """

    lines: Lines
    scope: Scope
    text: str
    value: Any = None
    readable: bool = True
    complete: bool = True
    repairs: tuple[Repair, ...] = ()
    elided: tuple[tuple[str | int, ...], ...] = ()
    at: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class CallClaim:
    """A sample call (curl or raw HTTP): its method, URL, header names and values, and body.

    `form` are the names that a body sends which is no JSON (`-F`, `-d name=value`).
    """

    lines: Lines
    scope: Scope
    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    form: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a list, the words that explain it, and its line."""

    value: Any
    meaning: str
    line: int


@dataclass(frozen=True, slots=True)
class ValuesClaim:
    """A list of the values of a field.

    `about` is the field's name as the page writes it, dotted where the path is known, and empty
    where the page does not say.  `complete` is False for examples ("e.g. …") and single values.
    `text` is what was read of them, with all that stands around it in one description.
    """

    lines: Lines
    scope: Scope
    about: str
    values: tuple[Value, ...]
    complete: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class StatementClaim:
    """A sentence that says one checkable thing, most often about a field.

    `about` is the field's name, dotted where the path is known, or empty for the body.  By `kind`:

    - of a field: `unit`, `type`, `nullable`, `required`, `present` (it always comes), `format`,
      `bound` (a `Bound`);
      `value` (a tuple of values that it is named beside), `meaning` (one of them, and its words);
    - of numbers: `count` (members of the object), `states`, and `fields below`, `headers below`,
      `parameters below`, `states below`, of the list that the sentence announces;
    - of the body: `list` (it is one), `envelope` (`about` is the key around it, empty where the page tells
      none), `whole` (all listed fields always come);
    - of the page: `moments` (format and unit of all times), `method` (`about` is the path), `media` (the
      content type of requests).
    """

    lines: Lines
    scope: Scope
    about: str
    kind: str
    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class AuthorizationClaim:
    """How a caller proves who it is.

    `scheme` is `bearer`, `basic`, `api-key` or `none`; `name` is the header, query parameter or
    cookie that carries it, `location` which of them.  `none` is not `required` for the whole operation, or
    only for one thing done with it (`required` is None).  `source` is `prose` or `security` (an
    OpenAPI document); parameters and sample calls are claims of their own.
    """

    lines: Lines
    scope: Scope
    scheme: str
    name: str
    location: str
    source: str
    required: bool | None = None


Claim = (
    OperationClaim
    | ParameterClaim
    | FieldClaim
    | ExampleClaim
    | CallClaim
    | ValuesClaim
    | StatementClaim
    | AuthorizationClaim
)
"""Any claim."""


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document inside the page: its text (indentation removed), value and lines.

    `at` maps a path of keys and indices to the line of the page.
    """

    lines: Lines
    text: str
    value: Any
    at: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Artefact:
    """A trace of copying or translating, told once a page: its kind, how often, the first line."""

    kind: str
    count: int
    line: int


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, and why.

    `passed_over` tells that nothing is lost by it: a row of a table that is no field's.
    """

    lines: Lines
    reason: str
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says.

    `claims` stand in the order of their lines.  `artefacts` are traces of copying, `unread` what
    could not be read, `documents` the OpenAPI documents inside the page.  `silence` is empty, or
    says why the page holds no documentation.  `mentioned` are the names that its sentences and
    titles write as code, and those in lists that are no field or parameter.
    """

    name: str
    title: str
    claims: tuple[Claim, ...]
    artefacts: tuple[Artefact, ...]
    unread: tuple[Unread, ...]
    documents: tuple[Document, ...]
    silence: str = ""
    mentioned: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Return whether all of the page was read."""
        return all(part.passed_over for part in self.unread)
