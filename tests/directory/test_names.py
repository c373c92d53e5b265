"""Names of authorities that no body has: matched by a person, and remembered for the next file."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from candour.bodies.keeping import Keeper
from candour.bodies.models import (
    Area,
    Body,
    BodyFunction,
    DirectoryChange,
    Function,
    Service,
)
from candour.database.row_security import acting_for
from candour.directory.actions import import_directory
from candour.directory.errors import NameRefusedError
from candour.directory.locks import ONE_AT_A_TIME
from candour.directory.models import Authority, Change, What
from candour.directory.names import ask_again, make_body, match, set_aside
from candour.directory.names_open import (
    candidates,
    nameless,
    names_open,
    names_settled,
    nation_of,
    nearest_bodies,
)
from candour.people.models import User
from tests.support.care_directory import care_directory, row

pytestmark = pytest.mark.django_db
NOV = datetime(2026, 11, 2, 9, tzinfo=UTC)
DEC = datetime(2026, 12, 2, 9, tzinfo=UTC)
TODAY = date(2026, 12, 2)


@pytest.fixture
def by() -> Keeper:
    nia = User.objects.create(username="nia", display_name="Nia")
    return Keeper("Nia, Council", DEC, nia.pk, None)


def council(name: str, *functions: str, area: Area | None = None) -> Body:
    body = Body.objects.create(name=name, slug=name.lower().replace(" ", "-"), nation="england")
    for function in functions or (Function.SAFEGUARDING,):
        BodyFunction.objects.create(body=body, function=function, place=area)
    return body


def taken(*names: str, at: datetime = NOV, first: int = 1) -> None:
    rows = [row(number, authority=name) for number, name in enumerate(names, first)]
    import_directory(care_directory(rows), file_name="file.csv", by=None, as_of=at)


def numbered(name: str) -> int:
    return Authority.objects.get(name=name).pk


def open_names() -> list[tuple[str, int]]:
    return [(each.name, vars(each)["services"]) for each in names_open()]


def test_names_stand_in_the_list_with_their_services_and_the_nearest_bodies() -> None:
    leeds = council("Leeds City Council")
    place = Area.objects.create(
        code="E06000023", name="Bristol, City of", kind="local_authority", nation="england"
    )
    avon = council("Avonmouth Unitary", area=place)
    council("Kent County Council")
    Body.objects.create(name="Meadow Care", slug="meadow", nation="england")
    taken("Leeds", "Bristol, City of", "Bristol, City of", "Leads", "Nowhere at all")
    assert open_names() == [("Bristol, City of", 2), ("Leads", 1), ("Nowhere at all", 1)]
    found = nameless(names_open(), candidates(TODAY), TODAY)
    assert [(each.authority.name, each.nearest, each.area) for each in found] == [
        ("Bristol, City of", (avon,), place),
        ("Leads", (leeds,), None),
        ("Nowhere at all", (), None),
    ]
    assert {each.nation for each in found} == {"england"}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Herefordshire, County of", "Herefordshire Council"),
        ("Hertfordshire", "Hertfordshire County Council"),
        ("St. Helens", "St Helens Borough Council"),
        ("Brighton & Hove", "Brighton and Hove City Council"),
        ("Kingston upon Hull, City of", "Hull City Council"),
        ("Bournemouth", "Bournemouth, Christchurch and Poole Council"),
        ("Rhondda Cynon Tâf", "Rhondda Cynon Taf County Borough Council"),
    ],
)
def test_the_nearest_body_is_the_one_meant(name: str, first: str) -> None:
    for known in (
        *("Herefordshire Council", "Hertfordshire County Council", "St Helens Borough Council"),
        *("Brighton and Hove City Council", "Hull City Council", "Kent County Council"),
        *("Bournemouth, Christchurch and Poole Council", "Leeds City Council"),
        "Rhondda Cynon Taf County Borough Council",
    ):
        council(known)
    assert nearest_bodies(name, candidates(TODAY))[0].name == first
    assert nearest_bodies("Zzyzx", candidates(TODAY)) == []


def test_one_press_matches_a_name_and_its_services_lie_with_the_body(by: Keeper) -> None:
    somebody, other = council("Wakefield Metropolitan District Council"), council("By Hand Council")
    taken("Wakefeld", "Wakefeld", "Elsewhere")
    Service.objects.filter(name="Service 2").update(host_authority=other)
    assert match(numbered("Wakefeld"), somebody.pk, by=by) == 1
    hosts = dict(Service.objects.values_list("name", "host_authority__name"))
    assert hosts == {
        "Service 1": somebody.name,
        "Service 2": other.name,  # what a person said stays
        "Service 3": None,
    }
    told = Change.objects.get(what=What.CHANGED, field="host_authority")
    assert (told.service.name, told.before, told.after) == ("Service 1", "", somebody.name)
    assert (told.by_id, told.at) == (by.person, DEC)
    assert open_names() == [("Elsewhere", 1)]
    assert [each.name for each in names_settled()] == ["Wakefeld"]


def test_the_next_file_goes_by_what_was_said_in_another_spelling_too(by: Keeper) -> None:
    somebody = council("Herefordshire Council")
    taken("Hereford & Worcs")
    match(numbered("Hereford & Worcs"), somebody.pk, by=by)
    taken("Hereford & Worcs", "Hereford and Worcs", "Hereford & Worcs", at=DEC)
    assert open_names() == []
    assert set(Service.objects.values_list("host_authority__name", flat=True)) == {somebody.name}


def test_a_body_that_comes_later_hosts_the_services_that_were_there_before() -> None:
    taken("Leeds")
    assert Service.objects.get().host_authority is None
    leeds = council("Leeds City Council")
    taken("Leeds", at=DEC)
    assert Service.objects.get().host_authority == leeds
    assert Change.objects.filter(field="host_authority", after=leeds.name).count() == 1


def test_a_body_is_made_of_a_name_and_does_what_a_local_authority_does(by: Keeper) -> None:
    place = Area.objects.create(
        code="E08000035", name="Leeds", kind="local_authority", nation="england"
    )
    taken("Leeds", "Leeds", "Rutland")
    nation = nation_of(numbered("Leeds"))
    with acting_for([], person=by.person):
        body, lying = make_body(
            numbered("Leeds"), " Leeds  City Council ", nation=nation, on=TODAY, by=by
        )
        other, _ = make_body(numbered("Rutland"), "Rutland", nation="england", on=TODAY, by=by)
    assert (body.name, body.slug, body.nation, lying) == (
        "Leeds City Council",
        "leeds-city-council",
        "england",
        2,
    )
    held = BodyFunction.objects.filter(body=body)
    assert {each.function for each in held} == {"commissioner", "scrutiny", "safeguarding"}
    assert {each.place for each in held} == {place}
    assert DirectoryChange.objects.filter(body=body, by_name="Nia, Council").count() == 4
    assert {(each.place, each.area) for each in BodyFunction.objects.filter(body=other)} == {
        (None, "Rutland")
    }


def test_a_name_set_aside_is_not_asked_about_again_until_somebody_does(by: Keeper) -> None:
    council("Unspecified Council")
    taken("Not known")
    set_aside(numbered("Not known"), by=by)
    assert open_names() == []
    taken("Not known", at=DEC)
    assert open_names() == []
    assert ask_again(numbered("Not known"), by=by) == 0
    assert open_names() == [("Not known", 1)]


def test_a_match_is_taken_back_and_its_services_lie_with_nobody(by: Keeper) -> None:
    somebody = council("Wakefield Council")
    taken("Wakefeld", "Wakefeld")
    match(numbered("Wakefeld"), somebody.pk, by=by)
    assert ask_again(numbered("Wakefeld"), by=by) == 2
    assert not Service.objects.filter(host_authority__isnull=False).exists()
    assert open_names() == [("Wakefeld", 2)]
    told = Change.objects.filter(field="host_authority").order_by("pk")
    assert [(each.before, each.after) for each in told] == [
        *[("", "Wakefield Council")] * 2,
        *[("Wakefield Council", "")] * 2,
    ]


def test_what_cannot_be_is_refused_in_both_languages(by: Keeper) -> None:
    somebody = council("Wakefield Council")
    taken("Wakefeld", "Leads")
    number, other = numbered("Wakefeld"), numbered("Leads")

    def made(name: str) -> tuple[Body, int]:
        return make_body(number, name, nation="england", on=TODAY, by=by)

    for refused, says in (
        (lambda: match(0, somebody.pk, by=by), "No register gives this name"),
        (lambda: match(number, 0, by=by), "Choose the body"),
        (lambda: made("  "), "Write what the body is called"),
        (lambda: made("…"), "Write what the body is called"),
        (lambda: made("x" * 201), "200 letters at most"),
        (lambda: made("wakefield council"), "is kept already"),
        (lambda: made("Wakefield-Council"), "is kept already"),
        (lambda: ask_again(number, by=by), "Nobody has settled"),
    ):
        with pytest.raises(NameRefusedError, match=says) as error:
            refused()
        assert error.value.words.cy
        assert error.value.words.cy != error.value.words.en
    match(number, somebody.pk, by=by)
    set_aside(other, by=by)
    for settled, says in ((number, "was matched to Wakefield Council"), (other, "was set aside")):
        with pytest.raises(NameRefusedError, match=says):
            match(settled, somebody.pk, by=by)
        with pytest.raises(NameRefusedError, match=says):
            set_aside(settled, by=by)
    assert Body.objects.filter(name__icontains="wakefield").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_settled_while_a_file_is_taken_in(by: Keeper) -> None:
    somebody = council("Wakefield Council")
    taken("Wakefeld")
    elsewhere = connection.copy()
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            with pytest.raises(NameRefusedError, match="being taken in"):
                match(numbered("Wakefeld"), somebody.pk, by=by)
            cursor.execute("ROLLBACK")
    finally:
        elsewhere.close()
    assert match(numbered("Wakefeld"), somebody.pk, by=by) == 1


def test_a_name_that_is_set_aside_has_no_body(by: Keeper) -> None:
    somebody = council("Wakefield Council")
    with pytest.raises(IntegrityError), transaction.atomic():
        Authority.objects.create(name="Both", body=somebody, aside=True)


def test_many_names_cost_no_query_more(by: Keeper) -> None:
    for number in range(30):
        council(f"Place {number} Council")
    taken(*(f"Plaice {number}" for number in range(40)))
    with CaptureQueriesContext(connection) as asked:
        found = nameless(list(names_open()[:20]), candidates(TODAY), TODAY)
    assert len(found) == 20
    assert all(each.nearest for each in found)
    assert len(asked) == 4
