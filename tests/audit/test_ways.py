"""Lines of ways that came before, right or wrong, are decoded whole: the report stays the same."""

import json
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.lines import BODIES, ODD, lines_of_exchanges, many_at_once, one_by_one, told
from wireproof.examining import Options
from wireproof.lanes import counting, intake, lane, piles
from wireproof.matching import Hint
from wireproof.readers import jsonlines


@contextmanager
def at_once():
    """Learn each way from its first line, and count in small batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "_MANY", 1)
        patch.setattr(lane, "_OFTEN", 1)
        patch.setattr(counting, "_SOME", 3)
        patch.setattr(counting, "BATCH", 3)
        patch.setattr(piles, "BATCH", 3)
        patch.setattr(jsonlines, "_AT_ONCE", 4)
        yield


@given(
    records=st.lists(lines_of_exchanges() | ODD, min_size=2, max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_exchanges_that_come_again_give_the_same_report(records, order):
    again = records * 4
    order.shuffle(again)
    data = "\n".join(again).encode()
    with at_once():
        assert told(many_at_once(data, Options())) == told(one_by_one(data, Options()))


@given(
    records=st.lists(BODIES.map(json.dumps) | ODD, min_size=2, max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_bodies_that_come_again_give_the_same_report(records, order):
    options = Options(hint=Hint(operation="get", status=200))
    again = records * 4
    order.shuffle(again)
    data = "\n".join(again).encode()
    with at_once():
        assert told(many_at_once(data, options)) == told(one_by_one(data, options))
