"""Facts of what a meeting decided: each decision made in it that an audience may hear of."""

from collections.abc import Iterator

from candour.documents.facts.seen import NO_FREE_TEXT, Sight
from candour.documents.facts.values import Fact, text_fact
from candour.engine.entries import Entry
from candour.engine.meeting_rules import Part
from candour.engine.meetings import Meeting, meetings, said_in
from candour.engine.templates import Audience
from candour.engine.words import Language

DECIDED = "decision_made"
_AGENCIES = (Audience.MEMBERS, Audience.PARTNERS)


def decision_facts(sight: Sight, language: Language, about: Entry | None) -> Iterator[Fact]:
    """Yield the decisions of the meeting that `about` records, in the order they were made.

    The agencies hear of all that they may see. Others hear only of what was decided with the
    provider there, so of a meeting whose parts nobody recorded they hear of none.
    """
    meeting = meeting_about(sight, about)
    if meeting is None or sight.audience in NO_FREE_TEXT:
        return
    made = [
        said.entry
        for said in said_in(sight.standing, meeting)
        if said.entry.kind == DECIDED
        and sight.sees(said.entry)
        and (sight.audience in _AGENCIES or (meeting.live and said.part is Part.WITH_PROVIDER))
    ]
    options = sight.standing.procedure.options.get("decisions", ())
    labels = {option.id: option.label for option in options}
    for number, entry in enumerate(made):
        at, name = f"meeting.decisions.{number}", str(entry.data["decision"])
        title = labels[name].text(language) if name in labels else name
        yield text_fact(f"{at}.title", title, entry.id, plain=name)
        yield text_fact(f"{at}.reason", str(entry.data["reason"]), entry.id)


def meeting_about(sight: Sight, about: Entry | None) -> Meeting | None:
    """Return the meeting that an entry is the record of; None where it is of none."""
    if about is None:
        return None
    held = (one for one in meetings(sight.standing) if one.held and one.held.id == about.id)
    return next(held, None)
