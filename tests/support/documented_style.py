"""Documented-style samples: answers made after the four pages, none of them captured.

For each provider a walk of one task from queued to its end, with the provider's own words, units and
envelopes, as exchanges in our own recording format.
"""

import json
from copy import deepcopy

from wireproof.exchange import Exchange, Origin, Request, Response

START = 1_736_868_700
URL = "https://cdn.host.io/clips/{}.mp4"


def hex_id(number, length):
    return f"6786830d{number:0{length - 8}x}"


def yutoai(number, state, progress):
    task = hex_id(number, 32)
    word = {"queued": "QUEUED", "running": "IN_PROGRESS", "succeeded": "SUCCESS", "failed": "FAILURE"}[state]
    ended = state in {"succeeded", "failed"}
    begun = state != "queued"
    url = URL.format(task) if state == "succeeded" else ""
    body = {
        "code": "success",
        "message": "",
        "data": {
            "task_id": task,
            "notify_hook": "",
            "action": "avatar-generate",
            "status": word,
            "fail_reason": "no face in the picture" if state == "failed" else "",
            "submit_time": START,
            "start_time": START + 5 if begun else 0,
            "finish_time": START + 60 if ended else 0,
            "progress": f"{progress}%",
            "data": {
                "animate_id": task,
                "animate_params_str": "{}",
                "create_time": (START - 100) * 1000 + 19,
                "no_wm_work_video_path": url,
                "wm_work_video_path": url,
                "work_video_path": url,
            }
            if begun
            else None,
        },
    }
    return "GET", f"https://gateway.host.io/avatar/task/{task}", None, body


def vapi(number, state, _):
    task = f"31405287557{number:04}"
    word = {"queued": "Queueing", "running": "Processing", "succeeded": "Success", "failed": "Fail"}[state]
    body = {
        "status": word,
        "task_id": task,
        "file_id": f"31405313642{number:04}" if state == "succeeded" else "",
        "base_resp": {
            "status_msg": "the prompt was refused" if state == "failed" else "success",
            "status_code": 0,
        },
        "video_width": 768,
        "video_height": 1152,
    }
    return "GET", f"https://vapi.host.io/v1/task/{task}", None, body


def a2e(number, state, progress):
    task = hex_id(number, 24)
    word = {"queued": "pending", "running": "process", "succeeded": "success", "failed": "fail"}[state]
    body = {
        "code": 0,
        "data": [
            {
                "_id": task,
                "msg": "no voice in the sound" if state == "failed" else "",
                "result": URL.format(task) if state == "succeeded" else "",
                "process": progress,
                "status": word,
                "anchor_type": "0",
                "createdAt": "2025-01-14T15:30:21.855Z",
                "diff_s": 60 + progress,
                "current_date": "2025-01-14 23:32:11",
            }
        ],
    }
    return "POST", "https://video.a2e.ai/api/v1/video/awsResult", {"_id": task}, body


def duomi(number, state, progress):
    task = f"57b9ba07-db5e-4ed5-bf18-{number:012x}"
    word = {"queued": "pending", "running": "running", "succeeded": "succeeded", "failed": "error"}[state]
    body = {
        "id": task,
        "state": word,
        "data": {"videos": [{"url": URL.format(task)}] if state == "succeeded" else []},
        "progress": progress,
        "create_time": START,
        "update_time": START + progress,
        "message": "the prompt was refused" if state == "failed" else "",
        "action": "generate",
    }
    return "GET", f"https://duomiapi.com/v1/videos/tasks/{task}", None, body


PROVIDERS = {"a2e": a2e, "duomi": duomi, "vapi": vapi, "yutoai": yutoai}
WALK = (("queued", 0), ("running", 20), ("running", 60), ("succeeded", 100))


def poll(provider, number, state, progress, *, second, asked=None, change=None, status=200):
    """Return one exchange about the task `number`; `asked` is the number that the request has instead."""
    method, url, sent, body = PROVIDERS[provider](number, state, progress)
    if asked is not None:
        _, url, sent, _ = PROVIDERS[provider](asked, state, progress)
    body = deepcopy(body)
    if change is not None:
        change(body)
    request = Request(method, url, (), None if sent is None else json.dumps(sent).encode())
    response = Response(json.dumps(body).encode(), status, (("content-type", "application/json"),))
    time = None if second is None else f"2025-01-14T15:33:{second:02}Z"
    return Exchange(response, request, time, Origin(f"{provider}.jsonl", second or 0))


def walk(provider, number, *, steps=WALK, begin=0):
    """Return the polls of one task from queued to its end."""
    return [
        poll(provider, number, state, progress, second=begin + 3 * index)
        for index, (state, progress) in enumerate(steps)
    ]


def without_result(body):
    """Empty every result of an answer, whichever provider's it is."""
    emptied = {"result", "file_id", "no_wm_work_video_path", "wm_work_video_path", "work_video_path"}

    def empty(value):
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            if key in emptied:
                value[key] = ""
            elif key == "videos":
                value[key] = []
            elif isinstance(member, dict | list):
                empty(member)

    empty(body)
