"""Which operation an exchange belongs to: by method and URL, by a hint, or by the body's shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from wireproof.redact import is_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wireproof.contract import Contract, Operation, PromisedResponse
    from wireproof.exchange import Exchange, Request

__all__ = [
    "Hint",
    "Match",
    "Route",
    "Unmatched",
    "called",
    "match_by_url",
    "media_type_fits",
    "nearest_route",
    "routes",
]

_VARIABLE = re.compile(r"\{[^{}/]*\}")
_NAME = re.compile(r"(?:[A-Za-z][A-Za-z_.-]{0,30}[0-9]?|v[0-9]+(?:\.[0-9]+)?)?")
_METHOD = re.compile(r"GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY|CONNECT")
_LONGEST_OCTET = 3
_HOST = re.compile(r"[a-z0-9.-]{1,80}(?::[0-9]{1,5})?|\[[0-9a-f:]{2,39}\](?::[0-9]{1,5})?")
_LOOPBACK = re.compile(r"(?:localhost|127\.[0-9.]+|\[::1\]|0\.0\.0\.0)(?::[0-9]+)?")
_USUAL_PORTS = {"http": ":80", "https": ":443", "": ":443"}


@dataclass(frozen=True, slots=True)
class Hint:
    """What the user says about captures that do not say it themselves."""

    provider: str | None = None
    operation: str | None = None
    status: int | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """An exchange and the operation it belongs to.

    `response` is the promised response for its status, None if that status is not promised.
    `how` is `url`, `hint` or `shape`; for `shape`, `score` (0 to 1) tells how well the body
    fits, and `runner_up` the next best operation with its score.
    """

    exchange: Exchange
    contract: Contract
    operation: Operation
    response: PromisedResponse | None
    how: str
    score: float = 1.0
    runner_up: tuple[str, float] | None = None

    @property
    def status(self) -> str:
        """Return the status key that findings carry: the promised one, else the one that came."""
        if self.response is not None:
            return self.response.status
        return str(self.exchange.response.status or "")


@dataclass(frozen=True, slots=True, eq=False)
class Unmatched:
    """An exchange that no operation was found for: why, and what to do.

    `contract` is the contract whose server answered, where the host tells it.
    """

    exchange: Exchange
    reason: str
    hint: str
    contract: Contract | None = None


@dataclass(frozen=True, eq=False)
class Route:
    """One operation under one base URL, ready to be compared with URLs."""

    contract: Contract
    operation: Operation
    server: str

    @cached_property
    def host(self) -> re.Pattern[str] | None:
        """Return the pattern of the server's host, or None where the contract names no host."""
        parts = urlsplit(self.server)
        return _template(_host(parts.scheme, parts.netloc), "[^/]+?") if parts.netloc else None

    @cached_property
    def path(self) -> re.Pattern[str]:
        """Return the pattern of the whole path; any prefix may precede it where no server is named."""
        base = urlsplit(self.server).path
        prefix = "" if self.server else "(?:/[^/]+)*?"
        whole = _decoded((base.rstrip("/") + self.operation.path).rstrip("/"))
        return re.compile(prefix + (_template(whole, "[^/]+").pattern or "/?"))

    @cached_property
    def literal(self) -> int:
        """Return how many characters of the path are fixed: the more, the more specific."""
        return len(_VARIABLE.sub("", self.operation.path))

    def owns(self, host: str) -> bool:
        """Return whether a URL's host is this server's own."""
        return self.host is not None and self.host.fullmatch(host) is not None

    def admits_host(self, host: str, *, any_host: bool) -> bool:
        """Return whether a URL's host may be this server's."""
        if not host or self.host is None or any_host or _LOOPBACK.fullmatch(host):
            return True
        return self.owns(host)


def routes(contracts: Iterable[Contract]) -> list[Route]:
    """Return every operation under each of its base URLs, the most specific first."""
    found = [
        Route(contract, operation, server)
        for contract in contracts
        for operation in contract.operations
        for server in operation.servers or ("",)
    ]
    return sorted(found, key=lambda route: (-route.literal, route.operation.provider, route.operation.id))


def match_by_url(known: Sequence[Route], exchange: Exchange, *, any_host: bool) -> Match | Unmatched:
    """Return the operation that an exchange's method and URL belong to.

    Where the host is some contract's own, only that contract's operations are asked; elsewhere
    those that admit it (`any_host`, loopback, or a contract without servers).  Then the path
    with more fixed characters wins.
    """
    request = exchange.request
    if request is None:
        return Unmatched(exchange, "the capture has no request", "name the operation with --operation")
    host, path = _host_and_path(request.url)
    owners = {id(route.contract) for route in known if route.owns(host)}
    ranked: dict[tuple[bool, int], list[Route]] = {}
    for route in known:
        if (
            route.operation.method == request.method.upper()
            and (not owners or id(route.contract) in owners)
            and route.admits_host(host, any_host=any_host)
            and route.path.fullmatch(path)
        ):
            ranked.setdefault((route.owns(host), route.literal), []).append(route)
    if not ranked:
        return _unmatched(known, exchange)
    best = ranked[max(ranked)]
    names = sorted({f"{route.operation.provider} {route.operation.id}" for route in best})
    if len(names) > 1:
        reason = f"{called(request)} fits {_listed(names)} equally well"
        return Unmatched(exchange, reason, "choose with --provider NAME or --spec FILE")
    status = exchange.response.status
    operation = best[0].operation
    return Match(exchange, best[0].contract, operation, operation.promised(status) if status else None, "url")


def nearest_route(known: Sequence[Route], exchange: Exchange) -> tuple[Route, str] | None:
    """Return the operation nearest to an exchange's request, and what differs."""
    if exchange.request is None or not known:
        return None
    method = exchange.request.method.upper()
    host, path = _host_and_path(exchange.request.url)

    def distance(route: Route) -> tuple[float, bool, bool]:
        return (
            _path_distance(route, path),
            route.operation.method != method,
            not route.admits_host(host, any_host=False),
        )

    owned = [route for route in known if route.owns(host)]
    best = min(owned or known, key=distance)
    apart, other_method, other_host = distance(best)
    differs = []
    if apart:
        differs.append("the path")
    if other_method:
        differs.append(
            f"the method ({called(exchange.request).partition(' ')[0]}, not {best.operation.method})"
        )
    if other_host:
        differs.append(f"the host ({_shown_host(host)}, not {urlsplit(best.server).netloc})")
    return best, " and ".join(differs) or "nothing that is compared"


def called(request: Request) -> str:
    """Return a call's method and path as a report may show them: `*` for whatever is no plain name."""
    method = request.method.upper()
    path = _host_and_path(request.url)[1]
    shown = "/".join(part if _NAME.fullmatch(part) and not is_data(part) else "*" for part in path.split("/"))
    return f"{method if _METHOD.fullmatch(method) else '*'} {shown}"


def _unmatched(known: Sequence[Route], exchange: Exchange) -> Unmatched:
    request = exchange.request
    assert request is not None  # noqa: S101 - the caller has looked
    host, _ = _host_and_path(request.url)
    reason = f"no contract has {called(request)}" + (f" on {_shown_host(host)}" if host else "")
    near = nearest_route(known, exchange)
    if near is not None:
        operation = near[0].operation
        name = f"{operation.provider} {operation.id} ({operation.method} {operation.path})"
        reason += f"; nearest: {name}, which differs in {near[1]}"
    own = {id(route.contract): route.contract for route in known if route.owns(host)}
    contract = next(iter(own.values())) if len(own) == 1 else None
    return Unmatched(
        exchange, reason, "name the contract with --spec FILE, or the operation with --operation", contract
    )


def _path_distance(route: Route, path: str) -> float:
    if route.path.fullmatch(path):
        return 0.0
    wanted, came = route.operation.path.strip("/").split("/"), path.strip("/").split("/")
    same = sum(1 for left, right in zip(reversed(wanted), reversed(came), strict=False) if left == right)
    either = sum(1 for segment in wanted if segment in came)
    return 1 - (same + either) / (2 * max(len(wanted), len(came)))


def _host_and_path(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", url
    return _host(parts.scheme, parts.netloc.rpartition("@")[2]), _decoded(parts.path.rstrip("/")) or "/"


def _host(scheme: str, netloc: str) -> str:
    """Return host and port in lower case, without the port that the scheme implies."""
    return netloc.casefold().removesuffix(_USUAL_PORTS.get(scheme, ""))


def _shown_host(host: str) -> str:
    labels = host.partition(":")[0].split(".")
    told = any(len(label) > _LONGEST_OCTET and is_data(label) for label in labels)
    return host if _HOST.fullmatch(host) and not told else "another host"


def _decoded(path: str) -> str:
    """Return a path with its escapes undone, save those of the slash: they belong to a segment."""
    return "%2F".join(unquote(part) for part in re.split("%2[Ff]", path))


def _template(text: str, variable: str) -> re.Pattern[str]:
    literals = _VARIABLE.split(text)
    return re.compile(variable.join(re.escape(literal) for literal in literals))


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names)


def media_type_fits(promised: str, came: str) -> bool:
    """Return whether a media type is the promised one or inside the promised range (`text/*`)."""
    if promised in {came, "*/*"}:
        return True
    kind, _, sub = promised.partition("/")
    return sub == "*" and came.startswith(f"{kind}/")
