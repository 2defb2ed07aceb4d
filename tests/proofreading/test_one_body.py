"""Whether two places are about one body is told by the page's own marks: tables, titles, keys, labels."""

from __future__ import annotations

import pytest

from wireproof.claims.page import read_page
from wireproof.finding import Severity
from wireproof.proofreading.proofread import proofread


def found(page):
    contradictions = proofread(read_page(page.encode(), name="page")).contradictions
    told = [one for one in contradictions if one.severity is not Severity.INFO]
    return [f"{one.rule} {one.pointer}".strip() for one in told]


def fence(body, language="json"):
    return f"\n```{language}\n{body}\n```\n"


def generated(root, body):
    """Return a page with a table of all that a call sends, whose body is one row and its members."""
    return (
        "# Terms\n\n`PUT /terms/{id}`\n\n> Body parameter\n"
        + fence(body)
        + "\n<h3 id='x-parameters'>Parameters</h3>\n\n"
        "|Name|In|Type|Required|Description|\n|---|---|---|---|---|\n"
        f"|id|path|integer|true|the term|\n|{root}|body|object|true|the term's object|\n"
        "|» Days|body|integer|true|none|\n|» Kind|body|string|true|none|\n|»» Unit|body|string|false|none|\n"
    )


@pytest.mark.parametrize("root", ["body", "payload", "TermInput"])
def test_the_row_of_the_body_is_the_body(root):
    assert found(generated(root, '{"Days": 3, "Kind": "Month"}')) == []


def test_members_of_the_body_are_held_against_it():
    assert found(generated("body", '{"Days": "3", "Kind": "Month"}')) == ["docs-type-mismatch /Days"]


def test_a_row_that_the_example_has_is_a_member():
    page = generated("term", '{"term": {"Days": "3", "Kind": "Month"}}')

    assert found(page) == ["docs-type-mismatch /term/Days"]


OUTCOMES = """# Profiles

`POST /clear`

### Response example

#### {good}

```json
{"error": {"code": 0, "message": "ok"}, "data": [1456, 1457]}
```

| Name | Type | Description |
|---|---|---|
| error | Object | |
| error.code | Integer | |
| error.message | String | |
| data | Array | what was cleared |

#### {bad}

```json
{"error": {"code": 2007, "message": "not found"}, "data": null}
```

| Name | Type | Description |
|---|---|---|
| error | Object | |
| error.code | Integer | |
| error.message | String | |
| data | Null | |
"""


@pytest.mark.parametrize(
    ("good", "bad"),
    [("Success (200)", "Failed (200)"), ("成功 (200)", "失败 (200)"), ("200 OK", "Failure (200)")],
)
def test_two_outcomes_of_one_status_are_two_answers(good, bad):
    assert found(OUTCOMES.replace("{good}", good).replace("{bad}", bad)) == []


UNDERLINED = """Notices
=======

Read a notice
-------------

Interface
~~~~~~~~~

* URL: ``/notices``
* Method: ``GET``

Request parameters
~~~~~~~~~~~~~~~~~~

=======  =======  ========  ============
Name     Type     Required  Description
=======  =======  ========  ============
status   Integer  yes       1 or 2
=======  =======  ========  ============

Response example
~~~~~~~~~~~~~~~~

.. code-block:: json

    {"data": {"text": "hello"}, "status": {"code": 200}, "success": true}
"""


@pytest.mark.parametrize("rule", ["~", "^", '"', "+"])
def test_titles_of_restructured_text_part_request_and_answer(rule):
    assert found(UNDERLINED.replace("~", rule)) == []


def test_a_fence_of_tildes_stays_a_fence():
    page = '# A\n\n`GET /a`\n\nThe answer:\n\n~~~json\n{"id": 1 "b": 2}\n~~~\n'

    assert found(page) == ["docs-example-unreadable"]


def schemas(first, second):
    return (
        f"# API\n\n<h1 id='schemas'>Schemas</h1>\n\n<h2 id='a'>Payment</h2>\n{fence(first)}"
        "\n### Properties\n\n|Name|Type|Description|\n|---|---|---|\n"
        "|amount|string|how much|\n|code|string|which|\n"
        f"\n<h2 id='b'>Refund</h2>\n{fence(second)}"
        "\n### Properties\n\n|Name|Type|Description|\n|---|---|---|\n"
        "|amount|number|how much|\n|reason|string|why|\n"
    )


def test_headings_of_html_part_the_schemas_of_a_page():
    assert found(schemas('{"amount": "1", "code": "a"}', '{"amount": 1, "reason": "b"}')) == []


def test_an_example_is_held_against_its_own_schema():
    page = schemas('{"amount": "1", "code": "a"}', '{"amount": "1", "reason": "b"}')

    assert found(page) == ["docs-type-mismatch /amount"]


def test_parameters_below_headers_are_no_headers():
    page = (
        "# Speech\n\n`POST /v1/transcriptions`\n\n**Headers:**\n\n"
        "| Header | Type | Required |\n|---|---|---|\n| X-Trace | string | Yes |\n\n"
        "**Parameters:**\n\n| Parameter | Type | Required |\n|---|---|---|\n| file | file | Yes |\n"
        + fence('curl https://a.example/v1/transcriptions \\\n  -H "X-Trace: 1" -F file="@a.mp3"', "bash")
    )

    assert found(page) == []


def test_a_body_in_capitals_ends_the_parameters_before_it():
    page = (
        "# Pay\n\nPOST\nhttps://a.example/orders/:orderId/pay\nRequest\nPATH PARAMETERS\norderId\nstring\n"
        "REQUIRED\nOrder id\nExample: 5e2d\nAPPLICATION/JSON\nBODY\nREQUIRED\nmode\nstring\nREQUIRED\n"
        "How it is paid\nPossible values: [cash, card]\nExample:card\nResponses\n200\n"
    )

    assert found(page) == []


KEYED = (
    "# Constants\n\n`GET /constants`\n\n## Response\n\n| Name | Type | Description |\n|---|---|---|\n"
    "| data | object | the constants by their keys |\n| data.key | string | the key |\n"
    "| data.name | string | a name |\n| data.index | int | where it stands |\n"
)


@pytest.mark.parametrize(
    "body",
    [
        '{"data": {"${wait}": {"key": "${wait}", "name": "w", "index": 0}}}',
        '{"data": {"42": {"key": "42", "name": "w", "index": 0}}}',
        '{"data": {"wait": {"key": "wait", "name": "w", "index": 0}}}',
    ],
)
def test_a_key_that_data_gave_is_no_level(body):
    assert found(KEYED + fence(body)) == []


def test_a_level_with_a_name_is_told():
    body = '{"data": {"constant": {"key": "wait", "name": "w", "index": 0}}}'

    assert [one.split()[0] for one in found(KEYED + fence(body))] == ["docs-level-shift"]


STRAY = (
    "# Tasks\n\n`GET /tasks`\n\n## Response\n\n|   Name   |  Type  |  Text  |\n|---|---|---|\n"
    "|  id          |    int     | the task |\n| name |  string    | its name |\n"
    "|  owner  |  string    | whose it is |\n| state |  string    | where it stands |\n"
)


def test_a_blank_before_a_name_is_no_level():
    assert found(STRAY + fence('{"id": 1, "name": "a", "owner": "b", "state": "c"}')) == []


def test_a_name_that_the_table_lacks_is_told():
    page = STRAY + fence('{"id": 1, "name": "a", "owner": "b", "state": "c", "zone": "d"}')

    assert found(page) == ["docs-undocumented-field /zone"]


def test_blanks_below_an_object_are_levels():
    page = (
        STRAY.replace("|  ", "| ").replace("state | string", "state | object") + "|    code | int | which |\n"
    )

    told = found(page + fence('{"id": 1, "name": "a", "owner": "b", "state": {"code": "x"}}'))

    assert told == ["docs-type-mismatch /state/code"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("请求报文", "返回报文"), ("Request message", "Response message"), ("Petición", "Respuesta")],
)
def test_a_bullet_titles_the_code_below_it(asked, answered):
    page = (
        "# Stock\n\n#### Response fields\n\n| Name | Type | Text |\n|---|---|---|\n"
        "| code | String | a code |\n| message | String | a text |\n| content | Object | the rest |\n\n"
        f"#### Samples\n\n* url: https://a.example/gateway\n* {asked}:\n<br />\n\n"
        + fence('{"app_id": "a", "method": "b", "sign": "c", "nonce": "d"}', "")
        + f"\n* {answered}:\n<br />\n\n"
        + fence('{"code": "0", "message": "ok", "content": {}}', "")
    )

    assert found(page) == []


def test_facts_of_a_call_are_no_fields():
    page = (
        "# API\n\n### Health\n- **URL**: `/health`\n- **Method**: `GET`\n- **Description**: is it up\n"
        "- **Authentication**: None required\n- **Response**:\n"
        + fence('{"status": "up", "uptime": 1, "now": "x"}')
    )

    assert found(page) == []


def test_two_methods_of_one_path_are_two_operations():
    page = (
        "# Tasks\n\n## Calls\n\n- **GET** `/x.asmx/tasks?t=...`\n- **POST** `/x.asmx/tasks` (form data)\n"
        + fence("POST /x.asmx/tasks HTTP/1.1\nAccept: */*\n\nticket=1", "")
    )

    assert found(page) == []


AUTHORIZED = {
    "either header": (
        "Send `x-api-key: <key>` or `Authorization: Bearer <key>`.",
        'curl -X POST https://a.example/v1/speech -H "x-api-key: k" -d \'{"input": "a"}\'',
    ),
    "a word that is no header": (
        "Requests need the `x-api-key` header.\n\nThe `:token` in the path is the link's own.",
        'curl https://a.example/v1/links/01A -H "x-api-key: k"',
    ),
    "a token in the body": (
        "Send the `x-api-key` header.\n\n### Make a key",
        'curl -X POST https://a.example/keys -d \'{"token": "of your login"}\'',
    ),
}


@pytest.mark.parametrize("habit", AUTHORIZED, ids=str)
def test_a_call_that_proves_itself_otherwise(habit):
    sentence, call = AUTHORIZED[habit]

    assert found(f"# API\n\n{sentence}\n" + fence(call, "bash")) == []


def test_a_call_that_proves_itself_by_nothing():
    page = "# API\n\nSend `x-api-key: <key>` or `Authorization: Bearer <key>`.\n"

    told = found(page + fence("curl https://a.example/v1/speech", "bash"))

    assert [one.split()[0] for one in told] == ["docs-auth-mismatch"]


@pytest.mark.parametrize("dots", ['{" ... "}', '{"..."}', '{" … "}'])
def test_dots_in_quotes_leave_something_out(dots):
    page = "# Events\n\n" + fence('{"id": 1, "status": ' + dots + ', "name": "a"}')

    assert found(page) == []


def test_a_key_without_a_value_is_a_slip():
    page = "# Events\n\n" + fence('{"id": 1, "status": {"kind"}, "name": "a"}')

    assert found(page) == ["docs-example-unreadable"]


def test_a_literal_of_a_program_is_no_json_cut_short():
    literal = '{\n    "mood": "calm", # a name, or a path such as "voices/{x\n    "alpha": 0.8\n}'
    page = "# Voices\n" + fence(literal, "python")

    assert found(page) == []


def test_parameters_in_code_may_have_dots_in_their_names():
    page = (
        "# Payments\n\n`GET /payments`\n\n## Parameters\n\n|Name|In|Type|Required|\n|---|---|---|---|\n"
        "|filter.amount|query|string|true|\n"
        + fence(
            "r = requests.get('https://a.example/payments', params={\n  'filter.amount': '1'\n})", "python"
        )
    )

    assert found(page) == []


def test_one_name_alone_that_stands_elsewhere_is_no_shift():
    page = (
        "# Speech\n\n## Response\n\n| Name | Type | Required | Text |\n|---|---|---|---|\n"
        "| `task_id` | string | yes | to ask for the result with |\n\n"
        "## Samples\n\n### Ask for the result\n\n"
        "**Success response:**\n"
        + fence('{"extra": {}, "task": {"task_id": "t", "status": "done"}, "images": [], "videos": []}')
    )

    assert found(page) == []


def typed(title):
    """Return a page whose answer has a list, and another one for the type that stands inside it."""
    return (
        "# Orders\n\n### Response fields\n\n| Name | Type | Text |\n|---|---|---|\n"
        "| code | String | a code |\n| message | String | a text |\n| content | JSON Object | the order |\n\n"
        f"* {title}\n\n| Name | Type | Text |\n|---|---|---|\n"
        "| seller | String | who |\n| order_id | Long | which |\n| price | Number | how much |\n"
    )


@pytest.mark.parametrize("title", ["类型描述 (OrderInfo)", "Type (OrderInfo)", "数据类型（OrderInfo）"])
@pytest.mark.parametrize(
    "content", ['{"order_info": {"seller": "a", "order_id": 1, "price": 2.5}}', '{"total": 0}']
)
def test_a_list_of_a_type_is_no_other_answer(title, content):
    body = '{"code": "0", "message": "ok", "content": ' + content + "}"

    assert found(typed(title) + "\n### Response example\n" + fence(body)) == []


@pytest.mark.parametrize(
    "choice",
    ["Provide **one** of the following:", "任选其一：", "Una de las siguientes:", "eines der folgenden:"],
)
def test_a_choice_of_members_is_no_list_of_all(choice):
    page = (
        "# Meshes\n\n### Make a mesh\n- **URL**: `/meshes`\n- **Method**: `POST`\n- **Request body**:\n"
        + fence('{"path": "/a.png", "base64": null, "file_id": null, "format": "glb", "model": "m"}')
        + f"- **File input**: {choice}\n  - `path`: a local path\n  - `base64`: the image as text\n"
        "  - `file_id`: the id of an upload\n"
    )

    assert found(page) == []


def test_the_head_of_a_column_ends_no_place():
    page = (
        "查询任务\n\nPOST /jobs/query\n\n查询任务请求参数\nBody参数\n\n参数\n类型\n可选/必选\n说明\n"
        "req_key\nstring\n必选\n服务标识\ntask_id\nstring\n必选\n任务\n\n请求示例：\n"
        + fence('{"req_key": "a", "task_id": 1}')
    )

    assert found(page) == ["docs-type-mismatch /task_id"]
