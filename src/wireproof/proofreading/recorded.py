"""Recorded answers of a page's operation, counted place by place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wireproof.claims.claim import OperationClaim
from wireproof.door import Refusal, read_json
from wireproof.exchange import Exchange, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.claims.claim import Page
    from wireproof.proofreading.comparing import Wire

__all__ = ["take_record"]

_FINE = 300


def take_record(wire: Wire, record: Exchange | Unreadable, pages: Iterable[Page]) -> str:
    """Count a recorded answer of one of the pages' operations; return why it was not, or nothing.

    A record that names its request counts where method and path fit; a bare body counts as it is.
    Answers other than successes are left out in silence.
    """
    origin = record.origin
    if isinstance(record, Unreadable):
        return f"{origin.source}: {record.reason}"
    if record.response.status is not None and record.response.status >= _FINE:
        return ""
    operations = [one for page in pages for one in page.claims if isinstance(one, OperationClaim)]
    if record.request is not None and operations:
        path = urlsplit(record.request.url).path
        if not any(one.method == record.request.method and _fits(one.path, path) for one in operations):
            return f"{origin.source}: {record.request.method} {path} is not an operation of the page"
    try:
        body = read_json(record.response.body or b"")
    except Refusal as refusal:
        return f"{origin.source}: {refusal.message}"
    wire.take(body.value, source=origin.source, date=record.time or "")
    return ""


def _fits(template: str, path: str) -> bool:
    parts = [
        "[^/]+" if re.search(r"^\{.*\}$|^:|^<.*>$", part) else re.escape(part)
        for part in template.strip("/").split("/")
    ]
    return re.search(rf"(?:^|/){'/'.join(parts)}/?$", path) is not None
