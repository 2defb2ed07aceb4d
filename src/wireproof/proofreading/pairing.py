"""How sure it is that a list and an example are about one object, and what may be told of both.

A page puts lists and examples side by side and leaves it to its reader which belong together.  A pair
proves itself by the names that both have: the more of them, the more one side may be missing before
that says something about the pair instead of the page.  Many differences of one kind and few common
names are what a wrong pair looks like, or a list that was not read; one difference beside many
common names is what a careless writer leaves.  Where a pair is not sure nothing is told, and the
reason is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Ground
from wireproof.claims.listing import shape_of
from wireproof.proofreading.access import is_credential
from wireproof.proofreading.scenes import same_place
from wireproof.proofreading.telling import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.claims.claim import FieldClaim, Path
    from wireproof.claims.listing import Shape
    from wireproof.proofreading.grounds import Grounded
    from wireproof.proofreading.readings import Reading
    from wireproof.proofreading.scenes import Sheet

__all__ = ["Pair", "Pairing"]

_FAR: Final = 0.34
"""Share of either side's names below which two objects are not the same one."""
_WHOLE: Final = 6
"""Common names from which on a list that is shown whole is of this object, however much it leaves out."""
_NEARLY: Final = 0.8
_MANY: Final = 3
"""Fields that stand elsewhere from which on nobody has to say that they are of this side."""
_PROVEN: Final = 2
"""Required names from which on a list is proven by an example that has them all."""
_TWICE: Final = 2
_LIKE: Final = 0.3
"""Share of all names that both sides have below which none is another's new name."""
_NEEDED: Final = {"docs-type-mismatch": Ground.ASSUMED, "docs-null-shown": Ground.ASSUMED}
"""On what a pair has to rest for a rule; where it is assumed, its names have proven it."""
_KEY = re.compile(r"(?:api|access|secret|auth)[-_]?(?:key|token)$|session[-_]?id$", re.IGNORECASE)
"""Ends the name of a field that carries credentials, which travel in a header as well."""
_PICKED = re.compile(
    r"\b(?:common|main|notable|selected|important|some|relevant|useful|frequent\w*)\b|常用|主要|部分|重要",
    re.IGNORECASE,
)
"""In the title of a list: it picks members out, and does not claim to name them all."""
_ABSENT: Final = frozenset({"docs-required-not-shown", "docs-field-not-shown"})


@dataclass(frozen=True, slots=True)
class Pair:
    """The names that a list gives one object, and those that an example shows in it.

    `due` are the names that the list calls required: optional ones prove nothing by being away.
    `renamed` are how many of the shown names were guessed to be listed ones under another name.
    """

    listed: frozenset[str]
    shown: frozenset[str]
    due: frozenset[str] = frozenset()
    renamed: int = 0

    @property
    def common(self) -> int:
        """Return how many names both sides have."""
        return len(self.listed & self.shown)

    @property
    def same(self) -> int:
        """Return how many names are the same on both sides, as they are written."""
        return self.common - self.renamed

    @property
    def strangers(self) -> int:
        """Return how many shown names the list does not have."""
        return len(self.shown - self.listed)

    @property
    def absent(self) -> int:
        """Return how many names are listed, due and not shown."""
        return len(self.due - self.shown)

    @property
    def likeness(self) -> float:
        """Return the share of all names that both sides have."""
        return self.common / max(1, len(self.listed | self.shown))

    @property
    def is_one_object(self) -> bool:
        """Return whether the names bear out that both sides are about one object at all."""
        return self.common >= _FAR * min(len(self.listed), len(self.shown)) and self.common > 0

    @property
    def tells_types(self) -> bool:
        """Return whether a value of another type is the page's slip, and not another field of that name."""
        return self.is_one_object and (
            self.same > 1 or self.listed <= self.shown or self.shown <= self.listed
        )

    @property
    def tells_strangers(self) -> bool:
        """Return whether a name that the list does not have is the page's omission."""
        whole = self.same >= _WHOLE and self.same >= _NEARLY * len(self.listed)
        proven = len(self.due) >= _PROVEN and not self.absent
        known = self.same > 1 or len(self.listed) <= _TWICE * self.same
        few = known and self.strangers + self.renamed <= (self.common if proven else max(1, self.common // 2))
        return self.is_one_object and (whole or (few and self._outweighs))

    @property
    def is_whole(self) -> bool:
        """Return whether all listed names are shown, and no more others than these."""
        return not self.renamed and self.listed <= self.shown and _MANY <= self.common >= self.strangers

    @property
    def tells_absence(self) -> bool:
        """Return whether a name that the example does not have is the page's omission."""
        return self.is_one_object and self.absent <= max(_TWICE, self.common) and self._outweighs

    @property
    def _outweighs(self) -> bool:
        """Return whether the common names outweigh differences on both sides, where there are both."""
        return not (self.strangers and self.absent) or self.strangers + self.absent <= 2 * self.common


class Pairing:
    """The pairs that one reading makes: the list and the example at each level of the body."""

    def __init__(self, reading: Reading, sheet: Sheet, belonging: Grounded) -> None:
        self.shape: Shape = shape_of([reading.diagnosis.value])
        self.claims = [claim for found in reading.made.claims.values() for claim in found]
        self.example = reading.example
        self.changes = reading.changes
        self.sheet = sheet
        self.belonging = belonging
        self.pairs = {
            place: replace(pair, renamed=min(self._renamed(place), pair.common))
            for place, pair in _pairs(self.claims, self.shape).items()
        }
        self.whole = any(same_place(claim.scope, reading.scope) for claim in sheet.wholes())
        self.doubts: dict[Path, None] = {}
        self.apart = False

    def bears_out(self, rule: str, path: Path) -> bool:
        """Return whether the pair around a place of the body is sure enough for a finding of a rule.

        Where it is not, the doubt is remembered in `doubts`.
        """
        pair = self.pairs.get(path[:-1])
        sure = not path or pair is None or not pair.listed or self._sure(rule, path, pair)
        if not sure and (rule != "docs-field-not-shown" or self.whole):
            self.doubts.setdefault(path[:-1])
        return sure

    def _sure(self, rule: str, path: Path, pair: Pair) -> bool:
        if self.belonging.ground < _NEEDED.get(rule, Ground.PLACED) or (self.apart and rule not in _NEEDED):
            return False
        if rule == "docs-undocumented-field":
            return self._surely_strange(path, pair)
        if rule in _ABSENT:
            return self._surely_absent(rule, path, pair)
        stated = self.belonging.ground is Ground.STATED and len(pair.listed) <= _TWICE * pair.same
        return pair.tells_types or (pair.is_one_object and stated) or (pair.same > 0 and self._alone)

    @cached_property
    def _alone(self) -> bool:
        """Return whether titles call both an answer, and the page has one call, one such list, one example.

        Then a name that both have is one field, whatever else the two do not have in common.
        """
        if not (self._stated and len(self.sheet.operations) == 1):
            return False
        told = [claim for claim in self.sheet.fields if claim.scope.side != "request"]
        lists = {claim.listed for claim in told if claim.listed}
        examples = [example for example in self.sheet.examples if example.scope.side != "request"]
        answers = self.example.scope.side == "response" and self.example.complete
        return answers and len(lists) == len(examples) == 1

    def _surely_strange(self, path: Path, pair: Pair) -> bool:
        """Return whether a shown name should be listed, and nothing on the page accounts for it.

        It should not where the list picks members out of an object which it does not name, unless it has
        all others; or its title says that it is a choice; nor where the name holds what diagnosis found
        elsewhere.
        """
        holds = any(_template(change.to)[: len(path)] == path for change in self.changes)
        mine = [claim for claim in self.claims if claim.path[:-1] == path[:-1]]
        chosen = any(_PICKED.search(claim.scope.section) for claim in mine)
        named = not path[:-1] or self._named(path[:-1]) or (pair.same >= _MANY and self._one_stranger)
        told = pair.tells_strangers or (self.belonging.sided is Ground.STATED and pair.is_whole)
        return named and told and not (holds or chosen or self._said_elsewhere(path))

    @cached_property
    def _one_stranger(self) -> bool:
        """Return whether one shown name is all that the lists leave out of the objects that they describe."""
        described = {claim.path[:-1] for claim in self.claims}
        return sum(pair.strangers for place, pair in self.pairs.items() if place in described) == 1

    @property
    def _stated(self) -> bool:
        """Return whether titles say that list and example are of one call, and of one side."""
        return self.belonging.ground is self.belonging.sided is Ground.STATED

    def _surely_absent(self, rule: str, path: Path, pair: Pair) -> bool:
        """Return whether a listed name should be shown: the list claims all of the example."""
        if rule == "docs-field-not-shown" and not self.whole:
            return False
        elsewhere = is_credential(path[-1]) or _KEY.search(path[-1]) is not None or self._strayed(path)
        own = self._own(path)
        return self._complete(path) and pair.tells_absence and own.tells_absence and not elsewhere

    def _complete(self, path: Path) -> bool:
        """Return whether the list of a field claims all of this example, so that a name may be missing.

        Titles state it of both; or several of its names are shown, where both stand on one side; or all
        of its names but that one, so that no title need tell more.
        """
        lists = {claim.listed for claim in self.claims if claim.path == path}
        mine = {claim.path: claim.required for claim in self.claims if claim.listed in lists}
        shown = {one for one in mine if one[-1] in self.shape.get(one[:-1], ())}
        if self.belonging.sided is Ground.ASSUMED:
            due = {one for one, required in mine.items() if required is not False}
            return due - shown == {path} and len(due) > _WHOLE
        return self.belonging.sided is Ground.STATED or len(shown) > 1

    def _own(self, path: Path) -> Pair:
        """Return the pair that the list of a field makes by itself, without what other lists name."""
        lists = {claim.listed for claim in self.claims if claim.path == path}
        mine = [claim for claim in self.claims if claim.listed in lists]
        others = {claim.path for claim in self.claims if claim.listed not in lists}
        pair = _pairs(mine, self.shape)[path[:-1]]
        shown = {name for name in pair.shown if name in pair.listed or (*path[:-1], name) not in others}
        return replace(pair, shown=frozenset(shown))

    def shifts(self, at: Path, members: int) -> bool:
        """Return whether so many fields that stand elsewhere together tell of the page, and not of the pair.

        The names of a request come back in answers: fields of no side are only at home elsewhere where
        there are many.  One field alone says nothing, unless others of its list stay where they are.
        """
        pair = self.pairs.get(at)
        shown = shape_of([self.example.value]).get(at, set())
        alone = members == 1 and (pair is None or pair.listed.isdisjoint(shown))
        sure = self.belonging.sided is Ground.STATED and not alone
        ground = Ground.PLACED if members > 1 or sure else Ground.STATED
        sided = self.belonging.sided > Ground.ASSUMED or members >= _MANY
        sure = self.belonging.ground >= ground and sided
        if not sure:
            self.apart = True
            self.doubts.setdefault(at if at in self.pairs else ())
        return sure

    def renames(self, at: Path, to: Path, *, alike: bool) -> bool:
        """Return whether a level has enough other names in common for one to be another's new name.

        Names that are not `alike` take more of them.
        """
        pair = self.pairs.get(at[:-1])
        if pair is None:
            return True
        enough = pair.common >= (2 if alike else 4) * pair.renamed
        strange = replace(pair, renamed=0).tells_strangers
        picked = any(_PICKED.search(claim.scope.section) for claim in self.claims)
        sure = (
            enough
            and strange
            and not (picked and not alike)
            and pair.likeness >= _LIKE
            and not self._said_elsewhere(to)
        )
        if not sure:
            self.doubts.setdefault(at[:-1])
        return sure

    def _renamed(self, place: Path) -> int:
        """Return how many names of a level diagnosis took for listed ones."""
        return sum(
            change.rule == "field-renamed" and _template(change.at[:-1]) == place for change in self.changes
        )

    def reasons(self) -> list[str]:
        """Return in words why something was not told."""
        return [self._doubt(holder) for holder in self.doubts]

    def _named(self, place: Path) -> bool:
        holder = place[:-1] if place[-1] == "*" else place
        return not holder or any(claim.path == holder for claim in self.claims)

    def _strayed(self, path: Path) -> bool:
        """Return whether a name that is not shown at its place is shown at another that nobody lists."""
        listed = {claim.path for claim in self.claims}
        return any(
            path[-1] in keys and (*place, path[-1]) not in listed
            for place, keys in self.shape.items()
            if place != path[:-1]
        )

    def _said_elsewhere(self, path: Path) -> bool:
        """Return whether the page speaks of a name in a sentence, or lists it where no example has it."""
        name = path[-1]
        if name in self.sheet.page.mentioned:
            return True
        if self.example.scope.side == "request" and any(one.name == name for one in self.sheet.parameters):
            return True
        return any(
            claim.listed and claim not in self.claims and not self._shown(claim)
            for claim in self.sheet.fields_of(name)
        )

    def _shown(self, claim: FieldClaim) -> bool:
        """Return whether an example shows a field where the page lists it."""
        return bool(claim.path) and any(
            claim.path[-1] in shape.get(claim.path[:-1], ())
            for example, shape in self.sheet.shapes()
            if example is not self.example
        )

    def _doubt(self, holder: Path) -> str:
        pair = self.pairs.get(holder, Pair(frozenset(), frozenset()))
        return (
            f"what is listed of {dotted(holder)} is not compared with it: {pair.common} of "
            f"{len(pair.listed)} listed and of {len(pair.shown)} shown names are the same, or the page "
            f"says more of them elsewhere"
        )


def _pairs(claims: Iterable[FieldClaim], shape: Shape) -> dict[Path, Pair]:
    """Return the pair at each object that a list names a member of."""
    listed: dict[Path, set[str]] = {}
    due: dict[Path, set[str]] = {}
    for claim in claims:
        for size, key in enumerate(claim.path):
            if key != "*":
                listed.setdefault(claim.path[:size], set()).add(key)
        if claim.required and claim.path:
            due.setdefault(claim.path[:-1], set()).add(claim.path[-1])
    return {
        place: Pair(frozenset(names), frozenset(shape.get(place, ())), frozenset(due.get(place, ())))
        for place, names in listed.items()
    }


def _template(path: Iterable[str | int]) -> Path:
    return tuple("*" if isinstance(token, int) else str(token) for token in path)
