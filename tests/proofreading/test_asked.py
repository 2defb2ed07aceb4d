"""What a page lists of a request, and names no place for, against what its samples send."""

from __future__ import annotations

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread


def found(text):
    told = proofread(read_page(text.encode(), name="page.md")).contradictions
    return [(one.rule, one.pointer, one.claimed.lines.first, one.shown.lines.first) for one in told]


TABLE = {
    "en": "| Name | Type | Required | Description |\n|---|---|---|---|\n"
    "| voice | string | yes | Voice |\n| text | string | yes | Text |\n| speed | integer | no | Speed |\n",
    "zh": "| 参数名 | 类型 | 必填 | 说明 |\n|---|---|---|---|\n"
    "| voice | string | 是 | 音色 |\n| text | string | 是 | 文本 |\n| speed | integer | 否 | 语速 |\n",
    "pt": "| Nome | Tipo | Obrigatório | Descrição |\n|---|---|---|---|\n"
    "| voice | string | sim | Voz |\n| text | string | sim | Texto |\n| speed | integer | não | Ritmo |\n",
    "ru": "| Параметр | Тип | Обязательный | Описание |\n|---|---|---|---|\n"
    "| voice | string | да | Голос |\n| text | string | да | Текст |\n| speed | integer | нет | Темп |\n",
    "bullets": "- `voice` (string, required): Voice\n- `text` (string, required): Text\n"
    "- `speed` (integer, optional): Speed\n",
}
TITLES = {
    "en": "### Parameters",
    "zh": "**请求参数**",
    "pt": "## Parâmetros",
    "ru": "## Параметры",
    "bullets": "#### Parameters",
}
SAMPLES = {
    "json": "**{example}**\n\n```json\n{body}\n```\n",
    "curl": "```bash\ncurl -X POST https://api.vox.example/v1/speech \\\n  -H 'Authorization: Bearer k' \\\n"
    "  -d '{body}'\n```\n",
    "requests": "```python\nimport requests\n\n"
    'requests.post("https://api.vox.example/v1/speech", json={body})\n```\n',
    "fetch": '```js\nfetch("https://api.vox.example/v1/speech", {{\n  method: "POST",\n'
    "  body: JSON.stringify({body}),\n}})\n```\n",
    "axios": '```js\naxios.post("https://api.vox.example/v1/speech", {body})\n```\n',
}


def page(layout="en", sample="json", body='{"voice": "ann", "text": "hi", "speed": 2}', path="/v1/speech"):
    shown = SAMPLES[sample].format(example="Request example" if layout != "zh" else "请求示例", body=body)
    return f"# Speak\n\n`POST {path}`\n\n{TITLES[layout]}\n\n{TABLE[layout]}\n{shown}"


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("layout", TABLE)
def test_a_list_without_a_place_is_held_against_the_body_that_is_sent(layout, sample):
    assert found(page(layout, sample)) == []
    told = found(page(layout, sample, '{"voice": "ann", "text": "hi", "speed": "fast"}'))
    assert [one[:3] for one in told] == [("docs-type-mismatch", "/speed", 9 if layout == "bullets" else 11)]


@pytest.mark.parametrize("layout", TABLE)
def test_what_is_sent_and_not_listed_is_told(layout):
    told = found(page(layout, body='{"voice": "ann", "text": "hi", "speed": 1, "pitch": 3}'))
    assert [one[:2] for one in told] == [("docs-undocumented-field", "/pitch")]


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_is_required_and_not_sent_is_told(sample):
    told = found(page(sample=sample, body='{"voice": "ann", "speed": 1}'))
    assert [one[:3] for one in told] == [("docs-required-not-shown", "/text", 10)]


def test_what_stands_in_the_path_is_no_part_of_the_body():
    text = page(path="/v1/speech/{voice}", body='{"text": "hi", "speed": 1}')
    assert found(text) == []


@pytest.mark.parametrize(
    "call",
    [
        "curl -X POST 'https://api.vox.example/v1/speech?voice=ann&text=hi&speed=fast'",
        'curl -X POST https://api.vox.example/v1/speech -d \'{"input": {"voice": 1, "text": 2}}\'',
        'curl -X POST https://api.vox.example/v1/speech -d \'{"order": 3, "voice": 4}\'',
        "curl -X POST https://api.vox.example/v1/speech -F voice=1 -F text=2 -F speed=x",
    ],
    ids=["in the query", "inside a member", "hardly a name in common", "as a form"],
)
def test_what_no_sample_sends_in_the_body_keeps_an_unknown_place(call):
    text = f"# Speak\n\n`POST /v1/speech`\n\n## Parameters\n\n{TABLE['en']}\n```bash\n{call}\n```\n"
    assert found(text) == []


def test_a_get_that_shows_its_parameters_as_an_object_has_no_body():
    text = page(body='{"voice": "ann", "text": "hi", "speed": "2"}').replace("`POST", "`GET")
    assert found(text) == []


def test_without_an_operation_the_method_of_the_sample_call_counts():
    sent = '{"voice": "ann", "text": "hi", "speed": "fast"}'
    text = f"# Speak\n\n## Say it\n\n{SAMPLES['curl'].format(body=sent)}\n**Parameters**\n\n{TABLE['en']}"
    assert [one[:2] for one in found(text)] == [("docs-type-mismatch", "/speed")]
    assert found(text.replace("-X POST", "-X GET")) == []


WALK = """# Voices

## Clone

`POST /v1/voices/clone`

| Name | Type | Required |
|---|---|---|
| name | string | yes |
| sample | string | yes |

## Finish

`POST /v1/voices/finish`

### Complete example

```python
import requests

BASE = "https://api.vox.example/v1"
requests.post(f"{BASE}/voices/clone", json={"name": "ann", "sample": "s", "pace": 2})
```

### Request parameters

| Name | Type | Required |
|---|---|---|
| name | string | yes |
| sample | string | yes |
| note | string | yes |
"""


@pytest.mark.parametrize("base", ["https://api.vox.example/v1", "os.environ"])
def test_a_sample_call_of_another_operation_is_held_against_no_list_of_this_one(base):
    given = f'"{base}"' if base.startswith("http") else 'os.environ["BASE"]'
    text = WALK.replace('"https://api.vox.example/v1"', given)
    assert [one for one in found(text) if one[2] > 20] == []


@pytest.mark.parametrize("base", ['"https://api.vox.example/v1"', "'https://api.vox.example/v1/'"])
def test_a_base_that_the_code_names_is_a_part_of_the_address(base):
    code = f'import requests\n\nAPI = {base}\nrequests.post(f"{{API}}/speech", json={{"voice": "a"}})\n'
    assert found(f"# Speak\n\n`POST /v1/speech`\n\n```python\n{code}```\n") == []
    wrong = code.replace("/speech", "/speak")
    assert [one[:2] for one in found(f"# Speak\n\n`POST /v1/speech`\n\n```python\n{wrong}```\n")] == [
        ("docs-request-mismatch", "/speech")
    ]


def test_a_path_that_is_written_out_is_meant_before_one_with_a_place():
    text = (
        "# Effects\n\n## Create\n\n`POST /effects/create`\n\n```bash\n"
        'curl -X GET https://api.fx.example/effects/create -d \'{"image": "i"}\'\n```\n\n'
        "## Get\n\n`GET /effects/{id}`\n\n```bash\ncurl https://api.fx.example/effects/42\n```\n"
    )
    assert found(text) == [("docs-request-mismatch", "/method", 5, 8)]


DUTIES = """# Order

`POST /v1/orders`

## Parameters

| Field | Type | Description |
|---|---|---|
| client *required* | string | Client |
| side *required* | string | Side |
| price *conditionally required* | number | Price |
| limit (not required) | number | Limit |

```json
{}
```
"""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"client": "c", "side": "buy"}', []),
        ('{"client": "c", "side": "buy", "price": "5"}', [("docs-type-mismatch", "/price", 11, 15)]),
        ('{"client": "c", "price": 5}', [("docs-required-not-shown", "/side", 10, 15)]),
    ],
)
def test_a_duty_beside_a_name_is_no_part_of_it(body, told):
    text = DUTIES.replace("```json", "Request example:\n\n```json").replace("{}", body)
    assert [(rule, at, one, other - 2) for rule, at, one, other in found(text)] == told


@pytest.mark.parametrize("duty", ["Yes*", "yes \\*", "required†", "是*"])
def test_a_duty_with_a_footnote_is_none_that_always_holds(duty):
    rows = (
        f"| Name | Type | Required |\n|---|---|---|\n| text | string | {duty} |\n| image | string | {duty} |"
    )
    rest = "| size | integer | no |\n| seed | integer | no |"
    text = f"# Mesh\n\n`POST /v1/mesh`\n\n## Parameters\n\n{rows}\n{rest}\n"
    sent = '{"text": "a car", "size": 3, "seed": 4}'
    assert found(f"{text}\nRequest example:\n\n```json\n{sent}\n```\n") == []


FACTS = """# Jobs

## List jobs

- **URL**: `/jobs`
- **Method**: `GET`
- **Description**: All jobs of the caller
- **Authentication**: Required
- **Response**:

```json
{"jobs": [{"id": "j1"}], "total": 1}
```

## Create a job

- **URL**: `/jobs`
- **Method**: `POST`
- **Authentication**: None required
- **Parameters**:
  - `name` (string, required): Name
  - `size` (integer, optional): Size
- **Request**:

```json
{"name": "n", "size": SIZE}
```

- **Response**:

```json
{"id": "j1"}
```
"""


@pytest.mark.parametrize(
    ("size", "told"), [("3", []), ('"3"', [("docs-type-mismatch", "/size", 22, 26)])], ids=["right", "wrong"]
)
def test_bullets_that_say_how_a_call_is_made_are_no_fields(size, told):
    assert found(FACTS.replace("SIZE", size)) == told
    page = read_page(FACTS.encode(), name="page.md")
    assert {getattr(claim, "name", "") for claim in page.claims} <= {"", "name", "size"}


@pytest.mark.parametrize(
    "facts", ["- 请求方式：POST\n- 接口地址：`/jobs`\n- 是否鉴权：是", "- Método: POST\n- Ruta: /jobs"]
)
def test_so_are_they_in_other_languages(facts):
    page = read_page(f'# A\n\n{facts}\n\n```json\n{{"id": 1}}\n```\n'.encode(), name="page.md")
    assert [type(claim).__name__ for claim in page.claims][:1] == ["OperationClaim"]
    assert not [claim for claim in page.claims if type(claim).__name__ == "FieldClaim"]


SIDES = """# 发货

`POST /ship`

#### {asked}

| 参数 | 类型 | 说明 |
|---|---|---|
| no | string | 单号 |
| code | string | 公司 |

#### {answered}

| 参数 | 类型 | 说明 |
|---|---|---|
| ok | boolean | 成功 |
| msg | string | 说明 |

#### 示例报文

* {sent}:{gap}

```json
{{"no": "1", "code": "c"}}
```

* {came}:{gap}

```json
{{"ok": true, "msg": 3}}
```
"""


@pytest.mark.parametrize("gap", ["", "\n<br />"])
@pytest.mark.parametrize(
    ("asked", "answered", "sent", "came"),
    [
        ("请求参数", "返回参数", "请求报文", "返回报文"),
        ("Request parameters", "Response parameters", "**Request**", "**Response**"),
    ],
)
def test_a_bullet_above_an_example_says_its_side(asked, answered, sent, came, gap):
    text = SIDES.format(asked=asked, answered=answered, sent=sent, came=came, gap=gap)
    assert [one[:3] for one in found(text)] == [("docs-type-mismatch", "/msg", 17)]


def test_both_methods_of_one_path_are_named_by_their_bullets():
    text = (
        "# Tasks\n\n## Methods\n\n- **GET** `/tasks/list?state=...`\n- **POST** `/tasks/list` (form data)\n\n"
        "```bash\ncurl -X POST https://api.task.example/tasks/list -d state=open\n```\n"
    )
    page = read_page(text.encode(), name="page.md")
    assert [claim.method for claim in page.claims if type(claim).__name__ == "OperationClaim"] == [
        "GET",
        "POST",
    ]
    assert found(text) == []


@pytest.mark.parametrize(
    ("duty", "told"),
    [("required", [("docs-request-mismatch", "/token", 7, 5)]), ("", [])],
    ids=["needed", "may be left out"],
)
def test_what_may_be_left_out_of_the_query_is_no_part_of_the_path(duty, told):
    fields = (
        f'<ParamField query="token" type="string" {duty}>\nThe coin.\n</ParamField>\n\n'
        '<ParamField query="wallet" type="string" required>\nThe payer.\n</ParamField>\n'
    )
    text = f"# Pay\n\n## Request\n\n### `GET /pay/:token/start`\n\n{fields}"
    assert [(rule, at, one, other) for rule, at, one, other in found(text)] == told


COMMON = """# Groups

## COMMON

| Name | Type | Required | Description |
|---|---|---|---|
| `SHARED` | string | yes | The company |

## Mute a member

`POST /{company}/groups/{group_id}/mute`

### Path parameters

| Name | Type | Required | Description |
|---|---|---|---|
| `group_id` | string | yes | The group |

## Unmute a member

`DELETE /{company}/groups/{group_id}/mute`
"""


@pytest.mark.parametrize("title", ["Common parameters", "公共参数", "Parámetros comunes"])
@pytest.mark.parametrize(("shared", "expected"), [("company", 0), ("tenant", 1)])
def test_a_place_of_the_path_may_be_listed_for_all_calls(title, shared, expected):
    page = read_page(COMMON.replace("COMMON", title).replace("SHARED", shared).encode(), name="page")
    told = [one for one in proofread(page).contradictions if one.pointer == "/company"]
    assert len(told) == expected


@pytest.mark.parametrize(("header", "expected"), [("Content-Length", 0), ("User-Agent", 0), ("X-Region", 1)])
def test_headers_that_every_client_sends_need_no_sample(header, expected):
    page = (
        "# Jobs\n\n`POST /v1/jobs`\n\n## Headers\n\n"
        "| Name | Type | Required | Description |\n|---|---|---|---|\n"
        f"| {header} | string | yes | A header |\n\n## Request example\n\n```bash\n"
        "curl -X POST https://x.example/v1/jobs -d '{}'\n```\n"
    )
    found = proofread(read_page(page.encode(), name="page")).contradictions
    assert len([one for one in found if one.pointer == f"/{header}"]) == expected
