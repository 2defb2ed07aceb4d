"""Short phrases say types, requiredness, units and values, or nothing at all."""

import pytest

from wireproof.claims.phrases import attributes, identifier, required_word, type_phrase, unit_in
from wireproof.claims.wording import value_pair, values_in

TYPES = {
    "string": ("string", "", ""),
    "Integer": ("integer", "", ""),
    "int64": ("integer", "", "int64"),
    "`number`": ("number", "", ""),
    "array [object {17}]": ("array", "object", ""),
    "array<string>": ("array", "string", ""),
    "Array of strings": ("array", "string", ""),
    "List<String>": ("array", "string", ""),
    "string[]": ("array", "string", ""),
    "[]int": ("array", "integer", ""),
    "[string]": ("array", "string", ""),
    "对象数组": ("array", "object", ""),
    "字符串": ("string", "", ""),
    "配列": ("array", "", ""),
    "cadena": ("string", "", ""),
    "map[string]string": ("object", "", ""),
    "string | null": ("string|null", "", ""),
    "string or number": ("string|number", "", ""),
    "string <uuid>": ("string", "", "uuid"),
    "string(64)": ("string", "", ""),
    "enum<string>": ("string", "", ""),
    "string enum": ("string", "", ""),
    "any": ("", "", ""),
    "datetime": ("string", "", ""),
    "timestamp": ("", "", ""),
    "string?": ("string", "", ""),
}
NO_TYPES = [
    "",
    "the string",
    "status",
    "strings attached",
    "list of tasks",
    "x" * 100,
    "a|b|c|d|e|f|g",
    "object {x}",
]


@pytest.mark.parametrize(("text", "expected"), TYPES.items())
def test_a_type(text, expected):
    phrase = type_phrase(text)
    assert phrase is not None
    assert ("|".join(phrase.types), "|".join(phrase.items), phrase.format) == expected


@pytest.mark.parametrize("text", NO_TYPES)
def test_what_is_no_type(text):
    assert type_phrase(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TaskInfo", "TaskInfo"),
        ("array<TaskInfo>", "TaskInfo"),
        ("object (Task)", "Task"),
        ("[]Task", "Task"),
    ],
)
def test_the_name_of_a_structure(text, expected):
    phrase = type_phrase(text, references=True)
    assert phrase is not None
    assert phrase.reference == expected


@pytest.mark.parametrize(
    ("text", "nullable"),
    [
        ("string | null", True),
        ("string, nullable", True),
        ("nullable string", True),
        ("string?", True),
        ("string", None),
    ],
)
def test_whether_a_type_takes_null(text, nullable):
    phrase = type_phrase(text)
    assert phrase is not None
    assert phrase.nullable is nullable


def test_the_count_of_an_object():
    phrase = type_phrase("array [object {17}]")
    assert phrase is not None
    assert (phrase.count, phrase.holds_fields) == (17, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string, required", ("string", True, None, "")),
        ("string required", ("string", True, None, "")),
        ("required string", ("string", True, None, "")),
        ("integer · optional, default 0", ("integer", False, None, "default 0")),
        ("string，必填", ("string", True, None, "")),
        ("string, can be null", ("string", None, True, "")),
        ("required", ("", True, None, "")),
        ("code", None),
        ("yes", None),
    ],
)
def test_attributes(text, expected):
    facts = attributes(text)
    actual = facts and (
        "|".join(facts.phrase.types) if facts.phrase else "",
        facts.required,
        facts.nullable,
        facts.rest,
    )
    assert actual == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yes", True),
        ("否", False),
        ("(required)", True),
        ("Obligatorio", True),
        ("任意", False),
        ("maybe", None),
    ],
)
def test_a_word_for_required(text, expected):
    assert required_word(text) is expected


@pytest.mark.parametrize("text", ["yes", "no", "x", "是"])
def test_a_short_word_does_not_count_where_it_may_mean_something_else(text):
    assert required_word(text, spelled=True) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("duration in seconds", "s"),
        ("创建时间，毫秒", "ms"),
        ("処理時間（ミリ秒）", "ms"),
        ("seconds or milliseconds", ""),
        ("percentage", "percent"),
        ("the second try", ""),
        ("", ""),
    ],
)
def test_a_unit(text, expected):
    assert unit_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a.b[].c", True), ("data->id", True), ("two words", False), ("Content-Type", True), ("", False)],
)
def test_an_identifier(text, expected):
    assert identifier(text) is expected


VALUES = {
    "0: queued, 1: running, 2: done": ([(0, "queued"), (1, "running"), (2, "done")], True),
    "0-排队中 1-处理中 2-完成": ([(0, "排队中"), (1, "处理中"), (2, "完成")], True),
    "状态：0表示成功，1表示失败": ([(0, "成功"), (1, "失败")], True),
    "0は成功、1は失敗": ([(0, "成功"), (1, "失敗")], True),
    "状态 queued(排队), running(运行中)": ([("queued", "排队"), ("running", "运行中")], True),
    "`done` (finished), `fail` (failed)": ([("done", "finished"), ("fail", "failed")], True),
    "One of `queued`, `running` or `done`.": ([("queued", ""), ("running", ""), ("done", "")], True),
    "One of queued, running. Default queued": ([("queued", ""), ("running", "")], True),
    "取值：pending、running、success": ([("pending", ""), ("running", ""), ("success", "")], True),
    "queued、running、doneのいずれか": ([("queued", ""), ("running", ""), ("done", "")], True),
    "Valores posibles: pendiente, listo": ([("pendiente", ""), ("listo", "")], True),
    "Task status: SUCCESS, FAILED": ([("SUCCESS", ""), ("FAILED", "")], True),
    "`a` | `b`": ([("a", ""), ("b", "")], True),
    "task status, e.g. Success, Failed.": ([("Success", ""), ("Failed", "")], False),
    "return code, 0 indicates success in examples.": ([(0, "success")], False),
    "0 表示成功，其它表示失败": ([(0, "成功")], False),
    "可能带前缀，如 `a:`、`b:`": ([("a:", ""), ("b:", "")], False),
    "`a`、`b`等": ([("a", ""), ("b", "")], False),
    "A word like `a` / `b`": ([("a", ""), ("b", "")], False),
    "May start with `a` / `b`": ([("a", ""), ("b", "")], False),
}
NO_VALUES = [
    "",
    "x" * 5000,
    "can be used with the API",
    "such as width and height",
    "Can be text, image or video",
    "ratio 16:9, 9:16",
    "one of the values below",
    "Unix timestamp, e.g. 1736868741",
    "progress 0-100",
    "sometimes a file_id must be used with the download API",
    "The time is 12:30, 2023",
    "`size`/`rate`/`format` 三键",
    "an object of `size`/`rate` fields",
]


@pytest.mark.parametrize(("text", "expected"), VALUES.items())
def test_a_list_of_values(text, expected):
    wording = values_in(text)
    assert wording is not None
    assert (list(wording.values), wording.complete) == expected


@pytest.mark.parametrize("text", NO_VALUES)
def test_what_lists_no_values(text):
    assert values_in(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`init`: not started", ("init", "not started")),
        ("0 - queued", (0, "queued")),
        ("**done** — finished", ("done", "finished")),
        ("queued (waiting)", ("queued", "waiting")),
        ("alone", ("alone", "")),
        ("two words", None),
    ],
)
def test_a_value_and_its_meaning(text, expected):
    assert value_pair(text) == expected
