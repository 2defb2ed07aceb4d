"""Parquet with one exchange a row: the report is that of the same exchanges in JSON Lines."""

import io
import json
import sys
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from support.tables import EXCHANGES, audit, flat, lines, moment, nested, pa, pq, records, written
from wireproof.cli import main
from wireproof.door import LIMITS, Limits
from wireproof.exchange import Unreadable
from wireproof.parquet import Counted, group_sizes, iter_rows
from wireproof.readers import read

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
