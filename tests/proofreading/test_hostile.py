"""Pages that mean harm are proofread as any other: in time, and without an exception."""

import random
from time import process_time

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.drafting import drafted
from wireproof.proofreading.proofread import proofread

ROW = "| f{0} | string | yes | One of `a{0}`, `b{0}` |\n"
HEAD = "# X\n\nGET /x/{id}\n\n| Field | Type | Required | Description |\n|---|---|---|---|\n"


def wide(rows):
    body = ",".join(f'"g{number}": {number}' for number in range(rows))
    return HEAD + "".join(ROW.format(number) for number in range(rows)) + "\n```json\n{" + body + "}\n```\n"


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\x00\xff" * 1000,
        ("GET /x\n" * 2000).encode(),
        ("# s\n" + "- `a`: x\n" * 3000).encode(),
        ("```json\n" + "[" * 5000).encode(),
        (
            HEAD + "| a | string | yes | x |\n\n```json\n" + '{"a":' * 150 + "1" + "}" * 150 + "\n```\n"
        ).encode(),
        (HEAD + "| a.a.a.a | string | yes | x |\n| a | integer | no | x |\n\n```json\n{}\n```\n").encode(),
        (HEAD + "| * | string | yes | x |\n| a[] | array | yes | x |\n\n```json\n[]\n```\n").encode(),
        b"GET /x\n\n```bash\ncurl 'http://[::1/x' -H ': :'\n```\n",
    ],
    ids=range(9),
)
def test_nothing_is_raised(page):
    proofread(read_page(page, name="page"))


def test_time_grows_no_faster_than_the_page():
    spent = []
    for rows in (100, 400):
        page = read_page(wide(rows).encode(), name="page")
        began = process_time()
        proofread(page)
        spent.append(process_time() - began)
    assert spent[1] < 12 * spent[0] + 1


def test_pages_with_lines_torn_out_are_proofread():
    chance = random.Random(5)
    lines = wide(12).splitlines()
    for _ in range(40):
        kept = [line for line in lines if chance.random() > 0.2]
        chance.shuffle(kept)
        proofread(read_page("\n".join(kept).encode(), name="page"))


def operations(number):
    part = "## Thing {0}\n\n`GET /v1/things{0}/{{id}}`\n\n### Response\n\n"
    part += "| Name | Type |\n|---|---|\n| id | string |\n\n"
    shown = '```json\n{{"id": "a{0}"}}\n```\n\n'
    return "".join((part + shown).format(one) for one in range(number))


def test_time_grows_no_faster_than_the_operations_of_a_page():
    spent = []
    for number in (150, 600):
        data = operations(number).encode()
        began = process_time()
        drafted(read_page(data, name="page"))
        spent.append(process_time() - began)
    assert spent[1] < 10 * spent[0] + 1
