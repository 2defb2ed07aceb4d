"""Each module says what it offers: `__all__` is there, sorted, true, and holds what others import."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
MODULES = sorted(path for path in SRC.rglob("*.py") if path.name != "__main__.py")


def defined(tree: ast.Module) -> set[str]:
    """Return the public names that the module's top level makes, imports aside."""
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return {name for name in names if not name.startswith("_")}


def imported(tree: ast.Module) -> set[str]:
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name for node in nodes for alias in node.names}


def exported(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                return ast.literal_eval(value)
    return None


def reading_order(name: str) -> tuple[int, str]:
    """Return the key that the linter sorts by too: constants, classes, then the rest."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def complaints(source: str) -> list[str]:
    tree = ast.parse(source)
    names = exported(tree)
    if names is None:
        return ["has no __all__"] if defined(tree) else []
    known = defined(tree) | imported(tree)
    lazy = any(isinstance(node, ast.FunctionDef) and node.name == "__getattr__" for node in tree.body)
    return [
        *(f"offers {name}, which it has not" for name in names if name not in known and not lazy),
        *(["is not sorted"] if names != sorted(names, key=reading_order) else []),
        *(["names one twice"] if len(names) != len(set(names)) else []),
    ]


def path_of(module: str) -> Path | None:
    """Return the file of a module of ours, or None."""
    base = SRC.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def taken_in_secret(path: Path) -> list[str]:
    """Return what a file imports from modules of ours that do not offer it."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or node.level or not (home := path_of(node.module or "")):
            continue
        offered = exported(ast.parse(home.read_text(encoding="utf-8"))) or []
        wrong += [
            f"line {node.lineno}: {node.module} does not offer {alias.name}"
            for alias in node.names
            if alias.name not in {*offered, "__version__"} and not path_of(f"{node.module}.{alias.name}")
        ]
    return wrong


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_all_is_sorted_and_true(path):
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_modules_take_from_each_other_only_what_is_offered(path):
    assert taken_in_secret(path) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('__all__ = ["LIMIT", "Thing", "look"]\nLIMIT = 1\nclass Thing: ...\ndef look(): ...', []),
        ("_hidden = 1", []),
        ("shown = 1", ["has no __all__"]),
        ('__all__ = ["a", "a"]\na = 1', ["names one twice"]),
        ('__all__ = ["a"]\ndef __getattr__(name): ...', []),
        ('__all__ = ["a", "gone"]\na = 1', ["offers gone, which it has not"]),
        ('__all__ = ["b", "a"]\nb: int = 1\ndef a(): ...', ["is not sorted"]),
        ('__all__ = ["a"]\nfrom x import a', []),
    ],
)
def test_the_check_itself(source, expected):
    assert complaints(source) == expected


def test_what_is_not_offered_is_noticed(tmp_path):
    path = tmp_path / "taker.py"
    path.write_text("from wireproof.errors import nearest, get_close_matches\nfrom wireproof import errors\n")
    assert taken_in_secret(path) == ["line 1: wireproof.errors does not offer get_close_matches"]
