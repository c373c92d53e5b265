"""Coding in words: what to tick and why, what was coded before, how good a machine is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candour.coding.models import AppliesAlone, Code, Coding, LearnedModel, Suggested
from candour.coding.scores import ThemeScores, average_f1, scores_in
from candour.web import dates
from candour.web.forms.controls import Choice
from candour.web.presenters.feelings import felt_words
from candour.web.spoken import spoken

NO_FEELING = "none"
SENTIMENTS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Family:
    """The themes to choose from under one heading; the heading may be empty."""

    title: str
    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """How well one theme is told: in words for the table, and in hundredths to draw (-1: not)."""

    title: str
    address: str
    examples: int
    tested: int
    precision: str
    recall: str
    f1: str
    drawn: int
    alone: str


def families(
    codes: Sequence[Code], carried: Iterable[str], suggested: Suggested | None
) -> tuple[Family, ...]:
    """Return what to choose from: suggested themes first with why, then the list by family.

    Themes that the experience carries and that are not offered come last, so that they can stay.
    """
    titles = {code.theme: code.title_in(spoken()) for code in codes}
    fitting = [each for each in (suggested.themes if suggested else ()) if each["theme"] in titles]
    first = {each["theme"] for each in fitting}
    likely = tuple(_fit(each, titles) for each in fitting)
    found = [Family(_("Suggested by what was learned"), "suggested", likely)]
    for family, held in groupby(codes, key=lambda code: code.family):
        choices = tuple(
            Choice(code.theme, titles[code.theme], code.covers)
            for code in held
            if code.theme not in first
        )
        found.append(Family(family or _("Themes"), f"family-{len(found)}", choices))
    others = tuple(Choice(theme, theme) for theme in carried if theme not in titles)
    found.append(Family(_("Came with it, and not in the list"), "others", others))
    return tuple(family for family in found if family.choices)


def _fit(each: Mapping[str, Any], titles: Mapping[str, str]) -> Choice:
    """Return a suggested theme as a choice that says how sure it is, and why."""
    hint = _("%(percent)s of 100 as sure as this were right") % {"percent": each["percent"]}
    if each["because"]:
        words = ", ".join(f"“{word}”" for word in each["because"])
        hint = _("%(sure)s; because of %(words)s") % {"sure": hint, "words": words}
    return Choice(each["theme"], titles[each["theme"]], hint)


def feelings(suggested: Suggested | None) -> tuple[Choice, ...]:
    """Return the sentiments to choose from; the likeliest says so."""
    likely = suggested.sentiment if suggested else None
    hint = _("Suggested by what was learned")
    return (
        *(
            Choice(str(each), felt_words(each), hint if each == likely else "")
            for each in SENTIMENTS
        ),
        Choice(NO_FEELING, _("The words do not say")),
    )


def coded_before(codings: Iterable[Coding], titles: Mapping[str, str]) -> list[str]:
    """Return each coding as a line: when, by whom, what."""
    return [
        _("%(when)s, %(who)s: %(what)s")
        % {
            "when": dates.moment(each.at),
            "who": _who(each),
            "what": ", ".join(titles.get(theme, theme) for theme in each.themes) or _("no theme"),
        }
        for each in codings
    ]


def _who(coding: Coding) -> str:
    if coding.by is not None:
        return coding.by.name
    return _("what was learned, by itself") if coding.model_id else _("a change of the code list")


def score_lines(
    model: LearnedModel, codes: Mapping[str, Code], alone: Mapping[str, AppliesAlone]
) -> list[ScoreLine]:
    """Return a line for each theme that had examples, the best first."""
    known = sorted(
        scores_in(model.card), key=lambda each: (not each.tells, -(each.f1 or 0), -each.examples)
    )
    return [_line(each, codes.get(each.theme), alone.get(each.theme)) for each in known]


def _line(each: ThemeScores, code: Code | None, leave: AppliesAlone | None) -> ScoreLine:
    return ScoreLine(
        title=code.title_in(spoken()) if code else each.theme,
        address=str(code.pk) if code else "",
        examples=each.examples,
        tested=each.tested,
        precision=_share(each.precision) if each.tells else "",
        recall=_share(each.recall) if each.tells else "",
        f1=_share(each.f1) if each.tells else _too_few(each),
        drawn=round(100 * (each.f1 or 0)) if each.tells else -1,
        alone=_("from %(percent)s of 100") % {"percent": leave.percent} if leave else _("no"),
    )


def average(model: LearnedModel) -> str:
    """Return the average F1 of the themes learned."""
    return _share(average_f1(scores_in(model.card)))


def _too_few(each: ThemeScores) -> str:
    return _("too few to say") if each.f1 is not None else _("too few to learn")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def number_waiting(number: int, most: int) -> str:
    """Return how many wait to be coded: “12 experiences wait”, “more than 1,000 …”."""
    if number > most:
        return _("More than %(n)s experiences wait to be coded.") % {"n": f"{most:,}"}
    return ngettext(
        "%(n)s experience waits to be coded.", "%(n)s experiences wait to be coded.", number
    ) % {"n": number}
