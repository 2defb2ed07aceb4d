"""Every byte's way in: bytes to text, values and positions, guarded by limits; pure."""

from __future__ import annotations

from wireproof.door.jsontext import Json, Note, read_json
from wireproof.door.limits import LIMITS, Limits
from wireproof.door.positions import iter_members, json_positions
from wireproof.door.refusal import Refusal
from wireproof.door.yamltext import Yaml, read_yaml

__all__ = [
    "LIMITS",
    "Json",
    "Limits",
    "Note",
    "Refusal",
    "Yaml",
    "iter_members",
    "json_positions",
    "read_json",
    "read_yaml",
]
