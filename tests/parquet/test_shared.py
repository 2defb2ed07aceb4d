"""Several processes share a table out: each decodes its own row groups, or its own rows."""

import io
from pathlib import Path

import pytest

from support.tables import audit, flat, pa, pq, written
from wireproof.door import LIMITS
from wireproof.parquet import iter_rows, iter_shared

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
