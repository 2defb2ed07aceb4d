"""What was seen: exact counts for every place of every answer, which merge in any order."""

from wireproof.evidence.account import Evidence, Root, order_of, sighting_of
from wireproof.evidence.place import BUCKETS, STRANGERS, VALUES, Order, Place

__all__ = [
    "BUCKETS",
    "STRANGERS",
    "VALUES",
    "Evidence",
    "Order",
    "Place",
    "Root",
    "order_of",
    "sighting_of",
]
