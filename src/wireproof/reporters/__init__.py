"""A report as text for a person, or as JSON for a machine; one function each."""

from wireproof.reporters.jsonreport import json_report
from wireproof.reporters.text import text_report

__all__ = ["json_report", "text_report"]
