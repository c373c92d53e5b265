"""The form by which another body is let into a case: which, what it sees, why, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from candour.bodies.models import Body
from candour.engine import Procedure
from candour.engine.fields import Option
from candour.engine.partners import SHARED
from candour.web.forms.controls import Choice, Control, Typed, first, typed_parts
from candour.web.forms.days import UnreadableError, read_day
from candour.web.forms.reading import words
from candour.web.spoken import said, spoken

BODY: Final = "with_body_number"
SEEN, PURPOSE, BASIS, UNTIL = "seen_as", "purpose", "legal_basis", "until"
REASON: Final = "reason"


@dataclass(frozen=True, slots=True)
class Partnering:
    """What was typed, read."""

    body: int
    seen_as: str
    purpose: str
    legal_basis: str
    until: date | None


def shown(
    procedure: Procedure, bodies: Sequence[Body], typed: Typed, faults: dict[str, str]
) -> tuple[Control, ...]:
    """Return the controls with what was typed, right or wrong."""
    there = tuple(Choice(str(body.pk), body.name_in(spoken())) for body in bodies)
    return (
        Control(
            BODY,
            "select",
            _("Which body?"),
            _("Those that provide services are written to instead, or asked by a link"),
            choices=there,
            value=first(typed, BODY),
            error=faults.get(BODY, ""),
        ),
        _radios(procedure, SEEN, _("What does it see?"), _seen_hint(), typed, faults),
        Control(
            PURPOSE,
            "text",
            _("What for?"),
            value=first(typed, PURPOSE),
            error=faults.get(PURPOSE, ""),
        ),
        _radios(procedure, BASIS, _("On what legal basis?"), "", typed, faults),
        Control(
            UNTIL,
            "day",
            _("Last day on which it sees the case (optional)"),
            _("For example, 30 3 2026. Without one it holds until somebody ends it"),
            parts=typed_parts(typed, UNTIL),
            error=faults.get(UNTIL, ""),
        ),
    )


def _seen_hint() -> str:
    return _(
        "Partners are not told what was said in part one of a meeting, what a single agency "
        "thinks, what was corrected, or what is withheld from them"
    )


def _radios(
    procedure: Procedure, name: str, label: str, hint: str, typed: Typed, faults: dict[str, str]
) -> Control:
    return Control(
        name,
        "radios",
        label,
        hint,
        choices=tuple(Choice(each.id, said(each.label)) for each in _options(procedure, name)),
        value=first(typed, name),
        error=faults.get(name, ""),
    )


def _options(procedure: Procedure, name: str) -> tuple[Option, ...]:
    known = procedure.kind(SHARED).field(name)
    return known.options if known else ()


def read(procedure: Procedure, typed: Typed) -> Partnering | dict[str, str]:
    """Return what was typed, or what is wrong under each field's name."""
    faults: dict[str, str] = {}
    body, purpose = first(typed, BODY), words(first(typed, PURPOSE))
    if not (body.isascii() and body.isdigit() and len(body) < 18):
        faults[BODY] = _("Choose the body that the case is shared with")
    missing = {SEEN: _("Choose what it sees"), BASIS: _("Choose the legal basis")}
    faults |= {
        name: says
        for name, says in missing.items()
        if first(typed, name) not in {option.id for option in _options(procedure, name)}
    }
    if not purpose:
        faults[PURPOSE] = _("Say what it sees the case for")
    until = None
    try:
        until = read_day(typed_parts(typed, UNTIL))
    except UnreadableError as error:
        faults[UNTIL] = _("Last day: this %(fault)s") % {"fault": error}
    if faults:
        return faults
    return Partnering(int(body), first(typed, SEEN), purpose, first(typed, BASIS), until)
