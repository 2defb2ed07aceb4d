"""Seeded recordings of the shipped contracts' tasks, each polled until it has come to its end."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["SPECS", "polled"]

SPECS = Path(__file__).resolve().parents[1] / "specs"
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_TOGETHER = 40
"""How many tasks are polled at the same time."""
_FAILING = 0.1
_URLS = {
    "duomi": "https://duomiapi.com/v1/videos/tasks/",
    "vapi": "/task/",
    "yutoai": "/avatar/task/",
}
_REASONS = ("the picture shows no face", "the text is too long", "the sound track is missing")

_Poll = tuple[int, int]
"""How far a task has come, from 0 to 5, and the second in which it is asked for."""


def polled(provider: str, count: int, *, seed: int = 1) -> Iterator[bytes]:
    """Iterate over lines of exchanges with the tasks of one shipped contract, six polls a task."""
    rng = random.Random(seed)
    answer = _ANSWERS[provider]
    tasks: list[list[Any]] = []
    for second in range(count):
        if len(tasks) < _TOGETHER:
            tasks.append([rng.getrandbits(96), second, 0, rng.random() < _FAILING])
        task = tasks[second % len(tasks)]
        asked, body = answer(task[0], task[1], (task[2], second), failing=task[3])
        task[2] += 1
        if task[2] > 5:  # noqa: PLR2004 - the end
            tasks.remove(task)
        yield orjson.dumps(
            {
                "time": _time(second),
                "request": asked,
                "response": {
                    "status": 200,
                    "headers": {"content-type": "application/json"},
                    "body": body,
                },
            }
        )


def _a2e(number: int, began: int, poll: _Poll, *, failing: bool) -> tuple[Any, Any]:
    step, second = poll
    ended = step == 5  # noqa: PLR2004 - the end
    words = ("init", "start", "pending", "process", "copy", "fail" if failing else "success")
    made = int((_BEGAN + timedelta(seconds=began)).timestamp())
    task = {
        "_id": f"{made:08x}{number % 16**16:016x}",
        "msg": _REASONS[number % 3] if ended and failing else "",
        "result": f"https://cdn.a2e.example/result_video/{number:024x}_{made:08x}_matting.mp4"
        if ended and not failing
        else "",
        "process": step * 20,
        "status": words[step],
        "anchor_type": "0",
        "web_bg_width": 1919,
        "web_bg_height": 1080,
        "color": "",
        "anchor_id": "63de16f26c6193fa4ca7a486",
        "replace_bg_id": "629067e435e495933464f034",
        "custom_backs_id": None,
        "createdAt": _time(began, ".855Z"),
        "diff_s": second - began,
        "current_date": (_BEGAN + timedelta(seconds=second)).strftime("%Y-%m-%d %H:%M:%S"),
    }
    sent = orjson.dumps({"_id": task["_id"]}).decode()
    asked = {"method": "POST", "url": "https://video.a2e.ai/api/v1/video/awsResult", "body": sent}
    return asked, {"code": 0, "data": [task]}


def _yutoai(number: int, began: int, poll: _Poll, *, failing: bool) -> tuple[Any, Any]:
    step, _ = poll
    ended = step == 5  # noqa: PLR2004 - the end
    words = (
        "NOT_START",
        "SUBMITTED",
        "QUEUED",
        "IN_PROGRESS",
        "IN_PROGRESS",
        "FAILURE" if failing else "SUCCESS",
    )
    made = int(_BEGAN.timestamp()) + began
    identity = f"{number:032x}"
    sizes = orjson.dumps({"width": 720, "height": 1280, "style": "calm"}).decode()
    work = {
        "animate_id": identity,
        "animate_params_str": sizes,
        "create_time": made * 1000 + 17,
        "example_image_url": [],
        "file_type": "VIDEO",
        "id": f"{number:024x}",
        "music_title": "",
        "no_wm_work_video_path": f"https://cdn.yuto.example/{identity}.mp4" if not failing else "",
        "play_types": ["ANIMATE", ""],
        "primary_play_type": "ANIMATE",
    }
    task = {
        "task_id": identity,
        "notify_hook": "",
        "action": "avatar-generate",
        "status": words[step],
        "fail_reason": _REASONS[number % 3] if ended and failing else "",
        "submit_time": made,
        "start_time": made + 2 if step > 1 else 0,
        "finish_time": made + 9 if ended else 0,
        "progress": f"{step * 20}%",
        "data": work if ended else None,
    }
    asked = {"method": "GET", "url": _url("yutoai", identity)}
    return asked, {"code": "success", "message": "", "data": task}


def _duomi(number: int, began: int, poll: _Poll, *, failing: bool) -> tuple[Any, Any]:
    step, second = poll
    ended = step == 5  # noqa: PLR2004 - the end
    words = ("pending", "pending", "running", "running", "running", "error" if failing else "succeeded")
    made = int(_BEGAN.timestamp())
    identity = f"{number:024x}"
    body = {
        "id": identity,
        "state": words[step],
        "data": {
            "videos": [{"url": f"https://cdn.duomi.example/{identity}.mp4"}] if ended and not failing else []
        },
        "progress": step * 20,
        "create_time": made + began,
        "update_time": made + second,
        "message": _REASONS[number % 3] if ended and failing else "",
        "action": "generate",
    }
    return {"method": "GET", "url": _url("duomi", identity)}, body


def _vapi(number: int, _: int, poll: _Poll, *, failing: bool) -> tuple[Any, Any]:
    step, _ = poll
    ended = step == 5  # noqa: PLR2004 - the end
    words = (
        "Preparing",
        "Queueing",
        "Queueing",
        "Processing",
        "Processing",
        "Fail" if failing else "Success",
    )
    identity = str(10**12 + number % 10**12)
    asked = {"method": "GET", "url": _url("vapi", identity)}
    if number % 2:
        message = _REASONS[number % 3] if ended and failing else "success"
        body: dict[str, Any] = {
            "task_id": identity,
            "status": words[step],
            "file_id": str(number % 10**11) if ended and not failing else "",
            "base_resp": {"status_code": 0, "status_msg": message},
        }
        return asked, body
    return asked, {
        "code": 0,
        "data": {
            "status": words[step],
            "video_url": f"https://cdn.vapi.example/{number:x}.mp4" if ended and not failing else "",
            "image_urls": None,
        },
        "message": _REASONS[number % 3] if ended and failing else "",
        "request_id": f"{number:x}{step}",
        "status": 200,
        "time_elapsed": f"{step}ms",
    }


def _url(provider: str, identity: str) -> str:
    return _URLS[provider] + identity


def _time(second: int, end: str = "Z") -> str:
    return (_BEGAN + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S") + end


_ANSWERS: dict[str, Callable[..., tuple[Any, Any]]] = {
    "a2e": _a2e,
    "duomi": _duomi,
    "vapi": _vapi,
    "yutoai": _yutoai,
}
