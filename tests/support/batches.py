"""Lines of a recording taken in so few at once that every way of counting them comes about."""

from contextlib import contextmanager

import pytest

from wireproof.lanes import counting, intake, lane, piles
from wireproof.readers import jsonlines


@contextmanager
def at_once():
    """Learn each way from its first line, and count in small batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "_MANY", 1)
        patch.setattr(lane, "_OFTEN", 1)
        patch.setattr(counting, "_SOME", 3)
        patch.setattr(counting, "BATCH", 3)
        patch.setattr(piles, "BATCH", 3)
        patch.setattr(jsonlines, "_AT_ONCE", 4)
        yield
