"""JSON with comments that describe its members: descriptions, noted once, and no repairs."""

import pytest

from wireproof.claims.claim import ExampleClaim, FieldClaim
from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

HEAD = "# Get a job\n\nGET /jobs/{id}\n\n## Response\n\n"
TOLD = """{
  // the job's id (required)
  "id": "a",
  "size": 3, // integer, in bytes
  "owner": null, /* string, optional */
  "parts": [ // its parts
    {"name": "x"}, // string: one of `x`, `y`
    {"name": "y"}
  ],
  # the last one
  "state": {"code": 1} // object, required
}"""


def page(body, language="json"):
    return read_page(f"{HEAD}```{language}\n{body}\n```\n".encode(), name="x.md")


def fields(made):
    return {
        ".".join(one.path): (one.types, one.required, one.description, one.lines.first)
        for one in made.claims
        if isinstance(one, FieldClaim)
    }


def test_comments_beside_and_above_members_describe_them():
    assert fields(page(TOLD)) == {
        "id": ((), True, "the job's id (required)", 10),
        "size": (("integer",), None, "in bytes", 11),
        "owner": (("string",), False, "", 12),
        "parts": (("array",), None, "its parts", 13),
        "parts.*.name": (("string",), None, "one of `x`, `y`", 14),
        "state": (("object",), True, "the last one", 18),
        "state.code": ((), None, "", 18),
    }


def test_they_are_noted_once_and_are_no_contradiction():
    made = page(TOLD)
    assert [(one.kind, one.count) for one in made.artefacts] == [
        ("comments in JSON, read as descriptions", 1)
    ]
    assert [one.repairs for one in made.claims if isinstance(one, ExampleClaim)] == [()]
    assert proofread(made).contradictions == ()


def test_marks_of_the_tool_that_shows_the_code_describe_nothing():
    made = page('{\n  // highlight-next-line\n  "id": "a", // its id\n  "size": 3 // in bytes\n}')
    assert [one[2] for one in fields(made).values()] == ["its id", "in bytes"]


def test_a_comment_of_a_page_in_mdx_is_no_example():
    made = read_page(f"{HEAD}{{/* a word to editors */}}\n\nText.\n".encode(), name="x.mdx")
    assert [one for one in made.claims if isinstance(one, ExampleClaim)] == []


def test_a_comment_that_its_own_value_contradicts_is_told():
    found = proofread(page(TOLD.replace("3,", '"3",'))).contradictions
    assert [(one.rule, one.pointer) for one in found] == [("docs-type-mismatch", "/size")]


@pytest.mark.parametrize(
    ("language", "kind"),
    [
        ("json", "comments in JSON"),
        ("jsonc", "comments in JSON, read as descriptions"),
        ("json5", "comments in JSON, read as descriptions"),
    ],
)
def test_a_single_comment_is_a_description_only_where_the_fence_announces_comments(language, kind):
    body = '{\n  "id": "a", // picked by you\n  "size": 3,\n  "zone": "b"\n}'
    made = page(body, language)
    assert [one.kind for one in made.artefacts] == [kind]
    assert [one.rule for one in proofread(made).contradictions] == []


def test_other_mends_are_still_told():
    found = proofread(page(TOLD.replace('"a",', '"a"'))).contradictions
    assert [(one.rule, one.shown.says) for one in found] == [
        ("docs-example-unreadable", "a comma was missing (line 11)")
    ]


def test_a_comment_behind_a_closing_bracket_describes_what_is_closed():
    body = '{\n  "a": {\n    "b": 1 // integer\n  }, // object\n  "c": 2 // integer\n}'
    assert fields(page(body)) == {
        "a": (("object",), None, "", 9),
        "a.b": (("integer",), None, "", 10),
        "c": (("integer",), None, "", 12),
    }
