"""Parameters against the bodies that sample calls send, failures against the list of their answer."""

import pytest

from wireproof.claims.claim import ExampleClaim, FieldClaim, Lines, ParameterClaim, Scope
from wireproof.claims.page import read_page
from wireproof.finding import Severity
from wireproof.proofreading.grounds import grounded
from wireproof.proofreading.proofread import proofread

BODY = """
```json
{"city": "Porto", "nights": 3, "breakfast": true}
```
"""
CALL = """
```bash
curl -X POST https://stay.example/bookings -H 'Authorization: Bearer KEY' \\
  -d '{"city": "Porto", "nights": 3, "breakfast": true}'
```
"""
TABLE = """
| Parameter | Type | Required | Description |
|---|---|---|---|
| city | string | yes | Where |
| nights | integer | yes | How long |
| breakfast | boolean | no | With breakfast |
"""
BOOK = "# Book\n\n`POST /bookings`\n\n"
PAGES = {
    "a table, then a body": f"{BOOK}## Request parameters\n{TABLE}\n## Request example\n{BODY}",
    "a body, then a table": f"{BOOK}## Request parameters\n{BODY}\n### Parameters\n{TABLE}",
    "a table, then a call": f"{BOOK}## Parameters\n{TABLE}\n## Sample call\n{CALL}"
    '\n## Response\n\n```json\n{"id": "b1"}\n```\n',
    "tables of the input": f"# 预订\n\n## 提交\n\n`POST /bookings`\n\n### 输入\n{TABLE}"
    f"\n### 请求示例\n{CALL}",
    "in Japanese": f"# 予約\n\n`POST /bookings`\n\n## 入力\n{TABLE}\n## リクエスト例\n{BODY}",
    "in Spanish": f"# Reservar\n\n`POST /bookings`\n\n## Entrada\n{TABLE}\n## Ejemplo de solicitud\n{BODY}",
}


def found(page):
    return sorted(
        f"{one.rule} {one.pointer}"
        for one in proofread(read_page(page.encode(), name="page.md")).contradictions
        if one.severity is not Severity.INFO
    )


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize(
    ("said", "instead", "expected"),
    [
        ("", "", []),
        ('"nights": 3', '"nights": "three"', ["docs-type-mismatch /nights"]),
        ('"city": "Porto", ', "", ["docs-required-not-shown /city"]),
        ("| breakfast |", "| morning_meal |", ["docs-undocumented-field /breakfast"]),
    ],
    ids=["as it is", "another type", "one left out", "one that is not listed"],
)
def test_a_sample_body_is_held_against_the_parameters_of_its_call(page, said, instead, expected):
    assert found(page.replace(said, instead) if said else page) == expected


@pytest.mark.parametrize(
    "table",
    [
        TABLE.replace("| city |", "| Authorization | string | yes | `Bearer KEY` |\n| city |"),
        TABLE.replace("| city |", "| Content-Type | string | yes | `application/json` |\n| city |"),
        TABLE.replace("| city |", "| hotel | string | yes | The hotel |\n| city |"),
    ],
    ids=["who asks", "a header", "a part of the path"],
)
def test_what_travels_elsewhere_is_no_member_of_the_body(table):
    page = PAGES["a table, then a body"].replace("/bookings", "/{hotel}/bookings").replace(TABLE, table)
    assert found(page) == []


@pytest.mark.parametrize(
    "body",
    ['{"q": "Porto", "page": 1}', '{"city": "Porto", "q": 1, "page": 1, "size": 2}', '["Porto"]'],
    ids=["other names", "hardly any of the names", "no object"],
)
def test_parameters_that_a_body_does_not_have_may_travel_anywhere(body):
    page = PAGES["a table, then a body"].replace('{"city": "Porto", "nights": 3, "breakfast": true}', body)
    claims = read_page(page.encode(), name="page.md").claims
    assert [claim.name for claim in claims if isinstance(claim, ParameterClaim)] == [
        "city",
        "nights",
        "breakfast",
    ]


ANSWER = """# 任务

`GET /jobs/{id}`

## 响应参数

| 参数 | 类型 | 描述 |
|---|---|---|
| job_id | string | 任务的标识 |
| state | string | 状态：`Pending`、`Done`、`Broken` |
| asked_at | integer | 提交时间 |
| reason | string | 失败的原因 |

## 响应示例（成功）

```json
{"job_id": "j1", "state": "Done", "asked_at": 17}
```

## 响应示例（失败）

```json
{"job_id": "j1", "state": "Broken", "asked_at": 17, "reason": "no room"}
```
"""
FAILED = '"state": "Broken", "asked_at": 17'


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        (FAILED, []),
        ('"state": "Broken", "asked_at": "noon"', ["docs-type-mismatch /asked_at"]),
        ('"state": "Broken", "asked_at": 17, "retry": 1', ["docs-undocumented-field /retry"]),
        ('"state": "Broken"', []),
        ('"state": "Broken", "asked_at": null', []),
    ],
    ids=["as listed", "another type", "one more", "one less", "null"],
)
def test_a_failed_answer_with_the_names_of_the_list_is_held_against_it(instead, expected):
    assert found(ANSWER.replace(FAILED, instead)) == expected


def test_an_error_of_another_shape_is_not():
    other = '{"code": "E1", "text": 5, "reason": 7}'
    failed = '{"job_id": "j1", "state": "Broken", "asked_at": 17, "reason": "no room"}'
    assert found(ANSWER.replace(failed, other)) == []


ADDRESSED = """# Clip

`POST /clips`

## Request parameters

| Parameter | Type | Description |
|---|---|---|
| source | string | SAID |
| seconds | integer | Length |

## Request example

```json
{"source": "SHOWN", "seconds": 5}
```
"""


@pytest.mark.parametrize(
    ("said", "shown", "expected"),
    [
        ("支持 `1K`、`2K`、`4K`，也兼容 `10x10`、`20x20`", "20x20", 0),
        ("支持 `1K`、`2K`、`4K`，也兼容 `10x10`、`20x20`", "30x30", 0),
        ("视频时长不能低于 4 秒，不能超过 1 分钟", "long", 0),
        ("0 未开始，1 已完成", "7", 1),
        ("`clip`、`film`", "https://clips.example/1.mp4", 0),
    ],
    ids=["a second run", "an open run", "amounts are no values", "numbers with words are", "an address"],
)
def test_the_values_that_a_sentence_lists_in_several_runs(said, shown, expected):
    page = ADDRESSED.replace("SAID", said).replace("SHOWN", shown)
    assert len([one for one in found(page) if one == "docs-status-set-mismatch /source"]) == expected


def test_of_two_lists_the_one_that_lacks_nothing_is_of_the_example():
    order, quote = ["car", "seats", "from", "to", "luggage", "music"], ["car", "seats", "luggage"]
    fields = [
        FieldClaim(Lines(line, line), Scope(side="request"), (name,), listed=first)
        for first, names in ((10, order), (30, quote))
        for line, name in enumerate(names, first)
    ]
    shown = ExampleClaim(Lines(50, 52), Scope(side="request"), "", {"car": "van", "seats": 3, "from": "here"})
    assert {claim.listed for claim in grounded(fields, shown).fields} == {10}


APART = """# Print

`POST /prints`

```bash
curl https://print.example/prints -H 'Authorization: Bearer KEY' -d '{
  "text": "A poem", "paper": "A4", "copies": 2, "colour": true}'
```

## Required parameters

| Parameter | Type |
|---|---|
| text | string |

## Optional parameters

| Parameter | Type |
|---|---|
| paper | string |
| copies | integer |
| colour | boolean |
"""


def test_required_and_optional_parameters_listed_apart_are_of_one_body():
    assert found(APART) == []
    assert found(APART.replace('"A poem"', "5")) == ["docs-type-mismatch /text"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| city | string | yes |", ["docs-required-not-shown /city"]),
        ("| city | string | Yes* |", []),
        ("| city | string | yes\\* |", []),
        ("| city | string | yes † |", []),
        ("| city | string | **yes** |", ["docs-required-not-shown /city"]),
        ("| city *conditionally required* | string | |", []),
        ("| city *required* | string | |", ["docs-required-not-shown /city"]),
    ],
    ids=["yes", "a note", "an escaped note", "a dagger", "in bold", "under a condition", "beside the name"],
)
def test_what_a_note_qualifies_is_not_required_of_every_body(row, expected):
    page = PAGES["a table, then a body"].replace("| city | string | yes |", row)
    assert found(page.replace('"city": "Porto", ', "")) == expected


SPEAK = """# Speech

## Speak

`POST /speak`

### Request

**Headers:**

```
Authorization: Bearer KEY
```

**Parameters:**

| Parameter | Type | Required |
|---|---|---|
| words | string | Yes |
| voice | string | Yes |

### Sample call

```bash
curl https://speech.example/speak -H 'Authorization: Bearer KEY' -d '{"words": "Hello", "voice": "ada"}'
```
"""


def test_parameters_beside_the_headers_are_none():
    assert found(SPEAK) == []
    assert found(SPEAK.replace('"ada"', "7")) == ["docs-type-mismatch /voice"]


def test_parameters_called_headers_are():
    page = SPEAK.replace("**Parameters:**", "").replace("words", "X-Words").replace("voice", "X-Voice")
    claims = read_page(page.encode(), name="page.md").claims
    places = {claim.name: claim.location for claim in claims if isinstance(claim, ParameterClaim)}
    assert places == {"X-Words": "header", "X-Voice": "header"}


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        ("Criticality", ("Required", "Required", "Optional"), ["docs-required-not-shown /city"]),
        ("Criticality", ("Required", "Optional", "high"), []),
        ("Default", ("required", "3", "false"), ["docs-required-not-shown /city"]),
        ("Default", ("Porto", "3", "false"), []),
    ],
    ids=["a header in other words", "cells that say other things", "no default", "a default"],
)
def test_where_else_a_table_says_what_is_required(head, rows, expected):
    table = f"\n| Parameter | Type | {head} |\n|---|---|---|\n" + "".join(
        f"| {name} | {kind} | {cell} |\n"
        for (name, kind), cell in zip(
            (("city", "string"), ("nights", "integer"), ("breakfast", "boolean")), rows, strict=True
        )
    )
    page = PAGES["a table, then a body"].replace(TABLE, table)
    assert found(page.replace('"city": "Porto", ', "")) == expected
