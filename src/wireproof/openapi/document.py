"""OpenAPI documents as values: one file's text, and the set of files that one contract spans."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from wireproof.door import Limits, Refusal, json_positions, read_json, read_yaml
from wireproof.errors import ContractError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.door.yamltext import Marks

__all__ = ["Document", "Library", "Node", "Reader", "locate", "read_document"]

Reader = Callable[[str], bytes]
"""Returns the bytes of a file beside the contract, named relative to the contract's folder."""

_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_CONTRACT_LIMITS = Limits(size=64 * 2**20, depth=200, nodes=2_000_000)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file: its name as the user would type it, its value, and the lines of its members."""

    name: str
    value: Any
    _marks: Marks | None = field(default=None, repr=False)
    _text: str = field(default="", repr=False)
    _lines: dict[str, int] = field(default_factory=dict, repr=False)
    _rows: list[str] = field(default_factory=list, repr=False)

    @classmethod
    def from_value(cls, name: str, value: Any) -> Document:
        """Return the document of a decoded value, which has no lines."""
        return cls(name, value, {})

    @classmethod
    def from_lines(cls, name: str, text: str, value: Any, lines: list[list[int]]) -> Document:
        """Return the document of a value with the lines that `member_lines` gave for it.

        Raises `ValueError` where value and lines do not belong together.
        """
        marks: Marks = {}
        for container, found in zip(_containers(value), lines, strict=True):
            keys = container if isinstance(container, dict) else map(str, range(len(container)))
            marks[id(container)] = {key: line for key, line in zip(keys, found, strict=True) if line}
        return cls(name, value, marks, text.removeprefix("\ufeff"))

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the document again in another process, where containers have other ids."""
        if self._marks is None:
            return Document, (self.name, self.value, None, self._text)
        lines = self.member_lines()
        if lines is None:
            return Document.from_value, (self.name, self.value)
        return Document.from_lines, (self.name, self._text, self.value, lines)

    def member_lines(self) -> list[list[int]] | None:
        """Return the lines of the members of each mapping and sequence, outermost first.

        0 stands for a line that is not known; None is the answer for a document without lines.
        """
        if not self._marks:
            return None
        return [
            [self._marks.get(id(container), {}).get(str(key), 0) for key in keys]
            for container in _containers(self.value)
            for keys in [container if isinstance(container, dict) else range(len(container))]
        ]

    def line(self, pointer: str) -> int | None:
        """Return the line (from 1) of the member that `pointer` names, or None."""
        if self._marks is None:
            if not self._lines:
                self._lines.update({place: line for place, (line, _) in json_positions(self._text).items()})
            return self._lines.get(pointer)
        if not self._marks:
            return None
        line, value = 1, self.value
        for token in _tokens(pointer):
            found = self._marks.get(id(value), {}).get(token)
            if found is None:
                return None
            line, value = found, _member(value, token)
        return line

    def source_line(self, pointer: str) -> str:
        """Return the text of the line that the member named by `pointer` stands on, or nothing."""
        line = self.line(pointer)
        if line is None or not self._text:
            return ""
        if not self._rows:
            self._rows.extend(_LINE_BREAK.split(self._text))
        return "".join(self._rows[line - 1 : line])


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value inside a document, with the pointer that leads to it."""

    document: Document
    pointer: str
    value: Any

    def member(self, *tokens: str) -> Node:
        """Return the node at the end of some keys; its value is None where there is none."""
        node = self
        for token in tokens:
            pointer = f"{node.pointer}/{_escaped(token)}"
            node = Node(node.document, pointer, _member(node.value, token))
        return node

    def members(self) -> list[tuple[str, Node]]:
        """Return the members of a mapping, or the items of a list, as nodes, in order."""
        if isinstance(self.value, dict):
            return [(key, self.member(key)) for key in self.value]
        if isinstance(self.value, list):
            return [(str(index), self.member(str(index))) for index in range(len(self.value))]
        return []

    @property
    def where(self) -> str:
        """Return `file:line`, for a message."""
        line = self.document.line(self.pointer)
        return f"{self.document.name}:{line}" if line else f"{self.document.name}#{self.pointer or '/'}"

    def error(self, message: str, *, hint: str) -> ContractError:
        """Return the error that says what is wrong at this node."""
        return ContractError(f"{self.where}: {message}", hint=hint)


class Library:
    """The files of one contract: the root document and those beside it that references name.

    `read` gets a name relative to the contract's folder and returns the file's bytes; without
    it a reference to another file is an error.  Nothing outside the folder is ever asked for.
    """

    def __init__(self, root: Document, read: Reader | None = None) -> None:
        self.root = root
        self._read = read
        self._documents: dict[str, Document] = {"": root, basename(root.name): root}
        self._anchors: dict[int, Mapping[str, str]] = {}

    def resolve(self, node: Node) -> Node:
        """Return the node that `node`'s `$ref` leads to, after any chain of references.

        Raises `ContractError` for a reference that leaves the folder, names nothing, or
        runs in a circle.
        """
        seen: set[tuple[str, str]] = set()
        while isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
            key = (node.document.name, node.pointer)
            if key in seen:
                raise node.error(
                    "this $ref leads back to itself", hint="let one of the references name a value"
                )
            seen.add(key)
            node = self.follow(node, node.value["$ref"])
        return node

    def follow(self, node: Node, reference: str) -> Node:
        """Return the node that one reference written at `node` names; it may be a reference itself."""
        file, _, fragment = reference.partition("#")
        document = self._document(node, unquote(file)) if file else node.document
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            pointer = self._anchor(document, fragment)
            if pointer is None:
                raise node.error(
                    f"$ref {reference!r} names no $anchor of {document.name}",
                    hint="write a JSON Pointer: #/…",
                )
        else:
            pointer = fragment
        target = locate(document, pointer)
        if target is None:
            raise node.error(f"$ref {reference!r} leads nowhere", hint=_nearest_hint(document, pointer))
        return target

    def _document(self, node: Node, file: str) -> Document:
        if "://" in file or file.startswith(("//", "urn:", "file:", "data:")):
            raise node.error(
                f"$ref {file!r} leaves the contract's folder; nothing is ever fetched",
                hint="save the file beside the contract and refer to it by a relative path",
            )
        home = next(name for name, document in self._documents.items() if document is node.document)
        name = normpath(join(dirname(home), file.replace("\\", "/")))
        if name == ".." or name.startswith(("../", "/")):
            raise node.error(
                f"$ref {file!r} leads outside the contract's folder",
                hint="copy the file into the contract's folder and refer to it there",
            )
        if name not in self._documents:
            self._documents[name] = self._load(node, file, name)
        return self._documents[name]

    def _load(self, node: Node, file: str, name: str) -> Document:
        if self._read is None:
            raise node.error(
                f"$ref {file!r} names another file, and this contract was given as text",
                hint="load the contract from its path, so that files beside it can be read",
            )
        try:
            data = self._read(name)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise node.error(
                f"$ref {file!r} cannot be read ({reason})",
                hint="put the file beside the contract, or mend the path",
            ) from error
        return read_document(join(dirname(self.root.name), name), data)

    def _anchor(self, document: Document, name: str) -> str | None:
        if id(document) not in self._anchors:
            self._anchors[id(document)] = dict(_anchors(document.value))
        return self._anchors[id(document)].get(name)


def read_document(name: str, data: bytes) -> Document:
    """Return the document in `data`, YAML or JSON, told apart by its first character.

    Raises `ContractError`, with file and line, for anything that cannot be read whole.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContractError(
            f"{name}:{line}: byte {error.start} is not UTF-8", hint="save the contract as UTF-8"
        ) from error
    try:
        if text.lstrip()[:1] in {"{", "["}:
            return _from_json(name, data, text)
        return _from_yaml(name, text)
    except Refusal as refusal:
        where = f"{name}:{refusal.line}" if refusal.line else name
        raise ContractError(
            f"{where}: {refusal.message}", hint=_HINTS.get(refusal.reason, _HINTS["syntax"])
        ) from refusal


def locate(document: Document, pointer: str) -> Node | None:
    """Return the node that `pointer` names in `document`, or None."""
    value = document.value
    for token in _tokens(pointer):
        if isinstance(value, dict):
            if token not in value:
                return None
        elif not (
            isinstance(value, list) and token.isascii() and token.isdigit() and int(token) < len(value)
        ):
            return None
        value = _member(value, token)
    return Node(document, pointer, value)


_HINTS = {
    "empty": "a contract is an OpenAPI 3.0, 3.1 or 3.2 document in YAML or JSON",
    "duplicate-key": "keep one of the two; a reader would silently drop the other",
    "syntax": "mend the YAML or JSON at that line",
    "depth": "a contract that deep is refused before anything expands it",
    "expansion": "a contract that multiplies itself by aliases is refused",
    "encoding": "save the contract as UTF-8 text",
    "tag": "remove the tag: only YAML's core types are read",
    "alias": "write the value out instead of the alias",
    "size": "split the contract into several files",
}


def _from_yaml(name: str, text: str) -> Document:
    if len(text) > _CONTRACT_LIMITS.size:
        raise Refusal("size", f"larger than {_CONTRACT_LIMITS.size} characters")
    yaml = read_yaml(text, _CONTRACT_LIMITS)
    return Document(name, yaml.value, yaml.marks, text)


def _from_json(name: str, data: bytes, text: str) -> Document:
    try:
        json = read_json(data, _CONTRACT_LIMITS)
    except Refusal as refusal:
        if refusal.undecided:
            raise
        try:
            return _from_yaml(name, text)  # flow-style YAML begins with a brace too
        except Refusal:
            raise refusal from None
    for note in json.notes:
        if note.kind == "duplicate-key":
            message = f"the key at {note.pointer} stands twice in one object"
            raise Refusal("duplicate-key", message, line=note.line)
    return Document(name, json.value, None, text.removeprefix("\ufeff"))


def _anchors(root: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            found += [
                (value[key], pointer)
                for key in ("$anchor", "$dynamicAnchor")
                if isinstance(value.get(key), str)
            ]
            waiting += [(f"{pointer}/{_escaped(key)}", member) for key, member in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{pointer}/{index}", member) for index, member in enumerate(value)]
    return found


def _nearest_hint(document: Document, pointer: str) -> str:
    parent, _, last = pointer.rpartition("/")
    node = locate(document, parent)
    near = nearest(last, node.value) if node and isinstance(node.value, dict) else None
    return (
        f"did you mean #{parent}/{near} ?" if near else f"write the value at {pointer}, or mend the reference"
    )


def _containers(root: Any) -> Iterator[dict[str, Any] | list[Any]]:
    waiting = [root]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict | list):
            yield current
            waiting.extend(current.values() if isinstance(current, dict) else current)


def _tokens(pointer: str) -> list[str]:
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def _escaped(token: str) -> str:
    return token.replace("~", "~0").replace("/", "~1")


def _member(value: Any, token: str) -> Any:
    if isinstance(value, dict):
        return value.get(token)
    if isinstance(value, list) and token.isascii() and token.isdigit() and int(token) < len(value):
        return value[int(token)]
    return None
