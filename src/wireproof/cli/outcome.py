"""What a run of `wireproof docs` comes to: its pages with what is told of each, and what was not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wireproof.claims.claim import StatementClaim
from wireproof.claims.silence import NOTHING_DESCRIBED, ONLY_SENTENCES
from wireproof.exemption import Exempted
from wireproof.finding import Severity
from wireproof.lint.repeated import gathered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.cli.docspages import Missed
    from wireproof.proofreading.comparing import Row
    from wireproof.proofreading.proofread import Proof

__all__ = ["Outcome", "Told", "counted"]


class Told:
    """One page's proof with the rows of a comparison, and what of it is told: each cause of defects once."""

    def __init__(self, proof: Proof, rows: Sequence[Row] = (), *, least: Severity = Severity.INFO) -> None:
        self.proof = proof
        self.rows = tuple(rows)
        self.contradictions = [one for one in proof.contradictions if one.severity.rank >= least.rank]
        self.causes = gathered(proof.defects)
        self.defects = [one for one in self.causes if one.first.severity.rank >= least.rank]

    def with_least(self, least: Severity) -> Told:
        """Return the same with nothing told below a severity."""
        return Told(self.proof, self.rows, least=least)

    @property
    def silence(self) -> str:
        """Return why there is nothing on the page that could be judged, or nothing."""
        page = self.proof.page
        if page.silence or page.documents or self.severities:
            return page.silence
        said = all(isinstance(claim, StatementClaim) for claim in page.claims)
        return ONLY_SENTENCES if said else ""

    @property
    def severities(self) -> list[Severity]:
        """Return the severity of all that was found, told or not."""
        found = [one.severity for one in self.proof.contradictions]
        return found + [one.first.severity for one in self.causes]

    @property
    def whole(self) -> bool:
        """Return whether the page was read and judged to its end."""
        return self.proof.page.whole and self.proof.whole

    @property
    def apart(self) -> list[Row]:
        """Return the rows whose witnesses differ."""
        return [row for row in self.rows if row.differs]

    @property
    def quiet(self) -> bool:
        """Return whether there is nothing to tell of the page but that it was read, or why it is silent."""
        if self.silence:
            return self.whole
        return self.whole and not (self.contradictions or self.defects or self.apart)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The pages of a run, what was named and not read, and what a policy took out."""

    pages: Sequence[Told]
    missed: Sequence[Missed] = ()
    exempted: Exempted = field(default_factory=Exempted)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many contradictions and defects there are of each severity, told or not."""
        counts = {severity.value: 0 for severity in Severity}
        for page in self.pages:
            for severity in page.severities:
                counts[severity.value] += 1
        return counts

    @property
    def hidden(self) -> int:
        """Return how many of them are below the least severity that is told."""
        told = sum(len(page.contradictions) + len(page.defects) for page in self.pages)
        return sum(self.counts.values()) - told

    @property
    def silent(self) -> list[Told]:
        """Return the pages without documentation."""
        return [told for told in self.pages if told.silence]

    @property
    def judged(self) -> int:
        """Return how many pages hold documentation."""
        return len(self.pages) - len(self.silent)

    @property
    def cut(self) -> list[Told]:
        """Return the pages with documentation of which not all was read and judged."""
        return [told for told in self.pages if not told.silence and not told.whole]

    @property
    def complete(self) -> bool:
        """Return whether everything that was named was read to its end.

        A page of plain prose was: it says nothing that could be judged.  An error page, a login page
        or an application's shell stands where the documentation should.
        """
        read = all(told.silence in {NOTHING_DESCRIBED, ONLY_SENTENCES} and told.whole for told in self.silent)
        return read and not self.missed and not self.cut

    @property
    def counted(self) -> str:
        """Return how many pages there are, in words."""
        return counted(len(self.pages), "page")


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"1 {noun}" if number == 1 else f"{number} {plural or noun + 's'}"
