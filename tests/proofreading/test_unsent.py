"""What a list of parameters requires, and the one sample call below the same title does not send."""

from __future__ import annotations

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

PAGE = """# Sound

## Sample calls

### Dubbing

```bash
curl {method} 'https://sound.example/v1/dub{query}' -d '{body}'
```

## Request parameters

### {title}

| Parameter | Type | Required |
|---|---|---|
| film | string | yes |
| language | string | yes |
| token | string | no |
"""


def found(*, title="Dubbing", method="-X POST", query="", body='{"film": "f"}'):
    page = PAGE.format(title=title, method=method, query=query, body=body)
    told = proofread(read_page(page.encode(), name="page.md")).contradictions
    return [(one.rule, one.pointer, one.claimed.lines.first, one.shown.lines.first) for one in told]


def test_what_is_required_and_not_sent_is_told_with_both_lines():
    assert found() == [("docs-request-mismatch", "/language", 18, 8)]


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Listening"},
        {"query": "?language=de"},
        {"method": "-X DELETE"},
        {"body": '{"film": "f", "language": "de"}'},
        {"body": '{"film": "f", "colour": 3}'},
        {"body": "[1]"},
        {"body": '{"token": "t"}'},
    ],
)
def test_nothing_is_told_where_the_call_may_be_another_one_or_sends_all(changed):
    assert found(**changed) == []


def test_an_address_that_is_none_sends_nothing():
    assert found(query="&https://[") == [("docs-request-mismatch", "/language", 18, 8)]
