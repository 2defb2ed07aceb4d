"""Fields as text extraction hands them over: cells one a line, beside each other, or glued together."""

import pytest

from wireproof.claims.page import read_page
from wireproof.claims.rendering import claim_line

PAGES = {
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
}


@pytest.mark.parametrize(("text", "claims"), PAGES.values(), ids=PAGES.keys())
def test_cells_without_a_table_are_fields(text, claims):
    assert [claim_line(claim) for claim in read_page(text.encode(), name="x.txt").claims] == claims
