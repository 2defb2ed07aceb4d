"""Numbers and texts within bounds, patterns and formats."""

from __future__ import annotations

import base64
from fractions import Fraction
from functools import cache
from math import ceil, floor, gcd, lcm
from typing import TYPE_CHECKING, Any

from wireproof.examples.patterns import PatternError, text_of
from wireproof.validating.engine import FastEngine, matches_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wireproof.contract import Schema
    from wireproof.examples.chance import Chance

__all__ = ["StuckError", "number", "text"]

_WORDS = ("amber", "basin", "cedar", "ember", "fjord", "grove", "haven", "inlet", "knoll", "larch", "mesa")
_USUAL = 1000
_ATTEMPTS = 60
_RARE = 0.1


class StuckError(Exception):
    """No value was found for what some schemas ask together; the message says what could not be met.

    `schema` is the schema that asks it, as soon as that is known.
    """

    def __init__(self, message: str, schema: Schema | None = None) -> None:
        super().__init__(message)
        self.schema = schema


def number(parts: Iterable[dict[str, Any]], chance: Chance, *, whole: bool) -> int | float:
    """Return a number within the bounds of all schemas; without a fraction where `whole` asks so.

    Raises `StuckError` where there is none.
    """
    low = high = None
    steps: list[Fraction] = []
    for part in parts:
        low = _tighter(low, (part.get("minimum"), True), (part.get("exclusiveMinimum"), False), sign=1)
        high = _tighter(high, (part.get("maximum"), True), (part.get("exclusiveMaximum"), False), sign=-1)
        if "multipleOf" in part:
            steps.append(_exact(part["multipleOf"]))
    if not whole and not steps and chance.random() < 0.5:  # noqa: PLR2004 - every other number has a fraction
        fraction = _between(low, high, chance)
        if fraction is not None:
            return fraction
    step = _common([*steps, Fraction(1)] if whole or not steps else steps)
    first = None if low is None else _first_multiple(low, step, sign=1)
    last = None if high is None else _first_multiple(high, step, sign=-1)
    if first is not None and last is not None and first > last:
        fraction = None if whole or steps else _between(low, high, chance)
        if fraction is None:
            raise StuckError("no number lies within its bounds")
        return fraction
    value = _multiple(first, last, chance) * step
    return int(value) if value.denominator == 1 else float(value)


_Bound = tuple[Fraction, bool]


def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def _tighter(known: _Bound | None, *bounds: tuple[Any, bool], sign: int) -> _Bound | None:
    for value, included in bounds:
        if isinstance(value, int | float) and not isinstance(value, bool):
            bound = (_exact(value), included)
            if known is None or (sign * bound[0], not included) > (sign * known[0], not known[1]):
                known = bound
    return known


def _common(steps: Sequence[Fraction]) -> Fraction:
    """Return the least number that is a multiple of every step."""
    found = steps[0]
    for step in steps[1:]:
        found = Fraction(lcm(found.numerator, step.numerator), gcd(found.denominator, step.denominator))
    return found


def _first_multiple(bound: _Bound, step: Fraction, *, sign: int) -> int:
    value, included = bound
    count = ceil(value / step) if sign == 1 else floor(value / step)
    return count + sign if count * step == value and not included else count


def _multiple(first: int | None, last: int | None, chance: Chance) -> int:
    """Return an integer in a range, most often one that is near zero or near a bound."""
    if first is None:
        first = 0 if last is None or last >= 0 else last - _USUAL
    if last is None:
        last = max(first, 0) + _USUAL
    if chance.random() < _RARE:
        return chance.randrange(first, last + 1)
    start = min(max(first, 0), last)
    return chance.randrange(start, min(last, start + _USUAL) + 1)


def _between(low: _Bound | None, high: _Bound | None, chance: Chance) -> float | None:
    """Return a number with a fraction strictly between two bounds, short where there is room."""
    start = low[0] if low else min(Fraction(0), high[0] - _USUAL) if high else Fraction(0)
    end = high[0] if high else start + _USUAL
    if chance.random() >= _RARE:
        start = max(start, min(Fraction(0), end - 1))
        end = min(end, start + _USUAL)
    share = Fraction(chance.randrange(1, 100_000), 100_000)
    exact = start + (end - start) * share
    for value in (round(float(exact), 2), float(exact)):
        if start < _exact(value) < end and value != int(value):
            return value
    return None


def text(parts: Iterable[dict[str, Any]], chance: Chance) -> str:
    """Return a text of the length, patterns and formats of all schemas; raises `StuckError`."""
    asked = list(parts)
    least = max((part.get("minLength", 0) for part in asked), default=0)
    most = min((part["maxLength"] for part in asked if "maxLength" in part), default=None)
    patterns = [part["pattern"] for part in asked if "pattern" in part]
    formats = [part["format"] for part in asked if isinstance(part.get("format"), str)]
    known = [name for name in formats if name in _FORMATS]
    for attempt in range(_ATTEMPTS):
        if patterns and not (known and attempt % 2):
            reach = chance.choice((4, max(4, least), least if most is None else max(most, 1)))
            made = _of_pattern(patterns[attempt // 2 % len(patterns)], chance, reach)
        elif known:
            made = _FORMATS[known[attempt % len(known)]](chance)
        else:
            made = _words(chance, least, most)
        if (
            least <= len(made)
            and (most is None or len(made) <= most)
            and all(matches_pattern(pattern, made) for pattern in patterns)
            and all(_is_of_format(name, made) for name in formats)
        ):
            return made
    wanted = [*(f"the pattern {pattern}" for pattern in patterns), *(f"format {name}" for name in formats)]
    raise StuckError(f"no text found for {' and '.join([*wanted, f'at least {least} characters'])}")


def _of_pattern(pattern: str, chance: Chance, reach: int) -> str:
    try:
        return text_of(pattern, chance, reach=reach)
    except PatternError as error:
        raise StuckError(f"no text is made for the pattern {pattern}: {error}") from error


def _words(chance: Chance, least: int, most: int | None) -> str:
    if not least and (most == 0 or chance.random() < _RARE / 2):
        return ""
    found = chance.choice(_WORDS)
    while len(found) < least or (chance.random() < 0.4 and len(found) < _USUAL):  # noqa: PLR2004 - some have more words
        found += " " + chance.choice(_WORDS)
    return found if most is None else found[: max(most, least)]


@cache
def _format_engine(name: str) -> FastEngine:
    return FastEngine({"format": name})


def _is_of_format(name: str, value: str) -> bool:
    return _format_engine(name).is_valid(value)


def _pad(chance: Chance, start: int, stop: int, *, width: int = 2) -> str:
    return f"{chance.randrange(start, stop):0{width}}"


def _date(chance: Chance) -> str:
    return f"20{_pad(chance, 0, 40)}-{_pad(chance, 1, 13)}-{_pad(chance, 1, 29)}"


def _time(chance: Chance) -> str:
    return f"{_pad(chance, 0, 24)}:{_pad(chance, 0, 60)}:{_pad(chance, 0, 60)}Z"


def _date_time(chance: Chance) -> str:
    return f"{_date(chance)}T{_time(chance)}"


def _hex(chance: Chance, count: int) -> str:
    return "".join(chance.choice("0123456789abcdef") for _ in range(count))


def _uuid(chance: Chance) -> str:
    parts = (_hex(chance, 8), _hex(chance, 4), "4" + _hex(chance, 3), "a" + _hex(chance, 3), _hex(chance, 12))
    return "-".join(parts)


def _host(chance: Chance) -> str:
    return f"{chance.choice(_WORDS)}.example"


def _uri(chance: Chance) -> str:
    return f"https://{_host(chance)}/{chance.choice(_WORDS)}/{chance.randrange(1, 10_000)}"


def _path(chance: Chance) -> str:
    return f"/{chance.choice(_WORDS)}/{chance.randrange(1, 100)}"


def _base64(chance: Chance) -> str:
    return base64.b64encode(" ".join(chance.choice(_WORDS) for _ in range(2)).encode()).decode()


_FORMATS: dict[str, Callable[[Chance], str]] = {
    "byte": _base64,
    "date": _date,
    "date-time": _date_time,
    "duration": lambda chance: f"PT{chance.randrange(1, 60)}M",
    "email": lambda chance: f"{chance.choice(_WORDS)}@{_host(chance)}",
    "hostname": _host,
    "idn-email": lambda chance: f"{chance.choice(_WORDS)}@{_host(chance)}",
    "idn-hostname": _host,
    "ipv4": lambda chance: f"192.0.2.{chance.randrange(1, 255)}",
    "ipv6": lambda chance: f"2001:db8::{_hex(chance, 4)}",
    "iri": _uri,
    "iri-reference": _path,
    "json-pointer": _path,
    "regex": lambda chance: f"^{chance.choice(_WORDS)}$",
    "relative-json-pointer": lambda chance: f"{chance.randrange(0, 3)}{_path(chance)}",
    "time": _time,
    "uri": _uri,
    "uri-reference": _path,
    "uri-template": lambda chance: f"{_path(chance)}/{{id}}",
    "uuid": _uuid,
}
"""A maker for each format that the engine checks."""
