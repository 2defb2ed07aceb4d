"""Lines of a recording taken in so few at once that every way of counting them comes about."""

from contextlib import contextmanager

import pytest

from wireproof.lanes import counting, intake, lane, piles
from wireproof.readers import jsonlines


@contextmanager
def at_once(*, many=1, often=1, some=3, batch=3, lines=4):
    """Learn each way from its first line, or after a few, and count in small batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "_MANY", many)
        patch.setattr(lane, "_OFTEN", often)
        patch.setattr(counting, "_SOME", some)
        patch.setattr(counting, "BATCH", batch)
        patch.setattr(piles, "BATCH", batch)
        patch.setattr(jsonlines, "_AT_ONCE", lines)
        yield
