"""Who is who for a service or an area, and which number answers at this hour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test.utils import CaptureQueriesContext

from candour.bodies.danger import EMERGENCY, POLICE, URGENT_CARE, who_answers_in_danger
from candour.bodies.models import (
    Area,
    AreaWithin,
    Body,
    BodyFunction,
    Closure,
    Contact,
    Service,
    ServiceArea,
    Succession,
)
from candour.bodies.routes import Answer, Routes, who_answers
from candour.engine.errors import ClockError

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
SAFEGUARDING, COMMISSIONER, REGULATOR = "safeguarding", "commissioner", "regulator"
VOICE = "patient_voice"


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


WORKING = at("2026-11-23 10:00")
NIGHT = at("2026-11-23 22:00")


def body(name: str, nation: str = "england", **more: object) -> Body:
    return Body.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), nation=nation, **more
    )


def area(code: str, name: str, kind: str, nation: str = "england") -> Area:
    return Area.objects.create(code=code, name=name, kind=kind, nation=nation)


def holds(holder: Body, function: str, place: Area | None = None, **more: object) -> BodyFunction:
    return BodyFunction.objects.create(body=holder, function=function, place=place, **more)


@dataclass(frozen=True)
class County:
    """A council with a desk by day and one by night, an ICB around it, a regulator, a home."""

    here: Area
    around: Area
    council: Body
    icb: Body
    cqc: Body
    home: Service
    day_desk: Contact
    night_desk: Contact


@pytest.fixture
def county() -> County:
    england = area("E92000001", "England", "nation")
    around = area("E54000001", "Brookshire", "icb")
    here = area("E10000001", "Anytown", "local_authority")
    AreaWithin.objects.create(area=here, wider=around)
    AreaWithin.objects.create(area=around, wider=england)
    council, icb, cqc = body("Anytown Council"), body("Brookshire ICB"), body("CQC")
    night = Contact.objects.create(
        body=council, role="out_of_hours", name="Night team", phone="01632 960002",
        hours="out of hours",
    )  # fmt: skip
    day = Contact.objects.create(
        body=council, role="safeguarding", name="Day team", phone="01632 960001",
        hours="Mon-Fri 09:00-17:00", taken_over_by=night,
    )  # fmt: skip
    holds(council, SAFEGUARDING, here, contact=day)
    holds(council, COMMISSIONER, here)
    holds(icb, COMMISSIONER, around)
    holds(cqc, REGULATOR, england)
    home = Service.objects.create(name="Hall", provider=body("Hall Care"))
    ServiceArea.objects.create(service=home, area=here)
    return County(here, around, council, icb, cqc, home, day, night)


def names(found: list[Answer]) -> list[str]:
    return [str(each.body) for each in found]


def one(found: list[Answer]) -> Answer:
    assert len(found) == 1
    return found[0]


def test_a_service_is_served_by_the_bodies_of_its_area_and_of_those_around_it(
    county: County,
) -> None:
    assert names(who_answers(COMMISSIONER, at=WORKING, service=county.home)) == [
        "Anytown Council",
        "Brookshire ICB",
    ]
    assert names(who_answers(REGULATOR, at=WORKING, service=county.home)) == ["CQC"]
    assert names(who_answers(COMMISSIONER, at=WORKING, area=county.around)) == ["Brookshire ICB"]


def test_the_number_is_that_of_the_desk_which_answers_at_this_hour(county: County) -> None:
    by_day = one(who_answers(SAFEGUARDING, at=WORKING, service=county.home))
    assert (by_day.phone, by_day.open_now, by_day.until) == (
        "01632 960001",
        True,
        at("2026-11-23 17:00"),
    )
    by_night = one(who_answers(SAFEGUARDING, at=NIGHT, service=county.home))
    assert (by_night.phone, by_night.until) == ("01632 960002", at("2026-11-24 09:00"))
    assert by_night.stands_in_for == county.day_desk
    assert by_night.title.en == "Night team"


def test_a_day_of_closure_sends_callers_to_the_night_desk(county: County) -> None:
    Closure.objects.create(
        body=county.council, from_date="2026-11-23", to_date="2026-11-24", reason="Moving house"
    )
    found = one(who_answers(SAFEGUARDING, at=WORKING, service=county.home))
    assert (found.contact, found.until) == (county.night_desk, at("2026-11-25 09:00"))


def test_a_desk_with_nobody_behind_it_says_that_it_is_closed_and_until_when(
    county: County,
) -> None:
    Contact.objects.filter(pk=county.day_desk.pk).update(taken_over_by=None)
    found = one(who_answers(SAFEGUARDING, at=NIGHT, service=county.home))
    assert (found.contact, found.open_now) == (county.day_desk, False)
    assert found.until == at("2026-11-24 09:00")


def test_hours_that_nobody_can_read_are_unknown_and_both_desks_are_named(county: County) -> None:
    Contact.objects.filter(pk=county.day_desk.pk).update(hours="by rota")
    found = who_answers(SAFEGUARDING, at=WORKING, service=county.home)
    assert [(each.contact, each.open_now) for each in found] == [
        (county.day_desk, None),
        (county.night_desk, True),
    ]


def test_a_desk_that_is_replaced_is_found_by_what_led_to_the_one_before(county: County) -> None:
    Contact.objects.filter(pk=county.day_desk.pk).update(to_date="2026-11-24")
    new = Contact.objects.create(
        body=county.council, role="safeguarding", name="Front door", phone="01632 960003",
        hours="always", from_date=date(2026, 11, 25), replaces=county.day_desk,
    )  # fmt: skip
    assert one(who_answers(SAFEGUARDING, at=WORKING, area=county.here)).contact == county.day_desk
    assert (
        one(who_answers(SAFEGUARDING, at=at("2026-11-25 10:00"), area=county.here)).contact == new
    )


def test_what_a_desk_says_ends_with_its_last_day(county: County) -> None:
    Contact.objects.filter(pk=county.night_desk.pk).update(to_date="2026-11-23")
    found = one(who_answers(SAFEGUARDING, at=NIGHT, area=county.here))
    assert found.until == at("2026-11-24 00:00")


def test_adults_and_children_may_have_teams_of_their_own(county: County) -> None:
    trust = body("Children First")
    holds(trust, SAFEGUARDING, county.here, people="children")
    BodyFunction.objects.filter(body=county.council, function=SAFEGUARDING).update(people="adults")
    asked: Callable[[str], list[str]] = lambda people: names(  # noqa: E731  # short
        who_answers(SAFEGUARDING, people=people, at=WORKING, service=county.home)
    )
    assert asked("adults") == ["Anytown Council"]
    assert asked("children") == ["Children First"]
    assert asked("both") == ["Anytown Council", "Children First"]


def test_one_body_may_have_a_desk_for_adults_and_another_for_children(county: County) -> None:
    BodyFunction.objects.filter(body=county.council, function=SAFEGUARDING).update(people="adults")
    young = Contact.objects.create(body=county.council, role="safeguarding_children", phone="3")
    holds(county.council, SAFEGUARDING, county.here, people="children")
    found = who_answers(SAFEGUARDING, at=WORKING, service=county.home)
    assert [each.contact for each in found] == [county.day_desk, young]


def test_what_is_kept_of_the_service_alone_goes_before_what_its_area_says(county: County) -> None:
    national = body("NHS England")
    holds(national, COMMISSIONER, service=county.home, from_date=date(2026, 4, 1))
    assert names(who_answers(COMMISSIONER, at=WORKING, service=county.home)) == ["NHS England"]
    before = at("2026-03-31 10:00")
    assert names(who_answers(COMMISSIONER, at=before, service=county.home)) == [
        "Anytown Council",
        "Brookshire ICB",
    ]


def test_who_took_a_function_over_answers_from_its_day_on(county: County) -> None:
    voice = body("Healthwatch Anytown", to_date=date(2027, 3, 31))
    holds(voice, VOICE, county.here)
    for after in (county.icb, county.council):
        Succession.objects.create(
            predecessor=voice, successor=after, function=VOICE, on=date(2027, 4, 1)
        )
    asked: Callable[[str], list[Answer]] = lambda day: who_answers(  # noqa: E731  # short
        VOICE, at=at(f"{day} 10:00"), service=county.home
    )
    assert names(asked("2027-03-31")) == ["Healthwatch Anytown"]
    found = asked("2027-04-01")
    assert names(found) == ["Anytown Council", "Brookshire ICB"]
    assert {each.came_after for each in found} == {voice}


def test_a_body_that_is_gone_and_left_nobody_is_not_called(county: County) -> None:
    Body.objects.filter(pk=county.cqc.pk).update(to_date="2026-01-01")
    assert who_answers(REGULATOR, at=WORKING, service=county.home) == []


def test_a_service_without_areas_lies_where_its_host_is(county: County) -> None:
    ServiceArea.objects.all().delete()
    Service.objects.filter(pk=county.home.pk).update(host_authority=county.council)
    home = Service.objects.get(pk=county.home.pk)
    assert names(who_answers(SAFEGUARDING, at=WORKING, service=home)) == ["Anytown Council"]


def test_functions_kept_with_the_name_of_an_area_alone_are_found_by_it(county: County) -> None:
    scrutiny = body("Health Scrutiny Committee")
    holds(scrutiny, "scrutiny", area=" anytown")
    holds(body("Elsewhere Committee"), "scrutiny", area="Elsewhere")
    assert names(who_answers("scrutiny", at=WORKING, service=county.home)) == [
        "Health Scrutiny Committee"
    ]


def test_a_regulator_without_an_area_is_there_for_its_nation_only(county: County) -> None:
    BodyFunction.objects.filter(body=county.cqc).update(place=None)
    holds(body("CIW", "wales"), REGULATOR)
    assert names(who_answers(REGULATOR, at=WORKING, service=county.home)) == ["CQC"]
    ServiceArea.objects.all().delete()
    assert names(who_answers(REGULATOR, at=WORKING, service=county.home)) == ["CQC"]


def test_areas_that_lie_in_each_other_in_a_circle_do_no_harm(county: County) -> None:
    AreaWithin.objects.create(area=county.around, wider=county.here)
    assert len(who_answers(COMMISSIONER, at=WORKING, service=county.home)) == 2


def test_desks_that_hand_over_to_each_other_are_asked_once_each(county: County) -> None:
    Contact.objects.filter(pk=county.night_desk.pk).update(
        taken_over_by=county.day_desk, hours="Mon-Fri 17:00-20:00"
    )
    found = one(who_answers(SAFEGUARDING, at=NIGHT, service=county.home))
    assert (found.open_now, found.until) == (False, at("2026-11-24 09:00"))


def test_the_night_desk_may_be_of_another_body(county: County) -> None:
    shared = body("Shared Night Service")
    desk = Contact.objects.create(body=shared, role="night", phone="9", hours="always")
    Contact.objects.filter(pk=county.day_desk.pk).update(taken_over_by=desk)
    found = one(who_answers(SAFEGUARDING, at=NIGHT, service=county.home))
    assert (found.body, found.contact) == (county.council, desk)


def test_in_danger_999_comes_first_and_somebody_always_answers(county: County) -> None:
    found = who_answers_in_danger(at=NIGHT, service=county.home)
    assert [each.phone for each in found] == ["999", "01632 960002", "101", "111"]
    assert who_answers_in_danger(at=NIGHT) == [EMERGENCY, POLICE, URGENT_CARE]


def test_in_danger_a_desk_that_is_closed_comes_after_one_that_answers(county: County) -> None:
    Contact.objects.filter(pk=county.day_desk.pk).update(taken_over_by=None)
    open_team = body("Open Team")
    Contact.objects.create(body=open_team, role="safeguarding", phone="7", hours="always")
    Contact.objects.create(body=body("Mail only"), role="safeguarding", email="a@b.example")
    holds(open_team, SAFEGUARDING, county.around)
    holds(Body.objects.get(name="Mail only"), SAFEGUARDING, county.around)
    found = who_answers_in_danger(at=NIGHT, area=county.here)
    assert [each.phone for each in found] == ["999", "7", "01632 960001", "101", "111"]


def test_an_instant_without_a_time_zone_is_refused(county: County) -> None:
    with pytest.raises(ClockError, match="no time zone"):
        who_answers(REGULATOR, at=datetime(2026, 11, 23, 10), area=county.here)  # noqa: DTZ001  # what is refused


def test_every_function_of_a_service_costs_four_queries(
    county: County, django_assert_max_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    for number in range(30):
        other = body(f"Body {number}")
        desk = Contact.objects.create(body=other, role="safeguarding", phone=str(number))
        holds(other, SAFEGUARDING, county.around, contact=desk)
        Succession.objects.create(
            predecessor=other, successor=county.council, function=VOICE, on=date(2020, 1, 1)
        )
    with django_assert_max_num_queries(4):
        routes = Routes.of(
            [SAFEGUARDING, COMMISSIONER, REGULATOR, VOICE, "scrutiny"],
            at=NIGHT,
            service=county.home,
        )
        assert len(routes.who_answers(SAFEGUARDING)) == 31
        assert routes.who_answers("scrutiny") == []
