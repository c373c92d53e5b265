"""Opening a link: once, in one browser, which is known by a secret while the visit lasts."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from candour.cases.actions.drafts import named_id
from candour.cases.actions.recording import enter
from candour.engine import Draft
from candour.engine.vocabulary.outside import OPENED
from candour.mail.one_time import hash_of
from candour.people.actor import Actor
from candour.portal.models import Leaving, Visit
from candour.portal.queries import Invited
from candour.portal.tokens import VISIT_LASTS


def open_link(invited: Invited, link_id: int, *, as_of: datetime) -> str | None:
    """Begin a visit by this link, and record the first one of an invitation in its case.

    Returns:
        The secret by which the browser is known, kept here only as a hash; None where the link
        opens nothing. Of two who open one link at once, one gets in.
    """
    if not invited.opens(link_id, as_of):
        return None
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            Visit.objects.create(
                link_id=link_id,
                case_id=invited.invitation.case_id,
                secret_hash=hash_of(secret),
                opened_at=as_of,
                ends_at=min(as_of + VISIT_LASTS, invited.invitation.until),
            )
    except IntegrityError:  # somebody opened it, or revoked it, at this very moment
        return None
    if invited.first_opened is None:
        _record(invited, as_of)
    return secret


def _record(invited: Invited, as_of: datetime) -> None:
    invitation = invited.invitation
    enter(
        case_id=invitation.case_id,
        actor=Actor.system(invitation.case.body),
        draft=Draft(
            id=named_id(str(invitation.pk), OPENED),
            kind=OPENED,
            happened_at=as_of,
            author="",
            role="",
            data={"who": invitation.who},
            refers_to=(str(invitation.pk),),
        ),
        expected_seq=None,
        as_of=as_of,
    )


def leave(visit_id: int, case_id: int, *, as_of: datetime) -> None:
    """End a visit before its time; ending it twice is ending it once."""
    Leaving.objects.get_or_create(visit_id=visit_id, defaults={"case_id": case_id, "at": as_of})
