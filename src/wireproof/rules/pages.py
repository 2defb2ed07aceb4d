"""The page of a rule as data: its sections for a reader, its cases for a test.

A page is Markdown.  Under `## Cases` each `### title` is followed by one `yaml` block with three
keys.  `contract`: a `schema` for the JSON body of a 200 answer, or whole `responses`; `openapi`,
`components`, `servers`, `path` and further members of the `operation` where they matter.  `exchange`:
a `body`, or raw `text`; `status`, `headers`, `method`, `url`, `asked` (the request's JSON body), `time`
and `source` where they are not the usual ones; or `exchanges`, a list of such, each as often as `times`
says, and `before`, a list of those of the baseline.  `findings`: for each
`rule /pointer` (`rule` alone, or `rule ""`, for the whole body), or a mapping of `rule`, `pointer` and
whatever else of the finding the case is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wireproof.door import LIMITS, Refusal, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Case", "Page", "PageError", "read_page"]

_HEADING = re.compile(r"^(#{1,3}) +(.+?) *$")
_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_KEYS = (
    {"contract", "exchange", "findings"},
    {"contract", "exchanges", "findings"},
    {"contract", "exchanges", "before", "findings"},
)
_ANSWER = {"asked", "body", "headers", "method", "source", "status", "text", "time", "times", "url"}


class PageError(ValueError):
    """A page is not as pages are; the message names the case and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One contract, some exchanges, and what must be found: each finding as a mapping of its parts."""

    title: str
    contract: Mapping[str, Any]
    exchanges: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...]
    before: tuple[Mapping[str, Any], ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the case's contract as a whole OpenAPI document with one operation."""
        made = dict(self.contract)
        answer = {"description": "", "content": {"application/json": {"schema": made.pop("schema", {})}}}
        responses = made.pop("responses", {"200": answer})
        operation = {"operationId": "get", "responses": responses, **made.pop("operation", {})}
        return {
            "openapi": made.pop("openapi", "3.1.0"),
            "info": {"title": "", "version": "1"},
            "paths": {made.pop("path", "/thing"): {"get": operation}},
            **made,
        }


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page: its id, what it says before the first section, its sections and its cases."""

    id: str
    lead: str
    sections: Mapping[str, str]
    cases: tuple[Case, ...] = field(repr=False)


def read_page(text: str) -> Page:
    """Return the page that a Markdown text is; raises `PageError`."""
    parts = list(_parts(text))
    title, lead = next(((heading, body) for level, heading, body in parts if level == 1), ("", ""))
    if not title:
        raise PageError("the page has no title: begin with `# rule-id`")
    sections = {heading: body for level, heading, body in parts if level == 2}  # noqa: PLR2004 - `##`
    cases = tuple(_case(heading, body) for level, heading, body in parts if level == 3)  # noqa: PLR2004 - `###`
    return Page(title, lead, sections, cases)


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield level, heading and body of each heading; a `#` inside a fenced block is none."""
    level, heading, fenced = 0, "", False
    body: list[str] = []
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        match = None if fenced else _HEADING.match(line)
        if match:
            yield level, heading, "\n".join(body).strip()
            level, heading, body = len(match[1]), match[2], []
        else:
            body.append(line)
    yield level, heading, "\n".join(body).strip()


def _case(title: str, body: str) -> Case:
    blocks = _BLOCK.findall(f"{body}\n")
    if len(blocks) != 1:
        raise PageError(f"{title}: one yaml block is expected, not {len(blocks)}")
    try:
        made = read_yaml(blocks[0], LIMITS).value
    except Refusal as refusal:
        raise PageError(f"{title}: line {refusal.line} of its block: {refusal.message}") from refusal
    if not isinstance(made, dict) or set(made) not in _KEYS:
        raise PageError(f"{title}: the block has the keys contract, exchange and findings, and no others")
    exchanges = tuple(made["exchanges"]) if "exchanges" in made else (made["exchange"],)
    before = tuple(made.get("before", ()))
    strange = {key for exchange in (*exchanges, *before) for key in exchange} - _ANSWER
    if strange:
        raise PageError(f"{title}: an exchange has no {min(strange)}; it has {', '.join(sorted(_ANSWER))}")
    return Case(title, made["contract"], exchanges, tuple(_finding(one) for one in made["findings"]), before)


def _finding(written: Any) -> Mapping[str, Any]:
    if isinstance(written, dict):
        return written
    rule, _, pointer = written.partition(" ")
    return {"rule": rule, "pointer": "" if pointer == '""' else pointer}
