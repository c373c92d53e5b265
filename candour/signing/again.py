"""A call to sign that did not arrive and is sent again: a link is for its signatory alone."""

from datetime import datetime

from candour.engine import Refusal
from candour.mail.models import MailMessage
from candour.mail.rerouting import same_address
from candour.signing.actions.barring import barred


def bar_to_call_again(message: MailMessage, email: str, as_of: datetime) -> Refusal | None:  # noqa: ARG001  # what every such guard is asked
    """Return why a call to sign may not be sent again to this address, or None.

    Whoever holds the link can sign in somebody's name, so it goes nowhere but to their address.
    """
    if same_address(email, message.to_email):
        return None
    return barred(
        "The link is for that signatory alone and goes to no other address. Take the request back "
        "and ask anew with the right one.",
        "I’r llofnodwr hwnnw’n unig y mae’r ddolen ac nid yw’n mynd i unrhyw gyfeiriad arall. "
        "Tynnwch y cais yn ôl a gofynnwch o’r newydd gyda’r un cywir.",
    )
