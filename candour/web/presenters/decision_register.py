"""The register of decisions over all cases in words: tabs with their numbers, lines, a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.cases.queries.decisions import MOST_COUNTED, Decided, DecisionItem, DecisionPage
from candour.engine.clocks import Due
from candour.engine.london import local
from candour.publishing.models import PublishedLine
from candour.web import dates
from candour.web.presenters.addresses import of_case
from candour.web.presenters.dues import relative
from candour.web.presenters.worklist import Tab
from candour.web.spoken import spoken

LOOKS = {
    Decided.ALL: "later",
    Decided.PUBLIC: "week",
    Decided.WAITING: "today",
    Decided.LATE: "late",
}
Public = Mapping[str, PublishedLine]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision: what, why, by whom, and how publishing stands.

    `shown` is the day since which anybody may read it; `publish` where it is published.
    """

    what: str
    reason: str
    by: str
    consulted: str
    on: str
    ref: str
    case: str
    address: str
    look: str
    state: str
    when: str
    shown: str
    publish: str


@dataclass(frozen=True, slots=True)
class DecisionsRegister:
    """Everything that the page of the register says."""

    tabs: tuple[Tab, ...]
    lines: tuple[DecisionLine, ...]
    caption: str
    following: str


def decisions_register(
    found: DecisionPage, which: Decided, public: Public, moment: datetime
) -> DecisionsRegister:
    """Return a page of the register as it reads at a moment; `public` is what anybody may read."""
    return DecisionsRegister(
        tabs=tuple(_tabs(found, which)),
        lines=tuple(_line(item, public.get(item.made_by), moment) for item in found.items),
        caption=decided_words(which),
        following=_address(which, found.next) if found.next else "",
    )


def decided_words(which: Decided) -> str:
    """Return the heading of a choice."""
    return {
        Decided.ALL: _("Every decision"),
        Decided.PUBLIC: _("For the public register"),
        Decided.WAITING: _("To be published"),
        Decided.LATE: _("Late"),
    }[which]


def _address(which: Decided, after: str = "") -> str:
    parts = {"which": "" if which is Decided.ALL else which.value, "after": after}
    query = urlencode({part: value for part, value in parts.items() if value})
    return reverse("decisions-register") + (f"?{query}" if query else "")


def _tabs(found: DecisionPage, chosen: Decided) -> Iterator[Tab]:
    for which in Decided:
        number = found.counts[which]
        words = f"{number:,}+" if number >= MOST_COUNTED else str(number)
        yield Tab(decided_words(which), words, _address(which), which is chosen, LOOKS[which])


def _line(item: DecisionItem, shown: PublishedLine | None, moment: datetime) -> DecisionLine:
    look, state = _state(item, moment)
    return DecisionLine(
        what=_both(item.what, item.what_cy),
        reason=item.reason,
        by=_both(item.decider, item.decider_cy),
        consulted=_both(item.consulted, item.consulted_cy),
        on=dates.day(item.made_at),
        ref=item.ref,
        case=item.case_title,
        address=of_case("case-decisions", item.ref),
        look=look,
        state=state,
        when=_when(item, moment),
        shown=dates.day(shown.at) if shown else "",
        publish=of_case("case-publishing", item.ref) if item.public and not shown else "",
    )


def _state(item: DecisionItem, moment: datetime) -> tuple[str, str]:
    if item.published_on:
        return "met", _("Published")
    if item.late_from and item.late_from <= moment:
        return "late", _("Late")
    if item.late_from:
        return "open", _("To be published")
    if item.public:
        return "later", decided_words(Decided.PUBLIC)
    return "", _("Not of a kind that is published")


def _when(item: DecisionItem, moment: datetime) -> str:
    if item.published_on:
        return dates.day(item.published_on)
    if item.publish_by is None:
        return ""
    by = _("by %(day)s") % {"day": dates.day(item.publish_by)}
    return f"{by} ({relative(Due.by_day(item.publish_by), moment)})"


def _both(en: str, cy: str) -> str:
    return cy if spoken() == "cy" and cy else en


def decision_rows(
    pages: Iterable[tuple[Sequence[DecisionItem], Public]], moment: datetime
) -> Iterator[list[object]]:
    """Yield the rows of the register as a file, its headings first.

    Args:
        pages: its lines, some at a time, each time with what anybody may read of them.
        moment: the present instant.
    """
    yield [
        *(_("Case"), _("Decision"), _("Reason"), _("Decided on"), _("Decided by"), _("Consulted")),
        *(_("State"), _("Publish by"), _("Published on"), _("Public since")),
    ]
    for item, public in ((item, public) for items, public in pages for item in items):
        shown = public.get(item.made_by)
        yield [
            item.ref,
            _both(item.what, item.what_cy),
            item.reason,
            local(item.made_at).date(),
            _both(item.decider, item.decider_cy),
            _both(item.consulted, item.consulted_cy),
            _state(item, moment)[1],
            item.publish_by,
            item.published_on,
            local(shown.at).date() if shown else "",
        ]
