"""Which findings a path pattern speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.exemption import Scope
from wireproof.finding import Location

CASES = [
    ("", "", True),
    ("/", "", True),
    ("", "/a", False),
    ("/a", "/a", True),
    ("/a", "/a/b", False),
    ("/a/b", "/a", False),
    ("/*", "/a", True),
    ("/*", "", False),
    ("/*", "/a/b", False),
    ("/data/*/x", "/data/*/x", True),
    ("/data/*/x", "/data/free key/x", True),
    ("/data/*/x", "/data/x", False),
    ("/data/0/x", "/data/*/x", False),
    ("/**", "", True),
    ("/**", "/a/b/c", True),
    ("/a/**", "/a", True),
    ("/a/**", "/a/b/c", True),
    ("/a/**", "/b", False),
    ("/**/z", "/z", True),
    ("/**/z", "/a/b/z", True),
    ("/**/z", "/a/z/b", False),
    ("/a/**/m/**/z", "/a/z/m/z/z", True),
    ("/a/**/m/**/z", "/a/z/z", False),
    ("/a~1b", "/a~1b", True),
    ("/*/*", "/a~1b", False),
    ("/v1/tasks/*", "GET /v1/tasks/{id}", True),
]


@pytest.mark.parametrize(("pattern", "pointer", "expected"), CASES)
def test_a_pattern_covers_these_places(pattern, pointer, expected):
    assert Scope(path=pattern).covers(Location("p", "o", pointer=pointer)) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), True),
        (Scope(provider="p"), True),
        (Scope(operation="o"), True),
        (Scope("/a", "p", "o"), True),
        (Scope("/b", "p", "o"), False),
        (Scope(provider="q"), False),
        (Scope(provider="p", operation="other"), False),
    ],
)
def test_every_part_of_a_scope_has_to_fit(scope, expected):
    assert scope.covers(Location("p", "o", pointer="/a")) == expected


TOKENS = st.lists(st.sampled_from(["a", "b", "*"]), max_size=6)
PATTERNS = st.lists(st.sampled_from(["a", "b", "*", "**"]), max_size=6)


def fits(pattern, tokens):
    """Return what a pattern means, said by recursion."""
    if not pattern:
        return not tokens
    if pattern[0] == "**":
        return fits(pattern[1:], tokens) or (bool(tokens) and fits(pattern, tokens[1:]))
    return bool(tokens) and pattern[0] in {"*", tokens[0]} and fits(pattern[1:], tokens[1:])


@given(PATTERNS, TOKENS)
def test_patterns_mean_what_their_recursive_definition_says(pattern, tokens):
    pointer = "".join(f"/{token}" for token in tokens)
    written = "".join(f"/{part}" for part in pattern)
    assert Scope(path=written).covers(Location("p", "o", pointer=pointer)) == fits(pattern, tokens)


def test_many_stars_on_a_deep_place_cost_little():
    scope = Scope(path="/**/a" * 60)
    assert not scope.covers(Location("p", "o", pointer="/a" * 500 + "/b"))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), ""),
        (Scope("/data/*/x", "a2e", "getTask"), "/data/*/x of a2e getTask"),
        (Scope("", "a2e"), "/ of a2e"),
        (Scope(operation="getTask"), "of getTask"),
    ],
)
def test_a_scope_is_told_in_words(scope, expected):
    assert str(scope) == expected
