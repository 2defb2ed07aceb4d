"""One call, one list of its answer, one example: what differs there is the page's own contradiction."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

PAGE = """# Look a shipment up

GET https://api.parcels.example/v2/shipments/{shipment_id}

## Response fields

| Field | Type | Description |
|---|---|---|
| code | integer | Result code |
| data.carrier | string | Who carries it |
| data.label_url | string | The printed label |
| state | integer | State of the shipment |
| message | string | Text of the result |
| trace | string | Identifier of the call |

## Example response (200)

```json
{"state": "on its way", "shipment_id": "s-19", "hub": {"city": "Graz"}, "weight": 768, "height": 52}
```
"""
ANOTHER = """
## Errors

| Field | Type |
|---|---|
| reason | string |
| state | integer |
"""


def rules(text):
    proof = proofread(read_page(text.encode(), name="p.md"))
    return sorted(found.rule for found in proof.contradictions)


def test_another_answer_and_the_type_of_the_field_that_both_have():
    assert rules(PAGE) == ["docs-other-answer", "docs-type-mismatch"]


@pytest.mark.parametrize(
    "text",
    [
        PAGE.replace("## Response fields", "## Fields"),
        PAGE + ANOTHER,
        PAGE.replace("GET https", "POST https://api.parcels.example/v2/shipments\n\nGET https"),
    ],
    ids=["no title says whose fields they are", "another list", "another call"],
)
def test_one_of_several_things_may_be_about_another(text):
    assert "docs-type-mismatch" not in rules(text)
