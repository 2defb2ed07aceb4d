"""Exchanges that come as others came before, decoded whole: request, status, headers and body at once."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from wireproof.lanes.envelopes import moments, sent_in
from wireproof.validating.structs import cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wireproof.lanes.casting import Cast
    from wireproof.lanes.envelopes import Alike
    from wireproof.lanes.lane import Head
    from wireproof.matching import Route

__all__ = ["Taken", "Way"]

_LEAST = 0.05
"""Of the lines that a way is tried on, the share it must take lately to be tried again."""

_body = attrgetter("response.body")
_url = attrgetter("request.url")
_sent = attrgetter("request.body")
_time = attrgetter("time")


class Taken(NamedTuple):
    """What came in one way: numbers of the texts, structs of their bodies, URLs, times, bodies sent."""

    rows: Sequence[int]
    structs: list[Any]
    urls: list[str]
    times: list[str] | None
    sent: list[Any]

    def at(self, chosen: Sequence[int]) -> Taken:
        """Return some of them."""
        rows, structs = ([column[at] for at in chosen] for column in (self.rows, self.structs))
        urls = [self.urls[at] for at in chosen] if self.urls else []
        times = [self.times[at] for at in chosen] if self.times is not None else None
        sent = [self.sent[at] for at in chosen] if self.sent else []
        return Taken(list(rows), list(structs), urls, times, sent)


class Way:
    """One way in which exchanges came before: all that is alike in them but URL, time and body.

    `told` are the headers whose values are the same in all; `cast` is what their bodies fit.
    """

    def __init__(
        self, head: Head, route: Route | None, group: Alike, told: Mapping[str, str], cast: Cast
    ) -> None:
        self.head, self.route, self.cast = head, route, cast
        self.method, self.quotes = group.method, group.quotes
        self._timed, self._sending = group.times is not None, bool(group.sent)
        self._lately = 1.0
        headers = [Literal[told[name]] if name in told else str for name in group.names]
        response: list[tuple[str, Any]] = [("body", cast.mould.hint), ("status", Literal[group.status])]
        if group.names:
            names = {f"h{number}": name for number, name in enumerate(group.names)}
            response.append(("headers", _struct(list(zip(names, headers, strict=True)), names)))
        whole: list[tuple[str, Any]] = [("response", _struct(response))]
        if group.method is not None:
            sent = [("body", msgspec.Raw)] if group.sent else []
            whole.append(("request", _struct([("method", Literal[group.method]), ("url", str), *sent])))
        if self._timed:
            whole.append(("time", str))
        self._decode = msgspec.json.Decoder(_struct(whole)).decode

    @property
    def used(self) -> bool:
        """Return whether enough came in this way lately."""
        return self._lately >= _LEAST

    def of(self, texts: Sequence[bytes]) -> Taken:
        """Return what of some texts came in this way."""
        found = cast(self._decode, texts)
        rows: Sequence[int] = range(len(texts))
        if None in found:
            rows = [row for row, one in enumerate(found) if one is not None]
            found = [one for one in found if one is not None]
        self._lately += (len(rows) / len(texts) - self._lately) / 4
        times = moments(list(map(_time, found))) if self._timed else None
        urls = list(map(_url, found)) if self.method is not None else []
        structs = list(map(_body, found))
        sent = sent_in(list(map(_sent, found))) if self._sending else []
        taken = Taken(rows, structs, urls, times, sent)
        untold = [at for at, time in enumerate(times) if not time] if times and not all(times) else []
        untold += [at for at, one in enumerate(sent) if one is None] if None in sent else []
        out = self.cast.misfits(structs) | set(untold)
        return taken.at([at for at in range(len(rows)) if at not in out]) if out else taken


def _struct(fields: list[tuple[str, Any]], names: dict[str, str] | None = None) -> Any:
    return msgspec.defstruct(
        "Exchange", fields, rename=names, kw_only=True, forbid_unknown_fields=True, gc=False, eq=False
    )
