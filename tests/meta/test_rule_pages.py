"""Each rule is one module and one page of the same name, and its id is that name."""

from importlib import import_module
from pathlib import Path

import pytest

from wireproof.rules import RULES

FOLDER = Path(__file__).resolve().parents[2] / "src" / "wireproof" / "rules"
IDS = sorted(rule.id for rule in RULES)


def test_the_table_the_modules_and_the_pages_name_the_same_rules():
    modules = [path.stem for path in FOLDER.glob("*.py") if "RULE = " in path.read_text(encoding="utf-8")]
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == IDS
    assert sorted(name.replace("_", "-") for name in modules) == IDS


@pytest.mark.parametrize("rule_id", IDS)
def test_a_rule_has_the_id_of_its_module(rule_id):
    assert import_module(f"wireproof.rules.{rule_id.replace('-', '_')}").RULE.rule.id == rule_id
