"""Arguments become records: files, folders, patterns, pipes, standard input; nothing vanishes."""

from __future__ import annotations

import io
import os
import socket
import threading
from pathlib import Path

import pytest

from wireproof import sources
from wireproof.exchange import Exchange, Unreadable
from wireproof.sources import Account, iter_records


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder to work in, in which `captures` holds two captures and some other things."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "captures" / "deep").mkdir(parents=True)
    (tmp_path / "captures" / "b.json").write_text("[1]\n")
    (tmp_path / "captures" / "deep" / "a.jsonl").write_text("[2]\n[3]\nx\n")
    return tmp_path


def taken(*arguments: str, stdin: bytes = b"", account: Account | None = None) -> list[tuple[str, object]]:
    """Return for each record its source, and its body or the reason why it has none."""
    return [
        (record.origin.source, record.response.body if isinstance(record, Exchange) else record.reason)
        for record in iter_records(arguments, stdin=io.BytesIO(stdin), account=account)
    ]


def failure(argument: str) -> Unreadable:
    (record,) = iter_records([argument], stdin=io.BytesIO())
    assert isinstance(record, Unreadable)
    return record


DEEP = [
    ("captures/deep/a.jsonl", b"[2]"),
    ("captures/deep/a.jsonl", b"[3]"),
    ("captures/deep/a.jsonl", "plain text, no JSON: it begins with a letter"),
]


@pytest.mark.usefixtures("folder")
class TestWhatIsRead:
    def test_a_file(self):
        assert taken("./captures/b.json") == [("./captures/b.json", b"[1]")]

    def test_a_folder_sorted_with_what_lies_below(self):
        assert [("captures/b.json", b"[1]"), *DEEP] == taken("captures/")

    def test_a_pattern_that_the_shell_left(self):
        assert taken("captures/**/*.jsonl") == DEEP

    def test_standard_input(self):
        assert taken("-", stdin=b"[9]") == [("<stdin>", b"[9]")]

    def test_arguments_in_their_order(self):
        assert [
            ("captures/deep/a.jsonl", b"[2]"),
            *DEEP[1:],
            ("<stdin>", b"[9]"),
            ("captures/b.json", b"[1]"),
        ] == taken("captures/deep/a.jsonl", "-", "captures/b.json", stdin=b"[9]")

    def test_a_file_whose_name_looks_like_a_pattern(self, folder):
        (folder / "a[1].json").write_text("[4]")

        assert taken("a[1].json") == [("a[1].json", b"[4]")]

    def test_a_foreign_file_that_is_named(self, folder):
        (folder / "answer.py").write_text("[4]")

        assert taken("answer.py") == [("answer.py", b"[4]")]

    def test_a_file_whose_name_is_no_text(self, folder):
        name = os.fsdecode(b"a\xff.json")
        (folder / name).write_text("[4]")

        assert taken(name) == [("a\ufffd.json", b"[4]")]


@pytest.mark.usefixtures("folder")
class TestTheAccount:
    def test_counts_what_each_source_gave(self):
        account = Account()
        taken("captures", "-", "nothing.json", account=account, stdin=b"[1]\n[2]")

        assert account.counts == {
            "captures/b.json": (1, 0),
            "captures/deep/a.jsonl": (2, 1),
            "<stdin>": (2, 0),
            "nothing.json": (0, 1),
        }

    def test_tells_what_a_folder_holds_beside_captures(self, folder):
        (folder / "captures" / ".hidden").write_text("[1]")
        (folder / "captures" / ".git").mkdir()
        (folder / "captures" / "logo.PNG").write_bytes(b"\x89PNG")
        os.mkfifo(folder / "captures" / "pipe")
        account = Account()

        assert len(taken("captures", account=account)) == 4
        assert {
            ("captures/.hidden", "hidden"),
            ("captures/.git", "hidden"),
            ("captures/logo.PNG", "not a capture by its name (.png)"),
            ("captures/pipe", "neither a file nor a folder"),
        } == set(account.skipped)

    def test_tells_what_was_named_twice(self):
        account = Account()

        assert len(taken("captures/b.json", "captures", "-", "-", account=account, stdin=b"[1]")) == 5
        assert account.skipped == [
            ("captures/b.json", "named twice; read once"),
            ("<stdin>", "named twice; read once"),
        ]

    def test_tells_which_folders_a_pattern_matched(self):
        account = Account()
        taken("captures/*", account=account)

        assert account.skipped == [
            ("captures/deep", "a folder that a pattern matched; name it to have it read")
        ]

    def test_tells_of_links_that_lead_back(self, folder):
        (folder / "captures" / "deep" / "loop").symlink_to("..")
        account = Account()

        assert len(taken("captures", account=account)) == 4
        assert account.skipped == [("captures/deep/loop", "a link to a folder that was read already")]


@pytest.mark.usefixtures("folder")
class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        ("argument", "reason", "hint"),
        [
            ("captures/bb.json", "no such file or folder", "did you mean captures/b.json ?"),
            ("capture/b.json", "there is no folder capture", "did you mean captures/b.json ?"),
            ("capture/zzz/b.json", "there is no folder capture", "did you mean captures ?"),
            ("captures/b.json/x", "there is no folder captures/b.json", "did you mean captures/b.json ?"),
            ("zzzzzzzz", "no such file or folder", "see what is there: ls ."),
            ("qqq/zzz/x.json", "there is no folder qqq", "see what is there: ls ."),
            ("*.har", "no file matches the pattern", "see what is there: ls ."),
            (
                "https://h/v1?x=*",
                "a URL; nothing is fetched here",
                "fetch it first: curl -i URL > answer.txt",
            ),
            ("https://h/v1", "a URL; nothing is fetched here", "fetch it first: curl -i URL > answer.txt"),
            ("s3://h/v1", "a URL; nothing is fetched here", "have it read: audit --engine dask"),
            ("/dev/null", "a device or socket, not a file", "for standard input type -"),
            (
                "a\0b",
                "it cannot be read: no file can have that name",
                "check the name, the file and the disk",
            ),
            ("n" * 5000, "it cannot be read: File name too long", "check the name, the file and the disk"),
        ],
    )
    def test_says_what_is_there_instead(self, argument, reason, hint):
        record = failure(argument)

        assert (reason, hint) == (record.reason, record.hint)
        assert argument == record.origin.source

    def test_an_empty_folder(self, folder):
        (folder / "empty").mkdir()

        assert taken("empty") == [("empty", "an empty folder")]

    def test_a_folder_without_captures(self, folder):
        (folder / "code").mkdir()
        (folder / "code" / "main.py").write_text("1")

        assert taken("code") == [("code", "a folder without captures: passed over were 1 paths in it")]

    def test_links_to_nowhere(self, folder):
        (folder / "captures" / "gone").symlink_to("nowhere")
        (folder / "captures" / "self").symlink_to("self")

        found = dict(taken("captures"))

        assert found["captures/gone"] == "a link to nothing, or a file that is gone"
        assert found["captures/self"] == "a link that leads back to itself"
        assert failure("captures/gone").reason == "a link to nothing, or a file that is gone"

    def test_a_socket(self, folder):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "s"))

            assert failure("s").reason == "a device or socket, not a file"

    def test_a_file_that_may_not_be_read(self, monkeypatch):
        def forbidden(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", forbidden)

        assert failure("captures/b.json").reason == "it may not be read: permission denied"

    def test_a_folder_that_may_not_be_listed(self, monkeypatch):
        def forbidden(_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", forbidden)

        assert failure("captures").reason == "it may not be read: permission denied"
        assert failure("captures/bb.json").hint == "see what is there: ls captures"

    def test_a_disk_that_fails_in_the_middle(self, monkeypatch):
        class Failing(io.BytesIO):
            def read(self, _=-1):
                if self.tell():
                    raise OSError(5, "Input/output error")
                return super().read(10)

        monkeypatch.setattr(Path, "open", lambda *_: Failing(b"[1]\n[2]\n[3]\n"))

        *_, last = iter_records(["captures/b.json"], stdin=io.BytesIO())

        assert last.reason == "it cannot be read: Input/output error"

    def test_standard_input_that_fails(self):
        class Folder(io.BytesIO):
            def read(self, _=-1):
                raise IsADirectoryError(21, "Is a directory")

        (record,) = iter_records(["-"], stdin=Folder())

        assert record.reason == "it cannot be read: Is a directory"


@pytest.mark.usefixtures("folder")
class TestPipes:
    def test_that_nobody_writes_to_do_not_hang(self, folder, monkeypatch):
        monkeypatch.setattr(sources, "_PATIENCE", 0.05)
        os.mkfifo(folder / "pipe")

        assert failure("pipe").reason == "a pipe that nobody writes to"

    def test_are_read_to_their_end(self, folder):
        os.mkfifo(folder / "pipe")
        lines = b"".join(b"[%d]\n" % number for number in range(50_000))
        writer = threading.Thread(target=(folder / "pipe").write_bytes, args=(lines,))
        writer.start()

        found = taken("pipe")
        writer.join()

        assert [("pipe", b"[%d]" % number) for number in range(50_000)] == found

    def test_with_a_slow_writer_are_waited_for(self, monkeypatch):
        monkeypatch.setattr(sources, "_PATIENCE", 0.05)
        reading, writing = os.pipe()
        later = threading.Timer(0.3, lambda: (os.write(writing, b"[1]"), os.close(writing)))
        later.start()

        found = taken(f"/dev/fd/{reading}")
        later.join()
        os.close(reading)

        assert [(f"/dev/fd/{reading}", b"[1]")] == found
