"""Words of outreach: engagements, who is under-heard, and what a campaign can be said to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from candour.experiences.models import Experience
from candour.outreach.census import ASKED_OF_AREA
from candour.outreach.heard import Change, Heard, Interval, Share, changed
from candour.outreach.models import Engagement, MetBy
from candour.outreach.queries import AreaPopulation
from candour.web.spoken import said

LEAST_TOLD: Final = 0.01
_QUESTIONS: Final = {each.name: each for each in ASKED_OF_AREA}


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """An engagement as a list names it."""

    number: int
    place: str
    day: date
    sort: str
    met_by: str
    names: str
    community: str
    campaign: str
    people_met: int | None
    experiences: int


def engagement_line(held: Engagement) -> EngagementLine:
    """Return an engagement in words."""
    sort = _("themed: %(theme)s") % {"theme": held.theme} if held.theme else _("general")
    return EngagementLine(
        held.pk,
        held.place,
        held.day,
        sort,
        met_by_words()[MetBy(held.met_by)],
        held.names,
        held.community,
        held.campaign.name if held.campaign else "",
        held.people_met,
        getattr(held, "experiences", 0),
    )


def gathered_line(experience: Experience) -> EngagementLine | None:
    """Return the engagement at which an experience was gathered (HD-05).

    No query where the experience was read with its `gathered__engagement__campaign`.
    """
    held = getattr(experience, "gathered", None)
    return None if held is None else engagement_line(held.engagement)


def met_by_words() -> dict[MetBy, str]:
    """Return who went out, in words."""
    return {
        MetBy.OFFICERS: _("engagement officers"),
        MetBy.VOLUNTEERS: _("volunteers"),
        MetBy.BOTH: _("engagement officers and volunteers"),
    }


def percent(share: float) -> str:
    """Return a share as a whole number of hundredths; of a small one, that it is below one."""
    if 0 < share < LEAST_TOLD:
        return _("under 1 in 100")
    return f"{share:.0%}"


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One answer, as the table says and the bars draw it; widths in hundredths."""

    words: str
    number: str
    share: str
    between: str
    population: str
    verdict: str
    under: bool
    drawn: float | None
    low: float
    high: float
    drawn_population: float


@dataclass(frozen=True, slots=True)
class HeardTable:
    """One question: who was heard, beside the population."""

    name: str
    question: str
    source: str
    of: str
    lines: tuple[HeardLine, ...]
    under: str


def heard_tables(
    heard: Mapping[str, Heard], population: Mapping[str, AreaPopulation]
) -> list[HeardTable]:
    """Return a table for each question that has a population."""
    return [_table(name, found, population[name]) for name, found in heard.items()]


def _table(name: str, found: Heard, area: AreaPopulation) -> HeardTable:
    shares = [*found.shares, *([found.together] if found.together else [])]
    lines = tuple(_line(name, each) for each in shares)
    alone = lines[: len(found.shares)]
    return HeardTable(
        name,
        said(_QUESTIONS[name].words),
        str(area.census),
        _("fewer than can be told") if found.of is None else str(found.of),
        lines,
        "; ".join(line.words for line in alone if line.under),
    )


def _line(name: str, share: Share) -> HeardLine:
    interval = share.interval
    between = share.interval and _between(share.interval)
    return HeardLine(
        answer_words(name, share.answers),
        _("not told") if share.number is None else str(share.number),
        _("not told") if share.share is None else percent(share.share),
        between or _("not told"),
        percent(share.population),
        _verdict(share),
        share.under,
        None if share.share is None else round(share.share * 100, 2),
        round(interval.low * 100, 2) if interval else 0,
        round(interval.high * 100, 2) if interval else 0,
        round(share.population * 100, 2),
    )


def answer_words(question: str, answers: Sequence[str]) -> str:
    """Return answers of a question in the language of the page."""
    options = {each.value: each for each in _QUESTIONS[question].options}
    words = ", ".join(said(options[each].words) for each in answers)
    return words if len(answers) == 1 else _("Together: %(answers)s") % {"answers": words}


def _between(interval: Interval) -> str:
    return _("%(low)s to %(high)s") % {"low": percent(interval.low), "high": percent(interval.high)}


def _verdict(share: Share) -> str:
    if share.under:
        return _("Under-heard")
    if share.number is None:
        return _("Cannot be told")
    return _("Not shown to be under-heard")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One answer through a campaign: its share in each period, and what may be said of it."""

    words: str
    shares: tuple[str, ...]
    says: str


def change_lines(name: str, periods: Sequence[Heard]) -> list[ChangeLine]:
    """Return for each answer its share before, in each phase and after, and what changed."""
    before, after = periods[0], periods[-1]
    return [
        ChangeLine(
            answer_words(name, share.answers),
            tuple(_in_period(each, place) for each in periods),
            change_words(changed(before, after, share.answers[0])),
        )
        for place, share in enumerate(before.shares)
    ]


def _in_period(heard: Heard, place: int) -> str:
    share = heard.shares[place]
    if share.share is None or share.interval is None:
        return _("not told")
    return _("%(share)s (%(between)s)") % {
        "share": percent(share.share),
        "between": _between(share.interval),
    }


def change_words(change: Change) -> str:
    """Return what two shares say, and no more than they say."""
    return {
        Change.MORE: _("A greater share after than before, by more than chance explains."),
        Change.LESS: _("A smaller share after than before, by more than chance explains."),
        Change.UNSURE: _("No difference that chance could not explain."),
        Change.TOO_FEW: _("Too few people to say."),
    }[change]


def question_words(name: str) -> str:
    """Return a question of the form in the language of the page."""
    return said(_QUESTIONS[name].words)
