"""Who is at a meeting, taken in one table: a line for each agency, kept in one entry.

Attendance is recorded whole, and two people may take it at once. So each line that somebody did not
change is left as it was last recorded, whoever recorded it since they opened the page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from candour.engine import Entry, Standing
from candour.engine.fields import as_values
from candour.engine.meeting_rules import Part
from candour.engine.meetings import ATTENDED, Meeting, attendance, part_at, rule_of
from candour.engine.procedure_words import AGENCIES
from candour.web.forms.controls import YES, Typed, first
from candour.web.forms.reading import lines
from candour.web.presenters.agendas import agency_names
from candour.web.presenters.sight import Sight

THERE, APOLOGIES, NEITHER = "there", "apologies", ""
SEEN, OTHERS = "seen", "others"


@dataclass(frozen=True, slots=True)
class Seat:
    """One agency at the table: whether it is there, took the disclaimer, and who speaks for it."""

    state: str = NEITHER
    acknowledged: bool = False
    people: str = ""


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat as it is shown, with the name of its agency; `expected` where it was invited."""

    agency: str
    name: str
    seat: Seat
    expected: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The table of who is there: its lines, anybody else, and the record that it was shown from."""

    lines: tuple[SeatLine, ...]
    others: str
    seen: str


_NOBODY: Final = Seat()
_AROUND: Final = ": "


def table(standing: Standing, meeting: Meeting, sight: Sight, typed: Typed | None = None) -> Table:
    """Return the table as attendance was last taken; before that, with whom the call invites.

    `typed` is what was sent and not recorded: it is shown again as it is.
    """
    taken = attendance(standing, meeting)
    seats, others = _seats(standing, taken)
    names = _named(standing, meeting)
    invited = _invited(standing, meeting)
    return Table(
        lines=tuple(
            SeatLine(
                agency,
                name,
                _typed_seat(agency, typed)
                if typed is not None
                else seats.get(agency) or Seat(people=names.get(agency, "")),
                agency in invited or agency in seats,
            )
            for agency, name in _at_table(standing, meeting, sight)
        ),
        others="\n".join(others) if typed is None else first(typed, OTHERS),
        seen=(taken.id if taken else "") if typed is None else first(typed, SEEN),
    )


def taken_from(standing: Standing, meeting: Meeting, sight: Sight, typed: Typed) -> dict[str, Any]:
    """Return what attendance comes to: what was changed in the table, over what holds now."""
    seen = standing.entry(first(typed, SEEN))
    before, others_before = _seats(standing, seen if seen and seen.kind == ATTENDED else None)
    seats, others = _seats(standing, attendance(standing, meeting))
    for agency, _name in _at_table(standing, meeting, sight):
        now = _typed_seat(agency, typed)
        if now != before.get(agency, _NOBODY):
            seats[agency] = now
    typed_others = tuple(lines(first(typed, OTHERS)))
    return _as_data(standing, seats, typed_others if typed_others != others_before else others)


def _as_data(
    standing: Standing, seats: Mapping[str, Seat], others: Iterable[str]
) -> dict[str, Any]:
    there = [agency for agency, seat in seats.items() if seat.state == THERE]
    names = dict(zip(there, agency_names(standing, there), strict=True))
    people = [": ".join(filter(None, (names[a], seats[a].people))) for a in there]
    data = {
        "present": there,
        "apologies": [agency for agency, seat in seats.items() if seat.state == APOLOGIES],
        "people": [*people, *others],
        "acknowledged": [agency for agency in there if seats[agency].acknowledged],
    }
    return {name: values for name, values in data.items() if values}


def _seats(standing: Standing, taken: Entry | None) -> tuple[dict[str, Seat], tuple[str, ...]]:
    """Return the seats as an entry has them, and the lines of people at none of them."""
    if taken is None:
        return {}, ()
    there, sorry, took = (
        as_values(taken.data.get(name)) for name in ("present", "apologies", "acknowledged")
    )
    people = [str(line) for line in as_values(taken.data.get("people"))]
    called = _called(standing)
    seats = {str(agency): Seat(APOLOGIES) for agency in sorry}
    for agency in map(str, there):
        own = next(((line, who) for line in people if (who := _who(line, called[agency]))), None)
        if own is not None:
            people.remove(own[0])
        seats[agency] = Seat(THERE, agency in took, own[1].strip(_AROUND) if own else "")
    return seats, tuple(people)


def _who(line: str, names: Iterable[str]) -> str:
    """Return what follows an agency’s name in a line, its colon with it; nothing for another’s."""
    found = (line.removeprefix(name) for name in names if line.startswith(name))
    return next((rest or ":" for rest in found if not rest or rest.startswith(":")), "")


def _called(standing: Standing) -> dict[str, tuple[str, ...]]:
    """Return what each agency is called, in every language: a line may be in either."""
    options = standing.procedure.options.get(AGENCIES, ())
    return {option.id: tuple({option.label.en, option.label.text("cy")}) for option in options}


def _typed_seat(agency: str, typed: Typed) -> Seat:
    state = first(typed, f"seat-{agency}")
    if state not in (THERE, APOLOGIES):
        return _NOBODY
    if state == APOLOGIES:
        return Seat(APOLOGIES)
    who = " ".join(first(typed, f"who-{agency}").split())
    return Seat(THERE, first(typed, f"took-{agency}") == YES, who)


def _at_table(standing: Standing, meeting: Meeting, sight: Sight) -> list[tuple[str, str]]:
    """Return the agencies that may be there in this part, those expected first."""
    rule = rule_of(standing, meeting)
    known = [option.id for option in standing.procedure.options.get(AGENCIES, ())]
    later = rule.second_part_only if rule else ()
    if part_at(standing, meeting, sight.moment) is Part.MEMBERS:
        known = [agency for agency in known if agency not in later]
    expected = _invited(standing, meeting)
    known.sort(key=lambda agency: agency not in expected)
    return list(zip(known, agency_names(standing, known), strict=True))


def _invited(standing: Standing, meeting: Meeting) -> tuple[str, ...]:
    """Return the agencies that were invited, or whom such a meeting has by its rule."""
    called = meeting.called.data.get("agencies_invited") if meeting.called else None
    rule = rule_of(standing, meeting)
    usual = (*rule.always, *rule.usually) if rule else ()
    return tuple(str(agency) for agency in as_values(called)) or usual


def _named(standing: Standing, meeting: Meeting) -> dict[str, str]:
    """Return who was invited for an agency, by the lines of the call that begin with its name."""
    invited = as_values(meeting.called.data.get("invited")) if meeting.called else ()
    found: dict[str, str] = {}
    for agency, names in _called(standing).items():
        rests = (_who(str(line), names) for line in invited)
        who = next(filter(None, rests), "").partition("<")[0].strip(_AROUND)
        if who:
            found[agency] = who
    return found
