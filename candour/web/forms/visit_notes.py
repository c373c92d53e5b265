"""The form of one note on a visit: short enough for one hand, on a phone, in a corridor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from candour.engine import Draft, Standing
from candour.engine.visits import Visit
from candour.engine.vocabulary.visits import NOTED
from candour.people.models import Post
from candour.web.forms import reading
from candour.web.forms.controls import YES, Choice, Control, Typed, choices, first, label
from candour.web.forms.entry import KEY
from candour.web.spoken import said

AREA, OTHER, KNOWN, HOW, WORDS = "area", "area-other", "known_by", "impression", "observed"
NOBODY = "nobody_named"
NOTED_AT: Final = "noted-at"  # when it was written, said by a phone that sends it later
NOTED_BY: Final = "noted-by"  # whose page it was written on
ELSE: Final = "-"


@dataclass(frozen=True, slots=True)
class NoteForm:
    """The form as it is shown: its controls, and the box that says nobody is named."""

    area: Control
    other: Control
    known_by: Control
    impression: Control
    words: Control
    nobody: str
    nobody_fault: str
    nobody_ticked: bool


def shown(standing: Standing, visit: Visit, typed: Typed, faults: dict[str, str]) -> NoteForm:
    """Return the form with what was typed, right or wrong."""
    kind = standing.procedure.kinds[NOTED]
    areas = tuple(visit.plan.data["areas"]) if visit.plan else ()
    offered = (*(Choice(area, area) for area in areas), Choice(ELSE, _("Something else")))
    named = {known.name: known for known in kind.fields}

    def radios(name: str, listed: Sequence[Choice]) -> Control:
        return Control(
            name,
            "radios",
            label(named[name]),
            choices=tuple(listed),
            value=first(typed, name),
            error=faults.get(name, ""),
        )

    return NoteForm(
        area=radios(AREA, offered),
        other=Control(
            OTHER,
            "line",
            _("What, if something else"),
            value=first(typed, OTHER),
            error=faults.get(OTHER, ""),
        ),
        known_by=radios(KNOWN, choices(named[KNOWN])),
        impression=radios(HOW, choices(named[HOW])),
        words=Control(
            WORDS,
            "text",
            label(named[WORDS]),
            value=first(typed, WORDS),
            error=faults.get(WORDS, ""),
        ),
        nobody=said(named[NOBODY].label) if NOBODY in named else "",
        nobody_fault=faults.get(NOBODY, ""),
        nobody_ticked=first(typed, NOBODY) == YES,
    )


def read(
    standing: Standing, visit: Visit, post: Post, typed: Typed, now: datetime
) -> Draft | dict[str, str]:
    """Return the note that was typed, or what is wrong under each field's name."""
    kind = standing.procedure.kinds[NOTED]
    elsewhere = first(typed, AREA) == ELSE
    found = reading.read(kind.fields, {**typed, AREA: typed.get(OTHER, ())} if elsewhere else typed)
    if found.faults:
        boxes = {AREA: OTHER} if elsewhere else {}
        return {boxes.get(name, name): words for name, words in found.faults.items()}
    return Draft(
        id=first(typed, KEY),
        kind=NOTED,
        happened_at=written_at(first(typed, NOTED_AT), now),
        author="",  # the verb that records it says who it is
        role=post.role,
        data=found.data,
        refers_to=(visit.entry.id,),
    )


def written_at(said_at: str, now: datetime) -> datetime:
    """Return when a note was written: what the phone says, or now where that cannot be.

    A phone whose clock is ahead would else write down the future.
    """
    try:
        moment = datetime.fromisoformat(said_at)
    except ValueError:
        return now
    return moment if moment.tzinfo is not None and moment < now else now
