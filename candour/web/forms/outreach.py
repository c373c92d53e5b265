"""What is typed into the forms of outreach, and what was wrong with it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from candour.engine import Words
from candour.outreach.actions import Met, OutreachRefusedError
from candour.web.forms.days import PARTS, UnreadableError, read_day
from candour.web.spoken import said

REFUSED: Final = 422
DAYS: Final = ("begins", "ends", "day")
MET: Final = ("place", "theme", "community", "met_by", "names", "people_met", "notes")


def words_in(request: HttpRequest, name: str) -> str:
    """Return what was typed into a field, as it can be kept."""
    return request.POST.get(name, "").replace("\0", "")


def day_typed(request: HttpRequest, name: str) -> date | None:
    """Return the day typed into the three boxes of this name, None where they are empty.

    Raises:
        OutreachRefusedError: there is no such day.
    """
    try:
        return read_day(_boxes(request, name))
    except UnreadableError as error:
        raise OutreachRefusedError(name, _("The day %(wrong)s") % {"wrong": error}) from None


def met_typed(request: HttpRequest) -> Met:
    """Return an engagement as it was typed.

    Raises:
        OutreachRefusedError: there is no such day.
    """
    return Met(day=day_typed(request, "day"), **{name: words_in(request, name) for name in MET})


def typed_in(request: HttpRequest, fault: OutreachRefusedError | None) -> dict[str, object]:
    """Return what was typed, to show it again, and what is wrong with it."""
    found = fault.lines if fault else ()
    lines = [said(each) if isinstance(each, Words) else each for each in found]
    return {
        "typed": request.POST if fault else {},
        "days": {name: _boxes(request, name) for name in DAYS},
        "doing": request.POST.get("do", "") if fault else "",
        "fault": {fault.field: " ".join(lines)} if fault else {},
        "problems": [{"field": fault.field, "words": words} for words in lines] if fault else [],
    }


def _boxes(request: HttpRequest, name: str) -> Mapping[str, str]:
    return {part: request.POST.get(f"{name}-{part}", "") for part in PARTS}
