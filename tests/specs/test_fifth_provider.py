"""A fifth provider is a folder, and nothing else: judged, listed, linted and modelled like the four."""

import json
import shutil

import pytest

from wireproof.cli import main, validate_response
from wireproof.specs import load_folder, shipped_specs

OPENAPI = """\
openapi: 3.0.3
info:
  title: Weather stations
  version: "1"
  description: Readings of one station.
servers:
  - url: https://stations.example.net/api
paths:
  /stations/{id}/reading:
    get:
      operationId: getReading
      summary: The last reading
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        "200":
          description: The reading
          content:
            application/json:
              schema:
                type: object
                required: [stationCode, celsius]
                properties:
                  stationCode: {type: string}
                  celsius: {type: number}
                  note: {type: string, nullable: true}
        "404":
          description: No such station
"""
GOOD = {"stationCode": "ST-4", "celsius": 4.5, "note": None}
DRIFTED = {"reading": {"stationCode": "ST-4", "celsius": "4.5"}}


@pytest.fixture
def specs(tmp_path):
    folder = tmp_path / "specs"
    shutil.copytree(shipped_specs(), folder)
    (folder / "stations").mkdir()
    (folder / "stations" / "openapi.yaml").write_text(OPENAPI)
    return folder


@pytest.fixture
def capture(tmp_path):
    def write(body):
        path = tmp_path / "capture.json"
        path.write_text(json.dumps(body))
        return str(path)

    return write


def test_it_stands_among_the_others(specs):
    assert [contract.provider for contract in load_folder(specs)] == [
        "a2e",
        "duomi",
        "stations",
        "vapi",
        "yutoai",
    ]


def test_its_answers_are_recognised_and_judged(specs, capture, capsys):
    assert validate_response(["--specs", str(specs), capture(GOOD)]) == 0
    assert "stations getReading" in capsys.readouterr().out


def test_its_drift_is_named(specs, capture, capsys):
    assert validate_response(["--specs", str(specs), "--format", "json", capture(DRIFTED)]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(found["rule"], found["pointer"], found["to"]) for found in report["findings"]] == [
        ("envelope-added", "", "/reading"),
        ("type-changed", "/celsius", None),
    ]
    assert report["operations"][0]["provider"] == "stations"


def test_it_is_linted_and_modelled(specs, tmp_path, capsys):
    file = str(specs / "stations" / "openapi.yaml")
    assert main(["lint", file]) == 0
    assert main(["generate", file, "--output", str(tmp_path / "models")]) == 0
    assert (tmp_path / "models" / "stations.py").exists()
    capsys.readouterr()
