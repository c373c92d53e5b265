"""Sending a link: to the address of the invitation, and nowhere else."""

from datetime import datetime

from candour.bodies.models import Body
from candour.engine.words import Language
from candour.mail.one_time import PLACE, new_link
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Outgoing
from candour.portal.letters import Call, call_letter
from candour.portal.models import Invitation, InvitationLink
from candour.portal.queries import Invited
from candour.portal.tokens import DAY, KEY, LINK_LASTS, MOST_LINKS


def send_link(invited: Invited, *, made_by: int | None, as_of: datetime, site: str) -> bool:
    """Send a new link, unless the invitation stands no more or a day's links were sent already.

    Every earlier link opens nothing from then on; a visit goes on until the new link is opened.

    Args:
        invited: whose link.
        made_by: who sends it, or None where the one invited asks for it.
        as_of: the present instant.
        site: the address of the site, for the link.
    """
    lately = [link for link in invited.links if link.made_at > as_of - DAY]
    if not invited.stands(as_of) or len(lately) >= MOST_LINKS:
        return False
    put_link(invited.invitation, invited.invitation.case.body, made_by, as_of, site)
    return True


def put_link(
    invitation: Invitation, body: Body, made_by: int | None, as_of: datetime, site: str
) -> None:
    """Make a link and put the mail that brings it into the outbox."""
    kept = new_link()
    link = InvitationLink.objects.create(
        invitation=invitation,
        case_id=invitation.case_id,
        nonce=kept.nonce,
        token_hash=kept.token_hash,
        made_at=as_of,
        made_by_id=made_by,
        expires_at=min(as_of + LINK_LASTS, invitation.until),
    )
    language: Language = "cy" if invitation.language == "cy" else "en"
    call = Call(
        invitation.name,
        body.name_in(language),
        f"{site}/outside/{PLACE}/",
        link.expires_at,
        invitation.note,
    )
    letter = call_letter(call, language)
    enqueue(
        Outgoing(
            key=f"{KEY}{link.pk}",
            body_id=body.pk,
            case_id=invitation.case_id,
            entry_id=invitation.pk,
            to=Addressee(invitation.name, invitation.email),
            subject=letter.subject,
            text=letter.text,
            language=language,
            reply_ref=invitation.case_id,
        ),
        as_of=as_of,
    )
