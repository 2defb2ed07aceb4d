"""What a configuration file says, checked word by word; each mistake is answered with its line."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wireproof.errors import UsageError, nearest
from wireproof.exemption import Ignore, Override, Scope
from wireproof.finding import Place, Severity, json_pointer
from wireproof.policy import Policy
from wireproof.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection

    from wireproof.door.tomltext import Path, Toml

__all__ = [
    "FAIL_ON",
    "LEVELS",
    "Configuration",
    "Mention",
    "every_rule",
    "is_rule",
    "override_from",
    "read_configuration",
]

LEVELS = tuple(severity.value for severity in Severity)
FAIL_ON = (*LEVELS, "never")
_RULE_LEVELS = (*LEVELS, "off")
_EXPECTED = f"expected {', '.join(_RULE_LEVELS[:-1])} or off"
_TOP = ("fail-on", "ignore", "min-severity", "paths", "providers", "rules", "specs")
_IGNORE = ("expires", "fingerprint", "operation", "page", "path", "provider", "reason", "rule")
_KINDS = {
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "a table",
    dt.datetime: "a date with a time",
    dt.date: "a date",
    dt.time: "a time",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A provider, an operation or both that the configuration names, and where."""

    provider: str | None
    operation: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is configured; None and empty where nothing is said.

    `file` is the file's name as its user would type it.  `specs` are folders of providers or
    contract files, as written.  `mentions` wait to be compared with the contracts.
    """

    file: str | None = None
    fail_on: str | None = None
    min_severity: str | None = None
    specs: tuple[tuple[str, Place], ...] = ()
    policy: Policy = field(default_factory=Policy)
    mentions: tuple[Mention, ...] = ()


def read_configuration(toml: Toml, *, file: str, base: tuple[str, ...] = ()) -> Configuration:
    """Return the configuration in a document, in the table at `base`; raises `UsageError`."""
    return _Reading(toml, file).configuration(base)


def override_from(text: str) -> Override:
    """Return the override that `RULE=SEVERITY` says; raises `UsageError`."""
    rule, equals, level = (part.strip() for part in text.partition("="))
    if not equals:
        raise UsageError(f"{text!r} names no severity", hint=f"write RULE=SEVERITY; {_EXPECTED}")
    if not is_rule(rule):
        raise UsageError(
            f"there is no rule {rule!r}", hint=_near(rule, every_rule(), "see `wireproof rules`")
        )
    if level not in _RULE_LEVELS:
        raise UsageError(
            f"there is no severity {level!r}, {_EXPECTED}", hint=_near(level, _RULE_LEVELS, "see --help")
        )
    return Override(rule, None if level == "off" else Severity(level))


def is_rule(rule: str) -> bool:
    """Return whether there is a rule of that name: about answers, documentation or contracts."""
    return any(rule == entry.id for entry in RULES) or rule in every_rule()


def every_rule() -> list[str]:
    """Return the ids of the rules about answers, about documentation, and of lint."""
    from wireproof.lint import CHECKS, UNREADABLE, UNUSABLE  # noqa: PLC0415 - only for rules of the others
    from wireproof.proofreading.rules import DOCS_RULES  # noqa: PLC0415 - likewise

    promised = [entry.id for entry in (*RULES, *DOCS_RULES)]
    return [*promised, *(check.rule for check in CHECKS), UNREADABLE, UNUSABLE]


class _Reading:
    """One document, and where its parts were written."""

    def __init__(self, toml: Toml, file: str) -> None:
        self._toml = toml
        self._file = file
        self._overrides: list[Override] = []
        self._mentions: list[Mention] = []

    def configuration(self, base: tuple[str, ...]) -> Configuration:
        value: Any = self._toml.value
        for key in base:
            value = self._table(value, base).get(key, {})
        top = self._known_keys(value, base, _TOP)
        self._rules_and_paths(top, base, Scope())
        for provider, table in self._tables(top, base, "providers"):
            self._provider(provider, table, (*base, "providers", provider))
        ignores = self._ignores(top, base)
        return Configuration(
            file=self._file,
            fail_on=self._word(top, base, "fail-on", FAIL_ON),
            min_severity=self._word(top, base, "min-severity", LEVELS),
            specs=self._specs(top, base),
            policy=Policy(tuple(self._overrides), ignores),
            mentions=tuple(self._mentions),
        )

    def _provider(self, provider: str, value: Any, path: Path) -> None:
        self._mentions.append(Mention(provider, None, self._place(path)))
        table = self._known_keys(value, path, ("operations", "paths", "rules"))
        scope = Scope(provider=provider)
        self._rules_and_paths(table, path, scope)
        for operation, inner in self._tables(table, path, "operations"):
            below = (*path, "operations", operation)
            self._mentions.append(Mention(provider, operation, self._place(below)))
            self._rules_and_paths(
                self._known_keys(inner, below, ("paths", "rules")), below, replace(scope, operation=operation)
            )

    def _rules_and_paths(self, table: dict[str, Any], path: Path, scope: Scope) -> None:
        self._rules(table, path, scope)
        for pattern, inner in self._tables(table, path, "paths"):
            below = (*path, "paths", pattern)
            self._check_pattern(pattern, below)
            self._rules(self._known_keys(inner, below, ("rules",)), below, replace(scope, path=pattern))

    def _rules(self, table: dict[str, Any], path: Path, scope: Scope) -> None:
        for rule, level in self._tables(table, path, "rules"):
            at = (*path, "rules", rule)
            self._check_rule(rule, at)
            if level not in _RULE_LEVELS:
                hint = 'write "off"' if level is False else "write one of those words in quotes"
                raise self._refused_word(level, at, _EXPECTED, _RULE_LEVELS, hint)
            severity = None if level == "off" else Severity(level)
            self._overrides.append(Override(rule, severity, scope, self._place(at)))

    def _ignores(self, top: dict[str, Any], base: Path) -> tuple[Ignore, ...]:
        entries = top.get("ignore", [])
        if not isinstance(entries, list):
            raise self._refused(
                entries, (*base, "ignore"), "expected tables [[ignore]]", "double its brackets"
            )
        return tuple(self._ignore(entry, (*base, "ignore", index)) for index, entry in enumerate(entries))

    def _ignore(self, value: Any, path: Path) -> Ignore:
        table = self._known_keys(value, path, _IGNORE)
        texts = {key: self._text(table, path, key) for key in _IGNORE if key != "expires"}
        pattern, rule = texts["path"], texts["rule"]
        if not any(texts[key] for key in ("fingerprint", "page", "rule")) and pattern is None:
            raise self._error(
                path,
                "an ignore names a path, a rule, a page or a fingerprint",
                'add a line such as path = "/data/*/x"',
            )
        if texts["fingerprint"] is not None and not re.fullmatch("[0-9a-f]{16}", texts["fingerprint"]):
            raise self._error(
                (*path, "fingerprint"),
                f"{texts['fingerprint']!r} is no fingerprint",
                "copy the 16 digits from a report in JSON",
            )
        if pattern is not None:
            self._check_pattern(pattern, (*path, "path"))
        if rule is not None:
            self._check_rule(rule, (*path, "rule"))
        if not (texts["reason"] or "").strip():
            raise self._error(
                path, "an ignore needs a reason", 'add a line such as reason = "nobody reads it"'
            )
        expires = table.get("expires")
        if expires is not None and type(expires) is not dt.date:
            raise self._refused(
                expires, (*path, "expires"), "expected a date", "write expires = 2027-01-31, without quotes"
            )
        scope = Scope(pattern, texts["provider"], texts["operation"])
        for key in ("provider", "operation"):
            if texts[key] is not None:
                operation = texts["operation"] if key == "operation" else None
                self._mentions.append(Mention(texts["provider"], operation, self._place((*path, key))))
        return Ignore(
            scope,
            (texts["reason"] or "").strip(),
            rule,
            expires,
            self._place(path),
            page=texts["page"],
            fingerprint=texts["fingerprint"],
        )

    def _specs(self, top: dict[str, Any], base: Path) -> tuple[tuple[str, Place], ...]:
        path = (*base, "specs")
        entries = top.get("specs", [])
        if not isinstance(entries, list):
            raise self._refused(entries, path, "expected an array of folders", 'write specs = ["contracts/"]')
        for index, entry in enumerate(entries):
            if not isinstance(entry, str) or not entry:
                raise self._refused(
                    entry, (*path, index), "expected a folder", 'write specs = ["contracts/"]'
                )
        return tuple((entry, self._place((*path, index))) for index, entry in enumerate(entries))

    def _word(self, table: dict[str, Any], path: Path, key: str, known: Collection[str]) -> str | None:
        value = table.get(key)
        if value is None or (isinstance(value, str) and value in known):
            return value
        *most, last = known
        raise self._refused_word(
            value, (*path, key), f"expected {', '.join(most)} or {last}", known, "write one of them"
        )

    def _text(self, table: dict[str, Any], path: Path, key: str) -> str | None:
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self._refused(value, (*path, key), "expected a string", "put it in quotes")

    def _tables(self, table: dict[str, Any], path: Path, key: str) -> list[tuple[str, Any]]:
        return list(self._table(table.get(key, {}), (*path, key)).items())

    def _table(self, value: Any, path: Path) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        raise self._refused(value, path, "expected a table", f"write it as [{_dotted(path)}]")

    def _known_keys(self, value: Any, path: Path, known: Collection[str]) -> dict[str, Any]:
        table = self._table(value, path)
        for key in table:
            if key not in known:
                near = nearest(key, known)
                hint = f"did you mean {near} ?" if near else f"known here: {', '.join(known)}"
                where = f" in {_dotted(path)}" if path else ""
                raise self._error((*path, key), f"there is no key {key!r}{where}", hint)
        return table

    def _check_rule(self, rule: str, path: Path) -> None:
        if not is_rule(rule):
            hint = _near(rule, every_rule(), "see `wireproof rules`")
            raise self._error(path, f"there is no rule {rule!r}", hint)

    def _check_pattern(self, pattern: str, path: Path) -> None:
        if pattern and not pattern.startswith("/"):
            pointer = "/" + re.sub(r"\[[^\]]*\]", "/*", pattern.removeprefix("$")).strip("/.").replace(
                ".", "/"
            )
            raise self._error(
                path, f"the path {pattern!r} does not begin with /", f"did you mean {pointer} ?"
            )
        if re.search(r"~(?![01])", pattern):
            raise self._error(
                path,
                f"the path {pattern!r} has a ~ that escapes nothing",
                "write ~0 for ~, and ~1 for / in a key",
            )

    def _refused_word(
        self, value: Any, path: Path, expected: str, known: Collection[str], hint: str
    ) -> UsageError:
        if isinstance(value, str):
            return self._error(path, f"{_dotted(path)} is {value!r}, {expected}", _near(value, known, hint))
        return self._refused(value, path, expected, hint)

    def _refused(self, value: Any, path: Path, expected: str, hint: str) -> UsageError:
        return self._error(path, f"{_dotted(path)} is {_KINDS[type(value)]}, {expected}", hint)

    def _error(self, path: Path, message: str, hint: str) -> UsageError:
        return UsageError(f"{self._place(path)}: {message}", hint=hint)

    def _place(self, path: Path) -> Place:
        return Place(self._file, json_pointer(path), self._toml.line(path))


def _near(word: str, known: Collection[str], otherwise: str) -> str:
    near = nearest(word, known)
    return f"did you mean {near} ?" if near else otherwise


def _dotted(path: Path) -> str:
    """Return a path as TOML writes it; the place in an array is left to the line."""
    keys = [key for key in path if isinstance(key, str)]
    return ".".join(key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"' for key in keys)
