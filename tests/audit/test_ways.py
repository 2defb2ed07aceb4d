"""Lines of ways that came before, right or wrong, are decoded whole: the report stays the same."""

import json

from hypothesis import given
from hypothesis import strategies as st

from support.batches import at_once
from support.lines import BODIES, ODD, lines_of_exchanges, many_at_once, one_by_one, told
from wireproof.examining import Options
from wireproof.matching import Hint


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
