"""The smallest set of named changes that explains what is wrong, on contracts that chance makes up."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.contracts import body_schema, contract, findings
from support.invented import Inventor
from wireproof.diagnosis.search import _stand_in
from wireproof.examining import Options, examine
from wireproof.examples import payload
from wireproof.exchange import Exchange
from wireproof.validating import Judge
from wireproof.validating.judge import _Sites

TASK = {
    "type": "object",
    "required": ["code", "data"],
    "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string"},
        "data": {
            "type": "object",
            "required": ["task_id", "status"],
            "properties": {
                "task_id": {"type": "string"},
                "status": {"type": "string"},
                "progress": {"type": "integer"},
                "videos": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["url"],
                        "properties": {"url": {"type": "string"}},
                    },
                },
            },
        },
    },
}
BODY = {
    "code": 0,
    "message": "",
    "data": {"task_id": "t", "status": "done", "progress": 100, "videos": [{"url": "u"}]},
}


def found(body, schema=TASK):
    return findings(contract(schema), body)


def report_on(*bodies):
    records = [Exchange.from_parts(method="GET", url="/thing", status=200, body=body) for body in bodies]
    return examine([contract(TASK)], records, options=Options())


def test_two_changes_are_told_as_two():
    data = {"taskId": "t", "status": "done", "video": {"items": [{"url": "u"}]}}
    assert found({"result": {"code": 0, "data": data}}) == [
        ("envelope-added", ""),
        ("field-renamed", "/data/task_id"),
        ("undocumented-field", "/result/data/video"),
    ]


def test_a_change_absorbs_its_splinters_and_names_both_ends():
    body = {"code": 0, "data": {"taskId": "t", "status": "done"}}
    report = examine([contract(TASK)], [_exchange(body)])
    (finding,) = report.findings
    assert (finding.location.pointer, finding.location.to) == ("/data/task_id", "/data/taskId")
    assert [(part.rule, part.location.pointer) for part in finding.absorbs] == [
        ("required-missing", "/data/task_id"),
        ("undocumented-field", "/data/taskId"),
    ]


def test_drift_inside_a_moved_body_is_told_at_the_place_the_contract_has():
    assert found({"result": {**BODY, "code": "0"}}) == [("envelope-added", ""), ("type-changed", "/code")]


def test_what_no_change_explains_stays_as_it_is():
    assert found({"code": 0, "data": {"status": "done"}, "extra": 1}) == [
        ("required-missing", "/data/task_id"),
        ("undocumented-field", "/extra"),
    ]


def test_the_hundredth_sighting_is_a_count():
    body = b'{"code": 0, "data": {"taskId": "t", "status": "done"}}'
    (finding,) = report_on(*[body] * 100).findings
    assert (finding.rule, finding.sightings, finding.of) == ("field-renamed", 100, 100)


def test_a_large_body_is_diagnosed_by_a_small_one():
    videos = [{"URL": f"u{number}"} for number in range(5000)]
    body = {**BODY, "data": {**BODY["data"], "videos": videos}}
    assert found(body) == [("field-renamed", "/data/videos/*/url")]


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.sampled_from(["3.0.3", "3.1.0"]))
def test_a_body_under_an_unknown_key_is_one_finding(chance, version):
    made = Inventor(chance, version=version).contract()
    schemas, name = body_schema(made)
    body = payload(schemas, name, chance)
    wrapped = {"qqenvelope": body}
    judge = Judge(schemas)
    assume(isinstance(body, dict) and judge.judge(name, body).survey.named > 1)
    assume(judge.judge(name, wrapped).sites and not judge.judge(name, wrapped).survey.free)
    assert [rule for rule, _ in findings(made, wrapped)] in (
        ["envelope-added"],
        ["undocumented-field"],  # where nothing is required, an unknown member may be all it is
    )


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.sampled_from(["3.0.3", "3.1.0"]))
def test_a_clean_body_needs_no_change(chance, version):
    made = Inventor(chance, version=version).contract()
    schemas, name = body_schema(made)
    found = findings(made, payload(schemas, name, chance))
    assert [rule for rule, _ in found if rule != "ambiguous-json"] == []  # a number may be huge


def _exchange(body):
    import json

    return Exchange.from_parts(method="GET", url="/thing", status=200, body=json.dumps(body).encode())


def test_many_renamed_members_are_each_told_once(monkeypatch):
    names = [f"fieldName{number}" for number in range(60)]
    schema = {"type": "object", "required": names, "properties": {name: {"type": "string"} for name in names}}
    made = contract(schema)
    told = []
    site = _Sites._site
    monkeypatch.setattr(
        _Sites, "_site", lambda self, *rest, **more: told.append(1) or site(self, *rest, **more)
    )
    Judge(made.schemas).judge(body_schema(made)[1], dict.fromkeys(map(str.upper, names), "x"))
    assert len(told) == 2 * len(names)


def test_a_search_looks_at_few_items_of_a_list_in_which_each_is_odd_in_its_own_way():
    schema = {"type": "array", "items": {"type": "object", "properties": {"kind": {"type": "string"}}}}
    made = contract(schema)
    judge, value = Judge(made.schemas), [{"typ": "a", f"own{number}": 1} for number in range(100)]
    small = _stand_in(value, judge.judge(body_schema(made)[1], value))
    assert len(small) == 16


def test_another_style_of_every_name_is_told_for_each():
    names = [f"field_name_{number}" for number in range(60)]
    schema = {"type": "object", "required": names, "properties": {name: {"type": "string"} for name in names}}
    report = examine([contract(schema)], [_exchange({f"fieldName{number}": "a" for number in range(60)})])
    assert {finding.rule for finding in report.findings} == {"field-renamed"}
    assert sorted(finding.location.pointer for finding in report.findings) == sorted(f"/{n}" for n in names)
    assert {len(finding.absorbs) for finding in report.findings} == {2}
