"""Real processes: pipes that close, signals, terminals, characters, full disks, start."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import wireproof
from wireproof.cli import main
from wireproof.cli.exits import Exit
from wireproof.cli.output import terminal_style, write_output
from wireproof.errors import UsageError
from wireproof.reporters.text import Style

SRC = str(Path(wireproof.__file__).resolve().parents[1])
COMMAND = [sys.executable, "-c", "import sys; from wireproof.cli import main; sys.exit(main())"]
JUDGE = [*COMMAND, "validate", "--spec", "spec.json"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": SRC}


def ended(command, **options):
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, **options)


def test_a_reader_that_leaves_early_is_no_fault_and_no_finding(here):
    pipe = os.pipe()
    os.close(pipe[0])
    with os.fdopen(pipe[1], "wb") as closed:
        done = subprocess.run(
            [*JUDGE, "wrong.json"], env=ENVIRONMENT, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (Exit.CLOSED, b"")


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)]
)
def test_a_signal_leaves_the_partial_report(here, number, code):
    process = subprocess.Popen(
        [*JUDGE, "extra.json", "-"],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - one thread
    )
    process.stdin.write('{"id": 1}\n' * 20_000)  # more than a pipe holds: it is being read
    process.stdin.flush()
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (code, "")
    assert "this report is partial: the examination was interrupted\n" in out
    assert "undocumented-field  /diff_s" in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_is_no_fault_of_ours(here):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*JUDGE, "wrong.json"],
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        Exit.USAGE,
        "wireproof: the output cannot be written: No space left on device\n  write to a disk that has room\n",
    )


def test_characters_that_the_output_cannot_carry_are_written_as_escapes(here):
    (here / "wrong.json").write_text('{"state": "done", "id": "", "ключ": 1}', encoding="utf-8")
    done = subprocess.run(
        [*JUDGE, "wrong.json"],
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (Exit.FINDINGS, b"")
    assert rb"/\u043a\u043b\u044e\u0447" in done.stdout


def test_a_file_name_that_is_no_text_does_no_harm(here):
    name = os.fsencode("wrong-") + b"\xff.json"
    Path(os.fsdecode(name)).write_bytes((here / "wrong.json").read_bytes())
    done = subprocess.run([*JUDGE, name], env=ENVIRONMENT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (Exit.FINDINGS, b"")


@pytest.mark.skipif(os.name != "posix", reason="closes streams with a shell")
@pytest.mark.parametrize(
    ("closed", "code"), [(">&-", Exit.FINDINGS), ("2>&-", Exit.FINDINGS), ("<&-", Exit.FINDINGS)]
)
def test_a_closed_stream_is_no_fault(here, closed, code):
    line = f'"$@" {closed}'
    done = ended(["sh", "-c", line, "sh", *JUDGE, "wrong.json"])
    assert (done.returncode, done.stderr) == (code, "")


def test_a_closed_standard_input_without_a_file_is_answered(here):
    done = ended(["sh", "-c", '"$@" <&-', "sh", *JUDGE])
    assert (done.returncode, done.stdout) == (Exit.USAGE, "")
    assert done.stderr.startswith("wireproof: nothing to judge\n")


def test_the_command_runs_in_a_thread_and_leaves_signals_as_they_were(here, capsys):
    before = signal.getsignal(signal.SIGTERM)
    codes = []
    thread = threading.Thread(target=lambda: codes.append(main(["rules"])))
    thread.start()
    thread.join()
    codes.append(main(["rules"]))
    capsys.readouterr()
    assert (codes, signal.getsignal(signal.SIGTERM)) == ([Exit.OK, Exit.OK], before)


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_there_is_colour_on_a_terminal_only_and_only_where_it_is_wanted(here, environment, coloured):
    pty = pytest.importorskip("pty")
    own, other = pty.openpty()
    kept = {key: value for key, value in ENVIRONMENT.items() if key != "NO_COLOR"}
    subprocess.run(
        [*JUDGE, "clean.json"], env={**kept, "TERM": "xterm", **environment}, stdout=other, check=False
    )
    os.close(other)
    shown = os.read(own, 65_536).decode()
    os.close(own)
    assert ("\x1b[" in shown, "no drift" in shown) == (coloured, True)
    assert "\x1b[" not in ended([*JUDGE, "clean.json"]).stdout


@pytest.mark.parametrize(
    ("environment", "colour"), [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)]
)
@pytest.mark.parametrize("output", [None, "-"])
def test_a_terminal_gets_its_width(monkeypatch, environment, colour, output):
    class Terminal:
        def isatty(self):
            return True

        def fileno(self):
            return 1

    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setattr(os, "get_terminal_size", lambda _descriptor: os.terminal_size((91, 20)))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal_style(output) == Style(colour=colour, width=91)


def test_a_file_gets_neither_colour_nor_width(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert terminal_style("report.txt") == Style()


def test_a_run_without_configuration_does_not_pay_for_one(here):
    code = (
        "import sys; from wireproof.cli import main; main(['validate', '--spec', 'spec.json', 'clean.json']);"
        "print([name for name in ('tomllib', 'wireproof.policy', 'wireproof.configuration', 'difflib')"
        " if name in sys.modules], file=sys.stderr)"
    )
    assert ended([sys.executable, "-c", code]).stderr == "[]\n"


def test_a_report_is_written_whole(here, run):
    done = run("validate", "--spec", "spec.json", "wrong.json", "--output", "report.txt")
    assert (done.code, done.out) == (Exit.FINDINGS, "")
    assert (here / "report.txt").read_text().endswith("\n1 error\n")
    assert [path.name for path in here.glob(".*.part")] == []


def test_a_report_goes_to_standard_output_by_its_usual_name(here, run):
    assert run("validate", "--spec", "spec.json", "clean.json", "--output", "-").out.endswith(
        "in 1 exchange\n"
    )


def test_a_report_that_cannot_be_written_leaves_the_old_one_alone(here, monkeypatch):
    (here / "report.txt").write_text("old")

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(
        UsageError, match=r"report\.txt cannot be written: No space left on device"
    ) as refused:
        write_output("new", "report.txt")
    assert refused.value.hint == "write to a disk that has room"
    assert (here / "report.txt").read_text() == "old"
    assert [path.name for path in here.glob(".*.part")] == []


def test_a_pipe_is_written_to_and_stays_a_pipe(here):
    os.mkfifo("pipe")
    came = []
    reader = threading.Thread(target=lambda: came.append(Path("pipe").read_text()), daemon=True)
    reader.start()
    write_output("report", "pipe")
    reader.join(timeout=10)
    assert (came, Path("pipe").is_fifo()) == (["report"], True)


def test_a_link_stays_and_what_it_leads_to_is_written(here):
    Path("old.txt").write_text("old")
    Path("latest.txt").symlink_to("old.txt")
    write_output("new", "latest.txt")
    assert (Path("latest.txt").is_symlink(), Path("old.txt").read_text()) == (True, "new")


@pytest.mark.parametrize(
    ("output", "hint"),
    [
        ("none/report.txt", "make its folder first: mkdir -p none"),
        (".", "name a file in a folder you may write to"),
    ],
)
def test_an_output_that_cannot_be_is_a_mistake_in_use(here, run, output, hint):
    done = run("validate", "--spec", "spec.json", "clean.json", "--output", output)
    assert (done.code, done.out) == (Exit.USAGE, "")
    assert done.err.endswith(f"  {hint}\n")
