"""Texts made for a pattern match it; what is outside the ordinary part is refused by name."""

import pytest

from support.contracts import seeded
from wireproof.examples import PatternError, text_of
from wireproof.validating.engine import matches_pattern

ORDINARY = [
    "^[0-9a-f]{32}$",
    "^(?:GET|PUT)$",
    "^v\\d+(\\.\\d+)*$",
    "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$",
    "a",
    "^$",
    "",
    "^[A-Z]{2}-?\\w{3,}?$",
    "^\\u0041\\x42\\u{43}$",
    "^(?<year>\\d{4})$",
    "^[\\w.-]+$",
    "^[a-c-]$",
    "^\\p{Lu}\\p{Ll}+$",
    "^\\P{L}$",
    "^.{3}$",
    "^[^a-z]$",
    "^\\S\\s\\D\\W$",
    "^\\$\\{x\\}$",
    "^a{2}b{1,}c{0,2}$",
    "^(a|b|)+$",
    "\\bword\\b",
    "^\\t\\n$",
    "^(?=[a-m])[a-z]$",
    "^(?<!x)y$",
    "^[\\d]$",
    "^\\p{N}\\p{Z}\\p{P}?$",
    "^\\p{Script=Latin}$",
]


@pytest.mark.parametrize("pattern", ORDINARY)
def test_a_text_matches(pattern):
    texts = [text_of(pattern, seeded(seed)) for seed in range(30)]
    assert any(matches_pattern(pattern, text) for text in texts)


@pytest.mark.parametrize("pattern", [text for text in ORDINARY if "(?=" not in text and "\\b" not in text])
def test_without_look_arounds_every_text_matches(pattern):
    for seed in range(30):
        assert matches_pattern(pattern, text_of(pattern, seeded(seed)))


REFUSED = {
    "(a)\\1": "it has a back reference",
    "(?<n>a)\\k<n>": "it has a back reference",
    "(?i)a": "it has a group of an unknown kind",
    "a)": "a bracket is closed that was never opened",
    "(a": "a bracket is never closed",
    "[a": "it ends too early",
    "a\\": "it ends too early",
    "[z-a]": "it has a character class that admits nothing printable",
    "[^ -~]": "it has a character class that admits nothing printable",
    "\\p": "it has a Unicode property without a name",
    "a{2000}": "it asks for more than 1000 characters",
    "(a{1000}){1000}": "it asks for more than 1000 characters",
}


@pytest.mark.parametrize(("pattern", "reason"), REFUSED.items(), ids=REFUSED)
def test_the_rest_is_refused_by_name(pattern, reason):
    with pytest.raises(PatternError) as caught:
        text_of(pattern, seeded(0))
    assert str(caught.value) == reason


def test_reach_lets_repetitions_run():
    longest = max(len(text_of("a*", seeded(seed), reach=50)) for seed in range(50))
    assert 40 < longest <= 50
