"""A page's claims sorted by what they speak of: which fields, parameters and examples belong together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import (
    AuthorizationClaim,
    CallClaim,
    ExampleClaim,
    FieldClaim,
    OperationClaim,
    ParameterClaim,
    StatementClaim,
    ValuesClaim,
)
from wireproof.claims.listing import shape_of
from wireproof.claims.phrases import unit_in
from wireproof.claims.titles import marked_title
from wireproof.proofreading.nearby import Nearby

if TYPE_CHECKING:
    from collections.abc import Callable

    from wireproof.claims.claim import Page, Path, Scope
    from wireproof.claims.listing import Shape
    from wireproof.proofreading.nearby import Placed

__all__ = [
    "Scene",
    "Sheet",
    "is_bare",
    "is_failure",
    "is_ok",
    "member_of",
    "named_keys",
    "same_place",
    "sheet_of",
    "stands_apart",
]

_Key = tuple[str, str, str, bool]
_OK: Final = frozenset({"", "success"})
_SUCCESS_KEYS: Final = frozenset({"success", "ok", "succeeded", "issuccess", "is_success"})
_STATUS_KEYS: Final = frozenset({"code", "status", "statuscode", "status_code", "errcode", "error_code"})
_CODE_KEYS: Final = frozenset({"code", "errcode", "errorcode", "error_code", "err_code", "ret", "retcode"})
_ENVELOPE: Final = _CODE_KEYS | frozenset(
    "msg message errmsg errormsg error_msg error_message err_msg success status data result "
    "request_id requestid trace_id traceid timestamp log_id".split()
)
"""Names around an answer's content, or in its place."""
_FIRST: Final = 60
"""Examples of a page among which the home of a name is looked for."""
_FAILURES: Final = (400, 599)
_ERROR_KEYS: Final = frozenset({"error", "errors", "detail", "error_code", "error_message", "errcode"})


@dataclass(slots=True)
class Sheet:
    """The claims of one page by kind, in the order of their lines."""

    page: Page
    operations: list[OperationClaim] = field(default_factory=list)
    parameters: list[ParameterClaim] = field(default_factory=list)
    fields: list[FieldClaim] = field(default_factory=list)
    examples: list[ExampleClaim] = field(default_factory=list)
    calls: list[CallClaim] = field(default_factory=list)
    values: list[ValuesClaim] = field(default_factory=list)
    statements: list[StatementClaim] = field(default_factory=list)
    authorizations: list[AuthorizationClaim] = field(default_factory=list)
    explained: dict[frozenset[str], list[Scene]] = field(default_factory=dict)
    _shapes: list[tuple[ExampleClaim, Shape]] = field(default_factory=list)
    _members: list[FieldClaim] = field(default_factory=list)
    _documented: frozenset[Path] = frozenset()
    _near_examples: Nearby[ExampleClaim] | None = None
    _named: dict[str, list[FieldClaim]] = field(default_factory=dict)
    _near_members: dict[str, Nearby[FieldClaim]] = field(default_factory=dict)
    _wholes: list[StatementClaim] | None = None
    _below: dict[Path, list[FieldClaim]] = field(default_factory=dict)
    _homes: dict[Path | str, bool] = field(default_factory=dict)

    def examples_near(self, one: Placed) -> list[ExampleClaim]:
        """Return the examples that may be of one operation with a claim."""
        if self._near_examples is None:
            self._near_examples = Nearby(self.examples)
        return self._near_examples.to(one)

    def members_named(self, name: str, one: Placed) -> list[FieldClaim]:
        """Return the members of a name that may be of one operation with a claim."""
        if not self._near_members:
            named: dict[str, list[FieldClaim]] = {}
            for claim in self.members():
                named.setdefault(claim.name, []).append(claim)
            self._near_members = {key: Nearby(claims) for key, claims in named.items()}
        found = self._near_members.get(name)
        return found.to(one) if found is not None else []

    def fields_of(self, name: str) -> list[FieldClaim]:
        """Return every field of a name."""
        if not self._named:
            for claim in self.fields:
                self._named.setdefault(claim.name, []).append(claim)
        return self._named.get(name, [])

    def wholes(self) -> list[StatementClaim]:
        """Return the sentences that call a list of fields all there is."""
        if self._wholes is None:
            self._wholes = [claim for claim in self.statements if claim.kind == "whole"]
        return self._wholes

    def fields_below(self, holder: Path) -> list[FieldClaim]:
        """Return the members of an object that fields are listed of."""
        if not self._below:
            for claim in self.fields:
                self._below.setdefault(claim.path[:-1], []).append(claim)
        return self._below.get(holder, [])

    def shows(self, what: Path | str, asked: Callable[[Any], bool]) -> bool:
        """Return whether one of the first examples answers a question, which is asked once a page."""
        known = self._homes.get(what)
        if known is None:
            known = self._homes[what] = any(asked(one.value) for one in self.examples[:_FIRST])
        return known

    def members(self) -> list[FieldClaim]:
        """Return the fields, and the parameters without a place as fields of the request's body."""
        if not self._members:
            self._members = [*self.fields, *(member_of(one) for one in self.parameters if not one.location)]
        return self._members

    def documented(self) -> frozenset[Path]:
        """Return the path of every field, without the steps into lists."""
        if not self._documented:
            self._documented = frozenset(named_keys(claim.path) for claim in self.fields)
        return self._documented

    def shapes(self) -> list[tuple[ExampleClaim, Shape]]:
        """Return each readable example with the names that it has at each level."""
        readable = [example for example in self.examples if example.readable]
        if len(self._shapes) != len(readable):
            self._shapes = [(example, shape_of([example.value])) for example in readable]
        return self._shapes

    def scenes(self) -> list[Scene]:
        """Return each body that the page describes or shows: what one side of one operation carries."""
        found: dict[_Key, Scene] = {}
        for field_claim in self.fields:
            _scene_of(found, field_claim.scope).fields.append(field_claim)
        for example in self.examples:
            _scene_of(found, example.scope).examples.append(example)
        return list(found.values())


@dataclass(slots=True)
class Scene:
    """One body: its documented fields and its examples.  `kind` is `ok`, or the status of an error.

    `called_back` tells that the provider sends it by itself.
    """

    operation: str
    side: str
    kind: str
    called_back: bool = False
    fields: list[FieldClaim] = field(default_factory=list)
    examples: list[ExampleClaim] = field(default_factory=list)
    _roots: frozenset[str] | None = None

    def roots(self) -> frozenset[str]:
        """Return the names at the root of what is documented."""
        if self._roots is None:
            self._roots = frozenset(claim.path[0] for claim in self.documented if claim.path)
        return self._roots

    @property
    def documented(self) -> list[FieldClaim]:
        """Return the fields that a list, table or document names, not a passing sentence."""
        return [claim for claim in self.fields if claim.listed]


def _scene_of(found: dict[_Key, Scene], scope: Scope) -> Scene:
    key = (scope.operation, scope.side or "response", _kind(scope.status), scope.called_back)
    return found.setdefault(key, Scene(*key))


def member_of(one: ParameterClaim) -> FieldClaim:
    """Return a parameter as a field at the top of the request's body."""
    return FieldClaim(
        one.lines,
        one.scope,
        (one.name,),
        one.types,
        written=one.written,
        required=one.required,
        enum=one.enum,
        unit=unit_in(one.description),
        example=one.example,
        default=one.default,
        description=one.description,
        listed=one.lines.first,
        bounds=one.bounds,
    )


def sheet_of(page: Page) -> Sheet:
    """Return the page's claims by kind."""
    sheet = Sheet(page)
    homes: dict[type, list[Any]] = {
        OperationClaim: sheet.operations,
        ParameterClaim: sheet.parameters,
        FieldClaim: sheet.fields,
        ExampleClaim: sheet.examples,
        CallClaim: sheet.calls,
        ValuesClaim: sheet.values,
        StatementClaim: sheet.statements,
        AuthorizationClaim: sheet.authorizations,
    }
    for claim in page.claims:
        homes[type(claim)].append(claim)
    return sheet


def is_failure(example: ExampleClaim, names: frozenset[str]) -> bool:
    """Return whether an example without a status shows an error.

    Keys that nothing documents tell it, or a value: `"code": 404`, `"success": false`.
    """
    if example.scope.status not in _OK or not isinstance(example.value, dict):
        return False
    if any(_says_failure(key.lower(), value) for key, value in example.value.items()):
        return True
    strangers = {key.lower() for key in example.value if key not in names}
    return bool(strangers & _ERROR_KEYS) and len(names & set(example.value)) < len(strangers) + 1


def is_bare(example: ExampleClaim, scene: Scene) -> bool:
    """Return whether an example is only the envelope of an answer, where another one has content too."""
    return _only_envelope(example.value) and any(
        isinstance(other.value, dict) and not _only_envelope(other.value)
        for other in scene.examples
        if other.readable
    )


def _only_envelope(value: Any) -> bool:
    if not isinstance(value, dict) or _CODE_KEYS.isdisjoint(map(str.lower, value)):
        return False
    return all(
        key.lower() in _ENVELOPE and not (isinstance(inner, dict | list) and inner)
        for key, inner in value.items()
    )


def _says_failure(key: str, value: Any) -> bool:
    if isinstance(value, bool):
        return key in _SUCCESS_KEYS and not value
    return key in _STATUS_KEYS and isinstance(value, int) and _FAILURES[0] <= value <= _FAILURES[1]


def stands_apart(example: ExampleClaim, scene: Scene) -> bool:
    """Return whether an example stands below a title of its own that announces no example of this body.

    It does where the list has another example below its own title.
    """
    listed = {claim.scope.section for claim in scene.documented}
    begun = min((claim.lines.first for claim in scene.documented), default=0)

    def announced(one: ExampleClaim) -> bool:
        titled = one.scope.status or marked_title(one.scope.section).roles
        return one.scope.section in listed or bool(titled)

    return not announced(example) and any(
        announced(other) and (other.lines.first > begun or other.scope.status) for other in scene.examples
    )


def same_place(left: Scope, right: Scope) -> bool:
    """Return whether two scopes may speak of the same body."""
    return (
        left.called_back == right.called_back
        and (not left.operation or not right.operation or left.operation == right.operation)
        and (not left.side or not right.side or left.side == right.side)
        and (_kind(left.status) == _kind(right.status) or not left.status or not right.status)
    )


def is_ok(scope: Scope) -> bool:
    """Return whether a scope is that of an answer that is no error."""
    return _kind(scope.status) == "ok"


def _kind(status: str) -> str:
    return "ok" if status in _OK or status.startswith("2") else status


def named_keys(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the names on a path, without the steps into lists."""
    return tuple(key for key in path if isinstance(key, str) and key != "*")
