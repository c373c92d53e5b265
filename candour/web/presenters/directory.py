"""The directory in words: ratings, registers, what changed, and how a file differs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from markupsafe import Markup

from candour.directory.models import Change, Rating, State, What, Why
from candour.directory.reading.reasons import words_of
from candour.directory.report import Report, Seen
from candour.directory.schemas import CIW, CQC, OVERALL, SCHEMAS
from candour.directory.taking.comparing import Difference
from candour.web import dates
from candour.web.spoken import said
from candour.web.status import status_tag

Words = Mapping[str, Promise | str]
QUESTIONS: Final[Words] = {
    OVERALL: gettext_lazy("Overall"),
    "safe": gettext_lazy("Safe"),
    "effective": gettext_lazy("Effective"),
    "caring": gettext_lazy("Caring"),
    "responsive": gettext_lazy("Responsive"),
    "well_led": gettext_lazy("Well-led"),
    "well_being": gettext_lazy("Well-being"),
    "care_and_support": gettext_lazy("Care and support"),
    "leadership_and_management": gettext_lazy("Leadership and management"),
    "environment": gettext_lazy("Environment"),
}
RATINGS: Final[Words] = {
    "outstanding": gettext_lazy("Outstanding"),
    "excellent": gettext_lazy("Excellent"),
    "good": gettext_lazy("Good"),
    "requires_improvement": gettext_lazy("Requires improvement"),
    "inadequate": gettext_lazy("Inadequate"),
    "requires_significant_improvement": gettext_lazy("Requires significant improvement"),
    "not_rated": gettext_lazy("Inspected but not rated"),
}
SHOWN_AS: Final = {
    "outstanding": "met",
    "excellent": "met",
    "good": "met",
    "requires_improvement": "attention",
    "inadequate": "late",
    "requires_significant_improvement": "late",
    "not_rated": "cancelled",
}
REGISTERS: Final[Words] = {
    CQC.name: gettext_lazy("Care Quality Commission"),
    CIW.name: gettext_lazy("Care Inspectorate Wales"),
    "own": gettext_lazy("A list of our own"),
}
FIELDS: Final[Words] = {
    "name": gettext_lazy("Name"),
    "also_known_as": gettext_lazy("Also known as"),
    "address": gettext_lazy("Address"),
    "postcode": gettext_lazy("Postcode"),
    "phone": gettext_lazy("Phone"),
    "website": gettext_lazy("Website"),
    "kinds": gettext_lazy("Kinds of service"),
    "specialisms": gettext_lazy("Specialisms"),
    "nursing": gettext_lazy("Nursing"),
    "people": gettext_lazy("For whom"),
    "region": gettext_lazy("Region"),
    "url": gettext_lazy("Page at the register"),
    "latest_check": gettext_lazy("Latest check"),
    "provider_name": gettext_lazy("Provider"),
    "authority": gettext_lazy("Local authority"),
    "host_authority": gettext_lazy("Lies with"),
}
HAPPENED: Final[Words] = {
    What.ADDED: gettext_lazy("Added"),
    What.CHANGED: gettext_lazy("Changed"),
    What.ENDED: gettext_lazy("No longer listed"),
    What.RETURNED: gettext_lazy("Listed again"),
    What.MERGED: gettext_lazy("Merged into another"),
    What.PARTED: gettext_lazy("Merge undone"),
}
STATES: Final[Words] = {
    State.WAITING: gettext_lazy("Being read"),
    State.READ: gettext_lazy("To be looked at"),
    State.TAKING: gettext_lazy("Being taken"),
    State.TAKEN: gettext_lazy("Taken"),
    State.REFUSED: gettext_lazy("Cannot be taken"),
    State.DROPPED: gettext_lazy("Put aside"),
}
STATE_SHOWN_AS: Final = {
    State.WAITING: "open",
    State.READ: "attention",
    State.TAKING: "open",
    State.TAKEN: "met",
    State.REFUSED: "late",
    State.DROPPED: "cancelled",
}
WHYS: Final[Words] = {
    Why.NUMBER: gettext_lazy("The same registration number"),
    Why.SUCCESSION: gettext_lazy("One registration came after the other"),
    Why.NAME_AND_PLACE: gettext_lazy("Like names at one postcode"),
}


def register_words(register: str) -> str:
    """Return what a register is called."""
    return str(REGISTERS.get(register, register))


def rating_words(schema: str, rating: str) -> str:
    """Return an answer with whose it is: “CQC: Good”."""
    return f"{schema.upper()}: {RATINGS.get(rating, rating)}"


def rating_choices() -> list[dict[str, str]]:
    """Return every answer that a list can be narrowed to."""
    return [
        {"value": f"{schema.name}:{rating}", "words": rating_words(schema.name, rating)}
        for schema in SCHEMAS.values()
        for rating in schema.ratings
    ]


def state_tag(state: str) -> Markup:
    """Return how far a file has come, as a word with its shape."""
    return status_tag(STATE_SHOWN_AS[State(state)], str(STATES[State(state)]))


def rated_tags(ratings: Sequence[Rating]) -> list[Markup]:
    """Return what a row of a list says of ratings: the overall one, or how many themes have which.

    The worst comes first.
    """
    overall = [r.rating for r in ratings if r.question == OVERALL]
    if overall:
        return [status_tag(SHOWN_AS[rating], str(RATINGS[rating])) for rating in overall]
    themes = Counter(r.rating for r in ratings if r.schema == CIW.name)
    order = sorted(themes, key=list(RATINGS).index, reverse=True)
    return [
        status_tag(
            SHOWN_AS[rating],
            _("%(rating)s: %(number)s of %(all)s")
            % {"rating": RATINGS[rating], "number": themes[rating], "all": themes.total()},
        )
        for rating in order
    ]


@dataclass(frozen=True, slots=True)
class RatedQuestion:
    """One question with its present answer, and the earlier ones."""

    question: str
    now: Markup
    since: str
    source: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatedBy:
    """What one regulator says of a service."""

    regulator: str
    questions: tuple[RatedQuestion, ...]


def ratings_shown(ratings: Sequence[Rating]) -> list[RatedBy]:
    """Return present and earlier ratings, by regulator and in the order of its questions."""
    found = []
    for schema in SCHEMAS.values():
        questions = []
        for question in schema.questions:
            asked = [r for r in ratings if (r.schema, r.question) == (schema.name, question)]
            said = sorted(asked, key=lambda r: r.given_on or date.min, reverse=True)
            now = next((r for r in said if r.current), None)
            if now is None:
                continue
            earlier = tuple(f"{RATINGS[r.rating]}, {_day(r.given_on)}" for r in said if r != now)
            questions.append(
                RatedQuestion(
                    question=str(QUESTIONS[question]),
                    now=status_tag(SHOWN_AS[now.rating], str(RATINGS[now.rating])),
                    since=_day(now.given_on),
                    source=now.source,
                    earlier=earlier,
                )
            )
        if questions:
            found.append(RatedBy(register_words(schema.name), tuple(questions)))
    return found


def _day(on: date | None) -> str:
    return dates.day(on) if on else _("day not known")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the history of a service."""

    when: str
    what: str
    field: str
    before: str
    after: str
    whence: str


def history_lines(changes: Iterable[Change]) -> list[ChangeLine]:
    """Return the history of a service in words, in the order given."""
    return [
        ChangeLine(
            when=dates.moment(each.at),
            what=str(HAPPENED[What(each.what)]),
            field=_field(each.field),
            before=_value(each.field, each.before),
            after=_value(each.field, each.after),
            whence=each.intake.file_name if each.intake else (each.by.name if each.by else ""),
        )
        for each in changes
    ]


def _field(field: str) -> str:
    if field.startswith("rating "):
        question = field.rpartition(" ")[2]
        return _("Rating: %(question)s") % {"question": QUESTIONS.get(question, question)}
    return str(FIELDS.get(field, "" if field == "service" else field))


def _value(field: str, value: str) -> str:
    if field.startswith("rating ") and value:
        rating, _space, day = value.partition(" ")
        said = str(RATINGS.get(rating, rating))
        return f"{said}, {dates.day(date.fromisoformat(day))}" if day else said
    if field == "latest_check" and value:
        return dates.day(date.fromisoformat(value))
    if field == "nursing":
        return {"true": _("yes"), "false": _("no")}.get(value, value)
    return value


def odd_lines(report: Report) -> list[str]:
    """Return what is odd about rows of a file: those left out, and those taken all the same."""
    left_out = [(_("Left out: %(reason)s"), *one) for one in report.skipped.items()]
    taken = [(_("Taken, but %(reason)s"), *one) for one in report.noted.items()]
    return [
        f"{words % {'reason': said(words_of(reason))}} – {_seen(seen)}"
        for words, reason, seen in (*left_out, *taken)
    ]


def _seen(seen: Seen) -> str:
    words = ngettext("%(n)s (line %(lines)s)", "%(n)s (lines %(lines)s)", seen.count)
    lines = ", ".join(map(str, seen.lines)) + (", …" if seen.count > len(seen.lines) else "")
    return words % {"n": f"{seen.count:,}", "lines": lines}


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One line of the look at a file."""

    name: str
    number: str
    service: int | None
    line: int | None
    field: str
    before: str
    after: str


def difference_lines(found: Iterable[Difference], sort: str) -> list[DifferenceLine]:
    """Return differences of one sort in words."""
    prefix = "rating " if sort == "rated" else ""
    return [
        DifferenceLine(
            name=each.name,
            number=each.number,
            service=each.service,
            line=each.line,
            field=_field(prefix + each.field) if each.field else "",
            before=_value(prefix + each.field, each.before),
            after=_value(prefix + each.field, each.after),
        )
        for each in found
    ]
