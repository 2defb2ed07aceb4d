from __future__ import annotations

from itertools import pairwise
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficbench.comparing import Bench, Plan
from trafficbench.corpora import LARGE, SHARES, SMALL
from trafficbench.drifts import CLEAN, KINDS
from trafficbench.measuring import Taken
from trafficbench.page import figure, miscounts, page, table, worker_lines
from trafficbench.plot import Line, clear, cost_svg, growth_svg
from trafficbench.tools import TOOLS, UNIT


def drawn(svg, tag):
    """Return the attributes of each element of a kind, with what it says under its own name."""
    parser = expat.ParserCreate()
    found, path = [], []

    def begin(name, attributes):
        path.append(name)
        if name == tag:
            found.append(attributes | {"says": ""})

    def say(words):
        if path[-1] == tag:
            found[-1]["says"] += words

    parser.StartElementHandler, parser.CharacterDataHandler = begin, say
    parser.EndElementHandler = lambda _: path.pop()
    parser.Parse(svg, True)  # noqa: FBT003 - that it is all of it
    return found


@pytest.fixture
def bench(work):
    """Return a run of which everything is made up."""
    made = Bench(Plan(growth=(10, 100)))
    made.unit = {SMALL: 2e-9, LARGE: 2e-9}
    made.sizes = {SMALL: 1000.0, LARGE: 5000.0}
    for place, tool in enumerate((UNIT, *TOOLS)):
        made.growth[tool.name] = {10: Taken(0.1, 0.2, 30.0), 100: Taken(1.0, 2.0, 31.0)}
        for size in (SMALL, LARGE):
            made.ratios |= {(tool.name, size, share): 1.0 + 20 * place for share in SHARES}
        if tool.kinds:
            made.seen[tool.name] = dict.fromkeys(KINDS, (3, 4)) | {CLEAN: (1, 1600)}
    made.workers = {"one process": Taken(10.0, 20.0, 40.0), "two processes": Taken(11.0, 10.0, 45.0)}
    return made


def test_a_table_has_words_to_the_left_and_figures_to_the_right():
    assert table(["", "cost", "gives"], [["orjson", "1.0", "nothing"], ["b", "120", ""]]) == [
        "|        | cost | gives   |",
        "|--------|-----:|---------|",
        "| orjson |  1.0 | nothing |",
        "| b      |  120 |         |",
    ]


@pytest.mark.parametrize(
    ("number", "expected"), [(1.04, "1.0"), (9.96, "10.0"), (10.4, "10"), (1234.5, "1,234"), ("no", "no")]
)
def test_a_figure_has_as_many_digits_as_mean_something(number, expected):
    assert figure(number) == expected


def test_the_page_has_every_section_and_every_tool(bench):
    text = page(bench, start={"a": 2.0}, judging={"b": "could not be had"}, made="- Python 3")

    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# Benchmarks",
        "## Cost beside parsing",
        "## What each one sees",
        "## Growth",
        "## A second process",
        "## Process start",
        "## One body",
        "## How it was measured",
    ]
    assert [tool.name for tool in (UNIT, *TOOLS) if f"\n| {tool.name} " not in text] == []
    assert "Parsing alone took 2.0 µs for a small answer (1,000\nbytes) and 10.0 µs" in text
    assert "| clean, and flagged " in text
    assert "75%" in text
    assert "2.00 times the throughput of one" in text
    assert "| could not be had |" in text


def test_a_wrong_count_of_drifting_records_is_told(bench):
    assert miscounts(bench) == (
        "Everyone flagged as many of these records as drift, in each of the eight recordings."
    )
    bench.flagged = {("ajv", SMALL, 0.01): (8, 9), ("ajv", SMALL, 0.2): (9, 9)}
    assert miscounts(bench) == "Of these records, ajv flagged 8 of 9 (small, 1%)."


@given(st.lists(st.floats(0, 200), min_size=1, max_size=4))
def test_labels_keep_their_order_and_their_distance(wanted):
    placed = []
    for height in sorted(wanted):
        placed.append(clear((0.0, 60.0, height), [], placed))
    assert all(after - before >= 15 - 1e-6 for before, after in pairwise(placed))


def test_a_label_that_has_room_stays_where_it_is():
    assert clear((0.0, 60.0, 50.0), [[(x, 80.0) for x in range(0, 100, 10)]], [20.0]) == 50.0


def test_a_label_makes_way_for_a_line():
    line = [(float(x), 50.0) for x in range(0, 100, 10)]
    assert abs(clear((0.0, 60.0, 50.0), [line], []) - 50.0) >= 7.5


def test_the_drawing_of_costs_names_each_tool_with_its_costs():
    texts = drawn(cost_svg({"ours <us>": (2.5, 8.0), "other": (400.0, 520.0)}, own="ours <us>"), "text")

    words = [text["says"] for text in texts]
    own = [text["says"] for text in texts if text.get("class") == "own"]
    assert [word for word in ("1", "10", "100", "1,000", "other", "400 → 520") if word not in words] == []
    assert own == ["ours <us>", "2.5 → 8.0"]


def test_a_dearer_tool_lies_further_to_the_right():
    circles = drawn(cost_svg({"a": (2.0, 3.0), "b": (40.0, 50.0)}, own="a"), "circle")

    rings = [float(circle["cx"]) for circle in circles if "ring" in circle["class"]]
    assert rings == sorted(rings)
    assert len(set(rings)) == 2


def test_the_drawing_of_growth_has_two_panels_with_each_tool_in_both():
    lines = [
        Line("ours", {10: 0.1, 100: 1.0, 1000: 10.0}, {10: 30.0, 100: 30.0, 1000: 31.0}, own=True),
        Line("other", {10: 0.2, 100: 2.0}, {10: 60.0, 100: 90.0}),
    ]

    drawing = growth_svg(lines)

    words = [text["says"] for text in drawn(drawing, "text")]
    points = [line["points"].split() for line in drawn(drawing, "polyline")]
    assert [words.count(name) for name in ("ours", "other", "10³")] == [2, 2, 2]
    assert sorted(map(len, points)) == [2, 2, 3, 3]
    heights = [float(point.split(",")[1]) for point in points[1]]
    assert heights == sorted(heights, reverse=True)


def test_both_drawings_know_light_and_dark():
    for drawing in (
        cost_svg({"a": (2.0, 3.0)}, own="a"),
        growth_svg([Line("a", {10: 1.0, 100: 2.0}, {10: 30.0, 100: 31.0})]),
    ):
        assert "prefers-color-scheme: dark" in drawing


def test_whether_two_processes_wrote_the_same_report_is_told(bench):
    bench.same_report = True
    assert "their report is the same, byte for byte." in "\n".join(worker_lines(bench))
    bench.same_report = False
    assert "their report is not the same." in "\n".join(worker_lines(bench))
