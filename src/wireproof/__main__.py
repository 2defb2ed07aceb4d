"""`python -m wireproof`: the same as the command `wireproof`."""

from __future__ import annotations

import sys

from wireproof.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
