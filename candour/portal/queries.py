"""How invitations stand: read from their links, visits and ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from candour.mail.one_time import LONGEST, hash_of
from candour.portal.models import Invitation, InvitationLink, Revocation, Visit

LINK_FOR = "SELECT link_id, body_id FROM portal_link_for(%s)"
VISIT_FOR = "SELECT visit_id, body_id FROM portal_visit_for(%s, %s)"


class State(StrEnum):
    """How an invitation stands at a moment."""

    SENT = "sent"  # its newest link waits to be opened
    OPEN = "open"  # it was opened
    LAPSED = "lapsed"  # its newest link was not opened in time; a new one can be sent
    OVER = "over"  # its time is up
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it stands: its links in order, visits, and who revoked it if anybody."""

    invitation: Invitation
    links: tuple[InvitationLink, ...]
    visits: tuple[Visit, ...]
    left: frozenset[int]
    revoked: Revocation | None

    @property
    def newest(self) -> InvitationLink | None:
        """The newest link, the only one that may open."""
        return self.links[-1] if self.links else None

    @property
    def first_opened(self) -> datetime | None:
        """When it was first opened, if ever."""
        return min((visit.opened_at for visit in self.visits), default=None)

    def stands(self, moment: datetime) -> bool:
        """Say whether anything of it may open at a moment."""
        return self.revoked is None and moment < self.invitation.until

    def opens(self, link_id: int, moment: datetime) -> bool:
        """Say whether a link opens at a moment: the newest, unused, in its time."""
        link = self.newest
        if link is None or link.pk != link_id or not self.stands(moment):
            return False
        used = any(visit.link_id == link_id for visit in self.visits)
        return not used and moment < link.expires_at

    def state(self, moment: datetime) -> State:
        """Return how it stands at a moment."""
        if self.revoked is not None:
            return State.REVOKED
        if moment >= self.invitation.until:
            return State.OVER
        if self.visits:
            return State.OPEN
        newest = self.newest
        return State.SENT if newest and moment < newest.expires_at else State.LAPSED


def invitations_of(case_id: int) -> list[Invited]:
    """Return the invitations of a case, newest first. Three queries, one where there are none."""
    found = Invitation.objects.filter(case_id=case_id).select_related("made_by", "revocation__by")
    return _invited(found.order_by("-made_at", "-pk"))


def invitation_of(case_id: int, number: UUID) -> Invited | None:
    """Return one invitation of a case, or None. Three queries."""
    found = Invitation.objects.filter(case_id=case_id, pk=number)
    return next(
        iter(
            _invited(
                found.select_related("made_by", "revocation__by", "case__body", "case__service")
            )
        ),
        None,
    )


def _invited(asked: Iterable[Invitation]) -> list[Invited]:
    invitations = list(asked)
    if not invitations:
        return []
    ids = [each.pk for each in invitations]
    links = list(InvitationLink.objects.filter(invitation__in=ids).order_by("pk"))
    found = Visit.objects.filter(link__invitation__in=ids).select_related("leaving")
    visits = list(found.order_by("pk"))
    left = frozenset(visit.pk for visit in visits if hasattr(visit, "leaving"))
    of_link = {link.pk: link.invitation_id for link in links}
    return [
        Invited(
            invitation=each,
            links=tuple(link for link in links if link.invitation_id == each.pk),
            visits=tuple(visit for visit in visits if of_link[visit.link_id] == each.pk),
            left=left,
            revoked=getattr(each, "revocation", None),
        )
        for each in invitations
    ]


@dataclass(frozen=True, slots=True)
class Held:
    """What a secret leads to: the row whose secret it is, and the body that leads its case."""

    number: int
    body_id: int


def held_link(token: str) -> Held | None:
    """Return the link that a token leads to, or None; needs no body, one query."""
    return _held(LINK_FOR, token)


def held_visit(secret: str, invitation: UUID) -> Held | None:
    """Return the visit to an invitation that a browser's secret leads to, or None; one query."""
    return _held(VISIT_FOR, secret, invitation)


def _held(question: str, secret: str, *more: UUID) -> Held | None:
    if not secret.isascii() or not 0 < len(secret) <= LONGEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(question, [hash_of(secret), *more])
        row = cursor.fetchone()
    return None if row is None else Held(*row)


def by_link(link_id: int) -> Invited | None:
    """Return the invitation of a link, within a transaction for the body that leads its case."""
    link = InvitationLink.objects.filter(pk=link_id).first()
    return None if link is None else invitation_of(link.case_id, link.invitation_id)


def by_visit(visit_id: int, moment: datetime) -> Invited | None:
    """Return the invitation that a visit is to, while the visit lasts; None afterwards.

    It lasts until its time, until it is left, and until a newer link of the invitation is opened.
    """
    visit = Visit.objects.select_related("link").filter(pk=visit_id).first()
    if visit is None or moment >= visit.ends_at:
        return None
    found = invitation_of(visit.case_id, visit.link.invitation_id)
    if found is None or not found.stands(moment) or visit.pk in found.left:
        return None
    return found if found.visits[-1].pk == visit.pk else None
