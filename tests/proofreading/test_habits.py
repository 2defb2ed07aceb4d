"""Habits of documentation that are no contradiction, each beside the contradiction that it resembles."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

JOB = "# Jobs\n\n`GET /jobs/{id}`\n\n"
ROWS = "| Field | Type | Required |\n|---|---|---|\n"


def found(page):
    contradictions = proofread(read_page(page.encode(), name="page")).contradictions
    return [f"{one.rule} {one.pointer or '(body)'}" for one in contradictions]


def fence(body, language="json"):
    return f"\n```{language}\n{body}\n```\n"


def listed(*rows):
    return ROWS + "".join(f"| {row} |\n" for row in rows)


def described(text, value):
    table = f"| Field | Type | Required | Description |\n|---|---|---|---|\n| n | number | yes | {text} |\n"
    return JOB + "## Response\n\n" + table + fence(f'{{"n": {value}}}')


EXAMPLES = {
    "an annotated example documents": (
        JOB + fence('{\n "id": "j", // the id\n "n": 1, // how many\n "u": "x" // where\n}'),
        [],
    ),
    "comments are no fault where the fence is for them": (
        JOB + fence('{"id": "j" /* the id */}', "jsonc"),
        [],
    ),
    "a comment in JSON speaks to the reader": (
        JOB + fence('{\n "id": "j" // the id\n}'),
        [],
    ),
    "a shortened value has no format": (
        JOB + "## Response\n\n" + listed("u | string (uri) | yes") + fence('{"u": "https://a.example/… "}'),
        [],
    ),
    "a field that one element shows is shown": (
        JOB
        + "## Response\n\n"
        + listed("links | array | yes", "links[].rel | string |  ", "links[].method | string |  ")
        + fence('{"links": [{"rel": "a", "method": "GET"}, {"rel": "b"}]}'),
        [],
    ),
    "an example below a title of its own is another body": (
        "# Hooks\n\nThe call returns\n"
        + fence('{"id": "e", "ok": true}')
        + "\n## What we send\n\n"
        + listed("id | string | yes", "kind | string | yes")
        + fence('{"id": "e", "kind": "x"}'),
        [],
    ),
    "an example of what is sent later is no answer": (
        "# Jobs\n\n`POST /jobs`\n\n## Response 202\n"
        + fence('{"id": "j", "state": "new"}')
        + "\n### Response fields\n\n"
        + listed("id | string | yes", "state | string | yes")
        + "\n## The hook\n"
        + fence('{"event": "e", "job": {"id": "j", "state": "new"}}'),
        [],
    ),
    "a sentence announces the key around the body": (
        JOB
        + "All fields stand inside the `Answer` object.\n\n## Response\n\n"
        + listed("a | string | yes", "b | string | yes", "c | string | yes")
        + fence('{"Answer": {"a": "1", "b": "2", "c": "3"}}'),
        [],
    ),
    "a sentence announces a list": (
        JOB
        + "Response: an array of jobs.\n\n## Response\n\n"
        + listed("id | string | yes")
        + fence('[{"id": "j"}]'),
        [],
    ),
    "an object described by name stands where the example has it": (
        JOB
        + "### The job object\n\n"
        + listed("id | string | yes", "n | integer | yes")
        + fence('{"object": "list", "data": [{"id": "j", "n": "1"}]}'),
        ["docs-type-mismatch /data/*/n"],
    ),
    "a sentence above an example says that it shows an error": (
        JOB
        + "## Response\n\n"
        + listed("status | string | yes", "id | string | yes")
        + fence('{"id": "j", "status": "done"}')
        + "\nA `404` comes with a body such as\n"
        + fence('{"code": 7, "message": "no", "status": 404}'),
        [],
    ),
    "the markup of a callout is no example": (
        JOB
        + '[block:callout]\n{"type": "warning", "title": "Old"}\n[/block]\n\n## Response\n\n'
        + listed("id | string | yes", "n | integer | yes", "u | string | yes")
        + fence('{"id": "j", "n": 1, "u": "x"}'),
        [],
    ),
    "what is above the only operation, below another title, is not its answer": (
        "# Mail\n\n## Events\n\n"
        + listed("a | string | yes", "b | string | yes", "c | string | yes")
        + fence('{"a": "1", "b": "2", "c": "3"}')
        + "\n## Class\n\n`GET /mails/{id}/class`\n\n"
        + listed("name | string | yes", "score | number | yes")
        + fence('{"name": "x", "score": 1}'),
        [],
    ),
}

SAID = {
    "a number in the range": (described("between 0 and 1", 0.4), []),
    "a number out of the range": (described("between 0 and 1", 40), ["docs-prose-mismatch /n"]),
    "a value that the text names is meant": (described("between 1 and 5, -1 if unknown", -1), []),
    "a range of another thing": (described("takes between 2 and 3 minutes", 40), []),
    "a range in Chinese": (described("取值范围为[1,10]", 40), ["docs-prose-mismatch /n"]),
    "a count in a description": (
        JOB
        + "## Response\n\n- `days` array - each with three fields\n  - `at` integer\n  - `low` number\n"
        + fence('{"days": [{"at": 1, "low": 2}]}'),
        ["docs-prose-mismatch /days/*"],
    ),
    "states that a sentence counts": (
        JOB
        + "It goes through two states: `open` and `shut`. The field is `state`.\n\n## Response\n\n"
        + "| Field | Type | Required | Description |\n|---|---|---|---|\n"
        + "| state | string | yes | `open`, `closed` |\n",
        ["docs-status-set-mismatch /state"],
    ),
    "digits that begin with zero are no number": (
        JOB
        + "## Response\n\n| Field | Type | Required | Description |\n|---|---|---|---|\n"
        + "| code | string | yes | 0000 means success |\n"
        + fence('{"code": "0000"}'),
        [],
    ),
    "a value without a lead, written as code": (
        JOB
        + "## Response\n\n| Field | Type | Required | Description |\n|---|---|---|---|\n"
        + "| state | string | yes | `open`, `shut` or `lost`; more may come |\n"
        + fence('{"state": "gone"}'),
        ["docs-status-set-mismatch /state"],
    ),
}

CALLS = {
    "a form is sent by POST": (
        "# Files\n\n`POST /files`\n" + fence("curl https://a.example/files -F file=@a.png", "bash"),
        [],
    ),
    "another operation of the page is called": (
        "# Files\n\n`POST /files`\n\n`GET /files`\n" + fence("curl https://a.example/files -d a=1", "bash"),
        [],
    ),
    "a call above the operation is of another one": (
        "# Files\n"
        + fence("curl -X POST https://a.example/v1/files/clean -F a=@b", "bash")
        + "\n### History\n\n`GET /v1/files/history`\n",
        [],
    ),
    "a form has another name": (
        "# Files\n\n`POST /files`\n\n### Request body\n\n"
        "- **file** *file* **Required** — what\n- **lang** *string* Optional — which\n"
        + fence("curl https://a.example/files -F file=@a -F language=en", "bash"),
        ["docs-request-mismatch /lang"],
    ),
    "a form lacks what is required": (
        "# Files\n\n`POST /files`\n\n### Request body\n\n"
        "- **file** *file* **Required** — what\n- **lang** *string* Required — which\n"
        + fence("curl https://a.example/files -F file=@a", "bash"),
        ["docs-request-mismatch /lang"],
    ),
    "a part of the query is in the body": (
        "# Zones\n\n`PATCH /zones/{id}`\n\n## Query parameters\n\n"
        + listed("dry | boolean | no")
        + "\n## Body\n\n"
        + listed("ttl | integer | no")
        + fence('curl -X PATCH https://a.example/zones/1 -d \'{"ttl": 3, "dry": true}\'', "bash"),
        ["docs-request-mismatch /dry"],
    ),
    "one of two names fills the place in the path": (
        "# Jobs\n\n`GET /jobs/{id}`\n\n## Path parameters\n\n"
        + listed("task_id | string | no", "external_id | string | no"),
        [],
    ),
    "one name in the place of another is told once": (
        "# Places\n\n`GET /places`\n\n### Query parameters\n\n"
        + listed("lat | number | yes", "lng | number | yes")
        + fence("curl 'https://a.example/places?lat=1&lon=2'", "bash"),
        ["docs-request-mismatch /lng"],
    ),
    "a token is no bearer token": (
        "# Jobs\n\n`GET /jobs`\n\nSend `Authorization: Token <key>`.\n"
        + fence("curl https://a.example/jobs -H 'Authorization: Token k3y'", "bash"),
        [],
    ),
}


@pytest.mark.parametrize(("page", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_contradicts_only_the_list_that_it_belongs_to(page, expected):
    assert found(page) == expected


@pytest.mark.parametrize(("page", "expected"), SAID.values(), ids=SAID)
def test_a_sentence_is_held_to_what_it_says(page, expected):
    assert found(page) == expected


@pytest.mark.parametrize(("page", "expected"), CALLS.values(), ids=CALLS)
def test_a_call_is_compared_with_its_own_operation(page, expected):
    assert found(page) == expected


SHOWN = {
    "a sketch of the syntax lists fields, and claims no presence": (
        JOB
        + "## Response syntax\n"
        + fence(
            '{\n "id": "string",\n "size": number,\n "next": "string",\n "map": {string: string, ...}\n}', ""
        )
        + "\n## Example\n"
        + fence('{"id": "j", "size": "3", "map": {"a": "b"}}'),
        ["docs-type-mismatch /size"],
    ),
    "a type without quotes in an example is a placeholder": (
        JOB
        + "## Response\n\n"
        + listed("id | string | yes", "n | integer | yes")
        + fence('{"id": "j", "n": integer}'),
        [],
    ),
    "a list that is left out between members": (
        JOB + "## Response\n\n" + listed("id | string | yes") + fence('{"id": "j",\n [...]\n}'),
        [],
    ),
    "a table of nothing but the path's parts is no answer": (
        "# Jobs\n\n`GET /jobs/:id/parts/:part`\n\n"
        + listed("id | string | yes", "part | string | yes")
        + "\nReturns:\n\n"
        + listed("name | string | yes")
        + fence('{"name": "x"}'),
        [],
    ),
    "null, otherwise": (
        JOB
        + "## Response\n\n| Field | Type | Description |\n|---|---|---|\n"
        + "| url | string | Where it is. Otherwise, `null`. |\n"
        + fence('{"url": null}'),
        [],
    ),
    "definitions": (
        JOB
        + "## Response\n\n`id`\n:   (string) the id\n\n`late`\n: (boolean) whether\n"
        + fence('{"id": "j", "late": 1}'),
        ["docs-type-mismatch /late"],
    ),
    "headings that name operations": (
        "# Jobs\n\n### POST /jobs\n\n"
        + fence('{"name": "n"}')
        + "\n"
        + listed("name | string | yes")
        + "\nAnswer:\n"
        + fence('{"id": "j"}')
        + "\n### GET /jobs/{id}\n\nAnswer:\n\n"
        + listed("id | string | yes", "size | integer | yes")
        + fence('{"id": "j", "size": "3"}'),
        ["docs-type-mismatch /size"],
    ),
    "a token of its own name": (
        JOB + "Send the header `PRIVATE-TOKEN: <key>`.\n" + fence("curl https://a.example/jobs/1", "bash"),
        ["docs-auth-mismatch /PRIVATE-TOKEN"],
    ),
}


@pytest.mark.parametrize(("page", "expected"), SHOWN.values(), ids=SHOWN)
def test_what_is_listed_is_read_as_it_is_meant(page, expected):
    assert found(page) == expected
