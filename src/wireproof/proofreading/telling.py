"""How both ends of a contradiction are worded, and the lines they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.claims.claim import Lines
from wireproof.proofreading.contradiction import Contradiction, Spot
from wireproof.proofreading.rules import severity_of
from wireproof.redact import Display, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.claims.claim import ExampleClaim, FieldClaim, ParameterClaim, Path, Scope
    from wireproof.finding import Severity

__all__ = ["along", "dotted", "facts", "line_in", "listed", "shown_value", "span", "telling"]

_FEW = 6
_SAMPLE = 100
_DISPLAY = Display(reveal=True)


def telling(
    rule: str,
    scope: Scope,
    *,
    pointer: str,
    claimed: Spot,
    shown: Spot,
    message: str,
    mend: str,
    to: str | None = None,
    severity: Severity | None = None,
    absorbs: tuple[Contradiction, ...] = (),
) -> Contradiction:
    """Return a contradiction with the rule's own severity, unless another one is given."""
    return Contradiction(
        rule, severity or severity_of(rule), scope, pointer, claimed, shown, message, mend, to, absorbs
    )


def facts(claim: FieldClaim | ParameterClaim) -> str:
    """Return what a page says of a field, in a few words: `status: string, required`."""
    types = " or ".join(claim.types)
    required = {True: "required", False: "optional", None: ""}[claim.required]
    said = ", ".join(part for part in (types, required) if part)
    name = claim.name if not hasattr(claim, "path") else dotted(claim.path)
    return f"{name}: {said}" if said else name


def shown_value(value: Any, *, key: str = "") -> str:
    """Return a value of an example as kind and value; what looks like a secret is only described."""
    return _DISPLAY.described(value, key=key) if not isinstance(value, dict | list) else kind_of(value)


def line_in(example: ExampleClaim, path: Sequence[str | int]) -> Lines:
    """Return the line of a place in an example, of what holds it, or the lines of the example."""
    for size in range(len(path), 0, -1):
        line = example.at.get(tuple(path[:size]))
        if line is not None:
            return Lines(line, line)
    return example.lines


def span(lines: Iterable[Lines]) -> Lines:
    """Return the run from the first to the last of some lines."""
    known = list(lines)
    return Lines(min(one.first for one in known), max(one.last for one in known))


def along(
    value: Any, path: Path, came: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield each place of a value that a path leads to, and what stands there; lists are sampled."""
    if not path:
        yield came, value
    elif path[0] == "*" and isinstance(value, list):
        for number, item in enumerate(value[:_SAMPLE]):
            yield from along(item, path[1:], (*came, number))
    elif isinstance(value, dict) and path[0] in value:
        yield from along(value[path[0]], path[1:], (*came, path[0]))


def dotted(path: Iterable[str | int]) -> str:
    """Return a path as pages write it: `data[].url`."""
    text = ""
    for token in path:
        text += "[]" if token == "*" or isinstance(token, int) else f".{token}"  # noqa: S105 - a template's star
    return text.lstrip(".") or "the body"


def listed(names: Iterable[str]) -> str:
    """Return names as a list for a sentence, cut after a few."""
    known = list(dict.fromkeys(names))
    more = f" and {len(known) - _FEW} more" if len(known) > _FEW + 1 else ""
    kept = known[:_FEW] if more else known
    return ", ".join(kept) + more
