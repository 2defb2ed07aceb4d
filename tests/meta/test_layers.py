"""No module imports what stands below it in ARCHITECTURE.md, and nothing above the line does IO."""

import ast
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PACKAGE = "wireproof"

IMPURE_MODULES = {
    *("argparse", "asyncio", "click", "glob", "http", "httpx", "logging", "multiprocessing", "os", "pathlib"),
    *("random", "requests", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "subprocess"),
    *("tempfile", "threading", "time", "urllib.request"),
}
IMPURE_CALLS = {"input", "open", "print"}
PURE_NAMES = {("pathlib", "PurePath"), ("pathlib", "PurePosixPath")}
HEAVY = (
    "datamodel_code_generator",
    "hypothesis",
    "jsonschema",
    "openapi_spec_validator",
    "pydantic",
    "pytest",
)


@dataclass(frozen=True)
class Layers:
    """The list as it was read: the modules in order, which are ∥, which stand above the line."""

    order: tuple[str, ...]
    parallel: frozenset[str]
    pure: frozenset[str]


def read_layers(text: str) -> Layers:
    block = re.search(r"^```layers\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert block, "ARCHITECTURE.md has no block that opens with ```layers"
    above, line, _ = block[1].partition("== io ==\n")
    assert line, "the block has no line == io =="
    words = block[1].replace(line, "").split()
    return Layers(
        tuple(word.removesuffix("∥") for word in words),
        frozenset(word.removesuffix("∥") for word in words if word.endswith("∥")),
        frozenset(word.removesuffix("∥") for word in above.split()),
    )


def dotted_name(path: Path, src: Path) -> str:
    parts = path.relative_to(src).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class Import(NamedTuple):
    """`from base import name`, or `import base` with the name ""; the place is for the message."""

    place: str
    base: str
    name: str


def imports_of(tree: ast.AST, module: str, *, is_package: bool) -> list[Import]:
    """Return each import of a file, wherever in it the import stands."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(f"{module}:{node.lineno}", alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")
                kept = parents[: len(parents) - node.level + is_package]
                base = ".".join([*kept, base] if base else kept)
            found += [Import(f"{module}:{node.lineno}", base, alias.name) for alias in node.names]
    return found


def layer_of(order: tuple[str, ...], dotted: str) -> str:
    """Return the word of the list that a module belongs to; "" for the package's own `__init__`.

    `rules.rule` in the list is a module of its own, which stands apart from the rest of `rules`.
    """
    package, *parts = dotted.split(".")
    if package != PACKAGE:
        return package
    apart = ".".join(parts[:2])
    return apart if apart in order else "".join(parts[:1])


def violations(layers: Layers, path: Path, src: Path) -> list[str]:
    """Return what is wrong with one file's imports, as sentences."""
    module, is_package = dotted_name(path, src), path.name == "__init__.py"
    own = layer_of(layers.order, module)
    if not own:
        return []  # the package's face re-exports from every layer
    if own not in layers.order:
        return [f"{module}: not in the list of ARCHITECTURE.md"]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = imports_of(tree, module, is_package=is_package)
    ours = {PACKAGE, *layers.order}
    wrong = [
        f"{item.place}: {what}"
        for item in found
        if item.base.split(".", 1)[0] in ours and (what := own_violation(layers, module, own, item))
    ]
    return wrong + (impurities(tree, module, found) if own in layers.pure else [])


def own_violation(layers: Layers, module: str, own: str, item: Import) -> str | None:
    """Return what is wrong with an import of a module of ours, or None."""
    if (item.base, item.name) == (PACKAGE, "__version__"):
        return None
    target = layer_of(layers.order, f"{item.base}.{item.name}".rstrip("."))
    if target not in layers.order:
        return f"imports {item.base} {item.name}, which is not in the list"
    if layers.order.index(target) > layers.order.index(own):
        return f"imports {target}, which stands below {own}"
    folder = f"{PACKAGE}.{own}"
    if target == own and own in layers.parallel and module != folder:
        other = item.base.removeprefix(folder).lstrip(".").split(".", 1)[0] or item.name
        if other != module.removeprefix(folder).lstrip(".").split(".", 1)[0]:
            return f"imports {other}, beside it in {own}∥"
    return None


def impurities(tree: ast.AST, module: str, found: list[Import]) -> list[str]:
    """Return a sentence for each import or call that acts on the world."""
    imports = [
        f"{item.place}: imports {item.base}, which acts on the world, above the line"
        for item in found
        if (item.base, item.name) not in PURE_NAMES
        and {item.base, item.base.split(".", 1)[0], f"{item.base}.{item.name}"} & IMPURE_MODULES
    ]
    calls = [
        f"{module}:{node.lineno}: calls {node.func.id}() above the line"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS
    ]
    return imports + calls


LAYERS = read_layers((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_a_module_imports_only_what_stands_above_it(path):
    assert violations(LAYERS, path, ROOT / "src") == []


def test_every_module_of_the_list_exists():
    present = {layer_of(LAYERS.order, dotted_name(path, ROOT / "src")) for path in SOURCES}
    assert [module for module in LAYERS.order if module not in present] == []


def test_the_list_names_each_module_once():
    assert sorted(LAYERS.order) == sorted(set(LAYERS.order))


SAMPLE = """\
```layers
errors finding
rules.rule rules∥
examine
== io ==
sources
cli
```
"""

CASES = {
    "what stands above is fine": (
        "examine.py",
        "from wireproof.errors import X\nfrom wireproof.rules import R",
        0,
    ),
    "what stands left on the line is fine": ("finding.py", "import wireproof.errors", 0),
    "what stands right on the line is not": ("errors.py", "import wireproof.finding", 1),
    "below": ("errors.py", "from wireproof.examining import x", 1),
    "below, as a name of the package": ("errors.py", "from wireproof import examine", 1),
    "below, inside a function": ("errors.py", "def f():\n    from wireproof.examining import x", 1),
    "below, for types only": ("errors.py", "if TYPE_CHECKING:\n    from wireproof.examining import x", 1),
    "below, relative": ("errors.py", "from .examine import x", 1),
    "below, relative, out of a folder": ("rules/a.py", "from ..examine import x", 1),
    "above, relative, out of a folder": ("rules/a.py", "from ..errors import x", 0),
    "beside, in a ∥ folder": ("rules/a.py", "from wireproof.rules.b import x", 1),
    "beside, relative": ("rules/a.py", "from .b import x", 1),
    "beside, as a name of the folder": ("rules/a.py", "from . import b", 1),
    "the file of a ∥ folder that is listed apart": ("rules/a.py", "from wireproof.rules.rule import x", 0),
    "… as a name of the folder": ("rules/a.py", "from wireproof.rules import rule", 0),
    "… below itself": ("rules/rule.py", "from wireproof.rules import a", 1),
    "the table of a ∥ folder": ("rules/__init__.py", "from wireproof.rules import a, b\nfrom . import c", 0),
    "the version": ("examine.py", "from wireproof import __version__", 0),
    "a stranger to the list": ("errors.py", "import wireproof.helpers", 1),
    "a module that is not in the list": ("helpers.py", "", 1),
    "IO above the line": ("examine.py", "import os.path", 1),
    "IO above the line, by name": ("examine.py", "from urllib import request", 1),
    "a file opened above the line": ("examine.py", "def f(p):\n    return open(p)", 1),
    "paths without IO above the line": ("examine.py", "from pathlib import PurePosixPath", 0),
    "IO below the line": ("sources.py", "import os\nfrom pathlib import Path\nopen(0)", 0),
}


@pytest.mark.parametrize(("name", "source", "expected"), CASES.values(), ids=CASES.keys())
def test_the_check_itself(tmp_path, name, source, expected):
    path = tmp_path / PACKAGE / name
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert len(violations(read_layers(SAMPLE), path, tmp_path)) == expected


def test_the_command_starts_without_heavy_imports():
    code = f"import sys, wireproof.cli; print([name for name in {HEAVY} if name in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
