"""Whom to ring when somebody is in danger, at this hour and where a body works (HD-18)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.bodies.areas import areas_of_body
from candour.bodies.danger import who_answers_in_danger
from candour.bodies.models import Body
from candour.bodies.routes import Answer
from candour.engine.london import local
from candour.engine.words import Language, Words
from candour.web import dates

OPEN: Final = Words("Answers now", "Yn ateb nawr")
OPEN_UNTIL: Final = Words("Answers now, until {until}", "Yn ateb nawr, tan {until}")
SHUT: Final = Words("Does not answer now", "Ddim yn ateb nawr")
SHUT_UNTIL: Final = Words("Answers again from {until}", "Yn ateb eto o {until}")
ALWAYS: Final = frozenset({"999", "111", "101"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number to ring.

    Attributes:
        who: who answers it.
        phone: as it is read.
        dialled: as it is dialled.
        note: whether it answers now, where that is known and not always so.
    """

    who: str
    phone: str
    dialled: str
    note: str = ""


def numbers(body: Body, language: Language, as_of: datetime) -> list[Number]:
    """Return whom to ring, in the order in which to try them; 999 is always the first."""
    areas = areas_of_body(body, local(as_of).date())
    found = who_answers_in_danger(at=as_of, area=areas)
    return [_number(answer, language) for answer in found]


def _number(answer: Answer, language: Language) -> Number:
    dialled = "".join(sign for sign in answer.phone if sign.isdigit() or sign == "+")
    return Number(answer.title.text(language), answer.phone, dialled, _note(answer, language))


def _note(answer: Answer, language: Language) -> str:
    if answer.phone in ALWAYS or answer.open_now is None:
        return ""
    if answer.until is None:
        return (OPEN if answer.open_now else SHUT).text(language)
    words = OPEN_UNTIL if answer.open_now else SHUT_UNTIL
    return words.text(language).format(until=dates.moment(answer.until))
