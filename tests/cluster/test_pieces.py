"""Recordings cut into pieces: the records, their numbers and places are those of the uncut recording."""

import io
import json
import pickle
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.contracts import contract, exchange
from wireproof import pieces
from wireproof.counts import digest_of
from wireproof.door import LIMITS
from wireproof.examining import Examiner, Options, examine
from wireproof.openapi import Document, load_contract
from wireproof.readers import jsonlines, read_blocks
from wireproof.readers.jsonlines import Lines, record_of
from wireproof.specs import registry

LINE = st.one_of(
    st.just(b""),
    st.just(b" \t\r"),
    st.just(b"\xef\xbb\xbf{}"),
    st.just(b"{"),
    st.integers(0, 99).map(lambda number: b'{"n": %d}' % number),
    st.integers(1, 200).map(lambda number: b'{"n": "%s"}' % (b"x" * number)),
)


def apart(blocks):
    """Return records, blocks taken apart."""
    found = []
    for block in blocks:
        if isinstance(block, Lines):
            found += [record_of(block, number, LIMITS) for number in range(len(block.data))]
        else:
            found.append(block)
    return found


def measured(file, size):
    """Return the pieces of a file of JSON Lines, whatever its head, measured and placed."""
    count = -(-file.size // size)
    ends = [file.size * number // count for number in range(count + 1)]
    cut = [pieces.Piece(file, "lines", begin, end, end - begin) for begin, end in pairwise(ends)]
    return pieces.placed(cut, [pieces.extent(piece) for piece in cut])


@given(
    lines=st.lists(LINE, min_size=1, max_size=40), end=st.sampled_from([b"\n", b""]), size=st.integers(1, 300)
)
def test_pieces_hold_the_records_of_the_whole(tmp_path_factory, lines, end, size):
    data = b'{"n": 0}\n{"n": 1}\n' + b"\n".join(lines) + end
    path = tmp_path_factory.mktemp("pieces") / "x.jsonl"
    path.write_bytes(data)
    file = pieces.File("x.jsonl", str(path), len(data))
    found = [record for piece in measured(file, size) for record in apart(pieces._blocks(piece, LIMITS))]
    window = jsonlines.Window(io.BytesIO(data))
    assert found == apart(jsonlines.read_lines(window, source="x.jsonl", limits=LIMITS))


def test_lines_longer_than_a_piece_are_counted_once(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "_CHUNK", 7)
    monkeypatch.setattr(pieces, "HEAD", 16)
    data = b'{"n": "%s"}\n' % (b"x" * 5000) + b'{"n": 1}\n \n' + b'{"n": "%s"}' % (b"y" * 5000)
    (tmp_path / "x.jsonl").write_bytes(data)
    file = pieces.File("x.jsonl", str(tmp_path / "x.jsonl"), len(data))
    assert [piece.records for piece in measured(file, 1500)] == [1, 0, 0, 2, 0, 0, 0]


def exchanges(count):
    for index in range(count):
        request = {"method": "GET", "url": "/thing"}
        yield json.dumps({"request": request, "response": {"status": 200, "body": {"n": index}}}) + "\n"


@pytest.fixture
def recording(tmp_path):
    (tmp_path / "x.jsonl").write_text("".join(exchanges(3000)), encoding="utf-8")
    path = tmp_path / "x.jsonl"
    return pieces.File("x.jsonl", str(path), path.stat().st_size)


def test_what_is_cut_and_what_is_not(recording, tmp_path):
    cut = pieces.cut(recording, size=50_000)
    assert {piece.form for piece in cut} == {"lines"}
    assert (cut[0].begin, cut[-1].end, sum(piece.size for piece in cut)) == (
        0,
        recording.size,
        recording.size,
    )
    assert pieces.cut(recording, size=recording.size) == [
        pieces.Piece(recording, "whole", 0, 0, recording.size)
    ]
    for name, data in {
        "x.har": b'{"log": {"entries": []}}' + b" " * 99,
        "x.gz": b"\x1f\x8b" + bytes(99),
        "cut.parquet": b"PAR1" + bytes(99),
    }.items():
        (tmp_path / name).write_bytes(data)
        file = pieces.File(name, str(tmp_path / name), len(data))
        assert [piece.form for piece in pieces.cut(file, size=10)] == ["whole"]


def test_a_table_is_cut_at_its_row_groups(tmp_path):
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'wireproof[parquet]'")
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    path = tmp_path / "x.parquet"
    pq.write_table(
        pa.table({"exchange": list(exchanges(3000))}),
        path,
        row_group_size=500,
        compression="none",
        use_dictionary=False,
    )
    file = pieces.File("x.parquet", str(path), path.stat().st_size)
    cut = pieces.cut(file, size=90_000)
    assert [(piece.form, piece.begin, piece.end, piece.index, piece.records) for piece in cut] == [
        ("rows", 0, 2, 0, 1000),
        ("rows", 2, 4, 1000, 1000),
        ("rows", 4, 6, 2000, 1000),
    ]
    records = [record for piece in cut for record in apart(pieces._blocks(piece, LIMITS))]
    assert [record.origin.index for record in records] == list(range(3000))
    (whole,) = pieces.cut(file, size=1 << 30)
    assert apart(pieces._blocks(whole, LIMITS)) == records


def test_small_pieces_go_together():
    files = [pieces.File(str(size), str(size), size) for size in (3, 3, 5, 20, 1)]
    cut = [piece for file in files for piece in pieces.cut(file, size=50)]
    batches = [[piece.size for piece in batch] for batch in pieces.gathered(cut, size=8)]
    assert batches == [[3, 3], [5], [20], [1]]
    assert list(pieces.gathered([], size=8)) == []
    assert [len(batch) for batch in pieces.gathered(cut[:1] * 1001, size=1 << 20)] == [500, 500, 1]


def judged(chosen, **more):
    given = {"skip": {}, "forgiving": True} | more
    return pieces.judged(chosen, [contract({"type": "object"})], Options(), **given)


def test_the_reports_on_the_pieces_merge_into_that_on_the_whole(recording):
    whole = judged(pieces.cut(recording, size=1 << 30))
    parts = [judged([piece]) for piece in measured(recording, 50_000)]
    merged = parts[-1]
    for part in parts[:-1]:
        merged = part.merge(merged)
    assert merged.to_json() == whole.to_json()
    assert whole.exchanges == 3000


def test_what_was_judged_before_is_passed_over(recording):
    cut = measured(recording, 50_000)
    left = list(pieces.without(cut, {digest_of("x.jsonl"): 1000}))
    assert left == [piece for piece in cut if piece.index + piece.records > 1000]
    report = judged(left, skip={digest_of("x.jsonl"): 1000})
    assert report.exchanges == 2000
    whole = pieces.cut(recording, size=1 << 30)
    assert list(pieces.without(whole, {digest_of("x.jsonl"): 9000})) == whole


def test_a_file_that_breaks_off_is_an_unreadable_record_or_an_error(recording, monkeypatch):
    class Breaking(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(size)

    data = Path(recording.path).read_bytes()
    monkeypatch.setattr(pieces, "_opened", lambda _: Breaking(data))
    piece = pieces.Piece(recording, "lines", 0, recording.size, recording.size)
    report = judged([piece])
    (entry,) = report.not_checked
    assert (report.unreadable, entry.reason.partition(";")[0], entry.index) == (
        1,
        "it cannot be read: Input/output error",
        report.exchanges,
    )
    with pytest.raises(OSError, match="Input/output error"):
        judged([piece], forgiving=False)


def test_a_file_that_is_gone_is_an_error(recording):
    Path(recording.path).unlink()
    with pytest.raises(FileNotFoundError):
        judged([pieces.Piece(recording, "whole", 0, 0, recording.size)])


def test_arguments_are_listed_not_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("t/b.jsonl", "t/a.jsonl", "t/x.png", "one.json"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("{}", encoding="utf-8")
    stdin = io.BytesIO(b'{"n": 1}')
    found = list(pieces.listed(["t", "-", "one.json", "t/a.jsonl", "gone.json"], stdin=stdin))
    assert [entry for entry in found if isinstance(entry, pieces.File)] == [
        pieces.File("t/a.jsonl", str(tmp_path / "t/a.jsonl"), 2),
        pieces.File("t/b.jsonl", str(tmp_path / "t/b.jsonl"), 2),
        pieces.File("one.json", str(tmp_path / "one.json"), 2),
    ]
    assert [str(entry.origin) for entry in found if not isinstance(entry, pieces.File)] == [
        "<stdin>:1",
        "gone.json#0",
    ]


def test_urls_are_listed_by_fsspec(tmp_path):
    pytest.importorskip("fsspec", reason="fsspec is not installed: pip install 'wireproof[cluster]'")
    for name in ("t/b.jsonl", "t/a.jsonl", "t/.c/a.jsonl", "t/x.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    url = f"file://{tmp_path}/t"

    def names(*urls):
        found = pieces.listed(urls, stdin=io.BytesIO())
        return [
            entry.source.removeprefix(url) if isinstance(entry, pieces.File) else entry.reason
            for entry in found
        ]

    assert names(url) == ["/a.jsonl", "/b.jsonl"]
    assert names(f"{url}/*.jsonl", f"{url}/*.jsonl") == ["/a.jsonl", "/b.jsonl"]
    assert names(f"{url}/b.jsonl") == ["/b.jsonl"]
    assert names(f"{url}/gone.jsonl", f"{url}/*.gone") == ["no file is there", "no file is there"]
    assert names("nowhere://x")[0].startswith("it cannot be reached: Protocol not known: nowhere")
    (file,) = pieces.listed([f"{url}/a.jsonl"], stdin=io.BytesIO())
    assert apart(pieces._blocks(pieces.cut(file, size=9)[0], LIMITS)) == apart(
        read_blocks(io.BytesIO(b"{}"), source=file.source)
    )


@pytest.mark.parametrize("made", registry(), ids=lambda made: made.provider)
def test_a_contract_names_its_lines_in_another_process_too(made):
    sent = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    here, there = made.schemas, sent.schemas
    for name, schema in here.defs.items():
        assert here.place(schema, "type") == there.place(there.defs[name], "type")
        assert here.place(schema, "type") is not None
    assert len(here.written) == len(there.written)
    assert [one.lifecycle_place(0, "states") for one in made] == [
        one.lifecycle_place(0, "states") for one in sent
    ]


@pytest.mark.parametrize("text", ["lines", "no lines"])
def test_a_document_of_json_is_sent_too(text):
    sent = (
        contract({"type": "object", "properties": {"n": {"type": "integer"}}})
        if text == "lines"
        else load_contract(
            "s.yaml", b"openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n", provider="p"
        )
    )
    back = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own
    records = [exchange({"n": "x"})]
    assert examine([back], records).to_json() == examine([sent], records).to_json()
    valued = pickle.loads(pickle.dumps(Document.from_value("x", {"a": 1})))  # noqa: S301 - our own
    assert (valued.value, valued.line("/a")) == ({"a": 1}, None)


def test_a_sent_contract_judges_alike(recording):
    made = contract({"type": "object", "properties": {"n": {"type": "integer", "maximum": 9}}})
    reports = []
    for one in (made, pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own
        examiner = Examiner([one])
        with Path(recording.path).open("rb") as stream:
            for block in read_blocks(stream, source="x"):
                examiner.take_block(block)
        reports.append(examiner.report().to_json())
    assert reports[0] == reports[1]
