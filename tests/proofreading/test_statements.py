"""What a sentence says, beside a page that bears it out and one that does not."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

JOB = "# Jobs\n\n`GET https://api.example/jobs/{id}`\n\n"
START = "# Jobs\n\n`POST https://api.example/jobs`\n\n"
HEAD = "## Response\n\n| Field | Type | Required | Description |\n|---|---|---|---|\n"
STATES = "| id | string | | |\n| state | string | | one of `new`, `busy`, `done` |\n"


def found(page):
    contradictions = proofread(read_page(page.encode(), name="page")).contradictions
    return [f"{one.rule} {one.pointer or '(body)'}" for one in contradictions if one.severity.name != "INFO"]


def answered(*rows, said="", shown='{"id": "j", "n": 5}', after=""):
    listed = HEAD + "".join(f"| {row} |\n" for row in rows)
    return JOB + said + "\n\n" + listed + f"\n```json\n{shown}\n```\n\n" + after


def called(said, call, *rows):
    listed = "".join(f"| {row} |\n" for row in rows)
    table = f"## Headers\n\n| Name | Type | Required |\n|---|---|---|\n{listed}\n" if rows else ""
    return START + said + "\n\n" + table + f"```bash\n{call}\n```\n"


ID, N = "id | string | | the job", "n | integer | | how long"
POSTED = "curl -X POST https://api.example/jobs -H 'Content-Type: application/json'"
CASES = {
    "a unit against a row": (
        answered(ID, "n | integer | | length in milliseconds", after="`n` is given in seconds.\n"),
        ["docs-prose-mismatch /n"],
    ),
    "the same unit": (
        answered(ID, "n | integer | | length in seconds", after="`n` is given in seconds.\n"),
        [],
    ),
    "a type against a row": (answered(ID, N, after="`n` is a string.\n"), ["docs-prose-mismatch /n"]),
    "a duty against a row": (
        answered(ID, "n | integer | no | ", after="`n` and `id` are required.\n"),
        ["docs-prose-mismatch /n"],
    ),
    "a duty under a condition": (
        answered(ID, "n | integer | no | ", after="`n` is required if the job is large.\n"),
        [],
    ),
    "never null, and null": (
        answered(ID, "n | any | | x", said="`n` is never null.", shown='{"id": "j", "n": null}'),
        ["docs-prose-mismatch /n"],
    ),
    "null as a sentence says": (
        answered(ID, N, said="`n` is null until the job is done.", shown='{"id": "j", "n": null}'),
        [],
    ),
    "always returned, and not shown": (
        answered(ID, N, "m | integer | | x", said="`m` is always returned."),
        ["docs-required-not-shown /m"],
    ),
    "always returned, and optional in the list": (
        answered(ID, "n | integer | no | x", said="`n` is always returned."),
        ["docs-prose-mismatch /n"],
    ),
    "a format against a row": (
        answered(
            ID,
            "n | integer | | Unix time",
            said="`n` is an ISO 8601 text.",
            shown='{"id": "j", "n": 1735689600}',
        ),
        ["docs-prose-mismatch /n"],
    ),
    "a format against the row's type": (
        answered(ID, "n | integer | | when", said="`n` is an ISO 8601 text."),
        ["docs-prose-mismatch /n"],
    ),
    "a format against an example": (
        answered(ID, "n | string | | when", said="`n` is Unix time.", shown='{"id": "j", "n": "2025-01-01"}'),
        ["docs-prose-mismatch /n"],
    ),
    "a description's format against an example": (
        answered(ID, "n | string | | ISO 8601", shown='{"id": "j", "n": "1735689600"}'),
        ["docs-prose-mismatch /n"],
    ),
    "an address for encoded bytes": (
        answered(ID, "n | string | | base64", shown='{"id": "j", "n": "https://a.example/1.png"}'),
        ["docs-prose-mismatch /n"],
    ),
    "encoded bytes or an address": (
        answered(
            ID, "n | string | | Base64 编码或音频URL", shown='{"id": "j", "n": "https://a.example/1.png"}'
        ),
        [],
    ),
    "encoded bytes for an address": (
        answered(ID, "n | string | | URL", shown='{"id": "j", "n": "data:image/png;base64,AA=="}'),
        ["docs-prose-mismatch /n"],
    ),
    "a number for a UUID": (
        answered(ID, "n | string or integer | | job number", said="`n` is a UUID."),
        ["docs-prose-mismatch /n"],
    ),
    "an amount with a fraction, in cents": (
        answered(ID, "n | number | | price", said="`n` is in cents.", shown='{"id": "j", "n": 12.5}'),
        ["docs-prose-mismatch /n"],
    ),
    "all times are in seconds, and one is not": (
        answered(
            ID,
            "created_at | integer | | x",
            said="All timestamps are Unix seconds.",
            shown='{"id": "j", "created_at": 1735689600000}',
        ),
        ["docs-prose-mismatch /created_at"],
    ),
    "all times are ISO 8601, and so is this one": (
        answered(
            ID,
            "created_at | string | | x",
            said="All timestamps are ISO 8601.",
            shown='{"id": "j", "created_at": "2025-01-01T00:00:00Z"}',
        ),
        [],
    ),
    "all times are ISO 8601, and one is a number": (
        answered(
            ID,
            "times | array | | x",
            said="All timestamps are ISO 8601.",
            shown='{"id": "j", "times": [{"created_at": 1735689600}]}',
        ),
        ["docs-prose-mismatch /times/*/created_at"],
    ),
    "a count of fields": (
        answered(ID, N, said="The response has three fields."),
        ["docs-prose-mismatch (body)"],
    ),
    "a count of what an example shows": (
        JOB + '## Response\n\nThe response has three fields.\n\n```json\n{"a": 1}\n```\n',
        ["docs-prose-mismatch (body)"],
    ),
    "a count of members inside an example": (
        JOB + '## Response\n\n`data` has three fields.\n\n```json\n{"data": [{"a": 1}]}\n```\n',
        ["docs-prose-mismatch /data"],
    ),
    "a list that a sentence announces": (
        JOB + "## Response\n\nThe response has three fields:\n\n- `a` (string): x\n- `b` (string): y\n",
        ["docs-prose-mismatch (body)"],
    ),
    "a list that is as long as announced": (
        JOB + "## Response\n\nThe response has two fields:\n\n- `a` (string): x\n- `b` (string): y\n",
        [],
    ),
    "a count of states": (
        JOB + "A job goes through four states.\n\n" + HEAD + STATES,
        ["docs-prose-mismatch /state"],
    ),
    "a right count of states": (JOB + "A job goes through three states.\n\n" + HEAD + STATES, []),
    "a value that no list has": (
        JOB + HEAD + STATES + "\nPoll until `state` is `finished`.\n",
        ["docs-status-set-mismatch /state"],
    ),
    "a value in another spelling": (
        JOB + HEAD + STATES + "\nPoll until `state` is `DONE`.\n",
        ["docs-status-set-mismatch /state"],
    ),
    "a value of the list": (JOB + HEAD + STATES + "\nPoll until `state` is `done`.\n", []),
    "a value of another field of that name": (
        JOB + HEAD + STATES + "| part.state | string | | |\n\n`part.state` is `open` at first.\n",
        [],
    ),
    "a value that a row names": (
        JOB + HEAD + STATES + "| url | string | | when `state` is `ready` |\n",
        ["docs-status-set-mismatch /state"],
    ),
    "a value that means success": (
        answered(
            "code | integer | | x",
            "n | integer | | y",
            said="`code` равное `0` означает успех.",
            shown='{"code": 200, "n": 1}',
        ),
        ["docs-prose-mismatch /code"],
    ),
    "the value that means success": (
        answered(
            "code | integer | | x",
            "n | integer | | y",
            said="`code` равное `0` означает успех.",
            shown='{"code": 0, "n": 1}',
        ),
        [],
    ),
    "a content type": (
        called("The body is sent as `multipart/form-data`.", POSTED + " -d '{\"a\": 1}'"),
        ["docs-request-mismatch /Content-Type"],
    ),
    "the content type of a form": (
        called(
            "The body is sent as `multipart/form-data`.", "curl -X POST https://api.example/jobs -F 'a=@b.c'"
        ),
        [],
    ),
    "a form in place of JSON": (
        called(
            "The body is sent as `application/json`.", "curl -X POST https://api.example/jobs -F 'a=@b.c'"
        ),
        ["docs-request-mismatch /Content-Type"],
    ),
    "JSON without a word": (
        called(
            "The body is sent as `multipart/form-data`.",
            "curl -X POST https://api.example/jobs -d '{\"a\": 1}'",
        ),
        ["docs-request-mismatch /Content-Type"],
    ),
    "a method": (
        called("Send a PUT request to `/jobs`.", POSTED),
        ["docs-request-mismatch /method"],
    ),
    "the method": (called("Send a POST request to `/jobs`.", POSTED), []),
    "a header that is not the one that is sent": (
        called("Put your key into the header `X-Job-Key`.", POSTED + " -H 'Authorization: Bearer k'"),
        ["docs-auth-mismatch /X-Job-Key"],
    ),
    "one of two headers": (
        called(
            "Send the header `X-Job-Key` or `Authorization: Bearer k`.",
            POSTED + " -H 'Authorization: Bearer k'",
        ),
        [],
    ),
    "a header that is required, and optional": (
        called(
            "所有请求必须在请求头中携带 `Authorization`。",
            POSTED + " -H 'Authorization: Bearer k'",
            "Authorization | string | no",
        ),
        ["docs-auth-mismatch /Authorization"],
    ),
    "a part of the query": (
        called("Your key goes into the query parameter `api_key`.", POSTED),
        ["docs-auth-mismatch /api_key"],
    ),
    "a header of webhooks": (
        called("Webhooks carry the header `X-Job-Token`, signed with your secret.", POSTED),
        [],
    ),
    "a word of a sentence is no header": (
        called("The `:token` in the URL is the key: Bearer of rights.", POSTED + " -H 'x-api-key: k'"),
        [],
    ),
    "a call that asks for the credentials": (
        START
        + "Send `Authorization: Bearer <token>`.\n\n"
        + "```bash\ncurl -X POST https://api.example/oauth/token -d a=b\n```\n",
        [],
    ),
    "a base that a program keeps in a variable": (
        START
        + '```python\nBASE = "https://api.example"\nrequests.post(f"{BASE}/jobs", json={"a": 1})\n```\n',
        [],
    ),
    "a base that nobody tells": (
        (
            "# Jobs\n\n`POST https://api.example/v1/jobs`\n\n"
            '```python\nrequests.post(f"{BASE}/jobs", json={"a": 1})\n```\n'
        ),
        [],
    ),
    "another path behind a base": (
        (
            "# Jobs\n\n`POST https://api.example/v1/jobs/start`\n\n"
            '```python\nrequests.post(f"{BASE}/jobs/begin", json={"a": 1})\n```\n'
        ),
        ["docs-request-mismatch /start"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_beside_the_rest(case):
    page, expected = CASES[case]

    assert expected == found(page)


def test_rows_that_nobody_read_are_told():
    rows = "job_id string yes the job\nfull_url string no where it is\nleft_pages integer no what is left\n"
    page = read_page(f"Jobs\n\nGET /jobs/1\n\nsome words\n{rows}".encode(), name="page")

    told = [one.reason for one in page.unread]

    assert not page.whole
    assert told == ["3 lines with a name and a type look like rows of a list, and were not read as fields"]


def test_sentences_are_no_rows():
    text = "a string is sent\nthe number grows\nno object comes\nthis list ends\n"

    assert read_page(f"# Jobs\n\n`GET /jobs`\n\n{text}".encode(), name="page").whole
