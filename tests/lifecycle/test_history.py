"""Histories are bounded, merge in any order, and tell what went back and what changed its kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.finding import Sighting
from wireproof.lifecycle import deviations, fell_back, together, went_back
from wireproof.lifecycle import keeper as counting
from wireproof.lifecycle.history import (
    FieldClass,
    FieldRecord,
    FieldSight,
    Histories,
    Mark,
    TaskSight,
    TaskView,
    stamp_of,
)
from wireproof.lifecycle.keeper import Keeper

STATES = ("queued", "running", "succeeded", "failed", "unknown")


def stamp(second=None, *, index=0, source="a.jsonl"):
    time = None if second is None else f"2025-01-14T15:00:{second:02}Z"
    return stamp_of(Sighting(source, index, time))


def seen(state, at, *, key="=t", percent=None):
    view = TaskView("an id", state, state, None, (), None, ())
    mark = Mark(None if at.clock else at.sighting.source, state, percent, state, at, at)
    return TaskSight("p", "get", key, "200", "/state", "/done", None, mark, lambda: view)


def polled(*steps):
    """Return the record of one task: (state, second) or (state, second, percent) a step."""
    keeper = Keeper()
    for index, (state, second, *percent) in enumerate(steps):
        keeper.tasks([seen(state, stamp(second, index=index), percent=percent[0] if percent else None)])
    (record,) = keeper.close().tasks
    return record


def step_of(record):
    step = went_back(record)
    return step and (step.before.state, step.after.state, step.when.sighting.index)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("queued", 1), ("running", 2), ("running", 3), ("succeeded", 4)], None),
        ([("succeeded", 4), ("running", 2), ("queued", 1)], None),
        ([("running", 1), ("queued", 2)], ("running", "queued", 1)),
        ([("queued", 1), ("succeeded", 2), ("running", 3), ("running", 4)], ("succeeded", "running", 2)),
        ([("running", 1), ("succeeded", 2), ("running", 3)], ("succeeded", "running", 2)),
        ([("failed", 1), ("succeeded", 2)], ("failed", "succeeded", 1)),
        ([("running", 1), ("unknown", 2), ("running", 3)], None),
        ([("succeeded", 1), ("unknown", 2)], None),
        ([("succeeded", 1), ("running", 1)], ("succeeded", "running", 1)),
        ([("succeeded", None), ("running", None)], ("succeeded", "running", 1)),
        ([("succeeded", 1), ("running", None)], None),
    ],
)
def test_a_task_that_went_back(steps, expected):
    assert step_of(polled(*steps)) == expected


def test_equal_times_of_two_sources_have_no_order():
    records = [seen("succeeded", stamp(1, source="a")), seen("running", stamp(1, source="b", index=5))]
    assert went_back(kept(records).tasks[0]) is None


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("running", 1, 10), ("running", 2, 10), ("running", 3, 60)], None),
        ([("running", 1, 60), ("running", 2, 10)], (60, 10)),
        ([("running", 1, 60), ("running", 2), ("running", 3, 70)], None),
        ([("running", 1, 60), ("failed", 2, 0)], None),
        ([("running", 1, 60), ("queued", 2, 0), ("running", 3, 20)], None),
        ([("running", 1, 60), ("running", 2, 40), ("queued", 3, 0)], (60, 40)),
        ([("succeeded", 1, 100), ("succeeded", 2, 99)], (100, 99)),
    ],
)
def test_a_progress_that_shrank(steps, expected):
    step = fell_back(polled(*steps))
    assert (step and (step.before.percent, step.after.percent)) == expected


def field(*classes, firm=False):
    """Return the record of a field: (class, seconds in which it was seen) each."""
    found = tuple(
        FieldClass(name, len(seconds), stamp(min(seconds)), stamp(max(seconds)))
        for name, seconds in sorted(classes)
    )
    return FieldRecord("p", "get", "200", "/id", "id", firm, None, found)


@pytest.mark.parametrize(
    ("classes", "firm", "expected"),
    [
        ([("uuid", range(1, 9))], False, []),
        ([("uuid", range(1, 4)), ("digits", [2])], False, [("uuid", "digits")]),
        ([("uuid", range(1, 3)), ("digits", [2])], False, []),
        ([("uuid", range(1, 9)), ("digits", range(2, 8))], False, []),
        ([("uuid", range(1, 9)), ("digits", range(9, 30))], False, [("uuid", "digits")]),
        ([("uuid", range(1, 30)), ("digits", range(31, 35))], False, [("uuid", "digits")]),
        ([("uuid", range(1, 3)), ("digits", range(3, 30))], False, []),
        ([("uuid", range(1, 9)), ("other", [3])], False, []),
        ([("uuid", range(1, 9)), ("other", [3])], True, [("uuid", "other")]),
        ([("other", range(1, 9))], True, []),
        ([("24 hex digits", range(1, 59)), ("24 digits", [7])], False, []),
        ([("32 hex digits", range(1, 4)), ("32 digits", [7])], False, [("32 hex digits", "digits")]),
        ([("24 hex digits", range(1, 59)), ("24 digits", [7, 8])], False, [("24 hex digits", "digits")]),
        ([("24 hex digits", range(1, 40)), ("18 digits", [7])], False, [("24 hex digits", "digits")]),
        ([("18 digits", range(1, 9)), ("19 digits", range(9, 20))], False, []),
        ([("few digits", range(1, 9)), ("digits", range(9, 20))], True, []),
        ([("few digits", range(1, 9)), ("uuid", range(9, 20))], False, []),
        ([("other", range(1, 40)), ("digits", [41])], True, []),
        ([("other", range(1, 40)), ("digits", range(41, 59))], True, [("other", "digits")]),
        ([("other", range(1, 58)), ("16 hex digits", [59])], True, []),
    ],
)
def test_a_field_whose_values_changed_their_kind(classes, firm, expected):
    found = [
        (deviation.usual.name, deviation.other.name) for deviation in deviations(field(*classes, firm=firm))
    ]
    assert found == expected


SIGHTINGS = st.lists(
    st.builds(
        lambda state, second, index, source, key, percent: seen(
            state, stamp(second, index=index, source=source), key=key, percent=percent
        ),
        st.sampled_from(STATES),
        st.none() | st.integers(0, 9),
        st.integers(0, 3),
        st.sampled_from("abc"),
        st.sampled_from(("=t", "=u", "=v")),
        st.none() | st.integers(0, 3),
    ),
    max_size=12,
)


def kept(records):
    keeper = Keeper()
    keeper.tasks(records)
    return keeper.close()


@given(SIGHTINGS, st.data())
def test_histories_are_the_same_in_any_order_and_split(records, data):
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))
    whole = kept(records)
    assert kept(shuffled) == whole
    assert together(kept(shuffled[:cut]), kept(shuffled[cut:])) == whole
    assert together(kept(shuffled[cut:]), kept(shuffled[:cut])) == whole


def naive(record_steps):
    """Return whether any two sightings in a certain order go back: by comparing all pairs."""
    ranks = {"queued": 0, "running": 1, "succeeded": 2, "failed": 2}
    for left in record_steps:
        for right in record_steps:
            (first, early), (second, late) = left, right
            if not early.before(late) or first not in ranks or second not in ranks:
                continue
            if (early.clock is None) != (late.clock is None):
                continue
            if ranks[second] < ranks[first] or (ranks[first] == 2 and first != second):
                return True
    return False


@given(
    st.lists(
        st.tuples(st.sampled_from(STATES), st.integers(0, 20)),
        min_size=1,
        max_size=10,
        unique_by=lambda pair: pair[1],
    )
)
def test_bounded_marks_tell_what_all_pairs_tell(steps):
    record = polled(*steps)
    every = [(state, stamp(second, index=index)) for index, (state, second) in enumerate(steps)]
    assert (went_back(record) is not None) == naive(every)


def test_tasks_are_bounded_and_the_same_ones_are_kept(monkeypatch):
    monkeypatch.setattr(counting, "TASKS_KEPT", 3)
    records = [seen("running", stamp(1), key=f"={number}") for number in range(20)]
    whole = kept(records)
    assert len(whole.tasks) == 3
    assert whole.tasks_left_out
    assert together(kept(records[:7]), kept(records[7:])) == whole
    assert kept(reversed(records)) == whole
    keeper = Keeper()
    for record in records:
        keeper.tasks([record])
    assert keeper.close() == whole


def test_fields_are_bounded(monkeypatch):
    monkeypatch.setattr(counting, "FIELDS_KEPT", 2)
    records = [
        FieldSight("p", "get", "200", f"/{name}", "id", firm=False, place=None, name="uuid", stamp=stamp(1))
        for name in "edcba"
    ]
    keeper = Keeper()
    for record in records:
        keeper.fields([record])
    assert [record.pointer for record in keeper.close().fields] == ["/a", "/b"]


def test_sources_without_times_are_bounded(monkeypatch):
    monkeypatch.setattr(counting, "SOURCES_KEPT", 2)
    records = [seen("running", stamp(1)), *(seen("running", stamp(source=source)) for source in "dcba")]
    (record,) = kept(records).tasks
    assert [mark.chain for mark in record.marks] == [None, "a", "b"]


def test_nothing_merges_with_nothing():
    some = kept([seen("running", stamp(1))])
    assert together(some, Histories()) == some
    assert together(Histories(), some) == some
