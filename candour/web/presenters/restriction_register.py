"""The register of restrictions in force: a line for each service, with the answer to a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.cases.queries import Restricted
from candour.engine.placing import Placement, answer_of
from candour.web import dates
from candour.web.presenters.addresses import of_case
from candour.web.presenters.placing import Answered, answered, limits, restriction_title
from candour.web.spoken import spoken

WIDTH = 440
ROW = 34


@dataclass(frozen=True, slots=True)
class Held:
    """One restriction in force, as a line; `bar` is how long it has been, drawn (of `WIDTH`)."""

    title: str
    scope: str
    limits: list[str]
    since: str
    long: str
    reviewed: str
    bar: int


@dataclass(frozen=True, slots=True)
class Line:
    """One service with its restrictions, and whether somebody may be placed there."""

    service: str
    ref: str
    address: str
    led_by: str
    held: tuple[Held, ...]
    answer: Answered


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The whole register, and how long the longest restriction has been in force, in words."""

    lines: tuple[Line, ...]
    longest: str


def register_page(
    found: Sequence[Restricted], placement: Placement, moment: datetime
) -> RegisterPage:
    """Return the page."""
    longest = max(((moment - r.since).days for one in found for r in one.held), default=0)
    return RegisterPage(
        tuple(_line(one, placement, moment, longest) for one in found), _days(longest)
    )


def _line(one: Restricted, placement: Placement, moment: datetime, longest: int) -> Line:
    case = one.case
    service = case.service
    name = ((spoken() == "cy" and service.name_cy) or service.name) if service else case.title
    return Line(
        service=name,
        ref=case.ref,
        address=of_case("case-restrictions", case.ref),
        led_by=case.body.name_in(spoken()),
        held=tuple(
            Held(
                title=restriction_title(one.procedure, each),
                scope=each.scope,
                limits=limits(one.procedure, each),
                since=dates.day(each.since),
                long=_days((moment - each.since).days),
                reviewed=dates.day(each.reviewed_at) if each.reviewed_at else "",
                bar=max(4, round(WIDTH * (moment - each.since).days / max(longest, 1))),
            )
            for each in one.held
        ),
        answer=answered(one.procedure, answer_of(one.held, placement)),
    )


def _days(days: int) -> str:
    if days == 0:
        return _("since today")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
