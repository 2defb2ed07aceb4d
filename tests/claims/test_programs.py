"""Sample calls in code: what is plain is a call, what comes from elsewhere is left out."""

import pytest

from wireproof.claims.claim import CallClaim, ExampleClaim
from wireproof.claims.page import read_page
from wireproof.proofreading.proofread import proofread

HEAD = """# Create a job

POST /v1/jobs/{queue}

## Request

Send `Authorization: Bearer <key>` with each request.

| Name | In | Type | Required |
|---|---|---|---|
| queue | path | string | yes |
| dryRun | query | boolean | yes |
| size | body | integer | yes |

## Sample

"""
PYTHON = """import requests

url = f"https://api.example.com/v1/jobs/{queue}"
headers = {"Authorization": f"Bearer {key}", 'X-Trace': 'a'}
payload = {
    "size": 3,
    'deep': True,  # all of it
    "label": label,
}
response = requests.post(url, json=payload, params={"dryRun": "true"}, headers=headers)
print(response.json())
"""
FETCH = """const res = await fetch(`https://api.example.com/v1/jobs/${queue}?dryRun=true`, {
  method: "POST",
  headers: { Authorization: token, "Content-Type": "application/json" },
  body: JSON.stringify({
    size: 3,
  }),
});
"""


def page(code, language="python"):
    return read_page(f"{HEAD}```{language}\n{code}\n```\n".encode(), name="x.md")


def call(code, language="python"):
    found = [one for one in page(code, language).claims if isinstance(one, CallClaim)]
    return [(one.method, one.url, [name for name, _ in one.headers]) for one in found]


def bodies(code, language="python"):
    found = [one for one in page(code, language).claims if isinstance(one, ExampleClaim)]
    return [(one.value, one.lines.first, one.lines.last, one.repairs) for one in found]


JOBS = "https://api.example.com/v1/jobs"


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        (
            "python",
            PYTHON,
            ("POST", f"{JOBS}/{{queue}}?dryRun=true", ["Authorization", "X-Trace"]),
        ),
        ("javascript", FETCH, ("POST", f"{JOBS}/{{queue}}?dryRun=true", ["Authorization", "Content-Type"])),
        ("python", f'httpx.get("{JOBS}?a=1", params={{"b": 2}})', ("GET", f"{JOBS}?a=1&b=2", [])),
        ("py", f"requests.request('PUT', '{JOBS}/1')", ("PUT", f"{JOBS}/1", [])),
        ("python", f'requests.request(method="PUT", url="{JOBS}/1")', ("PUT", f"{JOBS}/1", [])),
        ("python", f'requests.get("{JOBS}/" + job.id + "/log")', ("GET", f"{JOBS}/{{id}}/log", [])),
        ("js", f'fetch("{JOBS}")', ("GET", JOBS, [])),
        ("js", f'axios.delete("{JOBS}/1", {{headers: {{"X-A": "b"}}}})', ("DELETE", f"{JOBS}/1", ["X-A"])),
        ("ts", f'const url = "{JOBS}";\naxios({{ method: "get", url }})', ("GET", JOBS, [])),
        (
            "js",
            f"const o = {{\n  method: 'PATCH',\n  url: '{JOBS}',\n  params: {{a: 1}}\n}};\naxios.request(o)",
            ("PATCH", f"{JOBS}?a=1", []),
        ),
    ],
)
def test_a_plain_call_is_read(language, code, expected):
    assert call(code, language) == [expected]


@pytest.mark.parametrize(
    "code",
    [
        f'requests.get("{JOBS}", auth=("a", "b"))',
        f'requests.get("{JOBS}", headers=make_headers())',
        f'requests.get("{JOBS}", params=query)',
        f'session = requests.Session()\nrequests.get("{JOBS}")',
        f'requests.get("{JOBS}", headers={{**common, "a": "b"}})',
        "requests.get(make_url())",
        "requests.get(url)",
        'requests.get("jobs")',
        f'requests.request("P U T", "{JOBS}")',
        'requests.post("https://api.example.com/v1/jobs',
        f"fetch('{JOBS}', {{method: verb}})",
        "x = 1\n" * 20_000 + f'requests.get("{JOBS}")',
    ],
)
def test_a_call_whose_parts_come_from_elsewhere_is_left_out(code):
    assert call(code) == []


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        ("python", PYTHON, [({"size": 3, "deep": True}, 22, 26)]),
        ("javascript", FETCH, [({"size": 3}, 21, 23)]),
        ("js", f'axios.post("{JOBS}", {{ size: 3 }}, {{ headers: {{}} }})', [({"size": 3}, 18, 18)]),
        ("js", f'axios.post("{JOBS}")', []),
        ("python", f'requests.put("{JOBS}", data=json.dumps({{"a": [1]}}))', [({"a": [1]}, 18, 18)]),
        ("python", f'requests.put("{JOBS}", data=open("x"))', []),
        ("python", f'requests.put("{JOBS}", json={{"a": job.id, "b": f(1)}})', []),
    ],
)
def test_the_body_is_an_example_without_repairs(language, code, expected):
    assert bodies(code, language) == [(*one, ()) for one in expected]


def test_a_right_call_is_no_contradiction():
    for code, language in ((PYTHON.replace("    'deep': True,  # all of it\n", ""), "python"), (FETCH, "js")):
        assert [one.rule for one in proofread(page(code, language)).contradictions] == []


def test_a_wrong_call_is_told_with_both_lines():
    wrong = (
        PYTHON.replace('"size": 3', '"size": "3"')
        .replace("dryRun", "dry_run")
        .replace("Authorization", "Token")
    )
    found = proofread(page(wrong)).contradictions
    assert [(one.rule, one.claimed.lines.first, one.shown.lines.first) for one in found] == [
        ("docs-auth-mismatch", 7, 27),
        ("docs-type-mismatch", 13, 23),
        ("docs-request-mismatch", 12, 27),
        ("docs-undocumented-field", 13, 24),
    ]


def test_code_that_calls_nobody_is_no_call():
    assert call('const STATUS_A = "a";\nconst STATUS_B = "b";', "js") == []


FORM = """const form = new FormData();
form.append("other", "x");
async function send(form) {
  const form = new FormData();
  form.append('title', 'A print');
  form.append("paper", paper);
  form.append("paper", more);
  await fetch("https://api.example.com/prints", {method: "POST", body: form});
}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FORM, ("title", "paper")),
        (
            FORM.replace("fetch(", "axios.post(").replace('{method: "POST", body: form}', "form"),
            ("title", "paper"),
        ),
        (FORM.replace("body: form", "body: JSON.stringify(form)"), ()),
        (FORM.replace("new FormData()", "formOf(page)"), ()),
    ],
)
def test_a_form_is_sent_with_the_names_that_were_put_into_it(text, expected):
    page = read_page(f"# Make a print\n\n```javascript\n{text}```\n".encode(), name="x.md")
    assert [one.form for one in page.claims if isinstance(one, CallClaim)] == [expected]
