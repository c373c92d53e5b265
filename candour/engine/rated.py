"""What the ratings on record come to: who rated for which meeting, and which are stale.

A rating made under seal was made when it was sealed, and counts for the meeting that its round was
called for, whenever the round is opened.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.patterns import Pattern
from candour.engine.vocabulary.ratings import CALLED, CONFLICT, OPENED, SEALED

if TYPE_CHECKING:
    from candour.engine.standing import Standing


RATES_FOR: Final = "rates_for"  # the numbers of agencies called on that are bodies of the case


def rates_for(body: int, agency: str) -> str:
    """Return the line by which a call for ratings says which body an agency is."""
    return f"{body} {agency}"


def agency_called(data: Mapping[str, Any], bodies: Collection[int]) -> str:
    """Return the agency that one of these bodies is in a call for ratings, or nothing."""
    for line in as_values(data.get(RATES_FOR)):
        number, _, agency = str(line).partition(" ")
        if number.isdecimal() and int(number) in bodies:
            return agency
    return ""


def ratings_for(standing: "Standing", pattern: Pattern, meeting: Entry | None) -> list[Entry]:
    """Return the ratings that fit `pattern` since a meeting began, with those brought to it.

    Without a meeting they are all there are.
    """
    found = standing.matching(pattern)
    if meeting is None:
        return found
    return [
        rating
        for rating in found
        if rating.happened_at >= meeting.happened_at or _brought_to(standing, rating, meeting)
    ]


def _brought_to(standing: "Standing", rating: Entry, meeting: Entry) -> bool:
    """Whether a rating's round was called for this meeting: the first such one after the call."""
    round_ = round_of(standing, rating)
    which = meeting.data.get("meeting")
    if round_ is None or round_.data.get("meeting") != which:
        return False
    held = (e for e in standing.by_kind[meeting.kind] if e.data.get("meeting") == which)
    return next((e for e in held if e.happened_at >= round_.happened_at), None) is meeting


def round_of(standing: "Standing", rating: Entry) -> Entry | None:
    """Return the call that a sealed rating, or one opened, answers; None of one made openly."""
    entries = {e.id: e for kind in (SEALED, CALLED) for e in standing.by_kind.get(kind, ())}
    named = [entries[ref] for ref in rating.refers_to if ref in entries]
    calls = [e for e in named if e.kind == CALLED]
    if calls or not named:
        return calls[0] if calls else None
    return round_of(standing, named[0])


def round_named(standing: "Standing", refers_to: Iterable[str]) -> Entry | None:
    """Return the call for ratings among these references, or None."""
    calls = {entry.id: entry for entry in standing.by_kind.get(CALLED, ())}
    return next((calls[ref] for ref in refers_to if ref in calls), None)


def opening_of(standing: "Standing", called: Entry) -> Entry | None:
    """Return the entry that opened a round, or None while it is sealed."""
    found = standing.by_kind.get(OPENED, ())
    return next((entry for entry in found if called.id in entry.refers_to), None)


def is_open(standing: "Standing", called: Entry) -> bool:
    """Say whether a round still takes ratings: the latest call, and not opened."""
    return standing.by_kind[CALLED][-1] is called and opening_of(standing, called) is None


def sealed_in(standing: "Standing", called: Entry) -> dict[str, Entry]:
    """Return who has rated under seal in a round: each agency's latest, by its name."""
    found = standing.by_kind.get(SEALED, ())
    return latest_each([entry for entry in found if called.id in entry.refers_to], "agency")


def made_at(standing: "Standing", rating: Entry) -> tuple[datetime, datetime]:
    """Return when a rating was made and when that was written down, to compare with others."""
    sealed = {entry.id: entry for entry in standing.by_kind.get(SEALED, ())}
    made = next((sealed[ref] for ref in rating.refers_to if ref in sealed), rating)
    return made.happened_at, made.recorded_at


def stale_since(standing: "Standing", rating: Entry) -> Entry | None:
    """Return the first entry that made a rating stale, or None while it is fresh.

    What came to be known after the rating counts, by when it happened or by when it was entered:
    evidence of last month that is entered today was not weighed last week.
    """
    matrix = standing.procedure.matrix
    if matrix is None:
        return None
    happened, recorded = made_at(standing, rating)
    found = [
        entry
        for pattern in matrix.stale_after
        for entry in standing.matching(pattern)
        if (entry.happened_at, entry.recorded_at) >= (happened, recorded)
        or entry.recorded_at > recorded
    ]
    return min(found, key=lambda entry: (entry.recorded_at, entry.happened_at), default=None)


def latest_each(ratings: list[Entry], by_field: str) -> dict[str, Entry]:
    """Return each member's latest rating, by the member's name in `by_field`."""
    return {str(rating.data.get(by_field)): rating for rating in ratings}


def stands_aside(standing: "Standing", agency: str) -> bool:
    """Say whether an agency's member declared a conflict of interest and does not rate.

    What they sealed before they declared it is shown when the round is opened, and counts for
    nothing.
    """
    found = standing.by_kind.get(CONFLICT, ())
    return any(
        entry.data.get("agency") == agency and entry.data.get("may_rate") is False
        for entry in found
    )
