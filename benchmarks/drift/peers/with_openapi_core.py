"""openapi-core on the corpus: the whole response against the whole document."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from errors import statement
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

work = Path(sys.argv[1])
documents: dict[str, OpenAPI] = {}


def judged(api: str, exchange: dict) -> list[dict]:
    """Return the statements on one exchange."""
    if api not in documents:
        documents[api] = OpenAPI.from_dict(json.loads((work / "apis" / f"{api}.json").read_text()))
    url = urlsplit(exchange["url"])
    data = base64.b64decode(exchange["request_body"]) if exchange["request_body"] else None
    request = MockRequest(f"{url.scheme}://{url.netloc}", exchange["method"].lower(), url.path, data=data)
    headers = dict(exchange["headers"])
    response = MockResponse(
        base64.b64decode(exchange["body"]),
        exchange["status"],
        headers,
        headers["content-type"].partition(";")[0],
    )
    found = []
    for error in documents[api].iter_response_errors(request, response):
        inner = getattr(error.__cause__, "schema_errors", None)
        header = type(error).__name__ in {"InvalidHeader", "MissingRequiredHeader", "MissingHeader"}
        if inner and not header:
            found += [statement(one) for one in inner]
        else:
            found.append({"pointer": f"/{getattr(error, 'name', '')}" if header else "", "parts": []})
    return found


for line in sys.stdin:
    sample = json.loads(line)
    said = []
    for one in sample["exchanges"]:
        try:
            said += judged(sample["api"], one)
        except Exception as error:  # noqa: BLE001 - a crash is what the tool says
            print(f"{sample['id']}: {type(error).__name__}: {error}", file=sys.stderr)
            said.append({"pointer": "", "parts": []})
    print(json.dumps({"id": sample["id"], "said": said}))
