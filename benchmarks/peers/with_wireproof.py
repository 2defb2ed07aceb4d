"""wireproof, line by line: which records of a corpus an audit has a warning or an error about."""

from __future__ import annotations

from lines import WORK, ask

from wireproof import load_contract
from wireproof.examining import Examiner
from wireproof.readers.jsonlines import Lines

contract = load_contract(WORK / "contract.json")


def findings(line: bytes) -> int:
    """Return how much of weight an audit of this one line says."""
    examiner = Examiner([contract])
    examiner.take_lines(Lines("corpus.jsonl", [line], 0, 1))
    said = examiner.report().to_json()["summary"]
    return said["findings"]["error"] + said["findings"]["warning"] + said["unmatched"] + said["undecided"]


ask(findings)
