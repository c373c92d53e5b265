"""An invitation that did not arrive and is sent again: to the address that the log invites."""

from datetime import datetime

from candour.cases.actions.results import refused
from candour.engine import Refusal
from candour.mail.models import MailMessage
from candour.mail.rerouting import same_address


def bar_to_invitation_again(message: MailMessage, email: str, as_of: datetime) -> Refusal | None:  # noqa: ARG001  # what every such guard is asked
    """Return why an invitation may not be sent again to this address, or None.

    Which part of a meeting somebody is told of hangs on who they are, so another address is invited
    by the call and not by a message.
    """
    if same_address(email, message.to_email):
        return None
    return refused(
        "An invitation goes to the address that the call or the directory names. Correct it there, "
        "and a new invitation leaves by itself.",
        "Mae gwahoddiad yn mynd i’r cyfeiriad y mae’r alwad neu’r cyfeirlyfr yn ei enwi. Cywirwch "
        "ef yno, a bydd gwahoddiad newydd yn gadael ohono’i hun.",
    )
