"""Titles → what the text below them is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from wireproof.claims.claim import Ground, Part, Scope
from wireproof.claims.titles import Title, marked_title, plain_words, unmarked_title
from wireproof.claims.words import COLUMNS, folded

__all__ = ["Setting", "Trail", "entered"]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a block stands: its scope, the place of parameters, the roles of the nearest title.

    `title` is the text of the nearest title or heading, `level` its level (7 for unmarked).
    `within` is the object whose members the words above say that they list.
    """

    scope: Scope = field(default_factory=Scope)
    location: str = ""
    roles: frozenset[str] = frozenset()
    title: str = ""
    level: int = 0
    within: str = ""


def entered(setting: Setting, label: str) -> Setting:
    """Return the setting below a label inside a block: `Path parameter:`, a header `Response field`."""
    title = unmarked_title(label)
    if title is None:
        return setting
    location = next(
        (place for place in ("path", "query", "header", "cookie", "body") if place in title.roles),
        setting.location,
    )
    side, sided = setting.scope.side, setting.scope.sided
    if title.roles & {"request", "response"}:
        side, sided = "response" if "response" in title.roles else "request", Ground.STATED
    elif not side and (location or "parameters" in title.roles):
        side, sided = "request", Ground.PLACED
    scope = replace(setting.scope, side=side, sided=sided)
    return replace(setting, scope=scope, location=location, roles=setting.roles | title.roles)


@dataclass(slots=True)
class Trail:
    """The titles above the block that is read, from the outermost inwards."""

    operation: str = ""
    operation_level: int = 0
    begun: int = 0
    open: list[Setting] = field(default_factory=list)
    subjects: dict[frozenset[str], tuple[Part, ...]] = field(default_factory=dict)
    _parts: tuple[Part, ...] = ()

    def here(self) -> Setting:
        """Return the setting of a block that stands here."""
        top = self.open[-1] if self.open else Setting()
        begun = self.begun if self.operation else 0
        return replace(top, scope=replace(top.scope, operation=self.operation, begun=begun))

    def heading(self, title: Title, level: int, line: int) -> None:
        """Enter a heading: it ends those of its level and below.  A page's own name announces nothing."""
        if level == 1 and title.mixed:
            title = Title(title.text, words=title.words, acts=title.acts)
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        if self.operation and level <= self.operation_level and not title.roles and not title.status:
            self.operation = ""
        self.open.append(_within(self.open[-1] if self.open else Setting(), title, level, line))
        self.subjects.setdefault(title.words, self.open[-1].scope.parts)

    def captioned(self, text: str) -> None:
        """Enter the part whose subject a caption names, `Example of a message:`, for what follows it."""
        title = marked_title(text.rstrip(":： "))
        words = title.words or plain_words(text)
        parts = self.subjects.get(words, ()) if words and "example" in title.roles else ()
        if parts and self.open:
            self.open[-1] = replace(self.open[-1], scope=replace(self.open[-1].scope, parts=parts))

    def title(self, title: Title, line: int = 0) -> None:
        """Enter an unmarked title: it keeps side and subject of the one before unless it names another."""
        self.leave_field()
        above = Setting()
        if self.open:
            beside = self.open[-1].level == _UNMARKED
            above = self.open.pop() if beside else self.open[-1]
            word = folded(title.text).strip(":： ")
            column = word in COLUMNS and not word.endswith(
                "s"
            )  # the head of a table that a scrape took apart
            if beside and title.roles & {"parameters", "fields"} and not column:
                above = replace(above, location="")  # a list of its own, and not more of the one before
        if title.words:
            parts = self.open[-1].scope.parts if self.open else ()
            above = replace(above, scope=replace(above.scope, parts=parts))
        if above.location == "header" and "parameters" in title.roles:
            above = replace(above, location="")  # beside the headers, parameters are what else is sent
        self.open.append(_within(above, title, _UNMARKED, line if title.words else 0))

    def introduced(self, side: str) -> None:
        """Enter what a sentence says of the side of what follows it, unless a title states that."""
        top = self.open[-1] if self.open else Setting()
        scope = top.scope
        if side == "callback":
            scope = replace(scope, side="", status="", called_back=True)
        elif not scope.side or scope.sided < Ground.STATED:
            status = scope.status if side == "response" else ""
            scope = replace(scope, side=side, status=status, sided=Ground.STATED)
        place = top.location if scope.side == top.scope.side else ""
        self.open = [*self.open[:-1], replace(top, scope=scope, location=place)]

    def field(self, name: str) -> None:
        """Enter a field that is a heading: what stands right below it is about its value."""
        self.leave_field()
        above = self.open[-1] if self.open else Setting()
        self.open.append(_within(above, Title(name), _FIELD))

    def leave_field(self) -> None:
        """Leave the field that was entered last, if nothing else was entered since."""
        if self.open and self.open[-1].level == _FIELD:
            self.open.pop()

    def enter(self, operation: str, line: int) -> None:
        """Enter an operation; what the titles said of another one no longer counts."""
        level = next((part.level for part in reversed(self.open) if part.level < _UNMARKED), 0)
        if operation != self.operation and self.operation:
            kept = [part for part in self.open if part.level < _UNMARKED]
            self.open = [
                replace(
                    part,
                    scope=Scope(section=part.scope.section, parts=part.scope.parts),
                    location="",
                    roles=frozenset(),
                )
                for part in kept
            ]
        parts = self.open[-1].scope.parts if self.open else ()
        if operation != self.operation or parts[: len(self._parts)] != self._parts:
            self.begun, self._parts = line, parts
        self.operation, self.operation_level = operation, level


_UNMARKED: Final = 7
_FIELD: Final = 8


def _within(above: Setting, title: Title, level: int, line: int = 0) -> Setting:
    roles = title.roles
    side = _side(roles, above.scope.side)
    changed = side != above.scope.side
    passing = above.level == _UNMARKED and "example" in above.roles and not above.scope.status.isdigit()
    status = title.status or ("" if changed or passing else above.scope.status)
    if title.status and (not side or (title.status[0].isdigit() and "request" not in roles)):
        side = "response"
    if title.status.startswith("2") and "error" in roles:
        status = "error"  # an answer that HTTP calls a success, and its body a failure
    if not title.status and (side == "response" or "response" in roles):
        if "error" in roles:
            status = "error"
        elif "success" in roles and not status.isdigit():
            status = "success"
    if not title.status and "error" in roles and not side:
        status = "error"
    location = next((role for role in ("path", "query", "header", "cookie", "body") if role in roles), "")
    if location in {"path", "query"} and not roles & {"parameters", "request", "fields"} and len(roles) > 1:
        location = ""
    if not location and not changed and not roles & {"request", "response"}:
        location = above.location
    called_back = (above.scope.called_back and not title.sets_up) or (level > 1 and title.called_back)
    said = bool({"request", "response"} & roles or title.status)
    inherited = above.scope.sided if above.scope.side and "parameters" not in roles else Ground.PLACED
    sided = Ground.STATED if said else inherited
    parts = above.scope.parts
    if line and (title.words or not (roles or title.status)):
        parts = (*parts, Part(line, title.words, title.acts, bool(roles)))
    scope = Scope(above.scope.operation, side, status, title.text, called_back, parts, sided=sided)
    return Setting(scope, location, roles, title.text, level)


def _side(roles: frozenset[str], above: str) -> str:
    if "response" in roles and "request" not in roles:
        return "response"
    if "request" in roles and "response" not in roles:
        return "request"
    if "result" in roles and roles & {"fields", "parameters", "example"}:
        return "response"
    if above:
        return above
    return (
        "request"
        if roles & {"parameters", "path", "query", "cookie", "header", "body"} and "error" not in roles
        else ""
    )
