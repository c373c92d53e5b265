"""What is found in a text, and what stands there instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Sort(StrEnum):
    """What sort of thing would tell who somebody is."""

    NAME = "name"
    NHS_NUMBER = "nhs_number"
    NI_NUMBER = "ni_number"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"


_ENGLISH: Final[Mapping[Sort, str]] = MappingProxyType(
    {
        Sort.NAME: "[name]",
        Sort.NHS_NUMBER: "[NHS number]",
        Sort.NI_NUMBER: "[NI number]",
        Sort.POSTCODE: "[postcode]",
        Sort.PHONE: "[phone number]",
        Sort.EMAIL: "[email address]",
        Sort.BIRTH_DATE: "[date of birth]",
    }
)
_WELSH: Final[Mapping[Sort, str]] = MappingProxyType(
    {
        Sort.NAME: "[enw]",
        Sort.NHS_NUMBER: "[rhif GIG]",
        Sort.NI_NUMBER: "[rhif YG]",
        Sort.POSTCODE: "[cod post]",
        Sort.PHONE: "[rhif ffôn]",
        Sort.EMAIL: "[cyfeiriad e-bost]",
        Sort.BIRTH_DATE: "[dyddiad geni]",
    }
)


def standing_in(sort: Sort, language: str) -> str:
    """Return what stands where something of this sort was taken out: in Welsh for "cy"."""
    return (_WELSH if language == "cy" else _ENGLISH)[sort]


@dataclass(frozen=True, slots=True)
class Found:
    """Something found in a text as given: from ``begin`` up to and without ``end``."""

    begin: int
    end: int
    sort: Sort


@dataclass(frozen=True, slots=True)
class Mark:
    """Where words were taken out.

    Attributes:
        sort: what sort of words.
        begin, end: where what stands instead begins and ends in the clean text, in letters.
        words: the words that were taken out, exactly.
    """

    sort: Sort
    begin: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that may travel, and the marks in it in order; they never overlap."""

    text: str
    marks: tuple[Mark, ...] = ()

    def as_given(self) -> str:
        """Return the text as it was before it was cleaned."""
        parts, place = [], 0
        for mark in self.marks:
            parts += [self.text[place : mark.begin], mark.words]
            place = mark.end
        return "".join([*parts, self.text[place:]])
