"""What changes in the directory holds from a day on; what was before stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from candour.bodies.keeping import Keeper, add, change, end, hand_on, put_right, take_back
from candour.bodies.keeping_refused import KeepingError
from candour.bodies.models import (
    Area,
    AreaWithin,
    Body,
    BodyFunction,
    Closure,
    Contact,
    DirectoryChange,
    Succession,
)
from candour.bodies.queries import bodies_holding, contacts_at
from candour.database.row_security import acting_for

pytestmark = pytest.mark.django_db
BY = Keeper("Mari Ellis, Cardiff Council", datetime(2026, 11, 23, 10, tzinfo=UTC))
APRIL = date(2027, 4, 1)
MARCH = date(2027, 3, 31)
VOICE = "patient_voice"


def body(slug: str) -> Body:
    return Body.objects.create(name=slug.title(), slug=slug, nation="wales")


@pytest.fixture
def council() -> Body:
    return body("council")


@pytest.fixture
def desk(council: Body) -> Contact:
    made = Contact(body=council, role="safeguarding", phone="029 2018 0111", hours="always")
    add(made, BY)
    return made


def says(refused: pytest.ExceptionInfo[KeepingError]) -> str:
    assert refused.value.words.cy
    return refused.value.words.en


def test_a_change_ends_the_earlier_row_and_begins_another_that_replaces_it(
    council: Body, desk: Contact
) -> None:
    new = change(desk, BY, from_day=APRIL, values={"phone": "029 2018 0199"}, reason="New line")
    assert [each.phone for each in contacts_at(council, MARCH)] == ["029 2018 0111"]
    assert [each.phone for each in contacts_at(council, APRIL)] == ["029 2018 0199"]
    assert (new.replaces, new.hours, new.from_date) == (desk, "always", APRIL)
    written = [
        (each.what, each.before.get("to_date"), each.after.get("to_date"), each.reason)
        for each in DirectoryChange.objects.order_by("pk")
    ]
    assert written == [
        ("contact", None, None, ""),
        ("contact", None, "2027-03-31", "New line"),
        ("contact", None, None, "New line"),
    ]


def test_on_the_day_on_which_it_begins_it_is_put_right_as_nothing_was_before(
    desk: Contact,
) -> None:
    desk.from_date = APRIL
    desk.save()
    assert change(desk, BY, from_day=APRIL, values={"phone": "1"}).pk == desk.pk
    assert Contact.objects.get().phone == "1"
    assert DirectoryChange.objects.first().before["phone"] == "029 2018 0111"  # type: ignore[union-attr]  # there is one


def test_a_slip_is_put_right_in_place_and_what_was_typed_is_kept(desk: Contact) -> None:
    put_right(desk, BY, values={"name": "Duty desk"})
    assert Contact.objects.get().name == "Duty desk"
    newest = DirectoryChange.objects.get(before__phone="029 2018 0111")
    assert (newest.after["name"], newest.body, newest.by_name) == ("Duty desk", desk.body, BY.name)


def test_what_begins_later_or_has_ended_is_not_changed_and_says_what_to_do(
    desk: Contact,
) -> None:
    end(desk, BY, last_day=MARCH)
    with pytest.raises(KeepingError) as refused:
        change(desk, BY, from_day=date(2028, 1, 1), values={})
    assert says(refused).startswith("This ended on 31/03/2027")
    desk.from_date, desk.to_date = APRIL, None
    with pytest.raises(KeepingError) as refused:
        end(desk, BY, last_day=MARCH)
    assert says(refused) == "This begins on 01/04/2027. Give that day or a later one."


def test_a_desk_that_was_changed_is_not_changed_again(desk: Contact) -> None:
    change(desk, BY, from_day=APRIL, values={"phone": "1"})
    with pytest.raises(KeepingError, match="Change the one that came after it"):
        change(desk, BY, from_day=MARCH, values={"phone": "2"})


def test_a_desk_needs_a_number_hours_that_can_be_read_and_an_end_to_those_who_take_over(
    council: Body, desk: Contact
) -> None:
    with pytest.raises(KeepingError, match="number or an email"):
        add(Contact(body=council, role="enquiries"), BY)
    with pytest.raises(KeepingError, match="morning or evening"):
        add(Contact(body=council, role="enquiries", phone="1", hours="Mon 9 to 5"), BY)
    night = Contact(body=council, role="night", phone="2", taken_over_by=desk)
    add(night, BY)
    with pytest.raises(KeepingError, match="in a circle"):
        put_right(desk, BY, values={"taken_over_by": night})


def test_the_same_is_kept_once_at_a_time(council: Body) -> None:
    add(BodyFunction(body=council, function=VOICE, to_date=MARCH), BY)
    with pytest.raises(KeepingError, match="kept already, … – 31/03/2027"):
        add(BodyFunction(body=council, function=VOICE, from_date=MARCH), BY)
    add(BodyFunction(body=council, function=VOICE, from_date=APRIL), BY)


def test_an_area_does_not_lie_in_one_that_lies_in_it() -> None:
    inner, outer = (
        Area.objects.create(code=code, name=code, kind="other", nation="wales") for code in "IO"
    )
    add(AreaWithin(area=inner, wider=outer), BY)
    with pytest.raises(KeepingError, match="in a circle"):
        add(AreaWithin(area=outer, wider=inner), BY)


def test_a_function_handed_on_ends_there_and_begins_with_the_one_after(council: Body) -> None:
    voice, other = body("voice"), body("other")
    place = Area.objects.create(code="W1", name="Here", kind="local_authority", nation="wales")
    add(BodyFunction(body=voice, function=VOICE, place=place, people="adults"), BY)
    for after in (council, other):
        hand_on(Succession(predecessor=voice, successor=after, function=VOICE, on=APRIL), BY)
    assert list(bodies_holding(VOICE, MARCH)) == [voice]
    assert set(bodies_holding(VOICE, APRIL)) == {council, other}
    row = BodyFunction.objects.get(body=other)
    assert (row.place, row.people, row.from_date) == (place, "adults", APRIL)


def test_a_successor_with_rows_of_its_own_keeps_those_and_gets_no_more(council: Body) -> None:
    voice = body("voice")
    for holder in (voice, council):
        add(BodyFunction(body=holder, function=VOICE, area=holder.name), BY)
    hand_on(Succession(predecessor=voice, successor=council, function=VOICE, on=APRIL), BY)
    assert BodyFunction.objects.filter(body=council).count() == 1


def test_a_function_is_not_handed_on_twice_to_itself_or_in_a_circle(council: Body) -> None:
    voice = body("voice")

    def handed(before: Body, after: Body) -> None:
        hand_on(Succession(predecessor=before, successor=after, function=VOICE, on=APRIL), BY)

    handed(voice, council)
    with pytest.raises(KeepingError, match="kept already"):
        handed(voice, council)
    with pytest.raises(KeepingError, match=r"circle by way of Voice, and nobody would hold it"):
        handed(council, voice)
    with pytest.raises(KeepingError, match="back to where it began"):
        handed(voice, voice)


def test_a_closure_that_is_not_so_is_taken_back_and_stays_written_down(council: Body) -> None:
    closed = Closure(body=council, from_date=MARCH, to_date=APRIL, reason="Moving house")
    add(closed, BY)
    take_back(closed, BY, reason="Called off")
    assert not Closure.objects.exists()
    newest = DirectoryChange.objects.first()
    assert newest is not None
    assert (newest.before["reason"], newest.after, newest.reason) == (
        "Moving house",
        {},
        "Called off",
    )


def test_what_was_changed_is_neither_altered_nor_written_in_somebody_else_s_name(
    desk: Contact,
) -> None:
    for statement in (
        "UPDATE bodies_directorychange SET by_name = 'x'",
        "DELETE FROM bodies_directorychange",
        "DELETE FROM bodies_area",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        acting_for([], person=7),
    ):
        add(Closure(body=desk.body, from_date=MARCH, to_date=APRIL, reason="x"), BY)


steps = some.lists(some.integers(1, 400), unique=True, max_size=5)


@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(offsets=steps, asked=some.integers(0, 420))
def test_however_often_a_desk_changes_exactly_one_row_of_it_holds_on_any_day(
    council: Body, offsets: list[int], asked: int
) -> None:
    start = date(2026, 1, 1)
    with transaction.atomic():
        desk = Contact(body=council, role="line", phone="0", hours="", from_date=start)
        add(desk, BY)
        for offset in sorted(offsets):
            day = start + timedelta(days=offset)
            desk = change(desk, BY, from_day=day, values={"phone": str(offset)})
        found = [each.phone for each in contacts_at(council, start + timedelta(days=asked))]
        transaction.set_rollback(True)
    assert found == [str(max([0, *(each for each in offsets if each <= asked)]))]
