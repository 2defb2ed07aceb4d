"""What `wireproof docs` writes beside its report: a page's claims, and the draft of a contract."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from wireproof.claims.claim import OperationClaim
from wireproof.cli.output import write_output
from wireproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.claim import Page

__all__ = ["check_one_page", "say_written", "write_documents"]

_EMITTED = (
    "What the page claims, claim by claim, its errors kept; `x-source.line` counts the page's lines from 1."
)
_DRAFTED = (
    "A draft, made of a page and its example, for a person to curate: what nobody documented is marked\n"
    "`x-provenance: inferred`, and each guess is told in `x-guess`."
)


def check_one_page(pages: Sequence[Page], *, emit: str | None, draft: str | None) -> None:
    """Raise `UsageError` where there is more than one page, or one without documentation."""
    if emit == draft:
        raise UsageError("--emit and --draft write to the same place", hint="name two files")
    if len(pages) > 1:
        raise UsageError("--emit and --draft write one page's document", hint="name one page")
    for page in pages:
        if page.silence:
            raise UsageError(f"{page.name}: no documentation: {page.silence}", hint="name another page")


def write_documents(pages: Sequence[Page], *, emit: str | None, draft: str | None) -> None:
    """Write what is asked for, and say on standard error what each file holds, or why there is none.

    Raises `UsageError` for a page that names no operation and describes no body.
    """
    from wireproof.proofreading.drafting import drafted  # noqa: PLC0415 - only where it is asked for
    from wireproof.proofreading.emitting import documented  # noqa: PLC0415 - likewise
    from wireproof.proofreading.yamlout import to_yaml  # noqa: PLC0415 - likewise

    for page in pages:
        for target, write, comment, what in (
            (emit, documented, _EMITTED, "the page's claims"),
            (draft, drafted, _DRAFTED, "a draft"),
        ):
            if target is None:
                continue
            made = write(page)
            if not made["paths"]:
                raise UsageError(_no_operation(page), hint="name the page that describes the call")
            write_output(to_yaml(made, comment=comment), target)
            say_written(target, f"{what}, {_contents(made)}")


def say_written(target: str | None, what: str) -> None:
    """Say on standard error that a file was written, and what is in it; nothing of standard output."""
    from wireproof.reporters.text import plain  # noqa: PLC0415 - only where a file is written

    if target not in {None, "-"}:
        print(plain(f"wireproof: {target}: {what}"), file=sys.stderr)


def _no_operation(page: Page) -> str:
    """Return why no document can be made of a page."""
    named = [one.key for one in page.claims if isinstance(one, OperationClaim)]
    if named:
        return f"{page.name}: no document can be written: OpenAPI has no place for {named[0]}"
    return f"{page.name}: no document can be written: it names no operation, and shows no body of one"


def _contents(made: dict[str, Any]) -> str:
    operations = sum(
        isinstance(inner, dict) and "responses" in inner
        for item in made["paths"].values()
        if isinstance(item, dict)
        for inner in item.values()
    )
    guesses = _guesses(made)
    told = f"{operations} operation{'' if operations == 1 else 's'}"
    return f"{told}, {guesses} guess{'' if guesses == 1 else 'es'} to check (x-guess)" if guesses else told


def _guesses(value: Any) -> int:
    """Return how many guesses a document is marked with."""
    count, waiting = 0, [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            count += "x-guess" in part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return count
