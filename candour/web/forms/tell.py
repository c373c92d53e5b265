"""Reads what somebody typed on a page of the public form, and says plainly what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from candour.engine.words import Words
from candour.telling.consents import ALL, SHARING, TO_THE_PROVIDER
from candour.telling.pages import ABOUT_BEGINS, CONTACT, REPLY
from candour.telling.pages import SHARING as SHARING_PAGE
from candour.telling.questions import (
    ABOUT,
    ASKED,
    CHANGE,
    DANGER,
    HOW,
    LONGEST,
    NO,
    WHAT,
    WHEN,
    WHERE,
    YES,
    Question,
)
from candour.telling.questions import CONTACT as CONTACT_QUESTIONS
from candour.telling.questions import REPLY as REPLY_QUESTION
from candour.web.forms.controls import Typed, first

SERVICE: Final = "service"
OWN_WORDS: Final = "own"
CONSENT: Final = "consent"
Answers = dict[str, tuple[str, ...]]

CHOOSE: Final = Words("Choose an answer", "Dewiswch ateb")
EMPTY: Final[Mapping[str, Words]] = {
    "danger": Words(
        "Choose “yes” if someone is in danger now, or “no” if not",
        "Dewiswch “oes” os oes rhywun mewn perygl nawr, neu “nac oes” os nad oes",
    ),
    "what": Words("Write what happened", "Ysgrifennwch beth ddigwyddodd"),
    "place": Words("Write where it happened", "Ysgrifennwch ble digwyddodd hyn"),
    "felt": Words("Choose how it was", "Dewiswch sut oedd hi"),
    "reply": Words(
        "Choose “yes” if you would like a reply, or “no” if not",
        "Dewiswch “hoffwn” os hoffech gael ateb, neu “na” os na hoffech",
    ),
}
UNREACHED: Final = Words(
    "Write an email, a phone number or an address, so that we can reply",
    "Ysgrifennwch e-bost, rhif ffôn neu gyfeiriad, er mwyn i ni allu ateb",
)
NO_EMAIL: Final = Words(
    "Write an email like name@example.com", "Ysgrifennwch e-bost fel enw@enghraifft.com"
)
NO_PHONE: Final = Words(
    "Write a phone number like 029 2018 0000", "Ysgrifennwch rif ffôn fel 029 2018 0000"
)


@dataclass(slots=True)
class Read:
    """What was read: the answers, and what is wrong, under the names of the fields."""

    answers: Answers = field(default_factory=dict)
    faults: dict[str, Words] = field(default_factory=dict)


def read_page(name: str, question: Question | None, typed: Typed) -> Read:
    """Return what was typed on one page of the form."""
    read = Read()
    if name == ABOUT_BEGINS:
        chosen = first(typed, ABOUT_BEGINS)
        read.answers[ABOUT_BEGINS] = (chosen if chosen in (YES, NO) else NO,)
    elif name == SHARING_PAGE:
        read_consents(typed, read)
    elif name == REPLY:
        read_question(REPLY_QUESTION, typed, read)
    elif name == CONTACT:
        read_contact(typed, read)
    elif question is WHERE:
        read_place(typed, read)
    elif question is not None:
        read_question(question, typed, read)
    return read


def read_whole(typed: Typed) -> Read:
    """Return what was typed on the form that is on one page."""
    read = Read()
    for question in (DANGER, WHAT, WHEN, HOW, CHANGE, *ABOUT, REPLY_QUESTION):
        read_question(question, typed, read)
    read_place(typed, read)
    read_consents(typed, read)
    if read.answers.get(REPLY) == (YES,):
        read_contact(typed, read)
    order = (*ASKED, "contact")
    faults = sorted(
        read.faults.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 99
    )
    read.faults = dict(faults)
    return read


def read_question(question: Question, typed: Typed, read: Read) -> None:
    """Read one answer, chosen or in words."""
    given = _tidy(first(typed, question.name))
    if question.options and question.option(given) is None:
        given = ""
    if not given and not question.optional:
        read.faults[question.name] = EMPTY.get(question.name, CHOOSE)
    elif len(given) > LONGEST.get(question.name, 10_000):
        most = f"{LONGEST[question.name]:,}"
        read.faults[question.name] = Words(
            f"Use {most} letters or fewer", f"Defnyddiwch {most} o lythrennau neu lai"
        )
    read.answers[question.name] = (given,) if given else ()


def read_place(typed: Typed, read: Read) -> None:
    """Read where it happened: words, and the service of the directory where one was chosen."""
    read_question(WHERE, typed, read)
    service = first(typed, SERVICE)
    fits = service == OWN_WORDS or (service.isascii() and service.isdigit() and len(service) < 18)
    read.answers[SERVICE] = (service,) if fits else ()


def read_consents(typed: Typed, read: Read) -> None:
    """Read what was agreed to: what is not ticked was not agreed to."""
    ticked = set(typed.get(CONSENT, ()))
    read.answers[CONSENT] = tuple(each.kind for each in SHARING if each.kind in ticked)


def read_contact(typed: Typed, read: Read) -> None:
    """Read how to reach somebody, who asked for a reply: nobody else is asked for it (HD-09)."""
    for question in CONTACT_QUESTIONS:
        read_question(question, typed, read)
    said = {each.name: first(read.answers, each.name) for each in CONTACT_QUESTIONS}
    if email := said["contact_email"]:
        try:
            validate_email(email)
        except ValidationError:
            read.faults["contact_email"] = NO_EMAIL
    if (phone := said["contact_phone"]) and sum(sign.isdigit() for sign in phone) < 6:
        read.faults["contact_phone"] = NO_PHONE
    if not any(said[name] for name in ("contact_email", "contact_phone", "contact_post")):
        read.faults["contact_email"] = UNREACHED
    ticked = TO_THE_PROVIDER.kind in typed.get(TO_THE_PROVIDER.kind, ())
    read.answers[TO_THE_PROVIDER.kind] = (TO_THE_PROVIDER.kind,) if ticked else ()


def consents_in(answers: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the kinds agreed to in answers that were read."""
    agreed = {*answers.get(CONSENT, ()), *answers.get(TO_THE_PROVIDER.kind, ())}
    return frozenset(each.kind for each in ALL if each.kind in agreed)


def _tidy(words: str) -> str:
    """Return words without the control characters that no keyboard types, and bare at both ends."""
    kept = "".join(
        sign for sign in words.replace("\r\n", "\n") if sign.isprintable() or sign == "\n"
    )
    return kept.strip()
