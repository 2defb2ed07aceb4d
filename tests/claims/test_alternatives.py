"""Values that a description names one after the other, in several languages, and names that are no values."""

import pytest

from wireproof.claims.wording import value_pair, values_in


@pytest.mark.parametrize(
    "text",
    [
        "`fast` or `slow`",
        "`fast` 或 `slow`",
        "`fast` または `slow`",
        "`fast` oder `slow`",
        "`fast` o `slow`",
        "`fast` | `slow`",
        "`fast` (default) / `slow`",
        "`fast`（默认）/ `slow`",
        "`fast`（默认）、`slow`（省钱）",
        "How: `fast` or `slow`",
        "速度：`fast` 或者 `slow`。",
        "`fast` or `slow`, as you like",
    ],
)
def test_values_are_all_named(text):
    found = values_in(text)

    assert found is not None
    assert ([value for value, _ in found.values], found.complete) == (["fast", "slow"], True)


@pytest.mark.parametrize(
    "text",
    [
        "the level for `jpeg`/`webp` output",
        "仅 `fast` / `slow` 有效",
        "Example: `fast`, `slow`",
        "示例：`fast`、`slow`",
        "Requires: `fast` and `slow`",
        "what to do in `fast` / `slow` mode",
    ],
)
def test_names_that_a_value_goes_with_are_no_values(text):
    assert values_in(text) is None


@pytest.mark.parametrize(
    "text", ["Supports `a`, `b`, also supports `c`", "支持 `a`、`b`，也兼容 `c`", "`a`、`b`、`c` にも対応"]
)
def test_a_list_that_goes_on_is_open(text):
    found = values_in(text)

    assert found is None or not found.complete


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("`no` (default): you send it", ("no", "you send it")),
        ("`no`（默认）：由您发送", ("no", "由您发送")),
        ("`no`: you send it", ("no", "you send it")),
    ],
)
def test_a_default_is_marked_before_its_meaning(text, pair):
    assert value_pair(text) == pair
