"""Every rule of lint: its id, severity, the objects it looks at, and its check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.finding import Severity
from wireproof.lint import (
    access,
    documents,
    extensions,
    keywords,
    lifecycle,
    operations,
    patterns,
    samples,
    schemas,
    structure,
    unions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wireproof.lint.defect import Note
    from wireproof.lint.outline import Item, Outline

__all__ = ["ANY", "CHECKS", "UNREADABLE", "UNUSABLE", "Check"]

ANY: tuple[str, ...] = ()
"""Objects of every kind."""
UNREADABLE = "unreadable"
"""The rule of a document that cannot be read at all."""
UNUSABLE = "unusable"
"""The rule of a document that reads, and of which no contract can be made."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: what it looks for in which kinds of object; a note may carry another severity."""

    rule: str
    severity: Severity
    kinds: tuple[str, ...]
    find: Callable[[Item, Outline], Iterable[Note]]

    @property
    def summary(self) -> str:
        """Return what the rule looks for, as a sentence."""
        first = (self.find.__doc__ or "").partition("\n")[0].removeprefix("Yield ")
        return first[:1].upper() + first[1:]


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_DOCUMENT, _OPERATION, _SCHEMA = ("document",), ("operation",), ("schema",)
_SHOWING = ("schema", "parameter", "header", "media-type")

CHECKS = (
    # what OpenAPI itself forbids
    Check("field-invalid", _E, ANY, structure.field_faults),
    Check("null-value", _E, ANY, documents.null_value),
    Check("reference-broken", _E, ANY, documents.reference_broken),
    Check("reference-siblings", _W, ANY, keywords.reference_siblings),
    # the document
    Check("title-empty", _W, ("info",), documents.title_empty),
    Check("description-empty", _I, ANY, documents.description_empty),
    Check("server-missing", _I, _DOCUMENT, documents.server_missing),
    Check("server-variable", _E, ("server",), documents.server_variable),
    Check("tag-duplicate", _E, _DOCUMENT, documents.tag_duplicate),
    Check("tag-parent", _E, ("tag",), documents.tag_parent),
    Check("tag-undeclared", _I, _OPERATION, documents.tag_undeclared),
    Check("component-unused", _I, ANY, documents.component_unused),
    # operations
    Check("operation-id-missing", _W, _OPERATION, operations.operation_id_missing),
    Check("operation-id-duplicate", _E, _DOCUMENT, operations.operation_id_duplicate),
    Check("success-response-missing", _W, _OPERATION, operations.success_response_missing),
    Check("error-response-missing", _W, _OPERATION, operations.error_response_missing),
    Check("status-unquoted", _I, _OPERATION, operations.status_unquoted),
    Check("path-parameter-undeclared", _E, _DOCUMENT, operations.path_parameter_undeclared),
    Check("path-parameter-unused", _E, _DOCUMENT, operations.path_parameter_unused),
    Check("path-parameter-optional", _E, ("parameter",), operations.path_parameter_optional),
    Check("path-template-invalid", _E, _DOCUMENT, operations.path_template_invalid),
    Check("path-template-duplicate", _E, _DOCUMENT, operations.path_template_duplicate),
    Check("parameter-duplicate", _E, ("operation", "path-item"), operations.parameter_duplicate),
    Check("media-type-invalid", _W, ("media-type",), operations.media_type_invalid),
    # who may call
    Check("authorization-as-parameter", _W, _DOCUMENT, access.authorization_as_parameter),
    Check("header-parameter-ignored", _W, ("parameter",), access.header_parameter_ignored),
    Check("security-scheme-unknown", _E, ("document", "operation"), access.security_scheme_unknown),
    Check("security-scope-unknown", _W, ("document", "operation"), access.security_scope_unknown),
    Check("security-scheme-unregistered", _W, ("security-scheme",), access.security_text),
    # the keywords of one schema
    Check("keyword-unknown", _W, _SCHEMA, keywords.keyword_unknown),
    Check("keyword-too-new", _E, _SCHEMA, keywords.keyword_too_new),
    Check("keyword-too-old", _W, _SCHEMA, keywords.keyword_too_old),
    Check("keyword-invalid", _E, _SCHEMA, keywords.keyword_invalid),
    Check("keyword-without-effect", _W, _SCHEMA, keywords.keyword_without_effect),
    Check("type-unknown", _E, _SCHEMA, keywords.type_unknown),
    Check("format-unknown", _I, _SCHEMA, keywords.format_unknown),
    Check("pattern-invalid", _E, _SCHEMA, patterns.pattern_invalid),
    Check("pattern-costly", _W, _SCHEMA, patterns.pattern_costly),
    Check("schema-dialect", _W, ("document", "schema"), keywords.schema_dialect),
    # what they say together
    Check("required-unknown", _W, _SCHEMA, schemas.required_unknown),
    Check("required-misplaced", _E, _SCHEMA, schemas.property_typo),
    Check("enum-duplicate", _W, _SCHEMA, schemas.enum_duplicate),
    Check("enum-empty", _W, _SCHEMA, schemas.enum_empty),
    Check("bounds-contradict", _E, _SCHEMA, schemas.bounds_contradict),
    Check("access-contradicts", _W, _SCHEMA, schemas.access_contradicts),
    Check("items-missing", _W, _SCHEMA, schemas.items_missing),
    Check("discriminator-property", _W, _SCHEMA, unions.discriminator_property),
    Check("discriminator-mapping", _E, _SCHEMA, unions.discriminator_mapping),
    Check("alternatives-alike", _I, _SCHEMA, unions.alternatives_alike),
    Check("example-mismatch", _E, _SHOWING, samples.example_mismatch),
    Check("default-mismatch", _E, _SCHEMA, samples.default_mismatch),
    Check("enum-mismatch", _W, _SCHEMA, samples.enum_mismatch),
    Check("sample-unjudged", _W, _SHOWING, samples.sample_unjudged),
    # our own extensions
    Check("extension-invalid", _E, ANY, extensions.extension_invalid),
    Check("extension-misspelt", _W, ANY, extensions.extension_misspelt),
    Check("extension-misplaced", _W, ANY, extensions.extension_misplaced),
    Check("lifecycle-place-unknown", _E, _OPERATION, lifecycle.lifecycle_place_unknown),
    Check("lifecycle-state-repeated", _E, _OPERATION, lifecycle.lifecycle_state_repeated),
    Check("lifecycle-state-unknown", _W, _OPERATION, lifecycle.lifecycle_state_unknown),
    Check("lifecycle-state-missing", _W, _OPERATION, lifecycle.lifecycle_state_missing),
    Check("lifecycle-success-impossible", _E, _OPERATION, lifecycle.lifecycle_success_impossible),
    Check("lifecycle-encoding-mismatch", _W, _OPERATION, lifecycle.lifecycle_encoding_mismatch),
    Check("lifecycle-request-unknown", _E, _OPERATION, lifecycle.lifecycle_request_unknown),
)
