"""Bytes of any encoding become text, and what was broken is told."""

import pytest

from wireproof.claims.decoding import LARGEST, decoded
from wireproof.claims.page import read_page

CHINESE = "# 查询任务\n\n| 字段 | 类型 |\n|---|---|\n| 状态 | 字符串 |\n" * 3
JAPANESE = "# タスクの取得\n\nこのページはタスクの状態を返します。\n" * 3
SPANISH = "# Consultar\n\nLa petición devuelve el número de página.\n" * 3

ENCODINGS = {
    "utf-8": (CHINESE.encode(), CHINESE, []),
    "utf-8 with a mark": (CHINESE.encode("utf-8-sig"), CHINESE, ["encoding is UTF-8 with a byte order mark"]),
    "utf-16 with a mark": (CHINESE.encode("utf-16"), CHINESE, ["encoding is UTF-16"]),
    "utf-16, little end first": (SPANISH.encode("utf-16-le"), SPANISH, ["encoding is UTF-16"]),
    "utf-16, big end first": (SPANISH.encode("utf-16-be"), SPANISH, ["encoding is UTF-16"]),
    "gb18030": (CHINESE.encode("gb18030"), CHINESE, ["encoding is GB18030"]),
    "shift_jis": (JAPANESE.encode("shift_jis"), JAPANESE, ["encoding is SHIFT_JIS"]),
    "cp1252": (SPANISH.encode("cp1252"), SPANISH, ["encoding is CP1252"]),
    "declared": (
        b"<html><meta charset='iso-8859-1'>" + SPANISH.encode("latin-1"),
        "<html><meta charset='iso-8859-1'>" + SPANISH,
        ["encoding is ISO-8859-1"],
    ),
    "declared as gbk": (
        b"<html><meta charset=gbk>" + CHINESE.encode("gbk"),
        "<html><meta charset=gbk>" + CHINESE,
        ["encoding is GB18030"],
    ),
    "declared wrongly": (
        b"<html><meta charset=no-such>" + SPANISH.encode("cp1252"),
        "<html><meta charset=no-such>" + SPANISH,
        ["encoding is CP1252"],
    ),
    "broken utf-8": (
        CHINESE.encode()[:-40] + b"\xff\xfe" + b"\n",
        CHINESE.encode()[:-40].decode(errors="replace") + "\ufffd\ufffd\n",
        ["bytes that are no text"],
    ),
}


@pytest.mark.parametrize(("data", "text", "kinds"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_a_page_is_decoded(data, text, kinds):
    actual, artefacts, unread = decoded(data)
    assert (actual, [part.kind for part in artefacts], unread) == (text, kinds, [])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "a PDF file"),
        (b"PK\x03\x04rest", "a zip file (or an office document)"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"GIF89a", "a GIF image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\x1f\x8b\x08", "gzip-compressed data"),
        (b"abc\x00\x01\x02" * 9, "binary data (it holds NUL bytes)"),
    ],
)
def test_a_binary_is_named(data, kind):
    page = read_page(data, name="x")
    reason = f"the input is {kind}, not text; save the page as text, Markdown or HTML"
    assert ([part.reason for part in page.unread], page.silence) == ([reason], "nothing on it can be read")


def test_bytes_that_no_encoding_fits_are_replaced_and_counted():
    data = b"\x80\x81\xfe\xff\xa0\xff\x80\x80" * 5
    text, artefacts, _ = decoded(data)
    assert (text.count("\ufffd") > 0 or artefacts != [], bool(artefacts)) == (True, True)


def test_a_page_is_read_up_to_its_limit():
    data = b"# Jobs\n\nGET /jobs\n" + b"\xe4\xb8\xad" * (LARGEST // 3 + 10)
    page = read_page(data, name="x")
    assert [part.reason for part in page.unread] == [
        "only the first 8 MiB of a page are read; split it to read the rest"
    ]


def test_a_stray_nul_hides_nothing_of_a_page():
    text, _, unread = decoded(b"# Get a job\n\n`GET /jobs`\0\n")
    assert (text.startswith("# Get a job"), unread) == (True, [])


def test_bytes_without_a_nul_may_be_no_text():
    data = bytes(range(1, 256)) * 40
    _, _, (unread,) = decoded(data)
    assert unread.reason.startswith("the input is binary data (it holds control characters), not text;")


@pytest.mark.parametrize("encoding", ["utf-32", "utf-16"])
def test_a_mark_tells_utf_16_and_utf_32_apart(encoding):
    text, (found,), _ = decoded("# 查询 job\n".encode(encoding))
    assert (text.strip("\ufeff"), found.kind) == ("# 查询 job\n", f"encoding is {encoding.upper()}")
