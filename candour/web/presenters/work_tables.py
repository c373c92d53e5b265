"""The worklist and the list of cases as tables for a file."""

from collections.abc import Iterable, Iterator
from datetime import date

from candour.cases.models import Case
from candour.cases.queries import DueItem
from candour.engine.london import local
from candour.web.presenters.shipped import procedure_name, role_name, step_name
from candour.web.presenters.work_lines import in_language
from candour.web.presenters.worklist import group_title
from candour.web.spoken import spoken
from candour.web.spoken import told as _
from candour.web.table_export import Table

Owed = tuple[Case, int, date | None]
"""A case, how many of its duties are late, and the day on which the next is due."""


def worklist_table(items: Iterable[DueItem]) -> Table:
    """Return what is owed as a table, one row for each time of a duty."""
    headings = (
        *(_("What is owed"), _("When"), _("Due"), _("By the clock"), _("By whom")),
        *(_("Case"), _("Title"), _("Service"), _("Step")),
    )
    return Table("worklist", _("Worklist"), headings, map(_owed, items))


def _owed(item: DueItem) -> tuple[object, ...]:
    return (
        in_language(item.title, item.title_cy),
        group_title(item.group),
        item.due_on,
        item.due_at,
        role_name(item.procedure, item.owner_role),
        item.ref,
        item.case_title,
        item.service,
        step_name(item.procedure, item.step),
    )


def cases_table(cases: Iterable[Owed]) -> Table:
    """Return cases as a table, with what is late in each and what comes next."""
    headings = (
        *(_("Case"), _("Title"), _("Service"), _("Led by"), _("Procedure"), _("Step")),
        *(_("Opened"), _("Closed"), _("Late"), _("Next due")),
    )
    return Table("cases", _("Cases"), headings, _cases(cases))


def _cases(cases: Iterable[Owed]) -> Iterator[tuple[object, ...]]:
    for case, late, following in cases:
        yield (
            case.ref,
            case.title,
            case.service.name_in(spoken()) if case.service else "",
            case.body.name_in(spoken()),
            procedure_name(case.procedure),
            step_name(case.procedure, case.step),
            local(case.opened_at).date(),
            local(case.closed_at).date() if case.closed_at else None,
            late,
            following,
        )
