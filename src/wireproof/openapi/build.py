"""One OpenAPI document into one `Contract`: its operations, their answers, all references followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.contract import Contract, Operation, PromisedBody, PromisedHeader, PromisedResponse
from wireproof.finding import Place
from wireproof.openapi.dialects import DIALECTS, Dialect, dialect_of
from wireproof.openapi.document import Document, Library, Node, Reader, read_document
from wireproof.openapi.schemas import SchemaBook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["build_contract", "load_contract"]

_STATUS_HINT = "write a status such as '200', a range such as '4XX', or default"


def load_contract(name: str, data: bytes, *, provider: str, read: Reader | None = None) -> Contract:
    """Return the contract in `data`, the bytes of an OpenAPI 3.0, 3.1 or 3.2 document.

    `name` is the file's name as its user would type it, `provider` the name that findings carry,
    `read` returns the bytes of a file beside it (see `Library`).  Raises `ContractError`.
    """
    return build_contract(read_document(name, data), provider=provider, read=read)


def build_contract(document: Document, *, provider: str, read: Reader | None = None) -> Contract:
    """Return the contract that a document holds; raises `ContractError` where it holds none."""
    root = Node(document, "", document.value)
    dialect = _dialect(root)
    builder = _Builder(Library(document, read), dialect, provider)
    operations = tuple(builder.operations(root))
    title = root.member("info", "title").value
    return Contract(
        provider,
        title if isinstance(title, str) else "",
        root.value["openapi"],
        document.name,
        operations,
        builder.book.close(),
    )


def _dialect(root: Node) -> Dialect:
    if not isinstance(root.value, dict):
        raise root.error(
            "an OpenAPI document is a mapping", hint="begin with `openapi: 3.1.0`, `info:` and `paths:`"
        )
    version = root.value.get("openapi")
    dialect = dialect_of(version)
    if dialect is not None:
        return dialect
    known = ", ".join(DIALECTS)
    if "swagger" in root.value:
        raise root.member("swagger").error(
            f"Swagger {root.value['swagger']} is not read; OpenAPI {known} are",
            hint="convert the document, for instance with swagger2openapi",
        )
    if version is None:
        raise root.error(
            "no `openapi` field, so this is no OpenAPI document", hint=f"say which version: {known}"
        )
    raise root.member("openapi").error(f"OpenAPI {version!r} is not known", hint=f"known versions: {known}")


class _Builder:
    """Follows one document from its paths to the schemas of its answers."""

    def __init__(self, library: Library, dialect: Dialect, provider: str) -> None:
        self.library = library
        self.dialect = dialect
        self.provider = provider
        self.book = SchemaBook(library, dialect)
        self._ids: set[str] = set()

    def operations(self, root: Node) -> Iterator[Operation]:
        servers = self._servers(root)
        for path, entry in self._mapping(root.member("paths")):
            item = self._resolved(entry)
            if path.startswith("x-") or item.value is None:
                continue
            item_servers = self._servers(item) or servers
            for method, node in self._methods(item):
                yield self._operation(path, method, node, item_servers)

    def _methods(self, item: Node) -> Iterator[tuple[str, Node]]:
        for key, node in self._mapping(item):
            if key in self.dialect.methods:
                yield key.upper(), node
        for key, node in self._mapping(item.member("additionalOperations")):
            yield key.upper(), node

    def _operation(self, path: str, method: str, node: Node, servers: tuple[str, ...]) -> Operation:
        if not isinstance(node.value, dict):
            raise node.error(
                f"{method} {path} is not a mapping", hint="write its operationId and responses there"
            )
        declared = node.value.get("operationId")
        name = (
            declared
            if isinstance(declared, str) and declared and declared not in self._ids
            else f"{method} {path}"
        )
        self._ids.add(name)
        lifecycle = _lifecycle(node)
        for shape in lifecycle:
            self.book.know(_states(shape))
        return Operation(
            provider=self.provider,
            id=name,
            method=method,
            path=path,
            servers=self._servers(node) or servers,
            responses=tuple(self._responses(node.member("responses"))),
            place=_place(node),
            lifecycle=lifecycle,
            text=node.document,
        )

    def _responses(self, node: Node) -> Iterator[PromisedResponse]:
        for status, entry in self._mapping(node):
            if status.startswith("x-"):
                continue
            if not _is_status(status):
                raise entry.error(f"{status!r} is no status", hint=_STATUS_HINT)
            response = self._resolved(entry)
            yield PromisedResponse(
                "default" if status == "default" else status.upper(),
                tuple(self._bodies(response.member("content"))),
                tuple(self._headers(response.member("headers"))),
                _place(entry),
            )

    def _bodies(self, content: Node) -> Iterator[PromisedBody]:
        for media_type, entry in self._mapping(content):
            media = self._resolved(entry)
            schema = media.member("schema")
            name = None if schema.value is None else self.book.name(schema)
            yield PromisedBody(media_type.partition(";")[0].strip().lower(), name)

    def _headers(self, headers: Node) -> Iterator[PromisedHeader]:
        for key, entry in self._mapping(headers):
            header = self._resolved(entry)
            if key.lower() == "content-type" or not isinstance(header.value, dict):
                continue  # OpenAPI: a header named Content-Type is ignored
            schema = header.member("schema")
            name = None if schema.value is None else self.book.name(schema)
            yield PromisedHeader(key.lower(), header.value.get("required") is True, name, _place(entry))

    def _servers(self, node: Node) -> tuple[str, ...]:
        found = []
        for _, server in node.member("servers").members():
            url = server.member("url").value
            if isinstance(url, str) and url.rstrip("/"):
                found.append(url.rstrip("/"))
        return tuple(found)

    def _resolved(self, node: Node) -> Node:
        return self.library.resolve(node)

    def _mapping(self, node: Node) -> list[tuple[str, Node]]:
        if node.value is None:
            return []
        if not isinstance(node.value, dict):
            raise node.error("a mapping is expected here", hint="write `key: value` pairs")
        return node.members()


def _lifecycle(node: Node) -> tuple[Mapping[str, Any], ...]:
    written = node.value.get("x-task-lifecycle")
    shapes = written if isinstance(written, list) else [] if written is None else [written]
    for shape in shapes:
        if not isinstance(shape, dict):
            raise node.member("x-task-lifecycle").error(
                "x-task-lifecycle takes a mapping, or a list of mappings",
                hint="see `wireproof lint` and docs/extensions.md",
            )
    return tuple(shapes)


def _states(shape: Mapping[str, Any]) -> Iterator[Any]:
    states = shape.get("states")
    for values in states.values() if isinstance(states, dict) else ():
        yield from values if isinstance(values, list) else ()
    success = shape.get("success")
    if isinstance(success, dict):
        yield success.get("equals")


def _is_status(key: str) -> bool:
    if key == "default":
        return True
    return len(key) == 3 and key[0] in "12345" and (key[1:].isdigit() or key[1:].upper() == "XX")  # noqa: PLR2004 - digits


def _place(node: Node) -> Place:
    return Place(node.document.name, node.pointer, node.document.line(node.pointer))
