from __future__ import annotations

import re
from random import Random

import pytest

from driftbench.patterns import matching

PATTERNS = [
    "^[0-9a-f]{24}$",
    "^([0-9a-f]{24})?$",
    "^([0-9]{1,3}%)?$",
    r"^\+[1-9][0-9]{6,14}$",
    r"^-?[0-9]+\.[0-9]{2}$",
    "^(?:a|bc)*x+$",
    r"^\d{4}-\d{2}$",
    "^[A-Z][A-Z0-9_]*$",
    "^a{2,}b?$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_string_made_for_a_pattern_matches_it(pattern):
    rng = Random(pattern)

    made = [matching(pattern, rng) for _ in range(40)]

    assert [text for text in made if not re.search(pattern, text)] == []


def test_a_pattern_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="beyond character 2"):
        matching("a|)b", Random(1))
