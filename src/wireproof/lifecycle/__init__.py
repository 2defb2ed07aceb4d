"""The life of a task: what a contract says of it, a task read from an answer, and what many answers tell."""

from wireproof.lifecycle.changes import Deviation, Step, deviations, fell_back, went_back
from wireproof.lifecycle.declared import Lifecycle, Predicate, TimeField, lifecycles_of, same
from wireproof.lifecycle.history import FieldRecord, Histories, TaskRecord, TaskView
from wireproof.lifecycle.keeper import Keeper, together
from wireproof.lifecycle.task import (
    Reading,
    Task,
    is_empty,
    is_unset,
    iter_readings,
    lifecycle_for,
    read_task,
)

__all__ = [
    "Deviation",
    "FieldRecord",
    "Histories",
    "Keeper",
    "Lifecycle",
    "Predicate",
    "Reading",
    "Step",
    "Task",
    "TaskRecord",
    "TaskView",
    "TimeField",
    "deviations",
    "fell_back",
    "is_empty",
    "is_unset",
    "iter_readings",
    "lifecycle_for",
    "lifecycles_of",
    "read_task",
    "same",
    "together",
    "went_back",
]
