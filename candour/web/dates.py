"""Days and times as people read them, in English and Welsh, always London time.

The names of days and months are tables here and not the machine's locale: a page reads the same on
every machine.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import ngettext
from markupsafe import Markup

from candour.web.spoken import spoken
from candour.web.spoken import told as _

LONDON = ZoneInfo("Europe/London")

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul"),
}
_SHORT_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "cy": ("Llun", "Maw", "Mer", "Iau", "Gwe", "Sad", "Sul"),
}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ),
}  # fmt: skip
_SHORT_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "cy": ("Ion", "Chw", "Maw", "Ebr", "Mai", "Meh", "Gor", "Awst", "Medi", "Hyd", "Tach", "Rhag"),
}


def london_day(value: date | datetime) -> date:
    """Return the day in London on which `value` falls.

    Raises:
        ValueError: `value` is a datetime without a time zone, so its day cannot be known.
    """
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError(
            f"{value.isoformat()} carries no time zone. Pass an aware datetime, or a date."
        )
    return value.astimezone(LONDON).date()


def day(value: date | datetime) -> str:
    """Return a day in short words: ``Wed 8 Apr 2026``, ``Mer 8 Ebr 2026``."""
    on, language = london_day(value), spoken()
    weekday, month = _SHORT_DAYS[language][on.weekday()], _SHORT_MONTHS[language][on.month - 1]
    return f"{weekday} {on.day} {month} {on.year}"


def short_day(value: date | datetime) -> str:
    """Return a day without its weekday and year: ``8 Apr``, ``8 Ebr``."""
    on = london_day(value)
    return f"{on.day} {_SHORT_MONTHS[spoken()][on.month - 1]}"


def plain_day(value: date | datetime, as_of: date | datetime) -> str:
    """Return a day as it is said in a sentence: ``30 March``, with the year where it is another."""
    on = london_day(value)
    said = f"{on.day} {_MONTHS[spoken()][on.month - 1]}"
    return said if on.year == london_day(as_of).year else f"{said} {on.year}"


def long_day(value: date | datetime) -> str:
    """Return a day in full words: ``Wednesday 8 April 2026``, ``Dydd Mercher 8 Ebrill 2026``."""
    on, language = london_day(value), spoken()
    weekday, month = _DAYS[language][on.weekday()], _MONTHS[language][on.month - 1]
    prefix = "Dydd " if language == "cy" else ""
    return f"{prefix}{weekday} {on.day} {month} {on.year}"


def clock_time(value: datetime) -> str:
    """Return the time of day in London: ``2:30pm``, ``9am``."""
    london_day(value)
    return on_the_clock(value.astimezone(LONDON).time())


def on_the_clock(value: time) -> str:
    """Return a time of day: ``2:30pm``, ``9am``."""
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def weekdays(days: Sequence[int]) -> str:
    """Return days of the week (0 is Monday) in words, those in a row as one: ``Monday to Friday``.

    Two days in a row are named both.
    """
    names = _DAYS[spoken()]
    runs: list[list[int]] = []
    for number in sorted(days):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [
        _("%(first)s to %(last)s") % {"first": names[run[0]], "last": names[run[-1]]}
        if len(run) > 2
        else ", ".join(names[number] for number in run)
        for run in runs
    ]
    return ", ".join(said)


def moment(value: datetime) -> str:
    """Return day and time: ``Wed 8 Apr 2026, 2:30pm``."""
    return f"{day(value)}, {clock_time(value)}"


def days_from(value: date | datetime, as_of: date | datetime) -> str:
    """Return how far a day lies from another: ``in 3 days``, ``today``, ``2 days ago``."""
    distance = (london_day(value) - london_day(as_of)).days
    if distance == 0:
        return _("today")
    if abs(distance) == 1:
        return _("tomorrow") if distance > 0 else _("yesterday")
    count = abs(distance)
    if distance > 0:
        return ngettext("in %(count)s day", "in %(count)s days", count) % {"count": count}
    return ngettext("%(count)s day ago", "%(count)s days ago", count) % {"count": count}


def month_names() -> list[frozenset[str]]:
    """Return for each month every name it goes by, short or long, in either language."""
    tables = (*_MONTHS.values(), *_SHORT_MONTHS.values())
    return [frozenset(table[month].casefold() for table in tables) for month in range(12)]


def day_tag(value: date | datetime) -> Markup:
    """Return `day` as a ``time`` element that a machine can read."""
    return _time(london_day(value).isoformat(), day(value))


def moment_tag(value: datetime) -> Markup:
    """Return `moment` as a ``time`` element that a machine can read."""
    return _time(value.astimezone(LONDON).isoformat(timespec="minutes"), moment(value))


def _time(stamp: str, words: str) -> Markup:
    markup = f'<time datetime="{stamp}">{words}</time>'
    return Markup(markup)  # noqa: S704  # digits, and names from the tables above
