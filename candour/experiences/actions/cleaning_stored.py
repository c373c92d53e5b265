"""Cleaning what was stored before words were cleaned on their way in.

The same rules, marks and signs as on the way in; the words as given are sealed first, in the same
transaction. How far it is stands only in the rows, so it may be stopped or killed at any moment,
done twice, or by two at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from candour.database.row_security import acting_for
from candour.experiences.marking import Span, given_place
from candour.experiences.models import Experience, ExperienceMark, ExperienceSign, FoundBy
from candour.experiences.taking_in import TakenIn, take_in
from candour.experiences.watching import look_by
from candour.sealing.keeping import keep, of_experience, seal_many
from candour.sealing.models import Purpose

AT_ONCE: Final = 500
WRITE = """
UPDATE experience e SET answer = clean.answer
FROM unnest(%s::bigint[], %s::text[]) AS clean (id, answer) WHERE e.id = clean.id
"""
DONE = "UPDATE experience SET cleaned = true WHERE id = ANY (%s)"


@dataclass(frozen=True, slots=True)
class Step:
    """What a batch came to.

    Attributes:
        done: how many experiences were gone through.
        changed: in how many words were taken out.
        signs: how many came on the list of safeguarding signs.
        left: those, by number, that hold what should go and from which somebody had taken words
            out by hand while there was no key: taking out more would lose it.
    """

    done: int
    changed: int = 0
    signs: int = 0
    left: tuple[int, ...] = ()


def waiting_to_be_cleaned() -> dict[int, int]:
    """Return how many experiences were stored and not cleaned, by body; all bodies. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body_id, experiences FROM experiences_to_clean()")
        return dict(cursor.fetchall())


def clean_stored(body_id: int, as_of: datetime) -> Iterator[Step]:
    """Clean what a body had stored, some at a time, each batch committed; yield what each came to.

    Args:
        body_id: the body.
        as_of: the present instant: signs come on the list as of now.

    Raises:
        KeyNotHere: there is something to seal and no key. That batch is left as it was.
    """
    while (step := _some(body_id, as_of)).done:
        yield step


def _some(body_id: int, as_of: datetime) -> Step:
    with acting_for([body_id]):
        locked = Experience.objects.select_for_update(of=("self",), skip_locked=True)
        rows = list(locked.filter(body_id=body_id, cleaned=False).order_by("pk")[:AT_ONCE])
        if not rows:
            return Step(0)
        marks = _marks(rows)
        by_rules = {
            n for n, held in marks.items() if any(m.found_by == FoundBy.RULES for m in held)
        }
        taken = {
            row: take_in(row.answer, language=row.language)
            for row in rows
            if row.pk not in by_rules
        }
        changed = {row: each for row, each in taken.items() if each.given is not None}
        left = tuple(row.pk for row in changed if not all(m.kept for m in marks[row.pk]))
        changed = {row: each for row, each in changed.items() if row.pk not in left}
        _take_out(changed, marks, as_of)
        signs = _put_on_the_list(taken, as_of)
        with connection.cursor() as cursor:
            cursor.execute(DONE, [[row.pk for row in rows]])
        return Step(len(rows), len(changed), signs, left)


def _marks(rows: Iterable[Experience]) -> dict[int, list[ExperienceMark]]:
    held: dict[int, list[ExperienceMark]] = {row.pk: [] for row in rows}
    for mark in ExperienceMark.objects.filter(experience__in=held).order_by("begin"):
        held[mark.experience_id].append(mark)
    return held


def _take_out(
    changed: Mapping[Experience, TakenIn],
    marks: Mapping[int, Sequence[ExperienceMark]],
    as_of: datetime,
) -> None:
    """Seal the words, keep the marks, and only then write the clean words over the others."""
    if not changed:
        return
    body_id = next(iter(changed)).body_id
    given = (
        (of_experience(row.pk), row.answer.encode()) for row in changed if not marks[row.pk]
    )  # of the others the words as given are sealed already
    keep(seal_many(body_id, Purpose.WORDS, given, as_of=as_of))
    ExperienceMark.objects.bulk_create(
        ExperienceMark(
            body_id=row.body_id,
            experience=row,
            sort=span.sort,
            begin=span.begin,
            end=span.end,
            kept=True,
        )
        for row, taken in changed.items()
        for span in _in_given(row, taken, marks[row.pk])
    )
    with connection.cursor() as cursor:
        answers = [taken.answer for taken in changed.values()]
        cursor.execute(WRITE, [[row.pk for row in changed], answers])


def _in_given(row: Experience, taken: TakenIn, marks: Sequence[ExperienceMark]) -> Iterator[Span]:
    """Yield what was found by its places in the words as given, whatever was out of them before."""
    for span in taken.marks:
        begin = given_place(marks, row.language, span.begin)
        yield Span(span.sort, begin, begin + span.end - span.begin)


def _put_on_the_list(taken: Mapping[Experience, TakenIn], as_of: datetime) -> int:
    """Put what is in use and holds signs on the list, where it is not yet; return how many."""
    signed = {row: each for row, each in taken.items() if each.signs and row.out_since is None}
    there = set(
        ExperienceSign.objects.filter(experience__in=signed).values_list("experience_id", flat=True)
    )
    added = {row: each for row, each in signed.items() if row.pk not in there}
    if not added:
        return 0
    soon = look_by(next(iter(added)).body, as_of)
    ExperienceSign.objects.bulk_create(
        ExperienceSign(
            body_id=row.body_id,
            experience=row,
            sorts=each.sorts,
            found=each.found,
            past=each.past,
            raised_at=as_of,
            look_by=soon,
        )
        for row, each in added.items()
    )
    return len(added)
