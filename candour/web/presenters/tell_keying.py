"""The fields to key a paper form by, under the numbers that stand on the paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from candour.telling.consents import SHARING, TO_THE_PROVIDER
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
from candour.web.forms.controls import Typed, first
from candour.web.spoken import said

LONG = (WHAT, CHANGE)


@dataclass(frozen=True, slots=True)
class KeyingField:
    """One field: its number on the paper, and what to type.

    Attributes:
        shape: “choice” (a number), “area”, “line” or “tick”.
        choices: what each number stands for.
    """

    name: str
    number: str
    words: str
    shape: str
    value: str = ""
    choices: tuple[str, ...] = ()
    error: str = ""


def keying_fields(typed: Typed, faults: Mapping[str, str]) -> list[KeyingField]:
    """Return the fields in the order of the paper."""
    before = (DANGER, WHAT, WHERE, WHEN, HOW, CHANGE, *ABOUT)
    return [
        *(_field(each, typed, faults) for each in before),
        *(
            KeyingField(each.kind, each.number, said(each.words), "tick", "consent")
            for each in SHARING
        ),
        _field(REPLY, typed, faults),
        *(_field(each, typed, faults) for each in CONTACT),
        KeyingField(
            TO_THE_PROVIDER.kind,
            TO_THE_PROVIDER.number,
            said(TO_THE_PROVIDER.words),
            "tick",
            TO_THE_PROVIDER.kind,
        ),
    ]


def _field(question: Question, typed: Typed, faults: Mapping[str, str]) -> KeyingField:
    choices = tuple(said(each.words) for each in question.options)
    shape = "choice" if choices else "area" if question in LONG else "line"
    return KeyingField(
        question.name,
        question.number,
        said(question.words),
        shape,
        first(typed, question.name),
        choices,
        faults.get(question.name, ""),
    )
