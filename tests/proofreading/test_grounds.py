"""On what a contradiction rests: what a page states, what stands together, and what is only assumed."""

import pytest

from wireproof.claims.claim import Ground, Part, Scope
from wireproof.claims.page import read_page
from wireproof.finding import Severity
from wireproof.proofreading.grounds import reaches, together
from wireproof.proofreading.proofread import proofread

PAGE = Part(1, frozenset({"shop"}))
TASK = Part(10, frozenset({"task"}))
TASK_EXAMPLE = Part(20, frozenset({"task"}), announces=True)
VIDEO_TASK_EXAMPLE = Part(30, frozenset({"video", "task"}), announces=True)
CREATE = Part(40, frozenset({"create", "task"}), acts=True)
HEAD = "| Field | Type | Required |\n|---|---|---|\n"
LIST = HEAD + "| id | integer | yes |\n| name | string | yes |\n| size | integer | yes |\n"


def within(*parts, operation="", begun=0):
    return Scope(operation, parts=parts, begun=begun)


def found(page):
    page = page.replace("LIST\n", LIST)
    return [
        f"{one.rule} {one.pointer}"
        for one in proofread(read_page(page.encode(), name="page.md")).contradictions
        if one.severity is not Severity.INFO
    ]


def fence(body):
    return f"\n```json\n{body}\n```\n\n"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (within(PAGE), within(PAGE), Ground.PLACED),
        (within(PAGE, TASK), within(PAGE, TASK_EXAMPLE), Ground.PLACED),
        (within(PAGE, TASK), within(PAGE, VIDEO_TASK_EXAMPLE), Ground.PLACED),
        (within(PAGE, VIDEO_TASK_EXAMPLE), within(PAGE, TASK), Ground.ASSUMED),
        (within(PAGE), within(PAGE, TASK), Ground.PLACED),
        (within(PAGE, TASK), within(PAGE), Ground.ASSUMED),
        (within(PAGE), within(PAGE, CREATE), Ground.ASSUMED),
        (within(PAGE, TASK), within(PAGE, CREATE), Ground.ASSUMED),
        (
            within(TASK, operation="GET /t", begun=5),
            within(CREATE, operation="GET /t", begun=5),
            Ground.STATED,
        ),
        (
            within(TASK, operation="POST /t", begun=5),
            within(CREATE, operation="POST /t", begun=9),
            Ground.ASSUMED,
        ),
        (within(operation="GET /t"), within(CREATE, operation="GET /t"), Ground.PLACED),
    ],
    ids=[
        "one part",
        "two titles of one subject",
        "an example of a kind of it",
        "and not the other way round",
        "above the part",
        "inside another part",
        "above an action",
        "beside an action",
        "below one endpoint line",
        "below two endpoint lines that are the same",
        "an OpenAPI document of the operation",
    ],
)
def test_what_stands_together(left, right, expected):
    assert together(left, right) is expected


def test_what_is_said_above_an_action_reaches_it_and_what_is_said_below_does_not():
    assert [reaches(within(PAGE), within(PAGE, CREATE), above=above) for above in (True, False)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "# Shop\n\n## Product fields\n\nLIST\n\n## Product example\n"
            + fence('{"id": "1", "name": "a", "size": 2}'),
            ["docs-type-mismatch /id"],
        ),
        (
            "# Shop\n\n## Product fields\n\nLIST\n\n## Basket example\n" + fence('{"id": "1", "name": "a"}'),
            [],
        ),
        (
            "# Shop\n\n## Common objects\n\nA message has fields.\n\n### Message\n\nLIST\n\n### Chat\n\n"
            "Example of a message:\n" + fence('{"id": "1", "name": "a", "size": 3}'),
            ["docs-type-mismatch /id"],
        ),
        (
            "# Shop\n\n## Add a product\n\nLIST\n"
            + fence('{"id": 1, "name": "a", "size": 3}')
            + "## Remove a product\n"
            + fence('{"id": "1", "name": "a"}'),
            [],
        ),
        (
            "# Shop\n\nGET /products/{id}\n\n## Response\n\nLIST\n\n## Sample of a basket\n"
            + fence('{"id": 1, "name": "a"}'),
            ["docs-required-not-shown /size"],
        ),
        (
            "# Shop\n\nGET /products/{id}\n\n## Common response fields\n\nLIST\n\n## Response\n"
            + fence('{"id": 1, "name": "a", "size": 2, "tax": 1}'),
            [],
        ),
    ],
    ids=[
        "titles that name the same subject",
        "titles that name different subjects",
        "a caption that names the subject",
        "two actions",
        "one endpoint line above both",
        "a list that its title calls a choice",
    ],
)
def test_a_contradiction_needs_grounds(page, expected):
    assert found(page) == expected


def test_what_titles_leave_open_names_may_prove_and_then_values_are_told():
    rows = "".join(f"| {name} | integer | yes |\n" for name in "abcde")
    page = f"# X\n\n## Good\n\n| Field | Type | Required |\n|---|---|---|\n{rows}\n## Sale\n"
    assert found(page + fence('{"a": 1, "b": "x", "c": 3, "d": 4}')) == ["docs-type-mismatch /b"]


def test_an_envelope_that_several_lists_leave_out_is_the_way_of_the_page():
    part = "## {0}\n\nGET /{0}s/{{id}}\n\n### Response\n\nLIST\n" + fence(
        '{{"data": {{"id": 1, "name": "a", "size": 3}}}}'
    )
    one, two = part.format("shop"), part.format("stall")
    assert [found(f"# Stores\n\n{page}") for page in (one, one + two)] == [["docs-level-shift "], []]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"id": 1,}', []),
        ('{"id": 1 // the product\n}', []),
        ("{id: 1}", []),
        ('{"id": 1\n"name": "a"}', ["docs-example-unreadable "]),
        ('{"id": 1, "id": 2}', ["docs-example-unreadable "]),
    ],
    ids=["a comma at the end", "a comment", "a key without quotes", "a missing comma", "a key twice"],
)
def test_an_example_that_everybody_can_read_is_no_alarm(body, expected):
    assert found("# Shop\n\n## Response\n" + fence(body)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("The size", ["docs-required-not-shown /size"]), ("Required when it is packed", [])],
    ids=["always", "at times"],
)
def test_what_is_required_at_times_may_be_away(words, expected):
    rows = (
        f"| id | integer | yes | Id |\n| name | string | yes | Name |\n| size | integer | yes | {words} |\n"
    )
    head = "| Field | Type | Required | Description |\n|---|---|---|---|\n"
    page = f"# Shop\n\nPOST /products\n\n## Request body\n\n{head}"
    assert found(page + rows + fence('{"id": 1, "name": "a"}')) == expected
