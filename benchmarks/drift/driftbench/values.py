"""One plausible value for a field, from its name, format, unit and bounds."""

from __future__ import annotations

import base64
import json
import math
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from driftbench import words
from driftbench.moments import Moment, told
from driftbench.patterns import matching

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from driftbench.promise import Shape

__all__ = ["Asked", "leaf", "time_unit", "usable_url"]

_STAGES = (
    ({"expires", "expire", "until", "valid", "due", "eta", "estimated"}, "future"),
    ({"finish", "finished", "ended", "closed", "completed", "delivered"}, "finished"),
    ({"start", "started", "begin", "begun", "authorised", "processed"}, "started"),
    ({"update", "updated", "current", "now", "served", "observed", "last", "modified"}, "now"),
    ({"template", "commissioned", "birth", "registered"}, "past"),
)
_TIME_WORDS = frozenset({"at", "time", "date", "on", "until", "timestamp"})
_ID_WORDS = frozenset({"id", "uuid", "guid", "code", "serial", "reference", "token", "key", "cursor", "sku"})
_MIN_TEXT = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """The field a value is wanted for: its place, name, contract and moment."""

    provider: str
    pointer: str
    path: str
    name: str
    shape: Shape
    moment: Moment
    volatile: bool = False

    def rng(self) -> Random:
        """Return the source of chance of this field in this task."""
        return self.moment.rng(self.path, changing=self.volatile)


def leaf(asked: Asked) -> Any:  # noqa: PLR0911 - one return a type
    """Return a plausible scalar for a field."""
    rng = asked.rng()
    shape = asked.shape
    if "const" in shape.words:
        return shape.get("const")
    for word in ("enum", "x-extensible-enum"):
        if shape.get(word):
            return rng.choice([value for value in shape.get(word) if value is not None])
    unit = time_unit(asked.name, shape)
    if unit:
        return told(_instant(asked, rng), unit, rng)
    if shape.kind == "boolean" and asked.name == "success":
        return asked.moment.state != "failed"
    if shape.kind == "boolean":
        return rng.random() < 0.5  # noqa: PLR2004 - a coin
    if shape.kind == "integer":
        return _integer(asked, rng)
    if shape.kind == "number":
        return _number(asked, rng)
    if shape.kind == "string":
        return _text(asked, rng)
    return rng.choice(words.NOUNS)


def time_unit(name: str, shape: Shape) -> str | None:
    """Return the unit of a field that holds an instant, None for any other field."""
    unit = shape.get("x-unit")
    if unit in {"epoch-s", "epoch-ms", "local-time"}:
        return str(unit)
    if shape.get("format") in {"date-time", "date"}:
        return str(shape.get("format"))
    if unit is None and shape.kind == "integer" and set(words.tokens(name)[-1:]) & _TIME_WORDS:
        return "epoch-s"
    return None


def usable_url(rng: Random, *, suffix: str = "") -> str:
    """Return the address of a file on a host that could exist."""
    name = "".join(rng.choices("0123456789abcdefghijkmnpqrstuvwxyz", k=rng.randint(10, 24)))
    kind = suffix or rng.choice(("mp4", "png", "pdf", "json", "mp3"))
    folder = rng.choice((f"{rng.randint(2023, 2025)}/{rng.randint(1, 12):02d}", "out", "v2/final", "a/b"))
    query = f"?sig={name[:6]}&exp={rng.randint(10**9, 2 * 10**9)}" if rng.random() < 0.2 else ""  # noqa: PLR2004 - some
    return f"https://{rng.choice(words.HOSTS)}/{folder}/{name}.{kind}{query}"


def _instant(asked: Asked, rng: Random) -> datetime:
    moment = asked.moment
    parts = set(words.tokens(asked.name))
    stage = next((stage for known, stage in _STAGES if parts & known), "submitted")
    order = sum(int(token) for token in asked.path.split("/") if token.isdigit())
    if stage == "future":
        return moment.now.replace(microsecond=0) + timedelta(days=rng.randint(2, 90))
    if stage == "past":
        return moment.submitted - timedelta(days=rng.randint(20, 900))
    if stage == "now":
        return moment.now - timedelta(seconds=1)
    if stage == "finished":
        return moment.finished or moment.now
    if stage == "started":
        return moment.started or moment.submitted
    return moment.submitted + timedelta(seconds=0.01 * order)


def _bounds(shape: Shape, low: float, high: float) -> tuple[float, float]:
    least, most = shape.get("minimum"), shape.get("maximum")
    above, below = shape.get("exclusiveMinimum"), shape.get("exclusiveMaximum")
    if isinstance(above, int | float) and not isinstance(above, bool):
        least = above + 1 if shape.kind == "integer" else above + 0.5
    if isinstance(below, int | float) and not isinstance(below, bool):
        most = below - 1 if shape.kind == "integer" else below - 0.5
    if least is not None:
        low, high = least, max(high, least + (high - low))
    if most is not None:
        high = most
        low = max(min(low, most), most - 10**6) if least is None else low
    return low, high


def _integer(asked: Asked, rng: Random) -> int:
    parts = set(words.tokens(asked.name))
    unit = asked.shape.get("x-unit")
    low, high = 0.0, 400.0
    if unit == "percent" or parts & {"percent", "progress"}:
        high = 100
    elif unit == "px" or parts & {"width", "height"}:
        low, high = 240, 2160
    elif parts & {"from", "to"}:
        low, high = (0, 20_000) if "from" in parts else (20_001, 90_000)
    elif unit == "ms":
        low, high = 200, 90_000
    elif "exit" in parts:
        high = 2
    elif parts & {"status", "http"}:
        low = high = 200
    elif "code" in parts:
        low, high = 1, 5000
    elif parts & {"size", "bytes", "minor"}:
        low, high = 900, 9_000_000
    elif parts & {"id", "number"} and asked.shape.get("format") == "int64":
        low, high = 10**9, 10**12
    low, high = _bounds(asked.shape, low, high)
    step = asked.shape.get("multipleOf")
    value = rng.randint(math.ceil(low), math.floor(high))
    return int(value // step * step) if isinstance(step, int) and step > 1 else value


def _number(asked: Asked, rng: Random) -> float | int:
    parts = set(words.tokens(asked.name))
    low, high = 0.0, 80.0
    if parts & {"score", "confidence", "probability", "rate"}:
        high = 1.0
    elif "aspect" in parts:
        low, high = 0.5, 2.0
    elif parts & {"lowest", "low"}:
        low, high = 1.0, 20.0
    elif parts & {"highest", "high"}:
        low, high = 25.0, 80.0
    low, high = _bounds(asked.shape, low, high)
    value = round(rng.uniform(low, high), 3)
    return int(value) if rng.random() < 0.1 and low <= int(value) <= high else value  # noqa: PLR2004 - some whole ones


def _text(asked: Asked, rng: Random) -> str:
    shape = asked.shape
    if "[0-9]+\\.[0-9]{2}" in shape.get("pattern", ""):
        return f"{rng.choice((0.01, 1, 1, 100)) * rng.uniform(1, 90):.2f}"
    if shape.get("pattern"):
        return matching(shape.get("pattern"), rng)
    if shape.get("contentMediaType") == "application/json":
        nested = {"preset": rng.choice(words.NOUNS), "level": rng.randint(0, 9), "parts": [None, True]}
        return json.dumps(rng.choice((nested, {}, [nested])))
    if shape.get("contentEncoding") == "base64":
        return base64.b64encode(rng.randbytes(rng.randint(9, 60))).decode()
    made = _FORMATS.get(str(shape.get("format")))
    if made:
        return made(rng)
    return _fitted(_by_name(asked, rng), shape, rng)


_FORMATS: dict[str, Callable[[Random], str]] = {
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "uri": usable_url,
    "uri-reference": lambda rng: f"/problems/{rng.choice(words.NOUNS)}",
    "email": lambda rng: f"{rng.choice(words.NOUNS)}.{rng.choice(words.NOUNS)}@posthorn.eu",
    "ipv4": lambda rng: (
        f"{rng.randint(11, 99)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    ),
    "byte": lambda rng: base64.b64encode(rng.randbytes(24)).decode(),
}


def _fitted(text: str, shape: Shape, rng: Random) -> str:
    most, least = shape.get("maxLength"), shape.get("minLength", 0)
    if most is not None and len(text) > most:
        text = text[:most]
    while len(text) < least:
        text += rng.choice("abcdefghijklmnop")
    return text


def _by_name(asked: Asked, rng: Random) -> str:  # noqa: C901, PLR0911, PLR0912 - a table of names, read downwards
    name = asked.name
    parts = words.tokens(name)
    known = set(parts)
    if known & {"url", "urls", "link", "href"} or ("path" in known and "pic" not in name):
        if "relative" in str(asked.shape.get("description", "")).lower():
            return f"{rng.choice(words.NOUNS)}/{rng.randint(100, 999)}/{rng.choice(words.NOUNS)}.png"
        return usable_url(rng)
    if "empty on success" in str(asked.shape.get("description", "")).lower():
        return rng.choice(words.REASONS) if asked.moment.state == "failed" else ""
    if "hook" in known:
        return rng.choice(("", "https://hooks.quartzbay.net/in/7731"))
    if "file" in known and "name" in known:
        return f"{rng.choice(words.NOUNS)}-{rng.randint(1, 99)}.tar.gz"
    if known & {"action", "stage", "channel", "network", "login"}:
        return f"{rng.choice(words.NOUNS)}-{rng.choice(words.NOUNS)}"
    if "path" in known or "example" in known:
        return f"{rng.choice(words.NOUNS)}/{rng.randint(100, 999)}/{rng.choice(words.NOUNS)}.png"
    if "email" in known:
        return _FORMATS["email"](rng)
    if "currency" in known:
        return rng.choice(words.CURRENCIES)
    if "country" in known:
        return rng.choice(words.COUNTRIES)
    if known & {"city", "origin", "region", "station", "facility"}:
        return rng.choice(words.CITIES)
    if known & {"street", "address1", "address"}:
        return rng.choice(words.STREETS)
    if known & {"zip", "postal"}:
        return str(rng.randint(10000, 99999))
    if known & {"language", "languages"}:
        return rng.choice(words.LANGUAGES)
    if known & {"sha", "checksum", "hash"}:
        return "".join(rng.choices("0123456789abcdef", k=40))
    if known & {"branch", "ref"}:
        return rng.choice(words.BRANCHES)
    if known & {"color", "colour"}:
        return rng.choice(("", "#1f4e79", "#ffffff"))
    if known & {"elapsed"}:
        return f"{rng.uniform(0.1, 3):.3f}"
    if "version" in known:
        return f"{rng.randint(1, 9)}.{rng.randint(0, 20)}.{rng.randint(0, 9)}"
    if known & {"message", "text", "description", "detail", "note", "notes", "explanation", "msg", "title"}:
        return rng.choice(words.SENTENCES)
    if parts[-1:] and parts[-1] in _ID_WORDS:
        return _identifier(asked, rng)
    if known & {"first"}:
        return rng.choice(words.FIRST_NAMES)
    if known & {"last", "name", "operator", "holder", "company", "login", "singer", "speaker", "signed"}:
        return f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.LAST_NAMES)}"
    if known & {"number", "type", "index"}:
        return str(rng.randint(0, 99))
    return f"{rng.choice(words.NOUNS)} {rng.choice(words.NOUNS)}"


def _identifier(asked: Asked, rng: Random) -> str:
    """Return an identifier whose alphabet and length belong to the field, whatever the task."""
    style = sum(map(ord, asked.provider + asked.pointer)) % 4
    if style == 0:
        return _FORMATS["uuid"](rng)
    if style == 1:
        return "".join(rng.choices("0123456789abcdef", k=32))
    if style == 2:  # noqa: PLR2004 - the third style
        return str(rng.randint(10**14, 10**15 - 1))
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
    return (words.tokens(asked.name) or ("x",))[0][:_MIN_TEXT] + "_" + "".join(rng.choices(letters, k=16))
