"""Whom a case has to do with: who leads it, who sees it, the provider, and who took part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from candour.bodies.models import Body
from candour.bodies.reached_at import desks_of
from candour.cases.models import Case
from candour.engine import Procedure, Standing
from candour.people.names import Staff, staff_of
from candour.web.presenters.naming import role_title
from candour.web.presenters.timeline_choices import agencies_of
from candour.web.spoken import spoken
from candour.web.spoken import told as _
from candour.web.timeline_filter import BODY, PERSON, TimelineFilter

MOST_PEOPLE = 6  # of one body


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, in which roles, and where the timeline shows what they recorded (or nothing)."""

    name: str
    roles: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body, what it has to do with the case, and its people; `more` is how many others."""

    name: str
    part: str
    people: tuple[Person, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class PeopleAndBodies:
    """Everybody the case has to do with; `agencies` are those that its entries name."""

    bodies: tuple[BodyLine, ...]
    agencies: tuple[Person, ...]


def people_and_bodies(
    case: Case, standing: Standing, recorded: Iterable[str], day: date
) -> PeopleAndBodies:
    """Return whom a case has to do with. Two queries; a third where others share it.

    Args:
        case: the file, with its body, service and provider.
        standing: what its log comes to.
        recorded: the numbers of the people who recorded something.
        day: the London day on which posts and contacts are held.
    """
    procedure = standing.procedure
    posts = _staff_of(case, procedure, day)
    sharing = Body.objects.filter(pk__in=case.shared_with) if case.shared_with else ()
    lines = [
        _staff(case.body, _("Leads the case"), posts, procedure, set(recorded)),
        *(_staff(body, _("Sees the case"), posts, procedure, set(recorded)) for body in sharing),
        *_provider(case, procedure, day),
    ]
    return PeopleAndBodies(tuple(lines), tuple(_agencies(standing, lines)))


def _staff_of(case: Case, procedure: Procedure, day: date) -> list[Staff]:
    """Return who may act on the case, in the order in which the procedure names their roles."""
    inside = [role for role, known in procedure.roles.items() if not known.outside]
    return staff_of([case.body_id, *case.shared_with], inside, day)


def _staff(
    body: Body, part: str, posts: Iterable[Staff], procedure: Procedure, recorded: set[str]
) -> BodyLine:
    held: dict[int, list[Staff]] = {}
    for post in posts:
        if post.body_id == body.pk:
            held.setdefault(post.person_id, []).append(post)
    people = tuple(
        Person(
            name=own[0].name,
            roles=", ".join(role_title(procedure, post.role) for post in own),
            address=_recorded_by(f"{PERSON}:{person}") if str(person) in recorded else "",
        )
        for person, own in list(held.items())[:MOST_PEOPLE]
    )
    more = max(0, len(held) - MOST_PEOPLE)
    return BodyLine(body.name_in(spoken()), part, people, more)


def _provider(case: Case, procedure: Procedure, day: date) -> Iterator[BodyLine]:
    if case.service is None:
        return
    provider = case.service.provider
    people = tuple(
        Person(desk.name or desk.email or desk.phone, desk_title(procedure, desk.role))
        for desk in desks_of(provider.pk, day, most=MOST_PEOPLE)
    )
    yield BodyLine(provider.name_in(spoken()), _("Provider"), people)


def desk_title(procedure: Procedure, role: str) -> str:
    """Return what a desk in the directory is called: as the procedure has it, or as people say."""
    known = {
        "registered_manager": _("Registered manager"),
        "responsible_individual": _("Responsible individual"),
        "enquiries": _("Enquiries"),
    }
    if role in known and role not in procedure.roles:
        return known[role]
    return role_title(procedure, role)


def _agencies(standing: Standing, lines: Iterable[BodyLine]) -> Iterator[Person]:
    told = {line.name for line in lines}
    for name in agencies_of(standing):
        if name not in told:
            yield Person(name, "", _recorded_by(f"{BODY}:{name}"))


def _recorded_by(who: str) -> str:
    return f"{TimelineFilter({'who': who}).query()}#happened"
