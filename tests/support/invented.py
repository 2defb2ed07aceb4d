"""Contracts that chance makes up, in the ways in which people write them."""

from support.contracts import contract

NAMES = ("id", "state", "data", "items", "owner", "total", "url", "kind", "meta", "note", "size", "parts")
WORDS = ("open", "closed", "queued", "done", "failed", "small", "large")


class Inventor:
    """Makes up schemas of one OpenAPI version; components refer to those made before, or to themselves."""

    def __init__(self, chance, *, version):
        self.chance = chance
        self.old = version.startswith("3.0")
        self.components = {}

    def contract(self):
        for number in range(self.chance.randrange(1, 5)):
            name = f"C{number}"
            self.components[name] = self.object(2, own=name)
        root = self.schema(3) if self.chance.random() < 0.2 else self.object(3)
        return contract(root, version="3.0.3" if self.old else "3.1.0", schemas=self.components)

    def schema(self, depth):
        if depth <= 0 or self.chance.random() < 0.35:
            return self.maybe_null(self.scalar())
        makers = (self.object, self.object, self.list, self.map, self.composed, self.union, self.reference)
        return self.maybe_null(self.chance.choice(makers)(depth - 1))

    def maybe_null(self, schema):
        if self.chance.random() > 0.2:
            return schema
        if not self.old:
            return {"anyOf": [schema, {"type": "null"}]}
        return {"allOf": [schema], "nullable": True} if "$ref" in schema else {**schema, "nullable": True}

    def scalar(self):
        chance = self.chance
        return chance.choice((
            {"type": "string"},
            {"type": "string", "format": chance.choice(("date-time", "uri", "uuid", "email", "date"))},
            {"type": "string", "pattern": "^[a-z]{2,5}(-[0-9]+)?$"},
            {"type": "string", "minLength": 1, "maxLength": 30},
            {"type": "string", "enum": list(dict.fromkeys(chance.choice(WORDS) for _ in range(3)))},
            {"type": "integer"},
            {"type": "integer", "format": chance.choice(("int32", "int64"))},
            {"type": "integer", "minimum": 0, "maximum": 100},
            {"type": "number", "minimum": 0, "exclusiveMaximum": True, "maximum": 5}
            if self.old
            else {"type": "number", "minimum": 0, "exclusiveMaximum": 5},
            {"type": "boolean"},
        ))  # fmt: skip

    def object(self, depth, own=None):
        names = list(dict.fromkeys(self.chance.choice(NAMES) for _ in range(self.chance.randrange(1, 6))))
        properties = {name: self.schema(depth) for name in names}
        if own and self.chance.random() < 0.3:
            properties["children"] = {"type": "array", "items": {"$ref": f"#/components/schemas/{own}"}}
        required = [name for name in names if self.chance.random() < 0.5]
        made = {"type": "object", "properties": properties, **({"required": required} if required else {})}
        if self.chance.random() < 0.1:
            made["additionalProperties"] = False
        return made

    def list(self, depth):
        return {"type": "array", "items": self.schema(depth)}

    def map(self, depth):
        return {"type": "object", "additionalProperties": self.schema(depth)}

    def reference(self, depth):
        if not self.components:
            return self.object(depth)
        return {"$ref": f"#/components/schemas/{self.chance.choice(sorted(self.components))}"}

    def composed(self, depth):
        """Return an `allOf` of open objects, as inheritance is written."""
        parts = [self.object(depth), self.object(depth)]
        for part in parts:
            part.pop("additionalProperties", None)
        first, second = parts
        for name in first["properties"]:
            second["properties"].pop(name, None)
        second["required"] = [name for name in second.get("required", ()) if name in second["properties"]]
        return {"allOf": parts}

    def union(self, depth):
        """Return alternatives: told apart by a tag, by what they require, or by their type alone."""
        keyword = self.chance.choice(("oneOf", "anyOf"))
        kind = self.chance.randrange(0, 3)
        if kind == 0:
            return {
                keyword: [
                    {"type": "string"},
                    self.object(depth),
                    {"type": "array", "items": {"type": "integer"}},
                ]
            }
        branches = [self.object(depth) for _ in range(self.chance.randrange(2, 4))]
        for number, branch in enumerate(branches):
            branch.pop("additionalProperties", None)
            tag = ("tag", {"type": "string", "enum": [f"tag_{number}"]}) if kind == 1 else (
                f"only_{number}", {"type": "string"})  # fmt: skip
            branch["properties"][tag[0]] = tag[1]
            branch["required"] = [*branch.get("required", ()), tag[0]]
        if kind == 2 and keyword == "oneOf":
            for branch in branches:
                branch["properties"].pop("kind", None)
        for branch in branches:
            branch["required"] = [name for name in branch["required"] if name in branch["properties"]]
        return {keyword: branches}
