"""The register of recipients in words: tabs with their numbers, lines, and rows of a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.cases.queries.recipients import MOST_COUNTED, RecipientItem, RegisterPage, Which
from candour.engine.clocks import Due
from candour.engine.london import local
from candour.web import dates
from candour.web.presenters.addresses import entry_anchor
from candour.web.presenters.dues import relative
from candour.web.presenters.recipients import acknowledged_words, basis_words, look, state_words
from candour.web.presenters.worklist import Tab
from candour.web.spoken import spoken

LOOKS = {Which.OPEN: "week", Which.LATE: "late", Which.UNANSWERED: "today", Which.ALL: "later"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One name that the register can be narrowed to."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One recipient: who, what was asked in which case, and how it stands."""

    name: str
    basis: str
    asked: str
    ref: str
    case: str
    address: str
    received: str
    acknowledged: str
    due: str
    relative: str
    because: str
    look: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that the page of the register says."""

    which: str
    name: str
    tabs: tuple[Tab, ...]
    names: tuple[Choice, ...]
    lines: tuple[RegisterLine, ...]
    following: str
    caption: str


def register_page(found: RegisterPage, *, which: Which, name: str, moment: datetime) -> Register:
    """Return a page of the register as it reads at a moment."""
    return Register(
        which=which.value,
        name=next((known for known in found.names if known.casefold() == name.casefold()), name),
        tabs=tuple(_tabs(found, which, name)),
        names=tuple(Choice(known, known) for known in found.names),
        lines=tuple(_line(item, moment) for item in found.items),
        following=_address("responses", which, name, found.next) if found.next else "",
        caption=which_words(which),
    )


def which_words(which: Which) -> str:
    """Return the heading of a choice."""
    return {
        Which.OPEN: _("Waiting for an answer"),
        Which.LATE: _("Late"),
        Which.UNANSWERED: _("Not answered"),
        Which.ALL: _("Everything"),
    }[which]


def _address(page: str, which: Which, name: str, after: str = "") -> str:
    parts = {"which": "" if which is Which.OPEN else which.value, "from": name, "after": after}
    query = urlencode({part: value for part, value in parts.items() if value})
    return reverse(page) + (f"?{query}" if query else "")


def _tabs(found: RegisterPage, chosen: Which, name: str) -> Iterator[Tab]:
    for which in Which:
        number = found.counts[which]
        words = f"{number:,}+" if number >= MOST_COUNTED else str(number)
        address = _address("responses", which, name)
        yield Tab(which_words(which), words, address, which is chosen, LOOKS[which])


def _line(item: RecipientItem, moment: datetime) -> RegisterLine:
    how = look(item.state, item.late_from, moment, late=item.answered_late)
    waits = how in ("late", "open", "paused")
    today = local(moment).date()
    return RegisterLine(
        name=item.name,
        basis=basis_words(item.basis),
        asked=item.asked,
        ref=item.ref,
        case=item.case_title,
        address=reverse("case-responses", args=[item.ref]) + f"#{entry_anchor(item.put_by)}",
        received=dates.day(item.received_on),
        acknowledged=acknowledged_words(item.acknowledged_on, item.acknowledge_by, today),
        due=dates.day(item.due_on) if item.due_on else "",
        relative=relative(Due.by_day(item.due_on), moment) if waits and item.due_on else "",
        because=_because(item),
        look=how,
        state=state_words(item.state, how, late=item.answered_late),
        said=_said(item),
    )


def _because(item: RecipientItem) -> str:
    return item.because_cy if spoken() == "cy" and item.because_cy else item.because


def _said(item: RecipientItem) -> str:
    if item.answered_on:
        return dates.day(item.answered_on)
    return _("to %(name)s") % {"name": item.passed_to} if item.passed_to else ""


def file_rows(items: Iterable[RecipientItem], moment: datetime) -> Iterator[list[object]]:
    """Yield the rows of the register as a file, its headings first; days as year-month-day."""
    yield [
        _("Case"),
        _("Recipient"),
        _("Basis"),
        _("What was asked"),
        _("Received"),
        _("Acknowledge by"),
        _("Acknowledged"),
        _("Answer due"),
        _("Why then"),
        _("Answered"),
        _("State"),
        _("Passed on to"),
    ]
    for item in items:
        how = look(item.state, item.late_from, moment, late=item.answered_late)
        yield [
            item.ref,
            item.name,
            basis_words(item.basis),
            item.asked,
            item.received_on,
            item.acknowledge_by,
            item.acknowledged_on,
            item.due_on,
            _because(item),
            item.answered_on,
            state_words(item.state, how, late=item.answered_late),
            item.passed_to,
        ]
