"""The list of cases a person may see: searched, and read a page at a time by its place in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from candour.cases.models import Case, CaseDuty, DutyState
from candour.directory.merging import merged_into
from candour.web import dates
from candour.web.presenters.shipped import step_name

PAGE = 50
AT_ONCE = 1_000  # cases read at a time for a file


@dataclass(frozen=True, slots=True)
class CaseSearch:
    """What the list was asked for: words, open or closed or all, and the case to begin after."""

    words: str = ""
    state: str = "open"
    after: int | None = None

    @classmethod
    def from_query(cls, query: QueryDict) -> "CaseSearch":
        """Return the search in an address; what makes no sense there is left out."""
        state = query.get("state", "open")
        after = query.get("after", "")
        return cls(
            words=query.get("q", "").replace("\x00", "").strip()[:200],
            state=state if state in ("open", "closed", "all") else "open",
            after=int(after) if after.isascii() and after.isdigit() and len(after) < 18 else None,
        )

    def address(self, **changes: str | int) -> str:
        """Return the query of this search with some parts changed."""
        parts: dict[str, str | int] = {"q": self.words, "state": self.state, **changes}
        return "?" + urlencode({name: value for name, value in parts.items() if value != ""})


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list."""

    ref: str
    title: str
    service: str
    step: str
    opened: str
    closed: str
    late: int
    next_due: str


@dataclass(frozen=True, slots=True)
class CaseRows:
    """A page of the list, and the address of the next, if there is one."""

    rows: tuple[CaseRow, ...]
    older: str


def case_rows(search: CaseSearch, as_of: datetime) -> CaseRows:
    """Return a page of the cases that match, the last opened first. Two queries."""
    found = list(_matching(search)[: PAGE + 1])
    shown = found[:PAGE]
    owed = _owed([case.pk for case in shown], as_of)
    older = search.address(after=shown[-1].pk) if len(found) > PAGE else ""
    return CaseRows(tuple(_row(case, owed) for case in shown), older)


def every_case(search: CaseSearch, as_of: datetime) -> Iterator[tuple[Case, int, date | None]]:
    """Yield all the cases that match, not one page: each with what is late and what comes next."""
    after = search.after
    while True:
        found = list(_matching(replace(search, after=after))[:AT_ONCE])
        owed = _owed([case.pk for case in found], as_of)
        for case in found:
            yield (case, *owed.get(case.pk, (0, None)))
        if len(found) < AT_ONCE:
            return
        after = found[-1].pk


def _matching(search: CaseSearch) -> QuerySet[Case]:
    found = Case.objects.select_related("service", "body").order_by("-pk")
    if search.words:
        words = search.words
        found = found.filter(
            Q(ref__icontains=words)
            | Q(title__icontains=words)
            | Q(service__name__icontains=words)
            | Q(service__in=merged_into(words))
        )
    if search.state != "all":
        found = found.filter(closed_at__isnull=search.state == "open")
    return found if search.after is None else found.filter(pk__lt=search.after)


def _owed(cases: Sequence[int], as_of: datetime) -> dict[int, tuple[int, date | None]]:
    """Return for each case how many duties are late, and the day on which the next is due."""
    owed = CaseDuty.objects.filter(case__in=cases, state=DutyState.OPEN).values_list("case")
    counted = owed.annotate(
        late=Count("pk", filter=Q(late_from__lte=as_of)),
        following=Min("due_on", filter=Q(late_from__gt=as_of)),
    )
    return {case: (late, following) for case, late, following in counted}


def _row(case: Case, owed: Mapping[int, tuple[int, date | None]]) -> CaseRow:
    late, following = owed.get(case.pk, (0, None))
    return CaseRow(
        ref=case.ref,
        title=case.title,
        service=case.service.name if case.service else "",
        step=step_name(case.procedure, case.step),
        opened=dates.day(case.opened_at),
        closed=dates.day(case.closed_at) if case.closed_at else "",
        late=late,
        next_due=dates.day(following) if following else "",
    )
