"""What bytes look like that are not JSON: told by their first few hundred bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Look", "look_at"]

_BOM = b"\xef\xbb\xbf"
_SIGNATURES = (
    (b"\x1f\x8b", "compressed", "gzip-compressed data"),
    (b"\x28\xb5\x2f\xfd", "compressed", "Zstandard-compressed data"),
    (b"\xfd7zXZ\x00", "compressed", "xz-compressed data"),
    (b"BZh", "compressed", "bzip2-compressed data"),
    (b"PK\x03\x04", "binary", "a ZIP archive"),
    (b"\x89PNG\r\n", "binary", "a PNG image"),
    (b"\xff\xd8\xff", "binary", "a JPEG image"),
    (b"GIF8", "binary", "a GIF image"),
    (b"%PDF-", "binary", "a PDF document"),
    (b"\x7fELF", "binary", "a program"),
    (b"SQLite format 3\x00", "binary", "an SQLite database"),
    (b"OggS", "binary", "an Ogg recording"),
    (b"ID3", "binary", "an MP3 recording"),
)
_UTF32 = ((b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe\x00\x00", "UTF-32"))
_UTF16 = ((b"\xfe\xff", "UTF-16"), (b"\xff\xfe", "UTF-16"))
_EVENT = rb"\s*(?:(?:data|event|id|retry):|:[^\n]*\n\s*(?:data|event):)"
_HTML = rb"(?is)\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|title|h1|center)\b"
_SEEN = 512
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\x0c\x1b")
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\x0c\x1b")
_FEW_CONTROLS, _MANY_CONTROLS = 3, 0.1


@dataclass(frozen=True, slots=True)
class Look:
    """What bytes look like: the reason that a refusal carries, and a noun phrase for a person."""

    reason: str
    what: str


def look_at(data: bytes) -> Look | None:
    """Return what the beginning of `data` looks like, or None if it may be JSON or plain text."""
    head = data[:_SEEN]
    return _signed(head) or _encoded(head) or _marked(head.removeprefix(_BOM)) or _binary(head)


def _encoded(head: bytes) -> Look | None:
    for mark, wide in (*_UTF32, *_UTF16):
        if head.startswith(mark):
            return Look("encoding", f"{wide} text (it begins with its byte order mark)")
    zeros = "".join("x" if byte else "0" for byte in head[:4])
    name = {"000x": "UTF-32", "x000": "UTF-32", "0x0x": "UTF-16", "x0x0": "UTF-16"}.get(zeros, "")
    return Look("encoding", f"{name} text (its letters are wider than a byte)") if name else None


def _signed(head: bytes) -> Look | None:
    for signature, reason, what in _SIGNATURES:
        if head.startswith(signature):
            return Look(reason, what)
    if head[4:8] == b"ftyp":
        return Look("binary", "an MP4 video")
    if head.startswith(b"RIFF"):
        return Look("binary", "a WAV, AVI or WebP file")
    return None


def _marked(head: bytes) -> Look | None:
    if re.match(_HTML, head):
        return Look("markup", "an HTML page")
    bare = head.lstrip()
    if bare.startswith(b"<?xml"):
        return Look("markup", "an XML document")
    if bare.startswith(b"<"):
        return Look("markup", "HTML or XML markup")
    if re.match(_EVENT, head):
        return Look("events", "a stream of server-sent events")
    return None


def _binary(head: bytes) -> Look | None:
    controls = sum(byte in _CONTROLS for byte in head)
    if controls > max(_FEW_CONTROLS, len(head) * _MANY_CONTROLS):
        return Look("binary", "binary data")
    return None
