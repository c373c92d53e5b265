"""Addresses of the rooms of a meeting: where it is prepared, run and finished."""

from candour.web.presenters.addresses import of_case

AT = "at"  # the row of the room that is written in next
_ANY_MEETING = "00000000-0000-0000-0000-000000000000"


def preparing_page(ref: str, name: str) -> str:
    """Return the address where a meeting of this name is prepared."""
    return of_case("meeting-prepare", ref, name)


def running_page(ref: str, meeting: str) -> str:
    """Return the address of the room of a meeting that is being held."""
    return of_case("meeting-run", ref, _ANY_MEETING).replace(_ANY_MEETING, meeting)


def finishing_page(ref: str, meeting: str) -> str:
    """Return the address where a meeting is finished and what follows it is sent."""
    return of_case("meeting-finish", ref, _ANY_MEETING).replace(_ANY_MEETING, meeting)


def minutes_page(ref: str, meeting: str) -> str:
    """Return the address of the minutes of a meeting."""
    return of_case("case-minutes", ref, _ANY_MEETING).replace(_ANY_MEETING, meeting)
