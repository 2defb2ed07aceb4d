"""Bytes → text: which encoding a page is in, and what was broken."""

from __future__ import annotations

import re
from typing import Final

from wireproof.claims.claim import Artefact, Lines, Unread

__all__ = ["LARGEST", "decoded"]

LARGEST: Final = 8 * 1024 * 1024
"""Bytes of a page that are read; what lies beyond is named as unread."""

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,30})""", re.IGNORECASE)
_SAMPLE: Final = 65536
_CONTROLS: Final = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b\x1e\x1f"))
"""Characters that no text has, but for a stray one."""
_STRAY: Final = 3
_SHARE: Final = 0.01
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_COMMON_CJK = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]")
_MAGIC: Final = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip file (or an office document)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip-compressed data"),
)


def decoded(data: bytes) -> tuple[str, list[Artefact], list[Unread]]:
    """Return the page's text, the artefacts of its encoding, and what could not be decoded.

    A binary gives an empty text and one `Unread`.
    """
    unread: list[Unread] = []
    cut = len(data) > LARGEST
    head = data[:LARGEST]
    kind = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    encoding = None if kind else _marked(head)
    if kind is None and encoding is None and _is_binary(head[:_SAMPLE]):
        kind = f"binary data (it holds {'NUL bytes' if 0 in head[:_SAMPLE] else 'control characters'})"
    if kind is not None:
        return (
            "",
            [],
            [Unread(Lines(1, 1), f"the input is {kind}, not text; save the page as text, Markdown or HTML")],
        )
    text, artefacts = _text(head, encoding)
    if cut:
        last = text.count("\n") + 1
        reason = f"only the first {LARGEST // 1024 // 1024} MiB of a page are read; split it to read the rest"
        unread.append(Unread(Lines(last, last), reason))
    return text, artefacts, unread


def _is_binary(sample: bytes) -> bool:
    """Return whether bytes are no text: more than a stray one of them is a control character."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > max(_STRAY, len(sample) * _SHARE)


def _marked(data: bytes) -> str | None:
    """Return the encoding that a byte order mark, or the rhythm of NUL bytes, gives away."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:4096]
    if len(sample) >= 4:
        even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
        if odd > 0.35 and even < 0.05:
            return "utf-16-le"
        if even > 0.35 and odd < 0.05:
            return "utf-16-be"
    return None


def _text(data: bytes, encoding: str | None) -> tuple[str, list[Artefact]]:
    if encoding is not None:
        text = data.decode(encoding, "replace")
        named = "UTF-8 with a byte order mark" if encoding == "utf-8-sig" else encoding[:6].upper()
        return text, [Artefact(f"encoding is {named}", 1, 1), *_replaced(text)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and len(data) == LARGEST:
            return data[: error.start].decode("utf-8"), []
    guessed = _declared(data) or _guessed(data)
    if guessed is None:
        text = data.decode("utf-8", "replace")
        return text, _replaced(text)
    text = data.decode(guessed, "replace")
    return text, [Artefact(f"encoding is {guessed.upper()}", 1, 1), *_replaced(text)]


def _replaced(text: str) -> list[Artefact]:
    count = text.count("\ufffd")
    return (
        [Artefact("bytes that are no text", count, text.count("\n", 0, text.index("\ufffd")) + 1)]
        if count
        else []
    )


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    if name in {"utf-8", "utf8"} or not name:
        return None
    try:
        data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    return "gb18030" if name in {"gbk", "gb2312"} else name


def _guessed(data: bytes) -> str | None:
    """Return the encoding that fits bytes which are no UTF-8, or None for UTF-8 with broken bytes."""
    as_utf8 = data.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    if sum(char > "\x7f" for char in as_utf8) - broken >= broken:
        return None
    runs = re.findall(rb"[\x80-\xff]+", data)
    lows = sum(byte < 0xA0 for run in runs for byte in run)
    if sum(len(run) == 1 for run in runs) * 2 > len(runs) and lows * 5 < sum(map(len, runs)):
        return "cp1252"
    best, most = None, 0.0
    for name in ("gb18030", "shift_jis", "euc_jp", "big5"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        foreign = [char for char in text if char > "\x7f"]
        joined = "".join(foreign)
        fit = (len(_COMMON_CJK.findall(joined)) + len(_KANA.findall(joined))) / max(1, len(foreign))
        if fit > most:
            best, most = name, fit
    return best
