"""What other markups than Markdown say: the same fields, with their lines, as a table of Markdown would."""

import pytest

from wireproof.claims.claim import FieldClaim, OperationClaim, ParameterClaim
from wireproof.claims.page import read_page


def fields(page):
    claims = read_page(page.encode(), name="page").claims
    return [
        (".".join(one.path), "|".join(one.types), one.required, one.lines.first)
        for one in claims
        if isinstance(one, FieldClaim)
    ]


def parameters(page):
    claims = read_page(page.encode(), name="page").claims
    return [
        (one.name, "|".join(one.types), one.required, one.location)
        for one in claims
        if isinstance(one, ParameterClaim)
    ]


def operations(page):
    return [
        one.key for one in read_page(page.encode(), name="page").claims if isinstance(one, OperationClaim)
    ]


DEFINED = """# Jobs

`GET /jobs/{{id}}`

## {0}

`id`
: `string` {1}

`owner` _optional_

: `object` {2}

  `age`
  : `integer` {3}

**state**
: `string` {4}
  - `open`: {5}
  - `shut`: {6}
"""


@pytest.mark.parametrize(
    "words",
    [
        ("Response parameters", "The id.", "Who owns it.", "How old.", "Where it stands.", "open", "shut"),
        ("返回参数", "任务的标识。", "所有者。", "年龄。", "状态。", "打开", "关闭"),
        ("Parámetros de respuesta", "El id.", "El dueño.", "La edad.", "El estado.", "abierto", "cerrado"),
        ("レスポンスパラメータ", "ID。", "所有者。", "年齢。", "状態。", "開", "閉"),
    ],
)
def test_a_definition_list_names_fields_with_what_is_inside_them(words):
    assert fields(DEFINED.format(*words)) == [
        ("id", "string", None, 7),
        ("owner", "object", False, 10),
        ("owner.age", "integer", None, 14),
        ("state", "string", None, 17),
    ]


def test_a_line_that_begins_with_a_colon_below_a_sentence_defines_nothing():
    assert fields("# Jobs\n\n`GET /jobs`\n\n## Response\n\nIt is like this\n: `string` or so\n") == []


def test_a_definition_inside_code_is_code():
    assert fields("# Jobs\n\n## Response\n\n```yaml\nid\n: `string` the id\n```\n") == []


TYPED_FIRST = """# Jobs

`POST /jobs`

## {0}

- string `prompt` ({1}): {3}
- integer `count` ({2}): {3}
- array `tags`:
  - string `name` ({1}): {3}
"""


@pytest.mark.parametrize(
    "words",
    [
        ("Request body", "required", "optional", "text"),
        ("请求体", "必填", "可选", "文字"),
        ("Cuerpo de la solicitud", "obligatorio", "opcional", "texto"),
    ],
)
def test_a_type_may_stand_before_the_name_that_it_is_of(words):
    assert fields(TYPED_FIRST.format(*words)) == [
        ("prompt", "string", True, 7),
        ("count", "integer", False, 8),
        ("tags", "array", None, 9),
        ("tags.*.name", "string", True, 10),
    ]


def test_a_word_before_a_name_that_is_no_type_names_no_field():
    assert fields("# Jobs\n\n`POST /jobs`\n\n## Response\n\n- The `id`: a text\n- see `more`\n") == []


GRID = """Jobs
====

``GET /jobs``

Response
--------

+--------+---------+----------+----------------+
| Field  | Type    | Required | Description    |
+========+=========+==========+================+
| id     | string  | yes      | the id, which  |
|        |         |          | is ``long``    |
+--------+---------+----------+----------------+
| count  | integer | no       | how many       |
+--------+---------+----------+----------------+

Notes stand here.
"""


def test_a_grid_is_a_table():
    assert fields(GRID) == [("id", "string", True, 12), ("count", "integer", False, 15)]


def test_a_cell_over_several_lines_is_one_text():
    claims = read_page(GRID.encode(), name="p").claims
    described = [one.description for one in claims if isinstance(one, FieldClaim)]

    assert described == ["the id, which is `long`", "how many"]


ASCIIDOC = """= Jobs API
:toc: left

== {0}

`GET /jobs/{{id}}`

=== {1}

[cols="1,1,1,3", options="header"]
|===
| {2} | {3} | {4} | {5}

| id
| string
| {6}
| first
second

| count | integer | {7} | how many
|===

[source,json]
----
{{"id": "a", "count": 1}}
----
"""


@pytest.mark.parametrize(
    "words",
    [
        ("Get a job", "Response", "Field", "Type", "Required", "Description", "yes", "no"),
        ("查询任务", "返回", "字段", "类型", "必填", "说明", "是", "否"),
        ("Auftrag abrufen", "Antwort", "Feld", "Typ", "Pflicht", "Beschreibung", "ja", "nein"),
    ],
)
def test_asciidoc_has_titles_tables_and_listings(words):
    page = read_page(ASCIIDOC.format(*words).encode(), name="page")

    assert fields(ASCIIDOC.format(*words)) == [("id", "string", True, 14), ("count", "integer", False, 20)]
    assert [one.value for one in page.claims if hasattr(one, "repairs")] == [{"id": "a", "count": 1}]


def test_asciidoc_describes_fields_in_lists():
    page = "= Jobs\n\n== Get a job\n\n`GET /jobs`\n\n=== Response fields\n\n"
    page += "id:: `string` The id\ncount::\n  How many\n"

    assert fields(page) == [("id", "string", None, 9), ("count", "", None, 10)]


def test_rows_of_asciidoc_are_as_long_as_its_attribute_says():
    page = "= Jobs\n\n== Response\n\n[%header,cols=2*]\n|===\n|Field\n|Type\n|id\n|string\n|===\n"

    assert fields(page) == [("id", "string", None, 9)]


BLUEPRINT = """FORMAT: 1A

# Jobs

## Job [/jobs/{id}{?page}]

+ Parameters
    + id: `1` (number, required) - the job

### Get a job [GET]

+ Response 200 (application/json)
    + Attributes
        + name: Max (string, required) - whose
        + age: 4 (number) - how old

    + Body

            {"name": "Max", "age": "4"}

### Make a job [POST /jobs]

+ Request (application/json)
    + Attributes
        + tags: red (array[string], optional) - tags

+ Response 404
"""


def test_api_blueprint_names_calls_and_their_fields():
    assert operations(BLUEPRINT) == ["GET /jobs/{id}", "POST /jobs"]
    assert fields(BLUEPRINT)[:2] == [("name", "string", True, 14), ("age", "number", None, 15)]
    assert ("tags", "array", False, "") in parameters(BLUEPRINT)


SPANNED = """# Jobs

`GET /jobs`

## Response

<table>
<tr><th>{0}</th><th>{1}</th><th>{2}</th><th>{3}</th></tr>
<tr><td rowspan="2">id</td><td>string</td><td>{4}</td><td>x</td></tr>
<tr><td colspan="3">more</td></tr>
<tr><td>count</td><td>integer</td><td rowspan="2">{5}</td><td>y</td></tr>
<tr><td>size</td><td>number</td><td>z</td></tr>
<tr><td rowspan="0">tag</td><td colspan="x">string</td><td>{5}</td><td>z</td></tr>
</table>
"""


@pytest.mark.parametrize(
    "words",
    [
        ("Field", "Type", "Required", "Description", "yes", "no"),
        ("字段", "类型", "必填", "说明", "是", "否"),
        ("フィールド", "型", "必須", "説明", "必須", "任意"),
    ],
)
def test_a_cell_over_several_rows_holds_in_each_of_them(words):
    assert fields(SPANNED.format(*words)) == [
        ("id", "string", True, 9),
        ("count", "integer", False, 11),
        ("size", "number", False, 12),
        ("tag", "string", False, 13),
    ]


def test_names_in_brackets_stand_inside():
    page = "# Jobs\n\n`POST /jobs`\n\n## Request body\n\n"
    page += "- object `auth` (optional):\n  - string `auth[kind]`: which\n"

    assert [path for path, *_ in fields(page)] == ["auth", "auth.kind"]
