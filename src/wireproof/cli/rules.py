"""List the rules: id, severity by default, family and summary."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wireproof.cli.exits import Exit
from wireproof.proofreading.rules import DOCS_RULES
from wireproof.rules import RULES

if TYPE_CHECKING:
    import argparse

    from wireproof.rules.rule import Rule

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof rules`."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    """Print the rules."""
    if options.format == "json":
        print(json.dumps([_as_json(rule) for rule in (*RULES, *DOCS_RULES)], indent=2))
        return Exit.OK
    width = max(len(rule.id) for rule in (*RULES, *DOCS_RULES))
    family = None
    for rule in (*RULES, *DOCS_RULES):
        if rule.family != family:
            print(rule.family if family is None else f"\n{rule.family}")
            family = rule.family
        print(f"  {rule.id:<{width}}  {rule.severity.value:<7}  {rule.summary}")
    print("\nwireproof explain RULE says more")
    return Exit.OK


def _as_json(rule: Rule) -> dict[str, str]:
    return {name: str(getattr(rule, name)) for name in ("id", "severity", "family", "summary")}
