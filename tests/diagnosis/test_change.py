"""A change is undone wherever its base leads, and nothing else is touched."""

from copy import deepcopy

import pytest

from wireproof.diagnosis.change import Change, came_from, repaired

CASES = {
    "an added envelope is opened": (
        Change("envelope-added", (), (), ("result",), 0.0),
        {"result": {"id": 1}, "msg": "ok"},
        {"id": 1},
    ),
    "what belongs beside the content stays": (
        Change("envelope-added", (), (), ("result",), 0.0, kept=frozenset({"code"})),
        {"code": 0, "msg": "ok", "result": {"id": 1}},
        {"code": 0, "id": 1},
    ),
    "a deep envelope in every item": (
        Change("envelope-added", ("items", "*"), (), ("a", "b"), 0.0),
        {"items": [{"a": {"b": {"id": 1}}}, {"other": 2}]},
        {"items": [{"id": 1}, {"other": 2}]},
    ),
    "a list under a key": (Change("envelope-added", (), (), ("items",), 0.0), {"items": [1]}, [1]),
    "a removed envelope is put back": (
        Change("envelope-removed", (), ("data",), (), 0.0, frozenset({"id"}), frozenset()),
        {"code": 0, "id": 1},
        {"code": 0, "data": {"id": 1}},
    ),
    "two removed envelopes": (
        Change("envelope-removed", (), ("data", "task"), (), 0.0, frozenset({"id"})),
        {"id": 1},
        {"data": {"task": {"id": 1}}},
    ),
    "a member of both stays in both": (
        Change("envelope-removed", (), ("data",), (), 0.0, frozenset({"id", "msg"}), frozenset({"msg"})),
        {"msg": "m", "id": 1},
        {"msg": "m", "data": {"msg": "m", "id": 1}},
    ),
    "an envelope that is there stays": (
        Change("envelope-removed", (), ("data",), (), 0.0, frozenset({"id"})),
        {"data": {}, "id": 1},
        {"data": {}, "id": 1},
    ),
    "a list goes back under its key": (
        Change("envelope-removed", (), ("items",), (), 0.0),
        [1],
        {"items": [1]},
    ),
    "a moved member goes back, and the container that it leaves empty goes": (
        Change("field-moved", (), ("status",), ("meta", "status"), 0.0),
        {"id": 1, "meta": {"status": "s"}},
        {"id": 1, "status": "s"},
    ),
    "a container that is not empty stays": (
        Change("field-moved", (), ("data", "status"), ("status",), 0.0),
        {"status": "s", "data": {"id": 1}},
        {"data": {"id": 1, "status": "s"}},
    ),
    "a member that has its place keeps it": (
        Change("field-moved", (), ("status",), ("meta", "status"), 0.0),
        {"status": "a", "meta": {"status": "b"}},
        {"status": "a", "meta": {"status": "b"}},
    ),
    "a renamed member gets its name back in a map": (
        Change("field-renamed", ("jobs", "*"), ("id",), ("ID",), 0.0),
        {"jobs": {"x": {"ID": 1}, "y": {"ID": 2}}},
        {"jobs": {"x": {"id": 1}, "y": {"id": 2}}},
    ),
    "a list becomes its first item": (
        Change("array-wrapped", ("a",), (), ("*",), 0.0),
        {"a": [1, 2]},
        {"a": 1},
    ),
    "an empty list stays": (Change("array-wrapped", ("a",), (), ("*",), 0.0), {"a": []}, {"a": []}),
    "an item becomes a list": (Change("array-unwrapped", ("a",), (), (), 0.0), {"a": 1}, {"a": [1]}),
    "a base that leads nowhere": (Change("array-unwrapped", ("b",), (), (), 0.0), {"a": 1}, {"a": 1}),
    "a base into a plain value": (Change("array-unwrapped", ("a", "b"), (), (), 0.0), {"a": 1}, {"a": 1}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_undoing(case):
    change, value, expected = case
    untouched = deepcopy(value)
    assert repaired(change, value) == expected
    assert value == untouched


@pytest.mark.parametrize(
    ("change", "path", "expected"),
    [
        (Change("envelope-added", ("data",), (), ("data",), 0.0), ("data", "id"), ("data", "data", "id")),
        (
            Change("envelope-added", ("data",), (), ("data",), 0.0, kept=frozenset({"code"})),
            ("data", "code"),
            ("data", "code"),
        ),
        (Change("envelope-removed", (), ("data",), (), 0.0), ("data", "x"), ("x",)),
        (Change("envelope-removed", (), ("data",), (), 0.0), ("other",), ("other",)),
        (Change("field-renamed", ("a",), ("id",), ("ID",), 0.0), ("a", "id", "x"), ("a", "ID", "x")),
        (Change("field-renamed", ("a",), ("id",), ("ID",), 0.0), ("b", "id"), ("b", "id")),
    ],
)
def test_a_member_is_told_where_it_came(change, path, expected):
    assert came_from(change, path) == expected
