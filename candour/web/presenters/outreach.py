"""Words of outreach: engagements, who is under-heard, and what a campaign can be said to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from candour.experiences.fewest import FEWEST_TOLD
from candour.experiences.models import Experience
from candour.outreach.census import ASKED_OF_AREA
from candour.outreach.heard import Change, Heard, Interval, Share, Verdict, changed
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


def met_by_choices() -> list[dict[str, str]]:
    """Return who may have gone out, as a form offers it."""
    return [{"value": key.value, "words": words} for key, words in met_by_words().items()]


def percent(share: float) -> str:
    """Return a share as a whole number of hundredths; of a small one, that it is below one."""
    if 0 < share < LEAST_TOLD:
        return _("under 1 in 100")
    return f"{share:.0%}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A share as it is drawn, in hundredths of the width.

    Attributes:
        least, most: between which the share lies that was heard; the same where it is told.
        low, high: the range in which the true one lies.
        area: the share of the population.
    """

    least: float
    most: float
    low: float
    high: float
    area: float


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One answer, as the table says and the bars draw it; nothing heard is drawn if not told."""

    words: str
    number: str
    share: str
    between: str
    population: str
    verdict: str
    under: bool
    drawn: Drawn | None
    area: float


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
    lines = tuple(_line(name, each, found.of) for each in shares)
    alone = lines[: len(found.shares)]
    return HeardTable(
        name,
        said(_QUESTIONS[name].words),
        str(area.census),
        _("fewer than can be told") if found.of is None else str(found.of),
        lines,
        "; ".join(line.words for line in alone if line.under),
    )


def _line(name: str, share: Share, of: int | None) -> HeardLine:
    return HeardLine(
        answer_words(name, share.answers),
        number_words(share),
        share_words(share, of),
        _between(share.interval) if share.interval else _("not told"),
        percent(share.population),
        verdict_words(share.verdict),
        share.under,
        drawn(share, of),
        _hundredths(share.population),
    )


def verdict_words(verdict: Verdict) -> str:
    """Return what follows of an answer's share."""
    return {
        Verdict.UNDER: _("Under-heard"),
        Verdict.NOT_SHOWN: _("Not shown to be under-heard"),
        Verdict.UNKNOWN: _("Cannot be told"),
    }[verdict]


def number_words(share: Share) -> str:
    """Return how many people gave an answer, as far as that is told."""
    if share.number is not None:
        return str(share.number)
    if share.small:
        return _("fewer than %(n)s") % {"n": FEWEST_TOLD}
    if share.most is None:
        return _("%(n)s or more") % {"n": share.least}
    return _("%(low)s to %(high)s") % {"low": share.least, "high": share.most}


def share_words(share: Share, of: int | None) -> str:
    """Return which share of those heard gave an answer, as far as that is told."""
    if share.share is not None:
        return percent(share.share)
    if not of or share.most is None:
        return _("not told")
    if share.small:
        return _("%(share)s at most") % {"share": percent(share.most / of)}
    return _("%(low)s to %(high)s") % {
        "low": percent(share.least / of),
        "high": percent(share.most / of),
    }


def drawn(share: Share, of: int | None) -> Drawn | None:
    """Return how a share is drawn; None where nothing of it is told."""
    if not of or share.most is None or share.interval is None:
        return None
    return Drawn(
        _hundredths(share.least / of),
        _hundredths(share.most / of),
        _hundredths(share.interval.low),
        _hundredths(share.interval.high),
        _hundredths(share.population),
    )


def _hundredths(share: float) -> float:
    return round(share * 100, 2)


def answer_words(question: str, answers: Sequence[str]) -> str:
    """Return answers of a question in the language of the page."""
    options = {each.value: each for each in _QUESTIONS[question].options}
    words = ", ".join(said(options[each].words) for each in answers)
    return words if len(answers) == 1 else _("Together: %(answers)s") % {"answers": words}


def _between(interval: Interval) -> str:
    return _("%(low)s to %(high)s") % {"low": percent(interval.low), "high": percent(interval.high)}


@dataclass(frozen=True, slots=True)
class PeriodShare:
    """A share in one time of a campaign and its range, in words and as it is drawn."""

    words: str
    between: str
    drawn: Drawn | None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One answer through a campaign: its share in each period, and what may be said of it."""

    words: str
    area: str
    shares: tuple[PeriodShare, ...]
    says: str


def change_lines(name: str, periods: Sequence[Heard]) -> list[ChangeLine]:
    """Return for each answer its share before, in each phase and after, and what changed."""
    before, after = periods[0], periods[-1]
    return [
        ChangeLine(
            answer_words(name, share.answers),
            percent(share.population),
            tuple(_in_period(each, place) for each in periods),
            change_words(changed(before, after, share.answers[0])),
        )
        for place, share in enumerate(before.shares)
    ]


def _in_period(heard: Heard, place: int) -> PeriodShare:
    share = heard.shares[place]
    if share.interval is None:
        return PeriodShare(_("not told"), "", None)
    words = share_words(share, heard.of)
    return PeriodShare(words, _between(share.interval), drawn(share, heard.of))


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
