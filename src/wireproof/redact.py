"""What may be shown of a captured value: the only place that knows what a secret is.

Values are shown by allow-list.  Numbers and booleans are shown; a string only if the contract
itself names it, or if it is a number of at most four characters, or a common word for a state.
Any other string is described by its shape: its kind, its length, its alphabet.  With
`reveal` strings are shown too, except those that a key's name or their own pattern gives away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

__all__ = ["STATE_WORDS", "Display", "is_data", "kind_of", "shape_of", "shown_media_type"]

STATE_WORDS = frozenset(
    """
    aborted accepted active archived blocked canceled cancelled cancelling closed completed complete
    copying created deleted done draft error errored expired fail failed failure finished generating
    halted idle in_progress in_queue inactive init initialized inprogress interrupted invalid killed
    moderated not_found not_start not_started ok open paused pending preparing processed processing
    published queued queueing ready received rejected rendering requested retrying revoked running
    scheduled skipped stalled started starting stopped submitted succeed succeeded success
    successful suspended terminated throttled timed_out timeout unknown uploading validating waiting
    warning
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Words for the state of a task or resource that many APIs use; they tell nothing of anybody."""

# Patterns are kept as text: `re` compiles and keeps each on its first use, and most runs use none.
_NUMERIC = r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_PERCENT = r"[0-9]+(?:\.[0-9]+)? ?%"
_SHORT_NUMBER = 4
_SHAPES: tuple[tuple[str, str], ...] = (
    ("UUID", r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
    ("date-time", r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}\S{0,40}"),
    ("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    ("URL", r"[a-zA-Z][a-zA-Z0-9+.-]{0,30}://\S+"),
    ("e-mail address", r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+"),
)
_ALPHABETS: tuple[tuple[str, str], ...] = (
    ("digits", r"[0-9]+"),
    ("hex digits", r"(?=[0-9a-fA-F]*[0-9])[0-9a-fA-F]{8,}"),
    ("lower-case letters", r"[a-z]+"),
    ("capital letters", r"[A-Z]+"),
    ("letters", r"[A-Za-z]+"),
    ("letters, digits and _ - .", r"[A-Za-z0-9_.\-]+"),
    ("printable ASCII characters", r"[ -~]+"),
)
_TELLING_KEY = (
    r"(?i)auth|token|secret|passw|pwd|api.?key|access.?key|private|credential|cookie|session|signature"
    r"|jwt|bearer"
)
_TELLING_TEXT = (
    r"eyJ[A-Za-z0-9_-]{8,}\.|\b(?:sk|pk|rk|gh[opsu]|xox[a-z])[-_](?=\w*[0-9])[-\w]{10,}|-----BEGIN|"
    r"\bAKIA[0-9A-Z]{12,}|\bAIza[-\w]{20,}|"
    r"[?&](?:sig|signature|token|key|x-amz-[a-z-]+)=|://[^/\s:@]+:[^/\s@]+@|[Bb]earer\s"
)
_SINGLE = {
    "lower-case letters": "lower-case letter",
    "capital letters": "capital letter",
    "letters": "letter",
    "printable ASCII characters": "printable ASCII character",
    "letters, digits and _ - .": "letter, digit or _ - .",
}
_LONGEST_SHOWN = 80
_LONGEST_NAME = 64
_DATA = r"(?s)[0-9]+|(?=.*[0-9])(?=.*[A-Za-z])[0-9A-Za-z_+/=-]{20,}|[0-9a-fA-F]{16,}|[0-9a-fA-F-]{36}|.*@.*"
_MEDIA_TYPE = (
    r"(?:application|audio|font|image|message|model|multipart|text|video|\*)/[a-z0-9*][a-z0-9!#$&^_.+-]{0,60}"
)


def kind_of(value: Any) -> str:
    """Return the kind of a JSON value, from a short fixed list.

    Finer than JSON's types where drift is: `numeric string`, `percent string`, `stringified
    JSON`, `empty string`, `empty array`, `empty object`; `integer` is any number without a
    fraction, `number` one with.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return _kind_of_string(value)
    if isinstance(value, list):
        return "array" if value else "empty array"
    if isinstance(value, dict):
        return "object" if value else "empty object"
    return "integer" if value == int(value) else "number"


def _kind_of_string(text: str) -> str:
    if not text:
        return "empty string"
    if text[0] in "+-0123456789" and re.fullmatch(_NUMERIC, text):
        return "numeric string"
    if text[-1] == "%" and re.fullmatch(_PERCENT, text):
        return "percent string"
    if (text[0], text[-1]) in {("{", "}"), ("[", "]")} and _is_json(text):
        return "stringified JSON"
    return "string"


def _is_json(text: str) -> bool:
    import json  # noqa: PLC0415 - few strings look like JSON

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def shape_of(text: str) -> str:
    """Return what a string looks like, without giving it away: kind, length, alphabet."""
    kind = _kind_of_string(text)
    size = f"{len(text)} character{'s' if len(text) != 1 else ''}"
    if kind == "empty string":
        return kind
    if kind != "string":
        return f"{kind} of {size}"
    for name, pattern in _SHAPES:
        if re.fullmatch(pattern, text):
            return f"{name} of {size}"
    for name, pattern in _ALPHABETS:
        if re.fullmatch(pattern, text):
            return f"string of {len(text)} {name if len(text) != 1 else _SINGLE.get(name, name)}"
    return f"string of {size}"


def is_data(name: str) -> bool:
    """Return whether a key or a path segment is a datum rather than a name: an identifier, an address."""
    long = len(name) > _LONGEST_NAME
    return long or bool(re.fullmatch(_DATA, name) or re.search(_TELLING_TEXT, name))


def shown_media_type(text: str) -> str:
    """Return a media type as it came, or what it looks like where it is none."""
    named = re.fullmatch(_MEDIA_TYPE, text) and not is_data(text.partition("/")[2])
    return text if named and not re.search(_TELLING_TEXT, text) else shape_of(text)


@dataclass(frozen=True, slots=True)
class Display:
    """How values of a capture are shown: which words the contract names, whether all may be seen."""

    words: frozenset[str] = frozenset()
    reveal: bool = False

    def value(self, value: Any, *, key: str = "") -> str:
        """Return a value as a report may show it; `key` is the name of the field that holds it."""
        if isinstance(value, str):
            return self._string(value, key)
        if value is None or isinstance(value, bool):
            return {None: "null", True: "true", False: "false"}[value]
        if isinstance(value, list):
            return f"array of {len(value)} item{'s' if len(value) != 1 else ''}" if value else "empty array"
        if isinstance(value, dict):
            return (
                f"object with {len(value)} member{'s' if len(value) != 1 else ''}"
                if value
                else "empty object"
            )
        text = repr(value)
        return text if len(text) <= _LONGEST_SHOWN else f"number of {len(text)} digits"

    def described(self, value: Any, *, key: str = "") -> str:
        """Return a value's kind and, where it may be seen, the value: `numeric string "100"`."""
        kind, shown = kind_of(value), self.value(value, key=key)
        if value is None or isinstance(value, list | dict) or shown == kind:
            return shown
        return shown if isinstance(value, str) and not shown.startswith('"') else f"{kind} {shown}"

    def names(self, text: str) -> bool:
        """Return whether a string is one that anybody may see."""
        if text in self.words or text.casefold() in STATE_WORDS:
            return True
        return len(text) <= _SHORT_NUMBER and _kind_of_string(text) in {"numeric string", "percent string"}

    def _string(self, text: str, key: str) -> str:
        if self.names(text):
            return f'"{text}"'
        if self.reveal and not re.search(_TELLING_KEY, key) and not re.search(_TELLING_TEXT, text):
            return f'"{text}"' if len(text) <= _LONGEST_SHOWN else f'"{text[: _LONGEST_SHOWN - 1]}…"'
        return shape_of(text)
