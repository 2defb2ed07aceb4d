"""Compressed bytes to plain ones, never past a limit."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from wireproof.door.limits import LIMITS, Limits
from wireproof.door.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import SupportsRead

__all__ = ["Inflated", "InflatingStream", "ZstdStream", "inflate", "unfolding"]

_GZIP = b"\x1f\x8b"
_AUTO_WRAPPED, _RAW = 47, -15
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPED = b"\x2a\x4d\x18"
"""What follows the first byte, 0x50 to 0x5f, of a zstd frame without data; a stream may begin with one."""
_BOMB_RATIO = 200
_ZSTD_BOMB_RATIO = 2000
"""Repeated answers fold better in zstd, whose window is larger."""
_FRAGMENT = 1 << 10
"""How many bytes of zstd are unfolded at once: four of them may become 128 KiB."""
_CHUNK = 1 << 16
_LONGEST_NAME = 24
_LARGEST_WINDOW = 1 << 27


@dataclass(frozen=True, slots=True)
class Inflated:
    """A body after content decoding, and the remark that a reader makes about it, if any."""

    body: bytes
    note: str | None = None


class _NotCompressedError(Exception):
    """The bytes are not what the header says."""


def inflate(data: bytes, encodings: str | None, limits: Limits = LIMITS) -> Inflated:
    """Return the body behind a `Content-Encoding` header, its codings undone from last to first.

    Recorders that store decoded bodies keep the header: bytes that are not compressed as it says
    stay as they are, with a note.  Raises `Refusal` for `expansion` past the limit, and for
    `unsupported` where the library for a coding is missing.
    """
    names = [name.strip().lower() for name in (encodings or "").split(",")]
    for name in reversed([name for name in names if name not in ("", "identity")]):
        undo = _CODINGS.get(name)
        if undo is None:
            return Inflated(
                data, f"the content coding {_shown(name)} is not known; the body is kept as captured"
            )
        if not data or _is_text(data):
            return Inflated(data, f"the body was already decoded although its content-encoding says {name}")
        try:
            data = undo(data, limits.expanded)
        except _NotCompressedError:
            return Inflated(data, f"the body is no whole {name} stream although its content-encoding says so")
    return Inflated(data)


def unfolding(
    head: bytes, stream: SupportsRead[bytes], limits: Limits = LIMITS
) -> SupportsRead[bytes] | None:
    """Return what a stream that begins with `head` unfolds to, or None where it is not compressed.

    Raises `Refusal` where the library for its compression is missing.
    """
    if head.startswith(_GZIP):
        return InflatingStream(stream, limits)
    if head.startswith(_ZSTD) or (head[1:4] == _SKIPPED and head[0] >> 4 == 5):  # noqa: PLR2004 - RFC 8878
        return ZstdStream(stream, limits)
    return None


class InflatingStream:
    """A gzip-compressed byte stream, read as what it unfolds to; for files, in constant memory.

    It refuses what unfolds past `limits.expanded` and at a ratio that no recording has.
    """

    def __init__(self, stream: SupportsRead[bytes], limits: Limits = LIMITS, *, first: bytes = b"") -> None:
        self._stream, self._limits = stream, limits
        self._waiting = first
        self._taken = len(first)
        self._given = 0
        self._machine = zlib.decompressobj(_AUTO_WRAPPED)

    def read(self, size: int = _CHUNK) -> bytes:
        """Return up to `size` more bytes, or none at the end; raise `Refusal` on broken data."""
        while True:
            if not self._waiting:
                self._waiting = self._stream.read(_CHUNK)
                self._taken += len(self._waiting)
            ended = not self._waiting
            plain = self._unfolded(size)
            self._given += len(plain)
            _check_expansion(self._given, self._taken, self._limits, _BOMB_RATIO)
            if ended and not plain and not self._machine.eof:
                raise Refusal("truncated", "the gzip data ends before its end mark", byte=self._taken)
            if plain or ended:
                return plain

    def _unfolded(self, size: int) -> bytes:
        if self._machine.eof:
            self._waiting = self._waiting.lstrip(b"\0")
            if not self._waiting:
                return b""
            self._machine = zlib.decompressobj(_AUTO_WRAPPED)
        try:
            plain = self._machine.decompress(self._waiting, size)
        except zlib.error:
            raise Refusal(
                "compressed", "the gzip data is broken", byte=self._taken - len(self._waiting)
            ) from None
        self._waiting = self._machine.unused_data if self._machine.eof else self._machine.unconsumed_tail
        return plain


class ZstdStream:
    """A zstd-compressed byte stream of any number of frames, read as what it unfolds to, in constant memory.

    It refuses what unfolds past `limits.expanded` and at a ratio that no recording has.
    """

    def __init__(self, stream: SupportsRead[bytes], limits: Limits = LIMITS) -> None:
        try:
            zstandard = import_module("zstandard")
        except ImportError:
            raise _missing("zstd", "zstandard", "the recording") from None
        self._stream, self._limits = stream, limits
        self._error: type[Exception] = zstandard.ZstdError
        self._unfolder = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        self._machine = self._unfolder.decompressobj()
        self._begun = False
        self._waiting, self._plain = b"", b""
        self._taken = self._given = 0

    def read(self, size: int = _CHUNK) -> bytes:
        """Return up to `size` more bytes, or none at the end; raise `Refusal` on broken data."""
        parts, held = [self._plain], len(self._plain)
        while held < size and (self._waiting or self._fill()):
            part = self._unfolded()
            self._given += len(part)
            _check_expansion(self._given, self._taken, self._limits, _ZSTD_BOMB_RATIO)
            parts.append(part)
            held += len(part)
        whole = b"".join(parts)
        if not whole and self._begun:
            raise Refusal("truncated", "the zstd data ends inside a frame", byte=self._taken)
        self._plain = whole[size:]
        return whole[:size]

    def _fill(self) -> bool:
        self._waiting = self._stream.read(_CHUNK)
        self._taken += len(self._waiting)
        return bool(self._waiting)

    def _unfolded(self) -> bytes:
        """Return what the next bytes unfold to, which may be nothing."""
        fragment, self._waiting = self._waiting[:_FRAGMENT], self._waiting[_FRAGMENT:]
        try:
            part: bytes = self._machine.decompress(fragment)
        except self._error:
            raise Refusal(
                "compressed", "the zstd data is broken", byte=self._taken - len(self._waiting) - len(fragment)
            ) from None
        self._begun = not self._machine.eof
        if self._machine.eof:
            self._waiting = self._machine.unused_data + self._waiting
            self._machine = self._unfolder.decompressobj()
        return part


def _check_expansion(given: int, taken: int, limits: Limits, ratio: int) -> None:
    if given > max(limits.expanded, taken * ratio):
        raise Refusal("expansion", f"{taken:,} compressed bytes unfold to more than {given:,}")


def _is_text(data: bytes) -> bool:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"[", b'"', b"<"):
        return False
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _shown(name: str) -> str:
    return (
        f"`{name}`"
        if name.isascii() and name.replace("-", "").isalnum() and len(name) < _LONGEST_NAME
        else "in the header"
    )


def _gunzip(data: bytes, most: int) -> bytes:
    if not data.startswith(_GZIP):
        raise _NotCompressedError
    plain = b""
    while data.startswith(_GZIP):
        plain, data = _unzipped(data, most, _AUTO_WRAPPED, before=plain)
    return plain


def _undeflate(data: bytes, most: int) -> bytes:
    for window in (zlib.MAX_WBITS, _RAW):
        try:
            plain, rest = _unzipped(data, most, window)
        except _NotCompressedError:
            continue
        if not rest:
            return plain
    raise _NotCompressedError


def _unzipped(data: bytes, most: int, window: int, *, before: bytes = b"") -> tuple[bytes, bytes]:
    machine = zlib.decompressobj(window)
    try:
        plain = before + machine.decompress(data, most - len(before) + 1)
    except zlib.error:
        raise _NotCompressedError from None
    _check_size(plain, most)
    if not machine.eof:
        raise _NotCompressedError
    return plain, machine.unused_data


def _unbrotli(data: bytes, most: int) -> bytes:
    try:
        brotli = import_module("brotli")
    except ImportError:
        raise _missing("br", "brotli") from None
    machine = brotli.Decompressor()
    plain = bytearray()
    try:
        plain += machine.process(data, output_buffer_limit=most + 1)
        while len(plain) <= most and not machine.is_finished() and not machine.can_accept_more_data():
            plain += machine.process(b"", output_buffer_limit=most + 1)
    except brotli.error:
        raise _NotCompressedError from None
    _check_size(plain, most)
    if not machine.is_finished():
        raise _NotCompressedError
    return bytes(plain)


def _unzstd(data: bytes, most: int) -> bytes:
    try:
        zstandard = import_module("zstandard")
    except ImportError:
        raise _missing("zstd", "zstandard") from None
    decompressor = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    try:
        with decompressor.stream_reader(data, read_across_frames=True) as reader:
            plain = bytes(reader.read(most + 1))
        _check_size(plain, most)
        while data:
            machine = decompressor.decompressobj()
            machine.decompress(data)
            if not machine.eof:
                raise _NotCompressedError
            data = machine.unused_data
    except zstandard.ZstdError:
        raise _NotCompressedError from None
    return plain


def _check_size(plain: bytes | bytearray, most: int) -> None:
    if len(plain) > most:
        raise Refusal("expansion", f"the compressed body unfolds to more than {most:,} bytes")


def _missing(coding: str, library: str, what: str = "the body") -> Refusal:
    return Refusal(
        "unsupported", f"{what} is compressed with {coding}, and the library {library} is not installed"
    )


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "br": _unbrotli,
    "deflate": _undeflate,
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "zstd": _unzstd,
}
