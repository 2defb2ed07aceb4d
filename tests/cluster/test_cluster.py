"""`wireproof audit --engine dask`: one report, whoever judged it, and a word about all that may go wrong."""

import json
import os
import pickle
import signal
import sys
from pathlib import Path

import pytest

from support.contracts import document
from wireproof import cluster, pieces, scheduler
from wireproof.cli import earlier, main
from wireproof.cli.progress import Progress
from wireproof.errors import InputError, UsageError
from wireproof.workers import Listener

distributed = pytest.importorskip(
    "distributed", reason="Dask is not installed: pip install 'wireproof[cluster]'"
)

SCHEMA = {
    "type": "object",
    "required": ["state", "n"],
    "properties": {"state": {"enum": ["open", "done"]}, "n": {"type": "integer"}, "old": {"type": "integer"}},
}
COUNT = 3000


def line(index):
    body = {"state": "open" if index % 100 else "shut", "n": index if index % 70 else str(index)}
    if index < COUNT // 2:
        body["old"] = index
    request = {"method": "GET", "url": "/thing"}
    return json.dumps({"request": request, "response": {"status": 200, "body": body}}) + "\n"


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cluster")
    (folder / ".git").mkdir()
    (folder / "spec.json").write_text(json.dumps(document(SCHEMA), indent=1), encoding="utf-8")
    lines = [line(index) for index in range(COUNT)]
    lines.insert(1234, "no json\n")
    lines.insert(2000, "\n")
    (folder / "all.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "few").mkdir()
    for number in range(5):
        (folder / f"few/{number}.jsonl").write_text(
            "".join(lines[number * 9 : number * 9 + 9]), encoding="utf-8"
        )
    return folder


@pytest.fixture(autouse=True)
def small_tasks(here, monkeypatch):  # every test of this file is about many tasks
    monkeypatch.chdir(here)
    monkeypatch.setattr(cluster, "_LEAST", 1 << 14)
    monkeypatch.setattr(cluster, "_MOST", 1 << 14)


@pytest.fixture(scope="module")
def threads():
    """Return the address of a cluster whose two workers are threads of this process."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as started:
        yield started.scheduler_address


@pytest.fixture
def processes():
    """Return a cluster of two worker processes."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as started:
        yield started


def audit(*words):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", "out.json", *words])
    return code, Path("out.json").read_text(encoding="utf-8")


def test_two_workers_of_its_own_write_the_same_bytes():
    whole = audit("all.jsonl", "few")
    assert audit("--engine", "dask=2", "all.jsonl", "few") == whole
    assert (whole[0], json.loads(whole[1])["findings"][0]["contract"]["line"]) == (1, 30)


def test_a_scheduler_that_runs_writes_the_same_bytes(threads):
    assert audit("--engine", f"dask={threads}", "all.jsonl", "few") == audit("all.jsonl", "few")


def test_the_scheduler_of_dasks_own_settings(threads):
    import dask

    with dask.config.set({"scheduler-address": threads}):
        assert audit("--engine", "dask", "few") == audit("few")


def test_urls_and_what_only_this_process_has(threads, here):
    words = ["--engine", f"dask={threads}"]
    code, text = audit("all.jsonl", "gone.jsonl")
    url = f"file://{here}/all.jsonl"
    assert audit(*words, url, "gone.jsonl") == (code, text.replace('"all.jsonl"', json.dumps(url)))


def test_parquet(threads):
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'wireproof[parquet]'")
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    table = pa.table({"exchange": [line(index) for index in range(COUNT)]})
    pq.write_table(table, "all.parquet", row_group_size=400)
    assert audit("--engine", f"dask={threads}", "all.parquet") == audit("all.parquet")


def test_nothing_that_can_be_read(threads):
    assert audit("--engine", f"dask={threads}", "gone.jsonl") == audit("gone.jsonl")


def test_a_worker_that_dies_changes_nothing(processes, monkeypatch):
    at = Progress.at

    def killing(self, records, done):
        if records and living:
            os.kill(living.pop(), signal.SIGKILL)
        at(self, records, done)

    living = [worker.pid for worker in processes.workers.values()][:1]
    whole = audit("all.jsonl")
    monkeypatch.setattr(Progress, "at", killing)
    assert audit("--engine", f"dask={processes.scheduler_address}", "all.jsonl") == whole
    assert living == []


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("after", [0, 400])
def test_an_audit_that_is_stopped_reports_what_it_has_and_goes_on(threads, monkeypatch, stop, code, after):
    words = ["--engine", f"dask={threads}", "--resume", f"state-{code}-{after}.json", "all.jsonl"]
    whole = audit("all.jsonl")
    at = Progress.at

    def stopped(self, records, done):
        if records >= after:
            os.kill(os.getpid(), stop)
        at(self, records, done)

    with monkeypatch.context() as patched:
        patched.setattr(Progress, "at", stopped)
        part = audit(*words)
    assert (part[0], json.loads(part[1])["complete"]) == (code, False)
    assert json.loads(part[1])["summary"]["exchanges"] < COUNT
    assert audit(*words) == whole


def test_a_state_is_kept_along_the_way_and_gone_on_from(threads, monkeypatch):
    words = ["--engine", f"dask={threads}", "--resume", "kept.json", "all.jsonl"]
    whole = audit("all.jsonl")
    states = []
    keep = earlier.Keeper.keep

    def keeping(self, report):
        keep(self, report)
        states.append(Path("kept.json").read_text(encoding="utf-8"))

    with monkeypatch.context() as patched:
        patched.setattr(earlier, "_SAVED_EVERY", -1.0)
        patched.setattr(earlier.Keeper, "keep", keeping)
        assert audit(*words) == whole
    kept = [json.loads(state) for state in states]
    assert {state["complete"] for state in kept} == {False}
    counts = [state["summary"]["exchanges"] for state in kept]
    assert counts == sorted(counts)
    between = next(at for at, count in enumerate(counts) if 0 < count < COUNT)
    for state in (states[between], states[-1]):
        Path("kept.json").write_text(state, encoding="utf-8")
        assert audit(*words) == whole


def test_findings_are_told_as_they_come(threads, monkeypatch):
    told = []
    monkeypatch.setattr(Progress, "say", lambda _, text: told.append(text))
    audit("--engine", f"dask={threads}", "all.jsonl")
    found = sorted(text.partition(" of ")[0] for text in told)
    assert found == ["error: enum-value-unknown /state", "error: type-changed /n"]


def here_or_there(monkeypatch, opened):
    """Have the workers, not this process, open files by a function of the path and the worker's number."""
    first = {}
    before = pieces._opened

    def opens(path):
        try:
            address = distributed.get_worker().address
        except ValueError:
            return before(path)
        return opened(path, first.setdefault(address, len(first)), before)

    monkeypatch.setattr(pieces, "_opened", opens)


def test_a_file_that_one_worker_lacks_is_judged_by_another(threads, monkeypatch):
    def opened(path, worker, before):
        if worker == 0:
            raise FileNotFoundError(2, "No such file or directory", path)
        return before(path)

    whole = audit("all.jsonl", "few")
    here_or_there(monkeypatch, opened)
    assert audit("--engine", f"dask={threads}", "all.jsonl", "few") == whole


@pytest.mark.parametrize("name", ["all.jsonl", "few"])
def test_a_file_that_all_workers_lack_is_an_error(threads, monkeypatch, capsys, here, name):
    def opened(path, _worker, _before):
        raise FileNotFoundError(2, "No such file or directory", path)

    here_or_there(monkeypatch, opened)
    assert main(["audit", "--spec", "spec.json", "--engine", f"dask={threads}", name]) == 3
    told = capsys.readouterr().err
    assert f"no worker has the file {here}/{name}" in told
    assert "put it where every worker finds it under the same path, or name it by a URL" in told


def test_a_file_that_a_worker_may_not_read_is_unreadable(threads, monkeypatch):
    def opened(path, _worker, before):
        if path.endswith("3.jsonl"):
            raise PermissionError(13, "Permission denied", path)
        return before(path)

    here_or_there(monkeypatch, opened)
    report = json.loads(audit("--engine", f"dask={threads}", "few")[1])
    assert [(entry["source"], entry["reason"].partition(";")[0]) for entry in report["not_checked"]] == [
        (
            "few/3.jsonl",
            "it may not be read: permission denied",
        )
    ]


def test_a_file_that_no_worker_may_count_is_unreadable(threads, monkeypatch):
    def opened(path, _worker, before):
        if path.endswith("all.jsonl"):
            raise PermissionError(13, "Permission denied", path)
        return before(path)

    here_or_there(monkeypatch, opened)
    report = json.loads(audit("--engine", f"dask={threads}", "all.jsonl", "few")[1])
    assert [entry["source"] for entry in report["not_checked"]] == ["all.jsonl"]
    assert report["summary"]["exchanges"] == 45


def test_a_file_that_this_process_cannot_look_into_is_unreadable(threads, monkeypatch):
    def cut(file, *, size):
        raise PermissionError(13, "Permission denied", file.path)

    monkeypatch.setattr(pieces, "cut", cut)
    report = json.loads(audit("--engine", f"dask={threads}", "all.jsonl")[1])
    assert (report["summary"]["unreadable"], report["summary"]["exchanges"]) == (1, 0)


def test_a_fault_of_a_worker_is_a_fault(threads, monkeypatch, capsys):
    def opened(_path, _worker, _before):
        raise ZeroDivisionError("division by zero")

    here_or_there(monkeypatch, opened)
    assert main(["audit", "--spec", "spec.json", "--engine", f"dask={threads}", "few"]) == 4
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_workers_of_another_version_are_named(processes, monkeypatch, capsys):
    monkeypatch.setattr(scheduler, "__version__", "99.1")
    address = processes.scheduler_address
    assert main(["audit", "--spec", "spec.json", "--engine", f"dask={address}", "few"]) == 3
    told = capsys.readouterr().err
    assert "this is wireproof 99.1, but worker tcp://" in told
    assert "pip install 'wireproof[cluster]==99.1'" in told


def test_a_worker_that_comes_late_with_another_version_is_named(threads):
    with distributed.Client(threads) as client:
        future = client.submit(cluster._extent, "99.1", None, forgiving=False)
        with pytest.raises(InputError, match="but worker inproc://"):
            future.result()


def test_workers_without_the_package_are_named(threads, monkeypatch, capsys):
    monkeypatch.setattr(
        distributed.Client, "run", lambda *_: {"tcp://a:1": "none: No module named 'wireproof'"}
    )
    assert main(["audit", "--spec", "spec.json", "--engine", f"dask={threads}", "few"]) == 3
    assert "worker tcp://a:1 has none: No module named 'wireproof'" in capsys.readouterr().err


WRONG = {
    "no scheduler there": ("dask=tcp://127.0.0.1:1", 3, "no Dask scheduler answers at tcp://127.0.0.1:1"),
    "no such protocol": ("dask=carrier://pigeon:1", 3, "no Dask scheduler answers at carrier://pigeon:1"),
    "no address": ("dask=here", 2, "'here' is no address of a scheduler"),
    "no number": ("dask=0", 2, "0 is no number of workers from 1 to 256"),
    "nothing": ("dask=", 2, "there is no engine 'dask='"),
    "another": ("spark", 2, "there is no engine 'spark'"),
}


@pytest.mark.parametrize(("engine", "code", "told"), WRONG.values(), ids=WRONG.keys())
def test_wrong_engines(monkeypatch, capsys, engine, code, told):
    monkeypatch.setattr(scheduler, "_REACHED", 0.5)
    assert main(["audit", "--spec", "spec.json", "--engine", engine, "few"]) == code
    assert told in capsys.readouterr().err


def test_two_kinds_of_many_are_too_many(capsys):
    assert main(["audit", "--engine", "dask", "--workers", "2", "few"]) == 2
    assert "write --engine dask=2" in capsys.readouterr().err


def test_without_dask_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["audit", "--spec", "spec.json", "--engine", "dask=2", "few"]) == 2
    assert "install it: pip install 'wireproof[cluster]'" in capsys.readouterr().err


def test_a_cluster_without_workers(monkeypatch, capsys):
    monkeypatch.setattr(scheduler, "PATIENCE", 0.2)
    with distributed.LocalCluster(
        n_workers=0, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as empty:
        engine = f"dask={empty.scheduler_address}"
        assert main(["audit", "--spec", "spec.json", "--engine", engine, "few"]) == 3
    assert "the cluster has no workers" in capsys.readouterr().err


class Client:
    """A client of a cluster that is as it is told to be."""

    def __init__(self, status, workers):
        self.status, self._workers = status, workers

    def nthreads(self):
        return self._workers

    def submit(self, *_arguments, **_options):
        return None


def test_a_scheduler_that_goes_away_is_told(threads, monkeypatch, capsys):
    from distributed.comm import CommClosedError

    def run(*_arguments):
        raise CommClosedError("closed")

    with monkeypatch.context() as patched:
        patched.setattr(distributed.Client, "run", run)
        assert main(["audit", "--spec", "spec.json", "--engine", f"dask={threads}", "few"]) == 3
    assert "the scheduler is gone" in capsys.readouterr().err
    monkeypatch.setattr(distributed.Future, "cancelled", lambda _: True)
    assert main(["audit", "--spec", "spec.json", "--engine", f"dask={threads}", "few"]) == 3
    assert "the scheduler is gone" in capsys.readouterr().err


def test_a_cluster_that_ends_is_not_waited_for_for_ever(monkeypatch):
    def alive(*state):
        return cluster._Crew(Client(*state), b"", Listener())._alive(0.0)

    assert cluster._Crew(Client("closed", {}), b"", Listener())._alive(1e12) == 1e12
    assert alive("running", {"a": 1}) > 0
    with pytest.raises(InputError, match="the scheduler is gone"):
        alive("closed", {})
    with pytest.raises(InputError, match="the cluster has lost all its workers"):
        alive("running", {})


def test_a_part_that_kills_its_workers_is_named():
    file = pieces.File("x.jsonl", "/x.jsonl", 9)
    piece = pieces.Piece(file, "lines", 0, 9, 9)
    for task in (piece, (piece,)):
        told = cluster._explained(distributed.KilledWorker("key", None, 3), task)
        assert str(told) == "4 workers died, one after another, over a part of x.jsonl"


def test_errors_come_back_from_workers_whole():
    for kind in (InputError, UsageError):
        back = pickle.loads(pickle.dumps(kind("what", hint="how")))  # noqa: S301 - our own
        assert (type(back), back.message, back.hint) == (kind, "what", "how")
