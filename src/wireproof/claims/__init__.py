"""Documentation pages → claims: what a page says of an API, each saying with its lines."""

from __future__ import annotations

from wireproof.claims.page import Page, read_page
from wireproof.claims.rendering import claim_line, render_claims

__all__ = ["Page", "claim_line", "read_page", "render_claims"]
