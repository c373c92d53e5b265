"""The real addresses, and one page that shows every component: tests only."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from candour.site.urls import handler400, handler403, handler404, handler500
from candour.site.urls import urlpatterns as site
from candour.web.signed_in import signed_in_only

_PAGE = Path(__file__).with_name("page.html")
_HOLIDAYS = {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}


@dataclass(frozen=True)
class Counted:
    day: date
    counted: bool
    number: int | None
    reason: str | None
    reason_cy: str | None = None


def _five_working_days() -> list[Counted]:
    days, number = [], 0
    for offset in range(1, 10):
        day = date(2026, 3, 30) + timedelta(days=offset)
        why_not = _HOLIDAYS.get(day) or (day.strftime("%A") if day.weekday() > 4 else None)
        number += why_not is None
        days.append(Counted(day, why_not is None, number if why_not is None else None, why_not))
    return days


def patterns(request: HttpRequest) -> HttpResponse:
    template = engines["jinja2"].from_string(_PAGE.read_text(encoding="utf-8"))
    context = {"days": _five_working_days(), "due": date(2026, 4, 8), "today": date(2026, 4, 5)}
    return HttpResponse(template.render(context, request))


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the insides of the program")


@signed_in_only
def write(request: HttpRequest) -> HttpResponse:
    return HttpResponse("written")


urlpatterns = [
    *site,
    path("patterns/", patterns, name="patterns"),
    path("broken/", broken),
    path("write/", write),
]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
