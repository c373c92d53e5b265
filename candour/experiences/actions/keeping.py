"""Keeps what was found in the words of one experience: its marks, its signs, its words sealed."""

from datetime import datetime

from candour.experiences.models import Experience, ExperienceMark, ExperienceSign, RaisedBy
from candour.experiences.taking_in import TakenIn
from candour.experiences.watching import look_by
from candour.sealing.errors import KeyNotHere
from candour.sealing.keeping import keep, of_experience, seal
from candour.sealing.models import Purpose


def keep_found(
    experience: Experience, taken: TakenIn, *, as_of: datetime, in_danger: bool = False
) -> None:
    """Keep what was found in the words of an experience that was just stored.

    Needs a transaction that acts for its body. Without a key the experience stays as it is, and
    what was taken out of it cannot be put back.

    Args:
        experience: stored with `TakenIn.answer` for its answer.
        taken: what `candour.experiences.taking_in.take_in` made of the words.
        as_of: the present instant.
        in_danger: whoever told us says that somebody is in danger now.
    """
    if taken.given is not None:
        _mark(experience, taken, kept=sealed(experience, taken.given, as_of))
    if taken.signs or in_danger:
        ExperienceSign.objects.create(
            body=experience.body,
            experience=experience,
            sorts=["danger", *taken.sorts] if in_danger else taken.sorts,
            found=taken.found,
            past=taken.past and not in_danger,
            raised_by=RaisedBy.TELLER if in_danger else RaisedBy.RULES,
            raised_at=as_of,
            look_by=look_by(experience.body, as_of),
        )


def sealed(experience: Experience, given: str, as_of: datetime) -> bool:
    """Seal the words of an experience as they were given; return whether there was a key."""
    context = of_experience(experience.pk)
    try:
        closed = seal(
            experience.body_id, Purpose.WORDS, given.encode(), context=context, as_of=as_of
        )
    except KeyNotHere:
        return False
    keep([closed])
    return True


def _mark(experience: Experience, taken: TakenIn, *, kept: bool) -> None:
    ExperienceMark.objects.bulk_create(
        ExperienceMark(
            body=experience.body,
            experience=experience,
            sort=mark.sort,
            begin=mark.begin,
            end=mark.end,
            kept=kept,
        )
        for mark in taken.marks
    )
