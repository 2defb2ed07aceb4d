"""Small pages, each with what it contradicts: `rule pointer` with the lines of both ends."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

HEAD = "# Get a job\n\nGET /jobs/{id}\n\n"
TABLE = HEAD + "## Response\n\n| Field | Type | Required | Description |\n|---|---|---|---|\n"
"""Rows of fields begin on line 9."""


def example(body, title="Example response"):
    return f"\n## {title}\n\n```json\n{body}\n```\n"


def table(*rows, body=None):
    return TABLE + "".join(f"| {row} |\n" for row in rows) + (example(body) if body else "")


def params(*rows, path="/jobs/{id}", call="", method="GET"):
    head = f"# Get a job\n\n{method} {path}\n\n| Name | In | Type | Required |\n|---|---|---|---|\n"
    text = head + "".join(f"| {row} |\n" for row in rows)
    return text + (f"\n```bash\n{call}\n```\n" if call else "")


SHAPE = {
    "an envelope is gone": (
        table(
            "data | object | yes | Job",
            "data.id | string | yes | Id",
            "data.size | integer | yes | Size",
            "data.url | string | yes | Place",
            body='{"id": "j", "size": 1, "url": "u"}',
        ),
        ["docs-level-shift /data 10-12 17"],
    ),
    "a field moved": (
        table(
            "id | string | yes | Id",
            "meta | object | yes | More",
            "meta.size | integer | yes | Size",
            body='{"id": "j", "meta": {},\n "size": 3}',
        ),
        ["docs-level-shift /meta/size 11 17"],
    ),
    "a field has another name": (
        table(
            "id | string | yes | Id",
            "video_url | string | yes | Place",
            body='{"id": "j",\n "videoUrl": "u"}',
        ),
        ["docs-undocumented-field /videoUrl 10 16"],
    ),
    "a list where one object is promised": (
        table(
            "id | string | yes | Id",
            "owner | object | yes | Who",
            "owner.name | string | yes | Name",
            body='{"id": "j",\n "owner": [{"name": "x"}]}',
        ),
        ["docs-type-mismatch /owner 10 17"],
    ),
    "one object where a list is promised": (
        table(
            "id | string | yes | Id",
            "tags | array | yes | Tags",
            "tags[].name | string | yes | Name",
            body='{"id": "j",\n "tags": {"name": "x"}}',
        ),
        ["docs-type-mismatch /tags 10 17"],
    ),
    "a format is broken": (
        table("id | string(uuid) | yes | Id", "n | integer | yes | N", body='{"id": "job-7", "n": 1}'),
        ["docs-type-mismatch /id 9 15"],
    ),
    "a placeholder is no value": (
        table("id | integer | yes | Id", "n | integer | yes | N", body='{"id": "<id>", "n": 1}'),
        [],
    ),
    "what the page leaves out is not missing": (
        table("id | integer | yes | Id", "n | integer | yes | N", body='{\n  "id": 1,\n  ...\n}'),
        [],
    ),
    "a value that is left out is not missing": (
        table("id | integer | yes | Id", "n | integer | yes | N", body='{"id": 1, "n": ...}'),
        [],
    ),
    "an example that is cut says nothing of what is missing": (
        table("id | integer | yes | Id", "n | integer | yes | N", body='{"id": 1,'),
        ["docs-example-unreadable 15 15"],
    ),
    "null where the table says never": (
        HEAD
        + "## Response\n\n| Field | Type | Nullable |\n|---|---|---|\n| note | string | no |\n"
        + example('{"note": null}'),
        ["docs-null-shown /note 9 14"],
    ),
    "an error's example is judged by its types alone": (
        table("code | integer | yes | Code", "data | object | yes | Data", body='{"code": 0, "data": {}}')
        + example('{"code": "401", "error": "x"}', "Error response"),
        ["docs-type-mismatch /code 9 21"],
    ),
    "a field shown by one of two examples is shown": (
        table("id | string |  | Id", "zone | string |  | Zone", body='{"id": "a"}')
        + example('{"id": "b", "zone": "c"}'),
        [],
    ),
    "the same field twice, with two types": (
        table("id | string | yes | Id")
        + "\n## Response fields\n\n| Field | Type | Required |\n|---|---|---|\n| id | integer | yes |\n",
        ["docs-type-mismatch /id 9 15"],
    ),
    "the same field twice, required and not": (
        table("id | string | yes | Id")
        + "\n## Response fields\n\n| Field | Type | Required |\n|---|---|---|\n| id | string | no |\n",
        ["docs-prose-mismatch /id 9 15"],
    ),
}
VALUES = {
    "a row's own example": (
        HEAD
        + "## Response\n\n| Field | Type | Example |\n|---|---|---|\n"
        + "| n | integer | many |\n| ok | boolean | maybe |\n| m | integer | 3 |\n",
        ["docs-type-mismatch /n 9 9", "docs-type-mismatch /ok 10 10"],
    ),
    "a time in milliseconds that is called seconds": (
        table("created_at | integer | yes | Unix time in seconds", body='{\n"created_at": 1736868741000}'),
        ["docs-prose-mismatch /created_at 9 15"],
    ),
    "success is another code": (
        table(
            "code | integer | yes | 0 means success",
            "data | object | yes | Data",
            body='{"code": 200,\n "data": {}}',
        ),
        ["docs-prose-mismatch /code 9 15"],
    ),
    "a listed failure in the example of a success": (
        table("code | integer | yes | 0: success, 1: failed", body='{"code": 1}'),
        ["docs-prose-mismatch /code 9 14"],
    ),
    "values are spelled differently": (
        table("state | string | yes | One of `queued`, `done`", body='{"state": "DONE"}'),
        ["docs-status-set-mismatch /state 9 14"],
    ),
    "two lists spell one value differently": (
        table("state | string | yes | One of `queued`, `in_progress`")
        + "\n| State | Meaning |\n|---|---|\n| queued | waits |\n| in-progress | works |\n",
        ["docs-status-set-mismatch /state 9 11-14"],
    ),
    "values of a request are not those of an answer": (
        "# Jobs\n\nPOST /jobs\n\n## Request body\n\n| Field | Type | Description |\n|---|---|---|\n"
        "| mode | string | One of `fast`, `good` |\n\n## Response\n\n"
        "| Field | Type |\n|---|---|\n| mode | string |\n" + example('{"mode": "other"}'),
        [],
    ),
}
PROSE = {
    "a type": (
        HEAD + "## Response\n\n`state` is a string.\n" + example('{"state": 1}'),
        ["docs-prose-mismatch /state 7 12"],
    ),
    "a type against a table": (
        table("size | integer | yes | Size") + "\n`size` is a string.\n",
        ["docs-prose-mismatch /size 9 11"],
    ),
    "a duty against a table": (
        table("size | integer | yes | Size") + "\n`size` is optional.\n",
        ["docs-prose-mismatch /size 9 11"],
    ),
    "a unit against a table": (
        table("took | integer | yes | Duration in seconds") + "\n`took` is given in milliseconds.\n",
        ["docs-prose-mismatch /took 9 11"],
    ),
    "never null, and null": (
        HEAD + "## Response\n\n`state` is never null.\n" + example('{"state": null}'),
        ["docs-prose-mismatch /state 7 12"],
    ),
    "a unit that the example shows otherwise": (
        HEAD
        + "## Response\n\n`created_at` is given in milliseconds.\n"
        + example('{"created_at": 1736868741}'),
        ["docs-prose-mismatch /created_at 7 12"],
    ),
    "a count of the body": (
        HEAD + "## Response\n\nThe response has three fields.\n" + example('{"a": 1, "b": 2}'),
        ["docs-prose-mismatch 7 12"],
    ),
    "a count that holds": (
        HEAD + "## Response\n\nThe response has two fields.\n" + example('{"a": 1, "b": 2}'),
        [],
    ),
    "a count of an object": (
        table("data | object | yes | Data", "data.a | string | yes | A", "data.b | string | yes | B")
        + "\n`data` has 3 fields.\n",
        ["docs-prose-mismatch /data 13 10-11"],
    ),
    "a count inside a list": (
        HEAD + "## Response\n\n`items` contains 3 fields.\n" + example('{"items": {"a": 1}}'),
        ["docs-prose-mismatch /items 7 12"],
    ),
}
REQUESTS = {
    "placed elsewhere": (
        params("id | query | string | yes"),
        ["docs-request-mismatch /id 7 3"],
    ),
    "no place in the path": (
        params("id | path | string | yes", path="/jobs"),
        ["docs-request-mismatch /id 7 3"],
    ),
    "a place that the list does not name": (
        params("id | path | string | yes", path="/jobs/{id}/parts/{part}"),
        ["docs-request-mismatch /part 7 3"],
    ),
    "the call uses another method": (
        params("id | path | string | yes", call="curl -X POST https://h.example/jobs/1"),
        ["docs-request-mismatch /method 3 10"],
    ),
    "the call goes elsewhere": (
        params("id | path | string | yes", path="/v1/jobs/{id}", call="curl https://h.example/v1/job/1"),
        ["docs-request-mismatch /jobs 3 10"],
    ),
    "another operation's call": (
        params("id | path | string | yes", call="curl https://h.example/login"),
        [],
    ),
    "a base path before the path": (
        params("id | path | string | yes", call="curl https://h.example/api/v2/jobs/1"),
        [],
    ),
    "a query parameter nobody lists": (
        params("page | query | integer | no", path="/jobs", call="curl 'https://h.example/jobs?size=1'"),
        ["docs-request-mismatch /size 7 10"],
    ),
    "a query parameter that is required": (
        params("page | query | integer | yes", path="/jobs", call="curl 'https://h.example/jobs'"),
        ["docs-request-mismatch /page 7 10"],
    ),
    "a header that is required": (
        params("X-Tenant | header | string | yes", path="/jobs", call="curl https://h.example/jobs"),
        ["docs-request-mismatch /X-Tenant 7 10"],
    ),
    "a parameter of the header sent in the query": (
        params(
            "tenant | header | string | no",
            "page | query | integer | no",
            path="/jobs",
            call="curl 'https://h.example/jobs?tenant=a'",
        ),
        ["docs-request-mismatch /tenant 7 11"],
    ),
    "a URL that is none": (
        params("id | path | string | yes", call="curl 'https://[broken/jobs/1'"),
        [],
    ),
}
ACCESS = {
    "optional, and needed": (
        HEAD + "Send `Authorization: Bearer <key>` with each request.\n\n## Header parameters\n\n"
        "| Name | Type | Required |\n|---|---|---|\n| Authorization | string | no |\n",
        ["docs-auth-mismatch /Authorization 5 11"],
    ),
    "another header": (
        params(
            "X-API-Key | header | string | yes",
            call="curl https://h.example/jobs/1 -H 'Authorization: Bearer a'",
        ),
        ["docs-auth-mismatch /X-API-Key 7 10"],
    ),
    "another scheme": (
        HEAD + "Send `Authorization: Bearer <key>` with each request.\n\n```bash\n"
        "curl https://h.example/jobs/1 -H 'Authorization: Token abc'\n```\n",
        ["docs-auth-mismatch /Authorization 5 8"],
    ),
    "no scheme": (
        HEAD + "Send `Authorization: Bearer <key>` with each request.\n\n```bash\n"
        "curl https://h.example/jobs/1 -H 'Authorization: YOUR_KEY'\n```\n",
        ["docs-auth-mismatch /Authorization 5 8"],
    ),
    "a variable may hold the scheme": (
        HEAD + "Send `Authorization: Bearer <key>` with each request.\n\n```bash\n"
        "curl https://h.example/jobs/1 -H 'Authorization: $AUTH'\n```\n",
        [],
    ),
    "a header that a variable names": (
        HEAD + "Send `Authorization: Bearer <key>` with each request.\n\n```bash\n"
        "curl https://h.example/jobs/1 -H '$AUTH_HEADER: x'\n```\n",
        [],
    ),
    "basic authorization by another option": (
        HEAD + "Use basic authentication.\n\n```bash\ncurl https://h.example/jobs/1 -u a:b\n```\n",
        [],
    ),
    "a field comes when all is done, and is not there then": (
        table(
            "id | string | | Id",
            "status | string | | How far it is",
            "size | integer | | Size",
            "url | string | | The print (when completed)",
            body='{"id": "j", "size": 3,\n "status": "succeeded"}',
        ),
        ["docs-required-not-shown /url 12 18"],
    ),
    "a field comes when all is done, which it is not yet": (
        table(
            "id | string | | Id",
            "status | string | | How far it is",
            "size | integer | | Size",
            "url | string | | The print, once finished",
            body='{"id": "j", "size": 3, "status": "running"}',
        ),
        [],
    ),
    "a field comes when all is done, and what the example leaves out is not told": (
        table(
            "id | string | | Id",
            "status | string | | How far it is",
            "size | integer | | Size",
            "url | string | | The print (when completed)",
            body='{"id": "j", "size": 3,\n "status": "done", ...}',
        ),
        [],
    ),
    "a field of a part comes when all is done, and the part is another one": (
        table(
            "id | string | | Id",
            "status | string | | How far it is",
            "size | integer | | Size",
            "part | object | | A part",
            "part.url | string | | The print (when completed)",
            body='{"id": "j", "size": 3, "part": {"status": "done"},\n "status": "done"}',
        ),
        [],
    ),
    "a field may come when all is done": (
        table(
            "id | string | | Id",
            "status | string | | How far it is",
            "size | integer | | Size",
            "url | string | | May have the print (when ready)",
            body='{"id": "j", "size": 3, "status": "done"}',
        ),
        [],
    ),
    "a sentence frees one call of what all others need": (
        HEAD + "Send `Authorization: Bearer KEY`.\n\nThis request needs no word: no API key is required.\n\n"
        "```bash\ncurl https://h.example/jobs/1\n```\n",
        [],
    ),
    "no key for one thing that is done with an answer": (
        HEAD + "## Header parameters\n\n"
        "| Name | Type | Required |\n|---|---|---|\n| Authorization | string | yes |\n\n"
        "No API key is needed to fetch the file itself.\n",
        [],
    ),
    "what frees one call does not free the next": (
        HEAD + "No API key is required to look.\n\nSend `Authorization: Bearer KEY` from here on.\n\n"
        "```bash\ncurl https://h.example/jobs/1\n```\n",
        ["docs-auth-mismatch /Authorization 7 10"],
    ),
    "no authorization is said to be needed": (
        HEAD + "No authentication is required.\n\n## Header parameters\n\n"
        "| Name | Type | Required |\n|---|---|---|\n| Authorization | string | yes |\n",
        ["docs-auth-mismatch /Authorization 11 5"],
    ),
}  # fmt: skip


def said(page):
    found = proofread(read_page(page.encode(), name="page.md")).contradictions
    return [
        " ".join(
            part for part in (one.rule, one.pointer, str(one.claimed.lines), str(one.shown.lines)) if part
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [case for group in (SHAPE, VALUES, PROSE, REQUESTS, ACCESS) for case in group.values()],
    ids=[name for group in (SHAPE, VALUES, PROSE, REQUESTS, ACCESS) for name in group],
)
def test_a_page_contradicts_what_is_said_here_and_nothing_else(page, expected):
    assert said(page) == expected
