"""The forms of somebody outside: one for each way to answer, with few questions and no jargon."""

from datetime import date

from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.fields import LONGEST_TEXT, text_fault
from candour.portal.saying import ACKNOWLEDGED, RESPONDED, Given, kind_of
from candour.portal.seeing import Way
from candour.web.forms.controls import NO, YES, Choice, Control, Typed, choices, first, typed_parts
from candour.web.forms.days import UnreadableError, read_day
from candour.web.forms.reading import words

TEXT, RIGHT, RESPONSIBLE, INTENDS, STATE, UNTIL = (
    "text",
    "right",
    "responsible",
    "intends",
    "state",
    "new_date",
)
GOING_ON, DONE, CANNOT = "going_on", "done", "cannot"


def shown(
    standing: Standing, way: Way, about: Entry, typed: Typed, faults: dict[str, str]
) -> tuple[Control, ...]:
    """Return the controls of a form with what was typed, right or wrong."""
    kind = kind_of(standing, way, about)
    match way:
        case Way.ACKNOWLEDGE:
            asked = (_responsible(typed),) if kind == ACKNOWLEDGED else ()
            return (*asked, _text(_("Anything to add (optional)"), typed, faults))
        case Way.ANSWER:
            intends = (_intends(standing, typed, faults),) if kind == RESPONDED else ()
            return (*intends, _text(_("Your answer"), typed, faults))
        case Way.DISPUTE:
            right = Control(
                RIGHT,
                "text",
                _("What is right (optional)"),
                value=first(typed, RIGHT),
                error=faults.get(RIGHT, ""),
            )
            return (_text(_("What is wrong"), typed, faults), right)
        case Way.REPORT:
            hint = _("What shows it: records, training, checks")
            return (_state(typed, faults), _text(_("What has been done"), typed, faults, hint))
        case Way.MORE_TIME:
            return (_until(typed, faults), _text(_("Why more time is needed"), typed, faults))


def read(way: Way, about: str, key: str, typed: Typed) -> Given | dict[str, str]:
    """Return what was typed, or what is wrong under each field's name."""
    faults: dict[str, str] = {}
    text = words(first(typed, TEXT))
    if not text and way is not Way.ACKNOWLEDGE:
        faults[TEXT] = _("Say it in a few words")
    for name, value in ((TEXT, text), (RIGHT, words(first(typed, RIGHT)))):
        if value and text_fault(value, LONGEST_TEXT):
            faults[name] = _("This is too long, or holds a character that cannot be kept")
    state = first(typed, STATE)
    if way is Way.REPORT and state not in (GOING_ON, DONE, CANNOT):
        faults[STATE] = _("Say how far it is")
    until = _day(typed, faults) if way is Way.MORE_TIME else None
    if faults:
        return faults
    return Given(
        id=key,
        way=way,
        entry=about,
        text=text,
        right=words(first(typed, RIGHT)),
        responsible={YES: True, NO: False}.get(first(typed, RESPONSIBLE)),
        intends=first(typed, INTENDS),
        done=state == DONE,
        cannot=state == CANNOT,
        new_date=until,
    )


def _text(label: str, typed: Typed, faults: dict[str, str], hint: str = "") -> Control:
    return Control(TEXT, "text", label, hint, value=first(typed, TEXT), error=faults.get(TEXT, ""))


def _responsible(typed: Typed) -> Control:
    return Control(
        RESPONSIBLE,
        "radios",
        _("Is it for you to answer? (optional)"),
        _("If another body is responsible, say no and name it below"),
        choices=(Choice(YES, _("Yes")), Choice(NO, _("No"))),
        value=first(typed, RESPONSIBLE),
    )


def _intends(standing: Standing, typed: Typed, faults: dict[str, str]) -> Control:
    known = standing.procedure.kind(RESPONDED).field(INTENDS)
    return Control(
        INTENDS,
        "radios",
        _("What will you do? (optional)"),
        choices=choices(known) if known else (),
        value=first(typed, INTENDS),
        error=faults.get(INTENDS, ""),
    )


def _state(typed: Typed, faults: dict[str, str]) -> Control:
    return Control(
        STATE,
        "radios",
        _("How far is it?"),
        choices=(
            Choice(GOING_ON, _("It is going on")),
            Choice(DONE, _("It is done"), _("Somebody will check it before it counts as done")),
            Choice(CANNOT, _("We cannot do it")),
        ),
        value=first(typed, STATE),
        error=faults.get(STATE, ""),
    )


def _until(typed: Typed, faults: dict[str, str]) -> Control:
    return Control(
        UNTIL,
        "day",
        _("Until when?"),
        _("For example, 30 3 2026"),
        parts=typed_parts(typed, UNTIL),
        error=faults.get(UNTIL, ""),
    )


def _day(typed: Typed, faults: dict[str, str]) -> date | None:
    try:
        day = read_day(typed_parts(typed, UNTIL))
    except UnreadableError as error:
        faults[UNTIL] = _("Until when? This %(fault)s") % {"fault": error}
        return None
    if day is None:
        faults[UNTIL] = _("Until when? Fill this in")
    return day
