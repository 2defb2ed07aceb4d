"""OpenAPI documents into contracts: versions 3.0, 3.1 and 3.2, references followed, lines kept."""

from wireproof.openapi.build import build_contract, load_contract
from wireproof.openapi.dialects import DIALECTS, Dialect, dialect_of
from wireproof.openapi.document import Document, Library, Node, Reader, locate, read_document

__all__ = [
    "DIALECTS",
    "Dialect",
    "Document",
    "Library",
    "Node",
    "Reader",
    "build_contract",
    "dialect_of",
    "load_contract",
    "locate",
    "read_document",
]
