"""Reads a paper form as somebody keys it: of each choice its number; only the words are needed."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from candour.engine.words import Words
from candour.telling.questions import (
    ABOUT,
    CHANGE,
    CONTACT,
    DANGER,
    HOW,
    REPLY,
    WHAT,
    WHEN,
    WHERE,
    Question,
)
from candour.telling.whens import day_named
from candour.web.forms.controls import Typed, first
from candour.web.forms.tell import Read, read_consents, read_contact, read_place, read_question

CHOSEN: Final = (DANGER, HOW, *ABOUT, REPLY)
WORDS: Final = (WHEN, CHANGE, *CONTACT)
NO_SUCH: Final = Words("There is no choice of this number", "Nid oes dewis â’r rhif hwn")
NO_DAY: Final = Words("Write the day like 12 5 2026", "Ysgrifennwch y diwrnod fel 12 5 2026")
NO_BATCH: Final = Words("Give the pile of paper a name", "Rhowch enw i’r pentwr papur")
LONGEST_BATCH: Final = 60


@dataclass(frozen=True, slots=True)
class Keyed:
    """A paper form as it was keyed."""

    read: Read
    batch: str
    received_on: date | None


def read_keyed(typed: Typed, today: date) -> Keyed:
    """Return a paper form as it was keyed."""
    read = Read()
    for question in CHOSEN:
        _read_choice(question, typed, read)
    read_question(WHAT, typed, read)
    for question in WORDS:
        read_question(question, typed, read)
    if first(typed, WHERE.name).strip():
        read_place(typed, read)
    read_consents(typed, read)
    if any(first(read.answers, each.name) for each in CONTACT):
        read_contact(typed, read)
    batch = " ".join(first(typed, "batch").split())[:LONGEST_BATCH]
    if not batch:
        read.faults["batch"] = NO_BATCH
    written = first(typed, "received").strip()
    received = day_named(written, today) if written else today
    if received is None:
        read.faults["received"] = NO_DAY
    return Keyed(read, batch, received)


def _read_choice(question: Question, typed: Typed, read: Read) -> None:
    """Read the number of a choice, as it is printed on the paper."""
    given = first(typed, question.name).strip()
    if not given:
        return
    place = int(given) if given.isascii() and given.isdigit() and len(given) < 3 else 0
    if not 1 <= place <= len(question.options):
        read.faults[question.name] = NO_SUCH
        return
    read.answers[question.name] = (question.options[place - 1].value,)
