"""Sentences about fields, in nine languages: of whom they speak, what they say, and what they leave open."""

import pytest

from wireproof.claims.assertions import assertions_in, meaning_in, moments_in
from wireproof.claims.blocks import Line
from wireproof.claims.passing import asked_in, media_in, values_named
from wireproof.claims.speech import is_conditional, sentences_of, spoken_in
from wireproof.claims.tallying import members_in, tally_in

SPOKEN = {
    "`size` is required.": (("size",), "is required."),
    "The `size` field is required.": (("size",), "is required."),
    "`a`, `b` and `c` are required": (("a", "b", "c"), "are required"),
    "Note: the value of `size` is a number": (("size",), "is a number"),
    "状态（`state`）为必填": (("state",), "为必填"),
    "상태(`state`)는 필수입니다": (("state",), "는 필수입니다"),
    "created_at is in seconds": (("created_at",), "is in seconds"),
    "duration 单位为秒": (("duration",), "单位为秒"),
    "Das Feld `größe` ist optional": (("größe",), "ist optional"),
    "Call it twice.": None,
    "`GET` is the method": None,
}

ASSERTED = {
    "`a` is required.": [("required", True)],
    "`a` is required if you have no plan.": [],
    "`a` is required for exports": [],
    "`a` is optional.": [("required", False)],
    "`a` is a string.": [("type", ("string",))],
    "`a` is a comma-separated list": [],
    "`a` is the object you sent": [],
    "`a` is never null": [("nullable", False)],
    "`a` is null until the job is done": [("nullable", True)],
    "`a` may be null": [("nullable", True)],
    "`a` is given in milliseconds": [("unit", "ms")],
    "`a` is refreshed every 5 seconds": [],
    "`a` is in cents": [("unit", "cent")],
    "`a` is an ISO 8601 text": [("format", "date-time")],
    "`a` is not a Unix time": [],
    "`a` is always returned": [("present", True)],
    "`a` 为必填参数。": [("required", True)],
    "`a` 选填": [("required", False)],
    "`a` 不会为 null": [("nullable", False)],
    "`a` 完成前为 null": [("nullable", True)],
    "`a` 的单位是秒": [("unit", "s")],
    "`a` 始终返回": [("present", True)],
    "`a` は必須です": [("required", True)],
    "`a` は null になりません": [("nullable", False)],
    "`a` は処理中は null になります": [("nullable", True)],
    "`a` ist erforderlich.": [("required", True)],
    "`a` ist erforderlich, wenn `b` fehlt.": [],
    "`a` ist ein String.": [("type", ("string",))],
    "`a` ist nie null": [("nullable", False)],
    "`a` est obligatoire.": [("required", True)],
    "`a` n'est jamais null": [("nullable", False)],
    "`a` est exprimé en millisecondes": [("unit", "ms")],
    "`a` es opcional.": [("required", False)],
    "`a` nunca es null": [("nullable", False)],
    "`a` siempre se devuelve": [("present", True)],
    "`a` é obrigatório.": [("required", True)],
    "`a` pode ser null": [("nullable", True)],
    "`a`는 필수입니다": [("required", True)],
    "`a`의 단위는 초입니다": [("unit", "s")],
    "`a` обязательно.": [("required", True)],
    "`a` не обязательно.": [("required", False)],
    "`a` может быть null": [("nullable", True)],
    "`a` никогда не бывает null": [("nullable", False)],
}

COUNTED = {
    "The response has four fields.": ("fields", 4, "", False),
    "`data` contains 3 properties": ("fields", 3, "data", False),
    "The response has at least four fields.": None,
    "These two fields are optional.": None,
    "A job goes through five stages.": ("states", 5, "", False),
    "It ends in one of two final states.": None,
    "The following three headers:": ("headers", 3, "", True),
    "Die Antwort hat genau vier Felder:": ("fields", 4, "", True),
    "Eine Sendung kennt vier Zustände.": ("states", 4, "", False),
    "La réponse contient cinq champs.": ("fields", 5, "", False),
    "La respuesta tiene 3 campos.": ("fields", 3, "", False),
    "A resposta tem cinco campos:": ("fields", 5, "", True),
    "Ответ содержит пять полей.": ("fields", 5, "", False),
    "返回 3 个字段。": ("fields", 3, "", False),
    "最多返回 3 个字段。": None,
    "需要以下三个请求头：": ("headers", 3, "", True),
    "レスポンスには次の5つのフィールドがあります：": ("fields", 5, "", True),
    "응답에는 세 개의 필드가 있습니다": ("fields", 3, "", False),
    "Up to 3 fields may be empty.": None,
}

NAMED = {
    "Stop once `state` is `done` or `failed`.": [("state", ("done", "failed"))],
    "when `state` is `done`, `url` is set": [("state", ("done",))],
    "`state=done` means that it is over": [("state", ("done",))],
    "state=done 时有效": [("state", ("done",))],
    "Poll until the status is `READY`.": [("status", ("READY",))],
    "Terminal states are `done` and `failed`.": [("status", ("done", "failed"))],
    "轮询直到 `state` 变为 `SUCCESS` 或 `FAILURE`。": [("state", ("SUCCESS", "FAILURE"))],
    "wenn `zustand` auf `fertig` steht": [("zustand", ("fertig",))],
    "`state`가 `DONE`이면": [("state", ("DONE",))],
    "когда `state` равен `ready`": [("state", ("ready",))],
    "`done` is `true`": [],
    "https://a.example/?state=done&x=1": [],
}


@pytest.mark.parametrize("sentence", SPOKEN)
def test_a_sentence_speaks_of(sentence):
    spoken = spoken_in(sentence)

    assert SPOKEN[sentence] == (spoken and (spoken.names, spoken.rest))


@pytest.mark.parametrize("sentence", ASSERTED)
def test_a_sentence_says_of_its_field(sentence):
    spoken = spoken_in(sentence)

    assert ASSERTED[sentence] == list(assertions_in(spoken.rest, sentence))


@pytest.mark.parametrize("sentence", COUNTED)
def test_a_sentence_counts(sentence):
    tally = tally_in(sentence)

    assert COUNTED[sentence] == (tally and (tally.of, tally.number, tally.about, tally.leads))


@pytest.mark.parametrize("sentence", NAMED)
def test_a_sentence_names_values_in_passing(sentence):
    assert NAMED[sentence] == [(one.about, one.values) for one in values_named(sentence)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Result, has 3 fields", 3),
        ("结果，包含 4 个字段", 4),
        ("two fields", 2),
        ("has up to 3 fields", None),
        ("has 3 pages", None),
    ],
)
def test_a_description_counts_members(text, number):
    assert number == members_in(text)


@pytest.mark.parametrize(
    ("rest", "meaning"),
    [
        ("`0` means success", (0, "success")),
        ("равное `0` означает успех, другое — ошибку", (0, "успех")),
        ("为 `0` 表示成功，其他值表示失败", (0, "成功")),
        ("`ok` bedeutet Erfolg", ("ok", "Erfolg")),
        ("says how it went", None),
    ],
)
def test_a_sentence_explains_a_value(rest, meaning):
    assert meaning == meaning_in(rest)


@pytest.mark.parametrize(
    ("sentence", "moments"),
    [
        ("All timestamps are Unix seconds.", ("epoch", "s")),
        ("Toutes les dates sont au format ISO 8601.", ("date-time", "")),
        ("所有时间均为毫秒时间戳。", ("epoch", "ms")),
        ("日時はすべてUnix秒で返します。", ("epoch", "s")),
        ("All timestamps are ISO 8601, except in exports.", None),
        ("All dates are inclusive.", None),
    ],
)
def test_a_sentence_speaks_of_all_times(sentence, moments):
    assert moments == moments_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Send a POST request to `/v1/jobs`.", ("POST", "/v1/jobs")),
        ("向 `/v1/jobs` 发送 PUT 请求", ("PUT", "/v1/jobs")),
        ("`GET /v1/jobs` lists them.", None),
        ("Use POST or PUT on `/v1/jobs`.", None),
        ("Do not send a POST to `/v1/jobs`.", None),
    ],
)
def test_a_sentence_names_method_and_path(sentence, asked):
    assert asked == asked_in(sentence)


@pytest.mark.parametrize(
    ("sentence", "media"),
    [
        ("The body is sent as `multipart/form-data`.", "multipart/form-data"),
        ("请求使用 application/json 提交", "application/json"),
        ("The response is `application/json`.", ""),
        ("Send `multipart/form-data` or `application/json`.", ""),
    ],
)
def test_a_sentence_names_the_content_type_of_requests(sentence, media):
    assert media == media_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "only for Pro plans",
        "wenn es fertig ist",
        "如果失败则返回",
        "場合に返ります",
        "if set",
        "cuando falla",
        "si besoin",
    ],
)
def test_a_sentence_is_conditional(sentence):
    assert is_conditional(sentence)


def test_a_sentence_that_a_writer_broke_is_one():
    lines = [
        Line(4, "The field `duration` of every recording that you have asked for is given"),
        Line(5, "in milliseconds. It is rounded."),
        Line(6, "Next"),
    ]
    whole = "The field `duration` of every recording that you have asked for is given in milliseconds."

    assert [(4, whole), (4, "It is rounded."), (6, "Next")] == list(sentences_of(lines))
