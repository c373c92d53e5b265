"""One group of bodies or services, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.bodies.models import Group, GroupKind, GroupMember
from candour.web.presenters.body_page import Belongs, keep_address
from candour.web.presenters.who_is_who import body_address, span_words
from candour.web.spoken import spoken


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The page of a group."""

    name: str
    caption: str
    members: tuple[Belongs, ...]


def group_page(group: Group, members: Iterable[GroupMember]) -> GroupPage:
    """Return the page of a group with everybody who belongs or belonged to it."""
    return GroupPage(group.name_in(spoken()), kind_words(group.kind), tuple(map(_member, members)))


def kind_words(kind: str) -> str:
    """Return what holds a group together, in words."""
    if kind == GroupKind.OWNERS:
        return _("Providers under one owner")
    return _("Services that belong together")


def _member(member: GroupMember) -> Belongs:
    keep = keep_address("member", member.pk)
    span = span_words(member.from_date, member.to_date)
    if member.body is not None:
        return Belongs(member.body.name_in(spoken()), span, body_address(member.body), keep)
    service = member.service
    name = service.name_in(spoken()) if service else ""
    return Belongs(name, span, reverse("directory-service", args=[member.service_id]), keep)
