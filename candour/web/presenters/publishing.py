"""What of a case is public, what could be, and what a body publishes, for its staff."""

from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.publishing.actions import reads_the_same
from candour.publishing.lines import Line
from candour.publishing.models import PublishedLine, Register
from candour.web import dates
from candour.web.presenters.public_registers import PublicLine, preview, register_title
from candour.web.spoken import said, spoken

Become = Literal["new", "same", "changed", "barred"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line that could be public: as it would read, and how it stands."""

    subject: str
    register: str
    line: PublicLine
    become: Become
    note: str

    @property
    def may(self) -> bool:
        """Whether it can be published now."""
        return self.become in ("new", "changed")

    @property
    def shown(self) -> bool:
        """Whether it is public, if only as it read before."""
        return self.become in ("same", "changed")


@dataclass(frozen=True, slots=True)
class OwnRegister:
    """A register of a body, for its staff: whether it is open, and where the public reads it."""

    name: str
    title: str
    open: bool
    address: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line that is public now, in a list of all."""

    title: str
    register: str
    ref: str
    address: str
    since: str


@dataclass(frozen=True, slots=True)
class FallenLine:
    """A line that was taken down by itself: what it was, when, and why."""

    title: str
    when: str
    why: str


def fallen_line(line: PublishedLine) -> FallenLine:
    """Return a line that was taken down by itself."""
    english, _mark, welsh = line.reason.partition("\n")
    title = preview(Register(line.register), line.values).title
    return FallenLine(title, dates.moment(line.at), (spoken() == "cy" and welsh) or english)


def candidate(line: Line, before: PublishedLine | None) -> Candidate:
    """Return a line that a case could give, beside what is public of it."""
    become: Become
    if line.bar is not None:
        become, note = "barred", said(line.bar)
    elif before is None:
        become, note = "new", _("Not public")
    elif reads_the_same(line, before):
        become, note = "same", _("Public since %(day)s") % {"day": dates.day(before.at)}
    else:
        become = "changed"
        note = _("Public as it read on %(day)s; it reads otherwise now") % {
            "day": dates.day(before.at)
        }
    return Candidate(
        line.subject,
        register_title(line.register),
        preview(line.register, line.values),
        become,
        note,
    )


def own_registers(slug: str, switches: dict[Register, bool]) -> tuple[OwnRegister, ...]:
    """Return the registers of a body as its staff see them."""
    return tuple(
        OwnRegister(
            register.value,
            register_title(register),
            is_open,
            reverse("public-register", args=[slug, register.value]),
        )
        for register, is_open in switches.items()
    )


def shown_line(line: PublishedLine) -> ShownLine:
    """Return a line that is public now."""
    register = Register(line.register)
    return ShownLine(
        title=preview(register, line.values).title,
        register=register_title(register),
        ref=line.case.ref,
        address=reverse("case-publishing", args=[line.case.ref]),
        since=dates.day(line.at),
    )
