"""What happened: one request and its response, as it was captured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Exchange", "Headers", "Origin", "Request", "Response", "Unreadable"]

Headers = tuple[tuple[str, str], ...]
"""Header fields in the order they came, names in lower case; a name may occur twice."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read from.

    `source` is the name of the file or stream, `index` the record's number in it (from 0),
    `line` its first line (from 1) where the source has lines.
    """

    source: str = "<memory>"
    index: int = 0
    line: int | None = None

    def __str__(self) -> str:
        """Return `file:line`, or `file#index` where there are no lines."""
        return f"{self.source}:{self.line}" if self.line else f"{self.source}#{self.index}"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked.  `url` is absolute, or a path where the capture has no host."""

    method: str
    url: str
    headers: Headers = ()
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What was answered.

    `status` is None where the capture does not tell it (a bare body).  `body` holds the
    bytes after content decoding: never compressed, `b""` for an empty body, and None where
    the recorder did not keep the body.
    """

    body: bytes | None
    status: int | None = None
    headers: Headers = ()

    def header(self, name: str) -> str | None:
        """Return the value of the header `name`, repeated fields joined by `, `, or None."""
        values = [value for key, value in self.headers if key == name.lower()]
        return ", ".join(values) if values else None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One response and, where known, the request, the time (RFC 3339) and the origin.

    `notes` are the reader's remarks about the record, for a person ("body was already
    decoded although content-encoding says gzip").
    """

    response: Response
    request: Request | None = None
    time: str | None = None
    origin: Origin = Origin()
    notes: tuple[str, ...] = ()

    @classmethod
    def from_parts(
        cls,
        *,
        body: bytes | None,
        method: str | None = None,
        url: str | None = None,
        status: int | None = None,
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        time: str | None = None,
        origin: Origin = Origin(),
    ) -> Exchange:
        """Build an exchange from what a client or a test has at hand.

        Either both `method` and `url` are given, or neither (a bare body).
        """
        pairs = headers.items() if hasattr(headers, "items") else headers
        lowered = tuple((name.lower(), value) for name, value in pairs)
        request = None if method is None or url is None else Request(method.upper(), url)
        return cls(Response(body, status, lowered), request, time, origin)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record, or a whole source, that could not be read as an exchange.

    `reason` says what was found, `expected` what would have been right, `hint` what to do.
    `byte` (from 0) and `line` (from 1) tell where in the source, where that is known.
    """

    origin: Origin
    reason: str
    expected: str
    hint: str
    byte: int | None = None
    line: int | None = None
