"""What an example is written in: which of the mends that it needed are faults of the page.

A page answers for the notation that it names.  A fence that says JSON promises JSON; one that says JSON5
allows what JSON5 does.  Where a page names none, a body whose keys all stand in quotes is plainly meant as
JSON, and one in the notation of a programming language is not.  Comments, placeholders and alternatives
are how writers speak to a reader in any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wireproof.claims.bodies import AFTER
from wireproof.claims.claim import Artefact
from wireproof.claims.reading import COMMENT, TRAILING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.bodies import Body
    from wireproof.claims.claim import Repair

__all__ = ["PROGRAMS", "faults_of", "habits_of", "is_example"]

_STRICT: Final = frozenset({"json", "jsonp"})
_LOOSE: Final = frozenset({"json5", "jsonc", "hjson"})
PROGRAMS: Final = frozenset("python py ruby rb".split())
"""Languages whose literals look like JSON and are none."""
_MOST: Final = 2
"""Members for each fault below which a text that no fence calls JSON is none."""


def faults_of(body: Body, language: str) -> tuple[Repair, ...]:
    """Return the mends of a body that a reader would call mistakes, in a fence of some language."""
    told = [one for one in body.repairs if one.kind != "habit"]
    if language in _LOOSE:
        return tuple(one for one in told if one.kind == "fault")
    meant = language in _STRICT or all(one.kind == "fault" or one.what == TRAILING for one in told)
    return tuple(told) if meant else ()


def habits_of(body: Body) -> Iterator[Artefact]:
    """Yield what of a body is no JSON and no mistake either, each kind once."""
    once: dict[str, int] = {}
    for one in body.repairs:
        if one.kind == "habit":
            said = one.what in {COMMENT, AFTER}
            once.setdefault("comments in JSON" if said else "placeholders in JSON", one.line)
    for kind, line in once.items():
        yield Artefact(kind, 1, line)


def is_example(body: Body, language: str) -> bool:
    """Return whether a text that was read as JSON is meant as such: its fence says so, or most of it is."""
    if language in _STRICT | _LOOSE or (not body.complete and language not in PROGRAMS):
        return True
    if not body.complete:
        return False  # a literal of the program, which was not read to its end
    members = sum(bool(path) and isinstance(path[-1], str) for path in body.at)
    faults = sum(one.kind == "fault" for one in body.repairs)
    return faults == 0 or (members > 0 and (faults == 1 or members >= _MOST * faults))
