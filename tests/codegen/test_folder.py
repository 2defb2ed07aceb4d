"""A folder of models is compared file by file, and brought up to date without harm to other files."""

import pytest

from wireproof.codegen import Difference, Reason, generate
from wireproof.errors import UsageError

TASK = {"type": "object", "properties": {"id": {"type": "string"}}}
OTHER = {"type": "object", "properties": {"id": {"type": "integer"}}}
ALL = ("__init__.py", "acme.py", "py.typed")


@pytest.fixture
def folder(contract, tmp_path):
    """A folder as the generator wrote it, in a parent that did not exist."""
    path = tmp_path / "new" / "models"
    written = generate([contract(TASK)], path)
    assert written.differences == tuple(Difference(name, Reason.MISSING) for name in ALL)
    return path


def test_what_was_just_written_is_up_to_date(folder, contract):
    checked = generate([contract(TASK)], folder, check=True)
    assert (checked.files, checked.differences) == (ALL, ())
    assert checked.to_text(mend="make generate") == f"{folder}: 3 files, all as the generator writes them\n"


def test_each_kind_of_difference_is_named_and_told_apart(folder, contract):
    (folder / "__init__.py").unlink()
    (folder / "extra.py").write_text("x = 1\n")
    (folder / "deeper").mkdir()
    (folder / "__pycache__").mkdir()
    with (folder / "acme.py").open("a") as file:
        file.write("# mine\n")
    checked = generate([contract(TASK)], folder, check=True)
    assert checked.to_text(mend="make generate") == (
        f"{folder}/__init__.py: missing\n"
        f"{folder}/acme.py: edited by hand\n"
        f"{folder}/deeper/: extra: the generator does not write it\n"
        f"{folder}/extra.py: extra: the generator does not write it\n"
        "To mend: make generate; move the extra files away\n"
    )


def test_a_changed_contract_makes_the_file_stale_not_edited(folder, contract):
    checked = generate([contract(OTHER)], folder, check=True)
    assert checked.differences == (Difference("acme.py", Reason.STALE),)


def test_a_check_writes_nothing(folder, contract, tmp_path):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    generate([contract(OTHER)], folder, check=True)
    generate([contract(OTHER)], tmp_path / "never", check=True)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert not (tmp_path / "never").exists()


def test_writing_mends_what_the_check_named(folder, contract):
    (folder / "__init__.py").unlink()
    (folder / "acme.py").write_text((folder / "acme.py").read_text() + "# mine\n")
    generate([contract(OTHER)], folder)
    assert generate([contract(OTHER)], folder, check=True).differences == ()


def test_the_module_of_a_provider_that_is_gone_is_left_over_and_removed(folder, contract):
    checked = generate([contract(TASK, provider="other")], folder, check=True)
    assert Difference("acme.py", Reason.LEFT_OVER) in checked.differences
    generate([contract(TASK, provider="other")], folder)
    assert sorted(path.name for path in folder.iterdir()) == ["__init__.py", "other.py", "py.typed"]


def test_writing_says_what_was_done(folder, contract):
    (folder / "__init__.py").unlink()
    (folder / "acme.py").write_text((folder / "acme.py").read_text() + "# mine\n")
    (folder / "mine.py").write_text("x = 1\n")
    written = generate([contract(TASK, provider="other")], folder)
    assert written.to_text(mend="make generate") == (
        f"{folder}/__init__.py: written\n"
        f"{folder}/acme.py: removed: its contract is gone\n"
        f"{folder}/mine.py: left alone: the generator does not write it\n"
        f"{folder}/other.py: written\n"
        "To mend: move the extra files away\n"
    )
    assert generate([contract(TASK), contract(TASK, provider="other")], folder).written


def test_an_empty_file_in_the_way_is_written_over(contract, tmp_path):
    (tmp_path / "__init__.py").write_text("")
    generate([contract(TASK)], tmp_path)
    assert (tmp_path / "__init__.py").stat().st_size > 0


def test_files_of_other_origin_are_left_alone(folder, contract):
    (folder / "mine.py").write_text("x = 1\n")
    written = generate([contract(TASK)], folder)
    assert (folder / "mine.py").read_text() == "x = 1\n"
    assert written.differences == (Difference("mine.py", Reason.EXTRA),)


def test_a_file_of_other_origin_in_the_way_is_not_overwritten(contract, tmp_path):
    (tmp_path / "acme.py").write_text("precious = 1\n")
    with pytest.raises(UsageError, match=r"acme\.py was not written by wireproof") as caught:
        generate([contract(TASK)], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["acme.py"]
    assert (tmp_path / "acme.py").read_text() == "precious = 1\n"
    assert "--output" in caught.value.hint


@pytest.mark.parametrize("check", [True, False])
def test_a_file_where_the_folder_should_be_is_a_usage_error(contract, tmp_path, check):
    (tmp_path / "models").write_text("")
    with pytest.raises(UsageError, match="cannot be read as a folder"):
        generate([contract(TASK)], tmp_path / "models", check=check)


def test_a_folder_that_cannot_be_made_is_a_usage_error(contract, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be"):
        generate([contract(TASK)], tmp_path / "file" / "models")


def test_a_file_is_written_whole_or_not_at_all(folder, contract, monkeypatch):
    before = (folder / "acme.py").read_bytes()

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full_disk)
    with pytest.raises(UsageError, match="No space left on device"):
        generate([contract(OTHER)], folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(ALL)
    assert (folder / "acme.py").read_bytes() == before


def test_no_contract_makes_an_empty_registry(tmp_path):
    generate([], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["__init__.py", "py.typed"]
