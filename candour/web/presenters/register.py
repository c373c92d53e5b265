"""The register of recipients in words: tabs with their numbers, lines, and rows of a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.cases.queries.recipients import (
    MOST_COUNTED,
    Basis,
    RecipientItem,
    RegisterPage,
    Which,
)
from candour.engine.clocks import Due
from candour.engine.london import local
from candour.publishing.models import PublishedLine
from candour.web import dates
from candour.web.presenters.addresses import entry_anchor
from candour.web.presenters.dues import relative
from candour.web.presenters.recipients import acknowledged_words, basis_words, look, state_words
from candour.web.presenters.worklist import Tab
from candour.web.spoken import spoken

LOOKS = {Which.OPEN: "week", Which.LATE: "late", Which.UNANSWERED: "today", Which.ALL: "later"}


LONGEST_SAID = 300  # characters of an answer that stand in the table


@dataclass(frozen=True, slots=True)
class RegisterAsked:
    """What the register is narrowed to: which recipients, one of a name, on one basis."""

    which: Which = Which.OPEN
    name: str = ""
    basis: Basis | None = None

    def address(self, after: str = "") -> str:
        """Return the address of the register narrowed so, from a place in it on."""
        parts = {
            "which": "" if self.which is Which.OPEN else self.which.value,
            "from": self.name,
            "basis": self.basis.value if self.basis else "",
            "after": after,
        }
        query = urlencode({part: value for part, value in parts.items() if value})
        return reverse("responses") + (f"?{query}" if query else "")


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
    when: str
    intends: str
    said: str
    published: str


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
    basis: str
    bases: tuple[Choice, ...]


def register_page(
    found: RegisterPage,
    asked: RegisterAsked,
    public: Mapping[str, PublishedLine],
    moment: datetime,
) -> Register:
    """Return a page of the register as it reads at a moment.

    Args:
        found: its lines.
        asked: what it was narrowed to.
        public: what is public of them now, by the entries by which they were put.
        moment: the present instant.
    """
    which, name = asked.which, asked.name
    return Register(
        which=which.value,
        name=next((known for known in found.names if known.casefold() == name.casefold()), name),
        tabs=tuple(_tabs(found, asked)),
        names=tuple(Choice(known, known) for known in found.names),
        lines=tuple(_line(item, public.get(item.put_by), moment) for item in found.items),
        following=asked.address(after=found.next) if found.next else "",
        caption=which_words(which),
        basis=asked.basis.value if asked.basis else "",
        bases=tuple(Choice(basis.value, basis_words(basis.value)) for basis in Basis),
    )


def which_words(which: Which) -> str:
    """Return the heading of a choice."""
    return {
        Which.OPEN: _("Waiting for an answer"),
        Which.LATE: _("Late"),
        Which.UNANSWERED: _("Not answered"),
        Which.ALL: _("Everything"),
    }[which]


def _tabs(found: RegisterPage, asked: RegisterAsked) -> Iterator[Tab]:
    for which in Which:
        number = found.counts[which]
        words = f"{number:,}+" if number >= MOST_COUNTED else str(number)
        address = replace(asked, which=which).address()
        yield Tab(which_words(which), words, address, which is asked.which, LOOKS[which])


def _line(item: RecipientItem, public: PublishedLine | None, moment: datetime) -> RegisterLine:
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
        when=_when(item),
        intends=_intends(item),
        said=item.said if len(item.said) <= LONGEST_SAID else f"{item.said[:LONGEST_SAID]}…",
        published=dates.day(public.at) if public else "",
    )


def _because(item: RecipientItem) -> str:
    return item.because_cy if spoken() == "cy" and item.because_cy else item.because


def _intends(item: RecipientItem) -> str:
    return item.intends_cy if spoken() == "cy" and item.intends_cy else item.intends


def _when(item: RecipientItem) -> str:
    if item.answered_on:
        return dates.day(item.answered_on)
    return _("to %(name)s") % {"name": item.passed_to} if item.passed_to else ""


def file_rows(
    pages: Iterable[tuple[Sequence[RecipientItem], Mapping[str, PublishedLine]]], moment: datetime
) -> Iterator[list[object]]:
    """Yield the rows of the register as a file, its headings first.

    Args:
        pages: its lines, some at a time, each time with what is public of them.
        moment: the present instant.
    """
    yield _headings()
    for items, public in pages:
        for item in items:
            yield _file_row(item, public.get(item.put_by), moment)


def _headings() -> list[object]:
    return [
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
        _("What it will do"),
        _("What it said"),
        _("Passed on to"),
        _("Public since"),
    ]


def _file_row(item: RecipientItem, public: PublishedLine | None, moment: datetime) -> list[object]:
    how = look(item.state, item.late_from, moment, late=item.answered_late)
    return [
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
        _intends(item),
        item.said,
        item.passed_to,
        local(public.at).date() if public else "",
    ]
