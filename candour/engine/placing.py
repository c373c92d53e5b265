"""May a person be placed here today? From the restrictions in force, with the reasons.

A restriction keeps a placement out unless it is known not to be about it. Where too little is known
of the placement, or a scope is in words alone, the answer is to ask first: silence is never a yes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from candour.engine.fields import Option
from candour.engine.procedure import Procedure
from candour.engine.restrictions import IMPOSED, KINDS, Restriction, after
from candour.engine.standing import Standing
from candour.engine.words import same

CONDITIONAL: Final = "conditional"  # new people may come, on the conditions that it sets
_WHOLE: Final = ("whole_service", "voluntary", "regulator", CONDITIONAL)


class PlacingAnswer(StrEnum):
    """What can be said, from the mildest to the strictest."""

    YES = "yes"  # nothing on record stands against it
    ON_CONDITIONS = "on_conditions"  # only on the conditions of a restriction
    ASK = "ask"  # it hangs on what is not known: ask whoever leads the case
    NO = "no"


@dataclass(frozen=True, slots=True)
class Placement:
    """Somebody who is to be placed: ids of options as in the procedure; empty where not known."""

    care_type: str = ""
    unit: str = ""
    funder: str = ""
    complexity: str = ""


@dataclass(frozen=True, slots=True)
class PlacingReason:
    """What one restriction says to a placement. `unknown` are the sides it hangs on."""

    restriction: Restriction
    answer: PlacingAnswer
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placing:
    """Whether a person may be placed, and what each restriction that matters says to it."""

    answer: PlacingAnswer
    reasons: tuple[PlacingReason, ...] = ()


SIDES: Final = {"care_type": "care_types", "complexity": "complexities", "funder": "funders"}


def choices_of(procedure: Procedure) -> dict[str, tuple[Option, ...]]:
    """Return what can be said of a placement under a procedure, for each side that has choices."""
    fields = {known.name: known.options for known in procedure.kind(IMPOSED).fields}
    return {side: fields.get(name, ()) for side, name in SIDES.items()}


def may_place(standings: Iterable[Standing], placement: Placement, moment: datetime) -> Placing:
    """Return whether `placement` may be made at `moment` in the service the cases are about."""
    held = (each for standing in standings for each in in_force(standing, moment))
    return answer_of(held, placement)


def in_force(standing: Standing, moment: datetime) -> tuple[Restriction, ...]:
    """Return the restrictions that were in force in a case at `moment`, as they stood then."""
    held: list[Restriction] = []
    for entry in standing.chronicle:
        if entry.kind in KINDS and entry.happened_at <= moment:
            held = after(held, entry)
    return tuple(held)


def answer_of(held: Iterable[Restriction], placement: Placement) -> Placing:
    """Return whether `placement` may be made under the restrictions `held`: the strictest says."""
    reasons = tuple(reason for each in held for reason in _said(each, placement))
    order = list(PlacingAnswer)
    strictest = max((order.index(reason.answer) for reason in reasons), default=0)
    return Placing(order[strictest], reasons)


def _said(held: Restriction, placement: Placement) -> Iterator[PlacingReason]:
    """Yield what one restriction says; nothing where it is not about the placement."""
    sides = {
        "care_type": (held.care_types, placement.care_type),
        "complexity": (held.complexities, placement.complexity),
        "unit": (tuple(map(same, held.units)), same(placement.unit)),
        "funder": (held.funders, placement.funder),
    }
    named = {side: (kept, own) for side, (kept, own) in sides.items() if kept}
    if any(own and own not in kept for kept, own in named.values()):
        return
    unknown = tuple(side for side, (_, own) in named.items() if not own)
    in_words_alone = not named and held.restriction not in _WHOLE
    if unknown or in_words_alone:
        yield PlacingReason(held, PlacingAnswer.ASK, unknown)
    elif held.restriction == CONDITIONAL:
        yield PlacingReason(held, PlacingAnswer.ON_CONDITIONS)
    else:
        yield PlacingReason(held, PlacingAnswer.NO)
