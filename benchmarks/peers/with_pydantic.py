"""pydantic: lines parsed into the model that `wireproof generate` writes for the answer, strictly."""

from __future__ import annotations

import sys

from lines import WORK, ask
from pydantic import BaseModel, ValidationError

sys.path.insert(0, str(WORK))

from models.render import TaskAnswer  # noqa: TC002 - what pydantic reads when the class is made


class Response(BaseModel):
    """The one member of a recorded response that is looked at."""

    body: TaskAnswer


class Line(BaseModel):
    """One recorded exchange."""

    response: Response


validate = Line.model_validate_json


def errors(line: bytes) -> int:
    """Return how many errors the body has."""
    try:
        validate(line, strict=True)
    except ValidationError as error:
        return len(error.errors())
    return 0


ask(errors)
