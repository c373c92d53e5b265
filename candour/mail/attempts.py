"""Attempts: how far a message has come, as the database holds it before, during and after a try.

What is true after a `kill -9` at any moment follows from what was committed before it:

* no attempt is open: the message was not being sent;
* an attempt is open, with no `handed_over_at`: the server cannot have taken the message, since the
  line that ends it is sent only after that is committed. It is sent again, and nothing is doubled;
* an attempt is open and handed over: the server may or may not have taken it. Nobody can know. It
  is sent again, since a letter that is lost is worse than one that comes twice, and carries the
  same Message-ID, by which receiving systems drop the twin.
"""

from datetime import datetime, timedelta

from candour.database.row_security import acting_for
from candour.mail.models import MailAttempt, MailMessage, Outcome, State
from candour.mail.patience import next_try
from candour.mail.verdicts import Verdict

LONGEST_TRY = timedelta(minutes=10)  # after which the sweep looks again at what is being sent


class Superseded(Exception):
    """Another worker has taken this message over; nothing more may be sent by this one."""


def begin(number: int, body_id: int, as_of: datetime) -> tuple[MailMessage, MailAttempt] | None:
    """Write down that a message is being sent, and commit it; None where it is not to be sent now.

    The caller is the only one at it: see `candour.mail.delivery.alone`.
    """
    with acting_for([body_id]):
        found = MailMessage.objects.select_for_update(of=("self",)).filter(pk=number)
        message = found.select_related("body").first()
        if message is None or not _to_be_sent(message, as_of):
            return None
        if message.state == State.SENDING:
            _close_cut_short(message, as_of)
        message.state = State.SENDING
        message.tries += 1
        message.first_tried_at = message.first_tried_at or as_of
        message.next_at = as_of + LONGEST_TRY
        message.save(update_fields=["state", "tries", "first_tried_at", "next_at"])
        attempt = MailAttempt.objects.create(
            body_id=body_id, message=message, number=message.tries, began_at=as_of
        )
        return message, attempt


def _to_be_sent(message: MailMessage, as_of: datetime) -> bool:
    if message.state == State.SENDING:
        return True
    due = message.next_at is not None and message.next_at <= as_of
    return message.state == State.WAITING and due


def _close_cut_short(message: MailMessage, as_of: datetime) -> None:
    for attempt in MailAttempt.objects.filter(message=message, ended_at=None):
        handed_over = attempt.handed_over_at is not None
        attempt.outcome = Outcome.UNKNOWN if handed_over else Outcome.CUT_SHORT
        attempt.ended_at = as_of
        attempt.save(update_fields=["outcome", "ended_at"])


def hand_over(attempt: MailAttempt, as_of: datetime) -> None:
    """Commit that the message is about to be handed over.

    Raises:
        Superseded: another worker has closed this attempt, and may be sending by now.
    """
    with acting_for([attempt.body_id]):
        still_ours = MailAttempt.objects.filter(pk=attempt.pk, ended_at=None)
        if not still_ours.update(handed_over_at=as_of):
            raise Superseded(str(attempt))


def settle(attempt: MailAttempt, verdict: Verdict, as_of: datetime) -> State | None:
    """Write down what came of a try; return how the message stands, or None if it is another's."""
    with acting_for([attempt.body_id]):
        message = MailMessage.objects.select_for_update(of=("self",)).get(pk=attempt.message_id)
        still_ours = MailAttempt.objects.filter(pk=attempt.pk, ended_at=None)
        ended = still_ours.update(
            ended_at=as_of, outcome=verdict.outcome, code=verdict.code, said=verdict.said
        )
        if not ended:
            return None
        _carry(message, verdict, as_of)
        message.said = verdict.said
        message.save(update_fields=["state", "next_at", "settled_at", "said"])
        return State(message.state)


def _carry(message: MailMessage, verdict: Verdict, as_of: datetime) -> None:
    """Bring a message to the state that a verdict leaves it in."""
    began = message.first_tried_at or as_of
    again = next_try(began, message.tries, as_of)
    if verdict.outcome == Outcome.SENT:
        message.state, message.next_at, message.settled_at = State.SENT, None, as_of
    elif verdict.outcome == Outcome.DEFERRED and again is not None:
        message.state, message.next_at = State.WAITING, again
    else:
        message.state, message.settled_at = State.FAILED, as_of
        # The case is told next; were this worker to die before, the sweep would see to it.
        message.next_at = as_of if message.entry_id else None
