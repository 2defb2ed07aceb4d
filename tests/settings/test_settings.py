"""Where the configuration is found, and which files are refused."""

import os
from pathlib import Path

import pytest

from support.contracts import contract
from wireproof.configuration import read_configuration
from wireproof.door.tomltext import read_toml
from wireproof.errors import UsageError
from wireproof.settings import check_names, load_settings, spec_paths

OWN = 'fail-on = "error"\n'
SHARED = '[tool.wireproof]\nfail-on = "info"\n'


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Return a repository in a folder, and be in a folder of it."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    here = tmp_path / "repository" / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    return tmp_path / "repository"


def put(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def found():
    made = load_settings()
    return made and (made.file, made.fail_on)


def refused(*arguments, **options):
    with pytest.raises(UsageError) as caught:
        load_settings(*arguments, **options)
    return caught.value.message, caught.value.hint


def test_without_a_file_there_is_none(tree):
    assert found() is None


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("wireproof.toml", OWN, ("../../wireproof.toml", "error")),
        ("pyproject.toml", SHARED, ("../../pyproject.toml", "info")),
        ("a/wireproof.toml", OWN, ("../wireproof.toml", "error")),
        ("a/b/wireproof.toml", OWN, ("wireproof.toml", "error")),
        ("../wireproof.toml", OWN, None),
        ("pyproject.toml", "[project]\nname = 'x'\n", None),
        ("pyproject.toml", "[project]\ndependencies = ['wireproof']\n", None),
        ("pyproject.toml", "this = is = no TOML", None),
    ],
)
def test_the_file_is_looked_for_up_to_the_root_of_the_repository(tree, name, text, expected):
    put(tree / name, text)
    assert found() == expected


def test_the_nearest_file_is_taken_and_in_one_folder_the_own_one(tree):
    put(tree / "wireproof.toml", "")
    put(tree / "a" / "pyproject.toml", SHARED)
    assert found() == ("../pyproject.toml", "info")
    put(tree / "a" / "wireproof.toml", OWN)
    assert found() == ("../wireproof.toml", "error")


def test_a_shared_file_that_does_not_speak_of_us_is_passed_over(tree):
    put(tree / "wireproof.toml", OWN)
    put(tree / "a" / "pyproject.toml", "[tool.wireproofing]\nx = 1\n")
    assert found() == ("../../wireproof.toml", "error")


@pytest.mark.parametrize(
    "text",
    [
        "[tool.wireproof]\nfail-on = 'info'",
        "  [ tool . 'wireproof' ]\nfail-on = 'info'",
        '["tool"."wireproof"]\nfail-on = "info"',
        "tool.wireproof.fail-on = 'info'",
        "tool = {wireproof = {fail-on = 'info'}}",
        "[tool]\nwireproof.fail-on = 'info'",
        "['tool']\n[tool.wireproof]\nfail-on = 'info'",
    ],
)
def test_the_table_of_a_shared_file_is_found_however_it_is_written(tree, text):
    put(tree / "pyproject.toml", text)
    assert found() == ("../../pyproject.toml", "info")


def test_a_file_can_be_named_or_left_aside(tree):
    put(tree / "wireproof.toml", "nonsense = 1")
    other = put(tree / "other.toml", OWN)
    assert load_settings(str(other)).fail_on == "error"
    assert load_settings(no_config=True) is None


def test_another_folder_can_be_asked(tree):
    put(tree / "wireproof.toml", OWN)
    assert load_settings(folder=tree / "a").file == str(tree / "wireproof.toml")


def test_a_folder_of_that_name_is_no_configuration(tree):
    (tree / "wireproof.toml").mkdir()
    assert found() is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_of_that_name_is_never_waited_for(tree):
    os.mkfifo(tree / "wireproof.toml")
    assert found() is None


def test_a_working_directory_that_is_gone_has_no_configuration(tree):
    (tree / "a" / "b").rmdir()
    assert found() is None


def test_a_shared_file_that_cannot_be_read_is_refused_only_where_it_speaks_of_us(tree):
    put(tree / "a" / "b" / "pyproject.toml", "[tool.wireproof\n")
    assert refused()[0].startswith("pyproject.toml:1:16: ")


HINT = "a configuration is a short TOML file; name another with --config, or use --no-config"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = = 2", "wireproof.toml:2:5: Invalid value"),
        ('{"fail-on": "error"}', "wireproof.toml:1:1: Invalid statement"),
        ("x = " + "[" * 100, "wireproof.toml:1: a value is nested more than 64 levels deep"),
        ("x" * (1 << 20) + "= 1", "wireproof.toml: it has more than 1048576 bytes"),
    ],
    ids=["no TOML", "JSON", "deep", "huge"],
)
def test_a_file_that_is_no_short_toml_is_refused(tree, text, message):
    put(tree / "a" / "b" / "wireproof.toml", text)
    assert refused() == (message, HINT)


def test_a_file_of_a_hundred_megabytes_is_refused_without_reading_it(tree):
    with (tree / "big.toml").open("wb") as stream:
        stream.truncate(100 << 20)
    assert refused(str(tree / "big.toml")) == (f"{tree}/big.toml: it has more than 1048576 bytes", HINT)


def test_a_shared_file_too_long_to_be_read_is_never_passed_over_in_silence(tree):
    put(tree / "pyproject.toml", "#" * (1 << 20) + "\n[tool.wireproof]\n")
    assert refused() == ("../../pyproject.toml: it has more than 1048576 bytes", HINT)


def test_bytes_that_are_no_text_are_refused(tree):
    (tree / "w.toml").write_bytes(b"\xff\xfe")
    assert refused(str(tree / "w.toml")) == (f"{tree}/w.toml:1: it is no UTF-8 text", HINT)


def test_the_file_of_another_tool_is_refused(tree):
    put(tree / "ruff.toml", "line-length = 100\n")
    assert refused(str(tree / "ruff.toml")) == (
        f"{tree}/ruff.toml:1: there is no key 'line-length'",
        "known here: fail-on, ignore, min-severity, paths, providers, rules, specs",
    )


def test_a_shared_file_that_is_named_must_speak_of_us(tree):
    put(tree / "pyproject.toml", "[tool.ruff]\nline-length = 100\n")
    assert refused(str(tree / "pyproject.toml")) == (
        f"{tree}/pyproject.toml has no table [tool.wireproof]",
        "add it, or name a wireproof.toml instead",
    )


def test_a_file_that_is_not_there_is_answered_with_the_nearest(tree):
    put(tree / "wireproof.toml", OWN)
    assert refused(str(tree / "wireprof.toml")) == (
        f"{tree}/wireprof.toml: no such file or directory",
        f"did you mean {tree}/wireproof.toml ?",
    )


def test_a_file_in_a_folder_that_is_not_there_is_answered(tree):
    assert refused(str(tree / "none" / "w.toml")) == (
        f"{tree}/none/w.toml: no such file or directory",
        "name a configuration file that can be read, or use --no-config",
    )


def test_a_folder_is_answered_with_the_file_in_it(tree):
    assert refused(str(tree)) == (f"{tree} is a folder", f"name the file: {tree}/wireproof.toml")


def configuration(text, folder=""):
    file = str(Path(folder) / "w.toml")
    return read_configuration(read_toml(text.encode(), size=1 << 20), file=file)


def test_specs_are_seen_from_the_folder_of_the_configuration(tree):
    (tree / "contracts").mkdir()
    put(tree / "one.yaml", "")
    made = configuration('specs = ["contracts/", "one.yaml"]', tree)
    assert spec_paths(made) == (tree / "contracts", tree / "one.yaml")


@pytest.mark.parametrize(
    ("written", "hint"),
    [("contract", "did you mean contracts ?"), ("x/y", "it is looked for as {}/x/y")],
)
def test_specs_that_are_not_there_are_answered(tree, written, hint):
    (tree / "contracts").mkdir()
    with pytest.raises(UsageError) as caught:
        spec_paths(configuration(f'\nspecs = ["{written}"]', tree))
    assert caught.value.message == f"{tree}/w.toml:2: there is no folder {written!r}"
    assert caught.value.hint == hint.format(tree)


RULES = '[{}.rules]\ntype-changed = "off"\n'
IGNORE = "[[ignore]]\npath = ''\nreason = 'x'\n"


@pytest.mark.parametrize(
    "text",
    [
        RULES.format("providers.p"),
        RULES.format("providers.elsewhere"),
        RULES.format("providers.p.operations.get"),
        RULES.format("providers.elsewhere.operations.unknown"),
        IGNORE + "operation = 'get'",
        IGNORE + "operation = 'perhaps-of-elsewhere'",
    ],
)
def test_names_that_exist_or_might_are_taken(text):
    check_names(configuration(text), [contract({})], providers=["elsewhere"])


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            RULES.format("providers.elsewher"),
            "1: there is no provider 'elsewher'",
            "did you mean elsewhere ?",
        ),
        (
            RULES.format("providers.zzz"),
            "1: there is no provider 'zzz'",
            "known providers: elsewhere, p; add the folder of another to specs",
        ),
        (
            RULES.format("providers.p.operations.gte"),
            "1: there is no operation 'gte'",
            "did you mean get ?",
        ),
        (IGNORE + "provider = 'zzz'", "4: there is no provider 'zzz'", None),
        (
            IGNORE + "provider = 'p'\noperation = 'zzz'",
            "5: there is no operation 'zzz'",
            "see `wireproof providers`",
        ),
    ],
)
def test_names_that_do_not_exist_are_answered(text, message, hint):
    with pytest.raises(UsageError) as caught:
        check_names(configuration(text), [contract({})], providers=["elsewhere"])
    assert caught.value.message == f"w.toml:{message}"
    assert hint in {None, caught.value.hint}


def test_an_operation_of_nobody_is_answered_where_all_contracts_are_known():
    with pytest.raises(UsageError, match="there is no operation 'gte'"):
        check_names(configuration(IGNORE + "operation = 'gte'"), [contract({})], providers=["p"])
