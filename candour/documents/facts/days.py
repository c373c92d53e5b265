"""Days and times as a letter says them, in English and Welsh, always London time."""

from datetime import date, datetime
from typing import Final

from candour.engine.london import local
from candour.engine.words import Language

DAYS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"),
}
MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "cy": (
        *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
        *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
    ),
}


def day_words(on: date | datetime, language: Language) -> str:
    """Return a day or a moment: “8 April 2026”, “8 April 2026 at 14:30”."""
    day = local(on).date() if isinstance(on, datetime) else on
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}{_time(on, language)}"


def long_day_words(on: date | datetime, language: Language) -> str:
    """Return it with the day of the week: “Wednesday 8 April 2026”, “dydd Mercher 8 Ebrill …”."""
    day = local(on).date() if isinstance(on, datetime) else on
    named = DAYS[language][day.weekday()]
    return f"{'dydd ' if language == 'cy' else ''}{named} {day_words(on, language)}"


def _time(on: date | datetime, language: Language) -> str:
    if not isinstance(on, datetime):
        return ""
    return f" {'am' if language == 'cy' else 'at'} {local(on):%H:%M}"
