"""Calendars by name: England, Wales, and “a bank holiday anywhere in the United Kingdom”.

Bank holidays come from the official list that the `govuk-bank-holidays` package carries (read from
its files: no network), with what was proclaimed since that list was drawn up. For the years after
it the `holidays` package works them out by the rules of the Banking and Financial Dealings Act
1971; those are marked `computed`, for a proclamation may still change them.
"""

import gettext
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final

from holidays import country_holidays

from candour.engine.calendars import SATURDAY, Calendar, Holiday
from candour.engine.errors import ClockError, nearest

FIRST_YEAR: Final = 2012
LAST_YEAR: Final = 2040

ENGLAND_AND_WALES: Final = "england-and-wales"
NORTHERN_IRELAND: Final = "northern-ireland"
SCOTLAND: Final = "scotland"

DIVISIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "england": (ENGLAND_AND_WALES,),
        "wales": (ENGLAND_AND_WALES,),
        "uk-any": (ENGLAND_AND_WALES, NORTHERN_IRELAND, SCOTLAND),
    }
)
NAMES: Final = tuple(DIVISIONS)

# Proclaimed after the packaged list was drawn up: Scotland's day for the 2026 World Cup, by the
# Royal Proclamation of February 2026 under the 1971 Act.
PROCLAIMED: Final[Mapping[str, Mapping[date, str]]] = MappingProxyType(
    {SCOTLAND: MappingProxyType({date(2026, 6, 15): "World Cup bank holiday"})}
)

_SUBDIVISIONS: Final = {ENGLAND_AND_WALES: "ENG", NORTHERN_IRELAND: "NIR", SCOTLAND: "SCT"}
_OBSERVED: Final = " (observed)"

# The official list's name for what the computing package calls otherwise.
_OFFICIAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "New Year's Day": "New Year’s Day",
        "New Year Holiday": "2nd January",
        "May Day": "Early May bank holiday",
        "Spring Bank Holiday": "Spring bank holiday",
        "Late Summer Bank Holiday": "Summer bank holiday",
        "Summer Bank Holiday": "Summer bank holiday",
        "Saint Andrew's Day": "St Andrew’s Day",
        "Saint Patrick's Day": "St Patrick’s Day",
        "Battle of the Boyne": "Battle of the Boyne (Orangemen’s Day)",
    }
)

# Welsh names: ours where the package has none or one whose words are out of order.
_WELSH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Early May bank holiday": "Gŵyl banc dechrau mis Mai",
        "Early May bank holiday (VE day)": "Gŵyl banc dechrau mis Mai (Diwrnod VE)",
        "Summer bank holiday": "Gŵyl banc yr haf",
        "Spring bank holiday": "Gŵyl banc y gwanwyn",
        "Battle of the Boyne (Orangemen’s Day)": "Brwydr y Boyne (Dydd yr Orangemen)",
        "World Cup bank holiday": "Gŵyl banc Cwpan y Byd",
    }
)
_PARTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        ENGLAND_AND_WALES: ("England and Wales", "Cymru a Lloegr"),
        NORTHERN_IRELAND: ("Northern Ireland", "Gogledd Iwerddon"),
        SCOTLAND: ("Scotland", "yr Alban"),
    }
)


@cache
def calendar(name: str) -> Calendar:
    """Return the calendar called `england`, `wales` or `uk-any`; the same object each time.

    Raises:
        ClockError: there is no calendar of that name; the message lists those there are.
    """
    if name not in DIVISIONS:
        msg = f"There is no calendar “{name}”.{nearest(name, NAMES)} There are {', '.join(NAMES)}."
        raise ClockError(msg)
    by_division = {division: _holidays(division) for division in DIVISIONS[name]}
    days = sorted({day for holidays in by_division.values() for day in holidays})
    return Calendar(
        name,
        date(FIRST_YEAR, 1, 1),
        date(LAST_YEAR, 12, 31),
        {day: _anywhere(day, by_division) for day in days},
    )


@cache
def _holidays(division: str) -> Mapping[date, Holiday]:
    """Return the bank holidays of one part of the United Kingdom, in order."""
    published = {**_published(division), **_proclaimed(division)}
    listed_until = max(published).year
    years = range(listed_until + 1, LAST_YEAR + 1)
    return MappingProxyType({**published, **dict(_computed(division, years))})


def _proclaimed(division: str) -> dict[date, Holiday]:
    names = PROCLAIMED.get(division, {})
    return {day: Holiday(name, _welsh(name), "published") for day, name in names.items()}


def _published(division: str) -> dict[date, Holiday]:
    events = _official_list()[division]["events"]
    return {
        date.fromisoformat(event["date"]): _holiday(
            event["title"], substitute=event["notes"] == "Substitute day", computed=False
        )
        for event in events
        if event["date"] >= f"{FIRST_YEAR}-01-01"
    }


@cache
def _official_list() -> dict[str, dict[str, list[dict[str, str]]]]:
    text = resources.files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text("utf-8")
    divisions: dict[str, dict[str, list[dict[str, str]]]] = json.loads(text)
    return divisions


def _computed(division: str, years: Iterable[int]) -> Iterator[tuple[date, Holiday]]:
    """Yield the bank holidays of years beyond the list, as the list would name them.

    Like the list, without those that fall on a weekend: their substitutes stand for them.
    """
    worked_out = country_holidays("GB", subdiv=_SUBDIVISIONS[division], years=years)
    for day, names in sorted(worked_out.items()):
        if day.weekday() < SATURDAY:
            name = names.split("; ")[-1]
            title = name.removesuffix(_OBSERVED)
            substitute = name.endswith(_OBSERVED)
            yield day, _holiday(_OFFICIAL.get(title, title), substitute=substitute, computed=True)


def _holiday(title: str, *, substitute: bool, computed: bool) -> Holiday:
    english, welsh = title, _welsh(title)
    if substitute:
        english, welsh = f"{english} (substitute day)", f"{welsh} (diwrnod yn ei le)"
    return Holiday(english, welsh, "computed" if computed else "published")


def _welsh(title: str) -> str:
    return _WELSH.get(title) or _translations().gettext(title)


@cache
def _translations() -> gettext.NullTranslations:
    with resources.as_file(resources.files("govuk_bank_holidays")) as package:
        return gettext.translation("messages", Path(package) / "locale", languages=["cy"])


def _anywhere(day: date, by_division: Mapping[str, Mapping[date, Holiday]]) -> Holiday:
    """Return the holiday of a day, saying whose it is where it is not everybody's."""
    kept = {part: holidays[day] for part, holidays in by_division.items() if day in holidays}
    named = sorted(kept, key=lambda part: kept[part].name)
    groups = [list(parts) for _, parts in groupby(named, key=lambda part: kept[part].name)]
    if len(groups) == 1 and len(kept) == len(by_division):
        return kept[named[0]]
    english = [_whose(kept[parts[0]].name, parts, 0) for parts in groups]
    welsh = [_whose(kept[parts[0]].name_cy, parts, 1) for parts in groups]
    return Holiday("; ".join(english), "; ".join(welsh), kept[named[0]].source)


def _whose(name: str, parts: Iterable[str], language: int) -> str:
    return f"{name} ({', '.join(_PARTS[part][language] for part in parts)})"
