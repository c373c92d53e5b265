"""What people told us: the list, and one of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from candour.cases.models import Case, CaseExperience
from candour.experiences.in_use import words_in_use
from candour.experiences.matching import matches
from candour.experiences.models import Experience, OutBecause
from candour.experiences.queries import (
    LARGEST_PAGE,
    BadPageTokenError,
    Page,
    facets,
    listing,
)
from candour.feeding_back.queries import replies_for
from candour.sealing.keeping import of_experience
from candour.sealing.queries import held_for
from candour.web.experience_search import MOST_CHOSEN, ExperienceSearch
from candour.web.in_hand import posts_of
from candour.web.kept_filters import kept_filters
from candour.web.presenters.excerpts import whole
from candour.web.presenters.experience_filters import filter_panel
from candour.web.presenters.experience_table import experiences_table
from candour.web.presenters.experiences import (
    ExperienceRow,
    about,
    experience_row,
    facts,
    lang,
    out_of_use,
    provenance,
)
from candour.web.presenters.feeding_back import reply_part
from candour.web.presenters.outreach import gathered_line
from candour.web.presenters.sealed import SealedPart, sealed_part
from candour.web.presenters.told import told_panel
from candour.web.signed_in import signed_in_only
from candour.web.table_export import taken_out

PAGE = 25


@require_safe
@signed_in_only
def experiences(request: HttpRequest) -> HttpResponse:
    """Show the experiences that match, newest first, a page at a time, to read and to select."""
    search = ExperienceSearch.from_query(request.GET)
    if not search.tidy:
        wanted = search.without(search.drop) if search.drop else search
        return redirect(request.path + wanted.query())
    if file := taken_out(request, lambda: experiences_table(_every(search))):
        return file
    try:
        page = listing(
            search=search.words, filters=search.filters, page_token=search.page, size=PAGE
        )
    except BadPageTokenError as error:
        messages.info(request, str(error))
        return redirect(request.path + search.without("page").query())
    if search.page and not page.rows:
        return redirect(request.path + search.without("page").query())
    search = search.choosing(reached(search.chosen))
    return render(request, "experiences/list.html", _list_context(request, search, page))


def _every(search: ExperienceSearch) -> Iterator[Experience]:
    """Yield all that match and not a page of them, as far as somebody reads on."""
    token: str | None = None
    while True:
        page = listing(
            search=search.words, filters=search.filters, page_token=token, size=LARGEST_PAGE
        )
        yield from page.rows
        token = page.older
        if token is None:
            return


def _list_context(request: HttpRequest, search: ExperienceSearch, page: Page) -> dict[str, object]:
    rows = _rows(search, page.rows)
    elsewhere = set(search.chosen) - {row.number for row in rows}
    body = next((post.body for post in posts_of(request)), None)
    return {
        "search": search,
        "page": page,
        "rows": rows,
        "elsewhere": [number for number in search.chosen if number in elsewhere],
        "panel": filter_panel(
            search, facets(search=search.words, filters=search.filters), words_in_use()
        ),
        "faults": search.faults(),
        "most": MOST_CHOSEN,
        "body": body,
        "kept": kept_filters(request, "experiences"),
    }


def _rows(search: ExperienceSearch, found: Sequence[Experience]) -> list[ExperienceRow]:
    numbers = [experience.pk for experience in found]
    marked, cases = matches(numbers, search.words), cases_of(numbers)
    query = replace(search, full=False).query()
    return [
        experience_row(
            each,
            query=query,
            found=marked.get(each.pk, ()),
            cases=cases.get(each.pk, ()),
            chosen=each.pk in search.chosen,
        )
        for each in found
    ]


@require_safe
@signed_in_only
def experience(request: HttpRequest, number: int) -> HttpResponse:
    """Show one experience: every word, everything known of it, and the cases that rest on it."""
    search = ExperienceSearch.from_query(request.GET)
    beside = ("batch__imported_by", "sign", "gathered__engagement__campaign")
    found = Experience.objects.select_related(*beside).filter(pk=number).first()
    if found is None:
        raise Http404
    marked = matches([found.pk], search.words)
    context = {
        "search": search,
        "experience": found,
        "about": about(found),
        "lang": lang(found),
        "words": whole(found.answer, marked.get(found.pk, ())),
        "out": out_of_use(found),
        "sign": getattr(found, "sign", None),
        "withdrawn": found.out_because == OutBecause.WITHDRAWN,
        "facts": facts(found),
        "provenance": provenance(found),
        "told": told_panel(found.pk) if found.batch_id is None else None,
        "replies": [reply_part(each) for each in replies_for(found)],
        "cases": Case.objects.filter(experience_links__experience=found).order_by("-pk"),
        "chosen": found.pk in search.chosen,
        "sealed": _sealed(found.pk),
        "gathered": gathered_line(found),
    }
    return render(request, "experiences/experience.html", context)


def _sealed(number: int) -> SealedPart | None:
    """Return what is sealed of an experience, or None where nothing is."""
    held = held_for(of_experience(number))
    if not held.anything:
        return None
    return sealed_part(number, held)


def reached(numbers: Iterable[int]) -> list[int]:
    """Return those of these numbers that are of experiences the person's bodies hold, in order."""
    wanted = list(numbers)
    if not wanted:
        return []
    held = set(Experience.objects.in_use().filter(pk__in=wanted).values_list("pk", flat=True))
    return [number for number in wanted if number in held]


def cases_of(numbers: Iterable[int]) -> dict[int, list[str]]:
    """Return the cases that rest on each of these experiences, by number, oldest first."""
    found: dict[int, list[str]] = {}
    links = CaseExperience.objects.filter(experience__in=list(numbers)).order_by("case_id")
    for number, ref in links.values_list("experience_id", "case__ref"):
        found.setdefault(number, []).append(ref)
    return found
