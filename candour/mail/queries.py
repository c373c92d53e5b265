"""Reading the outbox and the tray, for the bodies acted for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, QuerySet

from candour.mail.models import MailMessage, MailReceived, MailReceivedPart, Place, State

PAGE = 50


class Which(StrEnum):
    """The parts of an outbox."""

    FAILED = "failed"
    WAITING = "waiting"
    SENT = "sent"


STATES: Mapping[Which, tuple[State, ...]] = {
    Which.FAILED: (State.FAILED, State.BOUNCED),
    Which.WAITING: (State.WAITING, State.SENDING),
    Which.SENT: (State.SENT,),
}


@dataclass(frozen=True, slots=True)
class Outbox:
    """A page of an outbox: messages newest first, how many there are of each sort, what follows."""

    messages: tuple[MailMessage, ...]
    numbers: Mapping[Which, int]
    unfiled: int
    before: int | None


def outbox_page(bodies: Collection[int], which: Which, before: int | None = None) -> Outbox:
    """Return a page of what these bodies send. Three queries.

    What failed and was sent again stands among the sent ones of its sort, not among the failed.
    """
    own = MailMessage.objects.filter(body_id__in=bodies)
    rows = own.filter(again=None).values_list("state").annotate(Count("id"))
    by_state = {state: int(number) for state, number in rows}
    found = own.filter(state__in=STATES[which], again=None).order_by("-id").select_related("case")
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found.defer("text", "html", "calendar")[: PAGE + 1])
    return Outbox(
        messages=tuple(page[:PAGE]),
        numbers={w: sum(by_state.get(s, 0) for s in states) for w, states in STATES.items()},
        unfiled=unfiled(bodies).count(),
        before=page[PAGE - 1].pk if len(page) > PAGE else None,
    )


def unfiled(bodies: Collection[int]) -> QuerySet[MailReceived]:
    """Return what waits to be filed by hand, newest first."""
    return MailReceived.objects.filter(body_id__in=bodies, place=Place.UNFILED).order_by("-id")


def failed(bodies: Collection[int]) -> QuerySet[MailMessage]:
    """Return what these bodies sent that came to nothing and was not sent again, newest first."""
    found = MailMessage.objects.filter(state__in=STATES[Which.FAILED], again=None)
    return found.filter(body_id__in=bodies).order_by("-id")


def failed_number(bodies: Collection[int]) -> int:
    """Return how many messages of these bodies came to nothing and were not sent again."""
    return failed(bodies).count()


def messages_of(entry_id: UUID | str) -> list[MailMessage]:
    """Return the messages that carry out an entry, those sent again included, oldest first."""
    return list(MailMessage.objects.filter(entry_id=entry_id).order_by("id"))


def calendar_files(case_id: int) -> list[MailReceivedPart]:
    """Return the calendar files that came in about a case, with the messages that brought them."""
    parts = MailReceivedPart.objects.filter(
        message__case_id=case_id, type="text/calendar", refused=""
    )
    return list(parts.select_related("message", "content").order_by("id"))
