from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from trafficbench.comparing import Bench, Plan, seen
from trafficbench.drifts import CLEAN, KINDS
from trafficbench.installing import Home, NotInstalled
from trafficbench.measuring import Failed, measured
from trafficbench.page import cost_lines
from trafficbench.tools import (
    LIBRARIES,
    OPENAPI_CORE,
    SCHEMATHESIS,
    TOOLS,
    UNIT,
    Tool,
    numbers,
    reported,
    rows,
)

ROOT = Path(__file__).resolve().parents[2]


def python(program):
    return [sys.executable, "-c", program]


def test_what_a_command_takes_includes_the_processes_that_it_starts(tmp_path):
    child = "import time\nwhile time.process_time() < 0.3: pass"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"

    taken = measured(python(program), log=tmp_path / "log")

    assert taken.cpu > 0.3
    assert taken.wall > 0
    assert taken.memory > 5


def test_memory_is_that_of_the_largest_process(tmp_path):
    taken = measured(python("x = bytearray(200_000_000)"), log=tmp_path / "log")

    assert 195 < taken.memory < 300


def test_a_command_that_fails_is_told_with_its_code_and_where_its_words_are(tmp_path):
    with pytest.raises(Failed, match=r"ended with 3: see build/bench/x\.log"):
        measured(python("import sys; sys.exit(3)"), log=tmp_path / "x.log")


def test_an_exit_code_may_mean_that_something_was_found(tmp_path):
    assert measured(python("import sys; sys.exit(1)"), log=tmp_path / "log", exits=(0, 1)).wall > 0


def test_a_peer_that_needs_npm_is_told_where_there_is_none(monkeypatch, tmp_path):
    monkeypatch.setattr("trafficbench.installing.PEERS", tmp_path)
    monkeypatch.setattr("shutil.which", lambda _: None)

    with pytest.raises(NotInstalled, match=r"needs Node\.js"):
        Home("node", ("ajv@1",), npm=True).install()


def test_a_peer_that_cannot_be_installed_is_told_and_not_taken_for_installed(monkeypatch, tmp_path):
    monkeypatch.setattr("trafficbench.installing.PEERS", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setenv("PATH", "")
    home = Home("node", ("ajv@1",), npm=True)

    with pytest.raises(NotInstalled, match="npm could not install it: see build/peers/node"):
        home.install()
    with pytest.raises(NotInstalled):
        home.install()


def test_what_is_installed_already_is_not_installed_again(monkeypatch, tmp_path):
    monkeypatch.setattr("trafficbench.installing.PEERS", tmp_path)
    monkeypatch.setenv("PATH", "")
    home = Home("node", ("ajv@1",), npm=True)
    home.folder.mkdir()
    (home.folder / "installed").write_text("ajv@1", encoding="utf-8")

    home.install()


def test_a_tool_that_fails_is_a_row_with_the_reason_and_the_others_are_measured(monkeypatch, work):
    def count(corpus, told):
        lines = len(Path(corpus).read_bytes().splitlines())
        wait = f"import time\nwhile time.process_time() < {lines / 1000}: pass"
        return python(f"open({str(told)!r}, 'w').close()\n{wait}")

    broken = Tool("broken", "nothing", lambda *_: python("import sys; sys.exit(9)"), home=None)
    unit = replace(UNIT, command=count, home=None)
    sound = Tool("sound", "all errors", count, home=None)
    for module in ("comparing", "page"):
        monkeypatch.setattr(f"trafficbench.{module}.UNIT", unit)
        monkeypatch.setattr(f"trafficbench.{module}.TOOLS", (sound, broken))
    monkeypatch.setattr("trafficbench.comparing.write_contract", lambda: None)
    bench = Bench(Plan(rounds=1, most={"small": 100, "large": 100}))

    bench.prepare()
    bench.costs()

    page = "\n".join(cost_lines(bench))
    assert bench.failed == {"broken": "ended with 9: see build/bench/broken.log"}
    assert re.search(r"\| broken +\| ended with 9: see build/bench/broken\.log", page)
    assert re.search(r"\| sound +\| +\d", page)
    assert "sound flagged 0 of 100 (small, 100%)" in page


def test_what_is_seen_is_counted_kind_by_kind():
    kinds = list(KINDS)

    counts = seen([CLEAN, kinds[0], CLEAN, kinds[0], kinds[1]], {1, 2, 4})

    assert {label: found for label, found in counts.items() if found[1]} == {
        CLEAN: (1, 2),
        kinds[0]: (1, 2),
        kinds[1]: (1, 1),
    }


def test_the_numbers_of_drifting_records_are_read_from_what_each_tool_writes(tmp_path):
    told = tmp_path / "told"

    told.write_text("3\n17\n", encoding="utf-8")
    assert numbers(told) == {3, 17}
    told.write_text("exchange_index,message\n3,a\n3,b\n17,c\n", encoding="utf-8")
    assert rows(told) == {3, 17}
    told.write_text(
        '{"findings": [{"severity": "error", "sightings": 2}, {"severity": "warning", "sightings": 5}]}',
        encoding="utf-8",
    )
    assert reported(told) == 2
    told.write_text('{"findings": []}', encoding="utf-8")
    assert reported(told) == 0


def test_every_peer_is_pinned_and_those_that_wireproof_uses_are_at_its_own_versions():
    lock = dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    packages = [package for tool in (UNIT, *TOOLS) if tool.home for package in tool.home.packages]
    pins = {re.split(r"\[|==", line)[0]: line.partition("==")[2] for line in LIBRARIES.packages}

    assert [package for package in packages if not re.search(r"(==|\w@)\d+\.\d+\.\d+$", package)] == []
    assert {name: lock[name] for name in pins} == pins
    for home in (OPENAPI_CORE, SCHEMATHESIS):
        assert f"orjson=={lock['orjson']}" in home.packages


def test_names_are_told_once():
    names = [tool.name for tool in (UNIT, *TOOLS)]

    assert sorted(set(names)) == sorted(names)


def test_a_command_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Failed, match="could not be started: '/no/such/tool'"):
        measured(["/no/such/tool"], log=tmp_path / "log")


def test_a_command_does_not_count_the_memory_of_who_measures_it(tmp_path):
    ballast = bytearray(300_000_000)

    assert measured(python("pass"), log=tmp_path / "log").memory < 100
    assert ballast
