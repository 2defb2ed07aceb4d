"""Contracts become models that parse what the contract promises, whatever its parts are called."""

import importlib
import json

import pytest
from pydantic import ValidationError

from wireproof.codegen import package_files
from wireproof.errors import ContractError
from wireproof.openapi import load_contract

PET = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
PET_REF = {"$ref": "#/components/schemas/Pet"}
AGE = {"type": "object", "properties": {"age": {"type": "integer"}}}


def with_field(schema):
    return {"type": "object", "properties": {"v": schema}}


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        (PET_REF, {"name": "x"}),
        (PET, {"name": "x"}),
        ({"type": "array", "items": PET_REF}, [{"name": "x"}]),
        ({"type": "array", "items": PET}, [{"name": "x"}]),
        ({"oneOf": [PET_REF, {"type": "null"}]}, None),
        ({"allOf": [PET_REF, AGE]}, {"name": "x", "age": 1}),
        ({"allOf": [PET_REF, {"description": "only text"}]}, {"name": "x"}),
        (with_field({"allOf": [{"type": ["object", "null"], "properties": {}}]}), {"v": None}),
        ({"type": "object", "additionalProperties": PET_REF}, {"any": {"name": "x"}}),
        ({**PET, "additionalProperties": {"type": "integer"}}, {"name": "x", "other": 1}),
        ({"type": ["object", "null"], "properties": {}}, None),
        ({"type": "string"}, "x"),
        ({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}]}, ["x", 1]),
        (with_field({"type": ["string", "null"], "enum": ["a", None]}), {"v": None}),
        (with_field({"enum": [1, "a", None, 2.5, {}]}), {"v": 2.5}),
        ({}, [1, {"a": None}]),
        (True, "anything"),
    ],
)
def test_a_body_of_any_shape_has_a_model(models, contract, schema, body):
    package = models(contract(schema, components={"Pet": PET}))
    model = package.response_model("acme", "getTask")
    assert model.model_validate(body).model_dump(mode="json", by_alias=True, exclude_unset=True) == body


def test_a_named_schema_gives_the_model_its_name_and_an_inline_one_the_operation_and_status(models, contract):
    named = models(contract(PET_REF, components={"Pet": PET})).response_model("acme", "getTask")
    inline = models(contract(PET, status="201")).response_model("acme", "getTask", status=201)
    assert (named.__name__, inline.__name__) == ("Pet", "GetTask201Response")


def test_a_shared_response_and_a_file_of_one_schema_give_their_names_too(models):
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/x": {
                "get": {
                    "operationId": "getX",
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {"application/json": {"schema": {"$ref": "Pet.json"}}},
                        },
                        "4XX": {"$ref": "#/components/responses/Refused"},
                    },
                }
            }
        },
        "components": {
            "responses": {
                "Refused": {"description": "", "content": {"application/problem+json": {"schema": AGE}}}
            }
        },
    }
    read = {"Pet.json": json.dumps(PET).encode()}.__getitem__
    package = models(load_contract("specs/x.json", json.dumps(document).encode(), provider="acme", read=read))
    found = [package.response_model("acme", "getX", status=status).__name__ for status in (200, 404)]
    assert found == ["Pet", "RefusedResponse"]


def test_an_old_document_with_nullable_reads_like_a_new_one(models, contract):
    schema = with_field({"allOf": [PET_REF], "nullable": True})
    model = models(contract(schema, components={"Pet": PET}, version="3.0.3")).response_model(
        "acme", "getTask"
    )
    assert model.model_validate({"v": None}).v is None
    assert model.model_validate({"v": {"name": "x"}}).v.name == "x"


def test_undocumented_fields_are_kept_even_where_the_contract_closes_the_object(models, contract):
    model = models(contract({**PET, "additionalProperties": False})).response_model("acme", "getTask")
    assert model.model_validate({"name": "x", "new": [1]}).model_extra == {"new": [1]}


@pytest.mark.parametrize(
    ("promised", "value"),
    [
        ({"type": "integer", "minimum": 0, "maximum": 100}, 101),
        ({"type": "string", "maxLength": 2}, "long"),
        ({"type": "string", "pattern": "^(?!x)a$"}, "b"),
        ({"type": "string", "format": "date-time"}, "yesterday"),
        ({"type": "string", "format": "uri"}, ""),
        ({"type": "string", "format": "email"}, "nobody"),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 2}, [1]),
        ({"type": "string", "x-extensible-enum": ["a"]}, "b"),
    ],
)
def test_what_is_no_more_than_a_warning_does_not_break_parsing(models, contract, promised, value):
    model = models(contract(with_field(promised))).response_model("acme", "getTask")
    assert model.model_validate({"v": value}).v == value


@pytest.mark.parametrize(
    ("promised", "value"),
    [
        ({"type": "integer"}, "many"),
        ({"type": "string"}, 1),
        ({"type": "array", "items": {"type": "string"}}, {}),
        ({"enum": ["a", "b"]}, "c"),
        ({"const": "a"}, "b"),
        ({"oneOf": [{"type": "integer"}, {"type": "boolean"}]}, "x"),
    ],
)
def test_what_breaks_a_client_breaks_parsing(models, contract, promised, value):
    model = models(contract(with_field(promised))).response_model("acme", "getTask")
    with pytest.raises(ValidationError):
        model.model_validate({"v": value})


def test_a_required_field_must_come_and_no_default_is_made_up(models, contract):
    schema = {**PET, "properties": {**PET["properties"], "credits": {"type": "integer", "default": 7}}}
    model = models(contract(schema)).response_model("acme", "getTask")
    assert model.model_validate({"name": "x"}).credits is None
    with pytest.raises(ValidationError):
        model.model_validate({"credits": 1})


NAMES = [
    *("_id", "class", "None", "str", "int", "list", "self", "cls", "copy", "json", "schema", "model_config"),
    *(
        "model_dump",
        "model_validate_json",
        "__init__",
        "__class__",
        "createdAt",
        "created_at",
        "1st",
        "",
        " ",
        "$ref",
    ),
    *("a-b", "a b", "a.b", "Field", "BaseModel", "Any", "名前", "💥", "\n", '"', "'''", "\\", "x" * 200),
]


def test_a_property_may_be_called_anything(models, contract):
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in NAMES}}
    model = models(contract(schema)).response_model("acme", "getTask")
    body = {name: f"value of {name}" for name in NAMES}
    assert model.model_validate(body).model_dump(by_alias=True) == body


def test_a_schema_may_be_called_anything(models, contract):
    components = dict.fromkeys(
        [
            "str",
            "BaseModel",
            "Field",
            "None",
            "Any",
            "class",
            "1st",
            "a.b",
            "a-b",
            "名前",
            "💥",
            "a b",
            "A B",
        ],
        PET,
    )
    properties = {
        f"v{number}": {"$ref": f"#/components/schemas/{name}"} for number, name in enumerate(components)
    }
    model = models(contract({"type": "object", "properties": properties}, components=components))
    body = {key: {"name": "x"} for key in properties}
    assert model.response_model("acme", "getTask").model_validate(body).model_dump(by_alias=True) == body


def test_schemas_may_refer_to_themselves_and_each_other(models, contract):
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Leaf"}}}
    leaf = {"type": "object", "properties": {"up": {"$ref": "#/components/schemas/Node"}}}
    package = models(contract({"$ref": "#/components/schemas/Node"}, components={"Node": node, "Leaf": leaf}))
    assert package.response_model("acme", "getTask").model_validate({"next": {"up": {}}}).next.up.next is None


def test_schemas_that_extend_one_with_a_discriminator_have_models_too(models, contract):
    animal = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    animal["discriminator"] = {"propertyName": "kind"}
    cat = {"allOf": [{"$ref": "#/components/schemas/Animal"}, AGE]}
    package = models(
        contract({"$ref": "#/components/schemas/Animal"}, components={"Animal": animal, "Cat": cat})
    )
    base = package.response_model("acme", "getTask")
    heir = importlib.import_module(f"{package.__name__}.acme").Cat
    assert base.model_validate({"kind": "Cat", "age": 3}).model_extra == {"age": 3}
    assert heir.model_validate({"kind": "Cat", "age": 3}).age == 3
    assert issubclass(heir, base)


def test_a_module_ends_with_a_line_break(contract):
    assert [
        name for name, text in package_files([contract(PET)]).items() if text and not text.endswith("\n")
    ] == []


def test_a_response_without_json_has_no_model(models):
    answers = {
        "204": {"description": ""},
        "200": {"description": "", "content": {"text/plain": {"schema": {"type": "string"}}}},
    }
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": {}}}}
    document["paths"]["/x"]["get"]["responses"] = answers
    package = models(load_contract("x.json", json.dumps(document).encode(), provider="acme"))
    with pytest.raises(LookupError, match="known: none"):
        package.response_model("acme", "GET /x")


def test_the_order_of_the_contracts_does_not_matter(contract):
    one, two = contract(PET, provider="one"), contract(PET, provider="two")
    assert package_files([one, two]) == package_files([two, one])


def test_two_providers_of_one_module_name_are_refused(contract):
    with pytest.raises(ContractError, match=r"'a-b' and 'a_b' would share the module a_b\.py"):
        package_files([contract(PET, provider="a-b"), contract(PET, provider="a_b")])


@pytest.mark.parametrize(
    ("provider", "file"),
    [
        ("acme", "acme.py"),
        ("Acme Video", "acme_video.py"),
        ("3d", "api_3d.py"),
        ("import", "api_import.py"),
        ("../../etc/x", "etc_x.py"),
        ("__init__", "init.py"),
    ],
)
def test_a_module_is_named_by_the_letters_and_digits_of_its_provider(contract, provider, file):
    assert set(package_files([contract(PET, provider=provider)])) == {file, "__init__.py", "py.typed"}


def test_a_provider_without_a_letter_or_digit_is_refused(contract):
    with pytest.raises(ContractError, match="no letter or digit"):
        package_files([contract(PET, provider="../..")])


def test_models_do_not_depend_on_where_one_stands(contract, tmp_path, monkeypatch):
    elsewhere = package_files([contract(PET)])
    (tmp_path / "pyproject.toml").write_text(
        '[tool.black]\nline-length = 20\n[tool.datamodel-codegen]\nextra-fields = "forbid"\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    assert package_files([contract(PET)]) == elsewhere


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (KeyError("x"), "the models of acme cannot be written: 'x'"),
        (RecursionError(), "the models of acme cannot be written: RecursionError"),
        ({("a.py",): "", ("b.py",): ""}, "the models of acme would be several modules, one was expected"),
    ],
)
def test_whatever_the_generator_does_is_a_contract_error(contract, monkeypatch, outcome, message):
    def generator(*_, **__):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr("datamodel_code_generator.generate", generator)
    with pytest.raises(ContractError) as caught:
        package_files([contract(PET)])
    assert caught.value.message == message
    assert caught.value.hint


def test_a_schema_that_the_generator_skips_is_a_contract_error(contract, monkeypatch):
    def generator(*_, emit_model_metadata, **__):
        emit_model_metadata.write_text('{"version": 1, "models": []}')
        return "from __future__ import annotations\n"

    monkeypatch.setattr("datamodel_code_generator.generate", generator)
    with pytest.raises(ContractError, match="the schema of acme getTask 200 became no model"):
        package_files([contract(PET)])
