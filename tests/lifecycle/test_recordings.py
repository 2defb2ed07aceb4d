"""Three tasks of each provider, polled from queued to their end: what was wrong with each is told once."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.documented_style import PROVIDERS, WALK, poll, walk, without_result
from wireproof import iter_records, registry, task_of
from wireproof.examining import examine
from wireproof.exchange import Origin
from wireproof.recording import write_exchange

CONTRACTS = registry()
BACKWARDS = (("queued", 0), ("running", 20), ("succeeded", 100), ("running", 60), ("succeeded", 100))
PLACES = {
    "a2e": ("/data/*/status", "/data/*/result", "/data/*/_id"),
    "duomi": ("/state", "/data/videos/*/url", "/id"),
    "vapi": ("/status", "/file_id", "/task_id"),
    "yutoai": ("/data/status", "/data/data/no_wm_work_video_path", "/data/task_id"),
}


def three_tasks(provider):
    """Return a recording: one task runs backwards, one succeeds without a result, one answers for another."""
    records = [
        *walk(provider, 1, steps=BACKWARDS),
        *walk(provider, 2, steps=WALK[:3], begin=20),
        poll(provider, 2, "succeeded", 100, second=30, change=without_result),
        *walk(provider, 3, steps=WALK[:3], begin=40),
        poll(provider, 9, "succeeded", 100, second=50, asked=3),
    ]
    return [
        replace(record, origin=Origin(f"{provider}.jsonl", index)) for index, record in enumerate(records)
    ]


def told(report):
    return sorted((finding.rule, finding.location.pointer) for finding in report.findings)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_clean_tasks_from_queued_to_their_end_are_silent(provider):
    records = [
        *walk(provider, 1),
        *walk(provider, 2, begin=20),
        *walk(provider, 3, steps=(*WALK[:3], ("failed", 0)), begin=40),
    ]
    report = examine(CONTRACTS, records)
    assert told(report) == []
    tasks = sorted(report.histories.tasks, key=lambda task: task.first.order)
    assert [task.view.state for task in tasks] == ["succeeded", "succeeded", "failed"]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_three_tasks_with_one_defect_each_give_three_findings(provider, tmp_path):
    status, result, identifier = PLACES[provider]
    path = tmp_path / "recording.jsonl"
    path.write_text("".join(f"{write_exchange(record)}\n" for record in three_tasks(provider)))
    report = examine(CONTRACTS, iter_records([str(path)], stdin=None))
    expected = [
        ("success-without-result", result),
        ("task-id-mismatch", identifier),
        ("task-regressed", status),
    ]
    assert told(report) == expected
    assert [finding.sightings for finding in report.findings] == [1, 1, 1]


@settings(deadline=None, max_examples=40)  # each compiles the contracts thrice
@given(data=st.data(), provider=st.sampled_from(sorted(PROVIDERS)))
def test_order_and_split_of_the_exchanges_do_not_change_the_report(data, provider):
    records = three_tasks(provider)
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))
    whole = examine(CONTRACTS, records)
    left, right = examine(CONTRACTS, shuffled[:cut]), examine(CONTRACTS, shuffled[cut:])
    assert left.merge(right).to_json() == whole.to_json()
    assert right.merge(left).to_json() == whole.to_json()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_task_reads_alike_for_every_provider(provider):
    states = [task_of(record).state for record in walk(provider, 1)]
    assert states == ["queued", "running", "running", "succeeded"]
    task = task_of(walk(provider, 1)[-1])
    assert task.terminal
    assert len(task.results) == (3 if provider == "yutoai" else 1)
    assert task.progress == (None if provider == "vapi" else 1.0)
    assert task.reason is None
    failed = task_of(poll(provider, 1, "failed", 0, second=1))
    assert (failed.state, failed.results) == ("failed", ())
    assert isinstance(failed.reason, str)


def test_the_json_report_lists_tasks_and_shows_no_string_of_theirs():
    records = [*walk("yutoai", 1), *walk("duomi", 2)]
    report = examine(CONTRACTS, records).to_json()
    shown = json.dumps(report["tasks"])
    assert [task["state"] for task in report["tasks"]] == ["succeeded", "succeeded"]
    assert [task["wire_state"] for task in report["tasks"]] == ["succeeded", "SUCCESS"]
    assert [task["answers"] for task in report["tasks"]] == [4, 4]
    assert report["tasks"][1]["times"] == {
        "submitted": "2025-01-14T15:31:40Z",
        "started": "2025-01-14T15:31:45Z",
        "finished": "2025-01-14T15:32:40Z",
    }
    assert "cdn.host.io" not in shown
    assert "6786830d" not in shown
