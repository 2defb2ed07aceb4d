"""The report for machines."""

import json

from support.reports import finding, report
from wireproof.finding import Severity
from wireproof.reporters import json_report


def test_it_is_ascii_and_ends_in_a_newline():
    text = json_report(report(finding(pointer="/ключ\x1b\u202e")))
    assert (text.isascii(), text.endswith("}\n"), "\x1b" in text) == (True, True, False)
    assert json.loads(text)["findings"][0]["pointer"] == "/ключ\x1b\u202e"


def test_what_is_below_the_least_severity_is_left_out_and_counted():
    value = json.loads(
        json_report(report(finding(), finding("type-changed", "/y", severity="error")), least=Severity.ERROR)
    )
    assert [one["rule"] for one in value["findings"]] == ["type-changed"]
    assert value["summary"]["findings"] == {"error": 1, "warning": 1, "info": 0}


def test_it_names_its_format_and_version():
    value = json.loads(json_report(report()))
    assert (value["format"], value["version"], value["complete"]) == ("wireproof-report", 1, True)
