"""A letter that did not arrive and is sent again: no way round who may get it."""

from dataclasses import replace
from datetime import datetime

from candour.cases.actions.results import refused
from candour.engine import Refusal
from candour.letters.actions.confirming import bar_to_recipients
from candour.letters.recipients import Chosen, message_key
from candour.letters.work import NoSuchDraft, Work, taken_up
from candour.mail.models import MailMessage
from candour.mail.rerouting import same_address


def bar_to_letter_again(message: MailMessage, email: str, as_of: datetime) -> Refusal | None:
    """Return why a letter may not be sent again to this address, or None.

    Another address is one that the rule leads to by now, or one outside the rule: where the body
    wants a second person for those, it is no colleague's alone to type it. Whoever may never get
    the letter does not get it this way either.
    """
    try:
        work = taken_up(str(message.entry_id), as_of)
    except NoSuchDraft:
        return _elsewhere()
    each = next(
        (one for one in work.chosen if message_key(work.draft.pk, one) == message.key), None
    )
    if each is None:
        return _elsewhere()
    known = same_address(email, each.email) or _is_led_to(work, each, email)
    if work.house.second_person and not known:
        return _elsewhere()
    return bar_to_recipients(work, [replace(each, email=email.strip())])


def _is_led_to(work: Work, each: Chosen, email: str) -> bool:
    """Whether the rule now leads to this address, for the same desk."""
    now = (line.email for line in work.proposed if line.key == each.key)
    return any(same_address(email, known) for known in now)


def _elsewhere() -> Refusal:
    return refused(
        "The rule does not lead to that address. Correct it in the directory, or write the letter "
        "anew and add them to its recipients, so that a second person can say yes.",
        "Nid yw’r rheol yn arwain at y cyfeiriad hwnnw. Cywirwch ef yn y cyfeirlyfr, neu "
        "ysgrifennwch y llythyr o’r newydd a’u hychwanegu at y derbynwyr, fel y gall ail berson "
        "gytuno.",
    )
