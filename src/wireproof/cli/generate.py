"""Write typed models (pydantic) from contracts: one module a provider, and an index of them.

The models find their way by `wireproof_models.response_model(PROVIDER, OPERATION)`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.cli.choosing import load_specs
from wireproof.cli.exits import Exit
from wireproof.codegen import generate
from wireproof.errors import UsageError

if TYPE_CHECKING:
    import argparse

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof generate`."""
    parser.add_argument(
        "specs", nargs="*", metavar="SPEC", help="OpenAPI documents; default: the contracts that ship"
    )
    parser.add_argument("--output", metavar="DIR", required=True, help="the folder of the models package")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 and name the files that differ"
    )


def run(options: argparse.Namespace) -> int:
    """Write the models, or compare them, and return the exit code."""
    output = Path(options.output)
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is no folder", hint="name a folder for the models package")
    result = generate(load_specs(options.specs), output, check=options.check)
    specs = " ".join(options.specs)
    print(
        result.to_text(mend=f"wireproof generate {specs} --output {options.output}".replace("  ", " ")),
        end="",
    )
    return Exit.FINDINGS if options.check and result.differences else Exit.OK
