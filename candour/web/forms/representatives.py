"""The form of somebody who is authorised to enter and view."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from candour.publishing.models import Representative
from candour.web.forms.controls import NO, YES, Choice, Control, Typed, boxes, first, typed_parts
from candour.web.forms.days import UnreadableError, parts_of, read_day
from candour.web.forms.reading import words

NAME, FROM, TO, TRAINED, DBS, DBS_ON = "name", "from", "to", "trained", "dbs", "dbs-on"
LONGEST = 150


@dataclass(frozen=True, slots=True)
class RepresentativeForm:
    """What was typed of a representative, read."""

    name: str
    from_date: date
    to_date: date | None
    trained_on: date | None
    dbs_considered: bool | None
    dbs_considered_on: date | None

    def values(self) -> dict[str, Any]:
        """Return the values by the names of the table's columns."""
        return asdict(self)


def begun(one: Representative | None) -> dict[str, list[str]]:
    """Return what the form opens with."""
    if one is None:
        return {}
    typed = {NAME: [one.name]}
    days = {
        FROM: one.from_date,
        TO: one.to_date,
        TRAINED: one.trained_on,
        DBS_ON: one.dbs_considered_on,
    }
    for name, day in days.items():
        if day is not None:
            typed |= boxes(name, parts_of(day))
    if one.dbs_considered is not None:
        typed[DBS] = [YES if one.dbs_considered else NO]
    return typed


def shown(typed: Typed, faults: dict[str, str]) -> tuple[Control, ...]:
    """Return the controls with what was typed, right or wrong."""
    example = _("For example, 30 3 2026")

    def day(name: str, label: str) -> Control:
        parts = typed_parts(typed, name)
        return Control(name, "day", label, example, parts=parts, error=faults.get(name, ""))

    return (
        Control(
            NAME,
            "line",
            _("Name, as on the written authorisation"),
            _("Public, where the register is open"),
            value=first(typed, NAME),
            error=faults.get(NAME, ""),
        ),
        day(FROM, _("Authorised from (public)")),
        day(TO, _("Authorised until (public; optional)")),
        day(TRAINED, _("Trained on (not public; optional)")),
        Control(
            DBS,
            "radios",
            _("Was it considered whether a DBS check is needed? (not public; optional)"),
            choices=(Choice(YES, _("Yes")), Choice(NO, _("No"))),
            value=first(typed, DBS),
        ),
        day(DBS_ON, _("Considered on (not public; optional)")),
    )


def read(typed: Typed) -> RepresentativeForm | dict[str, str]:
    """Return what was typed, or what is wrong under each field's name."""
    faults: dict[str, str] = {}
    name = words(first(typed, NAME))
    if not name or len(name) > LONGEST or "\n" in name or "\x00" in name:
        faults[NAME] = _("Name: give it in one line of up to 150 characters")
    days = {each: _day(each, typed, faults) for each in (FROM, TO, TRAINED, DBS_ON)}
    start, end = days[FROM], days[TO]
    if start is None and FROM not in faults:
        faults[FROM] = _("Authorised from: fill this in")
    if start is not None and end is not None and end < start:
        faults[TO] = _("Authorised until: this is before it begins")
    if faults or start is None:
        return faults
    dbs = {YES: True, NO: False}.get(first(typed, DBS))
    return RepresentativeForm(name, start, end, days[TRAINED], dbs, days[DBS_ON])


def _day(name: str, typed: Typed, faults: dict[str, str]) -> date | None:
    try:
        return read_day(typed_parts(typed, name))
    except UnreadableError as error:
        faults[name] = str(error)
        return None
