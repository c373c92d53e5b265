"""The report of a case: what was recommended to whom, with what was answered, ready to publish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.documents import Block, Content, Heading, Item, Items, Paragraph, Run
from candour.engine import Standing
from candour.engine.recipients import RecipientState
from candour.publishing.lines import Line, lines_of
from candour.publishing.models import PublishedLine, Register
from candour.web import dates
from candour.web.presenters.addresses import of_case, recording_page
from candour.web.presenters.public_registers import PublicLine, preview
from candour.web.presenters.sight import Sight
from candour.web.spoken import said, spoken

PUBLISHED = "report_published"
WIDTH = 440


@dataclass(frozen=True, slots=True)
class Check:
    """Something to see to before the report goes out, or that is seen to."""

    look: str
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report as it would read, and what is to be seen to first.

    `answered` of `asked` recipients answered, drawn `bar` wide (of `WIDTH`); `record` is where its
    publishing is recorded.
    """

    title: str
    lines: tuple[PublicLine, ...]
    checks: tuple[Check, ...]
    asked: int
    answered: int
    bar: int
    record: str


def report_page(
    standing: Standing, sight: Sight, public: Mapping[str, PublishedLine]
) -> ReportPage:
    """Return the page; `public` is what anybody may read of the case now."""
    lines = _lines(standing)
    answered = sum(1 for line in lines if line.values["answered"])
    may = sight.may_act and PUBLISHED in standing.procedure.kinds
    return ReportPage(
        title=report_title(standing),
        lines=tuple(preview(Register.REPORTS, line.values) for line in lines if not line.bar),
        checks=tuple(_checks(lines, sight, public)),
        asked=len(lines),
        answered=answered,
        bar=round(WIDTH * answered / len(lines)) if lines else 0,
        record=recording_page(sight.ref, PUBLISHED, extra={"responses_included": "yes"})
        if may and lines
        else "",
    )


def report_title(standing: Standing) -> str:
    """Return the title of the report that was published last, or else of the case."""
    for kind in (PUBLISHED, "case_opened"):
        for entry in reversed(standing.by_kind.get(kind, ())):
            return str(entry.data.get("title", ""))
    return ""


def _lines(standing: Standing) -> list[Line]:
    """Return the lines of the report in the order in which things were put."""
    return [line for line in reversed(lines_of(standing)) if line.register is Register.REPORTS]


def _checks(
    lines: Sequence[Line], sight: Sight, public: Mapping[str, PublishedLine]
) -> list[Check]:
    found = [*_waited_for(lines, sight), *_kept_back(lines, sight)]
    if not found and lines:
        found.append(Check("met", _("Everybody answered, or their time is over: it can go out.")))
    unpublished = [line for line in lines if line.subject not in public and not line.bar]
    if unpublished:
        number = len(unpublished)
        words = ngettext(
            "%(number)s recommendation is not in the public register yet.",
            "%(number)s recommendations are not in the public register yet.",
            number,
        )
        place = of_case("case-publishing", sight.ref)
        found.append(Check("open", words % {"number": number}, place))
    return found


def _waited_for(lines: Sequence[Line], sight: Sight) -> list[Check]:
    found = []
    for line in lines:
        if line.values["state"] == RecipientState.WAITED_FOR:
            due = line.values["due"]
            late = bool(due) and date.fromisoformat(due) < dates.london_day(sight.moment)
            look = "late" if late else "open"
            found.append(Check(look, _waited(line.values["to"], due, late=late), _answers(sight)))
    return found


def _waited(name: str, due: str, *, late: bool) -> str:
    if not due:
        return _("%(name)s has not answered.") % {"name": name}
    words = (
        _("%(name)s has not answered; its time ended on %(day)s.")
        if late
        else _("%(name)s has not answered; its time ends on %(day)s.")
    )
    return words % {"name": name, "day": dates.day(date.fromisoformat(due))}


def _kept_back(lines: Sequence[Line], sight: Sight) -> list[Check]:
    return [
        Check("blocked", f"{line.values['to']}: {said(line.bar)}", of_case("case", sight.ref))
        for line in lines
        if line.bar
    ]


def _answers(sight: Sight) -> str:
    return of_case("case-responses", sight.ref)


def report_content(page: ReportPage) -> Content:
    """Return the report as a document: each recommendation with what was answered to it."""
    lead = _("What we recommended, to whom, and what they answered, in their own words.")
    blocks: list[Block] = [Paragraph((Run(lead),)), Paragraph((Run(summary(page)),))]
    for line in page.lines:
        blocks.append(Heading(2, (Run(line.title),)))
        told = [(_("State"), line.state), *((cell.head, cell.words) for cell in line.cells)]
        blocks.append(
            Items(
                ordered=False,
                items=tuple(
                    Item((Run(f"{head}: ", strong=True), Run(words)))
                    for head, words in told
                    if words
                ),
            )
        )
    return Content(spoken(), page.title, tuple(blocks))


def summary(page: ReportPage) -> str:
    """Return how many of those asked answered."""
    words = ngettext(
        "%(answered)s of %(asked)s recipient has answered.",
        "%(answered)s of %(asked)s recipients have answered.",
        page.asked,
    )
    return words % {"answered": page.answered, "asked": page.asked}
