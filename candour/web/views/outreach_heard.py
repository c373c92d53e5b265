"""Who is heard too little, against the population of the area; and the census table for that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candour.engine.london import local
from candour.outreach import actions, queries
from candour.outreach.actions import OutreachRefusedError
from candour.outreach.census import ASKED_OF_AREA, MOST_BYTES, asked_answers
from candour.outreach.models import Campaign, Phase
from candour.outreach.queries import Period
from candour.people.actor import Actor
from candour.site import clock
from candour.web.coding_bodies import coder
from candour.web.forms.days import PARTS, UnreadableError, parts_of, read_day
from candour.web.forms.outreach import REFUSED, typed_in, words_in
from candour.web.in_hand import posts_of
from candour.web.presenters.outreach import heard_tables
from candour.web.signed_in import signed_in_only
from candour.web.spoken import said

A_YEAR: Final = timedelta(days=364)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def heard(request: HttpRequest) -> HttpResponse:
    """Show who was heard in a time against the population; take a census table in."""
    if not posts_of(request):
        return render(request, "outreach/nothing.html")
    actor, fault = coder(request), None
    if request.method == "POST":
        try:
            return _taken(request, actor)
        except OutreachRefusedError as refused:
            fault = refused
    campaigns = queries.campaigns_of(actor.body)
    during = _during(request.GET, campaigns)
    period, wrong = (during.period, "") if during else _period(request.GET)
    population = queries.populations_of(actor.body)
    (found,) = queries.heard_in(actor.body, [period], population)
    context = {
        "body": actor.body,
        "period": period,
        "during": during,
        "wrong": wrong,
        "boxes": {"from": parts_of(period.begins), "to": parts_of(period.ends)},
        "campaigns": [{"value": each.pk, "words": each.name} for each in campaigns],
        "chosen": request.GET.get("campaign", ""),
        "tables": heard_tables(found, population),
        "columns": [
            (
                each.name.removeprefix("about_"),
                [said(option.words) for option in asked_answers(each)],
            )
            for each in ASKED_OF_AREA
        ],
        **typed_in(request, fault),
    }
    status = REFUSED if fault or wrong else 200
    return render(request, "outreach/heard.html", context, status=status)


def _taken(request: HttpRequest, actor: Actor) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise OutreachRefusedError("file", _("Choose a CSV file."))
    census = actions.take_census(
        file.read(MOST_BYTES + 1),
        **{name: words_in(request, name) for name in ("area", "source", "year")},
        actor=actor,
        as_of=clock.now(),
    )
    messages.success(request, _("The table is kept: %(table)s.") % {"table": census})
    return redirect("heard")


@dataclass(frozen=True, slots=True)
class During:
    """The campaign that was chosen: all of it, or the phase that is looked at.

    Where a campaign has phases each is told by itself. Beside them the whole would tell, by what is
    left, of fewer people than may be told of.
    """

    campaign: Campaign
    phases: Sequence[Phase]
    phase: Phase | None

    @property
    def period(self) -> Period:
        """The days that are looked at."""
        chosen = self.phase or self.campaign
        return Period(chosen.begins, chosen.ends)


def _during(query: QueryDict, campaigns: Sequence[Campaign]) -> During | None:
    named = next((each for each in campaigns if str(each.pk) == query.get("campaign")), None)
    if named is None:
        return None
    phases = list(named.phases.order_by("begins"))
    chosen = [each for each in phases if str(each.pk) == query.get("phase")]
    return During(named, phases, next(iter(chosen or phases), None))


def _period(query: QueryDict) -> tuple[Period, str]:
    """Return the time in an address, and what is wrong with it; else the year up to today."""
    today = local(clock.now()).date()
    usual = Period(today - A_YEAR, today)
    try:
        begins, ends = _day(query, "from") or usual.begins, _day(query, "to") or usual.ends
    except UnreadableError as error:
        return usual, _("The day %(wrong)s") % {"wrong": error}
    if ends < begins:
        return usual, _("It ends before it begins. Put one of the days right.")
    return Period(begins, ends), ""


def _day(query: QueryDict, name: str) -> date | None:
    """Return a day of an address (``from=2026-04-01``, or three boxes), None without one."""
    written = query.get(name, "")[:10]
    if written:
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise UnreadableError(_("must be a real day, like 30 3 2026")) from None
    return read_day({part: query.get(f"{name}-{part}", "")[:10] for part in PARTS})
