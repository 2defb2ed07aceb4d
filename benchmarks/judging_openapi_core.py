"""Print, as JSON, what judging one body costs openapi-core; runs in the peers' environment.

    python judging_openapi_core.py CONTRACT EXAMPLE [once]

`once` judges a single body and prints nothing: the script that start-up is compared with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

contract, example = sys.argv[1:3]
body = Path(example).read_bytes()
api = OpenAPI.from_file_path(contract)
request = MockRequest(
    "https://video.a2e.ai", "post", "/api/v1/video/awsResult", data=b'{"_id": "652630d6bae4de626f8b49ec"}'
)


def judge() -> None:
    """Validate the documented example as an answer to the documented request."""
    api.validate_response(request, MockResponse(body, content_type="application/json"))


if sys.argv[3:] == ["once"]:
    judge()
else:
    from clock import ratio

    print(json.dumps({"openapi-core: validate_response": ratio(judge, body=body)}))
