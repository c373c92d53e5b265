"""Facts: what a letter may say, one by one, each in words of its language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from candour.documents.facts.days import day_words
from candour.engine.fields import Field, FieldType, as_values, blank
from candour.engine.words import Language, Words

YES_NO: Mapping[bool, Words] = {True: Words("Yes", "Ie"), False: Words("No", "Na")}


@dataclass(frozen=True, slots=True)
class Item:
    """One of several: what is read, and the id that conditions compare."""

    value: str
    id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a letter may say.

    Attributes:
        path: its merge field; a place in a list is a number: `each.concern_raised.0.seriousness`.
        value: in words of the letter’s language; empty when there is none.
        entry_id: the entry that it comes from; empty where it is none.
        plain: what conditions look at: an option’s id, true or false; the words for other text.
        items: the parts of a list.
        on: the day or instant, of a date or a time.
    """

    path: str
    value: str
    entry_id: str = ""
    plain: str | bool = ""
    items: tuple[Item, ...] = ()
    on: date | datetime | None = None

    def as_json(self) -> dict[str, str]:
        """Return it as plain values, to be kept with the letter."""
        return {"path": self.path, "value": self.value, "entry": self.entry_id}


@dataclass(frozen=True)
class Facts:
    """All facts that a letter may use, in one language."""

    language: Language
    facts: tuple[Fact, ...]

    @cached_property
    def by_path(self) -> Mapping[str, Fact]:
        """The facts by their paths."""
        return {fact.path: fact for fact in self.facts}


def text_fact(path: str, value: str, entry_id: str = "", plain: str = "") -> Fact:
    """Return a fact that is text."""
    return Fact(path, value, entry_id, plain or value)


def day_fact(path: str, on: date | datetime, language: Language, entry_id: str = "") -> Fact:
    """Return a fact that is a day or an instant."""
    return Fact(path, day_words(on, language), entry_id, on.isoformat(), on=on)


def list_fact(path: str, items: Iterable[Item], entry_id: str = "") -> Fact:
    """Return a fact that is a list of words."""
    held = tuple(items)
    return Fact(path, ", ".join(item.value for item in held), entry_id, items=held)


def field_fact(
    path: str,
    known: Field,
    value: Any,  # noqa: ANN401 - whatever the field's type takes
    language: Language,
    entry_id: str,
) -> Fact:
    """Return what an entry holds in a field, in words; an empty fact where it holds nothing."""
    if blank(value):
        return Fact(path, "", entry_id)
    match known.type:
        case FieldType.DATE:
            return day_fact(path, date.fromisoformat(value), language, entry_id)
        case FieldType.MOMENT:
            return day_fact(path, datetime.fromisoformat(value), language, entry_id)
        case FieldType.YES_NO:
            return Fact(path, YES_NO[bool(value)].text(language), entry_id, plain=bool(value))
        case FieldType.CHOICES | FieldType.LINES:
            each = (Item(_label(known, one, language), str(one)) for one in as_values(value))
            return list_fact(path, each, entry_id)
        case _:
            return text_fact(path, _label(known, value, language), entry_id, str(value))


def _label(known: Field, value: object, language: Language) -> str:
    """Return an option by its label, and anything else as it was written."""
    said = next((option.label for option in known.options if option.id == value), None)
    return said.text(language) if said else str(value)
