"""A contract that was read before is not read again, and nothing kept can be stale or in the way."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wireproof.kept
from wireproof.errors import ContractError
from wireproof.kept import read_kept
from wireproof.openapi import Document, read_document

TEXT = b"openapi: 3.1.0\ninfo:\n  title: t\n  tags: [a, {b: c}]\npaths:\n  /x: &x\n    get: {}\n  /y: *x\n"
POINTERS = ["", "/info", "/info/title", "/info/tags/1", "/info/tags/1/b", "/paths/~1x/get", "/nothing"]


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("WIREPROOF_CACHE", str(folder))
    return folder


def read(data=TEXT, path=Path("a.yaml")):
    return read_kept("shown.yaml", path, data)


def never(*_):
    raise AssertionError("it was read again")


def test_it_has_the_same_value_and_lines_the_second_time(cache, monkeypatch):
    first = read()
    monkeypatch.setattr(wireproof.kept, "read_document", never)
    second = read()
    assert (second.name, second.value) == (first.name, first.value)
    assert [second.line(pointer) for pointer in POINTERS] == [first.line(pointer) for pointer in POINTERS]
    assert second.source_line("/info/title") == first.source_line("/info/title")
    assert len(list(cache.iterdir())) == 1


def test_another_text_is_read_anew(cache):
    read()
    assert read(TEXT.replace(b"title: t", b"title: u")).value["info"]["title"] == "u"


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"version": "0"}',
        "[" * 5000,
        json.dumps({"version": wireproof.__version__, "text": TEXT.decode(), "value": {}, "lines": [[1, 2]]}),
        json.dumps({"version": wireproof.__version__, "text": TEXT.decode(), "value": {}, "lines": 3}),
    ],
)
def test_what_was_kept_wrong_counts_for_nothing(cache, kept):
    read()
    (place,) = cache.iterdir()
    place.write_text(kept)
    assert read().value == read_document("x", TEXT).value


def test_a_cache_that_cannot_be_written_is_none(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("WIREPROOF_CACHE", str(blocked / "cache"))
    assert read().line("/info") == 2


def test_a_broken_contract_is_refused_each_time(cache):
    for _ in range(2):
        with pytest.raises(ContractError, match=r"shown\.yaml:"):
            read(b"a: [1")
    assert not cache.exists()


def test_json_contracts_are_read_as_they_are(cache):
    assert read(b'{"openapi": "3.1.0"}').value == {"openapi": "3.1.0"}
    assert not cache.exists()


def test_an_empty_name_switches_it_off(tmp_path, monkeypatch):
    monkeypatch.setenv("WIREPROOF_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read()
    assert list(tmp_path.iterdir()) == []


def test_it_lies_in_the_users_cache_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("WIREPROOF_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read()
    assert [path.name for path in tmp_path.iterdir()] == ["wireproof"]
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    read()
    assert (tmp_path / "home" / ".cache" / "wireproof").is_dir()


_WORDS = st.text("abcä/~ ", max_size=5)
_JSON = st.recursive(
    st.none() | st.integers() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(_WORDS, _JSON, min_size=1, max_size=4))
def test_lines_are_kept_for_every_member(value):
    document = read_document("x", b"%YAML 1.2\n---\n" + json.dumps(value, indent=1).encode())
    again = Document.from_lines("x", "", document.value, document.member_lines())
    assert again.member_lines() == document.member_lines()
