"""The outbox of the whole site, for whoever runs it: numbers, what failed, and trying again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.mail.actions import CAME_TO_NOTHING, NotSentAgain, send_again
from candour.mail.models import MailMessage, State
from candour.mail.outgoing import MailRefused
from candour.people.actor import Actor
from candour.sealing.errors import SealingTrouble

MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A message that came to nothing: its number, to whom, and what was said."""

    number: int
    state: str
    to: str
    said: str


@dataclass(frozen=True, slots=True)
class Overview:
    """How many messages there are in each state, and those that came to nothing, newest first."""

    numbers: Mapping[str, int]
    failed: tuple[FailedMessage, ...]


def overview() -> Overview:
    """Return the outbox of all bodies; what was sent again is not counted among the failed."""
    with acting_for(_every_body()):
        rows = MailMessage.objects.filter(again=None).values_list("state").annotate(Count("id"))
        numbers = {state: int(number) for state, number in rows}
        failed = MailMessage.objects.filter(state__in=CAME_TO_NOTHING, again=None)
        named = failed.order_by("-id").values_list("pk", "state", "to_email", "said")[:MOST_NAMED]
        return Overview(
            {state: numbers.get(state, 0) for state in State.values},
            tuple(
                FailedMessage(pk, state, to or "(sealed)", said) for pk, state, to, said in named
            ),
        )


def retry_message(number: int, as_of: datetime) -> str:
    """Send a message once more, by the system; return what stood in the way, or nothing."""
    with acting_for(_every_body()):
        message = MailMessage.objects.filter(pk=number).select_related("body").first()
    if message is None:
        return "there is no such message"
    try:
        with acting_for([message.body_id]):
            send_again(number, message.to_email, actor=Actor.system(message.body), as_of=as_of)
    except NotSentAgain as no:
        return str(no.refusal) if no.refusal else "it did not fail, or was sent again already"
    except (MailRefused, SealingTrouble) as no:
        return str(no)
    return ""


def _every_body() -> list[int]:
    return list(Body.objects.values_list("pk", flat=True))
