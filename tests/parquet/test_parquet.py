"""Parquet with one exchange a row: the report is that of the same exchanges in JSON Lines."""

import io
import json
import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from support.contracts import document
from wireproof.cli import main
from wireproof.door import LIMITS, Limits
from wireproof.exchange import Unreadable
from wireproof.parquet import Counted, group_sizes, iter_rows, iter_shared
from wireproof.readers import read
from wireproof.readers.jsonlines import record_of

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'wireproof[parquet]'")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

SCHEMA = {
    "type": "object",
    "required": ["state", "n"],
    "properties": {
        "state": {"enum": ["open", "done"]},
        "n": {"type": "integer"},
        "note": {"type": ["string", "null"]},
        "made": {"type": "integer"},
    },
}


def exchange(index):
    body = {"state": "open" if index % 3 else "shut", "n": index, "note": None, "made": 1_700_000_000 + index}
    if index % 7 == 0:
        del body["n"]
    return {
        "time": f"2026-03-{1 + index // 60:02}T09:{index % 60:02}:00Z",
        "request": {"method": "GET", "url": f"/thing?page={index}"},
        "response": {"status": 200, "headers": {"content-type": "application/json"}, "body": body},
    }


EXCHANGES = [exchange(index) for index in range(1000)]


def moment(text):
    return datetime.fromisoformat(text)


def flat(body_type):
    answers = [entry["response"] for entry in EXCHANGES]
    bodies = [json.dumps(answer["body"]) for answer in answers]
    binary = [body.encode() for body in bodies]
    return pa.table(
        {
            "latency": pa.array(range(1000)),
            "Time": pa.array([moment(entry["time"]) for entry in EXCHANGES], pa.timestamp("ms", "UTC")),
            "METHOD": pa.array(["GET"] * 1000).dictionary_encode(),
            "url": [entry["request"]["url"] for entry in EXCHANGES],
            "status": pa.array([200] * 1000, pa.int16()),
            "headers": pa.array(
                [list(answer["headers"].items()) for answer in answers], pa.map_(pa.string(), pa.string())
            ),
            "body": pa.array(binary if body_type in {pa.binary(), pa.large_binary()} else bodies, body_type),
        }
    )


def nested():
    return pa.table(
        {
            "time": [entry["time"] for entry in EXCHANGES],
            "request": [entry["request"] for entry in EXCHANGES],
            "response": [
                {**entry["response"], "body": json.dumps(entry["response"]["body"])} for entry in EXCHANGES
            ],
        }
    )


def lines(name, kind):
    texts = [json.dumps(entry) for entry in EXCHANGES]
    return pa.table(
        {name: pa.array(texts if kind == pa.string() else [text.encode() for text in texts], kind)}
    )


TABLES = {
    "flat, bodies as text": lambda: flat(pa.string()),
    "flat, bodies as long text": lambda: flat(pa.large_string()),
    "flat, bodies as bytes": lambda: flat(pa.binary()),
    "flat, bodies as long bytes": lambda: flat(pa.large_binary()),
    "nested": nested,
    "whole lines, text": lambda: lines("exchange", pa.string()),
    "whole lines, bytes": lambda: lines("exchange", pa.binary()),
    "the only column": lambda: lines("raw", pa.string()),
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    return tmp_path


def audit(*words):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", "out.json", *words])
    return code, Path("out.json").read_text(encoding="utf-8")


def records(table_or_bytes, *, limits=LIMITS, **more):
    """Return the records of a table, its blocks of rows taken apart."""
    stream = table_or_bytes
    if not isinstance(stream, bytes):
        sink = io.BytesIO()
        pq.write_table(stream, sink)
        stream = sink.getvalue()
    found = []
    for block in iter_rows(io.BytesIO(stream), source="t.parquet", limits=limits, **more):
        if isinstance(block, Unreadable):
            found.append(block)
        else:
            found += [record_of(block, number, limits) for number in range(len(block.data))]
    return found


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_the_report_is_that_of_json_lines(here, table):
    Path("x.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in EXCHANGES), encoding="utf-8")
    pq.write_table(table(), "x.parquet", row_group_size=300)
    code, text = audit("x.jsonl")
    assert audit("x.parquet") == (code, text.replace("x.jsonl", "x.parquet"))
    assert audit("x.parquet", "--workers", "2") == (code, text.replace("x.jsonl", "x.parquet"))
    assert audit("x.parquet", "--engine", "reference")[0] == code == 1


def test_a_table_of_several_files_is_a_folder(here):
    for number in range(3):
        Path(f"t/day={number}").mkdir(parents=True)
        pq.write_table(flat(pa.string()), f"t/day={number}/part-0.parquet")
    Path("t/_SUCCESS").touch()
    pq.write_metadata(flat(pa.string()).schema, "t/_metadata")
    report = json.loads(audit("t")[1])
    assert [entry["exchanges"] for entry in report["inputs"]] == [1000, 1000, 1000]
    assert report["summary"]["unreadable"] == 0


def test_other_commands_read_parquet_too(here, capsys):
    pq.write_table(flat(pa.string()), "x.parquet")
    assert main(["validate", "--spec", "spec.json", "x.parquet"]) == 1
    assert "1000 exchanges" in capsys.readouterr().out


def test_an_audit_goes_on_in_a_table_that_grew(here):
    pq.write_table(flat(pa.string()).slice(0, 400), "x.parquet", row_group_size=300)
    audit("x.parquet", "--resume", "state.json")
    pq.write_table(flat(pa.string()), "x.parquet", row_group_size=300)
    assert audit("x.parquet", "--resume", "state.json") == audit("x.parquet")


def test_rows_that_cannot_be_read_are_named_by_their_number():
    whole = [json.dumps(entry) for entry in EXCHANGES[:6]]
    whole[1] = '{"cut": '
    whole[2] = None
    whole[3] = " \n"
    whole[4] = '{"a": ' + "1" * 5000 + "}"
    found = [
        (str(one.origin), one.reason, one.byte, one.line)
        for one in records(pa.table({"exchange": whole}), limits=Limits(line=4000))
        if isinstance(one, Unreadable)
    ]
    assert [(where, byte, line) for where, _, byte, line in found] == [
        (f"t.parquet:{row}", None, row) for row in (2, 3, 4, 5)
    ]
    assert [reason for _, reason, _, _ in found][1:] == [
        "an empty row",
        "an empty row",
        "a row of more than 4,000 bytes",
    ]


def test_parts_that_are_null_are_parts_that_were_not_kept():
    table = pa.table(
        {
            "url": pa.array([None, "/a", None], pa.string()),
            "status": pa.array([None, 204, 200], pa.int32()),
            "body": pa.array(["{}", None, None], pa.string()),
            "headers": pa.array([None, None, None], pa.string()),
        }
    )
    bare, empty, lost = records(table)
    assert (bare.request, bare.response.status, bare.response.body) == (None, None, b"{}")
    assert (empty.request.method, empty.request.url, empty.response.body) == ("GET", "/a", b"")
    assert lost.reason == ("an exchange without a body: response.body is missing or null, so it was not kept")


BODIES = {
    "an object, to the byte": (b'{"a": 1.0,  "a": 2}', b'{"a": 1.0,  "a": 2}'),
    "two values are no object": (b'{"a":1},"status":{"b":2}', b'{"a":1},"status":{"b":2}'),
    "no JSON": (b"<html>", b"<html>"),
    "a string": (b'"text"', b'"text"'),
    "nothing": (b"", b""),
    "no text": (b"\xff\xfe", b"\xff\xfe"),
    "brackets around no JSON": (b"{\xff}", b"{\xff}"),
}


@pytest.mark.parametrize(("sent", "expected"), BODIES.values(), ids=BODIES.keys())
def test_a_body_is_the_bytes_that_came(sent, expected):
    table = pa.table({"status": [200], "body": pa.array([sent], pa.binary())})
    (record,) = records(table)
    assert (record.response.status, record.response.body) == (200, expected)


def test_a_body_in_base64():
    (record,) = records(pa.table({"status": [200], "body_base64": ["e30="]}))
    assert record.response.body == b"{}"


def test_a_body_as_a_struct_is_json_without_its_nulls():
    body = {
        "a": None,
        "b": [{"c": 1, "d": None}],
        "e": Decimal("1.50"),
        "f": moment("2026-01-02T03:04:05+00:00"),
        "g": date(2026, 1, 2),
        "h": b"raw",
        "i": time(1, 2, 3),
    }
    table = pa.table({"status": [200], "body": [body]})
    (record,) = records(table)
    assert record.response.body == (
        b'{"b":[{"c":1}],"e":1.50,"f":"2026-01-02T03:04:05+00:00","g":"2026-01-02","h":"raw","i":"01:02:03"}'
    )


def test_a_map_is_an_object_where_its_keys_are_distinct():
    kind = pa.map_(pa.string(), pa.string())
    table = pa.table(
        {
            "status": [200, 200],
            "headers": pa.array([[("A", "1"), ("b", "2")], [("a", "1"), ("a", "2")]], kind),
            "request_headers": pa.array(['[["x", "1"]]', "none"]),
            "url": ["/a", "/a"],
            "body": ["{}", "{}"],
        }
    )
    first, second = records(table)
    assert (first.response.headers, first.request.headers) == ((("a", "1"), ("b", "2")), (("x", "1"),))
    assert second.reason == "request.headers are neither an object of strings nor a list of pairs"


TIMES = {
    "seconds": (pa.timestamp("s"), 1_767_225_600, "2026-01-01T00:00:00Z"),
    "milliseconds, a zone": (pa.timestamp("ms", "+05:00"), 1_767_225_600_250, "2026-01-01T00:00:00.25Z"),
    "nanoseconds": (pa.timestamp("ns"), 1_767_225_600_000_000_001, "2026-01-01T00:00:00.000000001Z"),
    "before the epoch": (pa.timestamp("us"), -1, "1969-12-31T23:59:59.999999Z"),
    "none": (pa.timestamp("us"), None, None),
    "a text": (pa.string(), "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"),
}


@pytest.mark.parametrize(("kind", "value", "expected"), TIMES.values(), ids=TIMES.keys())
def test_times(kind, value, expected):
    from wireproof.door.times import utc_time

    (record,) = records(pa.table({"time": pa.array([value], kind), "status": [200], "body": ["{}"]}))
    assert record.time == (expected and utc_time(expected))


def test_a_value_without_a_form_in_json_costs_its_row_alone():
    values = pa.array([{"at": 1_000_000_000}, {"at": 1}, {"at": 2_000_000_000}])
    kind = pa.struct([("at", pa.timestamp("ns"))])
    column = pa.StructArray.from_arrays([values.field("at").cast(pa.timestamp("ns"))], fields=list(kind))
    first, second, third = records(pa.table({"status": [200] * 3, "body": column}))
    assert (first.response.body, third.origin.index) == (b'{"at":"1970-01-01T00:00:01+00:00"}', 2)
    assert (second.line, second.reason.partition(":")[0]) == (
        2,
        "a row with a value that JSON has no form for",
    )


def written(**more):
    sink = io.BytesIO()
    pq.write_table(flat(pa.string()), sink, row_group_size=250, **more)
    return sink.getvalue()


def test_a_damaged_row_group_costs_its_rows():
    data = bytearray(written(compression="snappy"))
    second = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1)
    for number in range(second.num_columns):
        column = second.column(number)
        if column.path_in_schema == "body":
            begin = column.dictionary_page_offset or column.data_page_offset
            data[begin : begin + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    found = records(bytes(data))
    lost = [one for one in found if isinstance(one, Unreadable)]
    assert [one.line for one in lost] == list(range(251, 501))
    assert lost[0].reason.startswith("a row that cannot be read, in row group 2: ")
    assert [one.origin.index for one in found] == list(range(1000))


FILES = {
    "cut": (lambda: written()[:-100], "a Parquet file whose index cannot be read: "),
    "only its mark": (lambda: b"PAR1", "a Parquet file whose index cannot be read: "),
    "encrypted": (lambda: b"PARE" + bytes(20) + b"PARE", "a Parquet file whose index cannot be read: "),
    "a noisy index": (
        lambda: written()[:-60] + b"\xff" * 52 + written()[-8:],
        "a Parquet file whose index cannot be read: ",
    ),
}


@pytest.mark.parametrize(("data", "reason"), FILES.values(), ids=FILES.keys())
def test_broken_files(here, data, reason):
    Path("x.parquet").write_bytes(data())
    code, text = audit("x.parquet")
    (entry,) = json.loads(text)["not_checked"]
    assert (code, entry["what"], entry["source"]) == (3, "unreadable", "x.parquet")
    assert entry["reason"].startswith(reason)
    assert entry["hint"] == "write or copy it again: it is cut or damaged"
    assert group_sizes(io.BytesIO(data())) == []


def test_what_is_not_parquet_is_read_for_what_it_is(here):
    Path("x.parquet").write_text(json.dumps(EXCHANGES[1]) + "\n" + json.dumps(EXCHANGES[2]), encoding="utf-8")
    Path("y.parquet").write_bytes(b"\0\1\2")
    report = json.loads(audit("x.parquet", "y.parquet")[1])
    assert [entry["exchanges"] for entry in report["inputs"]] == [2, 0]


def test_a_table_without_exchanges_names_its_columns():
    (found,) = records(pa.table({"a": [1], "b": ["x"]}))
    assert found.reason == "a Parquet file without exchanges: it has a, b"
    (found,) = records(pa.table({"request": [{"url": "/"}], "response": ["{}"]}))
    assert found.reason == "a Parquet file without exchanges: it has request, response"
    (found,) = records(pa.table({"exchange": pa.array([], pa.string())}))
    assert found.reason == "a Parquet file without rows"


def test_a_stream_of_parquet_says_to_name_the_file():
    (found,) = read(io.BytesIO(written()), source="<stdin>")
    assert (found.reason, found.hint) == (
        "a Parquet file that comes as a stream: its index stands at its end",
        "name the file itself, unpacked",
    )


def test_without_pyarrow_the_file_says_what_to_install(here, monkeypatch):
    pq.write_table(flat(pa.string()), "x.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    code, text = audit("x.parquet")
    (entry,) = json.loads(text)["not_checked"]
    assert (code, entry["hint"]) == (3, "install it: pip install 'wireproof[parquet]'")
    assert group_sizes(io.BytesIO(Path("x.parquet").read_bytes())) == []


def test_what_the_disk_says_is_told_as_of_any_file():
    class Failing(io.BytesIO):
        def read(self, _size=-1):
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        list(iter_rows(Failing(written()), source="x", limits=LIMITS))


def test_row_groups_are_read_alone():
    found = records(written(), groups=range(1, 3), index=250)
    assert [one.origin.index for one in found] == list(range(250, 750))
    assert [rows for rows, _ in group_sizes(io.BytesIO(written()))] == [250, 250, 250, 250]


def test_what_was_read_is_counted():
    class Taker:
        taken = 0

    data = written()
    taker = Taker()
    list(iter_rows(Counted(io.BytesIO(data), taker), source="x", limits=LIMITS))
    assert len(data) / 2 < taker.taken < 2 * len(data)


SHARED = {
    "many row groups": {"row_group_size": 50},
    "few row groups": {"row_group_size": 700},
    "one row group": {"row_group_size": 10_000},
}


@pytest.mark.parametrize("sizes", SHARED.values(), ids=SHARED.keys())
def test_several_processes_share_a_table_out(here, sizes):
    table = flat(pa.string())
    pq.write_table(pa.concat_tables([table] * 3), "x.parquet", **sizes)
    rows = pa.concat_tables([table] * 3).num_rows
    whole = list(iter_rows(io.BytesIO(Path("x.parquet").read_bytes()), source="x", limits=LIMITS))
    for of in (2, 3):
        parts = [
            list(
                iter_shared(io.BytesIO(Path("x.parquet").read_bytes()), (part, of), source="x", limits=LIMITS)
            )
            for part in range(of)
        ]
        assert [[block.size for block in part] for part in parts] == [[block.size for block in parts[0]]] * of
        owned = [
            [block.blocks for block in at if block.blocks is not None] for at in zip(*parts, strict=True)
        ]
        assert {len(found) for found in owned} == {1}
        assert [block for (found,) in owned for block in found] == whole
        assert {sum(block.weight for block in part) for part in parts} == {Path("x.parquet").stat().st_size}
    assert sum(block.size for block in parts[0]) == rows
    assert audit("x.parquet", "--workers", "2") == audit("x.parquet")


def test_a_share_of_a_table_that_grew_is_gone_on_with(here):
    words = ["x.parquet", "--resume", "state.json", "--workers", "2"]
    for rows in (130, 170, 1000):
        pq.write_table(flat(pa.string()).slice(0, rows), "x.parquet", row_group_size=50)
        found = audit(*words)
    assert found == audit("x.parquet")


def test_a_share_of_what_is_no_table_is_told_as_ever(here):
    Path("x.parquet").write_bytes(b"PAR1 and no more")
    pq.write_table(flat(pa.string()).slice(0, 0), "y.parquet")
    for name in ("x.parquet", "y.parquet"):
        assert audit(name, "--workers", "2") == audit(name)


def test_a_damaged_row_group_costs_its_rows_whoever_reads_it(here):
    data = bytearray(written())
    second = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1)
    column = second.column(second.num_columns - 1)
    begin = column.dictionary_page_offset or column.data_page_offset
    data[begin : begin + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    Path("x.parquet").write_bytes(bytes(data))
    assert audit("x.parquet", "--workers", "2") == audit("x.parquet")
    assert "row group 2" in Path("out.json").read_text(encoding="utf-8")
