"""Lists of the members of inner objects, and of bodies that no title ties to a call."""

import pytest

from wireproof.claims.claim import FieldClaim
from wireproof.claims.page import read_page
from wireproof.finding import Severity
from wireproof.proofreading.proofread import proofread


def found(page):
    return sorted(
        f"{one.rule} {one.pointer}"
        for one in proofread(read_page(page.encode(), name="page.md")).contradictions
        if one.severity is not Severity.INFO
    )


def paths(page):
    claims = read_page(page.encode(), name="page.md").claims
    return [".".join(claim.path) for claim in claims if isinstance(claim, FieldClaim)]


ROOMS = """# Rooms

`GET /rooms`

## Response

```json
{"ok": true, "rooms": ROOMS}
```

The answer has these fields:

- `ok`, whether it went well.
- `rooms`, what is free.
  - `number`, the number of the room.
  - `beds`, how many beds it has.
"""
FREE = '[{"number": "12", "beds": 2}]'


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (FREE, ["ok", "rooms", "rooms.*.number", "rooms.*.beds"]),
        ('{"number": "12", "beds": 2}', ["ok", "rooms", "rooms.number", "rooms.beds"]),
    ],
    ids=["a list", "an object"],
)
def test_of_a_row_without_a_type_the_example_tells_whether_it_is_a_list(shown, expected):
    assert paths(ROOMS.replace("ROOMS", shown)) == expected


def test_a_stated_type_counts_more_than_the_example():
    page = ROOMS.replace("`rooms`, what", "`rooms` (object): what").replace("ROOMS", FREE)
    assert paths(page)[-1] == "rooms.beds"


PAYMENTS = """# 支付记录

`GET /payments`

返回示例：

```json
{"code": 0, "data": {"total": 1, "items": [
  {"pay_id": 7, "payer": "a", "amount": 3, "currency": "EUR", "paid_at": 17, "method": "card"}
]}}
```

- 返回字段说明：

    - `pay_id` （数字）: 编号
    - `payer` （字符串）: 付款人
    - `amount` （数字）: 金额
    - `currency` （字符串）: 货币
    - `paid_at` （数字）: 时间
    - `method` （字符串）: 方式
"""


def test_a_long_list_is_of_the_elements_that_have_all_of_it():
    assert {path.rpartition(".")[0] for path in paths(PAYMENTS)} == {"data.items.*"}
    assert found(PAYMENTS) == []
    assert found(PAYMENTS.replace('"amount": 3', '"amount": "three"')) == [
        "docs-type-mismatch /data/items/*/amount"
    ]


def test_a_list_with_a_name_that_the_elements_do_not_have_is_not():
    assert "refund" in paths(f"{PAYMENTS}    - `refund` （数字）: 退款\n")


STAGES = """# 查询任务

`GET /jobs/{id}`

## 返回参数

| 参数 | 类型 | 描述 |
|---|---|---|
| output.job_id | string | 标识 |
| output.stage | string | 阶段 |
| output.asked_at | integer | 提交时间 |
| request_id | string | 请求标识 |

## 返回示例

```json
{"output": {"job_id": "j1", "stage": "done", "asked_at": 17MORE}, "request_id": "r1"LESS}
```
"""


@pytest.mark.parametrize(
    ("more", "less", "expected"),
    [
        ("", "", []),
        (', "ended_at": 18', "", ["docs-undocumented-field /output/ended_at"]),
        (', "ended_at": 18, "worker": "w"', "", []),
        (', "ended_at": 18', ', "usage": 3', ["docs-undocumented-field /usage"]),
    ],
    ids=["as listed", "one more", "two more: a choice", "one more in each of two objects"],
)
def test_members_by_dotted_names_are_a_list_of_the_object_where_one_is_left_out(more, less, expected):
    assert found(STAGES.replace("MORE", more).replace("LESS", less)) == expected


CALLBACK = """# 接口说明

## 1. 数据结构

### 订单

| 字段 | 类型 | 描述 |
|---|---|---|
| order_id | string | 标识 |
| state | string | 状态 |
| placed_at | integer | 时间 |
| buyer | string | 买家 |
| note | string | 备注 |

## 2. 订单变更回调

状态变化时会调用业务系统的接口。

```json
{"order_id": "o1", "state": "paid", "placed_at": 17, "buyer": "a", "note": "b"}
```
"""


def test_a_callback_that_has_the_names_of_a_list_of_no_call_is_held_against_it():
    assert found(CALLBACK) == []
    assert found(CALLBACK.replace(": 17", ': "noon"')) == ["docs-type-mismatch /placed_at"]


def test_a_callback_with_other_names_is_not():
    other = '{"event": "paid", "state": 7, "order": "o1", "sent": 3}'
    shown = '{"order_id": "o1", "state": "paid", "placed_at": 17, "buyer": "a", "note": "b"}'
    assert found(CALLBACK.replace(shown, other)) == []


def test_what_stands_around_an_object_of_dotted_names_is_not_counted_with_it():
    inner = STAGES.replace("| request_id | string | 请求标识 |\n", "")
    shown = inner.replace("MORE", ', "ended_at": 18').replace("LESS", ', "code": 0, "message": ""')
    assert found(shown) == ["docs-undocumented-field /output/ended_at"]


SKETCHED = """# Panel

`POST /panels`

### Request body

```json
{"prompt": "string", "seed": "integer", "ratio": "string (enum)"}
```

#### Fields

| Field | Type | Required |
|---|---|---|
| prompt | string | yes |
| seed | integer | yes |
| ratio | string | yes |

#### Request example

```json
{"prompt": "a hat", "seed": 7, "ratio": "wide"}
```
"""


def test_a_sketch_beside_a_list_takes_nothing_from_what_the_list_requires():
    assert found(SKETCHED) == []
    assert found(SKETCHED.replace('"seed": 7, ', "")) == ["docs-required-not-shown /seed"]
