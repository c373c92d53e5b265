"""Names of authorities in words: those that are nobody's yet, and those that people settled."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.bodies.models import Body
from candour.directory.models import Authority
from candour.directory.names_open import SERVICES, Nameless
from candour.web import dates
from candour.web.presenters.who_is_who import area_address, body_address
from candour.web.spoken import spoken


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name that is nobody's yet, with the bodies that it may be: pairs of number and name.

    `made` is what a body made of it would be called, `other` what was chosen; as typed, where that
    was refused.
    """

    number: int
    name: str
    services: str
    nearest: tuple[tuple[int, str], ...]
    area: str
    area_address: str
    made: str
    other: str
    wrong: str


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A name that somebody settled; `body` is empty where it is none."""

    number: int
    name: str
    body: str
    address: str
    services: str
    who: str


def name_line(each: Nameless, typed: Mapping[str, str], wrong: str) -> NameLine:
    """Return a name as the page shows it.

    Args:
        each: the name.
        typed: what was sent, where it was refused.
        wrong: the field that was refused, of whichever name.
    """
    number = each.authority.pk
    return NameLine(
        number=number,
        name=each.authority.name,
        services=_services(each.services),
        nearest=tuple((body.pk, body.name_in(spoken())) for body in each.nearest),
        area=each.area.name_in(spoken()) if each.area else "",
        area_address=area_address(each.area) if each.area else "",
        made=typed.get(f"name-{number}", each.authority.name),
        other=typed.get(f"other-{number}", ""),
        wrong=wrong if wrong in (f"name-{number}", f"other-{number}") else "",
    )


def settled_line(settled: Authority) -> SettledLine:
    """Return a name that somebody settled as the page shows it."""
    body: Body | None = settled.body
    when = dates.day(settled.settled_at) if settled.settled_at else ""
    return SettledLine(
        number=settled.pk,
        name=settled.name,
        body=body.name_in(spoken()) if body else _("No body’s"),
        address=body_address(body) if body else "",
        services=_services(vars(settled)[SERVICES]),
        who=", ".join(filter(None, (settled.settled_by.name if settled.settled_by else "", when))),
    )


def _services(number: int) -> str:
    words = ngettext("%(number)s service", "%(number)s services", number)
    return words % {"number": f"{number:,}"}
