"""Search: cases, documents, services and people, in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from candour.cases.queries import case_by_ref
from candour.engine.london import local
from candour.finding import directory, searching
from candour.finding.directory import MOST_PEOPLE, MOST_SERVICES, FoundPerson, FoundService
from candour.finding.searching import AT_A_GLANCE, Found, FoundCase, FoundText
from candour.site import clock
from candour.web.in_hand import posts_of
from candour.web.kept_filters import kept_filters
from candour.web.presenters import found as words
from candour.web.presenters.found_tables import cases_found, documents_found
from candour.web.search_request import Group, SearchRequest
from candour.web.signed_in import signed_in_only
from candour.web.table_export import Table, taken_out
from candour.web.views.taken_out import bodies_looked_into

SOME = {Group.CASES: 8, Group.DOCUMENTS: 5}  # of each where all groups are shown
PAGE = 25
AT_ONCE = 1_000  # for a file


@require_safe
@signed_in_only
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found: some of each group, or one group a page at a time.

    Who types the number of a case and nothing else is led to it.
    """
    asked = SearchRequest.from_query(request.GET)
    named = asked.asked.ref
    if named and "in" not in asked.typed and (case := case_by_ref(named)):
        return redirect("case", case.ref)
    if file := taken_out(request, lambda: _table(asked)):
        return file
    context = {
        "search": asked,
        "faults": asked.faults(),
        "kept": kept_filters(request, "search"),
        "has_posts": bool(posts_of(request)),
        "looks_into": bool(bodies_looked_into(request)),
        **_found(request, asked),
    }
    return render(request, "search/page.html", context)


def _table(asked: SearchRequest) -> Table:
    """Return what a file of the search holds: documents where those are shown, else cases."""
    if asked.group is Group.DOCUMENTS:
        return documents_found(searching.in_documents(asked.asked, size=AT_ONCE).items)
    return cases_found(searching.in_cases(asked.asked, size=AT_ONCE).items)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found in each group that was looked through; None in one that was not."""

    cases: Found[FoundCase] | None = None
    documents: Found[FoundText] | None = None
    services: Sequence[FoundService] | None = None
    people: Sequence[FoundPerson] | None = None

    @property
    def since(self) -> datetime | None:
        """From when on everything was looked through, where older things were not."""
        every = [held.since for held in (self.cases, self.documents) if held is not None]
        return max((since for since in every if since is not None), default=None)

    @property
    def numbers(self) -> dict[Group, tuple[int, bool]]:
        """How many there are in each group, and whether there are more."""
        paged = {Group.CASES: self.cases, Group.DOCUMENTS: self.documents}
        listed = {
            Group.SERVICES: (self.services, MOST_SERVICES),
            Group.PEOPLE: (self.people, MOST_PEOPLE),
        }
        return {
            **{name: (held.total, held.more) for name, held in paged.items() if held is not None},
            **{
                name: (min(len(held), most), len(held) > most)
                for name, (held, most) in listed.items()
                if held is not None
            },
        }


def _found(request: HttpRequest, asked: SearchRequest) -> dict[str, object]:
    """Return what a page shows."""
    posts = posts_of(request)
    if not asked.asked.plain or not posts:
        return {}
    looked = _look(asked, [post.body_id for post in posts])
    numbers = looked.numbers
    total = numbers[asked.group][0] if asked.group in SOME else 0
    return {
        "tabs": words.tabs(asked, numbers),
        "cases": words.case_lines(looked.cases.items if looked.cases else ()),
        "documents": words.document_lines(looked.documents.items if looked.documents else ()),
        "services": words.service_lines((looked.services or ())[:MOST_SERVICES]),
        "people": words.person_lines((looked.people or ())[:MOST_PEOPLE]),
        "since": words.looked_since(looked.since),
        "nothing": not any(number for number, _more in numbers.values()),
        "pages": -(-total // PAGE),
    }


def _look(asked: SearchRequest, bodies: Sequence[int]) -> _Looked:
    """Look through the groups that are shown, and through no other."""
    wanted, day = asked.asked, local(clock.now()).date()
    match asked.group:
        case Group.CASES:
            found = searching.in_cases(wanted, size=PAGE, offset=PAGE * (asked.page - 1))
            return _Looked(cases=found)
        case Group.DOCUMENTS:
            papers = searching.in_documents(wanted, size=PAGE, offset=PAGE * (asked.page - 1))
            return _Looked(documents=papers)
        case Group.SERVICES:
            return _Looked(services=directory.services(wanted, day))
        case Group.PEOPLE:
            return _Looked(people=directory.people(wanted, bodies, day))
        case _:
            return _Looked(
                searching.in_cases(wanted, size=SOME[Group.CASES], enough=AT_A_GLANCE),
                searching.in_documents(wanted, size=SOME[Group.DOCUMENTS], enough=AT_A_GLANCE),
                directory.services(wanted, day),
                directory.people(wanted, bodies, day),
            )
