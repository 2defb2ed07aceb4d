"""Compressed bodies and files are unfolded, never past a limit."""

from __future__ import annotations

import gzip
import io
import sys
import types
import zlib
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door import Limits, Refusal
from wireproof.door.inflate import InflatingStream, ZstdStream, inflate, unfolding

gzipped = partial(gzip.compress, mtime=0)  # the same bytes, and so the same test ids, at any time

BODY = b'{"id": "' + b"x" * 200 + b'"}'
RAW = zlib.compressobj(wbits=-15)
CODED = {
    "gzip": gzipped(BODY),
    "x-gzip": gzipped(BODY[:50]) + gzipped(BODY[50:]),
    "deflate": zlib.compress(BODY),
    "Deflate": RAW.compress(BODY) + RAW.flush(),
    "deflate, gzip": gzipped(zlib.compress(BODY)),
    "identity": BODY,
    "gzip, identity": gzipped(BODY),
}


@pytest.mark.parametrize("codings", CODED)
def test_a_body_is_unfolded_as_its_header_says(codings):
    inflated = inflate(CODED[codings], codings)

    assert (inflated.body, inflated.note) == (BODY, None)


@pytest.mark.parametrize("codings", [None, "", " , "])
def test_without_a_coding_a_body_stays(codings):
    assert inflate(BODY, codings).body == BODY


KEPT = [
    (BODY, "gzip", "already decoded although its content-encoding says gzip"),
    (b"", "br", "already decoded"),
    (b"plain text", "gzip", "no whole gzip stream"),
    (gzipped(BODY)[:-9], "gzip", "no whole gzip stream"),
    (b"\x1f\x8b\x08broken!!!!!!", "gzip", "no whole gzip stream"),
    (b"\x01plain", "deflate", "no whole deflate stream"),
    (zlib.compress(BODY) + b"more", "deflate", "no whole deflate stream"),
    (b"\x01\x02", "aws-chunked", "`aws-chunked` is not known"),
    (b"\x01\x02", "\x1b[31m", "in the header is not known"),
]


@pytest.mark.parametrize(("data", "codings", "words"), KEPT)
def test_a_body_that_is_not_compressed_as_told_is_kept_and_noted(data, codings, words):
    inflated = inflate(data, codings)

    assert data == inflated.body
    assert words in (inflated.note or "")


def test_compressed_bytes_that_begin_like_json_are_unfolded(monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", FakeZstd("zstandard"))

    assert inflate(b"[\xff.", "zstd").body == b"x" * 1000


def test_a_bomb_is_undecided():
    bomb = gzipped(b"\0" * 3_000_000)

    with pytest.raises(Refusal) as caught:
        inflate(bomb, "gzip", Limits(expanded=1_000_000))

    assert (caught.value.reason, caught.value.undecided) == ("expansion", True)


def test_many_small_members_are_one_bomb():
    with pytest.raises(Refusal):
        inflate(gzipped(b"\0" * 600) * 10, "gzip", Limits(expanded=5000))


@pytest.mark.parametrize(("coding", "library"), [("br", "brotli"), ("zstd", "zstandard")])
def test_a_missing_library_is_named(coding, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(Refusal) as caught:
        inflate(b"\x1b\x02", coding)

    assert (caught.value.reason, caught.value.undecided) == ("unsupported", True)
    assert library in caught.value.message
    assert "pip install" in caught.value.hint


class BrotliError(Exception):
    pass


class FakeDecompressor:
    """Unfolds `*` to a thousand bytes, in pieces; ends at `.`."""

    def __init__(self):
        self.waiting = b""
        self.ended = False

    def process(self, data, output_buffer_limit):
        if data == b"broken":
            raise BrotliError
        self.ended = data.endswith(b".") or self.ended
        self.waiting += b"x" * 1000 * data.count(b"*")
        size = min(600, output_buffer_limit)
        given, self.waiting = self.waiting[:size], self.waiting[size:]
        return given

    def is_finished(self):
        return self.ended and not self.waiting

    def can_accept_more_data(self):
        return not self.waiting


@pytest.fixture
def brotli(monkeypatch):
    module = types.ModuleType("brotli")
    module.Decompressor, module.error = FakeDecompressor, BrotliError
    monkeypatch.setitem(sys.modules, "brotli", module)


@pytest.mark.usefixtures("brotli")
def test_brotli_is_unfolded_piece_by_piece():
    assert inflate(b"**.", "br").body == b"x" * 2000
    assert "no whole br stream" in (inflate(b"**", "br").note or "")
    assert "no whole br stream" in (inflate(b"broken", "br").note or "")
    with pytest.raises(Refusal) as caught:
        inflate(b"**.", "br", Limits(expanded=1500))
    assert caught.value.reason == "expansion"


class FakeZstd(types.ModuleType):
    """Unfolds a frame of any bytes that ends with `.` to a thousand bytes."""

    class ZstdError(Exception):
        pass

    class ZstdDecompressor:
        def __init__(self, max_window_size):
            assert max_window_size

        def stream_reader(self, data, *, read_across_frames):
            assert read_across_frames
            if data == b"broken":
                raise FakeZstd.ZstdError
            return io.BytesIO(b"x" * 1000 * max(1, data.count(b".")))

        def decompressobj(self):
            return FakeZstd.Frame()

    class Frame:
        eof, unused_data = False, b""

        def decompress(self, data):
            _, end, self.unused_data = data.partition(b".")
            self.eof = bool(end)


def test_zstandard_is_unfolded_up_to_the_limit(monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", FakeZstd("zstandard"))

    assert inflate(b"\x28..", "zstd").body == b"x" * 2000
    assert "no whole zstd stream" in (inflate(b"\x28.\x28", "zstd").note or "")
    assert "no whole zstd stream" in (inflate(b"broken", "zstd").note or "")
    with pytest.raises(Refusal):
        inflate(b"\x28.", "zstd", Limits(expanded=999))


def read_all(stream, size=97):
    return b"".join(iter(lambda: stream.read(size), b""))


def read_exactly(stream, size):
    return b"".join(stream.read(1) for _ in range(size))


class TestFiles:
    @given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 400))
    def test_unfold_to_what_was_packed(self, members, size):
        packed = b"".join(map(gzipped, members))

        assert b"".join(members) == read_all(InflatingStream(io.BytesIO(packed)), size)

    def test_may_be_padded(self):
        assert read_all(InflatingStream(io.BytesIO(gzipped(BODY) + b"\0" * 40))) == BODY

    def test_give_what_stands_before_a_cut_and_then_refuse(self):
        stream = InflatingStream(io.BytesIO(gzipped(bytes(range(256)) * 40)[:-20]))

        assert read_exactly(stream, 256) == bytes(range(256))
        with pytest.raises(Refusal) as caught:
            read_all(stream)
        assert caught.value.reason == "truncated"

    def test_that_are_broken_are_refused(self):
        with pytest.raises(Refusal) as caught:
            read_all(InflatingStream(io.BytesIO(gzipped(BODY) + b"trailing rubbish")))

        assert caught.value.reason == "compressed"

    def test_that_unfold_beyond_measure_are_undecided(self):
        bomb = gzipped(b"\0" * 10_000_000)

        with pytest.raises(Refusal) as caught:
            read_all(InflatingStream(io.BytesIO(bomb), Limits(expanded=100_000)), 65536)

        assert (caught.value.reason, caught.value.undecided) == ("expansion", True)

    def test_that_merely_are_large_are_read(self):
        import random

        noise = random.Random(1).randbytes(300_000)

        assert noise == read_all(InflatingStream(io.BytesIO(gzipped(noise)), Limits(expanded=1000)), 65536)


class FakeFrames(types.ModuleType):
    """Unfolds a frame, any bytes up to a `.`, to as many times ten `x`; `!` is broken."""

    class ZstdError(Exception):
        pass

    class ZstdDecompressor:
        def __init__(self, max_window_size):
            assert max_window_size

        def decompressobj(self):
            return FakeFrames.Machine()

    class Machine:
        eof, unused_data = False, b""

        def decompress(self, data):
            if b"!" in data:
                raise FakeFrames.ZstdError
            inside, end, rest = data.partition(b".")
            self.eof, self.unused_data = bool(end), rest
            return b"x" * (10 * len(inside))


@pytest.fixture
def frames(monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", FakeFrames("zstandard"))


@pytest.mark.usefixtures("frames")
class TestZstdFiles:
    @pytest.mark.parametrize("size", [1, 7, 1 << 16])
    def test_unfold_frame_by_frame(self, size):
        assert read_all(ZstdStream(io.BytesIO(b"ab.c." + b"d" * 3000 + b"..")), size) == b"x" * 30_030

    def test_give_what_stands_before_a_cut_and_then_refuse(self):
        stream = ZstdStream(io.BytesIO(b"ab.cd"))

        assert read_exactly(stream, 40) == b"x" * 40
        with pytest.raises(Refusal) as caught:
            stream.read(1)
        assert (caught.value.reason, caught.value.byte) == ("truncated", 5)

    def test_that_are_broken_are_refused(self):
        with pytest.raises(Refusal) as caught:
            ZstdStream(io.BytesIO(b"ab.!!")).read(100)

        assert (caught.value.reason, caught.value.byte) == ("compressed", 0)

    def test_that_unfold_beyond_measure_are_undecided(self, monkeypatch):
        monkeypatch.setattr("wireproof.door.inflate._ZSTD_BOMB_RATIO", 5)
        with pytest.raises(Refusal) as caught:
            read_all(ZstdStream(io.BytesIO(b"a" * 9000), Limits(expanded=1000)))

        assert (caught.value.reason, caught.value.undecided) == ("expansion", True)


def test_a_recording_whose_library_is_missing_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)

    with pytest.raises(Refusal) as caught:
        unfolding(b"\x28\xb5\x2f\xfd", io.BytesIO())

    assert caught.value.reason == "unsupported"
    assert caught.value.message.startswith("the recording is compressed with zstd")
    assert "pip install" in caught.value.hint


@pytest.mark.usefixtures("frames")
@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x1f\x8b\x08\x00", InflatingStream),
        (b"\x28\xb5\x2f\xfd", ZstdStream),
        (b"\x5a\x2a\x4d\x18", ZstdStream),
        (b"\xef\xbb\xbf{", type(None)),
        (b"\x7b\x2a\x4d\x18", type(None)),
        (b"", type(None)),
    ],
)
def test_a_compression_is_known_by_its_first_bytes(head, kind):
    assert isinstance(unfolding(head, io.BytesIO()), kind)
