"""Patterns that make backtracking engines hang are told from those that do not."""

from __future__ import annotations

import pytest

from wireproof.lint.patterns import is_costly

COSTLY = [
    *(r"^(a+)+$", r"^(\w|\d)*$", r"^(\s*x?\s*)*$", r"^([a-z]+ ?)+$", r"^([a-z][a-z0-9]*)+$", r"^(a*a)*$"),
    *(r"(.*)*x", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"^(?:\d+,?)+$", r"^([a-z0-9]{1,63}\.?)+$", r"^(x|[^b])*b"),
    *(
        r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$",
        r"^((\s|\t)*?a)*$",
        r"^(a+b?){2,}\b",
        r"^(\S+)*\n",
    ),
]
CHEAP = [
    *(r"^[0-9a-f]{32}$", r"^([a-z]+\.)+$", r"^(\.[a-z]+)+$", r"^[a-z0-9]+(?:-[a-z0-9]+)*$", r"(a+)+"),
    *(r"^([A-Z][a-z]*)*$", r"^[^@\s]+@[^@\s]+\.[^@\s]+$", r"^(ab|ac)*$", r"^([0-9]{1,3}%)?$", r"^(a|b)*$"),
    *(r"^(?=.*[a-z])(?=.*\d).+$", r"^([0-9a-f]{2}:){5}[0-9a-f]{2}$", r"^(?:[A-Za-z0-9+/]{4})*(?:x{2}==)?$"),
    *(r"^https?://([\w-]+\.)+[\w-]+(/[\w./?%&=-]*)?$", r"^[]a-]+$", r"^a{2}(b{3})*\B$", r"^\D\W\s\/\t$"),
]
UNREAD = [
    *(
        r"^\p{L}+$",
        r"^(\w+)\s\1$",
        "((((((",
        "[",
        "(?P<x>a)",
        "a)",
        "\\",
        "(" * 60 + ")" * 60,
        "(a+)+$" * 400,
    ),
]


@pytest.mark.parametrize("pattern", COSTLY)
def test_an_ambiguous_repetition_is_costly(pattern):
    assert is_costly(pattern)


@pytest.mark.parametrize("pattern", CHEAP)
def test_a_repetition_that_can_be_cut_in_one_way_is_not(pattern):
    assert not is_costly(pattern)


@pytest.mark.parametrize("pattern", UNREAD, ids=range(len(UNREAD)))
def test_nothing_is_said_of_a_pattern_that_is_not_understood(pattern):
    assert not is_costly(pattern)
