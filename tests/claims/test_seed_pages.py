"""Four pages of real providers, read completely: the facts below were read by hand."""

import os
from pathlib import Path

import pytest

from wireproof.claims.claim import (
    CallClaim,
    ExampleClaim,
    FieldClaim,
    Lines,
    OperationClaim,
    ParameterClaim,
    ValuesClaim,
)
from wireproof.claims.page import read_page

FOLDER = os.environ.get("WIREPROOF_SEED_PAGES", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="WIREPROOF_SEED_PAGES names no folder with the four pages")

YES, NO, OPEN = True, False, None
FIELDS = {
    "000": [
        (57, "code", "number", NO),
        (61, "data", "object", NO),
        (64, "data.id", "string", NO),
        (68, "data.work_name", "string", NO),
        (72, "data.work_video_path", "string", NO),
        (76, "data.wm_work_video_path", "string", NO),
        (80, "data.no_wm_work_video_path", "string", NO),
        (84, "data.work_webp_path", "string", NO),
        (88, "data.web_work_status", "number", NO),
        (92, "data.create_time", "number", NO),
    ],
    "001": [
        (26, "code", "integer", OPEN),
        (27, "data", "object", OPEN),
        (28, "data.status", "string", OPEN),
        (29, "data.resp_data", "string", OPEN),
        (30, "data.video_url", "string", OPEN),
        (31, "data.image_urls", "array", OPEN),
        (32, "data.binary_data_base64", "array", NO),
        (33, "status", "integer", NO),
        (34, "message", "string", OPEN),
        (35, "request_id", "string", OPEN),
        (36, "time_elapsed", "string", OPEN),
        (56, "file_id", "string", NO),
        (57, "task_id", "string", OPEN),
        (58, "base_resp", "object", OPEN),
        (58, "base_resp.status_code", "", OPEN),
        (58, "base_resp.status_msg", "", OPEN),
        (59, "video_width", "", NO),
        (59, "video_height", "", NO),
    ],
    "002": [
        (40, "_id", "string", YES),
        (75, "code", "integer", YES),
        (78, "data", "array", YES),
        (81, "data.*._id", "string", YES),
        (84, "data.*.msg", "string", NO),
        (87, "data.*.result", "string", YES),
        (90, "data.*.process", "integer", NO),
        (93, "data.*.status", "string", YES),
        (104, "data.*.anchor_type", "string", NO),
        (107, "data.*.web_bg_width", "integer", NO),
        (110, "data.*.web_bg_height", "integer", NO),
        (113, "data.*.color", "string", NO),
        (116, "data.*.result_people_url", "string", NO),
        (119, "data.*.result_bg_url", "string", NO),
        (122, "data.*.anchor_id", "string", NO),
        (125, "data.*.replace_bg_id", "string", NO),
        (128, "data.*.custom_backs_id", "null", NO),
        (131, "data.*.createdAt", "string", NO),
        (134, "data.*.diff_s", "integer", NO),
        (137, "data.*.current_date", "string", NO),
    ],
    "003": [
        (42, "id", "string", YES),
        (44, "state", "string", YES),
        (64, "data", "object", YES),
        (67, "data.videos", "array", YES),
        (72, "data.videos.*.url", "string", NO),
        (80, "progress", "integer", YES),
        (82, "create_time", "integer", YES),
        (84, "update_time", "integer", YES),
        (86, "message", "string", YES),
        (88, "action", "string", YES),
    ],
}
PARAMETERS = {
    "000": [(21, 26, "id", "path", YES), (32, 36, "Authorization", "header", NO)],
    "001": [(17, 18, "task_id", "path", YES)],
    "002": [],
    "003": [(20, 20, "task_id", "path", YES), (27, 27, "Authorization", "header", YES)],
}
EXAMPLES = {
    "000": [("response", 101, 156, 0)],
    "001": [("response", 41, 52, 0)],
    "002": [("request", 44, 46, 0), ("request", 70, 70, 0), ("response", 141, 162, 0)],
    "003": [],
}
STATUSES = {
    "000": [(8, 14, "NOT_START SUBMITTED QUEUED IN_PROGRESS FAILURE SUCCESS UNKNOWN")],
    "001": [(26, 26, "0"), (28, 28, "Success Processing Failed")],
    "002": [
        (20, 33, "init start pending process copy success fail"),
        (97, 103, "init start pending process copy success fail"),
    ],
    "003": [(52, 61, "pending running succeeded error"), (94, 97, "generate remix")],
}
OPERATIONS = {
    "000": ("GET", "/avatar/task/{id}", Lines(1, 1)),
    "001": ("GET", "/task/{task_id}", Lines(7, 7)),
    "002": ("POST", "/api/v1/video/awsResult", Lines(16, 17)),
    "003": ("GET", "/v1/videos/tasks/{task_id}", Lines(13, 13)),
}


def read(number):
    path = next(Path(FOLDER).glob(f"{number}_*"))
    return read_page(path.read_bytes(), name=path.name)


def claims(number, kind):
    return [claim for claim in read(number).claims if isinstance(claim, kind)]


@pytest.mark.parametrize("number", FIELDS)
def test_every_documented_field(number):
    actual = [
        (claim.lines.first, ".".join(claim.path), "|".join(claim.types), claim.required)
        for claim in claims(number, FieldClaim)
    ]
    assert actual == FIELDS[number]


@pytest.mark.parametrize("number", PARAMETERS)
def test_every_parameter(number):
    actual = [
        (claim.lines.first, claim.lines.last, claim.name, claim.location, claim.required)
        for claim in claims(number, ParameterClaim)
    ]
    assert actual == PARAMETERS[number]


@pytest.mark.parametrize("number", EXAMPLES)
def test_every_example(number):
    actual = [
        (claim.scope.side, claim.lines.first, claim.lines.last, len(claim.repairs))
        for claim in claims(number, ExampleClaim)
    ]
    assert actual == EXAMPLES[number]


@pytest.mark.parametrize("number", STATUSES)
def test_every_list_of_values(number):
    actual = [
        (claim.lines.first, claim.lines.last, " ".join(str(value.value) for value in claim.values))
        for claim in claims(number, ValuesClaim)
    ]
    assert actual == STATUSES[number]


@pytest.mark.parametrize("number", OPERATIONS)
def test_the_operation(number):
    actual = [(claim.method, claim.path, claim.lines) for claim in claims(number, OperationClaim)]
    assert actual == [OPERATIONS[number]]


def test_two_lists_word_one_status_differently():
    first, second = claims("002", ValuesClaim)
    differing = [
        (one.value, one.meaning, two.meaning)
        for one, two in zip(first.values, second.values, strict=True)
        if one.meaning != two.meaning
    ]
    assert differing == [
        ("pending", "in algorithm queue", "algorithm queue"),
        ("process", "being processing", "algorithm processing"),
        ("copy", "uploading to cloud storage", "saved to cloud storage"),
    ]


def test_the_levels_of_a_flat_list_are_presumed():
    assert {claim.path[0] for claim in claims("000", FieldClaim) if not claim.settled} == {"data"}


def test_the_sample_calls():
    actual = [(number, claim.method, claim.lines) for number in FIELDS for claim in claims(number, CallClaim)]
    assert actual == [("000", "GET", Lines(44, 45)), ("002", "POST", Lines(68, 70))]


def test_artefacts_are_told_once():
    actual = {number: [part.kind for part in read(number).artefacts] for number in FIELDS}
    assert actual == {
        "000": ["escaped underscore", "placeholder text repeated"],
        "001": ["code fence lost", "comments in JSON"],
        "002": ["glued words", "lone Â", "non-breaking or wide space"],
        "003": [],
    }


def test_the_document_inside_a_page():
    (document,) = read("003").documents
    assert (document.lines, document.value["security"], document.at[("security",)]) == (
        Lines(6, 131),
        [],
        130,
    )
