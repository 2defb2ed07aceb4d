"""What an example is written in, and what of it a page has to answer for."""

import pytest

from wireproof.claims.claim import CallClaim, ExampleClaim
from wireproof.claims.page import read_page

BARE = "{id: 'a', size: 3}"
COMMA = '{"id": "a",\n "size": 3,\n}'


def read(text, language="json"):
    return read_page(f"# Things\n\n```{language}\n{text}\n```\n".encode(), name="page.md")


def examples(text, language="json"):
    return [one for one in read(text, language).claims if isinstance(one, ExampleClaim)]


def faults(text, language="json"):
    return [repair.what for one in examples(text, language) for repair in one.repairs]


HABITS = {
    "a comment": ('{"id": "a" // yours\n}', {"id": "a"}),
    "a block comment": ('{"id": "a" /* yours */}', {"id": "a"}),
    "a comment behind": ('{"id": "a"} // and so on', {"id": "a"}),
    "a placeholder in angles": ('{"id": <your id>, "n": 1}', {"n": 1}),
    "a placeholder in braces": ('{"id": {id}, "n": 1}', {"n": 1}),
    "objects that are left open": ('{"rules": [[{A}, {B}], [{C}]], "n": 1}', {"rules": [[], []], "n": 1}),
    "a call of a program": ('{"at": Date.now(), "n": 1}', {"n": 1}),
    "a member of a program": ('{"at": order.created, "n": 1}', {"n": 1}),
    "alternatives": ('{"kind": "new" | "old", "n": 1}', {"kind": "new", "n": 1}),
    "alternatives in words": ('{"kind": "novo" ou "velho", "n": 1}', {"kind": "novo", "n": 1}),
    "dots beside numbers": ('{"bytes": [ ...12, 250...], "n": 1}', {"bytes": [12, 250], "n": 1}),
    "a placeholder as key": ('{"{name}": 1, "{name}": 2}', {"{name}": 2}),
}


@pytest.mark.parametrize(("text", "value"), HABITS.values(), ids=HABITS.keys())
def test_what_writers_tell_their_readers_is_no_fault(text, value):
    assert [(one.value, one.repairs) for one in examples(text)] == [(value, ())]


def test_habits_are_noted():
    made = read('{"id": <id>, // yours\n "n": 1}')
    assert [(one.kind, one.line) for one in made.artefacts] == [
        ("comments in JSON", 4),
        ("placeholders in JSON", 4),
    ]


KEY, QUOTES, LAST = (
    "a key without quotes was read as a key",
    'other quotes than " were read as quotes',
    "a trailing comma was left out",
)
NOTATIONS = {
    "JSON promises JSON": (BARE, "json", [KEY, QUOTES, KEY]),
    "JSON5 allows what it does": (BARE, "json5", []),
    "code is in the notation of its language": (BARE, "javascript", []),
    "what no fence names is what it looks like": (BARE, "", []),
    "a comma behind the last member, in JSON": (COMMA, "json", [LAST]),
    "and where all keys stand in quotes": (COMMA, "javascript", [LAST]),
    "but not in JSON5": (COMMA, "json5", []),
    "a slip is one in any notation": ('{"id" "a", "n": 1}', "js", ["a colon was missing"]),
    "also in JSON5": ("{id: 'a' n: 1}", "json5", ["a comma was missing"]),
}


@pytest.mark.parametrize(("text", "language", "expected"), NOTATIONS.values(), ids=NOTATIONS.keys())
def test_a_page_answers_for_the_notation_that_it_names(text, language, expected):
    assert faults(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("[00 00 00 00] // opcode", ""),
        ("{symbol=BTC, side buy, price=}", "console"),
        ("const a = 1;\n{\n  b: c,\n}", "javascript"),
    ],
)
def test_what_is_no_json_and_not_said_to_be_is_no_example(text, language):
    assert examples(text, language) == []


def test_a_fence_that_says_json_shows_an_example_whatever_is_in_it():
    assert [one.readable for one in examples("[00 00 00 00]")] == [True]


HIDDEN = ['<!--\n{"a": 1,}\n-->', '{/* {"a": 1,} */}', '{/*\n{"a": 1,}\n*/}', '[//]: # ({"a": 1,})']


@pytest.mark.parametrize("text", HIDDEN)
def test_what_a_page_hides_from_its_readers_is_not_read(text):
    made = read_page(f'# Things\n\n{text}\n\n```json\n{{"b": 2}}\n```\n'.encode(), name="page.md")
    assert [one.value for one in made.claims if isinstance(one, ExampleClaim)] == [{"b": 2}]


def test_a_comment_that_never_ends_hides_one_line():
    made = read_page(b'<!-- open\n\n```json\n{"b": 2}\n```\n', name="page.md")
    assert [one.value for one in made.claims if isinstance(one, ExampleClaim)] == [{"b": 2}]


def test_a_call_goes_on_while_a_quote_is_open():
    body = '-d "{\n  \\"id\\": \\"it\'s\\",\n  \\"n\\": 1\n}"'
    made = read_page(f"```bash\ncurl https://a.example/x {body}\n```\n".encode(), name="page.md")
    assert [one.value for one in made.claims if isinstance(one, ExampleClaim)] == [{"id": "it's", "n": 1}]


def test_the_headers_of_a_raw_call_may_be_those_of_a_command():
    made = read_page(
        b"```http\nGET /v1/x HTTP/1.1\nHost: a.example\n-H 'X-Api-Key: {key}' \\\n```\n", name="page.md"
    )
    assert [one.headers for one in made.claims if isinstance(one, CallClaim)] == [
        (("Host", "a.example"), ("X-Api-Key", "{key}"))
    ]
