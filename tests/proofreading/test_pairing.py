"""How sure it is that a list and an example are about one object, and what is told of both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.claims.page import read_page
from wireproof.proofreading.pairing import Pair
from wireproof.proofreading.proofread import proofread

NAMES = st.frozensets(st.sampled_from("abcdefghij"), max_size=8)
ROWS = "| Field | Type | Required |\n|---|---|---|\n"
JOB = "# Jobs\n\n`GET /jobs/{id}`\n\n## Response\n\n"


def proof(page):
    return proofread(read_page(page.encode(), name="page"))


def found(page):
    return sorted(f"{one.rule} {one.pointer or '(body)'}" for one in proof(page).contradictions)


def fence(body):
    return f"\n```json\n{body}\n```\n"


def listed(*rows):
    return ROWS + "".join(f"| {row} |\n" for row in rows)


def pair(listed, shown, due=""):
    return Pair(frozenset(listed), frozenset(shown), frozenset(due))


@pytest.mark.parametrize(
    ("one", "strangers", "absence"),
    [
        (pair("abc", "abcx"), True, True),
        (pair("abc", "abcxyz"), False, True),
        (pair("abc", "abcxyz", "ab"), True, True),
        (pair("abcdef", "abcdefuvwxyz"), True, True),
        (pair("abc", "xyz"), False, False),
        (pair("abcdefgh", "ahuvwxyz"), False, False),
        (pair("abc", "ab", "abc"), True, True),
        (pair("abcd", "a", "abcd"), False, False),
        (pair("abcd", "aw", "abc"), False, False),
        (pair("", "ab"), False, False),
        (pair("ab", ""), False, False),
    ],
    ids=[
        "one name more",
        "as many strangers as known names",
        "as many, and all required names are there",
        "a long list that is shown as a whole",
        "nothing in common",
        "hardly anything in common",
        "one required name less",
        "most of the required names are away",
        "differences on both sides outweigh what is common",
        "no list",
        "nothing shown",
    ],
)
def test_what_a_pair_bears_out(one, strangers, absence):
    assert (one.tells_strangers, one.tells_absence) == (strangers, absence)


@given(NAMES, NAMES, NAMES)
def test_what_has_nothing_in_common_tells_nothing(ours, theirs, due):
    one = Pair(ours, theirs - ours, due & ours)
    assert (one.is_one_object, one.tells_strangers, one.tells_absence) == (False, False, False)


@given(NAMES, NAMES)
def test_one_more_stranger_makes_no_pair_surer(ours, theirs):
    one, more = Pair(ours, theirs), Pair(ours, theirs | {"stranger"})
    assert one.tells_strangers >= more.tells_strangers
    assert one.likeness >= more.likeness


@given(NAMES, NAMES)
def test_one_more_common_name_makes_no_pair_less_sure(ours, theirs):
    one, more = Pair(ours, theirs), Pair(ours | {"common"}, theirs | {"common"})
    assert more.tells_strangers >= one.tells_strangers
    assert more.tells_absence >= one.tells_absence


TOLD = {
    "one field more than the list has": (
        JOB
        + listed("id | string | yes", "size | integer | yes")
        + fence('{"id": "j", "size": 1, "zone": "x"}'),
        ["docs-undocumented-field /zone"],
    ),
    "many fields more than the list has": (
        JOB + listed("id | string | ", "size | integer | ") + fence('{"id": "j", "a": 1, "b": 1, "c": 1}'),
        [],
    ),
    "a field that a sentence speaks of": (
        JOB
        + listed("id | string | yes", "size | integer | yes")
        + "\nWith a region `zone` is there too.\n"
        + fence('{"id": "j", "size": 1, "zone": "x"}'),
        [],
    ),
    "a field that a list names elsewhere": (
        JOB
        + listed("id | string | yes", "size | integer | yes")
        + fence('{"id": "j", "size": 1, "zone": "x"}')
        + "\n# Zones\n\n`GET /zones/{id}`\n\n## Response\n\n"
        + listed("zone | string | yes", "town | string | yes"),
        [],
    ),
    "members picked out of an object that is not listed": (
        JOB
        + listed("id | string | yes", "place.zone | string | no", "place.town | string | no")
        + fence('{"id": "j", "place": {"zone": "x", "town": "y", "street": "z"}}'),
        [],
    ),
    "a required field at a place that nobody lists": (
        JOB
        + listed("id | string | yes", "size | integer | yes", "zone | string | yes", "place | object | yes")
        + fence('{"id": "j", "size": 1, "place": {"zone": null, "town": "y"}}'),
        [],
    ),
    "a field under another name, beside common ones": (
        JOB
        + listed("id | string | yes", "size | integer | yes", "zone_name | string | yes")
        + fence('{"id": "j", "size": 1, "zoneName": "x"}'),
        ["docs-undocumented-field /zoneName"],
    ),
    "two lists of the same fields are two bodies": (
        "# Jobs\n\n## Response of the list\n\n"
        + listed("id | string | yes", "size | integer | yes")
        + fence('{"id": "j", "size": 1}')
        + "\n## Response of one\n\n"
        + listed("id | string | yes", "size | integer | yes", "zone | string | yes")
        + fence('{"id": "j", "size": 1, "zone": "x"}'),
        [],
    ),
    "the list of another operation fits better": (
        "# Jobs\n\n## Read a job\n\n`GET /jobs/{id}`\n\n"
        + listed("id | string | yes", "size | integer | yes", "zone | string | yes")
        + fence('{"id": "k", "label": "l", "hue": "red"}')
        + "\n## Read a label\n\n`GET /labels/{id}`\n\n"
        + listed("id | string | yes", "label | string | yes", "hue | string | yes"),
        [],
    ),
    "a list of which the example has nothing, beside one that it has": (
        JOB
        + listed("id | string | yes", "size | integer | yes")
        + "\nFilters:\n\n"
        + listed("folder | string | yes", "limit | integer | no")
        + fence('{"id": "j", "size": 1}'),
        [],
    ),
    "all fields always come": (
        JOB
        + "All fields are always returned.\n\n"
        + listed("id | string | ", "n | integer | ")
        + fence('{"id": "j"}'),
        ["docs-field-not-shown /n"],
    ),
    "nobody says that a field always comes": (
        JOB + listed("id | string | ", "n | integer | ") + fence('{"id": "j"}'),
        [],
    ),
    "a member of dots stands for others": (
        JOB
        + listed("id | string | yes", "size | integer | yes", "zone | string | yes")
        + fence('{"id": "j", "size": 1, "...": "..."}'),
        [],
    ),
}


@pytest.mark.parametrize(("page", "expected"), TOLD.values(), ids=TOLD)
def test_what_is_told_of_a_list_and_an_example(page, expected):
    assert found(page) == expected


def test_what_is_not_told_for_want_of_a_pair_has_its_reason():
    page = JOB + listed("id | string | ", "size | integer | ") + fence('{"id": "j", "a": 1, "b": 1, "c": 1}')
    assert [(str(lines), reason.partition(":")[0]) for lines, reason in proof(page).unjudged] == [
        ("13", "what is listed of the body is not compared with it")
    ]


def test_an_example_that_another_list_fits_is_said_to_be_so():
    page, _ = TOLD["the list of another operation fits better"]
    assert [reason for _, reason in proof(page).unjudged] == [
        "it fits the response of GET /labels/{id} better than what is listed for it"
    ]
