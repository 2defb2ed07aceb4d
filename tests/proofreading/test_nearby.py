"""Claims that may be of one operation are found without asking each, and never more than a bound of them."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from wireproof.claims.claim import Lines, Scope
from wireproof.proofreading.nearby import NEAREST, Nearby


@dataclass(frozen=True)
class Said:
    """Something on one line about one operation."""

    lines: Lines
    scope: Scope


def said(line, operation):
    return Said(Lines(line, line), Scope(operation))


SOME = st.lists(st.builds(said, st.integers(1, 99), st.sampled_from(["", "GET /a", "GET /b"])), max_size=60)


@given(SOME, SOME)
def test_of_few_all_are_found_that_fit_in_their_order(claims, others):
    near = Nearby(claims)
    for one in others:
        fitting = [
            claim
            for claim in claims
            if "" in {claim.scope.operation, one.scope.operation} or claim.scope == one.scope
        ]
        assert near.to(one) == fitting


def test_of_very_many_the_nearest_are_found():
    claims = [said(line, "") for line in range(1, 2001)]
    found = Nearby(claims).to(said(1000, ""))
    assert [one.lines.first for one in found] == list(range(1001 - NEAREST, 1001 + NEAREST))
