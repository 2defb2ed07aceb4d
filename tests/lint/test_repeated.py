"""Defects of one cause are told once, with every line."""

import pytest

from wireproof.finding import Severity
from wireproof.lint.defect import Defect
from wireproof.lint.repeated import gathered


def defect(line, message="`examples` is too new", file="api.yaml"):
    return Defect("keyword-too-new", Severity.ERROR, file, f"/paths/{line}", line, message, "write `example`")


def test_the_same_at_several_places_is_one_cause():
    once, other = gathered([defect(7), defect(3), defect(9, "`const` is too new"), defect(7)])
    assert (once.first, once.lines, once.count) == (defect(7), (3, 7), 3)
    assert (other.lines, other.count) == ((9,), 1)


def test_files_are_told_apart():
    assert [one.count for one in gathered([defect(1), defect(1, file="other.yaml")])] == [1, 1]


TOLD = {
    "alone": ([4], "`examples` is too new"),
    "on some lines": ([4, 5], "`examples` is too new (2 times: lines 4, 5)"),
    "on many lines": ([1, 2, 3, 4, 5], "`examples` is too new (5 times: lines 1, 2, 3, 4, …)"),
    "on one line": ([6, 6], "`examples` is too new (2 times)"),
    "in the document": ([None, None], "`examples` is too new (2 times)"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_of_a_cause(name):
    lines, expected = TOLD[name]
    assert [expected] == [one.told for one in gathered(map(defect, lines))]
