"""Which operation plain URLs belong to, told for many at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wireproof.validating.engine import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jsonschema_rs

    from wireproof.matching import Route

__all__ = ["Paths"]

_URL = re.compile(r"(?:https?://([a-z0-9.-]+))?(/[A-Za-z0-9._~/-]*)?(?:[?#].*)?")
_KEPT = 1 << 12
"""How many hosts are remembered."""
_ANY_SEGMENT = "/[^/]+"
_QUERY = frozenset("?#")
_WORD = "[A-Za-z0-9_-]+"


class Paths:
    """Which route a plain URL belongs to, as `match_by_url` has it; None for all that is not plain."""

    def __init__(self, routes: Sequence[Route], *, any_host: bool) -> None:
        self._routes, self._any_host = routes, any_host
        self._ranked: dict[tuple[str, str], list[list[Route]]] = {}
        self._patterns: dict[tuple[str, str], re.Pattern[str] | None] = {}
        self._starts: dict[tuple[str, str], jsonschema_rs.Draft202012Validator | None] = {}

    def of(self, method: str, url: str) -> Route | None:
        """Return the route of a request."""
        found = _URL.fullmatch(url)
        if found is None:
            return None
        path = (found[2] or "").rstrip("/") or "/"
        for equals in self._of_host(method, found[1] or ""):
            fitting = [route for route in equals if route.path.fullmatch(path)]
            if fitting:
                same = all(route.operation is fitting[0].operation for route in fitting)
                return fitting[0] if same else None
        return None

    def only(self, method: str | None, urls: Sequence[str]) -> Route | None:
        """Return the route of all requests, where it is one."""
        if method is None or not urls:
            return None
        route = self.of(method, urls[0])
        if route is None:
            return None
        alike = self._alike(method, urls[0], route)
        if alike is not None and alike.is_valid(urls):
            return route
        pattern = self._whole(method, urls[0])
        if pattern is not None and None not in map(pattern.fullmatch, urls):
            return route
        return route if all(self.of(method, url) is route for url in urls) else None

    def _of_host(self, method: str, host: str) -> list[list[Route]]:
        """Return the routes that may own requests to a host, those that are preferred first."""
        key = (method, host)
        if key not in self._ranked:
            if len(self._ranked) >= _KEPT:
                return []
            self._ranked[key] = self._rank(method, host)
        return self._ranked[key]

    def _rank(self, method: str, host: str) -> list[list[Route]]:
        owners = {id(route.contract) for route in self._routes if route.owns(host)}
        ranked: dict[tuple[bool, int], list[Route]] = {}
        for route in self._routes:
            if (
                route.operation.method == method.upper()
                and (not owners or id(route.contract) in owners)
                and route.admits_host(host, any_host=self._any_host)
            ):
                ranked.setdefault((route.owns(host), route.literal), []).append(route)
        return [ranked[rank] for rank in sorted(ranked, reverse=True)]

    def _whole(self, method: str, url: str) -> re.Pattern[str] | None:
        """Return the pattern of whole URLs that belong to the first route of a host, where it is but one."""
        found = _URL.fullmatch(url)
        host = (found[1] if found else "") or ""
        key = (method, host)
        if key not in self._patterns:
            ranked = self._of_host(method, host)
            plain = r"(?=[A-Za-z0-9._~/-]*(?:[?#]|$))"
            self._patterns[key] = (
                re.compile(f"https?://{re.escape(host)}{plain}{ranked[0][0].path.pattern}(?:[?#].*)?")
                if host
                and ranked
                and len(ranked[0]) == 1
                and ranked[0][0].path.fullmatch((found and found[2]) or "")
                else None
            )
        return self._patterns[key]

    def _alike(self, method: str, url: str, route: Route) -> jsonschema_rs.Draft202012Validator | None:
        """Return what tells URLs that differ from one of a route in a word behind the last slash alone.

        None where the path of the route does not end in a variable, or the URL has more than a path.
        """
        start = url[: url.rfind("/") + 1]
        key = (method, start)
        if key not in self._starts:
            if len(self._starts) >= _KEPT:
                return None
            whole = self._whole(method, url)
            told = whole is not None and whole.fullmatch(start + "a") is not None
            plain = told and route.path.pattern.endswith(_ANY_SEGMENT) and _QUERY.isdisjoint(url)
            pattern = f"^{re.escape(start)}{_WORD}$"
            self._starts[key] = compiled({"items": {"pattern": pattern}}) if plain else None
        return self._starts[key]
