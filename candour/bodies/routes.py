"""Who is who for a service or an area, at an instant: the body, its desk, and who answers now.

Routes are the functions that bodies hold for areas. Who took a function over since is followed; a
desk that is closed gives way to the one that takes over from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from django.db.models import Exists, OuterRef, Q

from candour.bodies.areas import Near, areas_near
from candour.bodies.desks import Desks
from candour.bodies.effective import is_effective
from candour.bodies.handing_on import Held, Holding, Step, holding_on, steps_by_body
from candour.bodies.lines import Taken, line_at
from candour.bodies.models import (
    Area,
    Body,
    BodyFunction,
    Contact,
    Function,
    ServedPeople,
    Service,
    Succession,
)
from candour.engine.london import end_of, local
from candour.engine.words import Words, same

# One body for the whole nation, whether or not its rows say so.
OF_THE_NATION = (Function.REGULATOR, Function.NATIONAL_VOICE)
FAR = 100  # steps: further than any area


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody who is there for a function, and how they are reached at the instant asked about.

    Attributes:
        function: the function asked for.
        title: who it is: the desk's name, else the body's, in both languages.
        body: the body; None for a public number such as 999.
        contact: the desk to turn to at this instant; None where the directory knows none.
        phone, email: how it is reached; empty where the directory knows none.
        open_now: whether it answers now; None where nobody knows.
        until: the first instant at which that is otherwise; None where none is known.
        stands_in_for: the desk that is closed now, where this one takes over from it.
        came_after: the body whose function it took over, where it comes by a succession.
        area: for which area it holds the function; None for the service itself, or the nation.
        since: the first day of the row by which it is found; None where nobody knows it.
    """

    function: str
    title: Words
    body: Body | None = None
    contact: Contact | None = None
    phone: str = ""
    email: str = ""
    open_now: bool | None = None
    until: datetime | None = None
    stands_in_for: Contact | None = None
    came_after: Body | None = None
    area: Area | None = None
    since: date | None = None


def who_answers(
    function: str,
    *,
    people: str = ServedPeople.BOTH,
    at: datetime,
    service: Service | None = None,
    area: Area | Sequence[Area] | None = None,
) -> list[Answer]:
    """Return who is there for a function at an instant, the nearest first.

    Args:
        function: one of `Function`.
        people: for whom: adults, children, or both, which leaves nobody out.
        at: the instant asked about, with its time zone; the day is London's.
        service: the service asked about. What is kept of it alone goes before what holds in its
            areas.
        area: the area asked about, or several; needed where there is no service.

    Raises:
        ClockError: the instant has no time zone.
    """
    return Routes.of([function], at=at, service=service, area=area).who_answers(function, people)


class Routes:
    """The routes of one service, or of some areas, for some functions at an instant."""

    def __init__(self, found: "_Found", at: datetime) -> None:
        self._found, self._at, self._day = found, at, local(at).date()
        self._distance = {each.area.pk: each.steps for each in found.near}
        self._names = {
            same(name): each.steps
            for each in reversed(found.near)
            for name in (each.area.name, each.area.name_cy or each.area.name)
        }
        self._nations = {*found.nations, "uk"}
        self._bodies = {row.body_id: row.body for row in found.rows}
        for step in found.steps:
            self._bodies[step.predecessor_id] = step.predecessor
            self._bodies[step.successor_id] = step.successor
        functions = {row.function for row in found.rows}
        needed = {each.body for name in functions for each, _ in self._holding(name)}
        self._desks = Desks.of(needed, self._day)

    @classmethod
    def of(
        cls,
        functions: Sequence[str],
        *,
        at: datetime,
        service: Service | None = None,
        area: Area | Sequence[Area] | None = None,
    ) -> Self:
        """Read what is known of these functions there: four queries, however many they are.

        One more for each body that takes over from one which takes over from another.

        Raises:
            ClockError: the instant has no time zone.
        """
        day = local(at).date()
        starts = [area] if isinstance(area, Area) else list(area or ())
        near = areas_near(day, areas=starts, service=None if starts else service)
        return cls(_found(functions, near, service, day), at)

    @property
    def areas(self) -> list[Area]:
        """The areas asked about, or those in which the service lies: none that lie around them."""
        return [near.area for near in self._found.near if near.steps == 0]

    def who_answers(self, function: str, people: str = ServedPeople.BOTH) -> list[Answer]:
        """Return who is there for a function that was read, the nearest first."""
        told = [
            (self._far(row), holding.inherited, self._bodies[holding.body], row)
            for holding, row in self._holding(function, people)
        ]
        told.sort(key=lambda each: (*each[:2], each[2].name, each[3].pk))
        once: dict[tuple[int, int], Answer] = {}
        for _, inherited, body, row in told:
            if is_effective(self._day, body.from_date, body.to_date):
                for answer in self._answers(body, row, people, inherited=inherited):
                    once.setdefault((body.pk, answer.contact.pk if answer.contact else 0), answer)
        return list(once.values())

    def _holding(
        self, function: str, people: str = ServedPeople.BOTH
    ) -> list[tuple[Holding, BodyFunction]]:
        """Return who holds a function: what is kept of the service alone, or of its areas."""
        rows = [row for row in self._found.rows if self._is_meant(row, function, people)]
        own = self._held([row for row in rows if row.service_id is not None], function)
        return own or self._held([row for row in rows if row.service_id is None], function)

    def _held(
        self, rows: Sequence[BodyFunction], function: str
    ) -> list[tuple[Holding, BodyFunction]]:
        by_number = {row.pk: row for row in rows}
        steps = [
            Step(step.predecessor_id, step.successor_id, step.on)
            for step in self._found.steps
            if step.function == function
        ]
        held = [Held(row.pk, row.body_id, row.from_date, row.to_date) for row in rows]
        keeping = {body for body, kept in self._found.keeping if kept == function}
        found = holding_on(held, steps_by_body(steps), self._day, keeping=keeping)
        return [(each, by_number[each.row]) for each in found]

    def _is_meant(self, row: BodyFunction, function: str, people: str) -> bool:
        both = ServedPeople.BOTH
        if row.function != function or not (both in (row.people, people) or row.people == people):
            return False
        if row.service_id is not None or row.place_id is not None:
            return True
        if row.area:
            return same(row.area) in self._names or same(row.area) in self._nations
        return function in OF_THE_NATION and row.body.nation in self._nations

    def _far(self, row: BodyFunction) -> int:
        if row.service_id is not None:
            return -1
        if row.place_id is not None:
            return self._distance.get(row.place_id, FAR)
        return self._names.get(same(row.area), FAR)

    def _answers(
        self, body: Body, row: BodyFunction, people: str, *, inherited: bool
    ) -> list[Answer]:
        wanted = row.people if people == ServedPeople.BOTH else people
        named = None if inherited else self._desks.in_force(row.contact_id)
        desk = named or self._desks.for_function(body, row.function, wanted)
        known = Answer(
            row.function,
            Words(body.name, body.name_cy),
            body=body,
            came_after=row.body if inherited else None,
            area=row.place,
            since=row.from_date,
        )
        if desk is None:
            return [known]
        line = self._desks.line(desk)
        return _in_line(known, line, line_at([*self._desks.places(line)], self._at))


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of the directory: the rows that may be meant, and what they rest on."""

    rows: Sequence[BodyFunction]
    steps: Sequence[Succession]
    near: Sequence[Near]
    nations: frozenset[str]
    keeping: frozenset[tuple[int, str]]


def _found(
    functions: Sequence[str], near: Sequence[Near], service: Service | None, day: date
) -> _Found:
    meant = Q(service=None, place__in=[each.area.pk for each in near])
    meant |= Q(service=None, place=None)
    nations = {each.area.nation for each in near}
    if service is not None:
        meant |= Q(service=service)
        nations = nations or {service.provider.nation}
    # Wherever a successor keeps rows of its own is needed as well: see `holding_on`.
    own = BodyFunction.objects.on(day).filter(
        body=OuterRef("successor"), function=OuterRef("function")
    )
    successions = Succession.objects.filter(function__in=functions, on__lte=day)
    steps = list(
        successions.annotate(keeps=Exists(own))
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )
    rows = BodyFunction.objects.filter(meant, function__in=functions).exclude(from_date__gt=day)
    return _Found(
        rows=list(rows.select_related("body", "place").order_by("pk")),
        steps=steps,
        near=near,
        nations=frozenset(nations),
        keeping=frozenset((step.successor_id, step.function) for step in steps if step.keeps),
    )


def _in_line(known: Answer, line: Sequence[Contact], taken: Taken) -> list[Answer]:
    """Return the desk of a line that answers; before it the one in front, if nobody can be sure."""
    first = line[0]
    if taken.place is None:
        is_open = False if taken.sure else None
        return [replace(_by(known, first), open_now=is_open, until=taken.until)]
    contact = line[taken.place]
    ends = [end_of(contact.to_date)] if contact.to_date else []
    there = replace(
        _by(known, contact),
        open_now=True,
        until=min([*ends, *filter(None, [taken.until])], default=None),
        stands_in_for=first if taken.place else None,
    )
    return [there] if taken.sure else [_by(known, first), there]


def _by(known: Answer, contact: Contact) -> Answer:
    """Return an answer as it is given by a desk."""
    name = Words(contact.name, contact.name_cy) if contact.name else known.title
    return replace(known, title=name, contact=contact, phone=contact.phone, email=contact.email)
