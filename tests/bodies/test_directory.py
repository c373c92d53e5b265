"""Who does what on a day, and who came after whom."""

from datetime import date

import pytest
from django.db import IntegrityError

from candour.bodies.models import Body, BodyFunction, Contact, Service, Succession
from candour.bodies.queries import (
    CircularSuccessionError,
    bodies_holding,
    body_named,
    contacts_at,
    functions_of,
    holders_after,
    identity_of,
    services_on,
)

pytestmark = pytest.mark.django_db
VOICE = "patient_voice"


def body(slug: str, begins: date | None = None, ends: date | None = None) -> Body:
    return Body.objects.create(
        name=slug.title(), slug=slug, nation="england", from_date=begins, to_date=ends
    )


def passed(before: Body, after: Body, on: date) -> None:
    Succession.objects.create(predecessor=before, successor=after, function=VOICE, on=on)


def test_a_body_holds_a_function_from_its_first_day_to_its_last() -> None:
    voice = body("voice")
    BodyFunction.objects.create(
        body=voice, function=VOICE, from_date=date(2013, 4, 1), to_date=date(2026, 9, 30)
    )
    asked = [date(2013, 3, 31), date(2013, 4, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [functions_of(voice, day) for day in asked] == [[], [VOICE], [VOICE], []]
    assert [list(bodies_holding(VOICE, day)) for day in asked] == [[], [voice], [voice], []]


def test_a_body_that_has_ended_holds_nothing_whatever_its_function_says() -> None:
    voice = body("voice", ends=date(2020, 1, 1))
    BodyFunction.objects.create(body=voice, function=VOICE)
    assert list(bodies_holding(VOICE, date(2020, 1, 2))) == []


def test_bodies_can_be_asked_for_by_area() -> None:
    here, there = body("here"), body("there")
    BodyFunction.objects.create(body=here, function=VOICE, area="Cambridgeshire")
    BodyFunction.objects.create(body=there, function=VOICE, area="Derbyshire")
    assert list(bodies_holding(VOICE, date(2026, 1, 1), area="Derbyshire")) == [there]


def test_without_successions_a_body_comes_after_itself() -> None:
    alone = body("alone")
    assert holders_after(alone, VOICE, date(2026, 1, 1)) == [alone]


def test_a_function_is_followed_through_several_hands_and_shared_out() -> None:
    old, middle, health, care = body("old"), body("middle"), body("health"), body("care")
    passed(old, middle, date(2013, 4, 1))
    passed(middle, health, date(2027, 4, 1))
    passed(middle, care, date(2027, 4, 1))
    assert holders_after(old, VOICE, date(2013, 3, 31)) == [old]
    assert holders_after(old, VOICE, date(2013, 4, 1)) == [middle]
    assert holders_after(old, VOICE, date(2027, 4, 1)) == [care, health]
    assert holders_after(old, "scrutiny", date(2027, 4, 1)) == [old]


def test_a_function_may_come_back() -> None:
    first, second = body("first"), body("second")
    passed(first, second, date(2020, 1, 1))
    passed(second, first, date(2024, 1, 1))
    assert holders_after(first, VOICE, date(2023, 12, 31)) == [second]
    assert holders_after(first, VOICE, date(2024, 1, 1)) == [first]
    assert holders_after(second, VOICE, date(2024, 1, 1)) == [first]


def test_a_circle_on_one_day_is_an_error_that_says_what_to_correct() -> None:
    first, second = body("first"), body("second")
    passed(first, second, date(2020, 1, 1))
    passed(second, first, date(2020, 1, 1))
    with pytest.raises(CircularSuccessionError, match=r"circle.*Correct the successions of First"):
        holders_after(first, VOICE, date(2020, 1, 1))


def test_nothing_can_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError, match="body_ends_after_it_begins"):
        body("backwards", begins=date(2026, 1, 2), ends=date(2026, 1, 1))


def test_nobody_succeeds_themselves() -> None:
    alone = body("alone")
    with pytest.raises(IntegrityError, match="succession_to_another_body"):
        passed(alone, alone, date(2026, 1, 1))


def test_services_are_found_by_part_of_their_name_while_they_are_open() -> None:
    provider, council = body("provider"), body("council")
    closed = Service.objects.create(
        name="Tŷ Gwyn", provider=provider, host_authority=council, to_date=date(2025, 1, 1)
    )
    Service.objects.create(name="The Elms", provider=provider)
    assert list(services_on(date(2025, 1, 1), search="tŷ")) == [closed]
    assert list(services_on(date(2025, 1, 2), search="tŷ")) == []
    assert list(services_on(date(2025, 1, 1), host=council)) == [closed]


def test_contacts_are_those_of_the_day_and_the_role() -> None:
    council = body("council")
    Contact.objects.create(body=council, role="duty_desk", to_date=date(2025, 1, 1))
    now = Contact.objects.create(body=council, role="duty_desk", from_date=date(2025, 1, 2))
    Contact.objects.create(body=council, role="press")
    assert list(contacts_at(council, date(2026, 1, 1), role="duty_desk")) == [now]
    assert contacts_at(council, date(2026, 1, 1)).count() == 2


def test_a_name_is_given_in_welsh_where_there_is_one() -> None:
    board = Body(name="Board", name_cy="Bwrdd")
    assert (board.name_in("cy"), board.name_in("en")) == ("Bwrdd", "Board")
    assert Body(name="Board").name_in("cy") == "Board"


def test_a_body_is_found_by_its_slug() -> None:
    assert body_named("nobody") is None
    assert body_named(body("somebody").slug) == Body.objects.get()


def test_a_body_goes_by_its_names_and_by_those_of_all_it_came_after() -> None:
    first, second, other = body("first"), body("second"), body("other")
    third = Body.objects.create(name="Third", name_cy="Trydydd", slug="third", nation="england")
    BodyFunction.objects.create(body=third, function=VOICE, from_date=date(2027, 4, 1))
    passed(first, second, date(2020, 4, 1))
    passed(second, third, date(2027, 4, 1))
    passed(third, first, date(2027, 4, 1))  # handed back: a circle ends where it began
    passed(third, other, date(2028, 4, 1))
    before, after = (identity_of(third, date(2027, *day)) for day in ((3, 31), (4, 1)))
    assert before.names == {"Third", "Trydydd"}
    assert before.functions == set()
    assert after.names == {"Third", "Trydydd", "Second", "First"}
    assert after.functions == {VOICE}
