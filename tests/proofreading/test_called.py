"""Pages that tell paths in sample calls alone: what is written from them has these, marked as guesses."""

import pytest

from wireproof.claims.page import read_page
from wireproof.proofreading.drafting import drafted
from wireproof.proofreading.emitting import written

CHAPTERS = """# {0}

## {1}

```bash
curl -X POST https://api.example.com/v1/jobs -d '{{"name": "x"}}'
```

```json
{{"id": "1", "state": "open"}}
```

## {2}

```bash
curl https://api.example.com/v1/jobs/{3}
```

```json
{{"id": "1", "state": "open", "result": "x"}}
```
"""
GUESS = "the page names no operation here: method and path are those of a sample call"


def paths(made):
    return {(path, method) for path, item in made["paths"].items() for method in item}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("Jobs", "Create a job", "Get a job", "123"), "job_id"),
        (("任务", "创建任务", "查询任务", "job_8f3kd02"), "job_id"),
        (("Trabajos", "Crear un trabajo", "Obtener un trabajo", "{trabajo}"), "trabajo"),
        (("Jobs", "Auftrag anlegen", "Auftrag abrufen", "<AUFTRAG>"), "AUFTRAG"),
        (("ジョブ", "ジョブの作成", "ジョブの取得", "3f1b2c4d-0000-4000-8000-123456789abc"), "job_id"),
    ],
)
@pytest.mark.parametrize("write", [written, drafted])
def test_the_calls_of_chapters_name_their_operations(write, words, place):
    made = write(read_page(CHAPTERS.format(*words).encode(), name="page"))

    assert paths(made) == {("/v1/jobs", "post"), (f"/v1/jobs/{{{place}}}", "get")}
    assert GUESS in made["paths"]["/v1/jobs"]["post"]["x-guess"]


def test_what_a_page_names_goes_before_what_its_calls_show():
    page = "# Jobs\n\n`GET /v1/jobs/{id}`\n\n" + CHAPTERS.format("Jobs", "One", "Two", "3").partition("\n")[2]

    assert paths(written(read_page(page.encode(), name="page"))) == {("/v1/jobs/{id}", "get")}


@pytest.mark.parametrize(
    "url", ["https://api.example.com/", "https://[bad/jobs", "$URL", "https://a.example/v1/a b"]
)
def test_a_call_without_a_plain_path_names_nothing(url):
    page = f"# Jobs\n\n```bash\ncurl '{url}'\n```\n\n```json\n{{\"id\": 1}}\n```\n"

    assert paths(written(read_page(page.encode(), name="page"))) <= {("/unknown", "get"), ("/v1/a", "get")}


def test_two_places_of_one_name_are_told_apart():
    page = '# Jobs\n\n```bash\ncurl https://a.example/jobs/1/2\n```\n\n```json\n{"id": 1}\n```\n'

    assert paths(written(read_page(page.encode(), name="page"))) == {("/jobs/{job_id}/{job_id_}", "get")}
