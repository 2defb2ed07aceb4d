"""An audit of recordings on a storage: one in memory, one that breaks off, one that is not there."""

import gzip
import json
from pathlib import Path

import pytest

from support.contracts import document
from wireproof import cluster, storages
from wireproof.cli import main
from wireproof.exchange import Unreadable

distributed = pytest.importorskip(
    "distributed", reason="Dask is not installed: pip install 'wireproof[cluster]'"
)
fsspec = pytest.importorskip("fsspec", reason="fsspec comes with Dask")

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}, "old": {"type": "integer"}}}
COUNT = 1200


def exchange(n):
    body = {"n": n if n % 70 else str(n), **({"old": n} if n < COUNT // 2 else {})}
    return {"request": {"method": "GET", "url": "/thing"}, "response": {"status": 200, "body": body}}


LINES = "".join(json.dumps(exchange(n)) + "\n" for n in range(COUNT)).encode()


class DownError(Exception):
    """What a storage raises that is out of reach: no `OSError`."""


class Broken(type(fsspec.filesystem("memory"))):
    """A storage that breaks off behind the first bytes that are read of a file."""

    protocol = "broken"

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(path.replace("broken://", "memory://"))

    def open(self, path, mode="rb", **_more):
        stream = super().open(path, mode)
        read = stream.read

        def reading(size=-1):
            if stream.tell() >= 1 << 14:
                raise DownError("Could not connect to the endpoint")
            return read(size)

        stream.read = reading
        return stream


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    monkeypatch.setattr(cluster, "_LEAST", 1 << 14)
    monkeypatch.setattr(cluster, "_MOST", 1 << 14)
    return tmp_path


@pytest.fixture
def memory():
    """Return a storage in memory, empty before and after."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


@pytest.fixture(scope="module")
def threads():
    """Return the engine whose two workers are threads of this process: they share its memory."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as started:
        yield f"dask={started.scheduler_address}"


def audit(*words):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", "out.json", *words])
    return code, Path("out.json").read_text(encoding="utf-8")


def parquet():
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'wireproof[parquet]'")
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"exchange": LINES.decode().splitlines()}), sink, row_group_size=250)
    return sink.getvalue().to_pybytes()


MADE = {"x.jsonl": lambda: LINES, "x.jsonl.gz": lambda: gzip.compress(LINES), "x.parquet": parquet}


@pytest.mark.parametrize("name", MADE)
def test_a_recording_on_a_storage_gives_the_bytes_of_a_file(memory, threads, name):
    data = MADE[name]()
    Path(name).write_bytes(data)
    memory.pipe(f"/captures/{name}", data)
    code, text = audit("--engine", threads, f"memory://captures/{name}")
    assert (code, text.replace(f"memory://captures/{name}", name)) == audit(name)


def test_a_folder_and_a_pattern_of_a_storage_are_read(memory, threads):
    for name in ("a.jsonl", "b.jsonl", "_SUCCESS", "notes.md"):
        memory.pipe(f"/captures/{name}", LINES[: LINES.index(b"\n") + 1])
    for url in ("memory://captures", "memory://captures/*.jsonl"):
        report = json.loads(audit("--engine", threads, url)[1])
        assert [entry["source"] for entry in report["inputs"]] == [
            "memory:///captures/a.jsonl",
            "memory:///captures/b.jsonl",
        ]


def test_a_recording_on_a_storage_is_gone_on_with_or_refused(memory, threads, capsys):
    url = "memory://captures/x.jsonl"
    words = ["--engine", threads, "--resume", "state.json", url]
    half = LINES.index(b"\n", len(LINES) // 2) + 1
    memory.pipe("/captures/x.jsonl", LINES[:half])
    audit(*words)
    memory.pipe("/captures/x.jsonl", LINES)
    assert audit(*words) == audit("--engine", threads, url)
    memory.pipe("/captures/x.jsonl", LINES[:half])
    assert audit(*words)[0] == 2
    assert f"{url} ends at byte {half:,}; it had {len(LINES):,} bytes" in capsys.readouterr().err
    memory.rm("/captures/x.jsonl")
    assert audit(*words)[0] == 2
    told = f"{url} had {len(LINES):,} bytes when the state was written; no file is there"
    assert told in capsys.readouterr().err


def test_a_storage_that_breaks_off_costs_its_records_and_not_the_audit(memory, threads):
    fsspec.register_implementation("broken", Broken, clobber=True)
    memory.pipe("/captures/x.jsonl", gzip.compress(LINES, compresslevel=0))
    Path("y.jsonl").write_bytes(LINES)
    code, text = audit("--engine", threads, "broken://captures/x.jsonl", "y.jsonl")
    report = json.loads(text)
    assert [(entry["source"], entry["reason"].partition(";")[0]) for entry in report["not_checked"]] == [
        ("broken://captures/x.jsonl", "it cannot be read: Could not connect to the endpoint")
    ]
    assert (code, report["summary"]["exchanges"] >= COUNT) == (1, True)


def test_a_file_of_a_storage_is_one_to_read(memory):
    memory.pipe("/a", b"abc")
    with storages.opened("memory://a") as stream:
        assert (stream.readable(), stream.seekable(), stream.tell()) == (True, True, 0)
        assert (stream.read(2), stream.seek(1), stream.read()) == (b"ab", 1, b"bc")
    with pytest.raises(FileNotFoundError):
        storages.opened("memory://gone")
    with pytest.raises(OSError, match="Protocol not known: nowhere"):
        storages.opened("nowhere://gone")


def test_a_storage_that_nothing_here_reads_is_told():
    (told,) = storages.listed("nowhere://x")
    assert isinstance(told, Unreadable)
    assert told.reason.startswith("it cannot be reached: Protocol not known: nowhere")
