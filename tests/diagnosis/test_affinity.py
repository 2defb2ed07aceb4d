"""Names alone: how likely is one another name for the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.diagnosis.affinity import affinity, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("task_id", ("task", "id")),
        ("taskId", ("task", "id")),
        ("TaskID", ("task", "id")),
        ("videoURLList", ("video", "url", "list")),
        ("x-rate-2", ("x", "rate", "2")),
        ("createdAt", ("created", "at")),
        ("任务状态", ("任务状态",)),
        ("", ()),
    ],
)
def test_a_name_has_words_in_every_style(name, expected):
    assert words(name) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("task_id", "taskId", 1.0),
        ("video_url", "videourl", 1.0),
        ("progress", "progres", 0.9),
        ("status", "satus", 0.9),
        ("finish_time", "finihs_tmie", 0.9),
        ("status", "video_status", 0.8),
        ("url", "url_list", 0.8),
        ("message", "msg", 0.6),
        ("task_id", "job_id", 0.3),
        ("result", "output", 0.0),
        ("id", "is", 0.0),
        ("a", "", 0.0),
    ],
)
def test_the_closer_two_names_the_higher_their_affinity(left, right, expected):
    assert affinity(left, right) == pytest.approx(expected, abs=0.01)


@given(st.text(max_size=12), st.text(max_size=12))
def test_affinity_is_symmetric_and_between_nothing_and_all(left, right):
    assert affinity(left, right) == affinity(right, left)
    assert 0.0 <= affinity(left, right) <= 1.0


@given(st.text(max_size=12))
def test_a_name_is_its_own_best_match(name):
    assert affinity(name, name) == 1.0
