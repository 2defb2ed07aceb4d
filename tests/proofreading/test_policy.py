"""What a policy makes of the contradictions of pages and of the defects of contracts."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from wireproof.cli.exits import Exit
from wireproof.cli.main import main
from wireproof.deciding import Homes
from wireproof.finding import Location
from wireproof.specs import load_contract

TYPE, EXTRA = "docs-type-mismatch", "docs-undocumented-field"
PAGE = """# Get a job

GET /jobs/{id}

## Response

| Field | Type | Required |
|---|---|---|
| id | string | yes |
| size | integer | yes |

## Example

```json
{"id": "j1", "size": "3", "zone": "x"}
```
"""
MOVED = """# Get a job

GET /jobs/{id}

## Response

| Field | Type |
|---|---|
| code | integer |
| data | object |
| data.id | string |
| data.size | integer |
| data.zone | string |

## Example

```json
{"code": 0, "data": {"job": {"id": "j1", "size": 3, "zone": "x"}}}
```
"""
SPEC = """openapi: 3.1.0
info: {title: '', version: '1'}
servers: [{url: https://api.example.com/v1}]
paths:
  /jobs/{job}:
    get:
      operationId: getJob
      summary: one job
      security: []
      parameters:
        - {name: job, in: path, required: true, description: which, schema: {type: string}}
      responses:
        '200':
          description: fine
          content:
            application/json:
              schema: {type: object, properties: {id: {type: string}, size: {type: integer}}}
"""
SIZE, ZONE = ("docs-type-mismatch", "error", "/size"), ("docs-undocumented-field", "warning", "/zone")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text(PAGE, encoding="utf-8")
    Path("moved.md").write_text(MOVED, encoding="utf-8")
    Path("embedded.md").write_text(f"# Jobs\n\n```yaml\n{SPEC}```\n", encoding="utf-8")
    Path("mine/jobs").mkdir(parents=True)
    Path("mine/jobs/openapi.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ran(here, capsys):
    def ran(*words, config=""):
        Path("wireproof.toml").write_text('specs = ["mine/"]\n' + config, encoding="utf-8")
        code = main(list(words))
        return code, capsys.readouterr().out

    return ran


def docs(ran, *words, config=""):
    code, out = ran("docs", "--format", "json", *words, config=config)
    made = json.loads(out)
    schema = json.loads(files("wireproof.schemas").joinpath("docs.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, schema)
    return code, made


def told(made):
    return [
        (one["rule"], one["severity"], one["pointer"])
        for page in made["pages"]
        for one in page["contradictions"]
    ]


@pytest.mark.parametrize(
    ("config", "words", "expected", "code"),
    [
        ("", [], [SIZE, ZONE], Exit.FINDINGS),
        ("", ["--fail-on", "never"], [SIZE, ZONE], Exit.OK),
        ('fail-on = "never"', [], [SIZE, ZONE], Exit.OK),
        ('fail-on = "never"', ["--no-config"], [SIZE, ZONE], Exit.FINDINGS),
        ('min-severity = "error"', [], [SIZE], Exit.FINDINGS),
        ('min-severity = "error"', ["--min-severity", "info"], [SIZE, ZONE], Exit.FINDINGS),
        (
            '[rules]\ndocs-type-mismatch = "info"\ndocs-undocumented-field = "error"',
            [],
            [("docs-undocumented-field", "error", "/zone"), ("docs-type-mismatch", "info", "/size")],
            Exit.FINDINGS,
        ),
        ('[rules]\ndocs-type-mismatch = "off"', [], [ZONE], Exit.FINDINGS),
        ("", ["--rule", "docs-type-mismatch=off", "--rule", "docs-undocumented-field=off"], [], Exit.OK),
        ('[paths."/s*".rules]\ndocs-type-mismatch = "off"', [], [SIZE, ZONE], Exit.FINDINGS),
        ('[paths."/size".rules]\ndocs-type-mismatch = "off"', [], [ZONE], Exit.FINDINGS),
        ('[[ignore]]\npath = "/**"\nreason = "x"', [], [], Exit.OK),
        ('[[ignore]]\npath = "/**"\nreason = "x"\nexpires = 2001-01-01', [], [SIZE, ZONE], Exit.FINDINGS),
        ('[[ignore]]\nrule = "docs-type-mismatch"\noperation = "getJob"\nreason = "x"', [], [ZONE], 1),
        ('[providers.jobs.rules]\ndocs-type-mismatch = "off"', [], [ZONE], Exit.FINDINGS),
        ('[providers.a2e.rules]\ndocs-type-mismatch = "off"', [], [SIZE, ZONE], Exit.FINDINGS),
    ],
)
def test_the_configuration_speaks_of_pages_too(ran, config, words, expected, code):
    ended, made = docs(ran, *words, "page.md", config=config)
    assert (told(made), ended) == (expected, code)


def test_an_unknown_operation_is_refused_and_an_unknown_rule_too(here, capsys):
    Path("wireproof.toml").write_text(
        'specs = ["mine/"]\n[providers.jobs.operations.getJbo.rules]\ndocs-type-mismatch = "off"'
    )
    assert main(["docs", "page.md"]) == Exit.USAGE
    assert "there is no operation 'getJbo'" in capsys.readouterr().err
    Path("wireproof.toml").write_text('[rules]\ndocs-type-mismach = "off"')
    assert main(["docs", "page.md"]) == Exit.USAGE
    assert "did you mean docs-type-mismatch ?" in capsys.readouterr().err


def test_what_is_taken_out_is_counted_and_stays_in_the_report(ran):
    config = """[rules]
docs-undocumented-field = "off"
undocumented-field = "off"

[[ignore]]
path = "/size"
reason = "they know"

[[ignore]]
rule = "type-changed"
reason = "of answers alone"
"""
    _, made = docs(ran, "page.md", config=config)
    assert (made["summary"]["ignored"], made["summary"]["switched_off"]) == (1, 1)
    (ignored,), (off,) = made["policy"]["ignored"], made["policy"]["switched_off"]
    assert (ignored["state"], ignored["reason"], ignored["findings"]) == (
        "holding",
        "they know",
        [
            {
                "rule": "docs-type-mismatch",
                "severity": "error",
                "source": "page.md",
                "line": 10,
                "pointer": "/size",
                "message": '`size` is documented as integer, and the example shows numeric string "3"',
            }
        ],
    )
    assert (off["rule"], off["findings"]) == ("docs-undocumented-field", 1)
    code, out = ran("docs", "page.md", config=config)
    assert code == Exit.OK
    assert out.splitlines()[-5:] == [
        "Policy",
        "  ignored: 1 finding of every rule /size: they know   wireproof.toml:6",
        "  not checked: docs-undocumented-field, switched off (1 finding not told)   wireproof.toml:3",
        "",
        "no contradiction found (1 ignored)",
    ]
    _, markdown = ran("docs", "--format", "markdown", "page.md", config=config)
    assert markdown.splitlines()[-2].startswith("- ignored: 1 finding of every rule /size: they know")


def test_a_shift_that_is_switched_off_gives_its_parts_back(ran):
    _, made = docs(ran, "moved.md")
    assert [rule for rule, _, _ in told(made)] == ["docs-level-shift"]
    _, made = docs(ran, "moved.md", config='[rules]\ndocs-level-shift = "off"')
    assert [pointer for _, _, pointer in told(made)] == ["/data/id", "/data/size", "/data/zone"]


def test_the_lint_of_an_embedded_document_follows_it(ran):
    def linted(*words, config=""):
        _, made = docs(ran, *words, "embedded.md", config=config)
        return {one["rule"]: one["severity"] for one in made["pages"][0]["lint"]}

    assert linted()["title-empty"] == "warning"
    assert linted(config='[rules]\ntitle-empty = "error"')["title-empty"] == "error"
    assert "title-empty" not in linted("--rule", "title-empty=off")
    scoped = '[[ignore]]\nrule = "error-response-missing"\noperation = "getJob"\nreason = "x"'
    assert "error-response-missing" in linted()
    assert "error-response-missing" not in linted(config=scoped)


def test_lint_follows_it(ran):
    def linted(*words, config=""):
        code, out = ran("lint", *words, "--format", "json", "mine/jobs/openapi.yaml", config=config)
        made = json.loads(out)
        schema = json.loads(
            files("wireproof.schemas").joinpath("lint.schema.json").read_text(encoding="utf-8")
        )
        jsonschema.validate(made, schema)
        return code, [one["rule"] for one in made["defects"] if one["severity"] != "info"]

    both = ["title-empty", "error-response-missing"]
    assert linted() == (Exit.FINDINGS, both)
    assert linted("--rule", "title-empty=off") == (Exit.FINDINGS, both[1:])
    assert linted(config='fail-on = "error"') == (Exit.OK, both)
    assert linted(config='[providers.jobs.rules]\nerror-response-missing = "off"') == (1, both[:1])
    scoped = '[[ignore]]\nrule = "error-response-missing"\noperation = "getJob"\nreason = "x"'
    assert linted("--rule", "title-empty=info", config=scoped) == (Exit.OK, [])
    _, out = ran("lint", "mine/jobs/openapi.yaml", config=scoped)
    assert "ignored: 1 finding of error-response-missing of getJob: x   wireproof.toml:2" in out


def test_a_contract_that_cannot_be_read_is_linted_under_a_policy(ran):
    Path("broken.yaml").write_text("openapi: [")
    code, _ = ran("lint", "broken.yaml", config='[providers.jobs.rules]\ntitle-empty = "off"')
    assert code == Exit.UNREAD


def test_the_contract_beside_a_page_says_whose_it_is(ran):
    config = '[[ignore]]\npath = "/**"\nprovider = "jobs"\nreason = "x"'
    page = ["--against", "mine/jobs", "page.md"]
    assert told(docs(ran, *page, config=config)[1]) == []
    Path("mine/jobs/unusable.yaml").write_text(SPEC.replace("'200':", "'20000':"))
    code, _ = docs(ran, "--against", "mine/jobs/unusable.yaml", "page.md", config=config)
    assert code == Exit.OK


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("GET /jobs/{id}", Location("p", "getJob")),
        ("GET /jobs/:id", Location("p", "getJob")),
        ("GET /v1/jobs/<id>/", Location("p", "getJob")),
        ("GET /v1/jobs/{id}?x=1", Location("p", "getJob")),
        ("POST /jobs/{id}", Location("here", "POST /jobs/{id}")),
        ("", Location("here", "")),
    ],
)
def test_an_operation_of_a_page_is_found_among_contracts(tmp_path, operation, expected):
    (tmp_path / "a.yaml").write_text(SPEC)
    homes = Homes([load_contract(tmp_path / "a.yaml", provider="p")], provider="here")
    assert homes.at(operation) == expected


def report_of(capsys, *words):
    code = main(["docs", *words, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    schema = json.loads(files("wireproof.schemas").joinpath("docs.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report)
    return code, report


def rules_of(report):
    return [(page["source"], one["rule"]) for page in report["pages"] for one in page["contradictions"]]


@pytest.fixture
def two_pages(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("docs/one.md", "docs/two.md"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ('page = "one.md"', [("docs/two.md", TYPE), ("docs/two.md", EXTRA)]),
        ('page = "docs/*.md"\nrule = "docs-type-mismatch"', [("docs/one.md", EXTRA), ("docs/two.md", EXTRA)]),
        (
            'page = "./docs/two.md"\npath = "/zone"',
            [("docs/one.md", TYPE), ("docs/one.md", EXTRA), ("docs/two.md", TYPE)],
        ),
        (
            'page = "ne.md"',
            [("docs/one.md", TYPE), ("docs/one.md", EXTRA), ("docs/two.md", TYPE), ("docs/two.md", EXTRA)],
        ),
        ('fingerprint = "PRINT"', [("docs/one.md", EXTRA), ("docs/two.md", EXTRA)]),
        (
            'page = "two.md"\nfingerprint = "PRINT"',
            [("docs/one.md", TYPE), ("docs/one.md", EXTRA), ("docs/two.md", EXTRA)],
        ),
    ],
)
def test_an_entry_names_a_page_or_one_finding(two_pages, capsys, entry, left):
    _, report = report_of(capsys, "docs")
    mark = report["pages"][0]["contradictions"][0]["fingerprint"]
    written = f'[[ignore]]\nreason = "known"\n{entry.replace("PRINT", mark)}\n'
    Path("wireproof.toml").write_text(written, encoding="utf-8")
    _, report = report_of(capsys, "docs")
    assert rules_of(report) == left
    assert len(report["policy"]["ignored"][0]["findings"]) == 4 - len(left)


def test_a_baseline_holds_back_what_was_told_before_wherever_it_stands(two_pages, capsys):
    assert main(["docs", "docs", "--format", "json", "--output", "known.json"]) == 1
    capsys.readouterr()
    code, report = report_of(capsys, "./docs", "--baseline", "known.json")
    assert (code, rules_of(report), report["summary"]["ignored"]) == (0, [], 4)
    grown = "A first line.\n\n" + PAGE.replace('"zone": "x"', '"zone": "x", "more": 1')
    Path("docs/one.md").write_text(grown, encoding="utf-8")
    code, report = report_of(capsys, "docs", "--baseline", "known.json")
    assert (code, [one["pointer"] for one in report["pages"][0]["contradictions"]]) == (1, ["/more"])


def test_the_defects_of_a_document_are_in_the_baseline_too(two_pages, capsys):
    Path("docs/one.md").write_text(f"```yaml\n{SPEC}\n```\n", encoding="utf-8")
    Path("docs/two.md").unlink()
    main(["docs", "docs", "--format", "json", "--output", "known.json", "--min-severity", "info"])
    capsys.readouterr()
    _, report = report_of(capsys, "docs", "--baseline", "known.json")
    assert report["pages"][0]["lint"] == []
    assert report["summary"]["ignored"] > 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "known.json: No such file or directory"),
        ("{", "known.json: no JSON"),
        ("[]", "known.json: no report of `wireproof docs`"),
        ('{"format": "wireproof-report"}', "known.json: no report of `wireproof docs`"),
    ],
)
def test_a_baseline_that_is_none_ends_the_command(two_pages, capsys, text, said):
    if text is not None:
        Path("known.json").write_text(text, encoding="utf-8")
    assert main(["docs", "docs", "--baseline", "known.json"]) == Exit.USAGE
    assert said in capsys.readouterr().err


def test_an_empty_baseline_changes_nothing(two_pages, capsys):
    Path("known.json").write_text('{"format": "wireproof-docs", "pages": []}', encoding="utf-8")
    assert report_of(capsys, "docs", "--baseline", "known.json")[0] == 1
