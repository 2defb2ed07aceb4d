"""TOML into values, with the line of each part."""

import tomllib
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door.refusal import Refusal
from wireproof.door.tomltext import read_toml

SIZE = 1 << 20

DOCUMENT = b'''# a comment, and a = 0 in it
a = 1 # another
"b.c".'d' = "x # no comment"
[p.q]   # the table
r = [
  1,
  """
a = [""", { x = 1, y.z = 2 },
  \'\'\'it''s\'\'\',
]
[[i]]
k = 1
[[i]]
k = 1979-05-27 07:32:00
[i.sub]
"q\\u0041" = { }
[[i.deep]]
[[i.deep]]
m = []
[i.deep.end]
last = 'x'
'''

LINES = {
    ("a",): 2,
    ("b.c",): 3,
    ("b.c", "d"): 3,
    ("p",): 4,
    ("p", "q"): 4,
    ("p", "q", "r"): 5,
    ("p", "q", "r", 0): 6,
    ("p", "q", "r", 1): 7,
    ("p", "q", "r", 2): 8,
    ("p", "q", "r", 2, "x"): 8,
    ("p", "q", "r", 2, "y"): 8,
    ("p", "q", "r", 2, "y", "z"): 8,
    ("p", "q", "r", 3): 9,
    ("i",): 11,
    ("i", 0): 11,
    ("i", 0, "k"): 12,
    ("i", 1): 13,
    ("i", 1, "k"): 14,
    ("i", 1, "sub"): 15,
    ("i", 1, "sub", "qA"): 16,
    ("i", 1, "deep"): 17,
    ("i", 1, "deep", 0): 17,
    ("i", 1, "deep", 1): 18,
    ("i", 1, "deep", 1, "m"): 19,
    ("i", 1, "deep", 1, "end"): 20,
    ("i", 1, "deep", 1, "end", "last"): 21,
}


def paths(value, path=()):
    """Return every path in a value."""
    found = {path} if path else set()
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in pairs:
        found |= paths(member, (*path, key))
    return found


def test_each_part_has_the_line_it_was_written_on():
    assert read_toml(DOCUMENT, size=SIZE).lines == LINES
    assert paths(tomllib.loads(DOCUMENT.decode())) == set(LINES)


def test_windows_line_ends_and_a_byte_order_mark_count_alike():
    data = b"\xef\xbb\xbf" + DOCUMENT.replace(b"\n", b"\r\n")
    assert read_toml(data, size=SIZE).lines == LINES


def test_a_path_that_was_not_written_has_the_line_of_what_is_around_it():
    toml = read_toml(b"[a]\nb = 1\n", size=SIZE)
    assert [toml.line(path) for path in [("a", "b"), ("a", "c"), ("a", "b", 3), ("z",)]] == [2, 1, 2, None]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8)
LEAVES = st.one_of(st.integers(-9, 9), st.booleans(), TEXT)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def quoted(text):
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def written(value):
    """Return a value as TOML writes it on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(member)}" for key, member in value.items()) + "}"
    return str(value)


@given(st.dictionaries(TEXT, VALUES, max_size=5), st.lists(st.sampled_from(["", "# c", "\t"]), max_size=3))
def test_whatever_is_written_every_part_of_it_has_its_line(value, between):
    lines = []
    expected = {}
    for key, member in value.items():
        lines += [*between, f"{quoted(key)} = {written(member)}"]
        expected |= dict.fromkeys(paths(member, (key,)), len(lines))
    toml = read_toml("\n".join(lines).encode(), size=SIZE)
    assert toml.value == value
    assert toml.lines == expected


@given(st.binary(max_size=80) | st.text("a.=[]{}\"'#\\\n ,1", max_size=60).map(str.encode))
def test_any_bytes_are_a_value_or_a_refusal(data):
    try:
        toml = read_toml(data, size=SIZE)
    except Refusal:
        return
    assert set(toml.lines) == paths(toml.value)


@pytest.mark.parametrize(
    ("text", "reason", "message", "line", "column"),
    [
        (
            "a = 1\nb",
            "syntax",
            "Expected '=' after a key in a key/value pair (at the end of the file)",
            2,
            None,
        ),
        ("a = 1\n\nb = = 2\n", "syntax", "Invalid value", 3, 5),
        ('a = """\nx\n', "syntax", "Unterminated string (at the end of the file)", 2, None),
        ("a = [1\n2]", "syntax", "Unclosed array", 2, 1),
        ('"a\\q" = 1', "syntax", "Unescaped '\\' in a string", 1, 5),
        ('{"json": true}', "syntax", "Invalid statement", 1, 1),
        ("yaml: true", "syntax", "Expected '=' after a key in a key/value pair", 1, 5),
        (f"a = 1\nb = {'1' * 5000}", "syntax", "Exceeds the limit", None, None),
        ("a = " + "[" * 100, "depth", "a value is nested more than 64 levels deep", 1, None),
        ("\na = " + "{a = " * 100, "depth", "a value is nested more than 64 levels deep", 2, None),
        ("[" + "a." * 60_000 + "a]", "depth", "a key has more than 64 parts", 1, None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place_and_at_once(text, reason, message, line, column):
    began = perf_counter()
    with pytest.raises(Refusal) as caught:
        read_toml(text.encode(), size=SIZE)
    refusal = caught.value
    assert refusal.message.startswith(message)
    assert (refusal.reason, refusal.line, refusal.column) == (reason, line, column)
    assert perf_counter() - began < 2


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(Refusal) as caught:
        read_toml(b"a = 1\nb = '\xff'", size=SIZE)
    assert (caught.value.reason, caught.value.line, caught.value.byte) == ("encoding", 2, 11)


def test_a_document_beyond_the_size_is_refused():
    with pytest.raises(Refusal, match="more than 10 bytes"):
        read_toml(b"a = 1\nb = 2", size=10)


def test_nesting_that_only_the_parser_meets_is_refused(monkeypatch):
    def overflow(_text):
        raise RecursionError

    monkeypatch.setattr(tomllib, "loads", overflow)
    with pytest.raises(Refusal, match="nested too deeply"):
        read_toml(b"a = 1", size=SIZE)
