"""Finding contracts: those that ship, a folder of providers, a stranger's file, a text, a mapping."""

import json
from pathlib import Path

import pytest

from support.contracts import document
from wireproof import specs
from wireproof.errors import ContractError
from wireproof.specs import (
    load_contract,
    load_file,
    load_folder,
    provider_names,
    provider_of,
    reader_for,
    registry,
    shipped_specs,
)

TEXT = json.dumps(document({"type": "object"}))


def put(path, text=TEXT):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(call, *arguments):
    with pytest.raises(ContractError) as caught:
        call(*arguments)
    return caught.value.message, caught.value.hint


def test_the_contracts_that_ship_are_named_as_in_the_checkout():
    assert {contract.file for contract in registry()} == {
        f"specs/{contract.provider}/openapi.yaml" for contract in registry()
    }
    assert [contract.provider for contract in registry()] == provider_names(shipped_specs())


def test_an_installation_without_contracts_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(specs, "__file__", str(tmp_path / "a" / "b" / "specs.py"))
    assert refused(shipped_specs) == (
        "the contracts that ship with wireproof are missing",
        "install wireproof again, or name a --spec FILE",
    )


def test_a_folder_holds_a_provider_in_each_folder_with_a_contract(tmp_path):
    put(tmp_path / "b" / "openapi.yaml")
    put(tmp_path / "a" / "openapi.yaml")
    put(tmp_path / "c" / "notes.md")
    assert [(one.provider, one.file) for one in load_folder(tmp_path)] == [
        ("a", f"{tmp_path}/a/openapi.yaml"),
        ("b", f"{tmp_path}/b/openapi.yaml"),
    ]
    assert provider_names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize(("name", "found"), [("", "holds no providers"), ("none", "is no folder")])
def test_a_folder_without_providers_is_told(tmp_path, name, found):
    assert refused(load_folder, tmp_path / name) == (
        f"{tmp_path / name} {found}",
        "a provider is a folder with an openapi.yaml in it",
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("specs/a2e/openapi.yaml", "a2e"),
        ("specs/a2e/Documented.yaml", "a2e"),
        ("downloads/payments.json", "payments"),
        ("/openapi.yaml", "openapi"),
    ],
)
def test_a_path_tells_the_provider(path, expected):
    assert provider_of(Path(path)) == expected


def test_a_contract_is_read_from_a_path_a_text_or_a_mapping(tmp_path):
    path = put(tmp_path / "payments.json")
    assert [
        (made.provider, made.file)
        for made in (
            load_contract(path),
            load_contract(str(path)),
            load_contract(path, provider="mine"),
            load_contract(TEXT),
            load_contract(TEXT, provider="mine"),
            load_contract(json.loads(TEXT)),
            load_contract(json.loads(TEXT), provider="mine"),
        )
    ] == [
        ("payments", str(path)),
        ("payments", str(path)),
        ("mine", str(path)),
        ("api", "<text>"),
        ("mine", "<text>"),
        ("api", "<mapping>"),
        ("mine", "<mapping>"),
    ]
    assert {entry.provider for entry in load_contract(path, provider="mine")} == {"mine"}


def test_a_file_that_is_not_there_is_answered_with_the_nearest(tmp_path):
    put(tmp_path / "payments.json")
    assert refused(load_file, tmp_path / "paiments.json") == (
        f"{tmp_path}/paiments.json: no such file",
        f"did you mean {tmp_path}/payments.json ?",
    )
    assert refused(load_file, tmp_path / "none" / "x.json") == (
        f"{tmp_path}/none/x.json: no such file",
        "check the path",
    )


def test_a_folder_in_place_of_a_file_is_answered(tmp_path):
    assert refused(load_file, tmp_path) == (
        f"{tmp_path} is a folder",
        f"name a file: {tmp_path}/openapi.yaml",
    )
    (tmp_path / "acme").mkdir()
    put(tmp_path / "acme" / "openapi.yaml")
    assert refused(load_file, tmp_path) == (
        f"{tmp_path} is a folder",
        f"name a file: {tmp_path}/acme/openapi.yaml; whole folders are for --specs {tmp_path}",
    )


def test_any_other_failure_is_told_in_the_systems_words(tmp_path):
    path = put(tmp_path / "loop.json")
    path.unlink()
    path.symlink_to(path)
    assert refused(load_file, path) == (
        f"{path}: Too many levels of symbolic links",
        "check the file's permissions",
    )


@pytest.mark.parametrize("name", ["../outside.yaml", "link.yaml", "/etc/hostname"])
def test_nothing_outside_the_contracts_folder_is_read(tmp_path, name):
    put(tmp_path / "outside.yaml")
    contract = put(tmp_path / "home" / "openapi.yaml")
    (tmp_path / "home" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    with pytest.raises(PermissionError):
        reader_for(contract)(name)


def test_files_beside_a_contract_and_below_are_read(tmp_path):
    contract = put(tmp_path / "openapi.yaml")
    put(tmp_path / "schemas" / "x.yaml", "type: object")
    assert reader_for(contract)("schemas/x.yaml") == b"type: object"
