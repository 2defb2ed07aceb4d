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
    "a place below the type": (
        (
            "POST /v2/mixes\n"
            "\n"
            "授权\n"
            "\n"
            "Authorization\n"
            "string\n"
            "header\n"
            "必填\n"
            "\n"
            "Path Parameters\n"
            "\n"
            "mix_id\n"
            "string\n"
            "required\n"
        ),
        [
            "1  operation  POST /v2/mixes",
            "5-8  parameter  request  Authorization in header string required",
            "12-14  parameter  request  mix_id in path string required",
        ],
    ),
    "boxes glued together": (
        (
            "POST /v2/mixes\n"
            "\n"
            "Headers\n"
            "\n"
            "X-Key\n"
            "stringheaderrequired\n"
            "Your key.\n"
            "\n"
            "Body\n"
            "\n"
            "tempo\n"
            "numberdefault:120\n"
            "Beats a minute.\n"
        ),
        [
            "1  operation  POST /v2/mixes",
            "5-7  parameter  request  X-Key in header string required",
            "11-13  field  request  tempo number default 120",
        ],
    ),
    "values below a label, and what a word of titles means below a type": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "Response\n"
            "\n"
            "object\n"
            "enum<string>\n"
            "\n"
            "任务的输出类型\n"
            "\n"
            "可用选项:\n"
            "mix,\n"
            "stem\n"
            "state\n"
            "enum<string>\n"
            "required\n"
            "\n"
            "任务状态\n"
            "\n"
            "Available options:\n"
            "open,\n"
            "failed\n"
            "level\n"
            "integer\n"
            "\n"
            "错误码\n"
            "\n"
            "示例:\n"
            "\n"
            "3\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "5-12  field  response  object string enum mix, stem",
            "13-21  field  response  state string required enum open, failed",
            "22-29  field  response  level integer example 3",
        ],
    ),
    "values glued to their meanings": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "Response\n"
            "\n"
            "state\n"
            "string\n"
            "\n"
            "可选值:\n"
            "\n"
            "含义\n"
            "open等待处理\n"
            "failed已失败\n"
            "closed已完成\n"
            "level\n"
            "integer\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "5-13  field  response  state string",
            "11-13  values  response  state: open = 等待处理, failed = 已失败, closed = 已完成",
            "14-15  field  response  level integer",
        ],
    ),
    "a type beside its name": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "响应参数\n"
            "\n"
            "mix_id string 必选\n"
            "编号。\n"
            "\n"
            "error object / null\n"
            "出错时的说明。\n"
            "属性\n"
            "\n"
            "error.code string\n"
            "错误码。\n"
            "\n"
            "state string\n"
            "状态：\n"
            "open：等待。\n"
            "closed：完成。\n"
            "\n"
            "level integer 默认值 3\n"
            "响度。\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "5-6  field  response  mix_id string required",
            "8-10  field  response  error object|null nullable",
            "12-13  field  response  error.code string",
            "15-18  field  response  state string",
            "17-18  values  response  state: open = 等待。, closed = 完成。",
            "20-21  field  response  level integer default 3",
        ],
    ),
    "columns by gaps, the depth by indentation": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "RESPONSE\n"
            "\n"
            "mix_id      string    its number\n"
            "parts       array     what it is made of\n"
            "  name      string    required\n"
            "  gain      number    in decibels\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "5  field  response  mix_id string",
            "6  field  response  parts array",
            "7  field  response  parts.*.name string required",
            "8  field  response  parts.*.gain number",
        ],
    ),
    "columns one a line": (
        (
            "POST /v2/mixes\n"
            "\n"
            "请求体参数\n"
            "\n"
            "参数\n"
            "\n"
            "类型\n"
            "\n"
            "是否必选\n"
            "\n"
            "子参数\n"
            "\n"
            "类型\n"
            "\n"
            "是否必选\n"
            "\n"
            "说明\n"
            "\n"
            "source\n"
            "\n"
            "map\n"
            "\n"
            "是\n"
            "\n"
            "url\n"
            "\n"
            "string\n"
            "\n"
            "否\n"
            "\n"
            "地址\n"
            "\n"
            "format\n"
            "\n"
            "string\n"
            "\n"
            "是\n"
            "\n"
            "格式\n"
            "\n"
            "返回参数\n"
            "\n"
            "参数\n"
            "\n"
            "类型\n"
            "\n"
            "说明\n"
            "\n"
            "code\n"
            "\n"
            "int\n"
            "\n"
            "业务码\n"
            "\n"
            "data\n"
            "\n"
            "map\n"
            "\n"
            "任务数据\n"
        ),
        [
            "1  operation  POST /v2/mixes",
            "19-23  field  request  source object required",
            "25-31  field  request  source.url string optional",
            "33-39  field  request  source.format string required",
            "49-53  field  response  code integer",
            "55-59  field  response  data object",
        ],
    ),
    "cells without edges": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "Response Fields\n"
            "\n"
            "FieldTypeRequiredDescription\n"
            "codeintegerYesBusiness code\n"
            "data.inputFileIdstringNoFile that was sent\n"
            "data.parts_listarray[string]NoNames of the parts\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "6  field  response  code integer required",
            "7  field  response  data.inputFileId string optional",
            "8  field  response  data.parts_list array optional of string",
        ],
    ),
    "cells without edges, in other words": (
        (
            "GET /v2/mixes/{mix_id}\n"
            "\n"
            "Header 参数\n"
            "\n"
            "参数名类型必需说明示例\n"
            "X-Trace-Idstring可选application/json\n"
            "\n"
            "响应 Body\n"
            "\n"
            "字段类型说明\n"
            "mix_idstring编号\n"
            "levelinteger响度\n"
        ),
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "6  parameter  request  X-Trace-Id in header string optional",
            "11  field  response  mix_id string",
            "12  field  response  level integer",
        ],
    ),
    "values without edges": (
        "GET /v2/mixes/{mix_id}\n\n任务状态\n\n状态说明\nopen等待处理\nclosed已完成\n",
        [
            "1  operation  GET /v2/mixes/{mix_id}",
            "5-7  values  状态: open = 等待处理, closed = 已完成",
        ],
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
