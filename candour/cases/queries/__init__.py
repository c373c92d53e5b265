"""Reads of cases. Row security decides what there is to read; see `acting_for`."""

from candour.cases.queries.alike import open_alike
from candour.cases.queries.around import cases_around
from candour.cases.queries.case_files import (
    case_by_ref,
    entries,
    head,
    linked_experiences,
    standing,
)
from candour.cases.queries.worklist import (
    WEEK,
    Counts,
    DueItem,
    Group,
    Scope,
    SuggestedItem,
    WorklistPage,
    worklist,
)

__all__ = [
    "WEEK",
    "Counts",
    "DueItem",
    "Group",
    "Scope",
    "SuggestedItem",
    "WorklistPage",
    "case_by_ref",
    "cases_around",
    "entries",
    "head",
    "linked_experiences",
    "open_alike",
    "standing",
    "worklist",
]
