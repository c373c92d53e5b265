"""Custodians: the posts of a body that may open what it has sealed, as its head decides.

Nobody is one until the head of the body says so. All of it needs a transaction that acts for the
body.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from candour.bodies.effective import holds_on
from candour.database.taking_turns import take_turns
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.leavers import HEADS
from candour.people.models import Post
from candour.sealing.errors import NoReason
from candour.sealing.models import CustodyChange

CUSTODY: Final = "custody"  # is changed by one at a time
MOST_ROLES: Final = 3  # each more is more people who can look
CHAIR: Final = "chair"  # of a board where nobody else heads the body; of meetings elsewhere


class TooManyCustodians(ValueError):
    """A body has as many posts as custodians as it may; one must end before another begins."""


class NotHead(Exception):
    """Only the head of a body says who opens what it has sealed."""


@dataclass(frozen=True, slots=True)
class Custodian:
    """A post that may open, since when, by whose word and why, and who holds it today."""

    role: str
    since: datetime
    named_by: str
    reason: str
    holders: tuple[str, ...]


def custodian_roles(body_id: int) -> set[str]:
    """Return the roles that may open what a body has sealed. One query."""
    newest = CustodyChange.objects.filter(body_id=body_id).order_by("role", "-pk")
    rows = newest.distinct("role").values_list("role", "named")
    return {role for role, named in rows if named}


def is_custodian(actor: Actor) -> bool:
    """Return whether somebody, in the post they act in, may open what its body has sealed."""
    return actor.user is not None and actor.role in custodian_roles(actor.body_id)


def custodians(body_id: int, day: date) -> list[Custodian]:
    """Return who may open what a body has sealed on a day, in the order they were named."""
    newest = CustodyChange.objects.filter(body_id=body_id).order_by("role", "-pk")
    named = [c for c in newest.distinct("role").select_related("by") if c.named]
    held = Post.objects.filter(holds_on(day), body_id=body_id, user__is_active=True)
    holders: dict[str, list[str]] = {}
    for post in held.filter(role__in=[c.role for c in named]).select_related("user"):
        holders.setdefault(post.role, []).append(post.user.name)
    return [
        Custodian(c.role, c.at, c.by.name, c.reason, tuple(sorted(holders.get(c.role, ()))))
        for c in sorted(named, key=lambda change: change.pk)
    ]


def changes(body_id: int) -> list[CustodyChange]:
    """Return everything that was ever said about who may open, newest first, with who said it."""
    found = CustodyChange.objects.filter(body_id=body_id).select_related("by")
    return list(found.order_by("-pk"))


def name_custodian(role: str, *, actor: Actor, reason: str, as_of: datetime) -> None:
    """Let the holders of a post open what the actor's body has sealed, from now on.

    Raises:
        NotHead: the actor does not head the body.
        NoReason: nothing is said about why.
        TooManyCustodians: `MOST_ROLES` posts may already.
    """
    with transaction.atomic():
        take_turns(CUSTODY, actor.body_id)
        there = custodian_roles(actor.body_id)
        if role in there:
            return
        if len(there) >= MOST_ROLES:
            raise TooManyCustodians(
                f"{MOST_ROLES} posts may open what is sealed already, and no more than that "
                "should. End one before you name another."
            )
        _change(role, named=True, actor=actor, reason=reason, as_of=as_of)


def end_custodian(role: str, *, actor: Actor, reason: str, as_of: datetime) -> None:
    """Let the holders of a post open nothing any more.

    Raises:
        NotHead: the actor does not head the body.
        NoReason: nothing is said about why.
    """
    with transaction.atomic():
        take_turns(CUSTODY, actor.body_id)
        if role in custodian_roles(actor.body_id):
            _change(role, named=False, actor=actor, reason=reason, as_of=as_of)


def is_head(roles: Iterable[str], body_id: int, day: date) -> bool:
    """Return whether somebody who holds these roles at a body heads it on a day.

    Whoever chairs it counts only where nobody holds another of the posts that head a body.
    """
    held, others = set(roles), [role for role in HEADS if role != CHAIR]
    if held.intersection(others):
        return True
    heading = Post.objects.filter(holds_on(day), body_id=body_id, role__in=others)
    return CHAIR in held and not heading.filter(user__is_active=True).exists()


def _change(role: str, *, named: bool, actor: Actor, reason: str, as_of: datetime) -> None:
    day = local(as_of).date()
    if actor.user is None or not is_head([actor.role], actor.body_id, day):
        raise NotHead("Only the head of a body says who opens what it has sealed.")
    if not reason.strip():
        raise NoReason("Say why, in a few words: the reason is kept with the change.")
    CustodyChange.objects.create(
        body=actor.body, role=role, named=named, at=as_of, by=actor.user, reason=reason.strip()
    )
