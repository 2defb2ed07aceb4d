"""Bodies declared as types: which are read, and what each member says."""

import pytest

from wireproof.claims.claim import FieldClaim, ParameterClaim
from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

PYTHON = """class Part(BaseModel):
    n: int

class JobResponse(pydantic.BaseModel):
    # the id
    id: str
    status: Literal["queued", "done"]  # where it stands
    size: Optional[int] = None
    made: NotRequired[str]
    zone: str = Field(...)
    parts: list[Part]

    def shown(self) -> str:
        return self.id

OTHER = 1
class Job:
    x: int
"""


def fields(code, language, title="Types"):
    text = f"# Get a job\n\nGET /jobs/{{id}}\n\n## {title}\n\n```{language}\n{code}```\n"
    return {
        ".".join(one.path): (one.scope.side, one.types, one.required, one.nullable, one.enum, one.description)
        for one in read_page(text.encode(), name="x.md").claims
        if isinstance(one, FieldClaim)
    }


def test_a_python_class_is_a_body():
    assert {key: value[1:] for key, value in fields(PYTHON, "python").items()} == {
        "id": (("string",), None, None, (), "the id"),
        "status": (("string",), None, None, ("queued", "done"), "where it stands"),
        "size": (("integer",), False, True, (), ""),
        "made": (("string",), False, None, (), ""),
        "zone": (("string",), None, None, (), ""),
        "parts": (("array",), None, None, (), ""),
        "parts.*.n": (("integer",), None, None, (), ""),
    }


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("CreateJobRequest", "Types", [(ParameterClaim, "request")]),
        ("JobParams", "Types", [(ParameterClaim, "request")]),
        ("JobPayload", "Types", [(FieldClaim, "request")]),
        ("JobResult", "Types", [(FieldClaim, "response")]),
        ("Job", "Response", [(FieldClaim, "response")]),
        ("Job", "Types", []),
    ],
)
def test_name_or_section_say_which_body_it_is(name, title, expected):
    code = f"class {name}(TypedDict):\n    a: int\n"
    page = f"# Add a job\n\nPOST /jobs\n\n## {title}\n\n```python\n{code}```\n"
    claims = read_page(page.encode(), name="x.md").claims
    found = [(type(one), one.scope.side) for one in claims if isinstance(one, FieldClaim | ParameterClaim)]
    assert found == expected


def test_types_that_name_each_other_end():
    assert len(fields("class JobResponse(BaseModel):\n    next: JobResponse\n", "python", "Response")) <= 1
    loop = (
        "class AResponse(BaseModel):\n    a: Bee\n\nclass Bee(BaseModel):\n    b: list[Cee]\n\n"
        "class Cee(BaseModel):\n    c: Bee\n"
    )
    assert list(fields(loop, "python")) == ["a", "a.b", "a.b.*.c"]


def test_a_declaration_is_compared_with_the_example():
    code = "class JobResponse(TypedDict):\n    id: str\n    size: NotRequired[int]\n"
    page = f'# Get\n\nGET /jobs/{{id}}\n\n```python\n{code}```\n\n```json\n{{\n"id": 3\n}}\n```\n'
    found = proofread(read_page(page.encode(), name="x.md")).contradictions
    assert [(one.rule, one.pointer, one.claimed.lines.first, one.shown.lines.first) for one in found] == [
        ("docs-type-mismatch", "/id", 7, 13),
    ]
