"""What a configuration file says, and how each mistake in it is answered."""

import json
import re
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from wireproof.configuration import override_from, read_configuration
from wireproof.door.tomltext import read_toml
from wireproof.errors import UsageError
from wireproof.exemption import Ignore, Override, Scope
from wireproof.finding import Place, Severity

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SCHEMA = json.loads(files("wireproof").joinpath("schemas/config.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def read(text, *base):
    return read_configuration(read_toml(text.encode(), size=1 << 20), file="w.toml", base=base)


def refusal(text, *base):
    with pytest.raises(UsageError) as caught:
        read(text, *base)
    return caught.value.message, caught.value.hint


def as_json(value):
    """Return a TOML value with its dates as text, as a validator of JSON sees it."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


def test_an_empty_file_says_nothing():
    made = read("")
    assert (made.file, made.fail_on, made.min_severity, made.specs, bool(made.policy)) == (
        "w.toml",
        None,
        None,
        (),
        False,
    )


def test_every_key_is_understood():
    made = read("""\
fail-on = "never"
min-severity = "warning"
specs = [
  "contracts/",
  "b.yaml",
]
[rules]
undocumented-field = "info"
type-changed = "off"
[paths."/a/*".rules]
type-changed = "error"
[providers.p.rules]
type-changed = "warning"
[providers.p.paths."/b".rules]
type-changed = "info"
[providers.p.operations.o]
rules = { type-changed = "error", undocumented-field = "off" }
[providers.p.operations.o.paths."".rules]
type-changed = "off"
[[ignore]]
path = "/data/**"
reason = " volatile "
[[ignore]]
rule = "undocumented-field"
provider = "p"
operation = "o"
reason = "known"
expires = 2027-01-01
""")
    assert (made.fail_on, made.min_severity) == ("never", "warning")
    assert [(folder, str(place)) for folder, place in made.specs] == [
        ("contracts/", "w.toml:4"),
        ("b.yaml", "w.toml:5"),
    ]
    assert [(one.rule, one.severity, one.scope, one.place.line) for one in made.policy.overrides] == [
        ("undocumented-field", Severity.INFO, Scope(), 8),
        ("type-changed", None, Scope(), 9),
        ("type-changed", Severity.ERROR, Scope("/a/*"), 11),
        ("type-changed", Severity.WARNING, Scope(provider="p"), 13),
        ("type-changed", Severity.INFO, Scope("/b", "p"), 15),
        ("type-changed", Severity.ERROR, Scope(None, "p", "o"), 17),
        ("undocumented-field", None, Scope(None, "p", "o"), 17),
        ("type-changed", None, Scope("", "p", "o"), 19),
    ]
    assert made.policy.ignores == (
        Ignore(Scope("/data/**"), "volatile", place=Place("w.toml", "/ignore/0", 20)),
        Ignore(
            Scope(None, "p", "o"),
            "known",
            "undocumented-field",
            date(2027, 1, 1),
            Place("w.toml", "/ignore/1", 23),
        ),
    )
    assert [(one.provider, one.operation, one.place.line) for one in made.mentions] == [
        ("p", None, 12),
        ("p", "o", 16),
        ("p", None, 25),
        ("p", "o", 26),
    ]


def test_a_table_of_a_shared_file_is_read_alone():
    text = '[tool.other]\nx = 1\n[tool.wireproof]\nfail-on = "error"\n'
    assert read(text, "tool", "wireproof").fail_on == "error"
    assert read("", "tool", "wireproof").fail_on is None
    assert refusal(text + "fial-on = 1", "tool", "wireproof") == (
        "w.toml:5: there is no key 'fial-on' in tool.wireproof",
        "did you mean fail-on ?",
    )


LEVELS = "expected error, warning, info or off"
DATE = "write expires = 2027-01-31, without quotes"
MISTAKES = {
    "an unknown key": ("\nfail_on = 1", "2: there is no key 'fail_on'", "did you mean fail-on ?"),
    "a key like none": (
        "zzz = 1",
        "1: there is no key 'zzz'",
        "known here: fail-on, ignore, min-severity, paths, providers, rules, specs",
    ),
    "an unknown key of a provider": (
        "[providers.p]\nrule = {}",
        "2: there is no key 'rule' in providers.p",
        "did you mean rules ?",
    ),
    "an unknown key of an operation": (
        '[providers.p.operations."GET /x"]\nignore = []',
        "2: there is no key 'ignore' in providers.p.operations.\"GET /x\"",
        "known here: paths, rules",
    ),
    "an unknown rule": (
        '[rules]\n# c\nundocumented-feild = "off"',
        "3: there is no rule 'undocumented-feild'",
        "did you mean undocumented-field ?",
    ),
    "a rule like none": ("[rules]\nzzzzzz = 'off'", "2: there is no rule 'zzzzzz'", "see `wireproof rules`"),
    "an unknown severity": (
        '[rules]\ntype-changed = "warn"',
        f"2: rules.type-changed is 'warn', {LEVELS}",
        "did you mean warning ?",
    ),
    "a switch": (
        "[rules]\ntype-changed = false",
        f"2: rules.type-changed is a boolean, {LEVELS}",
        'write "off"',
    ),
    "a number": (
        "[rules]\ntype-changed = 0",
        f"2: rules.type-changed is an integer, {LEVELS}",
        "write one of those words in quotes",
    ),
    "a list of severities": (
        '[rules]\ntype-changed = ["off"]',
        f"2: rules.type-changed is an array, {LEVELS}",
        "write one of those words in quotes",
    ),
    "an unknown level": (
        'fail-on = "eror"',
        "1: fail-on is 'eror', expected error, warning, info or never",
        "did you mean error ?",
    ),
    "a level of another key": (
        'min-severity = "never"',
        "1: min-severity is 'never', expected error, warning or info",
        "write one of them",
    ),
    "a level like none": (
        'fail-on = "zzzz"',
        "1: fail-on is 'zzzz', expected error, warning, info or never",
        "write one of them",
    ),
    "a level that is no word": (
        "min-severity = 1.5",
        "1: min-severity is a number, expected error, warning or info",
        "write one of them",
    ),
    "rules that are no table": (
        "rules = 3",
        "1: rules is an integer, expected a table",
        "write it as [rules]",
    ),
    "a provider that is no table": (
        '[providers]\np = "off"',
        "2: providers.p is a string, expected a table",
        "write it as [providers.p]",
    ),
    "a path that is no pointer": (
        '[paths."data[0].x".rules]',
        "1: the path 'data[0].x' does not begin with /",
        "did you mean /data/*/x ?",
    ),
    "a JSONPath": (
        '[[ignore]]\npath = "$.data[*].x"',
        "2: the path '$.data[*].x' does not begin with /",
        "did you mean /data/*/x ?",
    ),
    "an escape that is none": (
        '[[ignore]]\npath = "/a~b"',
        "2: the path '/a~b' has a ~ that escapes nothing",
        "write ~0 for ~, and ~1 for / in a key",
    ),
    "specs that are no list": (
        'specs = "contracts"',
        "1: specs is a string, expected an array of folders",
        'write specs = ["contracts/"]',
    ),
    "a spec that is no text": (
        'specs = [\n"a",\n1]',
        "3: specs is an integer, expected a folder",
        'write specs = ["contracts/"]',
    ),
    "an ignore that is one table": (
        "[ignore]\npath = ''",
        "1: ignore is a table, expected tables [[ignore]]",
        "double its brackets",
    ),
    "an ignore that is no table": (
        "ignore = [1]",
        "1: ignore is an integer, expected a table",
        "write it as [ignore]",
    ),
    "an ignore of everything": (
        "[[ignore]]\nreason = 'x'",
        "1: an ignore names a path, a rule, a page or a fingerprint",
        'add a line such as path = "/data/*/x"',
    ),
    "a fingerprint that is none": (
        "[[ignore]]\nreason = 'x'\nfingerprint = 'docs-type-mismatch'",
        "3: 'docs-type-mismatch' is no fingerprint",
        "copy the 16 digits from a report in JSON",
    ),
    "an ignore without a reason": (
        "[[ignore]]\nrule = 'type-changed'\n[[ignore]]\nrule = 'type-changed'",
        "1: an ignore needs a reason",
        'add a line such as reason = "nobody reads it"',
    ),
    "an ignore with an empty reason": (
        "[[ignore]]\nrule = 'type-changed'\nreason = ' '",
        "1: an ignore needs a reason",
        'add a line such as reason = "nobody reads it"',
    ),
    "an ignore of an unknown rule": (
        "[[ignore]]\nrule = 'type-chnged'",
        "2: there is no rule 'type-chnged'",
        "did you mean type-changed ?",
    ),
    "a reason that is no text": (
        "[[ignore]]\nreason = true",
        "2: ignore.reason is a boolean, expected a string",
        "put it in quotes",
    ),
    "an expiry in quotes": (
        "[[ignore]]\nrule = 'type-changed'\nreason = 'x'\nexpires = '2027-01-01'",
        "4: ignore.expires is a string, expected a date",
        DATE,
    ),
    "an expiry with a time": (
        "[[ignore]]\nrule = 'type-changed'\nreason = 'x'\nexpires = 2027-01-01T00:00:00Z",
        "4: ignore.expires is a date with a time, expected a date",
        DATE,
    ),
    "an unknown key of an ignore": (
        "[[ignore]]\nrule = 'type-changed'\nreasons = 'x'",
        "3: there is no key 'reasons' in ignore",
        "did you mean reason ?",
    ),
}


@pytest.mark.parametrize(("text", "message", "hint"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_answered_with_its_line_and_what_was_meant(text, message, hint):
    assert refusal(text) == (f"w.toml:{message}", hint)


@pytest.mark.parametrize(
    ("text", "message"), [mistake[:2] for mistake in MISTAKES.values()], ids=MISTAKES.keys()
)
def test_the_schema_refuses_the_same_mistakes(text, message):
    if "there is no rule" in message or "is a string, expected a date" in message:
        return  # it knows no list of rules, and a date is text to JSON
    assert not VALIDATOR.is_valid(as_json(tomllib.loads(text)))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_the_documentation_is_understood_and_fits_the_schema(text):
    value = tomllib.loads(text)
    base = ("tool", "wireproof") if "tool" in value else ()
    made = read(text, *base)
    assert made.policy or made.specs or made.fail_on
    assert VALIDATOR.is_valid(as_json(value["tool"]["wireproof"] if base else value))


def test_the_documentation_shows_every_key():
    shown = "".join(EXAMPLES)
    ignore = SCHEMA["properties"]["ignore"]["items"]["properties"]
    assert [key for key in [*SCHEMA["properties"], *ignore] if not re.search(rf"\b{key}\b", shown)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type-changed=off", Override("type-changed", None)),
        (" type-changed = info ", Override("type-changed", Severity.INFO)),
    ],
)
def test_a_severity_can_be_said_on_the_command_line(text, expected):
    assert override_from(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("type-changed", "'type-changed' names no severity", f"write RULE=SEVERITY; {LEVELS}"),
        ("type-chnged=off", "there is no rule 'type-chnged'", "did you mean type-changed ?"),
        ("type-changed=of", f"there is no severity 'of', {LEVELS}", "did you mean off ?"),
        ("type-changed=", f"there is no severity '', {LEVELS}", "see --help"),
    ],
)
def test_a_wrong_severity_on_the_command_line_is_answered(text, message, hint):
    with pytest.raises(UsageError) as caught:
        override_from(text)
    assert (caught.value.message, caught.value.hint) == (message, hint)
