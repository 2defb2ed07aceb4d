"""openapi-core: the whole response against the whole document."""

from __future__ import annotations

from urllib.parse import urlsplit

import orjson
from lines import ask, document
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

api = OpenAPI.from_dict(document())


def errors(line: bytes) -> list[object]:
    """Return all errors of the response."""
    exchange = orjson.loads(line)
    asked, answered = exchange["request"], exchange["response"]
    url = urlsplit(asked["url"])
    request = MockRequest(f"{url.scheme}://{url.netloc}", asked["method"].lower(), url.path)
    headers = answered["headers"]
    response = MockResponse(
        orjson.dumps(answered["body"]), answered["status"], headers, headers["content-type"]
    )
    return list(api.iter_response_errors(request, response))


ask(errors)
