"""Contracts in, a package of typed models out.

Below the IO line: it reads and writes the output folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.codegen.folder import Difference, Reason, bring_up_to_date, compare, with_header
from wireproof.codegen.models import models_text
from wireproof.codegen.registry import registry_text
from wireproof.codegen.safety import check_module
from wireproof.codegen.source import ModelSource, model_source
from wireproof.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from wireproof.contract import Contract

__all__ = ["Difference", "Generated", "Reason", "generate", "package_files"]


@dataclass(frozen=True, slots=True)
class Generated:
    """What was found in the folder, before anything was written if anything was (`written`).

    `files` are the names that the generator writes, `differences` those that were not as it
    writes them, and what is there besides.
    """

    folder: str
    files: tuple[str, ...]
    differences: tuple[Difference, ...]
    written: bool

    def to_text(self, *, mend: str) -> str:
        """Return a line for each difference and what was or is to be done about it.

        `mend` is the command that brings the folder up to date.
        """
        if not self.differences:
            return f"{self.folder}: {len(self.files)} files, all as the generator writes them\n"
        lines = [
            f"{self.folder}/{difference.file}: {said}\n"
            for difference in self.differences
            for said in [_DONE[difference.reason] if self.written else difference.reason]
        ]
        reasons = {difference.reason for difference in self.differences}
        steps = [] if self.written or reasons == {Reason.EXTRA} else [mend]
        steps += ["move the extra files away"] if Reason.EXTRA in reasons else []
        return "".join((*lines, *([f"To mend: {'; '.join(steps)}\n"] if steps else [])))


_DONE = {
    Reason.MISSING: "written",
    Reason.STALE: "written",
    Reason.EDITED: "written, over what was edited by hand",
    Reason.LEFT_OVER: "removed: its contract is gone",
    Reason.EXTRA: "left alone: the generator does not write it",
}


def generate(contracts: Iterable[Contract], output: str | PathLike[str], *, check: bool = False) -> Generated:
    """Return what differed in the output folder, after writing the models there unless `check` is set.

    Raises ContractError where a contract cannot become models, UsageError where the folder or
    the generator will not do.
    """
    folder = Path(output)
    files = package_files(contracts)
    differences = compare(folder, files) if check else bring_up_to_date(folder, files)
    return Generated(str(output), tuple(files), differences, written=not check)


def package_files(contracts: Iterable[Contract]) -> dict[str, str]:
    """Return the models package as file name -> text; the contracts' order does not matter."""
    sources = sorted(map(model_source, contracts), key=lambda source: source.provider)
    _refuse_one_module_for_two(sources)
    written: list[tuple[ModelSource, dict[str, str]]] = []
    files = {"py.typed": ""}
    for source in sources:
        text, classes = models_text(source)
        check_module(text, name=source.provider)
        files[f"{source.module}.py"] = with_header(text)
        written.append((source, classes))
    files["__init__.py"] = with_header(registry_text(written))
    return dict(sorted(files.items()))


def _refuse_one_module_for_two(sources: list[ModelSource]) -> None:
    providers: dict[str, str] = {}
    for source in sources:
        other = providers.setdefault(source.module, source.provider)
        if other is not source.provider:
            raise ContractError(
                f"the providers {other!r} and {source.provider!r} would share the module {source.module}.py",
                hint="give one of them another name",
            )
