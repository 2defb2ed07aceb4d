"""A draft of a contract, from what a page claims and what its example shows, each guess marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import FieldClaim, Scope
from wireproof.claims.phrases import unit_in
from wireproof.proofreading.called import doubt_of
from wireproof.proofreading.composing import add_guess
from wireproof.proofreading.emitting import (
    EITHER,
    parameter_of,
    place_names,
    portions,
    says_status,
    scenes_of,
    schemes_of,
    scopes_of,
    security_of,
    shell_of,
    unnamed_place,
    valued,
)
from wireproof.proofreading.keeping import in_dialect, joined, kept, media_of, set_aside, unfit_samples
from wireproof.proofreading.scenes import sheet_of
from wireproof.proofreading.shaping import media_type
from wireproof.proofreading.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.claims.claim import OperationClaim, Page, Path
    from wireproof.proofreading.scenes import Sheet
    from wireproof.proofreading.wordlists import WordList

__all__ = ["drafted"]

_LOCATIONS: Final = frozenset({"path", "query", "header", "cookie"})
_BODIED: Final = frozenset({"PATCH", "POST", "PUT"})
"""Methods whose parameters travel in a body, unless the page says otherwise."""


def drafted(page: Page) -> dict[str, Any]:
    """Return an OpenAPI document to start a contract from; the page's examples fit it.

    A valid document on the page is the start of it, with all that it holds.

    Where page and example disagree the example is taken, `x-documented-type` keeps the page's
    word and `x-guess` says what was decided.
    """
    base = kept(page)
    made = _written(page)
    if base.value is not None:
        return _kept(base.value, made)
    if base.why:
        made["info"]["x-guess"] = base.why
    return made


def _kept(base: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Return a page's own document, made to fit its examples."""
    known = {
        (path, method, side): media
        for path, item in made["paths"].items()
        for method in item
        for side, media in media_of(made, path, method)
    }
    joined(base, made)
    media = {
        id(one): known[path, method, side]
        for path, item in base["paths"].items()
        for method in (item if isinstance(item, dict) else ())
        for side, one in media_of(base, path, method)
        if (path, method, side) in known
    }
    for path, item in base["paths"].items():
        for method in item if isinstance(item, dict) else ():
            for _, one in media_of(base, path, method):
                shown = media.get(id(one), {}).get("examples")
                if shown and not {"example", "examples"} & set(one):
                    one["examples"] = shown
    for holder, _, _ in unfit_samples(base):
        if id(holder) in media:
            holder["schema"] = in_dialect(media[id(holder)]["schema"], str(base["openapi"]))
            holder["x-guess"] = "the page's schema does not fit its example; this one is made of both"
    set_aside(base)
    return base


def _written(page: Page) -> dict[str, Any]:
    """Return the draft that is written from a page's claims and examples alone."""
    sheet = sheet_of(page)
    made = shell_of(page, sheet)
    made["info"]["version"] = "draft"
    shares = portions(sheet)
    lists = word_lists(sheet)
    for operation, own in shares:
        here = made["paths"].setdefault(operation.path, {})
        here[operation.method.lower()] = _operation(own, operation, lists, alone=len(shares) == 1)
    _told_apart(made["paths"])
    schemes = schemes_of(sheet)
    if schemes:
        made["components"] = {"securitySchemes": schemes}
    return made


def _operation(
    sheet: Sheet, operation: OperationClaim, lists: list[WordList], *, alone: bool
) -> dict[str, Any]:
    """Return the draft of one operation from the claims that are about it."""
    made: dict[str, Any] = {"operationId": _operation_id(operation)}
    add_guess(made, "its operationId is made of method and path")
    if operation.title:
        made["summary"] = operation.title
    security = security_of(sheet)
    if security:
        made["security"] = security
        if len(security) > 1:
            add_guess(made, EITHER)
    moved = _settle_places(sheet, operation)
    parameters = _parameters(sheet, operation)
    if parameters:
        made["parameters"] = parameters
    bodies = dict(_bodies(sheet, lists, alone=alone))
    if "request" in bodies:
        made["requestBody"] = bodies.pop("request")
        shape = made["requestBody"]["content"]["application/json"]["schema"]
        for path in moved:
            node = shape.get("properties", {}).get(path[0], shape)
            add_guess(node, "the page does not say where it is sent")
    made["responses"] = bodies or {
        "200": {"description": "Success", "x-guess": "the page describes no answer"}
    }
    made["x-source"] = {"line": operation.lines.first}
    if doubt := doubt_of(operation, sheet):
        add_guess(made, doubt)
    return made


def _bodies(sheet: Sheet, lists: list[WordList], *, alone: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the bodies of an operation; with others on the page, one that names none may be of any."""
    for status, scene in scenes_of(sheet):
        body: dict[str, Any] = {}
        if status != "request":
            body["description"] = "Success" if scene.kind == "ok" else "Error"
            if not says_status(scene):
                add_guess(body, "the page names no status")
        if not scene.examples:
            add_guess(body, "taken for JSON")
        body["content"] = {"application/json": media_type(scene, lists, sheet.page.name)}
        if not alone and not all(scope.operation for scope in scopes_of(scene)):
            add_guess(body, "the page does not say of which operation this body is")
        yield status, body


def _settle_places(sheet: Sheet, operation: OperationClaim) -> list[Path]:
    """Make the parameters without a place fields of the body where the method has one; return their paths.

    Not those that a sample call has in its URL, and none that the path carries.
    """
    if operation.method not in _BODIED:
        return []
    asked = " ".join(call.url.partition("?")[2] for call in sheet.calls)
    places = {*place_names(operation.path), *re.findall(r"[^?&=\s]+(?==)", asked), "authorization"}
    moved = [one for one in sheet.parameters if not (one.location or {one.name, one.name.lower()} & places)]
    sheet.parameters[:] = [one for one in sheet.parameters if one not in moved]
    scope = Scope(operation.key, "request")
    made = [
        FieldClaim(
            one.lines,
            scope,
            (one.name,),
            types=one.types,
            written=one.written,
            required=one.required,
            enum=one.enum,
            unit=unit_in(one.description),
            description=one.description,
        )
        for one in moved
    ]
    sheet.fields += made
    return [one.path for one in made]


def _operation_id(operation: OperationClaim) -> str:
    words = re.split(r"[\W_]+", operation.path)
    return operation.method.lower() + "".join(word[:1].upper() + word[1:] for word in words)


def _told_apart(paths: Mapping[str, Any]) -> None:
    """Tell operations apart whose method and path make one name: `getAB` of `/a/b` and of `/a-b`."""
    taken: set[str] = set()
    for item in paths.values():
        for operation in item.values():
            name, number = operation["operationId"], 1
            while operation["operationId"] in taken:
                number += 1
                operation["operationId"] = f"{name}{number}"
            taken.add(operation["operationId"])


def _parameters(sheet: Sheet, operation: OperationClaim) -> list[dict[str, Any]]:
    """Return the parameters that OpenAPI has a place for, and one for each place of the path."""
    places = place_names(operation.path)
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for one in sheet.parameters:
        if one.name.lower() == "authorization":
            continue
        said = one.location in _LOCATIONS
        location = one.location if said else "path" if one.name in places else "query"
        if location == "path" and one.name not in places:
            continue
        entry = {
            **parameter_of(one),
            "in": location,
            "x-provenance": "documented",
            "x-source": {"line": one.lines.first},
        }
        if not said:
            sent = "its name stands in the path" if location == "path" else "perhaps in the body"
            add_guess(entry, f"the page does not say where it is sent: {sent}")
        if one.example is not None and one.types and valued(one.example, one.types) is None:
            del entry["example"]  # `--emit` keeps it
            add_guess(entry, "the page's example is not of this type")
        entry["required"] = one.required is True or location == "path"
        made.setdefault((location, one.name), entry)
    for name in places:
        made.setdefault(("path", name), {**unnamed_place(name), "x-provenance": "inferred"})
    return list(made.values())
