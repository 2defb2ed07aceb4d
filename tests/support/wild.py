"""Contracts and recordings that chance makes up at its worst: rare keywords, odd names, hostile text."""

import json
from copy import deepcopy

from support.contracts import body_schema, contract
from support.drift import drifts
from support.invented import NAMES, Inventor
from wireproof.errors import ContractError
from wireproof.examining import Options
from wireproof.examples import Examples
from wireproof.matching import Hint

ODD_NAMES = (
    *('a"b', "a\\b", "a\nb", "", "a/b~c", "response", "body", "user_id", "created_at", "task_url", "*", "f0"),
    *("größe", "😀", "__class__", "x-y", "0", "7f3c0c5e2f0a4b5e9f3a0a1b", "id "),
)
STRINGS = (
    *(
        "",
        "a",
        "done",
        "DONE",
        "12",
        "1.5",
        "50%",
        "true",
        "null",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "1e5",
    ),
    *("6f1c0c5e-2f0a-4b5e-9f3a-0a1b2c3d4e5f", "0123456789abcdef", "deadbeef00", "1767225600", "12:30:00"),
    *("https://a.io/x", "http://127.0.0.1/x", "mail@a.io", "QUJD", "QUJ=D", '{"a": 1}', "😀" * 3, "a\u0000b"),
    *(
        'q"u\\o"te',
        "tab\there",
        "line\nend",
        "é",
        "😀x",
        "\u2028",
        "x" * 70,
        "word-word_word",
        "zz zz",
        "\x7f",
    ),
)
NUMBERS = (
    *(
        0,
        1,
        -1,
        7,
        100,
        101,
        2**31 - 1,
        2**31,
        2**53 - 1,
        2**53,
        2**53 + 1,
        -(2**53) - 1,
        2**63,
        2**64,
        10**30,
    ),
    *(
        0.5,
        1.0,
        -0.0,
        1.5,
        5.0,
        4.999,
        1e22,
        1e300,
        0.1,
        0.30000000000000004,
        1767225600,
        1767225600000,
        0.07,
    ),
)
TOKENS = (
    *("1e400", "-1e400", "-0", "1E2", "0.1e1", "1e-400", "NaN", "Infinity", "9007199254740993.0"),
    "10000000000000000.0",
    *('"\\ud800"', '"\\udc00x"', '"\\ud83d\\ude00"', '"\\u0061"', '"a\\/b"', '"\\\\"', '"\\""', '"\\\\\\""'),
    *("[" * 40 + "]" * 40, "[" * 520 + "]" * 520, '{"a":1,"a":2}', '{"":{"":[]}}', "tru", "01"),
    *('"\t"', "1" * 4400),
    '"' + "x" * 3000 + '"',
)  # fmt: skip
TIMES = (
    "2026-01-01T00:00:01Z",
    "2026-01-01T00:00:00.5+01:00",
    "2026-06-01T10:00:00Z",
    "2026-02-30T10:00:00Z",
    "2024-02-29T10:00:00Z",
    "later",
    None,
    5,
)
HEADERS = (
    *(
        {"content-type": "application/json"},
        {"Content-Type": "application/json; charset=utf-8", "X-A": "1"},
        {},
    ),
    *(None, {"content-type": "text/html"}, {"x-count": "1"}, {"X-Count": "y", "x-count": "1"}, [["a", "b"]]),
)


class Wild(Inventor):
    """Makes up schemas of more keywords than people write."""

    def contract(self):
        self.tame = self.chance.random() < 0.7
        for number in range(self.chance.randrange(0, 4)):
            name = f"C{number}"
            self.components[name] = self.object(2, own=name)
        root = self.schema(3) if self.chance.random() < 0.15 else self.object(3)
        responses = {
            "200": {"description": "d", "content": {"application/json": {"schema": root}}},
            "4XX": {"description": "d", "content": {"application/json": {"schema": self.object(1)}}},
        }
        if self.chance.random() < 0.3:
            responses["200"]["headers"] = {"X-Count": {"required": True, "schema": {"type": "integer"}}}
        return contract(
            responses=responses,
            version="3.0.3" if self.old else "3.1.0",
            schemas=self.components,
            path="/thing/{id}" if self.chance.random() < 0.5 else "/thing",
            servers=[{"url": "https://api.host.io"}],
        )

    def schema(self, depth):
        if self.chance.random() < (0.02 if self.tame else 0.12):
            return self.odd(depth)
        made = self.common(depth) if self.tame else super().schema(depth)
        if isinstance(made, dict) and self.chance.random() < 0.1:
            made = {**made, self.chance.choice(("readOnly", "deprecated")): True}
        if not self.old and "$ref" in made and self.chance.random() < 0.3:
            made = {
                **made,
                **self.chance.choice(({"description": "d"}, {"type": "object"}, {"minProperties": 1})),
            }
        return made

    def common(self, depth):
        """Return a schema whose values have known names and types."""
        if depth <= 0 or self.chance.random() < 0.5:
            return self.maybe_null(self.scalar())
        makers = (self.object, self.list, self.composed, self.reference)
        made = self.chance.choice(makers)(depth - 1)
        if not self.old and made.get("type") in {"object", "array"} and self.chance.random() < 0.2:
            return {**made, "type": [made["type"], "null"]}
        return made

    def maybe_null(self, schema):
        if self.tame and not self.old and isinstance(schema.get("type"), str) and "enum" not in schema:
            kinds = (
                schema["type"],
                [schema["type"], "null"],
                [schema["type"], "string" if schema["type"] == "boolean" else "boolean"],
            )
            return {**schema, "type": self.chance.choice((kinds[0], *kinds))}
        return super().maybe_null(schema)

    def odd(self, depth):
        """Return a schema of a kind that is rare."""
        chance = self.chance
        choices = [
            {},
            {"type": "object"},
            {"type": "array", "items": {}},
            {"allOf": [self.scalar(), {"description": "d"}]},
            {"allOf": [{"type": "integer", "minimum": 1}, {"type": "integer", "maximum": 5}]},
            {"type": "object", "additionalProperties": False},
            {"type": "object", "additionalProperties": True, "properties": {"id": {"type": "string"}}},
            {"type": "object", "required": ["id", "ghost"]},
            {"type": "array", "items": self.scalar(), "minItems": 1, "maxItems": 3},
            {"type": "array", "items": self.scalar(), "uniqueItems": True},
            {"type": "object", "minProperties": 1, "properties": {"id": {"type": "string"}}},
            {"not": {"type": "string"}},
            {"enum": [chance.choice(WORDS), chance.choice((1, 1.5, True, None, 2**60))]},
            {"type": "string", "writeOnly": True},
            {"type": "string", "x-extensible-enum": ["open", "done"]},
            {"x-extensible-enum": ["open", 1]},
        ]
        if not self.old:
            choices += [
                {"type": ["string", "null"]},
                {"type": ["integer", "string", "null"], "maxLength": 3},
                {"type": ["object", "null"], "properties": {"id": {"type": ["number", "boolean"]}}},
                {"type": ["array", "null"], "items": {"type": ["integer", "null"]}},
                {"const": chance.choice(("a", 1, None, True, 1.0, [1], {"a": 1}))},
                {"enum": [1, "1", None, chance.choice((True, "x"))]},
                {"enum": [True, False]},
                {"type": "number", "exclusiveMinimum": 0, "minimum": 0, "maximum": 5, "exclusiveMaximum": 5},
                {
                    "type": "object",
                    "patternProperties": {"^x": {"type": "integer"}},
                    "properties": {"id": {}},
                },
                {
                    "type": "object",
                    "propertyNames": {"maxLength": 3},
                    "additionalProperties": {"type": "string"},
                },
                {"type": "object", "unevaluatedProperties": False, "allOf": [self.object(depth - 1)]},
                {
                    "type": "object",
                    "properties": {"a": {"type": "integer"}},
                    "dependentRequired": {"a": ["b"]},
                },
                {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]},
                {"type": "array", "contains": {"type": "integer"}, "items": {"type": ["integer", "string"]}},
                {
                    "type": "object",
                    "properties": {"kind": {"type": "string"}, "n": {"type": "integer"}},
                    "if": {"properties": {"kind": {"const": "a"}}},
                    "then": {"required": ["n"]},
                },
            ]
        return deepcopy(chance.choice(choices))

    def scalar(self):
        if self.chance.random() < 0.6:
            return super().scalar()
        chance = self.chance
        return deepcopy(chance.choice((
            {"type": "string", "format": chance.choice(("byte", "ipv4", "hostname", "time", "binary"))},
            {"type": "string", "format": "uri-reference"},
            {"type": "string", "maxLength": chance.choice((0, 2, 3, 2**31, 2**63, 2**64))},
            {"type": "string", "minLength": chance.choice((0, 1, 2, 3))},
            {"type": "string", "minLength": 2, "maxLength": 1},
            {"type": "string", "minLength": 1.0, "maxLength": 3.0},
            {"type": "string", "pattern": "^(?!a)[a-z]+$"},
            {"type": "string", "pattern": "\\d", "format": "date", "minLength": 2},
            {"type": "integer", "multipleOf": chance.choice((1, 2, 0.5, 7))},
            {"type": "number", "multipleOf": chance.choice((0.01, 0.1, 1, 3))},
            {"type": "number", "minimum": chance.choice((0.5, -1e300, 2**60, 5.0))},
            {"type": "number", "maximum": chance.choice((0.5, 1e300, -(2**60), 5.0))},
            {"type": "integer", "minimum": 2**53, "maximum": 2**63},
            {"type": "integer", "minimum": 3, "maximum": 1},
            {"type": "number", "enum": [1, 2.5]},
            {"type": "integer", "enum": [1, 2, 2**53 + 1]},
            {"type": "string", "enum": ["", "a", 'q"', "😀"]},
            {"type": "string", "enum": ["done"], "minLength": 10},
            {"type": "number"},
        )))  # fmt: skip

    def object(self, depth, own=None):
        made = super().object(depth, own)
        if self.chance.random() < 0.15:
            made["properties"][self.chance.choice(ODD_NAMES)] = self.scalar()
        if self.chance.random() < 0.05:
            made["required"] = [*made.get("required", ()), self.chance.choice((*NAMES, *ODD_NAMES))]
            made["required"] = list(dict.fromkeys(made["required"]))
        return made


WORDS = ("open", "closed", "queued", "done")


def _value(chance):
    return chance.choice((None, True, False, [], {}, [1], {"id": "x"}, *STRINGS, *NUMBERS))


def _twist(chance, value, path=()):
    """Return a body with something changed at a place that chance finds."""
    if isinstance(value, dict) and value and chance.random() < 0.75:
        name = chance.choice(sorted(value))
        return {**value, name: _twist(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < 0.75:
        at = chance.randrange(0, len(value))
        return [*value[:at], _twist(chance, value[at]), *value[at + 1 :]]
    if isinstance(value, dict) and chance.random() < 0.7:
        kind = chance.random()
        if kind < 0.5 or not value:
            return {**value, chance.choice((*NAMES, *ODD_NAMES, "zz")): _value(chance)}
        name = chance.choice(sorted(value))
        left = {key: inner for key, inner in value.items() if key != name}
        return left if kind < 0.8 else {**left, chance.choice((*ODD_NAMES, "zz")): value[name]}
    return _value(chance)


def bodies(chance, made):
    """Return some bodies of a contract: right ones, ones with a defect, ones twisted at random."""
    schemas, name = body_schema(made)
    examples = Examples(schemas)
    try:
        right = [
            examples.payload(name, chance, optional=chance.choice((0.0, 0.6, 1.0)))
            for _ in range(chance.randrange(1, 5))
        ]
    except (ContractError, TypeError):
        right = [{"id": "x"}]
    found = list(right) if chance.random() < 0.8 else []
    for body in right[:2]:
        wrong = drifts(schemas, name, body)
        if wrong:
            drift = chance.choice(wrong)
            found.append(drift.body)
            found += [one.body for one in wrong if one.kind == drift.kind][: chance.randrange(0, 4)]
    for _ in range(chance.randrange(0, 4)):
        body = chance.choice(found or right)
        for _ in range(chance.randrange(1, 3)):
            body = _twist(chance, body)
        found.append(body)
    if chance.random() < 0.1:
        found.append({"data": chance.choice(right)})
    return found or right


def text_of(chance, value, wild):
    """Return a value as JSON; the wilder, the stranger its text."""
    if chance.random() < wild / 4:
        return chance.choice(TOKENS)
    if isinstance(value, dict):
        pairs = [(name, text_of(chance, inner, wild)) for name, inner in value.items()]
        if pairs and chance.random() < wild:
            name, inner = chance.choice(pairs)
            pairs.insert(chance.randrange(0, len(pairs) + 1), (name, chance.choice((inner, '"x"', "1"))))
        if chance.random() < wild:
            pairs.reverse()
        space = chance.choice(("", "", " ", "\t")) if wild else ""
        return (
            "{"
            + f",{space}".join(f"{_string(chance, name, wild)}:{space}{inner}" for name, inner in pairs)
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(text_of(chance, inner, wild) for inner in value) + "]"
    if isinstance(value, str):
        return _string(chance, value, wild)
    if type(value) is int and chance.random() < wild:
        return chance.choice((f"{value}.0", f"{value}e0", f"{value}", "-0"))
    return json.dumps(value)


def _string(chance, text, wild):
    if chance.random() < wild:
        return '"' + "".join(f"\\u{ord(one):04x}" if ord(one) < 0x10000 else one for one in text) + '"'
    return json.dumps(text, ensure_ascii=chance.random() < 0.5)


def line_of(chance, body, kind, wild):
    """Return a line of a recording: a body as it is, or an exchange around it."""
    if kind == "bare":
        line = body
    else:
        answer = (
            [("status", str(chance.choice((200, 200, 200, 200, 404, 418, 204, 99))))] if kind == "any" else []
        )
        answer = answer or [("status", "200")]
        headers = chance.choice(HEADERS) if kind == "any" else HEADERS[0]
        if headers is not None or chance.random() < 0.1:
            answer.append(("headers", json.dumps(headers)))
        answer.append(("body", json.dumps(body) if chance.random() < 0.1 else body))
        url = "https://api.host.io/thing/1"
        if kind == "any":
            url = chance.choice((url, "/thing", "/thing/2?a=b", "/other", "https://api.host.io/thing", "é"))
        request = [("method", '"GET"'), ("url", json.dumps(url))]
        whole = [("request", _object(chance, request, wild)), ("response", _object(chance, answer, wild))]
        time = chance.choice(TIMES) if kind == "any" else "2026-01-01T00:00:01Z"
        if time is not None:
            whole.append(("time", json.dumps(time)))
        line = _object(chance, whole, wild)
    if chance.random() < wild / 4:
        line = chance.choice(
            (line + " ", " " + line, line + "x", line[:-1], "\ufeff" + line, "[" + line + "]")
        )
    return line.replace("\n", " ")


def _object(chance, pairs, wild):
    pairs = list(pairs)
    if chance.random() < wild / 4:
        pairs.append(chance.choice(pairs))
    if chance.random() < wild / 4:
        pairs.append(("extra", "1"))
    if chance.random() < wild:
        pairs.reverse()
    return "{" + ",".join(f'"{name}":{text}' for name, text in pairs) + "}"


def recording(chance):
    """Return a contract, options and the lines of a recording of its answers."""
    while True:
        try:
            made = Wild(chance, version=chance.choice(("3.0", "3.1"))).contract()
            break
        except (ContractError, TypeError):
            continue
    kind = chance.choice(("bare", "same", "any"))
    options = Options(hint=Hint(operation="get", status=200)) if kind == "bare" else Options()
    wild = chance.choice((0.0, 0.0, 0.0, 0.01, 0.2))
    lines = [line_of(chance, text_of(chance, body, wild), kind, wild) for body in bodies(chance, made)]
    again = [line for line in lines for _ in range(chance.choice((1, 3, 12)))]
    shuffled = sorted(again, key=lambda _: chance.random())
    return made, options, [line.encode("utf-8", "surrogatepass") for line in shuffled]
