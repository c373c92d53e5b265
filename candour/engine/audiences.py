"""Audiences: who may see an entry. What is said in the members’ part is kept from the provider."""

from candour.engine.corrections import CORRECTION
from candour.engine.entries import Draft, Entry
from candour.engine.meeting_rules import Part
from candour.engine.meetings import NOTED, meeting_of, part_at
from candour.engine.standing import Standing
from candour.engine.vocabulary.delivering import AGAIN, FAILED, RECEIVED
from candour.engine.vocabulary.filing import FILED
from candour.engine.vocabulary.ratings import OPENED as RATINGS_OPENED
from candour.engine.vocabulary.ratings import RATED, SEALED

EVERYBODY = "case"  # all who take part in the case, the provider when it is shown something
MEMBERS = "members"  # the agencies alone; never the provider

# That a meeting was held, and in which parts, is no secret of its first part.
_OF_THE_WHOLE = ("meeting_held", "meeting_part_begun", "attendance_taken")
# These stand or fall with what they are about: a rating with the call that it answers, a failed
# delivery and a reply with what was sent, a document with what it supports.
_AS_WHAT_THEY_ARE_ABOUT = (
    *(CORRECTION, SEALED, RATINGS_OPENED, RATED),
    *(FAILED, AGAIN, RECEIVED, FILED),
)


def kept_from_provider(entry: Draft | Entry) -> bool:
    """Return whether an entry is for the agencies alone (CV-50)."""
    return entry.audience == MEMBERS


def audience_of(standing: Standing, draft: Draft) -> str:
    """Return the audience that a draft carries: its own, or what follows from where it was made.

    What is recorded in the part of a meeting that the provider is not in, the members’ copy of its
    minutes, a correction of either, ratings called for there and what is made of a line noted there
    are for members. Nobody is asked twice.
    """
    if draft.audience != EVERYBODY:
        return draft.audience
    if draft.kind in _AS_WHAT_THEY_ARE_ABOUT:
        held = (standing.entry(ref) for ref in draft.refers_to)
        audiences = (entry.audience for entry in held if entry is not None)
        narrower = next((kept for kept in audiences if kept != EVERYBODY), EVERYBODY)
        if narrower != EVERYBODY or draft.kind == CORRECTION:
            return narrower
    if draft.data.get("copy") == MEMBERS or _made_of_what_members_noted(standing, draft):
        return MEMBERS
    meeting = meeting_of(standing, draft)
    if meeting is None or draft.kind in _OF_THE_WHOLE:
        return EVERYBODY
    within = part_at(standing, meeting, draft.happened_at)
    return MEMBERS if within is Part.MEMBERS else EVERYBODY


def _made_of_what_members_noted(standing: Standing, draft: Draft) -> bool:
    """Whether a draft comes of a line noted in the members’ part, whenever it is written out."""
    lines = (entry for entry in standing.by_kind.get(NOTED, ()) if entry.id in draft.refers_to)
    return any(kept_from_provider(line) for line in lines)
