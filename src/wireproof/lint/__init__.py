"""Contracts checked for mistakes: OpenAPI's own rules, and what validators miss, each at its line."""

from wireproof.lint.defect import Defect
from wireproof.lint.run import lint, lint_bytes, unread
from wireproof.lint.table import CHECKS, UNREADABLE, UNUSABLE, Check

__all__ = ["CHECKS", "UNREADABLE", "UNUSABLE", "Check", "Defect", "lint", "lint_bytes", "unread"]
