"""What a form of the directory is about, what it offers, and what is kept of what was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from candour.bodies.keeping import (
    Keeper,
    Row,
    add,
    begin,
    change,
    end,
    hand_on,
    put_right,
    take_back,
)
from candour.bodies.keeping_refused import KeepingError
from candour.bodies.models import (
    Area,
    AreaWithin,
    Body,
    BodyFunction,
    Closure,
    Contact,
    Function,
    Group,
    GroupMember,
    Service,
    ServiceArea,
    Succession,
)
from candour.engine.words import Words
from candour.web.forms.controls import Choice
from candour.web.forms.keeping import AFTER, EFFECT, ENDS, FROM, REASON, SLIP, TO, Offered
from candour.web.presenters.who_is_who import area_address, body_address, desk_words
from candour.web.spoken import spoken

LONGEST_SLUG = 80
ROWS: Mapping[str, type[Any]] = {
    "contact": Contact,
    "function": BodyFunction,
    "succession": Succession,
    "closure": Closure,
    "member": GroupMember,
    "lies": ServiceArea,
    "within": AreaWithin,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is kept for: a body, a service, an area, or nothing that there was before."""

    sort: str
    kept: Body | Service | Area | None
    address: str

    # Which sorts of row are kept for what.
    FOR: ClassVar = {
        ("contact", "body"),
        ("function", "body"),
        ("function", "service"),
        ("function", "area"),
        ("succession", "body"),
        ("closure", "body"),
        ("member", "body"),
        ("member", "service"),
        ("lies", "service"),
        ("within", "area"),
    }

    @classmethod
    def of(cls, kept: Body | Service | Area) -> Self:
        """Return a body, service or area as the subject of a form."""
        if isinstance(kept, Body):
            return cls("body", kept, body_address(kept))
        if isinstance(kept, Service):
            return cls("service", kept, reverse("directory-service", args=[kept.pk]))
        return cls("area", kept, area_address(kept))

    @classmethod
    def of_row(cls, row: Row) -> Self:
        """Return what a row is kept for."""
        if isinstance(row, Succession):
            return cls.of(row.predecessor)
        if isinstance(row, ServiceArea):
            return cls.of(row.service)
        if isinstance(row, AreaWithin):
            return cls.of(row.area)
        if isinstance(row, GroupMember) and row.service is not None:
            return cls.of(row.service)
        if row.body is None:  # a constraint of the table: a member is a body or a service
            raise LookupError
        return cls.of(row.body)

    def name_in(self, language: str) -> str:
        """Return the name of what it is about, or nothing."""
        return self.kept.name_in(language) if self.kept is not None else ""


def offered_for(subject: Subject, without: Row | None = None) -> Offered:
    """Return what a form offers to choose from. Three queries at most.

    Bodies that only provide services are left out: nothing is handed on to them, and there are
    tens of thousands.
    """
    if not subject.sort:
        return Offered()
    body = subject.kept.pk if isinstance(subject.kept, Body) else 0
    leading = BodyFunction.objects.exclude(function=Function.PROVIDER).values("body")
    bodies = Body.objects.filter(pk__in=leading).exclude(pk=body) | Body.objects.filter(
        functions__isnull=True, services__isnull=True
    ).exclude(pk=body)
    desks = Contact.objects.filter(body=body, to_date__isnull=True).order_by("role", "pk")
    hidden = without.pk if isinstance(without, Contact) else 0
    return Offered(
        bodies=tuple(Choice(str(each.pk), each.name_in(spoken())) for each in bodies.distinct()),
        areas=tuple(
            Choice(str(each.pk), f"{each.name_in(spoken())} ({each.code})")
            for each in Area.objects.all()
        ),
        desks=tuple(Choice(str(each.pk), desk_words(each)) for each in desks.exclude(pk=hidden)),
    )


def values_of(row: Row) -> dict[str, Any]:
    """Return the values of a row by the names of a form; its days are not among them."""
    if isinstance(row, Contact):
        plain = ("role", "name", "name_cy", "phone", "email", "hours")
        values = {name: getattr(row, name) for name in plain}
        return {**values, "taken_over_by": row.taken_over_by_id}
    if isinstance(row, BodyFunction):
        return {"people": row.people, "contact": row.contact_id}
    return {}


def save_new(sort: str, subject: Subject, values: Mapping[str, Any], by: Keeper) -> str:
    """Keep a new row and return the address to go on at.

    Raises:
        KeepingError: it contradicts what is kept.
        IntegrityError: its code or short name is taken.
    """
    reason = values.get(REASON, "")
    if sort == "area":
        area = Area(code=values["code"], **_named(values))
        begin(area, by, reason=reason)
        return area_address(area)
    if sort == "body":
        body = Body(slug=slugify(values["name"])[:LONGEST_SLUG], **_named(values))
        begin(body, by, reason=reason)
        return body_address(body)
    row = _row(sort, subject, values)
    if isinstance(row, Succession):
        hand_on(row, by, reason=reason)
    else:
        add(row, by, reason=reason)
    return subject.address


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = ("name", "name_cy", "kind", "nation", FROM)
    return {name: values[name] for name in plain}


def _row(sort: str, subject: Subject, values: Mapping[str, Any]) -> Row:
    since: dict[str, Any] = {"from_date": values.get(FROM)}
    about: dict[str, Any] = {subject.sort: subject.kept}
    makes: dict[str, Callable[[], Row]] = {
        "contact": lambda: Contact(**about, **since, **_desk(values)),
        "function": lambda: _function(subject, values),
        "succession": lambda: _succession(subject, values),
        "closure": lambda: Closure(
            **about,
            **since,
            to_date=values[TO],
            reason=values["name"],
            reason_cy=values["name_cy"],
        ),
        "member": lambda: GroupMember(**about, **since, group=_group(values, since)),
        "lies": lambda: ServiceArea(**about, **since, area_id=int(values["area"])),
        "within": lambda: AreaWithin(**about, **since, wider_id=int(values["area"])),
    }
    return makes[sort]()


def _desk(values: Mapping[str, Any]) -> dict[str, Any]:
    plain = ("role", "name", "name_cy", "phone", "email", "hours")
    over = values.get("taken_over_by")
    return {**{name: values[name] for name in plain}, "taken_over_by_id": _number(over)}


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _function(subject: Subject, values: Mapping[str, Any]) -> BodyFunction:
    kept = subject.kept
    place = kept if isinstance(kept, Area) else None
    if values.get("place"):
        place = Area.objects.get(pk=int(values["place"]))
    return BodyFunction(
        body_id=kept.pk if isinstance(kept, Body) else int(values["body"]),
        function=values["function"],
        place=place,
        area=place.name if place else "",
        service=kept if isinstance(kept, Service) else None,
        people=values["people"],
        contact_id=_number(values.get("contact")),
        from_date=values[FROM],
        to_date=values[TO],
    )


def _succession(subject: Subject, values: Mapping[str, Any]) -> Succession:
    own, other = subject.kept.pk if subject.kept else 0, int(values["other"])
    before, after = (own, other) if values["way"] == AFTER else (other, own)
    return Succession(
        predecessor_id=before, successor_id=after, function=values["function"], on=values["on"]
    )


def _group(values: Mapping[str, Any], since: Mapping[str, Any]) -> Group:
    found = Group.objects.filter(name__iexact=values["name"]).first()
    return found or Group.objects.create(name=values["name"], kind=values["kind"], **since)


def save_row(row: Row, values: Mapping[str, Any], by: Keeper) -> None:
    """Change a row from a day on, put it right, end it or take it back, as the form says.

    Raises:
        KeepingError: the day is missing, or it contradicts what is kept.
    """
    reason = values.get(REASON, "")
    if isinstance(row, Succession | Closure):
        take_back(row, by, reason=reason)
        return
    effect = values.get(EFFECT, ENDS)
    new = _desk(values) if isinstance(row, Contact) else _held(row, values)
    if effect == SLIP:
        put_right(row, by, values=new, reason=reason)
        return
    day: date | None = values[FROM]
    if day is None:
        raise KeepingError(Words(_("On which day: fill this in")), FROM)
    if effect == ENDS:
        end(row, by, last_day=day, reason=reason)
    else:
        change(row, by, from_day=day, values=new, reason=reason)


def _held(row: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(row, BodyFunction):
        return {}
    return {"people": values["people"], "contact_id": _number(values.get("contact"))}
