"""The outbox and the tray in words: how each message stands, what was said, what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine.vocabulary.delivering import AGAIN
from candour.mail.failures import failure_entry, why
from candour.mail.models import MailMessage, MailReceived, Outcome, Sort, State, Unfiled
from candour.mail.one_time import PLACE
from candour.mail.queries import Outbox, Which
from candour.mail.reading.sniffing import NotKept
from candour.web import dates
from candour.web.presenters.addresses import REFERS, case_page, recording_page
from candour.web.presenters.worklist import Tab

_SECRET = re.compile(r"(/sign/)[A-Za-z0-9_-]{20,}")  # of links from before they were left open
LOOKS = {Which.FAILED: "late", Which.WAITING: "week", Which.SENT: "later"}
STATE_LOOKS = {
    State.WAITING: "today",
    State.SENDING: "week",
    State.SENT: "met",
    State.FAILED: "late",
    State.BOUNCED: "late",
}


@dataclass(frozen=True, slots=True)
class MailLine:
    """One message as a line of the outbox."""

    to: str
    subject: str
    address: str
    ref: str
    case_address: str
    when: str
    look: str
    state: str
    said: str
    what_to_do: str


def mail_line(message: MailMessage) -> MailLine:
    """Return a message as a line."""
    ref = message.case.ref if message.case else ""
    return MailLine(
        to=_("Sealed: a member of the public") if message.sealed else message.to,
        subject=_("Sealed message") if message.sealed else message.subject,
        address=reverse("mail-message", args=[message.pk]),
        ref=ref,
        case_address=case_page(ref) if ref else "",
        when=dates.moment(message.settled_at or message.queued_at),
        look=STATE_LOOKS[State(message.state)],
        state=state_words(message),
        said=message.said,
        what_to_do=what_to_do(message),
    )


def without_links(text: str) -> str:
    """Return what a message says without the secret of a link by which somebody signs.

    Whoever reads the outbox could otherwise sign in the name of the one it was sent to.
    """
    return _SECRET.sub(r"\1…", text.replace(PLACE, "…"))


def state_words(message: MailMessage) -> str:
    """Return how a message stands."""
    return {
        State.WAITING: _("Tried, waiting") if message.tries else _("Waiting"),
        State.SENDING: _("Being sent"),
        State.SENT: _("Sent"),
        State.FAILED: _("Not delivered"),
        State.BOUNCED: _("Came back"),
    }[State(message.state)]


def what_to_do(message: MailMessage) -> str:
    """Return what a person does about a message, or that there is nothing to do."""
    match message.state:
        case State.WAITING if message.tries and message.next_at:
            return _("Nothing to do: it is tried again on %(when)s.") % {
                "when": dates.moment(message.next_at)
            }
        case State.WAITING | State.SENDING:
            return _("Nothing to do: it leaves by itself.")
        case State.SENT:
            return ""
    return _("Check the address and send it again, or tell them by post or by phone.")


def why_words(message: MailMessage) -> str:
    """Return in a sentence why a message came to nothing."""
    return {
        "refused": _("The receiving server refused it for good."),
        "not_reached": _("It could not be handed over in a day of trying."),
        "returned": _("It was taken and then came back."),
    }[why(message)]


def tabs(found: Outbox, which: Which) -> Iterator[Tab]:
    """Yield the parts of the outbox with their numbers."""
    words = {Which.FAILED: _("not delivered"), Which.WAITING: _("waiting"), Which.SENT: _("sent")}
    for each in Which:
        yield Tab(
            words=words[each],
            number=str(found.numbers[each]),
            address=f"{reverse('mail')}?which={each}",
            current=each is which,
            kind=LOOKS[each],
        )


@dataclass(frozen=True, slots=True)
class TryLine:
    """One try at sending a message."""

    number: int
    when: str
    outcome: str
    said: str


def try_lines(message: MailMessage) -> list[TryLine]:
    """Return every try at sending a message, oldest first."""
    words = {
        Outcome.UNDER_WAY: _("Under way"),
        Outcome.SENT: _("Taken by the server"),
        Outcome.DEFERRED: _("Not taken now"),
        Outcome.REFUSED: _("Refused for good"),
        Outcome.CUT_SHORT: _("Cut short here before it was handed over"),
        Outcome.UNKNOWN: _("Cut short here while it was handed over; it may have arrived"),
    }
    return [
        TryLine(each.number, dates.moment(each.began_at), words[Outcome(each.outcome)], each.said)
        for each in message.attempts.order_by("number")
    ]


def told_otherwise(message: MailMessage) -> str:
    """Return where it is recorded that somebody was told otherwise; empty where it is not."""
    if message.case is None or message.case_told_at is None:
        return ""
    return recording_page(message.case.ref, AGAIN, extra={REFERS: failure_entry(message)})


def unfiled_words(message: MailReceived) -> str:
    """Return why a message waits to be filed."""
    return {
        Unfiled.FILED: "",
        Unfiled.UNSIGNED: _("It does not say which case it is about."),
        Unfiled.FORGED: _("Its address was not made by this site. Be careful with it."),
        Unfiled.NO_CASE: _("The case that it names is not here."),
        Unfiled.TOO_MANY: _("Very many messages came in about its case in a day."),
        Unfiled.NOT_TAKEN: _("The case that it names could not take it."),
        Unfiled.TAKEN_BACK: _("What it is about was taken back, or is not here."),
    }[Unfiled(message.unfiled)]


def sender_words(message: MailReceived) -> str:
    """Return who sent a message: as it says, or as far as staff may know."""
    if not message.sealed:
        return message.sender or _("Nobody is named")
    if message.voice is None:
        return _("Sealed: a member of the public")
    return _("The person who told experience %(number)s") % {"number": message.voice}


def sort_words(message: MailReceived) -> str:
    """Return what sort of message came in."""
    return {
        Sort.REPLY: _("From a person"),
        Sort.AUTOMATIC: _("An automatic answer"),
        Sort.RETURNED: _("A message that came back"),
    }[Sort(message.sort)]


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that came with a message: where it is opened, or why it was not kept."""

    name: str
    size: str
    address: str
    refused: str


def file_lines(message: MailReceived) -> list[FileLine]:
    """Return the files that came with a message."""
    return [
        FileLine(
            _("File %(number)s") % {"number": part.name} if message.sealed else part.name,
            filesizeformat(part.size),
            "" if part.refused else reverse("mail-file", args=[part.pk]),
            not_kept_words(part.refused),
        )
        for part in message.parts.order_by("place")
    ]


def not_kept_words(why: str) -> str:
    """Return in a sentence why a file was not kept; nothing where it was."""
    return {
        "": "",
        NotKept.TOO_LARGE: _("It is larger than 10 MB."),
        NotKept.TOO_MANY: _("It came with more than 20 files."),
        NotKept.TOO_MUCH: _("With the files before it, it comes to more than 25 MB."),
        NotKept.CLOSED: _("It is packed in a way that cannot be opened."),
        NotKept.SWELLS: _("Unpacked it would be too large."),
        NotKept.MACROS: _("It is a document with macros, which can do harm."),
        NotKept.FOLDER: _("It is a packed folder. Ask for the files by themselves."),
        NotKept.WEB_PAGE: _("It is a web page, which can do harm when it is opened."),
        NotKept.UNNAMED: _("Its name does not say what sort of file it is."),
        NotKept.OTHER: _("It is of a sort that is not kept."),
        NotKept.SEALED: _("It is sealed with the message."),
    }[why]


def came_at(when: datetime) -> str:
    """Return when something came, in words."""
    return dates.moment(when)
