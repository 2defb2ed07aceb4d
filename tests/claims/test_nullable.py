"""What a description says of null: a field of which it speaks may be null, unless it says never."""

import pytest

from wireproof.claims.claim import FieldClaim
from wireproof.claims.page import read_page

MAY_BE = [
    "Why it failed; null on success",
    "`null` while the job runs",
    "失敗の理由。成功時はnull",
    "成功时为 null",
    "未完成返回null",
    "Grund, bei Erfolg null",
    "null si no hay error",
    "A nullable text",
    "可为空",
]
SAYS_NOT = [
    "Never null",
    "Must not be null",
    "Cannot be `null`",
    "A non-null text",
    "不能为空",
    "不会为 null",
    "nullにはなりません",
    "See nullable_things",
    "The annulled part",
    "Why it failed",
]


HEAD = "# Get a job\n\nGET /jobs/{id}\n\n## Response\n\n| Field | Type | Description |\n|---|---|---|\n"


def nullable(text):
    page = read_page(f"{HEAD}| why | string | {text} |\n".encode(), name="x.md")
    return [one.nullable for one in page.claims if isinstance(one, FieldClaim)]


@pytest.mark.parametrize("text", MAY_BE)
def test_a_field_may_be_null(text):
    assert nullable(text) == [True]


@pytest.mark.parametrize("text", SAYS_NOT)
def test_nothing_says_that_a_field_may_be_null(text):
    assert nullable(text) == [None]
