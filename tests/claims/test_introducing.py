"""A sentence above a list or an example says of which side and object it is."""

from __future__ import annotations

import time

import pytest

from wireproof.claims.introducing import Introduction, introduction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Send this body:", "request"),
        ("To stop it, post:", "request"),
        ("Der Server antwortet, wenn alles stimmt. Die Antwort:", "response"),
        ("If you send something else, the server returns:", "response"),
        ("After the request you will get:", "response"),
        ("提交任务后返回如下：", "response"),
        ("请求示例如下：", "request"),
        ("リクエストが成功すると、次のレスポンスが返されます：", "response"),
        ("El servidor devuelve:", "response"),
        ("Envoyez ce corps :", "request"),
        ("We POST the result to your URL:", "callback"),
        ("When it is ready, the platform calls your webhook with:", "callback"),
        ("系统向您的回调地址推送：", "callback"),
        ("The response is small.", ""),
        ("These are the colours:", ""),
        ("", ""),
        ("so " * 100 + "it returns:", ""),
    ],
)
def test_the_side(text, expected):
    assert introduction(text).side == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The `data` object contains:", "data"),
        ("Each element of `order.items[]` has the following fields:", "items"),
        ("重点关注 data 中以下字段，其他为公共返回", "data"),
        ("其中 video_info 包含以下字段：", "video_info"),
        ("metadata 至少应包含：", "metadata"),
        ("`result` のフィールド:", "result"),
        ("`data` 객체의 필드:", "data"),
        ("Das Objekt `task` enthält:", "task"),
        ("Los campos de `datos` son:", "datos"),
        ("L'objet `data` contient les champs suivants :", "data"),
        ("`voice` is an object with these fields:", "voice"),
        ("Fields inside the taskInfo object:", "taskInfo"),
        ("The response has the following fields:", ""),
        ("Every page has a table:", ""),
    ],
)
def test_the_object_whose_members_are_listed(text, expected):
    assert introduction(text).within == expected


def test_the_gaps_of_a_drawn_table_cost_no_time():
    row = "| project" + " " * 40 + "| string" + " " * 40 + "| The unique id"
    start = time.process_time()
    assert introduction(row) == Introduction()
    assert time.process_time() - start < 0.5
