"""Splinters into the named changes that explain them: moved, renamed, wrapped, or put under a key."""

from wireproof.diagnosis.change import Change
from wireproof.diagnosis.search import Diagnosis, Doctor, Explained, weight

__all__ = ["Change", "Diagnosis", "Doctor", "Explained", "weight"]
