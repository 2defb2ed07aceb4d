"""Explain a rule: what it means, why it matters, what to do, and cases that show it."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from wireproof.cli.exits import Exit
from wireproof.errors import UsageError, nearest
from wireproof.proofreading.rules import DOCS_RULES
from wireproof.rules import RULES

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof explain`."""
    parser.add_argument("rule", metavar="RULE", help="a rule's id, such as undocumented-field")


def run(options: argparse.Namespace) -> int:
    """Print the rule's page."""
    known = {rule.id: rule for rule in (*RULES, *DOCS_RULES)}
    if options.rule not in known:
        near = nearest(options.rule, known)
        hint = f"did you mean {near} ?" if near else "see `wireproof rules`"
        raise UsageError(f"there is no rule {options.rule!r}", hint=hint)
    package = "wireproof.proofreading" if options.rule.startswith("docs-") else "wireproof.rules"
    print(files(package).joinpath(f"{options.rule}.md").read_text(encoding="utf-8"), end="")
    rule = known[options.rule]
    print(f"\nSeverity by default: {rule.severity.value}.  Family: {rule.family}.")
    return Exit.OK
