"""Putting right what was recorded wrong: the row as it was is kept, with who changed it and why.

The database writes the former row down itself, so that nothing is changed without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from candour.outreach.actions.typed import OutreachRefusedError, words_typed
from candour.outreach.both_languages import both
from candour.outreach.models import Campaign, Engagement, Phase
from candour.people.actor import Actor

Correctable = TypeVar("Correctable", Campaign, Phase, Engagement)


@dataclass(frozen=True, slots=True)
class Correction:
    """Who puts something right, when and why.

    Attributes:
        why: in their words; it has to be said.
        seen: when the row they looked at had last been put right (`seen_of`).
    """

    why: str
    seen: str
    actor: Actor
    as_of: datetime


def seen_of(row: Campaign | Phase | Engagement) -> str:
    """Return what a form carries, so that nobody overwrites what somebody else put right."""
    return row.corrected_at.isoformat() if row.corrected_at else ""


def put_right(row: Correctable, values: Mapping[str, object], correction: Correction) -> None:
    """Give a row other values.

    Raises:
        OutreachRefusedError: nothing is different, it is not said why, or somebody else put it
            right meanwhile.
    """
    why = words_typed("why", correction.why, both("Write why it is put right."))
    with transaction.atomic():
        held = type(row).objects.select_for_update().get(pk=row.pk)
        if seen_of(held) != correction.seen:
            raise OutreachRefusedError(
                "why",
                both("Somebody else put it right meanwhile. Open it again and look at it first."),
            )
        if all(getattr(held, name) == value for name, value in values.items()):
            raise OutreachRefusedError(
                "why", both("Nothing is different. Change what is wrong, or go back.")
            )
        for name, value in values.items():
            setattr(held, name, value)
        held.corrected_at, held.corrected_by = correction.as_of, correction.actor.user
        held.why = why
        held.save()
