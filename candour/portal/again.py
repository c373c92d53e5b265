"""An invitation that did not arrive and is sent again: its link is for one person alone."""

from datetime import datetime

from candour.engine import Refusal
from candour.mail.models import MailMessage
from candour.mail.rerouting import same_address
from candour.portal.barring import barred


def bar_to_invitation_again(message: MailMessage, email: str, as_of: datetime) -> Refusal | None:  # noqa: ARG001  # what every such guard is asked
    """Return why a link may not be sent again to this address, or None."""
    if same_address(email, message.to_email):
        return None
    return barred(
        "The link is for that person alone and goes to no other address. Revoke the invitation and "
        "invite anew at the right one.",
        "I’r person hwnnw’n unig y mae’r ddolen ac nid yw’n mynd i unrhyw gyfeiriad arall. "
        "Dirymwch y gwahoddiad a gwahoddwch o’r newydd gyda’r un cywir.",
    )
