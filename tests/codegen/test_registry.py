"""A response model is found by provider, operation and status, and a wrong name by its neighbour."""

import subprocess
import sys

import pytest

from wireproof.codegen import generate, package_files
from wireproof.errors import UsageError

TASK = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}


def test_the_status_is_looked_up_as_the_contract_does_it(models, contract):
    ranged = models(contract(TASK, status="4XX"))
    fallback = models(contract(TASK, status="default"))
    assert ranged.response_model("acme", "getTask", status=404).__name__ == "GetTask4XXResponse"
    assert fallback.response_model("acme", "getTask").__name__ == "GetTaskDefaultResponse"


@pytest.mark.parametrize(
    ("provider", "operation", "message"),
    [
        ("acne", "getTask", "no provider is called 'acne'; the nearest is 'acme'"),
        ("zzzzzzz", "getTask", "no provider is called 'zzzzzzz'; known: acme"),
        ("acme", "gettask", "no operation of acme is called 'gettask'; the nearest is 'getTask'"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest_right_one(models, contract, provider, operation, message):
    with pytest.raises(LookupError) as caught:
        models(contract(TASK)).response_model(provider, operation)
    assert str(caught.value) == message


def test_a_status_without_a_body_is_answered_with_those_that_have_one(models, contract):
    with pytest.raises(LookupError) as caught:
        models(contract(TASK)).response_model("acme", "getTask", status=302)
    assert str(caught.value) == "acme getTask promises no body for status 302; it does for 200"


def test_importing_the_package_loads_no_pydantic(contract, tmp_path):
    generate([contract(TASK)], tmp_path / "made")
    code = "import sys, made; print('pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.slow
def test_a_type_checker_knows_the_class_of_each_response(contract, tmp_path):
    generate([contract(TASK), contract(TASK, provider="other")], tmp_path / "made")
    (tmp_path / "use.py").write_text(
        "from made import response_model\n"
        'task = response_model("acme", "getTask").model_validate({})\n'
        "reveal_type(task.id)\n"
        'reveal_type(response_model("acme", "getTask", status=404))\n'
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "use.py", "made"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert 'note: Revealed type is "str"' in done.stdout.replace("builtins.", "")
    assert "type[pydantic.main.BaseModel]" in done.stdout


def test_a_large_registry_does_without_a_signature_for_each_response(contract):
    many = [contract(TASK, provider=f"p{number}") for number in range(3)]
    few = package_files(many)["__init__.py"]
    assert few.count("@overload") == 4


def test_past_a_hundred_responses_there_are_no_overloads(contract, monkeypatch):
    monkeypatch.setattr("wireproof.codegen.registry._OVERLOADS_AT_MOST", 2)
    many = [contract(TASK, provider=f"p{number}") for number in range(3)]
    text = package_files(many)["__init__.py"]
    assert "overload" not in text
    compile(text, "made", "exec")


def test_a_generator_of_another_version_is_refused(contract, monkeypatch):
    monkeypatch.setattr("datamodel_code_generator.get_version", lambda: "0.99.0")
    with pytest.raises(UsageError, match=r"datamodel-code-generator 0\.99\.0 is installed") as caught:
        package_files([contract(TASK)])
    assert caught.value.hint == "install that one: pip install 'wireproof[generate]'"


def test_a_missing_generator_is_named_with_what_to_install(contract, monkeypatch):
    monkeypatch.setitem(sys.modules, "datamodel_code_generator", None)
    with pytest.raises(UsageError, match="cannot be imported") as caught:
        package_files([contract(TASK)])
    assert "wireproof[generate]" in caught.value.hint
