"""A task read from one captured exchange, in words that are the same for every provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.examining import Examiner, Options
from wireproof.specs import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.contract import Contract
    from wireproof.exchange import Exchange
    from wireproof.lifecycle import Task

__all__ = ["task_of"]


def task_of(
    exchange: Exchange, contracts: Iterable[Contract] | None = None, *, options: Options | None = None
) -> Task | None:
    """Return the task that an exchange is about, or None where it is about none.

    Of several tasks it is the one that was asked for, else the first.  Without `contracts`
    those that ship are taken; contracts of your own match on any host.  Raises `ContractError`
    for a lifecycle that makes no sense.
    """
    chosen = registry() if contracts is None else tuple(contracts)
    options = options or Options(any_host=contracts is not None)
    return next(iter(Examiner(chosen, options=options).tasks(exchange)), None)
