"""A digest as a page shows it: every number in a table, with a bar beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine.words import Language
from candour.feeding_back.cycles import Cycle, Every
from candour.feeding_back.documents import (
    FEW,
    HOW,
    PEOPLE,
    SIDES,
    day_words,
    number_words,
    title_of,
)
from candour.feeding_back.models import Digest, DigestReply
from candour.feeding_back.queries import DueDigest
from candour.feeding_back.small_numbers import BAND, Side
from candour.web import dates
from candour.web.spoken import spoken

WIDTH = 100  # of a bar, in units of its drawing


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number: what of, in words, the one before, and how far its bar reaches at least and most.

    A number that is not given has no bar.
    """

    what: str
    words: str
    before: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class SidePart:
    """One side: its title, what it was about, and what people said in their own words."""

    title: str
    themes: tuple[NumberRow, ...]
    quotations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DigestPart:
    """What a digest says; `few` where nothing else is said."""

    title: str
    days: str
    few: str
    rows: tuple[NumberRow, ...]
    compared: bool
    sides: tuple[SidePart, ...]
    how: str


def digest_part(content: Mapping[str, Any]) -> DigestPart:
    """Return a digest in the reader's language."""
    language = spoken()
    enough = content["enough"]
    return DigestPart(
        title=title_of(content, language),
        days=_("%(first)s to %(last)s")
        % {name: day_words(content[name], language) for name in ("first", "last")},
        few="" if enough else FEW.text(language),
        rows=tuple(_numbers(content, language)) if enough else (),
        compared=content["before"] is not None,
        sides=tuple(_sides(content, language)) if enough else (),
        how=HOW.text(language),
    )


def _numbers(content: Mapping[str, Any], language: Language) -> Iterator[NumberRow]:
    before = content["before"] or {"people": None, "sides": {}}
    told = [(PEOPLE, content["people"], before["people"])]
    told += [
        (SIDES[side], content["sides"][side.value], before["sides"].get(side.value))
        for side in Side
    ]
    largest = _largest(content)
    for what, least, then in told:
        yield _row(what.text(language), least, largest, language, number_words(then, language))


def _largest(content: Mapping[str, Any]) -> int:
    """Return how far the longest bar reaches: all bars of a digest are drawn to one scale."""
    given = [content["people"], *content["sides"].values()]
    given += [each["people"] for each in content["themes"]]
    return max((least or 0 for least in given), default=0) + BAND - 1


def _row(
    what: str, least: int | None, largest: int, language: Language, before: str = ""
) -> NumberRow:
    words = number_words(least, language)
    if least is None:
        return NumberRow(what, words, before, 0, 0)
    most = least + BAND - 1
    return NumberRow(
        what, words, before, round(WIDTH * least / largest), round(WIDTH * most / largest)
    )


def _sides(content: Mapping[str, Any], language: Language) -> Iterator[SidePart]:
    largest = _largest(content)
    for side in Side:
        if content["sides"][side.value] is None:
            continue
        named = [each for each in content["themes"] if each["side"] == side.value]
        quoted = tuple(
            (each["words"], each["language"])
            for each in content["quotations"]
            if each["side"] == side.value
        )
        if named or quoted:
            themes = tuple(
                _row(each["title"][language], each["people"], largest, language) for each in named
            )
            yield SidePart(SIDES[side].text(language), themes, quoted)


@dataclass(frozen=True, slots=True)
class Listed:
    """A digest in a list: whose, of which days, where it is, and a note."""

    name: str
    days: str
    address: str
    note: str


def cycle_words(cycle: Cycle) -> str:
    """Return the days of a cycle in words."""
    language = spoken()
    days = {"first": day_words(cycle.first.isoformat(), language)}
    days["last"] = day_words(cycle.last.isoformat(), language)
    return _("%(first)s to %(last)s") % days


def digest_address(slug: str, cycle: Cycle, body: str = "") -> str:
    """Return where the digest of a cycle is prepared, for one of the reader's bodies."""
    place = reverse("feedback-digest", args=[slug, cycle.first, cycle.last])
    return f"{place}?body={body}" if body else place


def due_line(due: DueDigest, body: str) -> Listed:
    """Return a digest that is due, as a list shows it."""
    name = due.name_cy if spoken() == "cy" and due.name_cy else due.name
    note = _("due from %(day)s") % {"day": dates.day(due.cycle.due)}
    return Listed(name, cycle_words(due.cycle), digest_address(due.slug, due.cycle, body), note)


def released_line(digest: Digest) -> Listed:
    """Return a released digest, as a list shows it."""
    note = _("released %(day)s") % {"day": dates.day(digest.released_at)}
    if digest.number > 1:
        note = f"{note}, " + _("correction %(n)s") % {"n": digest.number - 1}
    return Listed(
        digest.organisation.name_in(spoken()),
        cycle_words(Cycle(digest.first_day, digest.last_day)),
        reverse("feedback-released", args=[digest.pk]),
        note,
    )


def every_words() -> dict[Every, str]:
    """Return how often in words."""
    return {
        Every.MONTH: _("Every month"),
        Every.QUARTER: _("Every quarter of the year"),
        Every.YEAR: _("Every year"),
    }


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """What an organisation answered, as pages show it."""

    who: str
    when: str
    words: str
    changed: str
    note: str
    address: str


def reply_part(reply: DigestReply) -> ReplyPart:
    """Return an answer in words; its digest and organisation have to be read already."""
    note = (
        _("Those who told us read it under their receipt.")
        if reply.for_people
        else _("Staff only.")
    )
    return ReplyPart(
        reply.digest.organisation.name_in(spoken()),
        dates.day(reply.came_on),
        reply.words,
        reply.changed,
        note,
        reverse("feedback-released", args=[reply.digest_id]),
    )
