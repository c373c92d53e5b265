"""Words of outreach: what was put right, how it was before and how it became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from candour.outreach.models import Campaign, Engagement, Former, MetBy, Phase, Sort
from candour.web.dates import day
from candour.web.presenters.outreach import met_by_words

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    Sort.CAMPAIGN: ("name", "theme", "begins", "ends"),
    Sort.PHASE: ("name", "begins", "ends"),
    Sort.ENGAGEMENT: (
        *("day", "place", "theme", "campaign_id", "community"),
        *("met_by", "names", "people_met", "notes"),
    ),
}
DAYS: Final = frozenset({"begins", "ends", "day"})
Row = Campaign | Phase | Engagement


@dataclass(frozen=True, slots=True)
class Corrected:
    """One time that something was put right.

    Attributes:
        name: what it was called before.
        changes: of each column that changed: what it is, how it was and how it became.
    """

    name: str
    at: datetime
    by: str
    why: str
    changes: tuple[tuple[str, str, str], ...]


def corrections(
    formers: Sequence[Former],
    rows: Mapping[tuple[str, int], Row],
    campaigns: Mapping[int, str] | None = None,
) -> list[Corrected]:
    """Return what was put right, the newest first.

    Args:
        formers: the rows as they were, each one's in the order it happened.
        rows: those that hold now, by sort and number.
        campaigns: names, where an engagement was put into another one.
    """
    found, names = [], campaigns or {}
    for place, former in enumerate(formers):
        later = formers[place + 1 : place + 2]
        followed = bool(later) and (later[0].sort, later[0].number) == (former.sort, former.number)
        then = (
            later[0].held if followed else _columns(former.sort, rows[former.sort, former.number])
        )
        changes = tuple(
            (label(former.sort, name), _shown(name, before, names), _shown(name, after, names))
            for name in COLUMNS[former.sort]
            for before, after in [(former.held.get(name), then.get(name))]
            if before != after
        )
        name = former.held.get("name") or former.held["place"]
        by = former.by.name if former.by else ""
        found.append(Corrected(name, former.until, by, former.why, changes))
    return sorted(found, key=lambda each: each.at, reverse=True)


def label(sort: str, column: str) -> str:
    """Return what a column is, in the language of the page."""
    if column == "theme" and sort == Sort.CAMPAIGN:
        return _("What is it about?")
    return {
        "name": _("What is it called?"),
        "begins": _("First day"),
        "ends": _("Last day"),
        "day": _("Day"),
        "place": _("Place"),
        "theme": _("Theme"),
        "campaign_id": _("Campaign"),
        "community": _("Hoped to hear from"),
        "met_by": _("Who went"),
        "names": _("Their names"),
        "people_met": _("People met"),
        "notes": _("Notes"),
    }[column]


def _columns(sort: str, row: Row) -> dict[str, object]:
    held = {name: getattr(row, name) for name in COLUMNS[sort]}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in held.items()
    }


def _shown(column: str, value: object, campaigns: Mapping[int, str]) -> str:
    if value in (None, ""):
        return _("None")
    if column in DAYS:
        return day(date.fromisoformat(str(value)))
    if column == "met_by":
        return met_by_words()[MetBy(str(value))]
    if column == "campaign_id":
        return campaigns.get(int(str(value)), str(value))
    return str(value)
