"""Who may call: security requirements, schemes, and authorization that is hidden in parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity
from wireproof.lint.defect import Note, near, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node

__all__ = [
    "authorization_as_parameter",
    "header_parameter_ignored",
    "security_scheme_unknown",
    "security_scope_unknown",
    "security_text",
]

_IGNORED = frozenset({"accept", "authorization", "content-type"})


def authorization_as_parameter(_item: Item, outline: Outline) -> Iterator[Note]:
    """Yield `Authorization` parameters of operations that ask for no authorization otherwise."""
    told: set[int] = set()
    for call in outline.calls:
        security = _effective(call.node, outline)
        if _asks(security.value):
            continue
        for written, target in outline.parameters(call):
            if _header(target) == "authorization" and id(target.value) not in told:
                told.add(id(target.value))
                says = "`security` is empty" if security.value is not None else "there is no `security`"
                message = f"Authorization is described as a parameter, which OpenAPI ignores, and {says}"
                mend = "describe a scheme (`type: http`, `scheme: bearer`) and name it in `security`"
                yield Note(written, message, mend)


def header_parameter_ignored(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield header parameters that OpenAPI ignores because other fields describe them."""
    name = _header(item.node)
    if name not in _IGNORED:
        return
    if name == "authorization" and not _is_told_elsewhere(item, outline):
        return
    instead = {
        "accept": "describe the media types of the answers under `content`",
        "content-type": "describe the media types of the request under `requestBody`",
        "authorization": "remove it: `security` describes it",
    }
    message = f"a header parameter named {quoted(item.value['name'])} is ignored"
    yield Note(item.node, message, instead[name])


def _is_told_elsewhere(item: Item, outline: Outline) -> bool:
    """Return whether no operation without security has this parameter: then the other rule is silent."""
    return not any(
        target.value is item.value and not _asks(_effective(call.node, outline).value)
        for call in outline.calls
        for _, target in outline.parameters(call)
    )


def security_scheme_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield security requirements that name no scheme."""
    schemes = outline.root.member("components", "securitySchemes").value
    known = set(schemes) if isinstance(schemes, dict) else set()
    for name, node in _requirements(item):
        if name in known or (outline.dialect.version == "3.2" and ("/" in name or "#" in name)):
            continue
        close = near(name, known)
        if name.startswith("x-") and not close:
            message = f"{quoted(name)} stands among security schemes, as a tool's extension"
            yield Note(node, message, "remove it: readers take it for a scheme", Severity.INFO)
            continue
        mend = f"did you mean {quoted(close)} ?" if close else "describe it under components/securitySchemes"
        yield Note(node, f"there is no security scheme {quoted(name)}", mend)


def security_scope_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield OAuth scopes that no flow of their scheme describes."""
    for name, node in _requirements(item):
        scheme = outline.member(outline.root, "components", "securitySchemes", name)
        flows = scheme.member("flows")
        if scheme.member("type").value != "oauth2" or not isinstance(flows.value, dict):
            continue
        scopes = [flow.member("scopes").value for _, flow in flows.members()]
        known = {scope for some in scopes if isinstance(some, dict) for scope in some}
        for _, scope in node.members():
            if isinstance(scope.value, str) and scope.value not in known:
                close = near(scope.value, known)
                mend = (
                    f"did you mean {quoted(close)} ?"
                    if close
                    else f"describe it in the flows of {quoted(name)}"
                )
                yield Note(scope, f"no flow of {quoted(name)} has the scope {quoted(scope.value)}", mend)


def security_text(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield HTTP schemes that no registry knows."""
    scheme = item.value.get("scheme")
    if item.value.get("type") == "http" and isinstance(scheme, str) and scheme.lower() not in _SCHEMES:
        close = near(scheme, _SCHEMES)
        mend = f"did you mean {quoted(close)} ?" if close else "check the name of the scheme"
        yield Note(item.node.member("scheme"), f"{quoted(scheme)} is no scheme of HTTP authentication", mend)


_SCHEMES = frozenset({
    "basic", "bearer", "concealed", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth",
    "privatetoken", "scram-sha-1", "scram-sha-256", "vapid",
})  # fmt: skip


def _requirements(item: Item) -> Iterator[tuple[str, Node]]:
    written = item.node.member("security")
    for _, requirement in written.members() if isinstance(written.value, list) else ():
        if isinstance(requirement.value, dict):
            yield from requirement.members()


def _effective(operation: Node, outline: Outline) -> Node:
    own = operation.member("security")
    return own if own.value is not None else outline.root.member("security")


def _asks(security: Any) -> bool:
    return isinstance(security, list) and any(isinstance(entry, dict) and entry for entry in security)


def _header(node: Node) -> str:
    if not isinstance(node.value, dict) or node.value.get("in") != "header":
        return ""
    return str(node.value.get("name", "")).lower()
