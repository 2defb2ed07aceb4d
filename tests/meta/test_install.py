"""The package works however it is installed, and wherever one stands."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from venv import EnvBuilder

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "specs" / "a2e" / "examples" / "succeeded.json"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"

pytestmark = pytest.mark.slow


def run(*command, cwd):
    """Return the finished process of a command, started in `cwd` without this checkout on its path."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}
    return subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture
def empty_venv(tmp_path):
    """A virtual environment with our dependencies in reach, and without wireproof."""
    folder = tmp_path / "venv"
    EnvBuilder(with_pip=True).create(folder)
    site = (
        next(folder.glob("lib/python*/site-packages"))
        if SCRIPTS == "bin"
        else folder / "Lib" / "site-packages"
    )
    # A folder that a .pth file adds is searched, but its own .pth files, which make the editable
    # install of this checkout, are not read.
    site.joinpath("dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def install(venv, *what):
    python = venv / SCRIPTS / "python"
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    done = run(python, "-m", "pip", "install", *options, *what, cwd=venv)
    assert done.returncode == 0, done.stderr


def test_the_wheel_holds_the_contracts_the_pages_and_the_models(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    specs = {str(path.relative_to(ROOT / "specs")) for path in (ROOT / "specs").rglob("*") if path.is_file()}
    pages = {path.name for path in (ROOT / "src" / "wireproof" / "rules").glob("*.md")}
    models = {path.name for path in (ROOT / "generated" / "wireproof_models").glob("*.py")}
    assert {f"wireproof/_specs/{name}" for name in specs} <= names
    assert {f"wireproof/rules/{name}" for name in pages} <= names
    assert {f"wireproof_models/{name}" for name in models} <= names
    assert {"wireproof/py.typed", "wireproof_models/py.typed"} <= names
    assert [name for name in names if name.startswith(("tests", "tools", "src"))] == []


@pytest.mark.parametrize("how", ["wheel", "editable"])
def test_an_installed_copy_finds_its_contracts(how, empty_venv, request, tmp_path):
    install(empty_venv, *([request.getfixturevalue("wheel")] if how == "wheel" else ["--editable", ROOT]))
    capture = tmp_path / "captured.json"
    capture.write_bytes(EXAMPLE.read_bytes())

    where = run(
        empty_venv / SCRIPTS / "python", "-c", "import wireproof; print(wireproof.__file__)", cwd=tmp_path
    )
    judged = run(empty_venv / SCRIPTS / "validate-response", "captured.json", cwd=tmp_path)
    provider_list = run(empty_venv / SCRIPTS / "wireproof", "providers", cwd=tmp_path)
    model = (
        "from wireproof_models import response_model as r; print(r('a2e', 'getAvatarVideoResult').__module__)"
    )
    models = run(empty_venv / SCRIPTS / "python", "-c", model, cwd=tmp_path)

    home = empty_venv if how == "wheel" else ROOT
    assert Path(where.stdout.strip()).is_relative_to(home), where.stderr
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert "a2e" in provider_list.stdout, provider_list.stderr
    assert models.stdout == "wireproof_models.a2e\n", models.stderr


def test_the_tests_run_from_another_folder(tmp_path):
    test = ROOT / "tests" / "meta" / "test_exports.py"
    done = run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
