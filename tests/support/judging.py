"""Plain JSON Schemas judged, and what was found written shortly."""

from wireproof.contract import Schemas
from wireproof.finding import json_pointer
from wireproof.validating import Judge


def judge(schema, value, *, reference=False, **others):
    """Return the judgement on a value by a schema; `others` are definitions it may refer to."""
    return Judge(Schemas({"it": schema, **others}, {}), reference=reference).judge("it", value)


def sites(schema, value, **others):
    """Return `keyword /template` of each site, sorted."""
    found = judge(schema, value, **others).sites
    return sorted(f"{site.keyword} {json_pointer(site.template)}".strip() for site in found)


def undocumented(schema, value, **others):
    """Return the paths of the members that nothing names, sorted."""
    found = judge(schema, value, **others).sites
    return sorted(json_pointer(site.path) for site in found if site.keyword == "undocumented")


def thing(properties, *required, **more):
    """Return the schema of an object."""
    made = {"type": "object", "properties": properties, **more}
    return {**made, "required": list(required)} if required else made


def ref(name):
    """Return a reference to another definition."""
    return {"$ref": f"#/$defs/{name}"}


STRING = {"type": "string"}
INTEGER = {"type": "integer"}
