"""What writers mean by a list, a type or a broken line, and the contradictions that look like it.

Each habit is silent; the same page with a true contradiction is told.
"""

from __future__ import annotations

import pytest

from wireproof.claims.page import read_page
from wireproof.finding import Severity
from wireproof.proofreading.proofread import proofread


def told(page):
    """Return the rules and places of a page's contradictions, notes left out."""
    contradictions = proofread(read_page(page.encode(), name="page.md")).contradictions
    return sorted((one.rule, one.pointer) for one in contradictions if one.severity is not Severity.INFO)


def fence(body):
    return f"\n\n```json\n{body}\n```\n"


def answered(rows, body):
    return f"# Parcels\n\n`GET /parcels/{{id}}`\n\n## Response\n\n{rows}{fence(body)}"


def sent(rows, body):
    return f"# Parcels\n\n`POST /parcels`\n\n## Request body\n\n{rows}{fence(body)}"


def component(name, kind, text, default=""):
    return f'<ParamField body="{name}" type="{kind}"{default}>\n  {text}\n</ParamField>\n'


LISTS_NULL = {
    "bullets": "- `weight` (integer): grams\n- `refund` (string): how much came back. Possible values:\n"
    "  - `null`\n  - `partial`\n  - `full`\n",
    "definitions": "`weight`\n: `integer` grams\n\n`refund`\n: `string` how much. Possible values:\n"
    "  - `null`\n  - `partial`\n  - `full`\n",
    "Python's word": "- `weight` (integer): grams\n- `refund` (string): how much. Possible values:\n"
    "  - `None`: nothing\n  - `partial`: a part\n",
    "a column": "| Field | Type | Enum | Description |\n|---|---|---|---|\n| weight | integer | | grams |\n"
    "| refund | string | null, partial, full | how much |\n",
}


@pytest.mark.parametrize("layout", LISTS_NULL, ids=str)
def test_a_field_is_null_where_its_values_have_null(layout):
    page = answered(LISTS_NULL[layout], '{"weight": 3, "refund": null}')

    assert told(page) == []


@pytest.mark.parametrize("layout", LISTS_NULL, ids=str)
def test_null_is_told_where_the_values_have_none(layout):
    rows = LISTS_NULL[layout].replace("null", "none").replace("None", "nothing")
    page = answered(rows, '{"weight": 3, "refund": null}')

    assert told(page) == [("docs-null-shown", "/refund")]


@pytest.mark.parametrize("word", ["json object", "JSON object", "json map"])
def test_a_type_of_json_is_the_type_that_it_names(word):
    rows = f"`weight`\n: `integer` grams\n\n`notes`\n: `{word}` what the sender wrote\n"

    assert told(answered(rows, '{"weight": 3, "notes": {"a": "b"}}')) == []
    assert told(answered(rows, '{"weight": 3, "notes": "b"}')) == [("docs-type-mismatch", "/notes")]


@pytest.mark.parametrize("mark", ["*", "-", "•"])
@pytest.mark.parametrize("said", ["`road` - Lorries, every day", "`road`: Lorries"])
def test_bullets_inside_a_component_are_all_read(mark, said):
    bullets = "\n".join(f"  {mark} {text}" for text in (said, "`rail` - Trains", "`air` - Planes"))
    values = f'The way.\n\n  Supported values:\n\n{bullets}\n\n  Example: `"air"`'

    page = sent(component("way", "string", values, ' default="road"'), '{"way": "rail"}')
    other = sent(component("way", "string", values, ' default="ship"'), '{"way": "rail"}')

    assert told(page) == []
    assert told(other) == [("docs-status-set-mismatch", "/way")]


CASES = {
    "bullets": "- `id` (string): the parcel\n- `day` (integer): when it leaves. Possible values:\n"
    "  - `weekly`: The value is 1 to 7.\n  - `monthly` or `yearly`: The value is 1 to 31.\n",
    "a component": component("id", "string", "The parcel")
    + component("day", "integer", "When it leaves\n\n  * `weekly`: from 1 to 7\n  * `monthly`: from 1 to 31"),
}


@pytest.mark.parametrize("layout", CASES, ids=str)
def test_words_with_numbers_of_their_own_are_cases_of_a_number(layout):
    assert told(sent(CASES[layout], '{"id": "a", "day": 5}')) == []


@pytest.mark.parametrize("layout", CASES, ids=str)
def test_words_that_are_values_are_no_number(layout):
    rows = CASES[layout].replace("1 to 7", "Monday on").replace("1 to 31", "the first on")

    assert {place for _, place in told(sent(rows, '{"id": "a", "day": 5}'))} == {"/day"}


def test_several_values_of_one_meaning_are_values_each():
    rows = (
        "- `id` (string): the parcel\n- `pace` (string): how often. Possible values:\n"
        "  - `daily`: each day\n  - `weekly`, `monthly` or `yearly`: on the first day\n"
    )

    assert told(sent(rows, '{"id": "a", "pace": "monthly"}')) == []
    assert told(sent(rows, '{"id": "a", "pace": "hourly"}')) == [("docs-status-set-mismatch", "/pace")]


KEYED = (
    "- string `url` (required): where to\n- array `login` (optional):\n"
    "  - string `login[user]` (required): who\n  - string `login[word]` (required): the word\n"
    "- array `extra` (optional): whatever is wanted\n"
)


def test_an_array_whose_members_have_names_is_a_map():
    page = sent(KEYED, '{"url": "a", "login": {"user": "b", "word": "c"}, "extra": {"d": 1}}')

    assert told(page) == []


def test_members_of_such_a_map_keep_their_types():
    page = sent(KEYED, '{"url": "a", "login": {"user": "b", "word": 5}, "extra": {"d": 1}}')

    assert told(page) == [("docs-type-mismatch", "/login/word")]


def test_an_array_without_named_members_is_a_list():
    rows = "- string `url` (required): where to\n- array `extra` (optional): whatever is wanted\n"

    assert told(sent(rows, '{"url": "a", "extra": {"d": 1}}')) == [("docs-type-mismatch", "/extra")]


def test_a_list_of_arrays_may_be_a_list_of_maps():
    rows = (
        "- string `url` (required): where to\n- array[] `items` (required): what is in it:\n"
        "  - int `count` (required): how many\n"
    )

    assert told(sent(rows, '{"url": "a", "items": [{"count": 1}]}')) == []
    assert told(sent(rows, '{"url": "a", "items": "b"}')) == [("docs-type-mismatch", "/items")]


BROKEN = (
    "| Field | Type | Description |\n|---|---|---|\n| id | string | the parcel, see [there](there.md) |\n"
    "{rest}[there](there.md)| weight | integer | grams |\n| name | string | whose |\n"
)


@pytest.mark.parametrize("rest", ["", "Whose parcel it is.\nSee "])
def test_a_row_behind_a_broken_cell_is_read(rest):
    rows = BROKEN.replace("{rest}", rest)

    assert told(sent(rows, '{"id": "a", "weight": 3, "name": "b"}')) == []
    assert told(sent(rows, '{"id": "a", "weight": "much", "name": "b"}')) == [
        ("docs-type-mismatch", "/weight")
    ]


def test_the_answer_behind_the_quote_of_a_call_is_an_example_of_its_own():
    call = 'curl -X POST https://h.example/parcels -d \'{\n"weight": 3\n}\'{\n"id": "a"\n}\n'

    page = read_page(call.encode(), name="page.txt")
    bodies = [claim.value for claim in page.claims if hasattr(claim, "readable")]

    assert bodies == [{"weight": 3}, {"id": "a"}]
    assert told(call) == []


@pytest.mark.parametrize("dots", [". . .", ".  .  .", "..."])
def test_dots_with_blanks_between_them_leave_something_out(dots):
    rows = "- `[].id` (string): the parcel\n- `[].weight` (integer): grams\n"

    assert told(answered(rows, f'[\n  {{"id": "a", "weight": 3}},\n\n  {dots}\n\n]')) == []


@pytest.mark.parametrize(
    "said", ["For parcels abroad, the form of the customs", "Grams. For pallets, the depot"]
)
def test_what_is_said_for_some_is_null_for_others(said):
    rows = f"- `id` (string): the parcel\n- `form` (string): {said}\n"

    assert told(answered(rows, '{"id": "a", "form": null}')) == []


@pytest.mark.parametrize("said", ["For example, a number of the form", "The form for customs"])
def test_what_is_said_for_all_is_not(said):
    rows = f"- `id` (string): the parcel\n- `form` (string): {said}\n"

    assert told(answered(rows, '{"id": "a", "form": null}')) == [("docs-null-shown", "/form")]


QUERY = (
    "# Rates\n\n## `GET /rates/:unit/pay`\n\n"
    '<ParamField query="wallet" type="string" required>Who pays</ParamField>\n'
    '<ParamField query="unit" type="string"DUTY>In what</ParamField>\n'
)


def test_a_parameter_that_may_be_left_out_is_no_part_of_the_path():
    assert told(QUERY.replace("DUTY", "")) == []


def test_a_part_of_the_path_that_is_required_elsewhere_is_told():
    assert told(QUERY.replace("DUTY", " required")) == [("docs-request-mismatch", "/unit")]
