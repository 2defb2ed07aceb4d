"""The two entry points, and what happens to errors, signals and closed pipes."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from wireproof import __version__
from wireproof.cli.exits import Exit
from wireproof.errors import UsageError, WireproofError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

__all__ = ["COMMANDS", "Parser", "main", "parser_for", "validate_response"]

COMMANDS = {
    "validate": "judge captured responses against the contracts",
    "lint": "check contracts for mistakes that validators miss",
    "generate": "write typed models from contracts",
    "explain": "explain a rule, with cases that fire and cases that stay quiet",
    "rules": "list the rules",
    "providers": "list the known providers and their operations",
}
"""Every command and what it does; each is a module of this package with `add_arguments` and `run`."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are ours: one sentence, one hint, exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Raise the error that says what is wrong with the command line."""
        words = [word for action in self._actions for word in action.option_strings]
        wrong = next((word.strip("'\"") for word in message.split() if word.startswith("--")), None)
        near = nearest(wrong.partition("=")[0], words) if wrong else None
        known = f"did you mean {near} ?" if near and near != wrong else f"see {self.prog} --help"
        raise UsageError(message, hint=known)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help at one width everywhere; asking the terminal would cost an import on every run."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)


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
    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = run()
        sys.stdout.flush()
    except WireproofError as error:
        print(f"wireproof: {_shown(error.message)}\n  {_shown(error.hint)}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone; what is left goes nowhere, and says nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINDINGS
    except KeyboardInterrupt as interrupt:
        print("wireproof: interrupted", file=sys.stderr)
        return Exit.TERMINATED if interrupt.args else Exit.INTERRUPTED
    except SystemExit as ended:  # argparse ends --help and --version like this
        return ended.code if isinstance(ended.code, int) else Exit.OK
    except Exception as error:
        if os.environ.get("WIREPROOF_DEBUG"):
            raise
        print(
            f"wireproof: a fault of our own: {type(error).__name__}: {_shown(str(error))}\n"
            "  please report it, with the output of the same command under WIREPROOF_DEBUG=1",
            file=sys.stderr,
        )
        return Exit.FAULT
    return code


def _shown(text: str) -> str:
    from wireproof.reporters.text import plain  # noqa: PLC0415 - only an error pays for it

    return plain(text)


def _terminated(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt("SIGTERM")
