"""Answers about tasks, judged many at a time, give the report that they give one by one."""

from hypothesis import given

from audit.test_ways import at_once
from support.lives import MADE, many_at_once, one_by_one, recordings
from wireproof.examining import Options


@given(data=recordings())
def test_tasks_give_the_same_report(data):
    options = Options(any_host=True)
    assert one_by_one(MADE, data, options) == many_at_once(MADE, data, options)


@given(data=recordings())
def test_tasks_that_come_in_small_batches_give_the_same_report(data):
    options = Options(any_host=True)
    with at_once():
        assert one_by_one(MADE, data, options) == many_at_once(MADE, data, options)
