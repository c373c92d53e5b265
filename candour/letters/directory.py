"""What the directory holds for one case: read once, then asked by `candour.letters.recipients`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

from candour.bodies.areas import near_by_number
from candour.bodies.effective import holds_on, is_effective
from candour.bodies.models import (
    Body,
    BodyFunction,
    Contact,
    Function,
    ServedPeople,
)
from candour.cases.models import Case
from candour.engine.words import same
from candour.people.models import Post

NEAR = "near"  # the areas around, put on every body by the query
HELD = "held"  # the functions of a body on the day, put on it by the query
# Functions whose holders a letter may go to without anybody having named them.
ADDRESSED = (
    Function.COMMISSIONER,
    Function.REGULATOR,
    Function.SCRUTINY,
    Function.SAFEGUARDING,
    Function.NATIONAL_VOICE,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody, or a desk, to reach at an organisation; `since` is when that began, if known."""

    role: str
    name: str
    email: str
    since: date | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """A function that an organisation holds for an area of the directory, or for one service.

    Attributes:
        function: which.
        place: the area's number, or 0.
        service: the service's number, or 0.
        people: for whom.
        desk: the number of the desk that answers for it, or 0.
    """

    function: str
    place: int
    service: int
    people: str
    desk: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the directory as it is on a day: what it does, where, and whom to reach."""

    id: int
    name: str
    name_cy: str
    nation: str
    functions: tuple[tuple[str, str], ...] = ()  # (function, area)
    desks: tuple[Desk, ...] = ()
    routes: tuple[Route, ...] = ()

    @classmethod
    def of(cls, body: Body, day: date) -> Self:
        """Return a body as it is on a day, of the functions and contacts fetched for it."""
        return cls(
            id=body.pk,
            name=body.name,
            name_cy=body.name_cy,
            nation=body.nation,
            functions=tuple((told["of"], told["area"]) for told in getattr(body, HELD)),
            desks=tuple(
                Desk(each.role, each.name, each.email, each.from_date, each.pk)
                for each in body.contacts.all()
                if is_effective(day, each.from_date, each.to_date)
            ),
            routes=tuple(
                Route(told["of"], told["place"] or 0, told["service"] or 0, told["people"], desk)
                for told in getattr(body, HELD)
                for desk in (told["contact"] or 0,)
                if told["place"] or told["service"]
            ),
        )

    def areas(self, function: str) -> tuple[str, ...]:
        """Return the areas for which it holds a function."""
        return tuple(area for held, area in self.functions if held == function)

    def is_called(self, name: str) -> bool:
        """Whether this is one of its names, however it is spaced and capitalised."""
        return same(name) in {same(self.name), same(self.name_cy or self.name)}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post at the body that leads the case."""

    role: str
    name: str
    email: str
    title: str
    language: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that the rules of a template may lead to, on one day.

    Attributes:
        lead: the body that leads the case; `sharing` those it is shared with.
        provider, service: whose service the case is about; None where it is about none.
        host: the authority that hosts the service.
        others: bodies that hold a function of `ADDRESSED`, or that the case names.
        posts: who holds which post at the body that leads.
        provider_people: addresses of everybody who was ever to be reached at the provider.
        near: the areas in which the service lies, by number: how far each is, 0 for its own.
        service_number: the service; 0 where the case is about none.
        people: for whom the service is.
    """

    lead: Organisation
    sharing: tuple[Organisation, ...] = ()
    provider: Organisation | None = None
    service: str = ""
    host: Organisation | None = None
    others: tuple[Organisation, ...] = ()
    posts: tuple[Holder, ...] = ()
    provider_people: frozenset[str] = field(default_factory=frozenset)
    near: Mapping[int, int] = field(default_factory=dict)
    service_number: int = 0
    people: str = ServedPeople.BOTH

    @property
    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, each once, those nearest to the case first."""
        near = (self.lead, *filter(None, (self.host,)), *self.sharing, *self.others)
        return tuple({each.id: each for each in reversed(near)}.values())[::-1]

    def routed(self, function: str) -> list[tuple[Organisation, Route]]:
        """Return who holds a function by the routes of the directory, the nearest first.

        What is kept of the service alone goes before what holds in its areas.
        """
        found = [
            (each, route)
            for each in self.all
            for route in each.routes
            if route.function == function and self._is_meant(route)
        ]
        own = [(each, route) for each, route in found if route.service]
        return own or sorted(found, key=lambda pair: self.near[pair[1].place])

    def _is_meant(self, route: Route) -> bool:
        both = ServedPeople.BOTH
        if both not in (route.people, self.people) and route.people != self.people:
            return False
        if route.service:
            return route.service == self.service_number
        return route.place in self.near


def directory_of(case: Case, named: Iterable[str], day: date) -> Directory:
    """Return what the directory holds for a case on a London day. Three queries.

    Args:
        case: the case, with its service and the provider fetched.
        named: names of organisations that its entries give.
        day: contacts, functions and posts count as they are on it.
    """
    service = case.service
    near = {case.body_id, *case.shared_with}
    if service is not None:
        near |= {service.provider_id, *filter(None, [service.host_authority_id])}
    around = near_by_number(day, service=service.pk if service else 0, body=case.body_id)
    bodies = _bodies(near, named, case.body.nation, day, around)
    found = {body.pk: Organisation.of(body, day) for body in bodies}
    provider = service.provider_id if service else 0
    posts = _posts({case.body_id, provider})
    return Directory(
        lead=found[case.body_id],
        sharing=tuple(found[pk] for pk in case.shared_with if pk in found),
        provider=found.get(provider),
        service=service.name if service else "",
        host=found.get(service.host_authority_id or 0) if service else None,
        others=tuple(each for pk, each in found.items() if pk != provider),
        posts=tuple(_holder(post) for post in posts if _holds(post, case.body_id, day)),
        provider_people=frozenset(_addresses(provider, bodies, posts)),
        near={int(area): steps for area, steps in vars(bodies[0])[NEAR].items()},
        service_number=service.pk if service else 0,
        people=service.people if service else ServedPeople.BOTH,
    )


def _bodies(
    near: set[int], named: Iterable[str], nation: str, day: date, around: RawSQL
) -> list[Body]:
    """Return the bodies that letters may go to, each with every contact that it ever had."""
    names = list(named)
    holding = BodyFunction.objects.on(day).filter(function__in=ADDRESSED).values("body")
    wanted = (
        Q(pk__in=near)
        | Q(name__in=names)
        | Q(name_cy__in=names)
        | Q(pk__in=holding, nation__in=[nation, "uk"])
    )
    held = BodyFunction.objects.on(day).filter(body=OuterRef("pk")).order_by("pk")
    told = JSONObject(
        of="function",
        area="area",
        place="place",
        service="service",
        people="people",
        contact="contact",
    )
    found = (
        Body.objects.filter(wanted)
        .filter(holds_on(day) | Q(pk__in=near))
        .annotate(held=ArraySubquery(held.values(told=told)), **{NEAR: around})
        .order_by("name", "pk")
        .prefetch_related(Prefetch("contacts", Contact.objects.order_by("pk")))
    )
    return list(found)


def _posts(bodies: set[int]) -> list[Post]:
    """Return every post that there ever was at these bodies, with its holder."""
    return list(Post.objects.filter(body__in=bodies).select_related("user").order_by("pk"))


def _holds(post: Post, body: int, day: date) -> bool:
    held = post.body_id == body and post.user.is_active
    return held and is_effective(day, post.from_date, post.to_date)


def _holder(post: Post) -> Holder:
    user = post.user
    return Holder(post.role, user.name, user.email, post.title, user.language, post.from_date)


def _addresses(provider: int, bodies: Iterable[Body], posts: Iterable[Post]) -> Iterator[str]:
    """Yield every address kept of a provider: of its contacts, now or once, and its people."""
    desks = (desk for body in bodies if body.pk == provider for desk in body.contacts.all())
    people = (post.user.email for post in posts if post.body_id == provider)
    for email in (*(desk.email for desk in desks), *people):
        if email:
            yield email.casefold()
