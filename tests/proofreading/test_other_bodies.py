"""What a page shows beside the body that it lists: callbacks, failures, envelopes of every answer."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

JOB = "# Jobs\n\n`GET /jobs/{id}`\n\n## Response\n\n"
CELLS = "Get a job\nGET /jobs/{id}\n\nResponse\n"
ROWS = "| Field | Type | Required |\n|---|---|---|\n"
LIST = ROWS + "| id | string | yes |\n| state | string | yes |\n| url | string | yes |\n"
SHOWN = '\n```json\n{"id": "a", "state": "done", "url": "https://a.example"}\n```\n'


def page_of(text):
    return read_page(text.encode(), name="page")


def found(text):
    return sorted(f"{one.rule} {one.pointer or '(body)'}" for one in proofread(page_of(text)).contradictions)


def fields(text):
    return [".".join(one.path) for one in page_of(text).claims if type(one).__name__ == "FieldClaim"]


def fence(body, info="json"):
    return f"\n```{info}\n{body}\n```\n"


@pytest.mark.parametrize(
    "title",
    ["Callback", "Webhook", "Webhooks and retries", "回调协议", "轨迹推送", "异步通知", "コールバック"],
)
def test_what_a_provider_sends_by_itself_is_not_judged_by_the_answers_list(title):
    sent = fence('{"id": "a", "state": "done", "event": "job.done", "charged": 3}')
    assert found(f"{JOB}{LIST}{SHOWN}\n## {title}\n{sent}") == []


def test_a_title_that_only_names_the_callbacks_address_is_about_the_answer():
    assert found(
        f"{JOB}{LIST}\n### Response, callback_url given\n" + fence('{"id": 1, "state": "", "url": ""}')
    ) == ["docs-type-mismatch /id"]


def test_a_callback_is_judged_by_the_list_below_its_own_title():
    sent = f"\n## Webhook\n\n{ROWS}| event | string | yes |\n| id | string | yes |\n" + fence(
        '{"event": "job.done", "id": 1}'
    )
    assert found(JOB + LIST + SHOWN + sent) == ["docs-type-mismatch /id"]


@pytest.mark.parametrize(
    ("info", "body"),
    [
        ("json Not Found", '{"id": "a", "reason": "unknown"}'),
        ("json", '{"code": 404, "id": "a"}'),
        ("json", '{"success": false, "id": "a"}'),
    ],
    ids=["by the name of its tab", "by its code", "by its word"],
)
def test_a_failure_beside_a_success_lacks_nothing(info, body):
    assert found(JOB + LIST + SHOWN + fence(body, info)) == []


def test_an_envelope_without_content_is_a_failure_where_another_example_has_content():
    rows = f"{ROWS}| code | integer | yes |\n| message | string | no |\n| data | object | yes |\n"
    full = fence('{"code": 0, "data": {"id": "a"}}')
    bare = fence('{"code": 1002, "message": "unknown"}')
    assert found(JOB + rows + full + bare) == []
    assert found(JOB + rows + bare) == ["docs-required-not-shown /data"]


@pytest.mark.parametrize("title", ["查询失败", "任务异常", "失败示例", "Request failed"])
def test_a_title_may_say_that_something_failed(title):
    assert found(f"{JOB}{LIST}{SHOWN}\n### {title}\n" + fence('{"id": "a", "reason": "unknown"}')) == []


def test_an_example_of_something_else_is_told_only_where_no_other_one_is_the_lists():
    strange = fence('{"pushed": 1, "count": 1, "entries": []}')
    assert found(JOB + LIST + SHOWN + strange) == []
    assert found(JOB + LIST + strange) == ["docs-other-answer (body)"]


def test_a_name_that_a_line_begins_with_is_listed_though_its_line_was_not_read():
    shown = '{"id": "a", "state": "done", "extra": {}}'
    text = f"{CELLS}{shown}\n\nid\nstring\nIts id\n\nstate\nstring\nHow it goes\n"
    assert found(text) == ["docs-undocumented-field /extra"]
    assert found(f"{text}\nextra\nmap\nAnything\n") == []


def test_a_success_lacks_what_is_required():
    assert found(JOB + LIST + fence('{"id": "a", "state": "done"}')) == ["docs-required-not-shown /url"]


ENVELOPED = fence('{"code": 0, "request_id": "r", "data": {"id": "a", "state": "done", "url": "u"}}')


@pytest.mark.parametrize(
    "sentence",
    [
        "The common response envelope is described elsewhere.",
        "All answers are wrapped as the conventions tell.",
        "通用返回参数请参考公共文档。",
        "重点关注data中以下字段，其他为公共返回。",
        "The table lists the fields of data only.",
    ],
)
def test_an_envelope_that_a_page_speaks_of_is_no_shift(sentence):
    assert found(f"{JOB}{sentence}\n\n{LIST}{ENVELOPED}") == []


def test_an_envelope_that_no_page_speaks_of_is_one_shift_and_its_own_members_are_not_told():
    assert found(JOB + LIST + ENVELOPED) == ["docs-level-shift (body)"]


def test_words_of_a_listed_field_say_nothing_of_another_body_that_has_its_name():
    listed = f"{ROWS}| id | string | yes |\n| type | string: one of `card`, `cash` | yes |\n"
    shown = fence('{"id": "a", "type": "card"}')
    failed = (
        '\nErrors look like this:\n\n```json\n{"error": {"type": "invalid_request", "text": "no"}}\n```\n'
    )
    assert found(JOB + listed + shown + failed) == []


def test_a_parameter_that_may_be_left_out_is_not_renamed_to_another():
    rows = "| model | string | yes |\n| stream | boolean | no |\n| messages | array | yes |\n"
    sample = fence('{"model": "m", "messages": ["hi"], "stream": true, "temperature": 1}')
    text = f"# Chats\n\n`POST /chats`\n\n## Request body\n\n{ROWS}{rows}"
    for optional in ("no", ""):
        row = f"| max_tokens | integer | {optional} |\n"
        assert found(text + row + sample) == ["docs-undocumented-field /temperature"]
    assert found(f"{text}| max_tokens | integer | yes |\n{sample}") == ["docs-request-mismatch /temperature"]


@pytest.mark.parametrize(
    "line",
    [
        "- `id` *string* The identifier",
        "- **id** `string` 任务ID。",
        "- **`id`** `string` **required** The identifier",
    ],
)
def test_a_name_and_its_type_may_each_have_marks_of_their_own(line):
    text = f"{JOB}{line}\n" + line.replace("id", "state").replace("The identifier", "How it goes")
    assert fields(text) == ["id", "state"]


def test_bullets_inside_a_field_in_bold_are_its_members():
    members = "- **task** `string` Its name.\n- **url** `string` Where.\n"
    text = f"{JOB}**output** `object`\n\nWhat came.\n\n{members}\n**id** `string`\n\nIts id.\n"
    assert fields(text) == ["output", "output.task", "output.url", "id"]


def test_a_word_below_another_one_is_a_value_and_no_title():
    text = f"{CELLS}status\nstring\nrequired\nwaiting\ncompleted\nfailed\nurl\nstring\nWhere\n"
    assert fields(text) == ["status", "url"]
    assert {one.scope.status for one in page_of(text).claims} == {""}


def test_a_number_inside_a_description_is_no_status():
    text = f"{CELLS}code\ninteger\nStatus code, 100 for success\nurl\nstring\nWhere\n"
    assert fields(text) == ["code", "url"]
    assert {one.scope.status for one in page_of(text).claims} == {""}


CHINESE = f"{JOB}| 字段 | 类型 | 说明 |\n|---|---|---|\n| id | string | 任务 |\n"


def test_second_level_timestamps_are_seconds():
    text = f"{CHINESE}| created | integer | 秒级时间戳 |\n"
    assert found(text + fence('{"id": "a", "created": 1717406400000}')) == ["docs-prose-mismatch /created"]
    assert found(text + fence('{"id": "a", "created": 1717406400}')) == []


def test_values_whose_words_go_on_are_all_read():
    said = "状态 in_queue：已提交 generating：处理中，请等待 done：完成，成功或者失败 not_found：未找到"
    text = f"{CHINESE}| status | string | {said} |\n"
    assert found(text + fence('{"id": "a", "status": "done"}')) == []
    assert found(text + fence('{"id": "a", "status": "over"}')) == ["docs-status-set-mismatch /status"]
