"""Findings of an earlier report, which are known and need not be told again (`docs --baseline`)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any

from wireproof.errors import UsageError
from wireproof.exemption import Ignore, Scope
from wireproof.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["with_baseline"]

_LARGEST = 256 * 2**20
_ASK = "name a report of `wireproof docs --format json`"


def with_baseline(policy: Policy | None, file: str) -> Policy:
    """Return a policy that holds back what an earlier report of `wireproof docs` told as well.

    Raises `UsageError` for a file that is no such report.
    """
    known = frozenset(_known(_report(file)))
    before = policy or Policy()
    if not known:
        return before
    entry = Ignore(Scope(), f"told in the baseline {file}", known=known)
    return replace(before, ignores=(*before.ignores, entry))


def _report(file: str) -> dict[str, Any]:
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        value = json.loads(data) if len(data) <= _LARGEST else None
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}", hint=_ASK) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file}: no JSON: {error}", hint=_ASK) from error
    if not isinstance(value, dict) or value.get("format") != "wireproof-docs":
        raise UsageError(f"{file}: no report of `wireproof docs`", hint=_ASK)
    return value


def _known(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the page and the fingerprint of each finding of a report."""
    for page in report.get("pages", ()):
        for finding in (*page.get("contradictions", ()), *page.get("lint", ())):
            yield normpath(str(page.get("source"))), str(finding.get("fingerprint"))
