"""What is known of a service before a meeting: ratings, restrictions, plans, experiences, cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from candour.cases.models import Case
from candour.engine import Standing, Words
from candour.engine.meetings import meetings
from candour.engine.plans import ActionState, Plan, plans
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import case_page, entry_place, of_case
from candour.web.presenters.agendas import meeting_title
from candour.web.presenters.feelings import felt_words
from candour.web.presenters.meeting_links import finishing_page
from candour.web.presenters.minutes import copy_page
from candour.web.presenters.naming import entry_title
from candour.web.presenters.placing import limits, restriction_title
from candour.web.presenters.plan_page import plan_title
from candour.web.presenters.rated import AgreedLine
from candour.web.presenters.ratings import ratings_page
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

YEAR: Final = timedelta(days=365)
WIDTH: Final = 600  # units of a drawn bar
_DONE = (ActionState.DONE, ActionState.DONE_LATE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar: how many, of what, and where it is drawn."""

    words: str
    number: int
    sort: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that shows how a number is made up; `says` is the same in words."""

    title: str
    pieces: tuple[Piece, ...]
    says: str


@dataclass(frozen=True, slots=True)
class InForce:
    """A restriction in force: what, for whom, since when."""

    title: str
    scope: str
    limits: list[str]
    since: str


@dataclass(frozen=True, slots=True)
class CaseAround:
    """Another case that the reader may see: its service, where it stands, since when."""

    ref: str
    title: str
    address: str
    service: str
    words: str


@dataclass(frozen=True, slots=True)
class LastMeeting:
    """The last meeting: what it decided, and where its minutes are."""

    title: str
    address: str
    decided: tuple[tuple[str, str], ...]
    minutes: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Intelligence:
    """What a meeting wants to know of the service before it begins."""

    agreed: AgreedLine | None
    picture: Markup
    restrictions: tuple[InForce, ...]
    plans: tuple[Bar, ...]
    experiences: Bar | None
    around: tuple[CaseAround, ...]
    last: LastMeeting | None


@dataclass(frozen=True, slots=True)
class Around:
    """What is read beside the case: experiences by feeling, other cases and their steps."""

    felt: Mapping[int, int]
    cases: Iterable[tuple[Case, Words]]


def intelligence(standing: Standing, sight: Sight, around: Around) -> Intelligence:
    """Return what is known of a case’s service at the moment of looking."""
    rated = ratings_page(standing, sight)
    return Intelligence(
        agreed=rated.agreed,
        picture=rated.picture,
        restrictions=tuple(
            InForce(
                restriction_title(standing.procedure, held),
                held.scope,
                limits(standing.procedure, held),
                dates.day(held.since),
            )
            for held in standing.restrictions
        ),
        plans=tuple(_plan(standing, plan) for plan in plans(standing, sight.moment)),
        experiences=_experiences(around.felt),
        around=tuple(_case(case, step) for case, step in around.cases),
        last=_last(standing, sight),
    )


def _plan(standing: Standing, plan: Plan) -> Bar:
    states = [action.state for action in plan.actions]
    counted = (
        ("met", _("done"), sum(state in _DONE for state in states)),
        ("late", _("late"), states.count(ActionState.LATE)),
        ("week", _("extended"), states.count(ActionState.EXTENDED)),
        ("later", _("due"), states.count(ActionState.DUE)),
    )
    return _bar(plan_title(standing, plan.name), counted)


def _experiences(felt: Mapping[int, int]) -> Bar | None:
    if not felt:
        return None
    total = sum(felt.values())
    title = ngettext("%(n)s experience in a year", "%(n)s experiences in a year", total)
    sorts = {1: "met", 2: "met", 3: "later", 4: "today", 5: "late", 0: "none"}
    counted = [(sorts[each], felt_words(each), felt.get(each, 0)) for each in sorts]
    return _bar(title % {"n": total}, counted)


def _bar(title: str, counted: Iterable[tuple[str, str, int]]) -> Bar:
    shown = [each for each in counted if each[2]]
    return Bar(
        title,
        tuple(_pieces(shown)),
        "; ".join(f"{words}: {number}" for _sort, words, number in shown),
    )


def _pieces(counted: list[tuple[str, str, int]]) -> Iterator[Piece]:
    total, before = sum(number for _sort, _words, number in counted), 0
    for sort, words, number in counted:
        x = WIDTH * before // total
        before += number
        yield Piece(words, number, sort, x, WIDTH * before // total - x)


def _case(case: Case, step: Words) -> CaseAround:
    if case.closed_at is not None:
        words = _("Closed %(day)s") % {"day": dates.day(case.closed_at)}
    else:
        words = _("Open since %(day)s") % {"day": dates.day(case.opened_at)}
    return CaseAround(
        ref=case.ref,
        title=case.title,
        address=case_page(case.ref),
        service=case.service.name if case.service else "",
        words=": ".join(filter(None, (words, said(step)))),
    )


def _last(standing: Standing, sight: Sight) -> LastMeeting | None:
    held = [meeting for meeting in meetings(standing) if meeting.held is not None]
    if not held:
        return None
    meeting = held[-1]
    day = dates.day(meeting.began_at)
    decided = [
        entry
        for entry in standing.by_kind.get("decision_made", ())
        if entry.happened_at >= meeting.began_at
    ]
    return LastMeeting(
        title=f"{meeting_title(standing, meeting.name)}, {day}",
        address=finishing_page(sight.ref, meeting.began_by.id),
        decided=tuple(
            (entry_title(standing.procedure, entry), entry_place(sight.ref, entry.id))
            for entry in decided
        ),
        minutes=tuple(copy_page(standing, meeting, sight)),
    )


def places(ref: str) -> dict[str, str]:
    """Return where each part of the pack stands in full."""
    return {
        name: of_case(f"case-{name}", ref)
        for name in ("ratings", "restrictions", "plan", "decisions")
    }
