"""A value is missing from a list only where all that the page says of the field was read.

Each habit stands beside the contradiction that it resembles: the same page with a value that nothing names.
"""

from __future__ import annotations

import json

import pytest

from wireproof.claims.page import read_page
from wireproof.finding import Severity
from wireproof.proofreading.proofread import proofread

STRANGER = "docs-status-set-mismatch"


def found(page):
    contradictions = proofread(read_page(page.encode(), name="page")).contradictions
    return [one.rule for one in contradictions if one.severity is not Severity.INFO]


def fence(body):
    return f"\n```json\n{body}\n```\n"


def table(name, text, kind="string"):
    rows = f"| id | string | the job |\n| {name} | {kind} | {text} |\n"
    return f"| Field | Type | Description |\n|---|---|---|\n{rows}"


def answer(name, text):
    """Return a page whose answer has a field with that description, up to the value it shows."""
    return (
        "# Jobs\n\n`GET /jobs/{id}`\n\n## Response\n\n"
        + table(name, text)
        + fence('{"id": "j-1", "' + name + '": "VALUE"}')
    )


PARTLY_READ = {
    "a remark in wide brackets": answer("format", "`png`（默认）/ `jpeg` / `webp`"),
    "a remark in brackets": answer("format", "`png` (default) / `jpeg` / `webp`"),
    "a remark behind the second": answer("format", "`jpeg`, `png` (since 2.0) or `webp`"),
    "a second group": answer("format", "Accepts `jpeg`, `webp`; also accepts `png`, `bmp`"),
    "a second group in Chinese": answer("format", "支持 `jpeg`、`webp`，也兼容 `png`、`bmp`。"),
    "values by condition": answer(
        "format", "Default `jpeg`.<br>• photos: `jpeg`, `webp`<br>• logos only: `png`"
    ),
    "values by condition in Chinese": answer(
        "format", "默认值：`jpeg`。<br>• 照片支持：`jpeg`、`webp`<br>• 图标仅支持：`png`"
    ),
    "bullets in a cell": answer(
        "format",
        "编码，取值如下：<br/>• `jpeg`：照片<br/>• `webp`：网页，体积更小（只支持新版浏览器）<br/>"
        "• `png`：图标<br/>• `bmp`：位图",
    ),
    "Spanish": answer("format", "Valores posibles: `jpeg`, `webp` (recomendado) o, para logotipos, `png`"),
    "Japanese": answer("format", "`jpeg`（既定）/ `webp` / `png`（ロゴ用）"),
    "a condition that names others": answer(
        "format", "Quality (only for `jpeg` / `webp`); the rest is `png`"
    ),
}


@pytest.mark.parametrize("habit", PARTLY_READ, ids=str)
def test_a_value_that_the_description_names_is_listed(habit):
    page = PARTLY_READ[habit].replace("VALUE", "png")

    assert found(page) == []


@pytest.mark.parametrize(
    "habit", ["a remark in wide brackets", "a remark in brackets", "a remark behind the second", "Japanese"]
)
def test_a_value_that_nothing_names_is_told(habit):
    page = PARTLY_READ[habit].replace("VALUE", "tiff")

    assert found(page) == [STRANGER]


@pytest.mark.parametrize("habit", ["a remark in brackets", "Japanese"])
def test_another_spelling_is_another_value(habit):
    page = PARTLY_READ[habit].replace("VALUE", "PNG")

    assert found(page) == [STRANGER]


def test_values_that_a_sentence_only_speaks_of_close_no_list():
    page = (
        "# Images\n\n`POST /images`\n\n## Request body\n\n"
        "| Field | Type | Required | Description |\n|---|---|---|---|\n"
        "| prompt | string | yes | what to draw |\n| scale | float | no | strength "
        "(only `draft` / `anime` use it) |\n" + fence('{"prompt": "a fox", "scale": 6}')
    )

    assert found(page) == []


def test_bullets_below_a_heading_of_which_some_are_values():
    page = (
        "# Speech\n\n`POST /speech`\n\n## Request body\n\n"
        "### text\n\n- **Type**: `string`\n- **Required**: yes\n\n"
        "### voice\n\n- **Type**: `string`\n- **Required**: yes\n- Voices:\n"
        "  - 青年：`young-a`\n  - 大叔：`old-b`\n  - Grinch：`grinch`\n  - Rudolph：`rudolph`\n\n"
        "## Example\n" + fence('{"text": "hello", "voice": "young-a"}')
    )

    assert found(page) == []


DEFINED = """# Payments

`GET /payments/{id}`

## Response
{body}
`captured`
: `boolean` Whether it was captured. Possible values:
    - `true`: The payment was captured.
    - `false`: The payment was not captured.

`abroad`
: `boolean` Whether the card is of another country. Possible values:
    - `true`: The card is of another country.
    - `false`: The card is of this country.

`kind` _optional_
: `string` What it was paid with. Possible values:
  - `card`
  - `wallet`
"""


def test_a_definition_names_the_field_of_its_values():
    page = DEFINED.replace("{body}", fence('{"captured": true, "abroad": false, "kind": "card"}'))

    assert found(page) == []


def test_a_value_outside_a_definition_is_told():
    page = DEFINED.replace("{body}", fence('{"captured": true, "abroad": false, "kind": "cash"}'))

    assert found(page) == [STRANGER]


STATUSES = {
    "Chinese": "**状态码:**\n- `202 Accepted` - 已提交\n- `400 Bad Request` - 参数无效\n",
    "English": "**Status codes:**\n- `202 Accepted` - queued\n- `400 Bad Request` - a parameter is wrong\n",
    "numbers": "**Status codes:**\n\n- 202: queued\n- 400: a parameter is wrong\n",
}


@pytest.mark.parametrize("habit", STATUSES, ids=str)
def test_the_statuses_of_http_are_values_of_no_field(habit):
    page = (
        "# Jobs\n\n## Create a job\n\n`POST /jobs`\n\n**Response:**\n"
        + fence('{"jobId": "j-1", "status": "QUEUED"}')
        + "\n"
        + STATUSES[habit]
    )

    assert found(page) == []


def test_the_column_of_a_report_lists_no_values():
    page = (
        "# A report\n\n"
        + fence('{"id": "a", "status": "failed"}')
        + "\n## Summary\n\n| Client | Status | Works | Notes |\n|---|---|---|---|\n"
        "| Go | passed | yes | sends it |\n| Java | passed | yes | sends it |\n"
    )

    assert found(page) == []


SKELETON = """# Videos

`POST /videos`

## Request body

| Field | Type | Required | Description |
|---|---|---|---|
| prompt | string | yes | what to show |
| seconds | integer | no | one of `5`, `10` |
"""


@pytest.mark.parametrize(
    "body", ['{"prompt": "<string>", "seconds": 123}', '{"prompt": "string", "seconds": 0}']
)
def test_a_number_among_placeholders_stands_for_its_type(body):
    assert found(SKELETON + fence(body)) == []


def test_a_number_among_words_is_a_value():
    assert found(SKELETON + fence('{"prompt": "a fox", "seconds": 123}')) == [STRANGER]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("任务状态说明", "子任务状态流转", []),
        ("Task status", "Subtask status", []),
        ("Estado del pedido", "Estado del envío", []),
        ("任务状态", "状态说明", [STRANGER]),
        ("Task status", "Status values", [STRANGER]),
    ],
)
def test_states_of_two_things_are_two_lists(first, second, expected):
    page = (
        "# Jobs\n\n`GET /jobs/{id}`\n\n"
        f"**{first}**:\n\n- `pending`: waiting\n- `running`: at work\n- `failed`: it failed\n\n"
        f"**{second}**:\n\n- `pending`: waiting\n- `drawing`: at work\n- `failed`: it failed\n"
    )

    assert found(page) == expected


def test_a_name_in_an_object_that_is_otherwise_unlike_is_another_field():
    page = (
        "# Service\n\n## Progress\n"
        + fence('{"status": "drawing", "text": "abc", "step": 3, "total": 9}')
        + "\n## About\n"
        + fence('{"name": "Service", "version": "1.0", "status": "operational", "uptime": 12}')
        + "\n## Status values\n\nThe `status` field can have these values:\n\n"
        "- `idle`: nothing to do\n- `drawing`: at work\n- `done`: finished\n"
    )

    assert found(page) == []


def test_bullets_in_a_component_list_the_first_value_too():
    page = (
        "# Videos\n\n`POST /videos`\n\n## Body\n\n"
        '<ParamField body="model" type="string" default="film-2" required>\n'
        "  The model\n\n  Supported models:\n\n"
        "  * `film-2` - Standard version\n  * `film-2-pro` - Professional version, longer films\n"
        '  * `film-2-vip` - VIP version\n\n  Example: `"film-2"` or `"film-2-pro"`\n</ParamField>\n'
        + fence('{"model": "film-2"}')
    )

    assert found(page) == []


@pytest.mark.parametrize(
    ("title", "shown", "expected"),
    [
        ("错误码", 0, 0),
        ("Error codes", 0, 0),
        ("Códigos de error", 0, 0),
        ("Fehlercodes", 0, 0),
        ("Values of code", 0, 1),
        ("Values of code", 1001, 0),
    ],
)
def test_codes_of_failures_say_nothing_of_a_success(title, shown, expected):
    page = (
        "# Orders\n\n`GET /orders/{id}`\n\n## Response\n\n| Field | Type | Description |\n|---|---|---|\n"
        "| code | integer | Result |\n| data | object | Content |\n\n"
        + fence(json.dumps({"code": shown, "data": {}}))
        + f"\n## {title}\n\n| code | Meaning |\n|---|---|\n"
        "| 1001 | Key is wrong |\n| 1002 | No such order |\n| 1003 | Busy |\n"
    )
    assert found(page) == [STRANGER] * expected
