"""A function handed on holds with the one until midnight in London, and with the other from then.

Midnight is that of London in summer and in winter, on the days on which the clocks change as well.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from candour.bodies.keeping import Keeper, hand_on
from candour.bodies.models import Area, Body, BodyFunction, Contact, Succession
from candour.bodies.queries import bodies_holding, holders_after
from candour.bodies.routes import who_answers

pytestmark = pytest.mark.django_db
VOICE = "national_voice"
BY = Keeper("Mari Ellis, Cardiff Council", datetime(2026, 1, 5, 10, tzinfo=UTC))
A_MOMENT = timedelta(microseconds=1)
# The first day of the one after, and the instant at which it begins.
MIDNIGHTS = (
    (date(2026, 10, 25), "2026-10-24T23:00+00:00"),  # the clocks go back at two that night
    (date(2026, 10, 26), "2026-10-26T00:00+00:00"),
    (date(2027, 3, 28), "2027-03-28T00:00+00:00"),  # and forward at one
    (date(2027, 3, 29), "2027-03-28T23:00+00:00"),
    (date(2027, 4, 1), "2027-03-31T23:00+00:00"),
    (date(2028, 2, 29), "2028-02-29T00:00+00:00"),
    (date(2027, 1, 1), "2027-01-01T00:00+00:00"),
)


def body(name: str) -> Body:
    return Body.objects.create(name=name, slug=name.lower().replace(" ", "-"), nation="england")


@pytest.fixture
def england() -> Area:
    return Area.objects.create(code="E92000001", name="England", kind="nation", nation="england")


@pytest.fixture
def before(england: Area) -> Body:
    """The national body, with a desk that answers at every hour."""
    found = body("Healthwatch England")
    desk = Contact.objects.create(
        body=found, role="concerns", name="Escalations", phone="01632 960001", hours="always"
    )
    BodyFunction.objects.create(body=found, function=VOICE, place=england, contact=desk)
    return found


@pytest.fixture
def after() -> Body:
    found = body("The Department")
    Contact.objects.create(
        body=found, role="concerns", name="Patient voice", phone="01632 960002", hours="always"
    )
    return found


def kept_alone(step: Succession) -> None:
    """Only the succession is kept: the row of the one before has no end."""
    step.save()


def handed_on(step: Succession) -> None:
    """As the page of a body does it: that row ends, and the one after gets its own."""
    hand_on(step, BY)


def answered(at: datetime, area: Area) -> list[tuple[str, str, str]]:
    return [
        (str(each.body), str(each.title), each.phone)
        for each in who_answers(VOICE, at=at, area=area)
    ]


THE_ONE = ("Healthwatch England", "Escalations", "01632 960001")
THE_OTHER = ("The Department", "Patient voice", "01632 960002")


@pytest.mark.parametrize(("on", "begins"), MIDNIGHTS)
@pytest.mark.parametrize("way", [kept_alone, handed_on])
def test_the_one_answers_until_midnight_in_london_and_the_other_from_then(
    england: Area,
    before: Body,
    after: Body,
    way: Callable[[Succession], None],
    on: date,
    begins: str,
) -> None:
    way(Succession(predecessor=before, successor=after, function=VOICE, on=on))
    midnight = datetime.fromisoformat(begins)
    for at in (midnight - timedelta(days=1), midnight - timedelta(hours=1), midnight - A_MOMENT):
        assert answered(at, england) == [THE_ONE], at
    for at in (
        midnight,
        midnight + A_MOMENT,
        midnight + timedelta(hours=1),
        midnight + timedelta(1),
    ):
        assert answered(at, england) == [THE_OTHER], at
    for day, holder in ((on - timedelta(days=1), before), (on, after), (on + timedelta(1), after)):
        assert holders_after(before, VOICE, day) == [holder]
    if way is handed_on:
        assert list(bodies_holding(VOICE, on - timedelta(days=1))) == [before]
        assert list(bodies_holding(VOICE, on)) == [after]


@pytest.mark.parametrize(("on", "begins"), MIDNIGHTS)
def test_a_desk_that_ends_at_midnight_says_so_and_gives_way_then(
    england: Area, before: Body, on: date, begins: str
) -> None:
    old = Contact.objects.get(body=before)
    Contact.objects.filter(pk=old.pk).update(to_date=on - timedelta(days=1))
    Contact.objects.create(
        body=before, role="concerns", name="New", phone="01632 960003", hours="always",
        from_date=on, replaces=old,
    )  # fmt: skip
    midnight = datetime.fromisoformat(begins)
    (last,) = who_answers(VOICE, at=midnight - A_MOMENT, area=england)
    assert (last.phone, last.until) == ("01632 960001", midnight)
    (first,) = who_answers(VOICE, at=midnight, area=england)
    assert first.phone == "01632 960003"


def test_what_is_written_down_late_does_not_change_who_held_it_then(
    england: Area, before: Body, after: Body
) -> None:
    """The law came in April, and somebody keeps it in June: May is told right from then on."""
    may, march = datetime(2027, 5, 3, 9, tzinfo=UTC), datetime(2027, 3, 30, 9, tzinfo=UTC)
    assert answered(may, england) == [THE_ONE]
    late = Keeper("Mari Ellis, Cardiff Council", datetime(2027, 6, 7, 10, tzinfo=UTC))
    hand_on(
        Succession(predecessor=before, successor=after, function=VOICE, on=date(2027, 4, 1)), late
    )
    assert answered(may, england) == [THE_OTHER]
    assert answered(march, england) == [THE_ONE]


def test_a_function_that_passes_on_twice_within_the_week_of_the_clocks(
    england: Area, before: Body, after: Body
) -> None:
    last = body("The Board")
    for one, other, on in ((before, after, date(2027, 3, 28)), (after, last, date(2027, 3, 29))):
        hand_on(Succession(predecessor=one, successor=other, function=VOICE, on=on), BY)
    told = [
        answered(datetime.fromisoformat(at), england)[0][0]
        for at in (
            "2027-03-27T23:59:59+00:00",
            "2027-03-28T00:00:00+00:00",
            "2027-03-28T22:59:59+00:00",
            "2027-03-28T23:00:00+00:00",
        )
    ]
    assert told == ["Healthwatch England", "The Department", "The Department", "The Board"]
