"""The page in the documentation, written from a measurement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from driftbench.corpus import HERE
from driftbench.tables import HEAD, clean_lines, markdown, percent, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from driftbench.corpus import Skipped
    from driftbench.scoring import Cell, Clean

__all__ = ["PAGE", "PEERS", "write_peers", "write_results"]

PAGE = HERE.parents[1] / "docs" / "driftbench.md"
PEERS = HERE / "peers.json"
"""What was measured of the peers, kept beside the page so that either can be measured alone."""

_INTRO = """\
# The drift benchmark

Written by `make driftbench` and `make driftbench-peers`; edits are overwritten.
[benchmarks/drift/README.md](../benchmarks/drift/README.md) says how it is measured.

Answers are made from ten contracts: the four that ship and six invented ones of other styles. Clean answers
show false alarms. Every other sample has known drifts: one, unless the row says otherwise.

- **recall**: the drift is reported, whatever it is called.
- **name**: it is called by its right name.
- **place**: it is reported at the right place; a change with two ends, at both.
- **statements each**: warnings and errors for each single drift; 1.00 is one drift, one statement.
"""


def write_results(
    tables: Mapping[str, Mapping[str, Cell]], clean: Clean, skipped: Skipped, *, seed: int
) -> None:
    """Write the page from a measurement of wireproof, with the peers beside it where they were measured."""
    lines = [_INTRO, "## Clean answers", "", *(f"{line}." for line in clean_lines(clean)), ""]
    if PEERS.is_file():
        lines += peer_lines(json.loads(PEERS.read_text(encoding="utf-8")))
    for title, cells in tables.items():
        lines += [f"## {title}", "", *markdown(HEAD, rows(cells)), ""]
    lines += [
        "## What is not counted",
        "",
        "Changes that nobody could see by the contract were made anew: "
        + (", ".join(f"{kind} ({count})" for kind, count in sorted(skipped.counts.items())) or "none")
        + ".",
        "",
        f"Corpus: seed {seed}.",
    ]
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_peers(measured: Mapping[str, Any], *, keep: bool) -> list[str]:
    """Return the section on the peers; `keep` puts it in its file, and in the page if there is one."""
    lines = peer_lines(measured)
    if keep:
        PEERS.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if keep and PAGE.is_file():
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(f"{lines[0]}\n")
        if not rest:
            before, _, rest = page.partition("## By kind\n")
            rest = f"## By kind\n{rest}"
        else:
            rest = rest[rest.index("\n## ") + 1 :]
        PAGE.write_text(before + "\n".join(lines) + "\n" + rest, encoding="utf-8")
    return lines


def peer_lines(measured: Mapping[str, Any]) -> list[str]:
    """Return the section that sets the peers beside wireproof, family by family."""
    families: Sequence[str] = measured["families"]
    tools: Mapping[str, Any] = measured["tools"]
    head = ("", *tools)
    body: list[list[str]] = []
    for family in families:
        cells = [tool["cells"].get(family) for tool in tools.values()]
        for word, count in (("recall", "seen"), ("place", "placed")):
            shares = [percent(cell[count], cell["drifts"]) if cell else "-" for cell in cells]
            body.append([f"{family}: {word}", *shares])
    every = [tool["cells"]["all single drifts"] for tool in tools.values()]
    body.append(
        ["statements each", *(f"{cell['statements'] / max(1, cell['samples']):.2f}" for cell in every)]
    )
    body.append(["false alarms", *(f"{tool['alarmed']} of {tool['clean']}" for tool in tools.values())])
    return ["## Beside others", "", measured["sample"], "", *markdown(head, body), "", *measured["notes"], ""]
