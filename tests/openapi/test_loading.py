"""OpenAPI documents into operations: what is read, where it was written, and what is refused."""

from itertools import pairwise

import pytest

from wireproof.errors import ContractError
from wireproof.openapi import DIALECTS, build_contract, dialect_of, load_contract, locate, read_document

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def load(text, **more):
    return load_contract("spec.yaml", text.encode(), provider="p", **more)


def refused(text, **more):
    with pytest.raises(ContractError) as caught:
        load(text, **more)
    return str(caught.value), caught.value.hint


YAML = """\
openapi: 3.1.0
info:
  title: Tasks
  version: '1'
servers:
  - url: https://api.example.com/v1/
  - url: /
paths:
  /tasks/{id}:
    servers: [{url: /other}]
    parameters: []
    get:
      operationId: getTask
      responses:
        '200':
          description: the task
          headers:
            X-Id: {required: true, schema: {type: string}}
            Content-Type: {schema: {type: string}}
          content:
            application/json; charset=utf-8:
              schema:
                type: object
                required:
                  - id
                properties:
                  id:
                    type: string
            text/*: {}
        4xx: {$ref: '#/components/responses/Refused'}
        default: {description: else}
        x-note: ignored
    post:
      servers: [{url: 'https://{region}.example.com'}]
      responses: {}
  x-paths: ignored
  /empty:
components:
  responses:
    Refused: {description: no}
"""


def test_operations_are_read_in_order():
    contract = load(YAML)
    assert (contract.provider, contract.title, contract.version, contract.file) == (
        "p",
        "Tasks",
        "3.1.0",
        "spec.yaml",
    )
    assert [(one.id, one.method, one.path, one.servers) for one in contract] == [
        ("getTask", "GET", "/tasks/{id}", ("/other",)),
        ("POST /tasks/{id}", "POST", "/tasks/{id}", ("https://{region}.example.com",)),
    ]


def test_answers_are_read_with_their_bodies_and_headers():
    answers = load(YAML).operations[0].responses
    assert [answer.status for answer in answers] == ["200", "4XX", "default"]
    assert [(body.media_type, body.schema is None) for body in answers[0].bodies] == [
        ("application/json", False),
        ("text/*", True),
    ]
    assert [(header.name, header.required) for header in answers[0].headers] == [("x-id", True)]


@pytest.mark.parametrize(("status", "key"), [(200, "200"), (404, "4XX"), (500, "default"), (201, "default")])
def test_a_status_finds_its_answer(status, key):
    assert load(YAML).operations[0].promised(status).status == key


def test_without_default_a_status_may_find_none():
    text = HEAD + "paths: {/a: {get: {responses: {'200': {description: d}}}}}"
    assert load(text).operations[0].promised(500) is None


def test_everything_knows_its_line():
    contract = load(YAML)
    operation = contract.operations[0]
    schema = contract.schemas.defs[operation.responses[0].bodies[0].schema]
    assert str(operation.place) == "spec.yaml:12"
    assert [str(answer.place) for answer in operation.responses] == [
        "spec.yaml:15",
        "spec.yaml:30",
        "spec.yaml:31",
    ]
    assert str(operation.responses[0].headers[0].place) == "spec.yaml:18"
    assert str(contract.schemas.place(schema)) == "spec.yaml:22"
    assert str(contract.schemas.place(schema, "required")) == "spec.yaml:24"
    assert str(contract.schemas.place(schema, "maximum")) == "spec.yaml:22"
    assert contract.schemas.place({}) is None


def test_json_has_lines_too():
    text = '{"openapi": "3.1.0",\n "info": {},\n "paths": {\n  "/a": {\n   "get": {"responses": {}}}}}'
    contract = load_contract("spec.json", b"\xef\xbb\xbf" + text.encode(), provider="p")
    assert (str(contract.operations[0].place), contract.title) == ("spec.json:5", "")


def test_flow_style_yaml_begins_with_a_brace_too():
    assert [one.id for one in load("{openapi: 3.1.0, info: {}, paths: {/a: {get: {}}}}")] == ["GET /a"]


def test_servers_of_the_document_hold_where_no_others_are_named():
    text = HEAD + "servers: [{url: https://a.example/}]\npaths: {/a: {get: {servers: [3, {url: 4}]}}}"
    assert load(text).operations[0].servers == ("https://a.example",)


def test_an_id_that_stands_twice_counts_once():
    text = HEAD + "paths: {/a: {get: {operationId: x}}, /b: {get: {operationId: x}, put: {operationId: ''}}}"
    assert [one.id for one in load(text)] == ["x", "GET /b", "PUT /b"]


def test_version_3_2_has_more_methods():
    text = "openapi: {}\ninfo: {{}}\npaths: {{/a: {{query: {{}}, additionalOperations: {{COPY: {{}}}}}}}}"
    assert [one.method for one in load(text.format("3.2.0"))] == ["QUERY", "COPY"]
    assert [one.method for one in load(text.format("3.1.0"))] == ["COPY"]


def test_dialects_are_known_by_their_first_two_numbers():
    assert [dialect_of(version) for version in ("3.0.4", "3.1", "3.2.9")] == list(DIALECTS.values())
    assert [dialect_of(version) for version in ("2.0", 3.1, None)] == [None, None, None]


def test_a_document_of_a_value_has_no_lines():
    document = read_document("x", b"{}").from_value("x", {"openapi": "3.1.0", "paths": {"/a": {"get": {}}}})
    assert str(build_contract(document, provider="p").operations[0].place) == "x#/paths/~1a/get"


def test_words_are_those_that_the_contract_names():
    text = (
        HEAD
        + """\
paths:
  /a:
    get:
      x-task-lifecycle:
        states: {done: [STORED], none: 3}
        success: {equals: fine}
      responses:
        '200':
          content:
            application/json:
              schema:
                properties:
                  a: {enum: [one, 2, null]}
                  b: {const: two}
                  c: {x-extensible-enum: [three]}
                  d: {enum: ['a word that is longer than any word that is a word']}
"""
    )
    assert load(text).schemas.words == {"STORED", "fine", "one", "two", "three"}
    assert load(text).operations[0].lifecycle[0]["success"] == {"equals": "fine"}


def with_lifecycle(written):
    return HEAD + f"paths: {{/a: {{get: {{x-task-lifecycle: {written}, responses: {{}}}}}}}}"


def test_lifecycles_may_be_several():
    assert len(load(with_lifecycle("[{success: 1}, {}]")).operations[0].lifecycle) == 2


LEVELS = pairwise("abcdefghi")
BOMB = "a: &a [1]\n" + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in LEVELS)

REFUSALS = {
    "nothing": ("", "spec.yaml: there is no YAML document in it", None),
    "no UTF-8": (None, "spec.yaml:2: byte 8 is not UTF-8", "save the contract as UTF-8"),
    "no mapping": ("[]", "spec.yaml:1: an OpenAPI document is a mapping", None),
    "no version": (
        "{}",
        "spec.yaml:1: no `openapi` field, so this is no OpenAPI document",
        "say which version: 3.0, 3.1, 3.2",
    ),
    "Swagger": (
        "swagger: '2.0'",
        "spec.yaml:1: Swagger 2.0 is not read; OpenAPI 3.0, 3.1, 3.2 are",
        "convert the document, for instance with swagger2openapi",
    ),
    "another version": (
        "openapi: 4.0.0",
        "spec.yaml:1: OpenAPI '4.0.0' is not known",
        "known versions: 3.0, 3.1, 3.2",
    ),
    "a version that is a number": ("openapi: 3.1", "spec.yaml:1: OpenAPI 3.1 is not known", None),
    "a duplicate key": (
        "openapi: 3.1.0\nopenapi: 3.0.0",
        "spec.yaml:2: ",
        "keep one of the two; a reader would silently drop the other",
    ),
    "a duplicate key in JSON": (
        '{"openapi": "3.1.0",\n"openapi": "3.0.0"}',
        "spec.yaml:2: the key at /openapi stands twice in one object",
        None,
    ),
    "broken YAML": ("a: [1", "spec.yaml:", "mend the YAML or JSON at that line"),
    "broken JSON": ('{"a": 1,\n"b" 2}', "spec.yaml:2: ", "mend the YAML or JSON at that line"),
    "an alias bomb": (BOMB, "spec.yaml:", "a contract that multiplies itself by aliases is refused"),
    "depth in JSON": (
        "[" * 300 + "]" * 300,
        "spec.yaml:1: nested more than 200 levels deep",
        "a contract that deep is refused before anything expands it",
    ),
    "paths that are a list": (HEAD + "paths: []", "spec.yaml:3: a mapping is expected here", None),
    "an operation that is a word": (
        HEAD + "paths: {/a: {get: x}}",
        "spec.yaml:3: GET /a is not a mapping",
        None,
    ),
    "a status that is none": (
        HEAD + "paths: {/a: {get: {responses: {ok: {}}}}}",
        "spec.yaml:3: 'ok' is no status",
        "write a status such as '200', a range such as '4XX', or default",
    ),
    "a status out of range": (
        HEAD + "paths: {/a: {get: {responses: {'600': {}}}}}",
        "spec.yaml:3: '600' is no status",
        None,
    ),
    "a lifecycle that is a word": (
        with_lifecycle("x"),
        "spec.yaml:3: x-task-lifecycle takes a mapping, or a list of mappings",
        None,
    ),
}


@pytest.mark.parametrize(("text", "message", "hint"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_no_contract_is_refused_with_its_line(text, message, hint):
    data = b"open: \n \xff" if text is None else text.encode()
    with pytest.raises(ContractError) as caught:
        load_contract("spec.yaml", data, provider="p")
    assert str(caught.value).startswith(message)
    assert hint is None or caught.value.hint == hint
    assert caught.value.hint


def test_a_contract_that_is_too_large_is_refused_unread():
    with pytest.raises(ContractError, match=r"larger than|are read"):
        load_contract("spec.yaml", b"#" * (64 * 2**20 + 1), provider="p")


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", {"a": [{"b/c": 1}]}),
        ("/a/0", {"b/c": 1}),
        ("/a/0/b~1c", 1),
        ("/a/1", None),
        ("/a/x", None),
        ("/z", None),
        ("/a/0/b~1c/d", None),
    ],
)
def test_locating(pointer, value):
    node = locate(read_document("x.yaml", b"a: [{b/c: 1}]"), pointer)
    assert (node.value if node else None) == value
