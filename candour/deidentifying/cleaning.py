"""Takes out of a text whatever would tell who it is about."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from candour.deidentifying.birthdays import birth_dates
from candour.deidentifying.marks import Cleaned, Found, Mark, standing_in
from candour.deidentifying.names import known_names, names
from candour.deidentifying.numbers import nhs_numbers, ni_numbers
from candour.deidentifying.reaching import mail_addresses, phone_numbers, postcodes

_DIGIT: Final = re.compile("[0-9]")


def clean(text: str, *, language: str, known: Collection[str] = ()) -> Cleaned:
    """Return the text that may travel, and a mark at each place where words were taken out.

    Both languages are looked for in every text: people change between them in one sentence. What a
    person decides about the marks is kept elsewhere; the same text always gives the same marks.

    Args:
        text: what somebody wrote.
        language: "cy" for Welsh words in place of what was taken out; English ones otherwise.
        known: names that the person gave of themselves apart from the text: taken out wherever
            they stand.
    """
    found = list(_apart(_found(text, language, known)))
    if not found:
        return Cleaned(text)
    parts, marks, place, length = [], [], 0, 0
    for each in found:
        before, instead = text[place : each.begin], standing_in(each.sort, language)
        begin = length + len(before)
        length = begin + len(instead)
        marks.append(Mark(each.sort, begin, length, text[each.begin : each.end]))
        parts += [before, instead]
        place = each.end
    return Cleaned("".join([*parts, text[place:]]), tuple(marks))


def _found(text: str, language: str, known: Collection[str]) -> Iterator[Found]:
    """Yield all that is found, the surest sorts first; places may overlap."""
    if _DIGIT.search(text):
        yield from nhs_numbers(text)
        yield from ni_numbers(text)
        yield from phone_numbers(text)
        yield from birth_dates(text)
        yield from postcodes(text)
    yield from mail_addresses(text)
    if known:
        yield from known_names(text, known)
    yield from names(text, language)


def _apart(found: Iterable[Found]) -> list[Found]:
    """Return what was found in order, without what overlaps something surer."""
    kept: list[Found] = []  # in order, and apart
    for each in found:
        place = bisect_left(kept, each.begin, key=_begin)
        before, after = kept[place - 1 : place], kept[place : place + 1]
        if all(other.end <= each.begin for other in before) and all(
            each.end <= other.begin for other in after
        ):
            kept.insert(place, each)
    return kept


def _begin(found: Found) -> int:
    return found.begin
