"""Proof what is on the wire against what was promised."""

__version__ = "0.1.0"
