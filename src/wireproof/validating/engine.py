"""The one adapter to the JSON Schema engines: a schema and a value in, faults out.

`jsonschema-rs` judges; `jsonschema`, the reference implementation, is the oracle that tests
and `--engine reference` compare it with.  What they disagree about is decided here, once:
formats are those of jsonschema-rs and of `FORMATS` for both, whatever else is installed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol

import jsonschema_rs

from wireproof.validating.paths import instance_path, schema_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from wireproof.contract import Schema
    from wireproof.validating.site import Path

__all__ = [
    "FORMATS",
    "NATIVE_FORMATS",
    "Engine",
    "FastEngine",
    "Fault",
    "InvalidSchemaError",
    "ReferenceEngine",
    "compiled",
    "matches_pattern",
]

_BACKTRACK_LIMIT = 200_000
_LIMITS = jsonschema_rs.FancyRegexOptions(
    backtrack_limit=_BACKTRACK_LIMIT, size_limit=2**22, dfa_size_limit=2**22
)
_UNDECIDED = frozenset({"BacktrackLimitExceeded", "RegexEngineFailure"})
_HOLDERS = frozenset(
    {"allOf", "anyOf", "dependentSchemas", "oneOf", "patternProperties", "prefixItems", "properties"}
)
_FURTHER_ITEMS = frozenset({"items", "unevaluatedItems"})
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
NATIVE_FORMATS = (
    *("date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname"),
    *("ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template"),
    *("json-pointer", "relative-json-pointer", "regex"),
)


def _is_base64(text: str) -> bool:
    return _BASE64.fullmatch(text) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {"byte": _is_base64}
"""Formats of OpenAPI that jsonschema-rs does not know by itself (`int32`, `int64` are bounds)."""


@dataclass(frozen=True, slots=True, eq=False)
class Fault:
    """One keyword that a value does not fit, as an engine reports it.

    `schema` is the very object that holds the keyword.  `branches` are, for `oneOf` and `anyOf`,
    the faults of each alternative; empty lists mean that several fit.  `undecided` means that a
    limit ended the check.
    """

    keyword: str
    path: Path
    schema: Schema
    branches: tuple[tuple[Fault, ...], ...] = ()
    undecided: bool = False

    def under(self, path: Path) -> Fault:
        """Return the fault as it is at a value's place in a whole answer."""
        branches = tuple(tuple(part.under(path) for part in branch) for branch in self.branches)
        return replace(self, path=(*path, *self.path), branches=branches)


class InvalidSchemaError(ValueError):
    """The schema itself is wrong: the path to the wrong value inside the compiled document."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


class Engine(Protocol):
    """A compiled schema."""

    def is_valid(self, value: Any) -> bool:
        """Return whether the value fits."""

    def faults(self, value: Any) -> list[Fault]:
        """Return every keyword that the value does not fit."""


class FastEngine:
    """jsonschema-rs: offline, formats checked, patterns bounded."""

    def __init__(self, document: Mapping[str, Schema]) -> None:
        self._document = document
        try:
            self._validator = jsonschema_rs.Draft202012Validator(
                dict(document),
                validate_formats=True,
                formats=dict(FORMATS),
                pattern_options=_LIMITS,
                offline=True,
            )
        except jsonschema_rs.ValidationError as error:
            raise InvalidSchemaError(error.message, instance_path(error, dict(document))) from error
        except (jsonschema_rs.ReferencingError, ValueError) as error:
            raise InvalidSchemaError(str(error), ()) from error

    def is_valid(self, value: Any) -> bool:
        """Return whether the value fits."""
        return self._validator.is_valid(value)

    def faults(self, value: Any) -> list[Fault]:
        """Return every keyword that the value does not fit."""
        return [self._fault(error, value) for error in self._validator.iter_errors(value)]

    def _fault(self, error: jsonschema_rs.ValidationError, value: Any) -> Fault:
        name = _kind(error)
        branches: Iterable[Iterable[jsonschema_rs.ValidationError]] = getattr(error.kind, "context", ())
        path = instance_path(error, value)
        keyword, schema = _broken_keyword(self._document, schema_path(error, self._document, path), name)
        return Fault(
            keyword,
            path,
            schema,
            tuple(tuple(self._fault(part, value) for part in branch) for branch in branches),
            undecided=name in _UNDECIDED,
        )


class ReferenceEngine:
    """jsonschema, with our formats: slower by far, and never judging by itself."""

    def __init__(self, document: Mapping[str, Schema]) -> None:
        self._document = document

    @cached_property
    def _validator(self) -> Any:
        import jsonschema  # noqa: PLC0415 - the reference is asked for by name

        checker = jsonschema.FormatChecker(formats=())
        for name in (*NATIVE_FORMATS, *FORMATS):
            checker.checks(name)(FastEngine({"format": name}).is_valid)
        extend: Any = jsonschema.validators.extend
        kind = extend(jsonschema.Draft202012Validator, {"propertyNames": _reference_property_names})
        return kind(dict(self._document), format_checker=checker)

    def is_valid(self, value: Any) -> bool:
        """Return whether the value fits."""
        return bool(self._validator.is_valid(value))

    def faults(self, value: Any) -> list[Fault]:
        """Return every keyword that the value does not fit."""
        return [self._fault(error) for error in self._validator.iter_errors(value)]

    def _fault(self, error: Any) -> Fault:
        grouped: dict[int, list[Fault]] = {}
        if error.validator in {"oneOf", "anyOf"}:
            grouped = {index: [] for index in range(len(error.validator_value))}
            for part in error.context or ():
                grouped[part.schema_path[0]].append(self._fault(part))
        branches = tuple(tuple(grouped[index]) for index in sorted(grouped))
        return Fault(error.validator or "false", tuple(error.absolute_path), error.schema, branches)


def _reference_property_names(validator: Any, rule: Schema, value: Any, _schema: Schema) -> Iterator[Any]:
    """Yield one error for each member name that a rule does not admit."""
    import jsonschema  # noqa: PLC0415 - the reference is asked for by name

    for name in value if isinstance(value, dict) else ():
        if not validator.evolve(schema=rule).is_valid(name):
            yield jsonschema.ValidationError("a member's name does not fit")


@cache
def _pattern(pattern: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=_LIMITS, offline=True)


def matches_pattern(pattern: str, text: str) -> bool:
    """Return whether an ECMA-262 pattern is found in the text, read as the engine reads it.

    True also where a limit ended the search: the text may match.
    """
    engine = _pattern(pattern)
    return engine.is_valid(text) or any(_kind(error) in _UNDECIDED for error in engine.iter_errors(text))


def _kind(error: jsonschema_rs.ValidationError) -> str:
    return type(error.kind).__name__.rpartition("_")[2]


def _broken_keyword(
    document: Mapping[str, Schema], path: Iterable[str | int], kind: str
) -> tuple[str, Schema]:
    """Return the keyword that an error is about, and the schema object that holds it.

    A schema `false` is its own keyword, save where it forbids further items.  All that is wrong
    with the name of a member is `propertyNames`.
    """
    tokens = list(path)
    objects: list[Any] = [document]
    for token in tokens:
        objects.append(objects[-1][token])
    if kind == "PropertyNames":
        holders = [objects[index] for index, name in enumerate(tokens) if name == "propertyNames"]
        return "propertyNames", holders[-1] if holders else objects[-2]
    if kind != "FalseSchema":
        return str(tokens[-1]), objects[-2]
    if len(tokens) > 1 and tokens[-2] in _HOLDERS:
        return "false", objects[-3]
    if tokens and tokens[-1] in _FURTHER_ITEMS:
        return str(tokens[-1]), objects[-2]
    return "false", objects[-2] if tokens else document


def compiled(document: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """Return a compiled document; patterns run in linear time wherever they can."""
    given: dict[str, Any] = {"validate_formats": True, "formats": dict(FORMATS), "offline": True}
    try:
        linear = jsonschema_rs.RegexOptions()
        return jsonschema_rs.Draft202012Validator(dict(document), pattern_options=linear, **given)
    except (jsonschema_rs.ValidationError, ValueError):
        bounded = jsonschema_rs.FancyRegexOptions(backtrack_limit=_BACKTRACK_LIMIT)
        return jsonschema_rs.Draft202012Validator(dict(document), pattern_options=bounded, **given)
