"""One service: may somebody be placed there, and what has stood against it over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from candour.bodies.models import Service
from candour.cases.queries.placing import Stood, Window
from candour.web import dates
from candour.web.placing_question import PlacingQuestion
from candour.web.presenters.addresses import of_case
from candour.web.presenters.placing import Answered, answered_by, limits, restriction_title
from candour.web.presenters.restriction_register import is_ahead, when_words
from candour.web.spoken import spoken

WIDTH = 440
NARROWEST = 4
SHORTEST = timedelta(days=30)  # of what is drawn, so that a new restriction is no full bar


@dataclass(frozen=True, slots=True)
class Told:
    """One restriction as it stood, and its place in the drawing (of `WIDTH`)."""

    title: str
    scope: str
    limits: list[str]
    ref: str
    address: str
    led_by: str
    begins: str
    ends: str
    stood: bool
    left: int
    wide: int


@dataclass(frozen=True, slots=True)
class PlacingPage:
    """The answer for one service, and its past, the newest first.

    `when` is the day asked about, `ahead` whether it is yet to come; `first` and `last` are the
    days between which the past is drawn.
    """

    service: str
    about: str
    answer: Answered
    when: str
    ahead: bool
    told: tuple[Told, ...]
    first: str
    last: str


def placing_page(
    service: Service, stood: Sequence[Stood], question: PlacingQuestion, moment: datetime
) -> PlacingPage:
    """Return the page.

    Args:
        service: the service asked about.
        stood: every restriction that ever stood there, as far as the person may see.
        question: what was asked.
        moment: the present instant.
    """
    window = Window.of(question.day, moment)
    then = [each for each in stood if _stood_in(each, window)]
    first = min((each.begins for each in stood), default=moment)
    first = min(first, moment - SHORTEST)
    return PlacingPage(
        service=service.name_in(spoken()),
        about=", ".join(filter(None, (service.provider.name_in(spoken()), service.postcode))),
        answer=answered_by(then, question.placement),
        when=when_words(question),
        ahead=is_ahead(question, moment),
        told=tuple(_told(each, each in then, first, moment) for each in reversed(stood)),
        first=dates.day(first),
        last=dates.day(moment),
    )


def _stood_in(each: Stood, window: Window) -> bool:
    return each.begins <= window.ends and (each.ends is None or each.ends > window.begins)


def _told(each: Stood, stood: bool, first: datetime, moment: datetime) -> Told:  # noqa: FBT001  # what it says of it
    span = moment - first
    begins, ends = each.begins - first, (each.ends or moment) - first
    left = min(max(round(WIDTH * (begins / span)), 0), WIDTH - NARROWEST)
    right = min(round(WIDTH * (ends / span)), WIDTH)
    return Told(
        title=restriction_title(each.procedure, each.restriction),
        scope=each.restriction.scope,
        limits=limits(each.procedure, each.restriction),
        ref=each.ref,
        address=of_case("case-restrictions", each.ref),
        led_by=(spoken() == "cy" and each.body_cy) or each.body,
        begins=dates.day(each.begins),
        ends=dates.day(each.ends) if each.ends else _("still stands"),
        stood=stood,
        left=left,
        wide=max(NARROWEST, right - left),
    )
