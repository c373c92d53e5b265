"""Filing: a message that came in finds its case, the message of ours that it returns, or the tray.

Each message is filed once, in one transaction: what is kept of it, its files, and the entry in the
case. It answers no duty, and nothing is ever sent in reply, so no two systems can write to each
other for ever.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.mail.failures import tell_the_case
from candour.mail.models import MailMessage, MailReceived, Place, Sort, State, Unfiled
from candour.mail.reading.bounces import LONGEST, Report, reported_ids, reports_in
from candour.mail.reading.entering import enter_in_case
from candour.mail.reading.incoming import Incoming
from candour.mail.reading.keeping import keep_message, without_words
from candour.mail.reading.letters import keep_letter
from candour.mail.reading.plain import in_line
from candour.mail.reading.whose import Ours, case_called, keeper, named, ours
from candour.people.actor import Actor

log = logging.getLogger(__name__)

MOST_A_DAY = 50  # messages about one case that are filed by themselves; the rest wait in the tray
DAY = timedelta(days=1)
RETURNABLE = (State.SENT, State.SENDING, State.WAITING)


class Filed(StrEnum):
    """What became of a message."""

    IN_CASE = "in_case"
    TO_VOICE = "to_voice"  # to what a member of the public told
    RETURNED = "returned"
    IN_TRAY = "in_tray"
    ASIDE = "aside"
    KNOWN = "known"  # it was filed before
    NOBODYS = "nobodys"  # no body looks after what belongs nowhere


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a message belongs: at a body, in a case, about a message of ours; or why in no case."""

    body_id: int
    case_id: int | None = None
    about: Ours | None = None
    unfiled: Unfiled = Unfiled.FILED


def file_message(incoming: Incoming, as_of: datetime) -> Filed:
    """Put a message where it belongs. Safe to do twice: the second finds it filed.

    Raises:
        KeyNotHere: it has to be sealed, and there is no key here. Nothing was kept of it.
    """
    names, made_up = named(incoming)
    numbers = [name.message for name in names if name.message is not None]
    answered = ours(message_ids=incoming.answers)
    if incoming.returned:
        came_back = ours(numbers=numbers) or ours(message_ids=reported_ids(incoming))
        if came_back:
            return _file_returned(incoming, came_back, as_of)
    elif letter := _letter(answered, numbers):
        return _file_letter(incoming, letter, as_of)
    place = _place([name.ref for name in names if name.ref], answered, made_up=made_up)
    if place is None:
        return Filed.NOBODYS
    return _file(incoming, place, as_of)


def _place(refs: list[str], answered: list[Ours], *, made_up: bool) -> _Place | None:
    for ref in refs:
        found = case_called(ref)
        if found is not None:
            case_id, leading = found
            about = next((our for our in answered if our.case_id == case_id), None)
            return _Place(about.body_id if about else leading, case_id, about)
    about = answered[0] if answered else None
    body_id = about.body_id if about else keeper()
    if body_id is None:
        log.error("A message belongs to no body here. Set CANDOUR_MAIL_KEEPER.")
        return None
    why = Unfiled.NO_CASE if refs else Unfiled.FORGED if made_up else Unfiled.UNSIGNED
    return _Place(body_id, about=about, unfiled=why)


def _letter(answered: list[Ours], numbers: list[int]) -> Ours | None:
    """Return the sealed message that is answered, by what it answers or where it was sent."""
    found = (our for our in answered or ours(numbers=numbers) if our.sealed)
    return next(found, None)


def _file_letter(incoming: Incoming, about: Ours, as_of: datetime) -> Filed:
    with acting_for([about.body_id]):
        kept = keep_letter(incoming, about, as_of)
        if kept is None:
            return Filed.KNOWN
        system = Actor.system(Body.objects.get(pk=about.body_id))
        if about.case_id is not None and enter_in_case(kept, about.case_id, system, as_of):
            return Filed.IN_CASE
    return {Place.FILED: Filed.TO_VOICE, Place.ASIDE: Filed.ASIDE}.get(
        Place(kept.place), Filed.IN_TRAY
    )


def _file(incoming: Incoming, place: _Place, as_of: datetime) -> Filed:
    with acting_for([place.body_id]):
        kept = keep_message(
            incoming,
            place.body_id,
            sort=Sort.AUTOMATIC if incoming.automatic else Sort.REPLY,
            about=place.about.number if place.about else None,
            as_of=as_of,
        )
        if kept is None:
            return Filed.KNOWN
        if place.case_id is not None and _too_many(place.case_id, as_of):
            place = replace(place, case_id=None, unfiled=Unfiled.TOO_MANY)
        if place.case_id is not None:
            system = Actor.system(Body.objects.get(pk=place.body_id))
            if enter_in_case(kept, place.case_id, system, as_of):
                return Filed.IN_CASE
            place = replace(place, unfiled=Unfiled.NOT_TAKEN)
        kept.unfiled = place.unfiled
        kept.save(update_fields=["unfiled"])
        return Filed.IN_TRAY


def _too_many(case_id: int, as_of: datetime) -> bool:
    lately = MailReceived.objects.filter(case_id=case_id, came_at__gt=as_of - DAY)
    return lately.count() >= MOST_A_DAY


def _file_returned(incoming: Incoming, came_back: list[Ours], as_of: datetime) -> Filed:
    """Keep a returned message, and let what it is about be known as not delivered."""
    outcome = Filed.KNOWN
    for our in came_back:
        with acting_for([our.body_id]):
            came = incoming if our.to_email else without_words(incoming)
            kept = keep_message(
                came, our.body_id, sort=Sort.RETURNED, about=our.number, as_of=as_of
            )
            if kept is None:
                continue
            kept.place, kept.filed_at = Place.ASIDE, as_of
            kept.save(update_fields=["place", "filed_at"])
            report = _about(our, reports_in(incoming))
            marked = report is not None and _mark_returned(our, report, as_of)
        outcome = Filed.RETURNED if marked else Filed.ASIDE
        if marked:
            tell_the_case(our.number, our.body_id, as_of)
    return outcome


def returned(number: int, recipient: str, said: str, as_of: datetime) -> bool:
    """Let a message be known as not delivered, by what its provider said; whether it now is."""
    report = Report(failed=True, recipient=recipient.lower(), said=in_line(said, LONGEST))
    for our in ours(numbers=[number]):
        with acting_for([our.body_id]):
            about = _about(our, (report,))
            marked = about is not None and _mark_returned(our, about, as_of)
        if marked:
            tell_the_case(our.number, our.body_id, as_of)
            return True
    return False


def _about(our: Ours, reports: tuple[Report, ...]) -> Report | None:
    """Return the report that the message failed, for the one it went to.

    Whom a sealed message went to is not known here; it went to one alone, and what is said of it
    would repeat the address.
    """
    to = our.to_email.lower()
    if not to:
        return next((replace(r, recipient="", said="") for r in reports if r.failed), None)
    return next((r for r in reports if r.failed and r.recipient in ("", to)), None)


def _mark_returned(our: Ours, report: Report, as_of: datetime) -> bool:
    found = MailMessage.objects.filter(pk=our.number, state__in=RETURNABLE)
    return bool(
        found.update(
            state=State.BOUNCED,
            said=report.said,
            settled_at=as_of,
            next_at=as_of if our.entry_id else None,
        )
    )
