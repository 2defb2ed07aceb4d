"""What holds for the repository as a whole: sizes, reasons, pins, no trace of one machine."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = sorted((ROOT / "src").rglob("*.py"))
FOLDERS = (".ci", "benchmarks", "docs", "generated", "specs", "src", "tests", "tools")
BINARY = {".pyc", ".so"}
TEXTS = sorted(
    path
    for path in [*ROOT.iterdir(), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    if path.is_file() and path.suffix not in BINARY and not path.name.startswith(".coverage")
)
MACHINE = re.compile(r"/(?:root|home|Users)/[\w.-]+|[A-Z]:\\Users\\")
UNEXPLAINED = re.compile(r"# noqa(?!: [A-Z0-9, ]+ - \S)|# type: ignore(?!\[[\w, -]+\]  ?# \S)")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_source_file_is_longer_than_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_path_of_a_machine_stands_in_the_tree():
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path in TEXTS
        if path != Path(__file__)
        and (match := MACHINE.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("sign", "parts"),
    [("/", ["", "home"]), ("/", ["", "root"]), ("/", ["", "Users"]), ("\\", ["C:", "Users"])],
)
def test_the_check_for_machine_paths_itself(sign, parts):
    assert MACHINE.search(sign.join([*parts, "ann", "x"]))


def test_each_exception_to_a_check_gives_its_reason_on_its_line():
    lines = {
        f"{path.relative_to(ROOT)}:{number}": line.strip()
        for path in [*SOURCES, *(ROOT / "tools").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if path != Path(__file__) and UNEXPLAINED.search(line)
    }
    assert lines == {}


@pytest.mark.parametrize(
    ("line", "explained"),
    [
        ("x = 1  # noqa: S101 - a script", True),
        ("x = 1  # noqa: S101", False),
        ("x = 1  # noqa", False),
        ("x = 1  # type: ignore[arg-type]  # the stubs lag behind", True),
        ("x = 1  # type: ignore[arg-type]", False),
        ("x = 1  # type: ignore", False),
    ],
)
def test_the_check_for_reasons_itself(line, explained):
    assert (UNEXPLAINED.search(line) is None) == explained


def test_each_rule_that_the_linter_leaves_out_has_its_reason_beside_it():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lint = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.pydocstyle]")]
    rules = re.findall(r'^ +"([A-Z0-9]+)",(.*)$', lint, re.MULTILINE)
    assert rules
    assert [rule for rule, rest in rules if not re.match(r" +# \S", rest)] == []


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_file_pins_every_requirement_and_names_no_registry():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", text, re.MULTILINE))
    project = PYPROJECT["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    names = {canonical(re.match(r"[\w.-]+", line)[0]) for line in wanted} - {"wireproof"}
    assert sorted(names - pins.keys()) == []
    assert [line for line in text.splitlines() if not re.fullmatch(r"#.*|[a-z0-9-]+==[\w.+!-]+", line)] == []


def test_the_generator_is_pinned_to_the_version_that_the_code_asks_for():
    from wireproof.codegen.models import VERSION

    assert PYPROJECT["project"]["optional-dependencies"]["generate"] == [
        f"datamodel-code-generator=={VERSION}"
    ]
