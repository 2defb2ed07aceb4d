"""One row against itself: type, bounds, values, default, example and duty, in tables, bullets and schemas."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

JOB = "# Jobs\n\n`POST /jobs`\n\n## Request parameters\n\n"


def told(page):
    proof = proofread(read_page(page.encode(), name="page"))
    return [
        (one.rule, one.pointer, one.claimed.lines.first, one.shown.lines.first)
        for one in proof.contradictions
    ]


def row(kind, text, *, required="no"):
    head = "| Parameter | Type | Required | Description |\n|---|---|---|---|\n"
    return f"{JOB}{head}| size | {kind} | {required} | {text} |\n| name | string | no | a name |\n"


def bullets(*lines):
    return JOB + "".join(f"- {line}\n" for line in lines)


def columns(**cells):
    head = " | ".join(("Parameter", *cells))
    ruling = "---|" * (len(cells) + 1)
    return f"{JOB}| {head} |\n|{ruling}\n| size | {' | '.join(cells.values())} |\n"


PROSE, TYPE, VALUES = "docs-prose-mismatch", "docs-type-mismatch", "docs-status-set-mismatch"

CONTRADICT = {
    "a default past a bare range": (row("integer", "1–10, default 16"), PROSE),
    "a default past a worded range": (row("integer", "Between 1 and 10. Defaults to `16`."), PROSE),
    "a default past a range, in Chinese": (
        row("整数", "每次返回的数量，取值范围：1~10，默认值为 16").replace("每次", ""),
        PROSE,
    ),
    "a default past a range, in Japanese": (row("整数", "件数。範囲は 1〜10、デフォルト値は 16"), PROSE),
    "a default past a range, in Spanish": (row("entero", "Cantidad, entre 1 y 10, por defecto: `16`"), PROSE),
    "a default past a range, in German": (
        row("Ganzzahl", "Anzahl, zwischen 1 und 10, Standardwert: `16`"),
        PROSE,
    ),
    "a default below the least": (row("integer", "min: 5, max: 10. Default: 2"), PROSE),
    "a column of defaults past the text's range": (
        columns(Type="integer", Default="16", Description="Range 1-10"),
        PROSE,
    ),
    "a bullet's default past its range": (
        bullets("`size` (integer, optional): 1-10. Default: `16`", "`name` (string): a name"),
        PROSE,
    ),
    "a value past the range": (columns(Type="integer", Values="5, 10, 20", Description="Range 1-10"), PROSE),
    "an example past the range": (columns(Type="integer", Example="50", Description="Range 1-10"), PROSE),
    "a default that is none of the values": (
        row("string", "One of `small`, `medium`, `large`. Default: `huge`"),
        VALUES,
    ),
    "a default that is none of the values, in Chinese": (
        row("string", "可选值：`small`、`medium`、`large`，默认为 `huge`"),
        VALUES,
    ),
    "a column of defaults that is none of the values": (
        columns(Type="string", Values="small, large", Default="huge", Description="x"),
        VALUES,
    ),
    "an example that is none of the values": (
        columns(Type="string", Example="huge", Description="One of `small`, `large`"),
        VALUES,
    ),
    "a text that lists a strange value": (
        columns(
            Type="string",
            Values="small, medium, large",
            Description="One of `small`, `medium`, `large`, `huge`",
        ),
        VALUES,
    ),
    "words for a boolean": (row("boolean", "`yes` / `no`"), TYPE),
    "words for an integer": (row("integer", "One of `small`, `large`"), TYPE),
    "a word as the default of a number": (row("number", "Speed of it. Default: `fast`"), TYPE),
    "a word as the example of a number": (row("integer", "When it began, e.g. `2024-05-01`"), TYPE),
    "two defaults": (columns(Type="integer", Default="5", Description="How many. Default: 10"), PROSE),
    "two lengths": (row("string(500)", "At most 1000 characters."), PROSE),
    "two lengths, in Chinese": (row("varchar(50)", "名称，不超过100个字符"), PROSE),
    "two lengths, in Japanese": (row("string(50)", "名前。100文字以内"), PROSE),
    "required by the column and optional by the text": (
        row("string", "Optional. The size.", required="yes"),
        PROSE,
    ),
    "optional by the column and required by the text": (
        row("string", "This field is required.", required="no"),
        PROSE,
    ),
    "optional by the column and required by the text, in Chinese": (
        row("string", "大小。该参数必填", required="否"),
        PROSE,
    ),
    "optional by the column and required by the text, in Japanese": (
        row("string", "大きさ。この項目は必須", required="任意"),
        PROSE,
    ),
    "required by the column and optional by the text, in Spanish": (
        row("string", "Este campo es opcional.", required="sí"),
        PROSE,
    ),
}


@pytest.mark.parametrize(("page", "rule"), CONTRADICT.values(), ids=CONTRADICT)
def test_a_row_that_contradicts_itself_is_told_at_its_line(page, rule):
    at = next(number for number, line in enumerate(page.splitlines(), 1) if "size" in line)

    assert told(page) == [(rule, "/size", at, at)]


AGREE = {
    "a default within": row("integer", "1–10, default 6"),
    "a default outside that has a meaning of its own": row("integer", "1-10, default -1 (-1: no limit)"),
    "zero for all": row("integer", "Range 1-100, 0 for all. Default: 0"),
    "a range of each model": row("integer", "1-10 for small models, 1-20 for large ones. Default 16"),
    "a range of a mode": row("integer", "in fast mode 1-10. Default: 16"),
    "thousands set apart": row("integer", "1,000-2,000, default 1500"),
    "a day is no range": row("integer", "since 2024-05. Default 16"),
    "numbers of things bound no value": row("integer", "the seed; up to 4 images. Default 16"),
    "several numbers are a list": row("integer", "Range: [5, 10, 15]. Default 15"),
    "a ratio": row("string", "from 16:9 to 9:16. Default `1:1`"),
    "a default that is unset": row("string", "One of `small`, `large`. Default: `null`"),
    "another spelling": row("string", "One of `small`, `large`. Default: `Small`"),
    "a form beside the names": row("string", "One of `1K`, `2K`. Default: `2048x2048`"),
    "a list that is open": row("string", "Such as `small`, `large`. Default: `huge`"),
    "a list with a second part": row(
        "string", "Supports `1K`, `2K`, also supports `512x512`. Default: `512x512`"
    ),
    "the ends of a scale": row("integer", "1-6. 0 is strict, 6 is lax. Default 2"),
    "yes and no in words": row("boolean", "yes or no. Default: no"),
    "a boolean as numbers": row("boolean", "`0` or `1`"),
    "a word for the default": row("integer", "the seed. Default: `auto`"),
    "an example of what it is about": row(
        "boolean", "Whether a tag is needed. For example, `MEMO` or `Tag`."
    ),
    "a default under a condition": row("integer", "Range 1-10. Default: 16 for old models"),
    "one length twice": row("string(500)", "At most 500 characters."),
    "lengths of two things": row("object", "key max 64 chars; value max 512 chars"),
    "bytes and characters": row("string(500)", "at most 1500 bytes"),
    "required under a condition": row("string", "Required if `name` is given.", required="no"),
    "required with another": row("string", "Required. Or `name`.", required="yes"),
    "optional in one mode": row("string", "Optional in fast mode.", required="yes"),
    "a name that begins with a word": row("string", "Optional extras to add", required="yes"),
    "equal defaults": columns(Type="number", Default="1.0", Description="How fast. Default: 1"),
    "a default in words": columns(Type="integer", Default="自动", Description="Range 1-10"),
}


@pytest.mark.parametrize("page", AGREE.values(), ids=AGREE)
def test_a_row_with_a_word_more_than_plain_is_left_alone(page):
    assert told(page) == []


SCHEMA = """# Jobs

```yaml
openapi: 3.1.0
info: {{title: Jobs, version: "1"}}
paths:
  /jobs:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [prompt]
              properties:
                prompt:
                  type: string
                  maxLength: {length}
                  description: {said}
                count: {{type: integer, minimum: 1, maximum: 8, default: 4, description: "{count}"}}
      responses:
        "200": {{description: done}}
```
"""


@pytest.mark.parametrize(
    ("length", "said", "count", "expected"),
    [
        (800, "Maximum length is 500 characters.", "1-8", [(PROSE, "/prompt", 16, 16)]),
        (800, "不超过 500 个字符", "1-8", [(PROSE, "/prompt", 16, 16)]),
        (500, "Maximum length is 500 characters.", "1-8", []),
        (800, "500 characters for old models, else 800 characters", "1-8", []),
        (500, "What to do.", "Between 1 and 10", [(PROSE, "/count", 20, 20)]),
        (500, "What to do.", "How many. Default: 2", [(PROSE, "/count", 20, 20)]),
    ],
)
def test_the_keywords_of_a_schema_are_held_against_its_description(length, said, count, expected):
    assert told(SCHEMA.format(length=length, said=said, count=count)) == expected


LIST = (
    "\n## Request parameters\n\n| Parameter | Type | Required |\n|---|---|---|\n"
    "| prompt | string | {0} |\n| count | integer | {1} |\n"
)


@pytest.mark.parametrize(
    ("prompt", "count", "expected"),
    [
        ("no", "no", [(PROSE, "/prompt")]),
        ("yes", "yes", [(PROSE, "/count")]),
        ("yes", "no", []),
        ("conditional on it", "", []),
    ],
)
def test_a_list_beside_a_document_agrees_on_what_is_required(prompt, count, expected):
    page = SCHEMA.format(length=9, said="x", count="y") + LIST.format(prompt, count)

    assert [(rule, pointer) for rule, pointer, *_ in told(page)] == expected


INTRODUCED = (
    JOB + "{0}\n\n| Parameter | Type | Description |\n|---|---|---|\n"
    "| prompt | string | {1} |\n| n | integer | {2} |\n"
)


@pytest.mark.parametrize(
    ("said", "text", "count", "expected"),
    [
        ("`prompt` may have up to 1000 characters.", "Max 500 characters", "how many", [(PROSE, "/prompt")]),
        (
            "The maximum length of `prompt` is 1000 characters.",
            "Max 500 characters",
            "how many",
            [(PROSE, "/prompt")],
        ),
        ("`prompt` 最多 1000 个字符。", "不超过500个字符", "数量", [(PROSE, "/prompt")]),
        ("`prompt` は1000文字以内です。", "500文字以内", "数", [(PROSE, "/prompt")]),
        ("Keep `n` between 1 and 20.", "text", "1-10", [(PROSE, "/n")]),
        ("`prompt` may have up to 500 characters.", "Max 500 characters", "how many", []),
        ("For Pro plans `prompt` may have up to 1000 characters.", "Max 500 characters", "how many", []),
        ("`prompt` and `n` may have up to 1000 characters.", "Max 500 characters", "how many", []),
        ("`prompt` may have up to 1000 characters.", "what to do", "how many", []),
    ],
)
def test_a_sentence_bounds_a_field_as_its_row_does(said, text, count, expected):
    page = INTRODUCED.format(said, text, count)

    assert [(rule, pointer) for rule, pointer, *_ in told(page)] == expected


SHOWN = (
    "# Jobs\n\n`GET /jobs`\n\n## Response\n\n"
    "| Field | Type | Description |\n|---|---|---|\n| code | string | {0} |\n"
    "| tags | array of strings | {1} |\n| n | integer | {2} |\n\n```json\n{3}\n```\n"
)


@pytest.mark.parametrize(
    ("code", "tags", "n", "body", "expected"),
    [
        ("max 4 characters", "tags", "n", '{"code": "ABCDEF", "tags": ["a"], "n": 3}', [(PROSE, "/code")]),
        ("x", "up to 2 tags", "n", '{"code": "A", "tags": ["a", "b", "c"], "n": 3}', [(PROSE, "/tags")]),
        ("x", "tags", "1-5", '{"code": "A", "tags": ["a"], "n": 30}', [(PROSE, "/n")]),
        ("max 4 characters", "up to 2 tags", "1-5", '{"code": "ABCD", "tags": ["a", "b"], "n": 3}', []),
        ("max 4 characters", "tags", "n", '{"code": "<your code>", "tags": ["a"], "n": 3}', []),
        ("x", "up to 2 tags for free plans", "n", '{"code": "A", "tags": ["a", "b", "c"], "n": 3}', []),
    ],
)
def test_an_example_is_within_the_bounds_of_its_field(code, tags, n, body, expected):
    page = SHOWN.format(code, tags, n, body)

    assert [(rule, pointer) for rule, pointer, *_ in told(page)] == expected


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        ("_generated_", []),
        ("*assigned*", []),
        ("generated", []),
        ("`ten`", [("docs-type-mismatch", "/size")]),
    ],
)
def test_a_default_that_says_where_it_comes_from_is_no_value(default, expected):
    page = columns(Type="integer", Default=default, Description="The size")
    assert [one[:2] for one in told(page)] == expected
