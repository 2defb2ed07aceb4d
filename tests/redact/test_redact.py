"""What of a captured value may be shown: an allow-list, and shapes for the rest."""

import json

import pytest

from support.contracts import contract
from support.strangers import composed, nullable
from wireproof.examining import Options, examine
from wireproof.exchange import Exchange, Origin
from wireproof.redact import Display, is_data, kind_of, shape_of, shown_media_type

KINDS = [
    (None, "null"),
    (True, "boolean"),
    (3, "integer"),
    (3.0, "integer"),
    (3.5, "number"),
    ([], "empty array"),
    ([1], "array"),
    ({}, "empty object"),
    ({"a": 1}, "object"),
    ("", "empty string"),
    ("12", "numeric string"),
    ("-1.5e3", "numeric string"),
    ("+", "string"),
    ("45%", "percent string"),
    ("45 %", "percent string"),
    ("%", "string"),
    ('{"a": 1}', "stringified JSON"),
    ("[1]", "stringified JSON"),
    ("[1", "string"),
    ("{a}", "string"),
    ("[" * 100_000 + "]" * 100_000, "string"),
    ("plain", "string"),
    ("\u0661", "string"),
]


@pytest.mark.parametrize(("value", "kind"), KINDS, ids=lambda part: str(part)[:20])
def test_kinds(value, kind):
    assert kind_of(value) == kind


SHAPES = {
    "": "empty string",
    "7": "numeric string of 1 character",
    "8f14e45f-ceea-467a-9f3d-0c1b2a3d4e5f": "UUID of 36 characters",
    "2024-01-01T10:00:00Z": "date-time of 20 characters",
    "2024-01-01": "date of 10 characters",
    "https://x.example/secret": "URL of 24 characters",
    "ann@example.org": "e-mail address of 15 characters",
    "8f14e45fceea167a": "string of 16 hex digits",
    "hunter": "string of 6 lower-case letters",
    "HUNTER": "string of 6 capital letters",
    "Hunter": "string of 6 letters",
    "hunter_2": "string of 8 letters, digits and _ - .",
    "hunter 2!": "string of 9 printable ASCII characters",
    "hünter": "string of 6 characters",
}


@pytest.mark.parametrize(("text", "shape"), SHAPES.items(), ids=SHAPES)
def test_shapes_tell_what_a_string_is_like(text, shape):
    assert shape_of(text) == shape


DESCRIBED = [
    (3, "integer 3"),
    (3.5, "number 3.5"),
    (True, "boolean true"),
    (None, "null"),
    ([], "empty array"),
    ([1], "array of 1 item"),
    ([1, 2], "array of 2 items"),
    ({}, "empty object"),
    ({"a": 1}, "object with 1 member"),
    ({"a": 1, "b": 2}, "object with 2 members"),
    ("known", 'string "known"'),
    ("SUCCESS", 'string "SUCCESS"'),
    ("100", 'numeric string "100"'),
    ("45%", 'percent string "45%"'),
    ("12345", "numeric string of 5 characters"),
    ("hunter2", "string of 7 letters, digits and _ - ."),
    ("", "empty string"),
    (10**90, "integer number of 91 digits"),
]


@pytest.mark.parametrize(("value", "text"), DESCRIBED, ids=lambda part: str(part)[:20])
def test_values_are_described_as_far_as_they_may_be_seen(value, text):
    assert Display(frozenset({"known"})).described(value) == text


REVEALED = [
    ("hunter2", "name", '"hunter2"'),
    ("hunter2", "api_key", "string of 7 letters, digits and _ - ."),
    ("Bearer abc", "name", "string of 10 printable ASCII characters"),
    ("x" * 100, "name", '"' + "x" * 79 + '…"'),
]


@pytest.mark.parametrize(("text", "key", "shown"), REVEALED)
def test_revealing_stops_at_what_gives_itself_away(text, key, shown):
    assert Display(reveal=True).value(text, key=key) == shown


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("task_id", False),
        ("createdAt", False),
        ("X-Rate", False),
        ("Created at", False),
        ("123", True),
        ("ann@example.org", True),
        ("8f14e45fceea167a", True),
        ("8f14e45f-ceea-467a-9f3d-0c1b2a3d4e5f", True),
        ("a1B2c3D4e5F6g7H8i9J0k1", True),
        ("x" * 65, True),
        ("aVeryLongNameOfAFieldThatIsStillAName", False),
    ],
)
def test_names_are_told_from_data(name, data):
    assert is_data(name) is data


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("text/html", "text/html"),
        ("application/vnd.api+json", "application/vnd.api+json"),
        ("*/*", "*/*"),
        ("hunter2", "string of 7 letters, digits and _ - ."),
        ("application/vnd.acme.v2+json", "application/vnd.acme.v2+json"),
        ("text/ab-live-000000000000000000012345", "string of 37 printable ASCII characters"),
        ("secret/hunter", "string of 13 printable ASCII characters"),
    ],
)
def test_media_types(text, shown):
    assert shown_media_type(text) == shown


SECRET = "s3cr3t-zebra-99-quartz"  # noqa: S105 - the one that must not be seen


def planted(value):
    """Yield copies of a value, each with the secret in place of one string, number, boolean or null in it."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from ({**value, key: changed} for changed in planted(member))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from ([*value[:index], changed, *value[index + 1 :]] for changed in planted(item))
    if not isinstance(value, dict | list):
        yield SECRET


BODIES = {
    composed: {
        "items": [
            {
                "id": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
                "created": "2024-01-01T00:00:00Z",
                "state": "done",
                "result": {
                    "kind": "clip",
                    "url": "https://x.example/1",
                    "seconds": 1,
                    "frames": [{"kind": "image", "url": "https://x.example/2", "width": 3}],
                },
            },
            {
                "id": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
                "state": "lost",
                "unknown": {"deep": ["x"]},
                "result": {"kind": "words", "text": "t", "usage": {"tokens": 1, "cost": None}},
            },
        ],
        "next": None,
        "extra": "x",
    },
    nullable: {
        "pet": {
            "petType": "cat",
            "name": "n",
            "owner": {"mail": "a@b.example", "age": 1},
            "price": 1,
            "size": "small",
            "lives": 7,
        },
        "visit": {"type": "Check", "notes": "n"},
    },
}


@pytest.mark.parametrize("build", BODIES, ids=lambda build: build.__name__)
def test_no_secret_in_any_value_of_a_body_reaches_the_report(build):
    made, count = build(), 0
    for body in planted(BODIES[build]):
        raw = json.dumps(body).encode()
        record = Exchange.from_parts(body=raw, method="GET", url="/thing", status=200)
        report = examine([made], [record])
        assert SECRET not in json.dumps(report.to_json()).casefold()
        count += len(report.findings)
    assert count > 5


PARTS = {
    "method": {"method": SECRET},
    "path": {"url": f"https://api.example.com/{SECRET}"},
    "path of no contract": {"url": f"https://x.example/{SECRET}/a"},
    "query": {"url": f"https://api.example.com/nothing?key={SECRET}"},
    "fragment": {"url": f"https://api.example.com/nothing#{SECRET}"},
    "password": {"url": f"https://ann:{SECRET}@api.example.com/nothing"},
    "time": {"time": SECRET},
    "content type": {"headers": {"content-type": SECRET}},
    "parameter of the content type": {"headers": {"content-type": f"text/html; boundary={SECRET}"}},
    "header": {"headers": {"x-count": SECRET}},
    "header of a list": {"headers": {"x-words": f"one, {SECRET}"}},
    "header that is not promised": {"headers": {"set-cookie": SECRET}},
    "body that is no JSON": {"body": f"<p>{SECRET}".encode()},
    "body that is cut off": {"body": f'{{"a": "{SECRET}"'.encode()},
    "key": {"body": json.dumps({f"{SECRET}-0123456789": 1, "id": 1}).encode()},
    "key of a map": {"body": json.dumps({"map": {SECRET: "x"}}).encode()},
    "key that stands twice": {"body": f'{{"map": {{"{SECRET}": 1, "{SECRET}": 2}}}}'.encode()},
    "lone surrogate": {"body": f'{{"id": "{SECRET}\\ud800"}}'.encode()},
}


VALUES = {"header", "header of a list", "lone surrogate"}
"""Parts that are values, which `reveal` shows."""


@pytest.mark.parametrize("reveal", [False, True], ids=["hidden", "revealed"])
@pytest.mark.parametrize("name", PARTS)
def test_no_secret_in_any_other_part_reaches_the_report(name, reveal):
    answer = {
        "description": "d",
        "headers": {
            "X-Count": {"schema": {"type": "integer"}},
            "X-Words": {"schema": {"type": "array", "items": {"enum": ["one"]}}},
        },
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "id": {"type": "integer"},
                        "map": {"type": "object", "additionalProperties": {"type": "integer"}},
                    },
                }
            }
        },
    }
    made = contract(responses={"200": answer}, servers=[{"url": "https://api.example.com"}])
    given = {
        "body": b"{}",
        "method": "GET",
        "url": "https://api.example.com/thing",
        "status": 200,
        **PARTS[name],
    }
    record = Exchange.from_parts(origin=Origin("capture"), **given)
    report = examine([made], [record], options=Options(reveal=reveal))
    assert (SECRET in json.dumps(report.to_json()).casefold()) is (reveal and name in VALUES)
