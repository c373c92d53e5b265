"""The open cases of a body step by step: a bar for each step, and the table that says the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from candour.cases.queries.by_step import AtStep
from candour.web.presenters.case_status import short_step
from candour.web.presenters.shipped import procedure_of, step_name
from candour.web.spoken import said

WIDTH = 100  # of the longest bar


@dataclass(frozen=True, slots=True)
class StepBar:
    """One step: how many cases, how they stand, and the widths of its bar’s parts."""

    step: str
    procedure: str
    cases: int
    late: int
    soon: int
    rest: int
    duties_late: int
    late_width: float
    soon_width: float
    rest_width: float


@dataclass(frozen=True, slots=True)
class ByStep:
    """All steps with open cases, in the order of their procedures, and a sentence above them."""

    says: str
    bars: tuple[StepBar, ...]


def by_step(found: Iterable[AtStep]) -> ByStep:
    """Return the picture of the open cases."""
    listed = sorted(found, key=lambda each: (each.procedure, _place(each)))
    most = max((each.cases for each in listed), default=1)
    cases, late = sum(each.cases for each in listed), sum(each.late for each in listed)
    words = ngettext("%(n)s open case, %(late)s late", "%(n)s open cases, %(late)s late", cases)
    return ByStep(
        says=words % {"n": f"{cases:,}", "late": f"{late:,}"},
        bars=tuple(_bar(each, most) for each in listed),
    )


def _place(each: AtStep) -> int:
    held = procedure_of(each.procedure)
    steps = list(held.steps) if held else []
    return steps.index(each.step) if each.step in steps else len(steps)


def _bar(each: AtStep, most: int) -> StepBar:
    held = procedure_of(each.procedure)
    rest = each.cases - each.late - each.soon
    late, soon, left = (round(WIDTH * n / most, 2) for n in (each.late, each.soon, rest))
    return StepBar(
        step=short_step(step_name(each.procedure, each.step)),
        procedure=said(held.title) if held else each.procedure,
        cases=each.cases,
        late=each.late,
        soon=each.soon,
        rest=rest,
        duties_late=each.duties_late,
        late_width=late,
        soon_width=soon,
        rest_width=left,
    )
