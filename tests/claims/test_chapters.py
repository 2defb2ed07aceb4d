"""Which call of a page each claim is about: what titles, lists and examples tell of it."""

import pytest

from wireproof.claims.claim import ExampleClaim, FieldClaim, OperationClaim, ParameterClaim, ValuesClaim
from wireproof.claims.page import read_page
from wireproof.claims.titles import marked_title, names_action

TABLE = "| Field | Type | Description |\n|---|---|---|\n| id | string | Some text |\n\n"
BODY = '```json\n{"id": "x"}\n```\n\n'
WHOLE = TABLE + BODY
CODES = "| Code | Meaning |\n|---|---|\n| 1 | one |\n| 2 | other |\n\n"


def page(*parts, title="# Shop\n\n"):
    return read_page((title + "".join(parts)).encode(), name="page.md")


def calls(read):
    """Return the names of the calls that the fields, parameters and examples of a page are about."""
    kinds = (ExampleClaim, FieldClaim, ParameterClaim)
    return list(dict.fromkeys(one.scope.operation for one in read.claims if isinstance(one, kinds)))


CALLS = {
    "chapters that list and show are calls": (
        ["## Carts\n\n", WHOLE, "## Coupons\n\n", WHOLE],
        ["Carts", "Coupons"],
    ),
    "one chapter that lists and shows is the page": (["## Carts\n\n", WHOLE], [""]),
    "a list and its example below titles of their own are one call": (
        ["## Cart\n\n", TABLE, "## Sight\n\n", BODY],
        [""],
    ),
    "chapters that act are calls, whole or not": (
        ["## Create a cart\n\n", TABLE, "## Empty\n\n", BODY, "## Delete a cart\n\n", BODY],
        ["Create a cart", "Empty", "Delete a cart"],
    ),
    "a part goes on with the chapter before it": (
        ["## Create a cart\n\n", TABLE, "## Response\n\n", BODY, "## Delete a cart\n\n", TABLE],
        ["Create a cart", "Delete a cart"],
    ),
    "parts of one call are no calls": (["## Request\n\n", WHOLE, "## Response\n\n", WHOLE], [""]),
    "actions below examples are no calls": (
        ["## Fields\n\n", TABLE, "## Examples\n\n", "### Create it\n\n", BODY, "### Send it\n\n", BODY],
        [""],
    ),
    "actions below parameters are calls": (
        ["## Parameters\n\n", "### Create it\n\n", TABLE, "### Send it\n\n", TABLE],
        ["Create it", "Send it"],
    ),
    "objects that nothing shows are apart": (
        ["## Cart\n\n", TABLE, "## Coupon\n\n", TABLE],
        ["Cart", "Coupon"],
    ),
    "a chapter has its one operation": (
        ["## Carts\n\n", WHOLE, "`GET /carts`\n\n", "## Coupons\n\n", WHOLE, "`GET /coupons`\n\n"],
        ["GET /carts", "GET /coupons"],
    ),
    "an operation of several chapters goes by their titles too": (
        ["## Carts\n\n`POST /rpc`\n\n", WHOLE, "## Coupons\n\n`POST /rpc`\n\n", WHOLE],
        ["POST /rpc (Carts)", "POST /rpc (Coupons)"],
    ),
    "a title that comes twice is counted": (
        ["## Carts\n\n", WHOLE, "## Carts\n\n", WHOLE],
        ["Carts", "Carts 2"],
    ),
    "a chapter that only names a call goes on below the next title": (
        ["# Carts\n\n`GET /carts`\n\n", "# Repsonse\n\n", WHOLE],
        ["GET /carts"],
    ),
    "the innermost call counts": (
        ["## Carts\n\n", "### Big ones\n\n", WHOLE, "### Small ones\n\n", WHOLE, "## Coupons\n\n", WHOLE],
        ["Big ones", "Small ones", "Coupons"],
    ),
    "what asks for something is a call": (
        ["## Create a cart\n\n", WHOLE, "## Request a price offer\n\n", WHOLE],
        ["Create a cart", "Request a price offer"],
    ),
}


@pytest.mark.parametrize(("parts", "expected"), CALLS.values(), ids=CALLS.keys())
def test_a_claim_is_about_the_call_of_its_chapter(parts, expected):
    assert calls(page(*parts)) == expected


def test_an_operation_is_found_by_the_name_that_its_claims_have():
    read = page("## A\n\n`POST /rpc`\n\n", WHOLE, "## B\n\n`POST /rpc`\n\n", WHOLE)
    named = [(one.key, one.method, one.path) for one in read.claims if isinstance(one, OperationClaim)]
    assert named == [("POST /rpc (A)", "POST", "/rpc"), ("POST /rpc (B)", "POST", "/rpc")]


def test_lines_before_and_between_calls_are_of_none():
    read = page(TABLE, "## Carts\n\n", WHOLE, "## Coupons\n\n", WHOLE, "# Appendix\n\n", TABLE)
    assert calls(read) == ["", "Carts", "Coupons"]


def test_a_type_that_a_chapter_describes_is_at_home_where_it_is_used():
    read = page(
        "## Create a cart\n\n| Field | Type |\n|---|---|\n| owner | Customer |\n\n",
        '```json\n{"owner": {"id": "c1"}}\n```\n\n',
        "## Delete a cart\n\n",
        WHOLE,
        "## Customer\n\n",
        TABLE,
    ).claims
    assert [one.scope.operation for one in read if isinstance(one, FieldClaim) and len(one.path) > 1] == [
        "Create a cart"
    ]


def test_an_example_below_the_name_of_an_object_is_no_body():
    read = page(
        "## Request body\n\n#### `owner`\n\n- Type: object\n- Required: yes\n\n",
        '```json\n{"id": "c1"}\n```\n\n',
        "#### `note`\n\n- Type: string\n- Required: no\n",
    )
    assert [
        (one.scope.operation, one.scope.section) for one in read.claims if isinstance(one, ExampleClaim)
    ] == [("(owner)", "owner")]


ABOUT = {
    "titles that differ": (
        ["### Door codes\n\n", CODES, "### Window codes\n\n", CODES],
        ["Door codes", "Window codes"],
    ),
    "a name in brackets": (["### State of a door (doorState)\n\n", CODES], ["doorState"]),
    "no title of its own": (["### Error codes\n\n", CODES], ["Code"]),
}


@pytest.mark.parametrize(("parts", "expected"), ABOUT.values(), ids=ABOUT.keys())
def test_a_table_of_codes_is_of_what_its_title_says(parts, expected):
    assert [one.about for one in page(*parts).claims if isinstance(one, ValuesClaim)] == expected


def test_a_table_of_what_is_sent_lists_no_values():
    read = page("## Sample\n\n| Parameter | Value |\n|---|---|\n| size | 3 |\n| kind | new |\n")
    assert [one for one in read.claims if isinstance(one, ValuesClaim)] == []


def test_a_table_of_bytes_lists_no_fields():
    rows = "| Sequence | Short | 2 bytes |\n| Payload type | Byte | 1 byte |\n| Raw data | Bytes | n |\n"
    read = page(f"## Frame structure\n\n| Field | Type | Size |\n|---|---|---|\n{rows}")
    assert [one for one in read.claims if isinstance(one, FieldClaim)] == []


TITLES = {
    "a fence": '```json [Response - sent]\n{"id": "x"}\n```\n',
    "a fence with a note": '```json title="Response (sent)"\n{"id": "x"}\n```\n',
    "a paragraph of HTML": '<p class="fake_header">Response</p>\n\n```json\n{"id": "x"}\n```\n',
    "the key of a translation": '<p class="h">t(:responseparameters)</p>\n\n```json\n{"id": "x"}\n```\n',
}


@pytest.mark.parametrize("text", TITLES.values(), ids=TITLES.keys())
def test_what_titles_an_example(text):
    read = page(f"## Put a cart\n\n### Request\n\n{text}")
    assert [one.scope.side for one in read.claims if isinstance(one, ExampleClaim)] == ["response"]


def test_stars_that_point_to_a_note():
    rows = "| a? * | string |\n| b \\*\\* | string |\n| c* | string |\n| d | string |\n"
    read = page(f"## Response\n\n| Field | Type |\n|---|---|\n{rows}")
    assert [(one.name, one.required) for one in read.claims if isinstance(one, FieldClaim)] == [
        ("a", False),
        ("b", None),
        ("c", True),
        ("d", None),
    ]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Create a task", True),
        ("2. Get a task", True),
        ("查询任务", True),
        ("任务查询接口", True),
        ("Auftrag anlegen", True),
        ("Task object", False),
        ("Getaways", False),
    ],
)
def test_titles_that_name_an_action(text, acts):
    assert names_action(text) is acts


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Create a task", set()),
        ("Create Task Response Structure", {"response", "fields"}),
        ("获取任务响应参数", {"response", "parameters"}),
        ("Query String Params", {"query", "parameters"}),
        ("task.request.failed", set()),
    ],
)
def test_what_a_title_announces(text, roles):
    assert marked_title(text).roles == frozenset(roles)
