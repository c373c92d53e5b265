"""Hours and instants as Hypothesis makes them up, with the nights on which clocks change."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as some

from candour.bodies.hours import ALWAYS, MIDNIGHT, OTHERWISE, UNKNOWN, WEEK, Hours

minutes = some.integers(0, MIDNIGHT - 1)
stretches = some.lists(some.tuples(minutes, some.integers(1, MIDNIGHT)), max_size=3)
same_day = stretches.map(lambda found: [each for each in found if each[0] < each[1]])
kept = some.builds(
    Hours.kept,
    some.dictionaries(some.sampled_from(WEEK), stretches),
    on_holidays=some.none() | same_day,
    holidays_of=some.sampled_from(["england", "wales", "uk-any"]),
)
any_hours = kept | some.sampled_from([ALWAYS, OTHERWISE, UNKNOWN])
CHANGES = (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))
around_a_change = some.builds(
    lambda change, off: change + timedelta(minutes=off),
    some.sampled_from(CHANGES),
    some.integers(-600, 600),
)
begins = datetime(2012, 1, 2, tzinfo=UTC)
instants = around_a_change | some.integers(0, 27 * 365 * 24 * 60).map(
    lambda minute: begins + timedelta(minutes=minute)
)
