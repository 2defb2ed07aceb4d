"""The command line: a module a command; each parses, calls, prints, and returns an exit code."""

from wireproof.cli.main import main, validate_response

__all__ = ["main", "validate_response"]
