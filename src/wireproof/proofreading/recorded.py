"""Recorded answers of a page's operation, counted place by place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wireproof.claims.claim import OperationClaim
from wireproof.door import Refusal, read_json
from wireproof.exchange import Exchange, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.claims.claim import Page
    from wireproof.proofreading.comparing import Wire

__all__ = ["LeftOut", "same_call", "take_record"]

_FINE = 300


@dataclass(slots=True)
class _Some:
    """The first of some records that were left out, and how many there were."""

    first: str
    count: int = 0

    def told(self, what: str) -> str:
        """Return the first, and the number of those behind it."""
        more = self.count - 1
        return f"{self.first}; {more} more record{'s' if more > 1 else ''} {what}" if more else self.first


@dataclass(slots=True)
class LeftOut:
    """What was not counted, and why: records that cannot be read, and calls of other operations."""

    unread: dict[str, _Some] = field(default_factory=dict)
    others: dict[str, _Some] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Yield a line for each source and reason, with the first record and how many more there are."""
        for source, reasons in self.unread.items():
            yield f"{source}: {reasons.told('cannot be read')}"
        for source, calls in self.others.items():
            yield f"{source}: {calls.told('of other operations')}"


def take_record(wire: Wire, record: Exchange | Unreadable, pages: Iterable[Page], left_out: LeftOut) -> None:
    """Count a recorded answer of one of the pages' operations, or note why it was left out.

    A record that names its request counts where method and path fit; a bare body counts as it is.
    Answers other than successes are left out in silence.
    """
    origin = record.origin
    if isinstance(record, Unreadable):
        _note(left_out.unread, origin.source, record.reason)
        return
    if record.response.status is not None and record.response.status >= _FINE:
        return
    operations = [one for page in pages for one in page.claims if isinstance(one, OperationClaim)]
    if record.request is not None and operations:
        path = urlsplit(record.request.url).path
        if not any(one.method == record.request.method and _fits(one.path, path) for one in operations):
            call = f"{record.request.method} {path} is not an operation of the page"
            _note(left_out.others, origin.source, call)
            return
    try:
        body = read_json(record.response.body or b"")
    except Refusal as refusal:
        _note(left_out.unread, origin.source, refusal.message)
        return
    wire.take(body.value, source=origin.source, date=record.time or "", index=origin.index)


def _note(noted: dict[str, _Some], source: str, why: str) -> None:
    noted.setdefault(source, _Some(why)).count += 1


def same_call(left: OperationClaim, right: OperationClaim) -> bool:
    """Return whether two claims are of one operation, whatever its parameters are called."""
    return left.method == right.method and (_fits(left.path, right.path) or _fits(right.path, left.path))


def _fits(template: str, path: str) -> bool:
    parts = [
        "[^/]+" if re.search(r"^\{.*\}$|^:|^<.*>$", part) else re.escape(part)
        for part in template.strip("/").split("/")
    ]
    return re.search(rf"(?:^|/){'/'.join(parts)}/?$", path) is not None
