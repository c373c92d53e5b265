"""Finding a service while somebody types it: any order, half typed, misspelled."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Body, Service
from candour.directory.models import Merge
from candour.directory.searching import services_matching
from candour.directory.slips import slips_between
from candour.people.models import User
from candour.site import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def provider() -> Body:
    return Body.objects.create(name="Meadow Care Limited", slug="meadow", nation="england")


@pytest.fixture
def homes(provider: Body) -> dict[str, Service]:
    told = (
        ("Sunnyside House", "12 High Street, Leeds", "LS1 4AB"),
        ("Sunnyside Surgery", "1 Mill Lane, York", "YO1 7HH"),
        ("The High House", "3 Green Lane, Leeds", "LS2 9JT"),
        ("Plas Derwen Nursing Home", "Heol y Bont, Caerdydd", "CF10 1AA"),
        ("Tŷ Mawr", "Ffordd Penarth, Caerdydd", "CF11 8TT"),
        ("St. Mary’s Hospice", "Bath Road, Reading", "RG1 6NU"),
    )
    return {
        name: Service.objects.create(
            name=name, address=address, postcode=postcode, provider=provider
        )
        for name, address, postcode in told
    }


def names(words: str, limit: int = 8) -> list[str]:
    return [match.name for match in services_matching(words, limit, on=TODAY)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sunnyside h", "Sunnyside House"),
        ("house sunny", "Sunnyside House"),
        ("leeds sunnyside", "Sunnyside House"),
        ("derwen caerdydd", "Plas Derwen Nursing Home"),
        ("cf10 1aa", "Plas Derwen Nursing Home"),
        ("CF101AA", "Plas Derwen Nursing Home"),
        ("ty mawr", "Tŷ Mawr"),
        ("TŶ MAWR", "Tŷ Mawr"),
        ("st marys", "St. Mary’s Hospice"),
        ("St Mary's hosp", "St. Mary’s Hospice"),
        ("meadow mawr", "Tŷ Mawr"),
    ],
)
def test_words_in_any_order_half_typed_with_or_without_marks(
    homes: dict[str, Service], typed: str, first: str
) -> None:
    assert names(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sunyside house", "Sunnyside House"),
        ("sunnysdie house", "Sunnyside House"),
        ("snunyside hosue", "Sunnyside House"),
        ("sunnnyside", "Sunnyside House"),
        ("zunnyside h", "Sunnyside House"),
        ("plas derwin", "Plas Derwen Nursing Home"),
        ("derwen nusring", "Plas Derwen Nursing Home"),
        ("marys hopsice", "St. Mary’s Hospice"),
    ],
)
def test_a_slip_or_two_still_finds_it(homes: dict[str, Service], typed: str, meant: str) -> None:
    assert meant in names(typed)


def test_what_is_typed_right_comes_before_what_is_guessed(
    homes: dict[str, Service], provider: Body
) -> None:
    Service.objects.create(name="Sunnyvale", address="Leeds", provider=provider)
    assert names("sunnyva")[0] == "Sunnyvale"


@pytest.mark.parametrize("typed", ["", "  ", "'", "&|!:*()", "\0", "zzzzqqqq", "🙂", "a" * 5_000])
def test_what_means_nothing_finds_nothing_and_breaks_nothing(
    homes: dict[str, Service], typed: str
) -> None:
    assert names(typed) == []


def test_the_name_goes_before_the_street(homes: dict[str, Service]) -> None:
    assert names("high leeds") == ["The High House", "Sunnyside House"]


def test_closed_services_come_last_and_those_not_open_yet_not_at_all(
    homes: dict[str, Service],
) -> None:
    Service.objects.filter(name="Sunnyside House").update(to_date="2026-10-31")
    Service.objects.filter(name="The High House").update(from_date="2027-01-01")
    found = services_matching("sunnyside", on=TODAY)
    assert [(match.name, match.open) for match in found] == [
        ("Sunnyside Surgery", True),
        ("Sunnyside House", False),
    ]
    assert names("high house") == ["Sunnyside House"]


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(homes: dict[str, Service]) -> None:
    home = homes["Sunnyside House"]
    home.name = "Larkspur Lodge"
    home.save()
    assert names("larkspur") == ["Larkspur Lodge"]
    assert names("sunnyside") == ["Sunnyside Surgery"]


def test_a_provider_s_new_name_finds_its_services(
    homes: dict[str, Service], provider: Body
) -> None:
    provider.name = "Willow Group"
    provider.save()
    assert names("willow mawr")[0] == "Tŷ Mawr"
    assert "Tŷ Mawr" not in names("meadow mawr")


def test_a_row_merged_into_another_is_not_offered(homes: dict[str, Service]) -> None:
    somebody = User.objects.create(username="mari")
    Merge.objects.create(
        merged=homes["Sunnyside Surgery"],
        kept=homes["Sunnyside House"],
        reason="The same place.",
        at=clock.now(),
        by=somebody,
    )
    assert names("sunnyside") == ["Sunnyside House"]


def test_three_queries_at_most(homes: dict[str, Service]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        names("sunyside hosue leeds")
    assert len(asked) <= 3


def test_the_fragment_and_the_json_are_for_anybody(homes: dict[str, Service]) -> None:
    page = Client().get("/directory/find/?q=sunyside+hous").content.decode()
    assert f'value="{homes["Sunnyside House"].pk}"' in page
    assert "<html" not in page
    told = Client().get("/directory/find.json?q=ty+mawr").json()["services"]
    assert told == [
        {
            "number": homes["Tŷ Mawr"].pk,
            "name": "Tŷ Mawr",
            "kind": "",
            "place": "Caerdydd, CF11 8TT",
            "provider": "Meadow Care Limited",
            "open": True,
        }
    ]


def test_one_letter_is_not_enough_and_no_name_says_what_to_do(homes: dict[str, Service]) -> None:
    assert Client().get("/directory/find.json?q=s").json() == {"services": []}
    page = Client().get("/directory/find/?q=qqqqzzzz").content.decode()
    assert "write its name as you know it" in page


@pytest.mark.parametrize(
    ("typed", "word", "slips"),
    [
        ("sunny", "sunnyside", 0),
        ("suny", "sunnyside", 1),
        ("snuny", "sunnyside", 1),
        ("sunnyside", "sunny", 4),
        ("hosue", "house", 1),
        ("", "house", 0),
        ("house", "", 5),
    ],
)
def test_slips_are_counted_to_the_beginning_of_a_word(typed: str, word: str, slips: int) -> None:
    assert slips_between(typed, word) == slips
