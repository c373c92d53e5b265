"""The regulator's feed, followed over real HTTP: pages, faults, going on after a stop."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import override_settings

from candour.bodies.models import Service
from candour.directory.cqc.client import TRIES, Client
from candour.directory.cqc.following import follow
from candour.directory.errors import FeedTroubleError
from candour.directory.models import Change, Feed, Intake, Listing, Predecessor, Rating
from candour.directory.tasks import follow_regulator
from tests.support.regulator import KEY, Regulator, regulator, told_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def cqc() -> Iterator[Regulator]:
    with regulator() as known:
        known.providers["1-9001"] = {"providerId": "1-9001", "name": "Meadow Care Limited"}
        yield known


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(cqc: Regulator, waits: list[float]) -> Iterator[Client]:
    with Client(KEY, address=cqc.address, wait=waits.append, patience=0.3) as made:
        yield made


def changed(cqc: Regulator, *numbers: str, at: str = "2026-11-20T10:00:00Z") -> None:
    for number in numbers:
        cqc.locations.setdefault(number, told_of(number))
        cqc.changes.append((at, number))


def test_every_page_of_the_changes_is_read(cqc: Regulator, client: Client) -> None:
    changed(cqc, *(f"1-{number}" for number in range(1_203)))
    changed(cqc, "1-7")
    found = client.changed_locations(datetime(2026, 11, 16, tzinfo=UTC), NOW)
    assert len(found) == 1_203
    assert len(cqc.asked) == 3
    assert "startTimestamp=2026-11-16T00%3A00%3A00Z" in cqc.asked[0]
    assert [each["locationId"] for each in client.locations()][-1] == "1-1202"


@pytest.mark.parametrize("fault", ["429", "500", "503", "broken", "slow", "cut"])
def test_what_goes_wrong_once_is_asked_for_again(
    cqc: Regulator, client: Client, waits: list[float], fault: str
) -> None:
    cqc.locations["1-1"] = told_of("1-1")
    cqc.faults = [("/locations/", fault), ("/locations/", fault)]
    found = client.location("1-1")
    assert found is not None
    assert found["name"] == "Service 1-1"
    assert waits == ([7.0, 14.0] if fault == "429" else [1.0, 2.0])


def test_what_goes_wrong_every_time_is_given_up_and_told(
    cqc: Regulator, client: Client, waits: list[float]
) -> None:
    cqc.faults = [("/locations/", "500")] * TRIES
    with pytest.raises(FeedTroubleError, match="asked for 6 times and gave status 500"):
        client.location("1-1")
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_a_refused_key_is_not_tried_again(cqc: Regulator) -> None:
    with (
        Client("wrong", address=cqc.address) as client,
        pytest.raises(FeedTroubleError, match="CANDOUR_CQC_KEY"),
    ):
        client.location("1-1")
    assert len(cqc.asked) == 1


@pytest.mark.django_db
def test_what_changed_is_taken_in_with_its_ratings_and_without_people(
    cqc: Regulator, client: Client
) -> None:
    changed(cqc, "1-1", "1-2")
    assert follow(client, as_of=NOW) == 2
    home = Service.objects.select_related("provider").get(name="Service 1-1")
    assert (home.nursing, home.kind, home.people) == (True, "Nursing homes", "adults")
    assert home.provider.name == "Meadow Care Limited"
    assert home.address == "4 Mill Lane, Leeds, West Yorkshire"
    ratings = Rating.objects.filter(service=home)
    now = dict(ratings.filter(current=True).values_list("question", "rating"))
    assert now == dict.fromkeys(
        ("overall", "safe", "effective", "caring", "responsive", "well_led"), "good"
    )
    earlier = set(ratings.filter(current=False).values_list("question", "rating", "given_on"))
    assert earlier == {
        ("overall", "requires_improvement", date(2021, 6, 1)),
        ("safe", "inadequate", date(2021, 6, 1)),
    }
    assert "Neverkept" not in str(list(Listing.objects.values()))
    assert [path for path in cqc.asked if "providers" in path] == ["/public/v1/providers/1-9001"]
    assert Feed.objects.get().good_until == NOW


@pytest.mark.django_db
def test_the_next_run_asks_from_where_the_last_one_ended(cqc: Regulator, client: Client) -> None:
    changed(cqc, "1-1")
    follow(client, as_of=NOW)
    cqc.locations["1-1"]["name"] = "Another Name"
    changed(cqc, "1-1", at="2026-11-23T12:00:00Z")
    cqc.asked.clear()
    assert follow(client, as_of=LATER) == 1
    assert "startTimestamp=2026-11-23T09%3A00%3A00Z&endTimestamp=2026-11-24T09" in cqc.asked[0]
    told = Change.objects.get(field="name")
    assert (told.before, told.after) == ("Service 1-1", "Another Name")
    assert follow(client, as_of=LATER) == 0


@pytest.mark.django_db
def test_a_run_that_was_stopped_goes_on_where_it_was(
    cqc: Regulator, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.directory.cqc.following.AT_ONCE", 2)
    changed(cqc, "1-1", "1-2", "1-3")
    cqc.faults = [("/locations/1-3", "500")] * TRIES
    with pytest.raises(FeedTroubleError):
        follow(client, as_of=NOW)
    feed = Feed.objects.get()
    assert (feed.waiting, feed.asked_until) == (["1-3"], NOW)
    assert feed.good_until < NOW
    assert "1-3" in feed.trouble
    assert Listing.objects.count() == 2
    cqc.asked.clear()
    assert follow(client, as_of=LATER) == 1
    assert cqc.asked[0] == "/public/v1/locations/1-3"
    feed.refresh_from_db()
    assert (feed.good_until, feed.waiting, feed.trouble) == (LATER, [], "")


@pytest.mark.django_db
def test_a_location_that_vanished_or_was_deregistered_has_ended(
    cqc: Regulator, client: Client
) -> None:
    changed(cqc, "1-1", "1-2")
    follow(client, as_of=NOW)
    del cqc.locations["1-1"]
    cqc.locations["1-2"] |= {
        "registrationStatus": "Deregistered",
        "deregistrationDate": "2026-11-22",
    }
    changed_at = "2026-11-23T12:00:00Z"
    cqc.changes += [(changed_at, "1-1"), (changed_at, "1-2"), (changed_at, "1-404")]
    assert follow(client, as_of=LATER) == 3
    ended = dict(Service.objects.values_list("name", "to_date"))
    assert ended == {"Service 1-1": date(2026, 11, 24), "Service 1-2": date(2026, 11, 22)}


@pytest.mark.django_db
def test_a_long_absence_is_read_week_by_week(cqc: Regulator, client: Client) -> None:
    Feed.objects.create(register="cqc", good_until=datetime(2026, 11, 1, tzinfo=UTC))
    changed(cqc, "1-1", at="2026-11-02T10:00:00Z")
    changed(cqc, "1-2", at="2026-11-10T10:00:00Z")
    assert follow(client, as_of=NOW) == 2
    assert sum("/changes/" in path for path in cqc.asked) == 4
    assert Intake.objects.count() == 2


@pytest.mark.django_db
def test_a_predecessor_is_remembered(cqc: Regulator, client: Client) -> None:
    changed(cqc, "1-2")
    cqc.locations["1-2"]["relationships"] = [
        {
            "relatedLocationId": "1-1",
            "relatedLocationName": "Old",
            "type": "HSCA Predecessor",
            "reason": "Change of legal entity",
        }
    ]
    follow(client, as_of=NOW)
    assert Predecessor.objects.values_list("number", "predecessor").get() == ("1-2", "1-1")


@pytest.mark.django_db
def test_the_job_follows_where_there_is_a_key_and_outlives_trouble(
    cqc: Regulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T09:00")
    monkeypatch.setattr("candour.directory.tasks.close_old_connections", lambda: None)
    changed(cqc, "1-1")
    with override_settings(CANDOUR_CQC_KEY="", CANDOUR_CQC_ADDRESS=cqc.address):
        follow_regulator(timestamp=0)
    assert not cqc.asked
    with override_settings(CANDOUR_CQC_KEY="wrong", CANDOUR_CQC_ADDRESS=cqc.address):
        follow_regulator(timestamp=0)
    assert "refused the key" in Feed.objects.get().trouble
    with override_settings(CANDOUR_CQC_KEY=KEY, CANDOUR_CQC_ADDRESS=cqc.address):
        follow_regulator(timestamp=0)
    assert Listing.objects.count() == 1
