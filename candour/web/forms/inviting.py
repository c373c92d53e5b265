"""The form by which somebody outside is invited: whom, what they are asked about, until when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.london import local
from candour.engine.plans import plans
from candour.engine.vocabulary.delivering import SENDING
from candour.engine.vocabulary.sharing import RECIPIENTS
from candour.portal.seeing import AS_WHOM, OF_THE_PLAN, askable, showable
from candour.web.forms.controls import Choice, Control, Typed, boxes, first, typed_parts
from candour.web.forms.days import UnreadableError, parts_of, read_day
from candour.web.forms.outsiders import Person, meant_by, person_words
from candour.web.forms.reading import words
from candour.web.presenters.naming import entry_name
from candour.web.spoken import said

WHO, NAME, POST, ORGANISATION, EMAIL, SORT, LANGUAGE = (
    "who",
    "name",
    "post",
    "organisation",
    "email",
    "sort",
    "language",
)
ASKED, PLAN, NOTE, UNTIL = "asked", "plan", "note", "until"
OTHER = "other"
USUALLY = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Asking:
    """What an invitation can be made from: the case, people of the directory, the moment."""

    standing: Standing
    people: tuple[Person, ...]
    moment: datetime

    @property
    def entries(self) -> list[Entry]:
        """The entries that anybody outside may be shown, newest first."""
        return askable(self.standing, self.moment)

    @property
    def has_plan(self) -> bool:
        """Whether there is an action to report on."""
        return any(plan.actions for plan in plans(self.standing, self.moment))


@dataclass(frozen=True, slots=True)
class InvitedBy:
    """What was typed, read."""

    name: str
    post: str
    organisation: str
    email: str
    sort: str
    language: str
    asked: tuple[str, ...]
    plan: bool
    note: str
    until: date


@dataclass(frozen=True, slots=True)
class InvitingForm:
    """The form as it is shown."""

    who: Control
    typed_in: tuple[Control, ...]
    other: bool
    asked: Control | None
    plan: Control | None
    note: Control
    language: Control
    until: Control


def begun(asking: Asking, about: str, plan: str) -> dict[str, list[str]]:
    """Return what the form opens with: the one meant by `about`, or what waits for an answer."""
    entries = asking.entries
    chosen = [entry for entry in entries if entry.id == about]
    if not chosen and not plan:
        chosen = [entry for entry in entries if entry.kind in SENDING][:1]
    meant = meant_by(asking.people, chosen)
    until = local(asking.moment).date() + USUALLY
    typed = {
        WHO: [meant.key] if meant else [],
        ASKED: [entry.id for entry in chosen],
        PLAN: [PLAN] if asking.has_plan and (plan or not about) else [],
        LANGUAGE: ["en"],
        **boxes(UNTIL, parts_of(until)),
    }
    if meant is not None and meant.sort != OF_THE_PLAN:
        typed[PLAN] = []
    return typed


def shown(asking: Asking, typed: Typed, faults: dict[str, str]) -> InvitingForm:
    """Return the form with what was typed, right or wrong."""
    entries = tuple(Choice(e.id, entry_name(asking.standing, e)) for e in asking.entries)
    return InvitingForm(
        who=_who(asking, typed, faults),
        typed_in=_typed_in(typed, faults),
        other=first(typed, WHO) == OTHER or not asking.people,
        asked=_asked(entries, typed, faults) if entries else None,
        plan=_plan(typed, faults) if asking.has_plan else None,
        note=Control(
            NOTE,
            "text",
            _("Your words to them (optional)"),
            _("They stand in the mail, so say nothing confidential"),
            value=first(typed, NOTE),
            error=faults.get(NOTE, ""),
        ),
        language=_language(typed),
        until=Control(
            UNTIL,
            "day",
            _("They may answer until"),
            _("For example, 30 3 2026"),
            parts=typed_parts(typed, UNTIL),
            error=faults.get(UNTIL, ""),
        ),
    )


def _who(asking: Asking, typed: Typed, faults: dict[str, str]) -> Control:
    people = [Choice(each.key, person_words(each)) for each in asking.people]
    return Control(
        WHO,
        "select",
        _("Who is invited?"),
        choices=(*people, Choice(OTHER, _("Somebody else, named below"))),
        value=first(typed, WHO),
        error=faults.get(WHO, ""),
    )


def _typed_in(typed: Typed, faults: dict[str, str]) -> tuple[Control, ...]:
    """Return the boxes for somebody whom the directory does not know."""

    def line(name: str, label: str, hint: str = "") -> Control:
        value, error = first(typed, name), faults.get(name, "")
        return Control(name, "line", label, hint, value=value, error=error)

    return (
        line(NAME, _("Their name")),
        line(POST, _("Their post (optional)")),
        line(ORGANISATION, _("Their organisation")),
        line(EMAIL, _("Their email address"), _("The link goes there and nowhere else")),
        Control(
            SORT,
            "select",
            _("What sort of recipient are they?"),
            _("It decides what they may be shown"),
            choices=tuple(Choice(option.id, said(option.label)) for option in RECIPIENTS),
            value=first(typed, SORT),
            error=faults.get(SORT, ""),
        ),
    )


def _language(typed: Typed) -> Control:
    return Control(
        LANGUAGE,
        "radios",
        _("Language to write to them in"),
        choices=(Choice("en", _("English")), Choice("cy", _("Welsh"))),
        value=first(typed, LANGUAGE) or "en",
    )


def _asked(entries: tuple[Choice, ...], typed: Typed, faults: dict[str, str]) -> Control:
    return Control(
        ASKED,
        "checkboxes",
        _("What are they shown and asked about?"),
        _("They see what these say now, as a letter to them could say it, and nothing else"),
        choices=entries,
        values=tuple(typed.get(ASKED, ())),
        error=faults.get(ASKED, ""),
    )


def _plan(typed: Typed, faults: dict[str, str]) -> Control:
    return Control(
        PLAN,
        "checkboxes",
        _("Their plan"),
        choices=(Choice(PLAN, _("They report on its actions, and may ask for more time")),),
        values=tuple(typed.get(PLAN, ())),
        error=faults.get(PLAN, ""),
    )


def read(asking: Asking, typed: Typed) -> InvitedBy | dict[str, str]:
    """Return what was typed, or what is wrong under each field's name."""
    faults: dict[str, str] = {}
    person = _chosen(asking, typed, faults)
    known = {entry.id: entry for entry in asking.entries}
    asked = tuple(each for each in typed.get(ASKED, ()) if each in known)
    if person is not None:
        may = {entry.id for entry in showable(asking.standing, person.sort, asking.moment)}
        closed = [known[each] for each in asked if each not in may]
        if closed:
            faults[ASKED] = _("Not for this sort of recipient: %(what)s. Take it out") % {
                "what": "; ".join(entry_name(asking.standing, entry) for entry in closed)
            }
    until = _until(typed, faults)
    if faults or person is None or until is None:
        return faults
    return InvitedBy(
        name=person.name,
        post=person.post,
        organisation=person.organisation,
        email=person.email,
        sort=person.sort,
        language="cy" if first(typed, LANGUAGE) == "cy" else "en",
        asked=asked,
        plan=PLAN in typed.get(PLAN, ()),
        note=words(first(typed, NOTE)),
        until=until,
    )


def _chosen(asking: Asking, typed: Typed, faults: dict[str, str]) -> Person | None:
    who = first(typed, WHO)
    if who != OTHER and asking.people:
        found = next((each for each in asking.people if each.key == who), None)
        if found is None:
            faults[WHO] = _("Say who is invited")
        return found
    sort = first(typed, SORT)
    if sort not in AS_WHOM:
        faults[SORT] = _("What sort of recipient are they? Choose one")
    values = {name: words(first(typed, name)) for name in (NAME, POST, ORGANISATION)}
    return Person(
        "",
        values[NAME],
        values[POST],
        values[ORGANISATION],
        first(typed, EMAIL).strip(),
        sort if sort in AS_WHOM else "others",
    )


def _until(typed: Typed, faults: dict[str, str]) -> date | None:
    try:
        day = read_day(typed_parts(typed, UNTIL))
    except UnreadableError as error:
        faults[UNTIL] = _("They may answer until: this %(fault)s") % {"fault": error}
        return None
    if day is None:
        faults[UNTIL] = _("They may answer until: fill this in")
    return day
