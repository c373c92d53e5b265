"""The residents of a closing service as rows: how ready each is, what is missing, what is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from candour.engine import OpenDuty, Standing
from candour.engine.closures import MOVED, PLANNED, Lack, Resident
from candour.engine.london import local
from candour.engine.procedure import Duty
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import (
    BACK_TO,
    leading_back,
    of_case,
    owed_name,
    recording_page,
)
from candour.web.presenters.restrictions import Told, told_line
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

ROOM = "closure"
_ANY_RESIDENT = "any-resident"


class Group(StrEnum):
    """Which residents the room shows; one who has not moved may be in several."""

    FORGOTTEN = "forgotten"  # without any plan
    MISSING = "missing"  # planned, and something is missing
    LATE = "late"
    READY = "ready"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that is arranged for a resident: its title, and how it stands, if it is theirs."""

    title: str
    told: Told | None

    @property
    def shape(self) -> str:
        """The status that gives its shape; of what is not theirs, or not yet, a dash."""
        return self.told.status if self.told else "cancelled"


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """One resident, by number.

    `late` are the places of the stages that are late; `next` is the one form that comes next;
    `moved_today` says that one press records the move.
    """

    key: str
    number: str
    address: str
    notes: str
    groups: frozenset[Group]
    stages: tuple[Stage, ...]
    done: int
    of: int
    late: str
    lacks: tuple[str, ...]
    moves: str
    day: date | None
    home: str
    next: Action | None
    moved_today: bool


def resident_stages(standing: Standing) -> list[Duty]:
    """Return the duties that are owed for every resident by themselves, in the pack's order."""
    return [
        duty
        for duty in standing.procedure.duties.values()
        if next((pattern.each for pattern in duty.met_by if pattern.each), "") == "resident"
    ]


def resident_rows(
    standing: Standing, people: Sequence[Resident], sight: Sight
) -> Iterator[ResidentRow]:
    """Yield a row for each, in the order of the lists."""
    duties = resident_stages(standing)
    times = [(duty, _times(standing, duty)) for duty in duties]
    for resident in people:
        stages = tuple(
            Stage(short_title(duty), _told(standing, owed.get(resident.key), sight))
            for duty, owed in times
        )
        yield _row(standing, resident, stages, sight)


def _times(standing: Standing, duty: Duty) -> dict[str, OpenDuty]:
    """Return the latest time that a duty was owed for each, by whom it is owed for."""
    return {
        owed.subject: owed
        for owed in standing.duties.values()
        if owed.duty.id == duty.id and owed.subject
    }


def _told(standing: Standing, owed: OpenDuty | None, sight: Sight) -> Told | None:
    return told_line(standing, owed, sight) if owed else None


def short_title(duty: Duty) -> str:
    """Return a duty’s title without what it says of its period."""
    return said(duty.title).partition(" (")[0]


def resident_page(ref: str, key: str) -> str:
    """Return the address of the page of one resident; it says nothing of who that is."""
    return of_case("case-resident", ref, _ANY_RESIDENT).replace(_ANY_RESIDENT, owed_name(key))


def _row(
    standing: Standing, resident: Resident, stages: tuple[Stage, ...], sight: Sight
) -> ResidentRow:
    told = [stage.told for stage in stages if stage.told]
    late = any(each.status == "late" for each in told)
    may = sight.may_act and MOVED in standing.procedure.kinds and not standing.closed
    today = local(sight.moment).date()
    ready = not resident.lacks and resident.moved is None
    due = resident.moves_on is not None and resident.moves_on <= today
    return ResidentRow(
        key=resident.key,
        number=resident.number,
        address=resident_page(sight.ref, resident.key),
        notes=_("Pays for themselves") if resident.self_funding else "",
        groups=frozenset(_groups(resident, late=late)),
        stages=stages,
        done=sum(each.status == "met" for each in told),
        of=len(told),
        late=", ".join(str(n) for n, each in enumerate(stages, 1) if each.shape == "late"),
        lacks=tuple(lack_words(lack) for lack in resident.lacks),
        moves=_moves(resident),
        day=resident.moves_on,
        home=home_of(resident),
        next=_next(resident, stages, sight) if may else None,
        moved_today=may and ready and due,
    )


def _groups(resident: Resident, *, late: bool) -> Iterator[Group]:
    if resident.moved is not None:
        yield Group.MOVED
    elif Lack.PLAN in resident.lacks:
        yield Group.FORGOTTEN
    elif resident.lacks:
        yield Group.MISSING
    else:
        yield Group.READY
    if late:
        yield Group.LATE


def group_words(group: Group) -> str:
    """Return the heading of a group."""
    return {
        Group.FORGOTTEN: _("No plan yet"),
        Group.MISSING: _("Plan not whole"),
        Group.LATE: _("Something late"),
        Group.READY: _("Plan whole"),
        Group.MOVED: _("Moved"),
    }[group]


def lack_words(lack: Lack) -> str:
    """Return what a resident is without."""
    return {
        Lack.PLAN: _("No plan of the move, so nobody is responsible"),
        Lack.NURSE: _("No nurse assessor"),
        Lack.ADVOCATE: _("No advocate"),
        Lack.HOME: _("No new home"),
        Lack.DATE: _("No day for the move"),
    }[lack]


def home_of(resident: Resident) -> str:
    """Return where somebody lives now, or is to live; empty where nobody has said."""
    moved = resident.moved.data.get("plan_shared_with") if resident.moved else None
    return str(moved or resident.plan.get("moves_to") or "")


def _moves(resident: Resident) -> str:
    day = resident.moves_on
    if resident.moved is not None and day is not None:
        return _("Moved %(day)s") % {"day": dates.day(day)}
    return _("Moves %(day)s") % {"day": dates.day(day)} if day else ""


def _next(resident: Resident, stages: tuple[Stage, ...], sight: Sight) -> Action | None:
    """Return the form that comes next: the plan while it is not whole, then what is owed first."""
    if resident.lacks:
        words = _("Plan the move") if Lack.PLAN in resident.lacks else _("Complete the plan")
        extra = {"resident": resident.number, BACK_TO: ROOM}
        return Action(words, recording_page(sight.ref, PLANNED, extra=extra))
    for stage in stages:
        if stage.told and stage.told.status != "met" and stage.told.ways:
            way = stage.told.ways[0]
            return Action(way.words, leading_back(way.address, ROOM))
    return None
