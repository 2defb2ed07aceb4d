"""The labelled corpus: clean samples, samples with one drift, with two, with three, and histories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from driftbench.cases import Case, Drift, Exchanged, Unseen, case_for, refusal
from driftbench.kinds_history import HISTORY, polls
from driftbench.kinds_levels import LEVELS
from driftbench.kinds_names import NAMES
from driftbench.kinds_outcome import OUTCOME
from driftbench.kinds_times import TIMES
from driftbench.kinds_transport import TRANSPORT, another_answer
from driftbench.kinds_types import TYPES
from driftbench.kinds_values import VALUES
from driftbench.moments import STATES, moment
from driftbench.places import copied
from driftbench.promise import Api, Op, load_api, reference_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["FAMILIES", "Sample", "Skipped", "clean_samples", "drift_samples", "kinds", "load_apis", "sample"]

HERE = Path(__file__).resolve().parents[1]
SPECS = HERE.parents[1] / "specs"
FAMILIES = ("transport", "shape", "structure", "meaning", "history", "two drifts", "three drifts")
_MAKES: dict[str, Callable[[Case, Random], Drift | None]] = {
    **TRANSPORT,
    **TYPES,
    **VALUES,
    **LEVELS,
    **NAMES,
    **OUTCOME,
    **TIMES,
}
_OTHER = {"other-operation: same provider": True, "other-operation: another provider": False}
_TRIES = 40
_MUST_FAIL = frozenset(
    {
        "type-changed",
        "null-not-allowed",
        "required-missing",
        "constraint-violated",
        "union-unmatched",
        "array-wrapped",
        "array-unwrapped",
    }
)
_SEVERAL = {
    "two drifts": 2,
    "three drifts": 3,
}
_MORE = 5
_CLEAN_LIVES = (
    ("queued", "running", "running", "succeeded"),
    ("queued", "queued", "running", "failed"),
    ("queued", "succeeded", "succeeded"),
    ("running", "running", "running", "running"),
    ("queued", "failed"),
)
_REFUSED, _POLLED, _MIXED = 0.08, 0.35, 0.4


@dataclass(frozen=True, slots=True)
class Sample:
    """Exchanges that are judged together, and what is wrong with them: nothing, if `labels` is empty."""

    id: str
    api: str
    beside: tuple[str, ...]
    family: str
    kind: str
    labels: tuple[Drift, ...]
    exchanges: tuple[Exchanged, ...]


@dataclass(slots=True)
class Skipped:
    """How many changes were tried that nobody could see, by kind."""

    counts: dict[str, int]

    def add(self, kind: str) -> None:
        """Count one."""
        self.counts[kind] = self.counts.get(kind, 0) + 1


def load_apis() -> tuple[Api, ...]:
    """Return the contracts of the benchmark: the ones that ship, then its own."""
    files = [*sorted(SPECS.glob("*/openapi.yaml")), *sorted((HERE / "contracts").glob("*.yaml"))]
    return tuple(load_api(file) for file in files)


def kinds() -> dict[str, str]:
    """Return the family of every kind of drift."""
    found = dict.fromkeys(TRANSPORT, "transport") | dict.fromkeys((*TYPES, *VALUES), "shape")
    found |= dict.fromkeys((*LEVELS, *NAMES, *_OTHER), "structure")
    found |= dict.fromkeys((*OUTCOME, *TIMES), "meaning") | dict.fromkeys(HISTORY, "history")
    return found | {name: name for name in _SEVERAL}


def clean_samples(apis: Sequence[Api], bodies: int, seed: int) -> Iterator[Sample]:
    """Yield clean samples of so many bodies in all, contract by contract in turn."""
    made = number = 0
    while made < bodies:
        api = apis[number % len(apis)]
        name = f"{seed}:{api.name}:clean:{number}"
        found = _clean(api, name)
        yield found
        made += len(found.exchanges)
        number += 1


def drift_samples(
    apis: Sequence[Api],
    names: Iterable[tuple[str, str]],
    *,
    each: int,
    seed: int,
    skipped: Skipped | None = None,
) -> Iterator[Sample]:
    """Yield up to `each` samples of every (kind, contract) named, where the kind can happen there.

    Of samples with several drifts, whose kinds are mixed, there are more.
    """
    for kind, provider in names:
        for number in range(each * _MORE if kind in _SEVERAL else each):
            found = sample(apis, f"{seed}:{provider}:{kind}:{number}", skipped)
            if found is None:
                break
            yield found


def sample(apis: Sequence[Api], name: str, skipped: Skipped | None = None) -> Sample | None:
    """Return the sample of a name, `seed:contract:kind:number`; None if the kind cannot happen there."""
    _, provider, rest = name.split(":", 2)
    kind, _, _ = rest.rpartition(":")
    api = next(api for api in apis if api.name == provider)
    if kind == "clean":
        return _clean(api, name)
    family = kinds()[kind]
    for attempt in range(_TRIES):
        rng = Random(f"{name}:{attempt}")
        try:
            found = _made(apis, api, family, kind, rng)
        except Unseen:
            if skipped is not None:
                skipped.add(kind)
            continue
        if found is not None:
            cases, labels = found
            beside = tuple(other.name for case in cases for other in case.beside)
            labels = tuple(replace(label, kind=label.kind or kind) for label in labels)
            exchanges = tuple(case.exchanged() for case in cases)
            return Sample(name, provider, beside, family, kind, labels, exchanges)
    return None


def _clean(api: Api, name: str) -> Sample:
    rng = Random(name)
    op = rng.choice(api.ops)
    others = [promise for promise in op.promises if promise.status != "200" and promise.schema]
    chance = rng.random()
    if others and chance < _REFUSED:
        cases = [refusal(op, rng.choice(others), moment(name, "failed"))]
    elif op.lifecycle and chance < _POLLED:
        cases = polls(op, name, rng.choice(_CLEAN_LIVES))
        if rng.random() < _MIXED:
            cases += polls(op, f"{name}|beside", rng.choice(_CLEAN_LIVES))
            rng.shuffle(cases)  # recordings are in any order: the times tell
    else:
        cases = [case_for(op, moment(name, rng.choice(STATES) if op.lifecycle else "succeeded"))]
    return Sample(name, api.name, (), "clean", "clean", (), tuple(case.exchanged() for case in cases))


def _made(
    apis: Sequence[Api], api: Api, family: str, kind: str, rng: Random
) -> tuple[list[Case], tuple[Drift, ...]] | None:
    op = rng.choice(api.ops)
    seed = f"task{rng.getrandbits(60):x}"
    if family == "history":
        made = HISTORY[kind](op, seed, rng)
        if made is None:
            return None
        return rng.sample(made[0], len(made[0])), (made[1],)
    case = case_for(op, moment(seed, rng.choice(STATES) if op.lifecycle else "succeeded"))
    if kind in _SEVERAL:
        return _several(case, _SEVERAL[kind], rng)
    if kind in _OTHER:
        drift = another_answer(case, rng, apis, same=_OTHER[kind])
        if drift is not None and _fits(case):
            raise Unseen
    else:
        drift = _MAKES[kind](case, rng)
    if drift is None:
        return None
    _must_show(case, drift)
    return [case], (drift,)


def _several(case: Case, wanted: int, rng: Random) -> tuple[list[Case], tuple[Drift, ...]] | None:
    """Put several drifts of one place each, or of the build, far enough apart into one body.

    Each is tried alone first: it must show by itself.
    """
    unfit = ("whole body", "error-in-success")
    names = [name for name in _MAKES if name not in TRANSPORT and not any(word in name for word in unfit)]
    found: list[Drift] = []
    for name in rng.sample(names, len(names)):
        chance = rng.getstate()
        alone = replace(case, value=copied(case.body.value), touched=[*case.touched], locked=[*case.locked])
        drift = _MAKES[name](alone, rng)
        if drift is None:
            continue
        _must_show(alone, drift)
        rng.setstate(chance)
        if _MAKES[name](case, rng) != drift or any(drift.pointer == other.pointer for other in found):
            return None
        case.mark(drift)
        found.append(replace(drift, kind=name))
        if len(found) == wanted:
            return [case], tuple(found)
    return None


def _must_show(case: Case, drift: Drift) -> None:
    """Raise Unseen if the reference validator finds nothing where the schema alone must object."""
    if drift.rule in _MUST_FAIL and case.raw is None and _fits(case):
        raise Unseen


def _fits(case: Case) -> bool:
    return bool(_reference(case.op, case.promise.status).is_valid(case.value))


@lru_cache(maxsize=128)
def _reference(op: Op, status: str) -> Any:
    return Draft202012Validator(reference_schema(op.api, op.promise(status)))
