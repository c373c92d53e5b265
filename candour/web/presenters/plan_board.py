"""The plans of all cases in words: the columns of the board, or one of them as a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.cases.queries.planned import (
    MOST_COUNTED,
    ON_BOARD,
    PlannedItem,
    PlannedPage,
)
from candour.cases.queries.planned_columns import Narrowed
from candour.engine.london import local
from candour.engine.rag import Lane, because
from candour.web import dates
from candour.web.presenters.addresses import of_case
from candour.web.presenters.plan_actions import action_anchor, numbered
from candour.web.presenters.rag import LANE_SHAPES, Days, Rag, lane_lead, lane_title, rag_words
from candour.web.presenters.worklist import Tab
from candour.web.spoken import spoken
from candour.web.table_export import Table

PLANS: Final = ("dap", "cap", "none")
SHOWN: Final = (Lane.LATE, Lane.VERIFY, Lane.SOON, Lane.ON_COURSE)  # columns of the board


@dataclass(frozen=True, slots=True)
class Card:
    """One action: what, whose, in which case, by when, and how it stands."""

    number: str
    what: str
    owner: str
    ref: str
    service: str
    address: str
    due: str
    first_due: str
    rag: Rag
    evidence: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board; `more` leads to all of it where it holds more than it shows."""

    title: str
    lead: str
    shape: str
    number: str
    cards: tuple[Card, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One plan that the page can be narrowed to."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Chip:
    """What the page is narrowed to, and the address without it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Everything that the page says: columns, or the cards of the one that was asked for."""

    counts: tuple[Tab, ...]
    columns: tuple[Column, ...]
    lane: str
    heading: str
    cards: tuple[Card, ...]
    board: str
    following: str
    plans: tuple[Choice, ...]
    narrowed: Narrowed
    chips: tuple[Chip, ...]
    clear: str
    total: int


def board_page(
    found: PlannedPage, *, narrowed: Narrowed, lane: Lane | None, moment: datetime
) -> BoardPage:
    """Return the page as it reads at a moment."""
    cards = tuple((item.lane, _card(item, moment)) for item in found.items)
    return BoardPage(
        counts=tuple(_counts(found, narrowed, lane)),
        columns=tuple(_columns(found, narrowed, cards)) if lane is None else (),
        lane=lane.value if lane else "",
        heading=lane_title(lane) if lane else "",
        cards=tuple(card for _lane, card in cards) if lane else (),
        board=_address(narrowed, None) if lane else "",
        following=_address(narrowed, lane, found.next) if found.next else "",
        plans=tuple(Choice(plan, plan_words(plan)) for plan in PLANS),
        narrowed=narrowed,
        chips=tuple(_chips(narrowed, lane)),
        clear=_address(Narrowed(), lane),
        total=sum(found.counts.values()),
    )


def plan_words(plan: str) -> str:
    """Return what a plan is called, over procedures."""
    return {
        "dap": _("Developmental action plan"),
        "cap": _("Corrective action plan"),
        "none": _("Actions of neither plan"),
    }[plan]


def _columns(
    found: PlannedPage, narrowed: Narrowed, cards: tuple[tuple[Lane, Card], ...]
) -> Iterator[Column]:
    for lane in SHOWN:
        yield Column(
            title=lane_title(lane),
            lead=lane_lead(lane),
            shape=LANE_SHAPES[lane],
            number=_number(found.counts[lane]),
            cards=tuple(card for stands, card in cards if stands is lane),
            more=_address(narrowed, lane) if found.counts[lane] > ON_BOARD else "",
        )


def _counts(found: PlannedPage, narrowed: Narrowed, chosen: Lane | None) -> Iterator[Tab]:
    for lane in Lane:
        address = _address(narrowed, None if lane is chosen else lane)
        number = _number(found.counts[lane])
        yield Tab(lane_title(lane), number, address, lane is chosen, LANE_SHAPES[lane])


def _number(number: int) -> str:
    return f"{number:,}+" if number >= MOST_COUNTED else str(number)


def _chips(narrowed: Narrowed, lane: Lane | None) -> Iterator[Chip]:
    if narrowed.plan:
        yield Chip(plan_words(narrowed.plan), _address(replace(narrowed, plan=""), lane))
    if narrowed.owner:
        words = _("Owner: %(who)s") % {"who": narrowed.owner}
        yield Chip(words, _address(replace(narrowed, owner=""), lane))
    if narrowed.service:
        words = _("Service or case: %(what)s") % {"what": narrowed.service}
        yield Chip(words, _address(replace(narrowed, service=""), lane))


def _address(narrowed: Narrowed, lane: Lane | None, after: str = "") -> str:
    asked = {
        "show": lane.value if lane else "",
        "plan": narrowed.plan,
        "owner": narrowed.owner,
        "service": narrowed.service,
        "after": after,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("plans") + (f"?{query}" if query else "")


def _rag(item: PlannedItem, moment: datetime) -> Rag:
    days = Days(
        today=local(moment).date(),
        due_on=item.due_on,
        said_done_on=item.said_done_on,
        asked_until=item.asked_until,
        done_on=item.done_on,
    )
    return rag_words(because(item.facts(moment)), days)


def _service(item: PlannedItem) -> str:
    return (spoken() == "cy" and item.service_cy) or item.service or item.case_title


def _card(item: PlannedItem, moment: datetime) -> Card:
    moved = item.first_due is not None and item.first_due != item.due_on
    anchor = action_anchor(item.plan, item.number)
    return Card(
        number=numbered(item.plan, item.number),
        what=item.what,
        owner=item.owner,
        ref=item.ref,
        service=_service(item),
        address=f"{of_case('case-plan', item.ref)}#{anchor}",
        due=dates.day(item.due_on) if item.due_on else "",
        first_due=dates.day(item.first_due) if moved and item.first_due else "",
        rag=_rag(item, moment),
        evidence=_evidence(item.evidence),
    )


def _evidence(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(n)s piece of evidence", "%(n)s pieces of evidence", number) % {"n": number}


def plans_table(items: Iterable[PlannedItem], moment: datetime) -> Table:
    """Return the plans as they go into a file: days as days, colours with their reasons."""
    headings = (
        _("Case"),
        _("Service"),
        _("Plan"),
        _("Action"),
        _("Owner"),
        _("First agreed for"),
        _("Date"),
        _("Colour"),
        _("Why"),
        _("Said to be done on"),
        _("Done on"),
    )
    return Table("plans", _("Plans"), headings, (_file_row(item, moment) for item in items))


def _file_row(item: PlannedItem, moment: datetime) -> tuple[object, ...]:
    rag = _rag(item, moment)
    return (
        item.ref,
        _service(item),
        numbered(item.plan, item.number),
        item.what,
        item.owner,
        item.first_due,
        item.due_on,
        rag.name,
        rag.why,
        item.said_done_on,
        item.done_on,
    )
