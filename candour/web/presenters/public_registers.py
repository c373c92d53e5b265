"""Registers as anybody reads them: one set of headings and lines, for a page, a PDF and a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from candour.documents import Block, Content, Heading, Item, Items, Paragraph, Run
from candour.publishing.models import Register
from candour.publishing.queries import PublicRegister
from candour.web import dates
from candour.web.presenters.recipients import basis_words, look, state_words
from candour.web.spoken import spoken

Told = Mapping[str, Any]
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a line under its heading: as it is read, and as a spreadsheet sorts it."""

    head: str
    words: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One line: what it is first, then its values; `look` is its status, if it has one.

    `number` is that by which a line has a page of its own.
    """

    title: str
    cells: tuple[Cell, ...]
    look: str = ""
    state: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A register as its page says it."""

    title: str
    body: str
    lead: str
    lines: tuple[PublicLine, ...]


def register_title(register: Register) -> str:
    """Return the name of a register."""
    return {
        Register.DECISIONS: _("Register of decisions"),
        Register.REPORTS: _("Reports and recommendations, and what was answered"),
        Register.REPRESENTATIVES: _("Representatives authorised to enter and view"),
    }[register]


def public_page(register: Register, found: PublicRegister) -> PublicPage:
    """Return a register as it reads in the language of the page."""
    lead = {
        Register.DECISIONS: _("What was decided, with the reasons, newest first."),
        Register.REPORTS: _("Whom we asked for what, and what they answered, newest first."),
        Register.REPRESENTATIVES: _(
            "Those named here may enter and view places of care on our behalf. Each carries a "
            "written authorisation: ask to see it."
        ),
    }[register]
    line: Callable[[Told], PublicLine] = {
        Register.DECISIONS: _decision,
        Register.REPORTS: _report,
        Register.REPRESENTATIVES: _representative,
    }[register]
    return PublicPage(
        title=register_title(register),
        body=found.body_cy if spoken() == "cy" and found.body_cy else found.body,
        lead=lead,
        lines=tuple(replace(line(told), number=told.get("line", "")) for told in found.lines),
    )


def preview(register: Register, values: Told) -> PublicLine:
    """Return one line as the public would read it."""
    return _decision(values) if register is Register.DECISIONS else _report(values)


def _decision(told: Told) -> PublicLine:
    return PublicLine(
        title=_said(told["decision"]),
        cells=(
            _date(_("Decided on"), told["on"]),
            Cell(_("Reason"), told["reason"]),
            Cell(_("Decided by"), _said(told["by"])),
            Cell(_("Consulted"), _said(told["consulted"])),
            _date(_("Published on"), told["published"]),
        ),
    )


def _report(told: Told) -> PublicLine:
    # What is late changes by the day; a published line says what held when it was published.
    how = look(told["state"], None, _NEVER, late=told["late"])
    return PublicLine(
        title=told["to"],
        cells=(
            Cell(_("Asked for"), told["asked"]),
            _date(_("Put on"), told["on"]),
            Cell(_("Basis of the answer"), basis_words(told["basis"])),
            Cell(_("Kind of recipient"), _said(told["sort"])),
            _date(_("Answer due"), told["due"]),
            _date(_("Answered on"), told["answered"]),
            Cell(_("In time?"), _in_time(told)),
            Cell(_("What it will do"), _said(told["intends"])),
            Cell(_("What it said"), told["said"]),
            Cell(_("Report"), told["report"]),
            _date(_("Published on"), told["published"]),
        ),
        look=how,
        state=state_words(told["state"], how, late=told["late"]),
    )


def _in_time(told: Told) -> str:
    if not told["answered"]:
        return ""
    return _("No, late") if told["late"] else _("Yes")


def _representative(told: Told) -> PublicLine:
    return PublicLine(
        title=told["name"],
        cells=(
            _date(_("Authorised from"), told["from"]),
            _date(_("Authorised until"), told["to"] or ""),
        ),
    )


def _date(head: str, day: str) -> Cell:
    return Cell(head, dates.day(date.fromisoformat(day)) if day else "", day)


def _said(both: Sequence[Sequence[str]]) -> str:
    return ", ".join(cy if spoken() == "cy" and cy else en for en, cy in both)


def file_rows(register: Register, page: PublicPage) -> list[list[str]]:
    """Return the rows of a register as a file, its headings first; days as year-month-day."""
    first = {
        Register.DECISIONS: _("Decision"),
        Register.REPORTS: _("Recipient"),
        Register.REPRESENTATIVES: _("Name"),
    }[register]
    states = [_("State")] if register is Register.REPORTS else []
    heads = [cell.head for cell in page.lines[0].cells] if page.lines else []
    rows = [
        [line.title, *([line.state] if states else []), *(c.plain or c.words for c in line.cells)]
        for line in page.lines
    ]
    return [[first, *states, *heads], *rows]


def as_content(page: PublicPage) -> Content:
    """Return a register as a document: a heading for each line, and its values below."""
    blocks: list[Block] = [Paragraph((Run(page.lead),))]
    for line in page.lines:
        blocks.append(Heading(2, (Run(line.title),)))
        said = [(cell.head, cell.words) for cell in line.cells if cell.words]
        said = [(_("State"), line.state), *said] if line.state else said
        items = (Item((Run(f"{head}: ", strong=True), Run(words))) for head, words in said)
        blocks.append(Items(ordered=False, items=tuple(items)))
    if not page.lines:
        blocks.append(Paragraph((Run(_("Nothing has been published yet.")),)))
    return Content(spoken(), page.title, tuple(blocks))
