"""The directory: services found and narrowed, and what a register said of one over time."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candour.bodies.models import Service
from candour.directory.merging import merges_of, rows_of
from candour.directory.queries import (
    PAGE,
    authorities,
    history_of,
    kinds_listed,
    listings_of,
    ratings_of,
    services_listed,
)
from candour.engine.london import local
from candour.people.grades import keeping_post
from candour.site import clock
from candour.web.directory_search import LARGEST, DirectorySearch
from candour.web.in_hand import posts_of
from candour.web.presenters import directory as words
from candour.web.signed_in import signed_in_only

MOST_KINDS: Final = 200


@require_safe
@signed_in_only
def directory(request: HttpRequest) -> HttpResponse:
    """Show the services that fit, by name, a page at a time."""
    search = DirectorySearch.from_query(request.GET)
    today = local(clock.now()).date()
    page = services_listed(search.narrowed, on=today, page=search.page)
    ratings = ratings_of(service.pk for service in page.services)
    context = {
        "search": search,
        "rows": [
            {
                "service": service,
                "rated": words.rated_tags(ratings.get(service.pk, ())),
                "closed": service.to_date is not None and service.to_date < today,
            }
            for service in page.services
        ],
        "total": page.total,
        "last": max(-(-page.total // PAGE), 1),
        "kinds": [{"value": kind, "words": kind} for kind in kinds_listed()[:MOST_KINDS]],
        "authorities": [{"value": one.pk, "words": one.name} for one in authorities()],
        "ratings": words.rating_choices(),
        "may_keep": keeping_post(posts_of(request)) is not None,
    }
    return render(request, "directory/list.html", context)


@require_safe
@signed_in_only
def history(request: HttpRequest, number: int) -> HttpResponse:
    """Show what registers say of a service, its ratings then and now, and what changed when."""
    service = Service.objects.select_related("provider").filter(pk=min(number, LARGEST)).first()
    if service is None:
        raise Http404
    rows = rows_of(service.pk)
    ratings = ratings_of(rows, history=True)
    context = {
        "service": service,
        "kept": rows[0],
        "listings": [
            {"register": words.register_words(each.register), "said": each}
            for each in listings_of(rows)
        ],
        "rated": words.ratings_shown([one for row in rows for one in ratings.get(row, ())]),
        "changes": words.history_lines(history_of(rows)),
        "merges": merges_of(rows),
        "may_keep": keeping_post(posts_of(request)) is not None,
    }
    return render(request, "directory/history.html", context)
