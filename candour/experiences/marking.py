"""Keeps what was taken out of an experience's words, and puts it back when a person says so.

Marks say where, by their places in the words as given; those words are sealed as a whole. The
answer that everybody reads is drawn from both: every mark stays out that nobody has restored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from candour.deidentifying import Cleaned, Sort, standing_in
from candour.experiences.marks import ExperienceMark, MarkState


class Placed(Protocol):
    """What is marked in the words as given."""

    sort: str
    begin: int
    end: int
    state: str


@dataclass(frozen=True, slots=True)
class Span:
    """Words to take out, by their places in the words as given."""

    sort: str
    begin: int
    end: int


def spans(cleaned: Cleaned) -> list[Span]:
    """Return the marks of a cleaned text by their places in the words as given."""
    shifts = accumulate(len(mark.words) - (mark.end - mark.begin) for mark in cleaned.marks)
    return [
        Span(mark.sort.value, mark.end + shift - len(mark.words), mark.end + shift)
        for mark, shift in zip(cleaned.marks, shifts, strict=True)
    ]


def answer_of(as_given: str, marks: Iterable[Placed], language: str) -> str:
    """Return the answer that may travel: the words as given without every mark not restored."""
    parts, place = [], 0
    for mark in sorted(marks, key=lambda each: each.begin):
        if mark.state != MarkState.RESTORED:
            instead = standing_in(Sort(mark.sort), language)
            parts += [as_given[place : mark.begin], instead]
            place = mark.end
    return "".join([*parts, as_given[place:]])


def places_in_answer(
    marks: Sequence[ExperienceMark], language: str
) -> list[tuple[ExperienceMark, int, int]]:
    """Return where each mark stands in the answer: from where and up to where.

    A mark that was restored stands where its words do.
    """
    found, shift = [], 0
    for mark in sorted(marks, key=lambda each: each.begin):
        begin, length = mark.begin + shift, mark.end - mark.begin
        if mark.state != MarkState.RESTORED:
            instead = len(standing_in(Sort(mark.sort), language))
            shift += instead - length
            length = instead
        found.append((mark, begin, begin + length))
    return found


def given_place(marks: Sequence[ExperienceMark], language: str, place: int) -> int:
    """Return where a place of the answer stands in the words as given.

    Args:
        marks: every mark of the experience.
        language: the experience's.
        place: in the answer, outside what stands for words taken out.
    """
    shift = 0
    for mark, begin, end in places_in_answer(marks, language):
        if begin < place:
            shift += (mark.end - mark.begin) - (end - begin)
    return place + shift
