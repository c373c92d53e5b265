"""What the directory holds for one case: read once, then asked by `candour.letters.recipients`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.db.models import Prefetch, Q

from candour.bodies.effective import holds_on
from candour.bodies.models import Body, BodyFunction, Contact, Function
from candour.cases.models import Case
from candour.engine.words import same
from candour.people.models import Post

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


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the directory as it is on a day: what it does, where, and whom to reach."""

    id: int
    name: str
    name_cy: str
    nation: str
    functions: tuple[tuple[str, str], ...] = ()  # (function, area)
    desks: tuple[Desk, ...] = ()

    @classmethod
    def of(cls, body: Body) -> Self:
        """Return a body with the functions and contacts that were fetched for it."""
        return cls(
            id=body.pk,
            name=body.name,
            name_cy=body.name_cy,
            nation=body.nation,
            functions=tuple((held.function, held.area) for held in body.functions.all()),
            desks=tuple(
                Desk(each.role, each.name, each.email, each.from_date)
                for each in body.contacts.all()
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
    """

    lead: Organisation
    sharing: tuple[Organisation, ...] = ()
    provider: Organisation | None = None
    service: str = ""
    host: Organisation | None = None
    others: tuple[Organisation, ...] = ()
    posts: tuple[Holder, ...] = ()
    provider_people: frozenset[str] = field(default_factory=frozenset)

    @property
    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, each once, those nearest to the case first."""
        near = (self.lead, *filter(None, (self.host,)), *self.sharing, *self.others)
        return tuple({each.id: each for each in reversed(near)}.values())[::-1]


def directory_of(case: Case, named: Iterable[str], day: date) -> Directory:
    """Return what the directory holds for a case on a London day. At most five queries.

    Args:
        case: the case, with its service and the provider fetched.
        named: names of organisations that its entries give.
        day: contacts, functions and posts count as they are on it.
    """
    service = case.service
    near = {case.body_id, *case.shared_with}
    if service is not None:
        near |= {service.provider_id, *filter(None, [service.host_authority_id])}
    found = {each.id: each for each in _organisations(near, named, case.body.nation, day)}
    provider = found.get(service.provider_id) if service else None
    return Directory(
        lead=found[case.body_id],
        sharing=tuple(found[pk] for pk in case.shared_with if pk in found),
        provider=provider,
        service=service.name if service else "",
        host=found.get(service.host_authority_id or 0) if service else None,
        others=tuple(each for each in found.values() if each is not provider),
        posts=tuple(_posts(case.body, day)),
        provider_people=_addresses_of(provider.id) if provider else frozenset(),
    )


def _organisations(
    near: set[int], named: Iterable[str], nation: str, day: date
) -> list[Organisation]:
    names = list(named)
    holding = BodyFunction.objects.on(day).filter(function__in=ADDRESSED).values("body")
    wanted = (
        Q(pk__in=near)
        | Q(name__in=names)
        | Q(name_cy__in=names)
        | Q(pk__in=holding, nation__in=[nation, "uk"])
    )
    bodies = (
        Body.objects.filter(wanted)
        .filter(holds_on(day) | Q(pk__in=near))
        .order_by("name", "pk")
        .prefetch_related(
            Prefetch("functions", BodyFunction.objects.on(day).order_by("pk")),
            Prefetch("contacts", Contact.objects.on(day).order_by("pk")),
        )
    )
    return [Organisation.of(body) for body in bodies]


def _posts(body: Body, day: date) -> Iterable[Holder]:
    held = Post.objects.on(day).filter(body=body, user__is_active=True).select_related("user")
    for post in held.order_by("pk"):
        yield Holder(
            post.role,
            post.user.name,
            post.user.email,
            post.title,
            post.user.language,
            post.from_date,
        )


def _addresses_of(provider: int) -> frozenset[str]:
    """Return every address kept of a provider: of its contacts, now or once, and its people."""
    contacts = Contact.objects.filter(body=provider).values_list("email", flat=True)
    people = Post.objects.filter(body=provider).values_list("user__email", flat=True)
    return frozenset(email.casefold() for email in contacts.union(people) if email)
