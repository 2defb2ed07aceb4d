"""The text of one provider's models module, written by datamodel-code-generator."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.codegen.source import ModelSource

__all__ = ["VERSION", "models_text"]

VERSION = "0.89.0"
"""The one version whose output `generated/` is compared with, byte for byte."""

_SETTINGS: dict[str, Any] = {
    "input_file_type": "openapi",
    "openapi_scopes": ["schemas"],
    "output_model_type": "pydantic_v2.BaseModel",
    "preset": "standard-py311-20261027",
    "target_pydantic_version": "2.11",
    "formatters": ["builtin"],
    "use_double_quotes": True,
    "extra_fields": "allow",
    "capitalise_enum_members": True,
    "use_schema_description": True,
    "use_field_description": True,
    "treat_dot_as_module": False,
    "strict_refs": True,
    "allow_remote_refs": False,
}

# Controls, zero-width and bidirectional marks, line separators, lone surrogates: what makes a source
# file read otherwise than it runs.  Listed, because what Python calls printable differs by version.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def models_text(source: ModelSource) -> tuple[str, dict[str, str]]:
    """Return the module's text, without a header comment, and the class name of each component.

    Raises ContractError where the generator cannot write the models, UsageError where it is
    not installed in the version that is asked for.
    """
    document = {
        "openapi": "3.1.0",
        "info": {"title": source.provider, "version": "1"},
        "paths": {},
        "components": {"schemas": source.schemas},
    }
    if not source.schemas:
        return "", {}
    _check_installed()
    with TemporaryDirectory() as folder:
        # The generator reads settings of the nearest pyproject.toml: an empty one of our own.
        settings = Path(folder, "pyproject.toml")
        settings.write_text("[tool]\n", encoding="utf-8")
        metadata = Path(folder, "metadata.json")
        options = {
            "settings_path": settings.parent,
            "emit_model_metadata": metadata,
            "aliases": _renamed(source),
        }
        text = _generated(source, json.dumps(document), options)
        models = json.loads(metadata.read_text(encoding="utf-8"))["models"]
    return text, _classes(source, models)


def _check_installed() -> None:
    try:
        from datamodel_code_generator import get_version  # noqa: PLC0415 - heavy, and optional
    except ImportError as error:
        raise UsageError(
            f"models are written by datamodel-code-generator, which cannot be imported: {error}",
            hint="install it beside wireproof: pip install 'wireproof[generate]'",
        ) from error
    if (found := get_version()) != VERSION:
        raise UsageError(
            f"datamodel-code-generator {found} is installed; what {VERSION} writes is expected",
            hint="install that one: pip install 'wireproof[generate]'",
        )


def _renamed(source: ModelSource) -> dict[str, str]:
    """Return a field name for each property whose own name pydantic would warn about."""
    names = {name for schema in source.schemas.values() for name in _properties(schema)}
    return {
        name: f"field_{name}" for name in sorted(names) if name.startswith(("model_dump", "model_validate"))
    }


def _properties(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part.get("properties", ())
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _properties(inner)


def _generated(source: ModelSource, document: str, options: dict[str, Any]) -> str:
    from datamodel_code_generator import generate  # noqa: PLC0415 - heavy, and optional

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # advice on names; what matters is refused by the settings
            text = generate(document, input_filename="contract.json", **_SETTINGS, **options)
    except Exception as error:  # it raises what its parts raise, from KeyError to RecursionError
        reason = str(error).strip().partition("\n")[0][:300] or type(error).__name__
        raise ContractError(
            f"the models of {source.provider} cannot be written: {reason}",
            hint="simplify the schema that the reason names; `wireproof lint` tells what else is wrong",
        ) from error
    if not isinstance(text, str):
        raise ContractError(
            f"the models of {source.provider} would be several modules, one was expected",
            hint="rename the schemas under components/schemas so that no name looks like a module path",
        )
    return _INVISIBLE.sub(_escape, text[text.index("from __future__") :].rstrip()) + "\n"


def _escape(match: re.Match[str]) -> str:
    """Return the escape of an invisible character, which only a string literal can hold."""
    return match[0].encode("unicode_escape").decode("ascii")


def _classes(source: ModelSource, models: list[dict[str, Any]]) -> dict[str, str]:
    """Return the class name of each component that a response has."""
    written = {model["source_ref"]: model["class_name"] for model in models}
    classes: dict[str, str] = {}
    for (operation, status), component in source.responses.items():
        name = written.get(f"#/components/schemas/{component}")
        if name is None or not name.isidentifier():
            raise ContractError(
                f"the schema of {source.provider} {operation} {status} became no model",
                hint="give it a type, or name it under components/schemas",
            )
        classes[component] = name
    return classes
