"""The two entry points, and what happens to errors, signals and closed pipes."""

from __future__ import annotations

import argparse
import errno
import importlib
import io
import os
import re
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from wireproof import __version__
from wireproof.cli.exits import Exit
from wireproof.errors import UsageError, WireproofError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

__all__ = ["COMMANDS", "Parser", "main", "parser_for", "validate_response"]

COMMANDS = {
    "validate": "judge captured responses against the contracts",
    "audit": "judge recorded traffic of any size, and answer with evidence",
    "docs": "find where a page of documentation contradicts itself or the wire",
    "lint": "check contracts for mistakes that validators miss",
    "generate": "write typed models from contracts",
    "explain": "explain a rule, with cases that fire and cases that stay quiet",
    "rules": "list the rules",
    "providers": "list the known providers and their operations",
}
"""Every command and what it does; each is a module of this package with `add_arguments` and `run`."""

_NARROWEST, _USUAL, _WIDEST = 40, 80, 100
"""Columns of help."""
_UNWRITTEN = frozenset({errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC})
"""What the system says where no more can be written; inputs that fail are told in the report."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are ours: one sentence, one hint, exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Raise the error that says what is wrong with the command line."""
        raise UsageError(message, hint=self._hint(message) or f"see {self.prog} --help")

    def _hint(self, message: str) -> str | None:
        """Return which word was meant instead of a wrong option or a wrong choice, or None."""
        choice = re.search(r"invalid choice: '(.*)' \(choose from (.*)\)", message)
        if choice:
            near = nearest(choice[1], re.findall(r"[\w-]+", choice[2]))
        elif message.startswith("unrecognized arguments: "):
            words = (word.partition("=")[0] for word in message.split() if word.startswith("-"))
            known = [name for action in self._actions for name in action.option_strings]
            near = nearest(next(words, ""), known)
        else:
            return None
        return f"did you mean {near} ?" if near else None


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal, within reason; argparse would ask by an import on every run."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width())

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Return a description with its paragraphs kept, and each of them as wide as the help."""
        filled = super()._fill_text
        return "\n\n".join(filled(part, width, indent) for part in text.strip().split("\n\n"))


def _width() -> int:
    """Return how wide help is: as the terminal, 80 columns where there is none, never more than 100."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdecimal() and int(told):
        return max(_NARROWEST, min(int(told), _WIDEST)) - 1
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):  # no stream, no terminal, or a stream without a file
        columns = 0
    return max(_NARROWEST, min(columns or _USUAL, _WIDEST)) - 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `wireproof COMMAND …` and return its exit code."""
    return _guarded(lambda: _command(list(sys.argv[1:] if arguments is None else arguments)))


def validate_response(arguments: Sequence[str] | None = None) -> int:
    """Run `validate-response …`, the same as `wireproof validate …`, and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    return _guarded(lambda: _run("validate", words, prog="validate-response"))


def parser_for(command: str, *, prog: str | None = None) -> Parser:
    """Return the parser of one command."""
    module = importlib.import_module(f"wireproof.cli.{command}")
    parser = Parser(
        prog=prog or f"wireproof {command}",
        description=module.__doc__,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    parser.set_defaults(run=module.run)
    return parser


def _command(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help"}:
        print(_overview(), end="")
        return Exit.OK if words else Exit.USAGE
    if words[0] in {"-V", "--version"}:
        print(f"wireproof {__version__}")
        return Exit.OK
    command, *rest = words
    if command not in COMMANDS:
        near = nearest(command, COMMANDS)
        hint = f"did you mean wireproof {near} ?" if near else f"the commands are {', '.join(COMMANDS)}"
        raise UsageError(f"there is no command {command!r}", hint=hint)
    return _run(command, rest)


def _run(command: str, words: list[str], *, prog: str | None = None) -> int:
    parser = parser_for(command, prog=prog)
    options = parser.parse_args(words)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {what}" for name, what in COMMANDS.items()]
    return "\n".join(
        (
            "wireproof: proof what is on the wire against what was promised.",
            "",
            "usage: wireproof COMMAND [options]      (wireproof COMMAND --help says more)",
            "       validate-response [FILE…|-]      (the same as wireproof validate)",
            "",
            *lines,
            "",
            "exit codes: 0 nothing found, 1 findings, 2 usage,",
            "            3 some input not read or matched, 4 our own fault",
            "",
        )
    )


def _guarded(run: Callable[[], int]) -> int:
    """Run a command; turn every way it can end into a message and a documented exit code."""
    with _terminable(), _whole_streams():
        try:
            code = run()
            sys.stdout.flush()
        except WireproofError as error:
            _complain(error.message, error.hint)
            return error.exit_code
        except BrokenPipeError:
            _drop_output()
            return Exit.CLOSED
        except KeyboardInterrupt as interrupt:
            print("wireproof: interrupted", file=sys.stderr)
            return Exit.TERMINATED if interrupt.args else Exit.INTERRUPTED
        except SystemExit as ended:  # argparse ends --help like this
            return ended.code if isinstance(ended.code, int) else Exit.OK
        except Exception as error:
            if os.environ.get("WIREPROOF_DEBUG"):
                raise
            return _failed(error)
        return code


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does, so that the report so far is written."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return
    before = signal.signal(signal.SIGTERM, _terminated)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _whole_streams() -> Iterator[None]:
    """Lend a stream where the caller closed one, and let every character be written somehow."""
    with ExitStack() as lent:
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:
                stream = lent.enter_context(Path(os.devnull).open("w", encoding="utf-8"))
                setattr(sys, name, stream)
                lent.callback(setattr, sys, name, None)
            elif isinstance(stream := getattr(sys, name), io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        yield


def _failed(error: Exception) -> Exit:
    """Say what went wrong, and return the exit code: a full disk is not our own fault."""
    if isinstance(error, OSError) and error.errno in _UNWRITTEN:
        _drop_output()
        _complain(f"the output cannot be written: {error.strerror}", "write to a disk that has room")
        return Exit.USAGE
    _complain(
        f"a fault of our own: {type(error).__name__}: {error}",
        "please report it, with the output of the same command under WIREPROOF_DEBUG=1",
    )
    return Exit.FAULT


def _drop_output() -> None:
    """Let what is left of the output go nowhere, so that the interpreter ends in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str, hint: str) -> None:
    print(f"wireproof: {_shown(message)}\n  {_shown(hint)}", file=sys.stderr)


def _shown(text: str) -> str:
    from wireproof.reporters.text import plain  # noqa: PLC0415 - only an error pays for it

    return plain(text)


def _terminated(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt("SIGTERM")
