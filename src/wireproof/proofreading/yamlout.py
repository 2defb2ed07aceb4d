"""Plain values → YAML text as people write it: block style, keys in their order."""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["to_yaml"]

_PLAIN = re.compile(r"[A-Za-z_/\u3040-\u9fff][\w /.{}()\u3040-\u9fff-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "none", "nan", "inf"})
_UNQUOTABLE = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LONGEST_KEY = 1000
"""Characters that a key may have before its colon; a longer one needs a mark of its own."""
_SHORT = frozenset({"x-source", "x-example-source"})


def to_yaml(value: dict[str, Any], *, comment: str = "") -> str:
    """Return a document as YAML text; `comment` stands above it, a `#` before each line."""
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    return head + "\n".join(_lines(value, 0)) + "\n"


def _lines(value: Any, depth: int) -> list[str]:
    indent = "  " * depth
    lines: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            name = _scalar(key)
            mark = f"{indent}{name}:" if len(name) <= _LONGEST_KEY else f"{indent}? {name}\n{indent}:"
            lines += _entry(mark, inner, depth, key=str(key))
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list) and inner:
                below = _lines(inner, depth + 1)
                lines += [f"{indent}- {below[0].lstrip()}", *below[1:]]
            else:
                lines.append(f"{indent}- {_scalar(inner)}")
    return lines


def _entry(head: str, inner: Any, depth: int, *, key: str) -> list[str]:
    if (
        key in _SHORT
        and isinstance(inner, dict)
        and not any(isinstance(one, dict | list) for one in inner.values())
    ):
        return [f"{head} {{{', '.join(f'{_scalar(name)}: {_scalar(one)}' for name, one in inner.items())}}}"]
    if isinstance(inner, dict | list) and inner:
        return [head, *_lines(inner, depth + 1)]
    return [f"{head} {_scalar(inner)}"]


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, int | float):
        return re.sub(r"^(-?\d+)e", r"\1.0e", repr(value))
    return _text(str(value))


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and not text.endswith((" ", ":")):
        return text
    if _UNQUOTABLE.search(text):
        return _UNQUOTABLE.sub(_escape, json.dumps(text, ensure_ascii=False))
    return "'" + text.replace("'", "''") + "'"


def _escape(found: re.Match[str]) -> str:
    """Return a character as YAML escapes it; half a pair of surrogates is no character."""
    char = found[0]
    return "\\ufffd" if "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04x}"
