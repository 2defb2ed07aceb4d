"""Examples, defaults and listed values held against the schema that they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError
from wireproof.lint.defect import Note, quoted, shown
from wireproof.lint.places import schema_types
from wireproof.openapi.schemas import SchemaBook
from wireproof.validating import Judge, Verdict
from wireproof.validating.effort import effort
from wireproof.validating.engine import FastEngine, InvalidSchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.contract import Schema
    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node
    from wireproof.validating import Site

__all__ = ["default_mismatch", "enum_mismatch", "example_mismatch", "sample_unjudged"]

_MISSING = frozenset({"required", "dependentRequired"})
_TOLERATED = frozenset({"undocumented", "x-extensible-enum"})
_EFFORT = 20_000
"""Visits of a schema that one sample may take; large public contracts need some hundreds."""
_DEPTH = 400
"""Visits of one sample that may be open at once."""
_SHOWN = 5
"""Contradictions of one example that are told one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """One value that a contract shows, and the schema it shows."""

    node: Node
    schema: Node
    what: str

    @property
    def place(self) -> tuple[str, str]:
        """Return its file and pointer."""
        return self.node.document.name, self.node.pointer


class _Bench:
    """Judges the samples of one contract: all at once first, then one by one those that do not fit."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._names: dict[int, str] = {}
        self._endless: dict[tuple[str, str], bool] = {}
        self._samples = [sample for item in outline.items for sample in _samples(item, outline)]

    @cached_property
    def _shared(self) -> Judge | None:
        """Return a judge of every schema that has samples; None if one of them cannot be converted."""
        book = SchemaBook(self._outline.library, self._outline.dialect)
        for sample in self._samples:
            self._names[id(sample.schema.value)] = book.name(sample.schema)
        try:
            return Judge(book.close())
        except ContractError:
            return None

    @cached_property
    def _suspects(self) -> frozenset[tuple[str, str]] | None:
        """Return the places of the samples that do not fit; None where nobody can tell at once."""
        if self._shared is None:
            return None
        by_name: dict[str, list[_Sample]] = {}
        for sample in self._samples:
            if self.is_endless(sample):
                continue
            by_name.setdefault(self._names[id(sample.schema.value)], []).append(sample)
        every = {name: {"items": {"$ref": f"#/$defs/{name}"}} for name in by_name}
        try:
            engine = FastEngine({"$defs": dict(self._shared.schemas.defs), "properties": every})
        except InvalidSchemaError:
            return None
        values = {name: [sample.node.value for sample in samples] for name, samples in by_name.items()}
        wrong = {(str(fault.path[0]), int(fault.path[1])) for fault in engine.faults(values)}
        return frozenset(by_name[name][index].place for name, index in wrong)

    def sites(self, sample: _Sample) -> list[Site]:
        """Return where a sample contradicts its schema; nothing where the schema itself is wrong."""
        if self._suspects is not None and sample.place not in self._suspects:
            return []
        if self.is_endless(sample):
            return []
        try:
            judge, name = self._judge(sample)
            judgement = judge.judge(name, sample.node.value)
        except ContractError:
            return []
        if judgement.verdict is not Verdict.INVALID:
            return []
        plain = [site for site in judgement.sites if site.keyword not in _TOLERATED]
        return plain or [site for site in judgement.sites if site.keyword == "undocumented"]

    def is_endless(self, sample: _Sample) -> bool:
        """Return whether judging a sample would take longer than anybody waits."""
        if sample.place not in self._endless:
            try:
                judge, name = self._judge(sample)
                defs = judge.schemas.defs
                self._endless[sample.place] = _is_too_much(defs, defs[name], sample.node.value)
            except ContractError:
                self._endless[sample.place] = False
        return self._endless[sample.place]

    def _judge(self, sample: _Sample) -> tuple[Judge, str]:
        if self._shared is not None:
            return self._shared, self._names[id(sample.schema.value)]
        book = SchemaBook(self._outline.library, self._outline.dialect)
        name = book.name(sample.schema)
        return Judge(book.close()), name


def _is_too_much(defs: Mapping[str, Schema], schema: Schema, value: Any) -> bool:
    return effort(defs, schema, value, limit=_EFFORT, depth=_DEPTH) > _EFFORT


def _bench(outline: Outline) -> _Bench:
    bench = outline.memo.setdefault("samples", None) or _Bench(outline)
    outline.memo["samples"] = bench
    return bench


def example_mismatch(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield examples that contradict their schema."""
    yield from _mismatches(item, outline, "example")


def default_mismatch(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield defaults that contradict their schema."""
    yield from _mismatches(item, outline, "default")


def enum_mismatch(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield members of `enum`, and values of `const`, that the rest of the schema refuses."""
    yield from _mismatches(item, outline, "enum member")
    yield from _mismatches(item, outline, "const")


def sample_unjudged(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield examples and values whose schema multiplies itself, so that nobody judges them."""
    for sample in _samples(item, outline):
        if _bench(outline).is_endless(sample):
            message = f"the {sample.what} was not judged: its schema multiplies, or nests, without measure"
            yield Note(sample.node, message, "let fewer alternatives refer to each other")


def _mismatches(item: Item, outline: Outline, what: str) -> Iterator[Note]:
    for sample in _samples(item, outline):
        if sample.what != what:
            continue
        sites = [site for site in _bench(outline).sites(sample) if not _excused(site, item, outline)]
        for site in sites[:_SHOWN]:
            yield _note(sample, site)


def _note(sample: _Sample, site: Site) -> Note:
    path = [str(token) for token in site.path]
    where = f" at {quoted('/' + '/'.join(path))}" if path else ""
    promise = f" (line {site.place.line} of {site.place.file})" if site.place and site.place.line else ""
    if site.keyword in _MISSING:
        node = sample.node.member(*path[:-1])
        problem = f"lacks {quoted(path[-1])}, which its schema requires{promise}"
        return Note(node, f"the {sample.what} {problem}", f"add {quoted(path[-1])}, or do not require it")
    node = sample.node.member(*path)
    if site.keyword == "undocumented":
        message = f"the {sample.what} has {quoted('/' + '/'.join(path))}, which its schema refuses{promise}"
        return Note(node, message, "remove the member, or describe it")
    found = f"it is {shown(node.value)}"
    message = (
        f"the {sample.what} contradicts its schema{where}: promised is {site.promised}{promise}; {found}"
    )
    return Note(node, message, f"mend the {sample.what}, or the schema: one of the two is wrong")


def _excused(site: Site, item: Item, outline: Outline) -> bool:
    """Return whether a property is missing only because it is sent one way, and the sample goes the other."""
    if site.keyword not in _MISSING or site.place is None:
        return False
    direction = next((_DIRECTIONS[holder.kind] for holder in item.within() if holder.kind in _DIRECTIONS), "")
    holder = outline.places.get((site.place.file, _holder(site.place.pointer)))
    if holder is None:
        return False
    target = outline.member(holder.node, "properties", str(site.path[-1]))
    flags = target.value if isinstance(target.value, dict) else {}
    one_way = {"request": ("readOnly",), "response": ("writeOnly",)}.get(direction, ("readOnly", "writeOnly"))
    return any(flags.get(flag) is True for flag in one_way)


_DIRECTIONS = {
    "request-body": "request",
    "parameter": "request",
    "response": "response",
    "header": "response",
}


def _holder(pointer: str) -> str:
    return pointer.removesuffix("/required").removesuffix("/dependentRequired")


def _samples(item: Item, outline: Outline) -> Iterator[_Sample]:
    if item.kind == "schema":
        yield from _of_schema(item, outline)
    elif item.kind in {"parameter", "header", "media-type"} and isinstance(item.value.get("schema"), dict):
        schema = item.node.member("schema")
        for node in _shown_values(item, outline):
            if item.kind != "media-type" or _is_judged(item.name, node.value, schema, outline):
                yield _Sample(node, schema, "example")


def _of_schema(item: Item, outline: Outline) -> Iterator[_Sample]:
    if item.is_reference and not outline.modern:
        return
    for keyword, what in (("example", "example"), ("default", "default"), ("const", "const")):
        if keyword in item.value and (keyword != "const" or outline.modern):
            yield _Sample(item.node.member(keyword), item.node, what)
    for keyword, what in (("examples", "example"), ("enum", "enum member")):
        node = item.node.member(keyword)
        if isinstance(node.value, list) and (keyword != "examples" or outline.modern):
            yield from (_Sample(member, item.node, what) for _, member in node.members())


def _shown_values(item: Item, outline: Outline) -> Iterator[Node]:
    if "example" in item.value:
        yield item.node.member("example")
    examples = item.node.member("examples")
    if isinstance(examples.value, dict):
        for _, entry in examples.members():
            example = outline.resolved(entry)
            for key in ("value", "dataValue"):
                if example is not None and isinstance(example.value, dict) and key in example.value:
                    yield example.member(key)


def _is_judged(media_type: str, value: Any, schema: Node, outline: Outline) -> bool:
    """Return whether a schema can judge an example: not the text of an object that is no JSON."""
    name = media_type.partition(";")[0].strip().lower()
    is_json = name.endswith(("/json", "+json")) or name in {"*/*", "application/*"}
    return is_json or not isinstance(value, str) or "object" not in schema_types([schema], outline)
