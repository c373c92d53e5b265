"""One area: whom to ring in danger, who is who, what it lies in, and which services lie there."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.bodies.danger import in_order
from candour.bodies.kept import AreaKept
from candour.bodies.models import Area, AreaWithin, Function
from candour.bodies.routes import Routes
from candour.web.day_question import DayAsked
from candour.web.presenters.body_page import Belongs, keep_address
from candour.web.presenters.service_page import parts_of
from candour.web.presenters.who_is_who import (
    KINDS,
    NATIONS,
    Part,
    Reached,
    area_address,
    function_words,
    people_words,
    reached,
    span_words,
)
from candour.web.spoken import spoken


@dataclass(frozen=True, slots=True)
class Kept:
    """A route: what is done there, by whom, for whom, from when to when."""

    words: str
    body: str
    address: str
    people: str
    span: str
    keep: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """The page of an area."""

    name: str
    caption: str
    danger: tuple[Reached, ...]
    parts: tuple[Part, ...]
    around: tuple[Belongs, ...]
    inside: tuple[Belongs, ...]
    routes: tuple[Kept, ...]
    services: tuple[Belongs, ...]
    more: bool


def area_page(kept: AreaKept, routes: Routes, asked: DayAsked) -> AreaPage:
    """Return the page of an area as it is on the day asked about."""
    area = kept.area
    now = asked.at if asked.is_today else None
    danger = in_order(routes.who_answers(Function.SAFEGUARDING))
    return AreaPage(
        name=area.name_in(spoken()),
        caption=", ".join((str(KINDS[area.kind]), str(NATIONS[area.nation]), area.code)),
        danger=tuple(reached(one, now) for one in danger) if now else (),
        parts=parts_of(routes, asked, "both"),
        around=tuple(_within(each, each.wider) for each in kept.around),
        inside=tuple(_within(each, each.area) for each in kept.inside),
        routes=tuple(
            Kept(
                words=function_words(row.function),
                body=row.body.name_in(spoken()),
                address=reverse("directory-body", args=[row.body_id]),
                people=people_words(row.people),
                span=span_words(row.from_date, row.to_date),
                keep=keep_address("function", row.pk),
            )
            for row in kept.functions
        ),
        services=tuple(
            Belongs(
                each.name_in(spoken()),
                each.provider.name_in(spoken()),
                reverse("directory-service", args=[each.pk]),
                "",
            )
            for each in kept.services
        ),
        more=kept.more,
    )


def _within(row: AreaWithin, other: Area) -> Belongs:
    span = span_words(row.from_date, row.to_date) if row.from_date or row.to_date else ""
    keep = keep_address("within", row.pk)
    return Belongs(other.name_in(spoken()), span, area_address(other), keep)


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area in the list: its name, kind and code, what it lies in, who safeguards there."""

    name: str
    address: str
    kind: str
    code: str
    within: str
    done: str


def area_line(area: Area) -> AreaLine:
    """Return the line of an area; it comes with what `areas_listed` fetches."""
    told: dict[str, Any] = vars(area)
    welsh = spoken() == "cy"
    within = [str((welsh and each["name_cy"]) or each["name"]) for each in told["kept_within"]]
    teams = [each["name"] for each in told["kept_held"] if each["of"] == Function.SAFEGUARDING]
    return AreaLine(
        name=area.name_in(spoken()),
        address=area_address(area),
        kind=str(KINDS[area.kind]),
        code=area.code,
        within=", ".join(within),
        done=", ".join(dict.fromkeys(teams)) or _("Nobody is kept"),
    )
