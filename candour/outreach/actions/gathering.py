"""What was gathered at an engagement: one by one, or by the pile of paper or the file it came in.

A pile or a file that was named goes on counting: the database adds whatever is keyed or imported
under it from then on, until somebody stops it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from candour.bodies.models import Body
from candour.database.taking_turns import take_turns
from candour.experiences.models import Experience, Import
from candour.outreach.actions.typed import OutreachRefusedError, number_typed, words_typed
from candour.outreach.both_languages import both
from candour.outreach.models import CameBy, Engagement, Gathered, Source
from candour.people.actor import Actor
from candour.telling.models import Told


def add_source(
    engagement: Engagement, came_by: CameBy, name: str, *, actor: Actor, as_of: datetime
) -> int:
    """Let a pile of paper, or a file, count for an engagement; return how many are new.

    What came under this name already is added, and what comes later adds itself. What was gathered
    elsewhere stays there.

    Raises:
        OutreachRefusedError: it has no name, or counts for another engagement; or no file of this
            name came in.
    """
    wanted = _named(actor.body, came_by, name)
    with transaction.atomic():
        # Whoever keys or imports at this moment is waited for, so that nothing falls between: the
        # database takes its share of the turn for them (migration 0002).
        take_turns("outreach", actor.body_id)
        other = Source.objects.filter(
            body=actor.body, came_by=came_by, name__iexact=wanted, ended_at__isnull=True
        ).first()
        if other is not None and other.engagement_id != engagement.pk:
            raise OutreachRefusedError(
                "batch" if came_by is CameBy.PAPER else "file",
                both("It counts for another engagement already: %(name)s. Stop it there first.")
                % {"name": other.engagement},
            )
        numbers = _came(actor.body, came_by, wanted)
        if other is None:
            Source.objects.create(
                body=actor.body,
                engagement=engagement,
                came_by=came_by,
                name=wanted,
                since=as_of,
                by=actor.user,
            )
        return _gather(engagement, numbers, actor, as_of)


def end_source(engagement: Engagement, number: str, *, actor: Actor, as_of: datetime) -> bool:
    """Let what comes later under a name count no more; False where it did not any more.

    What was gathered stays gathered.
    """
    pk = number_typed(number)
    if pk is None:
        return False
    held = Source.objects.filter(engagement=engagement, pk=pk, ended_at__isnull=True)
    return bool(held.update(ended_at=as_of, ended_by=actor.user))


def gather_one(engagement: Engagement, number: str, *, actor: Actor, as_of: datetime) -> None:
    """Say that one experience was gathered at an engagement.

    Raises:
        OutreachRefusedError: the body holds no such experience, or it was gathered elsewhere.
    """
    pk = number_typed(number)
    held = Experience.objects.in_use().filter(body=actor.body)
    if pk is None or not held.filter(pk=pk).exists():
        raise OutreachRefusedError(
            "number",
            both("You hold no experience of this number. It stands at the head of its page."),
        )
    if not _gather(engagement, [pk], actor, as_of):
        raise OutreachRefusedError(
            "number", both("It was gathered already. Take it off that engagement first.")
        )


def let_go(engagement: Engagement, number: str) -> bool:
    """Take an experience off an engagement; False where it was not on it."""
    pk = number_typed(number)
    if pk is None:
        return False
    return bool(Gathered.objects.filter(engagement=engagement, experience=pk).delete()[0])


def _named(body: Body, came_by: CameBy, name: str) -> str:
    """Return the name of a pile or of a file that came in, or refuse it."""
    if came_by is CameBy.PAPER:
        missing = both("Write the batch, as it is written when the forms are keyed.")
        return words_typed("batch", name, missing)
    if not Import.objects.filter(body=body, file_name=name).exists():
        raise OutreachRefusedError("file", both("Choose a file that was imported."))
    return name


def _came(body: Body, came_by: CameBy, name: str) -> list[int]:
    """Return the experiences in use that came under a name."""
    held = Experience.objects.in_use().filter(body=body)
    if came_by is CameBy.FILE:
        return list(held.filter(batch__file_name=name).values_list("pk", flat=True))
    # Looked for among the forms: asked of the experiences, the database would read them all.
    told = Told.objects.filter(body=body, batch__iexact=name, experience__out_since__isnull=True)
    return list(told.values_list("experience_id", flat=True))


def _gather(engagement: Engagement, numbers: Iterable[int], actor: Actor, as_of: datetime) -> int:
    with transaction.atomic():
        Engagement.objects.select_for_update().get(pk=engagement.pk)
        before = Gathered.objects.filter(engagement=engagement).count()
        Gathered.objects.bulk_create(
            (
                Gathered(
                    body=actor.body,
                    engagement=engagement,
                    experience_id=number,
                    by=actor.user,
                    at=as_of,
                )
                for number in numbers
            ),
            ignore_conflicts=True,
        )
        return Gathered.objects.filter(engagement=engagement).count() - before
