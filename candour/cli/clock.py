"""`candour clock`: when something is due, and why on that day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import click

from candour.engine.calendars import Calendar
from candour.engine.clocks import LONDON, Clock, ClockError, Due, OnHoliday, Unit, prove
from candour.engine.london import start_of
from candour.engine.words import Language
from candour.policies.calendars import NAMES, calendar


@click.command()
@click.argument("words")
@click.argument("start")
@click.option(
    "--calendar", "calendar_name", type=click.Choice(NAMES), default="england", show_default=True
)
@click.option("--proof", is_flag=True, help="Print each day counted or skipped, and why.")
@click.option(
    "--on-holiday",
    type=click.Choice(["stand", "roll"]),
    default="stand",
    show_default=True,
    help="What a date does that falls on a day that is not a working day.",
)
@click.option("--occurrence", type=int, default=1, help="Which one, of a clock that repeats.")
@click.option("--closed", multiple=True, metavar="DAY", help="A closure day of a body's own.")
@click.option("--language", type=click.Choice(["en", "cy"]), default="en", show_default=True)
def command(  # noqa: PLR0913  one parameter for each option
    words: str,
    start: str,
    calendar_name: str,
    *,
    proof: bool,
    on_holiday: OnHoliday,
    occurrence: int,
    closed: Sequence[str],
    language: Language,
) -> None:
    """Print when something is due: the day, or the moment where hours count.

    WORDS are the clock's, such as "20 working days beginning with", "24 hours after" or "every 8
    weeks". START is a day, 2026-03-21, or a London moment, 2026-03-28T14:00.
    """
    try:
        clock = Clock.parse(words, on_holiday)
        days = _with_closures(calendar(calendar_name), closed)
        proved = prove(clock, _start(clock, start), days, occurrence=occurrence)
        click.echo(_first_line(proved.due, day_only=_given_day(start) is not None))
        if proof:
            click.echo("\n".join(proved.lines(language)))
    except ClockError as error:
        raise click.UsageError(str(error)) from error


def _with_closures(days: Calendar, closed: Sequence[str]) -> Calendar:
    if not closed:
        return days
    closures = {_closure(text): "closure day" for text in closed}
    return days.with_closures(closures, f"{days.name} with closures")


def _first_line(due: Due, *, day_only: bool) -> str:
    """Return the due day, or where hours count from a moment, the due moment with its offset."""
    if due.moment and not day_only:
        return due.moment.astimezone(LONDON).isoformat(timespec="seconds")
    return str(due.on)


def _start(clock: Clock, text: str) -> datetime:
    """Return the instant that `text` gives; a day alone stands for its beginning.

    Raises:
        ClockError: it gives none, or one that the changing of the clocks makes doubtful.
    """
    day = _given_day(text)
    if day is None:
        return _moment(text)
    if clock.unit is Unit.HOUR and clock.amount:
        msg = f"“{clock}” counts hours: give the moment it starts, such as {day}T14:00."
        raise ClockError(msg)
    return start_of(day)


def _given_day(text: str) -> date | None:
    """Return the day that `text` gives, or None where it is not a day alone."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _closure(text: str) -> date:
    day = _given_day(text)
    if day is None:
        msg = f"“{text}” is not a day. Write it as year-month-day, such as 2026-12-24."
        raise ClockError(msg)
    return day


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        msg = (
            f"“{text}” is neither a day nor a moment. Write 2026-03-21, or with a time "
            "2026-03-28T14:00."
        )
        raise ClockError(msg) from error
    if moment.tzinfo:
        return moment
    first, second = (moment.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    there_was = first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == moment
    what = "came twice" if there_was else "did not come"
    msg = (
        f"{text} {what} in London, where the clocks changed that night. Give the offset: "
        f"{text}+00:00 or {text}+01:00."
    )
    raise ClockError(msg)
