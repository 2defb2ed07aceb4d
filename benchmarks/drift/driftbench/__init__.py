"""The drift benchmark: honest answers made from contracts, known lies told about them, and a score.

Nothing here knows how wireproof finds a drift, and wireproof does not know what is made here.
"""

from __future__ import annotations
