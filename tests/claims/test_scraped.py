"""Pages as text extraction hands them over: what was broken or glued is read as a reader saw it."""

import pytest

from wireproof.claims.page import read_page
from wireproof.claims.rendering import claim_line

PAGES = {
    "bullets whose names stand on lines of their own": (
        (
            "GET /v2/mixes/{mix_id}\n\nResponse fields\n\n-\nmix_id\n"
            "(string): its number -\nlevel\n(integer): how loud\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "6  field  response  mix_id string",
            "8  field  response  level integer",
        ],
    ),
    "a path in pieces, its host on a line of its own": (
        "GET\nhttps://api.korva.example\n/\nv2\n/\nmixes\n/\n{mix_id}\n",
        [
            "1-8  operation  GET /v2/mixes/{mix_id} at https://api.korva.example",
        ],
    ),
    "a path whose parts stand apart": (
        "# Mixes\n\nGET / v2 / mixes / {mix_id}\n",
        [
            "3  operation  GET /v2/mixes/{mix_id}",
        ],
    ),
    "a method glued to its path": (
        "# Mixes\n\nDELETE/v2/mixes/{mix_id}\n",
        [
            "3  operation  DELETE /v2/mixes/{mix_id}",
        ],
    ),
    "a slash alone is the root": (
        "GET\n/\nThe list of everything.\n",
        [
            "1-2  operation  GET /",
        ],
    ),
    "a call beside its button": (
        "POST https://api.korva.example/v2/mixes  Run\n",
        [
            "1  operation  POST /v2/mixes at https://api.korva.example",
        ],
    ),
    "labels with their values below": (
        "接口地址\n\nhttps://korva.example/v2/mixes\n\n请求方式\n\nPOST\n",
        [
            "3-7  operation  POST /v2/mixes at https://korva.example",
        ],
    ),
    "bullets whose code stands on lines of its own": (
        "Overview\n- Method:\nGET - Path:\n/v2/mixes/{mix_id} - Tags: Sound / Mixes\n",
        [
            "2-4  operation  GET /v2/mixes/{mix_id}",
        ],
    ),
    "two endpoints of a table are no subject": (
        "| 接口 | 方式 |\n|---|---|\n| /a | GET |\n| /b | POST |\n",
        [],
    ),
    "a title glued to a bracket, a quote or a header": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "Request Example\n"
            'curl -X GET "https://korva.example/v2/mixes/1" \\\n'
            '-H "X-Key: k"Example Response (200)\n'
            "{\n"
            '"mix_id": "1"\n'
            "}404 Not Found\n"
            "{\n"
            '"code": 4\n'
            "}\n"
            "Query Parameters\n"
            "GET| Field | Type |\n"
            "|---|---|\n"
            "verbose | boolean |\n"
            "| Field | Type |\n"
            "|---|---|\n"
            "level | integer |\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "4-5  call  request  GET https://korva.example/v2/mixes/1 X-Key: k",
            "6-8  example  response 200  {mix_id}",
            "9-11  example  response 404  {code}",
            "15  parameter  request  verbose in query boolean",
            "18  parameter  request  level in query integer",
        ],
    ),
    "buttons beside code": (
        'GET /v2/mixes/{mix_id}\n响应示例\n复制\n{\n"mix_id": "1"\n}\n',
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "4-6  example  response  {mix_id}",
        ],
    ),
    "an inner field with the name of the outer one": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "Response\n"
            "\n"
            "code\n"
            "integer\n"
            "data\n"
            "object\n"
            "mix_id\n"
            "string\n"
            "data\n"
            "array [object {9}]\n"
            "\n"
            "Example\n"
            "\n"
            '{"code": 0, "data": {"mix_id": "1", "data": [{"n": 1}]}}\n'
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "5-6  field  response  code integer",
            "7-8  field  response  data object",
            "9-10  field  response  data.mix_id string (level presumed)",
            "11-12  field  response  data.data array of object count 9 (level presumed)",
            "11-12  statement  response  data.data.* count 9",
            "16  example  response  {code, data}",
        ],
    ),
    "names with a comma behind them, led in by a sentence": (
        (
            "The returned result has several fields, described as follows:\n"
            "\n"
            "- `mix_id`, the number of the mix.\n"
            "- `parts`, what it is made of.\n"
            "  - `name`, how it is called.\n"
        ),
        [
            "3  field  response  mix_id",
            "4  field  response  parts",
            "5  field  response  parts.name",
        ],
    ),
    "labels in other languages": (
        (
            "# ミックス\n"
            "\n"
            "### リクエストボディパラメータ\n"
            "\n"
            "##### `tempo`\n"
            "- タイプ：Integer\n"
            "- 必須：はい\n"
            "- オプション値：90、120\n"
        ),
        [
            "5-8  field  request  tempo integer required enum 90, 120",
        ],
    ),
    "members that name their object from its start": (
        (
            "GET /v2/mixes\n"
            "\n"
            "Response\n"
            "\n"
            "items object[]\n"
            "The mixes.\n"
            "\n"
            "error object\n"
            "What failed.\n"
            "\n"
            "error.code string\n"
            "Its code.\n"
        ),
        [
            "1  operation  GET /v2/mixes",
            "5-6  field  response  items array of object",
            "8-9  field  response  error object",
            "11-12  field  response  error.code string",
        ],
    ),
}


@pytest.mark.parametrize(("text", "claims"), PAGES.values(), ids=PAGES.keys())
def test_a_scraped_page_says(text, claims):
    assert [claim_line(claim) for claim in read_page(text.encode(), name="x.txt").claims] == claims


PLAIN = {
    "code that closes a block": "} else {\n",
    "a list of values with a button's word": "- copy\n: being copied\n",
    "a fence is left as it is": '```json\n{"a": 1\n}Notes\n```\n',
    "a type in a sentence": "object storage is cheap.\nstring theory is not.\n",
    "a table of words": "Name and value are words.\nHere is another line.\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN.keys())
def test_what_only_looks_scraped_says_no_field_and_no_operation(text):
    claims = [claim_line(claim) for claim in read_page(text.encode(), name="x.txt").claims]
    assert [claim for claim in claims if "  field  " in claim or "  operation  " in claim] == []
