"""Titles and labels are read by their grammar, in the languages of documentation."""

from __future__ import annotations

import pytest

from wireproof.claims.claim import ExampleClaim, FieldClaim
from wireproof.claims.page import read_page
from wireproof.claims.titles import label_of, marked_title, names_action, unmarked_title


def roles(text):
    return " ".join(sorted(marked_title(text).roles))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Request body fields", "body fields request"),
        ("リクエストボディパラメータ", "body parameters request"),
        ("Corps de la requête", "body request"),
        ("Exemplo de resposta", "example response"),
        ("Antwortfelder", "fields response"),
        ("응답 예시", "example response"),
        ("💡 Response example", "example response"),
        ("[Success Response]", "response success"),
        ("Request & response example", "example request response"),
    ],
)
def test_a_title_announces_a_part(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Request Parameter Error", "error"),
        ("请求参数错误", "error"),
        ("Errores de la solicitud", "error"),
        ("Error response", "error response"),
        ("请求错误响应示例", "error example response"),
        ("Error codes", "codes error"),
        ("Error in the upload request", "error request"),
    ],
)
def test_what_an_error_is_of_is_no_side(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Query parameters", "parameters query"),
        ("List jobs query parameters", "parameters query"),
        ("Query string", "parameters query"),
        ("Query", "query"),
        ("查询参数", "parameters query"),
        ("Query 参数", "parameters query"),
        ("Parámetros de consulta", "parameters query"),
        ("クエリパラメータ", "parameters query"),
        ("任务查询", ""),
        ("查询", ""),
        ("Query a task", ""),
        ("查询任务请求参数", "parameters request"),
        ("订单查询参数", "parameters"),
    ],
)
def test_a_query_is_a_place_only_beside_the_name_of_a_part(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "subject"),
    [
        ("Submit task request parameters", "parameters request", {"submit"}),
        ("Create a voice: response fields", "fields response", {"create", "voice"}),
        ("Cancel the order response", "response", {"cancel", "order"}),
        ("提交任务返回参数", "parameters response", {"提交"}),
        ("提交任务请求&返回完整示例", "example request response", {"提交"}),
        ("データ取得 レスポンス", "response", {"取得"}),
        ("Cancel a request", "", {"cancel"}),
        ("Read the response", "", {"read"}),
        ("Check error codes", "", {"check"}),
        ("Request a data export", "", {"export", "request"}),
        ("Auftrag anlegen", "", {"auftrag", "anlegen"}),
    ],
)
def test_an_action_announces_the_part_that_its_title_ends_with(text, expected, subject):
    title = marked_title(text)
    assert (title.acts, " ".join(sorted(title.roles)), title.words) == (True, expected, subject)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Response: 202 Accepted", "202"),
        ("Response: `202 Accepted`", "202"),
        ("レスポンス（202 Accepted）", "202"),
        ("Antwort: 200 OK", "200"),
        ("任务完成 (200)", "200"),
        ("Task is gone (HTTP 410)", "410"),
        ("400 - 请求参数错误", "400"),
        ("404 任务不存在", "404"),
        ("403: no access to this voice", "403"),
        ("422 Invalid scene", "422"),
        ("HTTP 503", "503"),
        ("4XX", "4XX"),
        ("512", ""),
        ("Response 712", ""),
        ("500 requests per minute", ""),
        ("200 voices", ""),
        ("100 examples of prompts", ""),
    ],
)
def test_a_status_is_told_from_a_number(text, expected):
    assert marked_title(text).status == expected


def test_the_reason_of_a_status_is_no_side_and_no_subject():
    title = marked_title("400 - request body is broken")
    assert (title.roles, title.words, title.status) == (frozenset(), frozenset(), "400")


def test_what_leads_from_one_word_to_another_is_told_from_the_way_back():
    assert marked_title("Text to Speech ✅").words == {"text", "speech", "text to speech"}
    assert marked_title("Speech-to-Text").words == {"text", "speech", "speech to text"}


@pytest.mark.parametrize(
    "text",
    [
        "Response example (queued)",
        "响应示例(处理中)",
        "提交任务返回参数",
        "Response (202 Accepted):",
        "Not Found",
        "🟢 200",
    ],
)
def test_a_plain_line_of_known_words_is_a_title(text):
    assert unmarked_title(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "body (object)",
        "response (string, required)",
        "Send the response.",
        "Update the header",
        "512",
        "error: 12, 200",
        "A response that nobody has seen so far",
        "limit = 200",
    ],
)
def test_a_field_or_a_sentence_is_no_title(text):
    assert unmarked_title(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Response**: `202 Accepted`", {"response"}),
        ("**Text-to-Speech response**", {"response"}),
        ("**Response for dubbing** (object)", None),
        ("**Response time**", None),
        ("**Dubbing**", None),
        ("**What a response is.**", None),
    ],
)
def test_a_label_ends_with_what_it_announces(text, expected):
    title = label_of(text)
    assert (title and title.roles) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callback body", (True, False)),
        ("回调内容", (True, False)),
        ("Callback configuration", (False, True)),
        ("Configure webhooks", (False, True)),
        ("Webhook URL", (False, True)),
        ("コールバック設定", (False, True)),
        ("Response", (False, False)),
    ],
)
def test_setting_up_a_callback_is_the_callers(text, expected):
    title = marked_title(text)
    assert (title.called_back, title.sets_up) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2. Create a voice", True), ("任务查询", True), ("Stimme anlegen", True), ("作業", False), ("", False)],
)
def test_a_title_names_what_a_caller_does(text, expected):
    assert names_action(text) is expected


def claims(page):
    return read_page(page.encode(), name="page").claims


def examples(page):
    return [
        (one.scope.side, one.scope.status, one.scope.called_back)
        for one in claims(page)
        if isinstance(one, ExampleClaim)
    ]


def test_a_bold_label_with_a_status_behind_it_heads_an_answer():
    page = """# Jobs
`POST /jobs`

**Corpo da requisição:**

```json
{"clip": "a"}
```

**Resposta**: `202 Accepted`

```json
{"job": 1}
```

**エラー（400 Bad Request）:**

```json
{"why": "clip"}
```
"""
    assert examples(page) == [("request", "", False), ("response", "202", False), ("response", "400", False)]


def test_a_number_in_a_table_that_a_scrape_took_apart_is_no_status():
    page = (
        '响应参数\n\n| 参数 | 类型 |\n|---|---|\n| a | int |\n\n512\n\n响应示例\n\n```json\n{"a": 1}\n```\n'
    )
    assert examples(page) == [("response", "", False)]


def test_a_sentence_tells_the_side_of_the_example_below_it():
    page = """# Renders
`POST /renders`

Send this scene:

```json
{"scene": 1}
```

Once the scene is stored, the server answers with:

```json
{"render": 2}
```

When it is done, we POST this to your address:

```json
{"done": 2}
```
"""
    assert examples(page) == [("request", "", False), ("response", "", False), ("", "", True)]


def test_the_object_that_a_sentence_names_is_the_home_of_the_list():
    page = """# Antwort
Das Objekt `vorgang` enthält folgende Felder:

| Feld | Typ |
|---|---|
| status | string |
| nummer | string |

Beispiel der Antwort:

```json
{"status": 200, "vorgang": {"status": "offen", "nummer": "7"}}
```
"""
    fields = [one.path for one in claims(page) if isinstance(one, FieldClaim)]
    assert fields == [("vorgang", "status"), ("vorgang", "nummer")]
