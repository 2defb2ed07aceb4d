"""What belongs to another call, what a generator filled in, and what stands beside a list shown whole."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

GUIDE = """# Make a mosaic

POST https://api.tiles.example/v1/mosaics

## Request body

| Field | Type | Required | Description |
|---|---|---|---|
| motif | string | yes | What is laid |
| columns | integer | no | Allowed values: 12, 24 |

## Response

| Field | Type | Description |
|---|---|---|
| mosaic_id | string | Identifies the mosaic |
| queue | integer | Mosaics before it |
| cost | number | In credits |

```json
{"mosaic_id": "m-7", "queue": 3, "cost": 0.5}
```
"""
NEXT = """
Ask for it until it is laid:

```shell
curl https://api.tiles.example/v1/jobs/m-7
```

```json
{"job": {"mosaic_id": "m-7", "queue": 0}, "stones": ["s-1"]}
```
"""


def told(text):
    proof = proofread(read_page(text.encode(), name="p.md"))
    return [(found.rule, found.pointer) for found in proof.contradictions]


def test_the_call_and_the_answer_of_an_operation_that_the_page_does_not_describe():
    page = read_page((GUIDE + NEXT).encode(), name="p.md")
    proof = proofread(page)
    assert list(proof.contradictions) == []
    assert [reason for _, reason in proof.unjudged if "sample call above" in reason] == [
        "it answers the sample call above, which is of an operation that the page does not describe"
    ]


def test_a_call_of_the_same_method_whose_path_is_misspelled_is_the_operation_s():
    call = '\n```shell\ncurl -X POST https://api.tiles.example/v1/mosaic -d \'{"motif": "fish"}\'\n```\n'
    assert told(GUIDE + call) == [("docs-request-mismatch", "/mosaics")]


def filled(motif, columns, *others):
    members = "".join(f', "{name}": {value}' for name, value in zip("abc", others, strict=False))
    body = f'{{"motif": "{motif}", "columns": {columns}{members}}}'
    return GUIDE.replace("## Response", f"```json\n{body}\n```\n\n## Response")


@pytest.mark.parametrize(
    ("numbers", "alarms"),
    [((123, 123, 123), 0), ((123, 123, 124), 1), ((123,), 1), ((1, 1, 1), 1), ((24, 9, 8), 0)],
)
def test_one_number_wherever_there_is_any_is_no_value(numbers, alarms):
    found = [rule for rule, pointer in told(filled("fish", *numbers)) if pointer == "/columns"]
    assert found == ["docs-status-set-mismatch"] * alarms


@pytest.mark.parametrize(("motif", "alarms"), [("<string>", 0), ("string", 0), ("<your motif>", 1)])
def test_one_number_beside_words_for_types_is_no_value(motif, alarms):
    found = [rule for rule, pointer in told(filled(motif, 123)) if pointer == "/columns"]
    assert found == ["docs-status-set-mismatch"] * alarms


def test_members_beside_a_list_that_the_example_shows_whole():
    shown = GUIDE.replace('"cost": 0.5}', '"cost": 0.5, "started": 17, "worker": "w-2"}')
    assert told(shown) == [("docs-undocumented-field", "/started"), ("docs-undocumented-field", "/worker")]
