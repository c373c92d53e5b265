"""The pages of the directory: found and narrowed, files looked at and taken, pairs decided."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.bodies.models import Service
from candour.directory import sending
from candour.directory.actions import import_directory
from candour.directory.duplicates import find_duplicates
from candour.directory.models import Change, Intake, Listing, Merge, Rating, State, What
from candour.directory.tasks import read_file, take_file
from candour.people.models import Post, User
from tests.support.care_directory import care_directory, row
from tests.support.casework import Town
from tests.web.pages import read, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
MANY = 60


@pytest.fixture
def keeper(town: Town, signed_in: Browser, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The browser of somebody who keeps the directory."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-11-23T09:00")
    Post.objects.create(user=town.mari, body=town.council, role="directory_keeper")
    return signed_in(town.mari)


def number_of(asked: CaptureQueriesContext) -> int:
    """Return how many questions a page put, without what a test's own transaction adds."""
    of_the_test = ("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT current_setting")
    return sum(not query["sql"].startswith(of_the_test) for query in asked.captured_queries)


def taken(rows: list[list[str]]) -> None:
    import_directory(care_directory(rows), file_name="november.csv", by=None, as_of=NOW)


def sent(client: Client, content: bytes, name: str = "december.csv") -> Intake:
    answer = client.post("/directory/imports/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, text_of(answer.content.decode())
    return Intake.objects.order_by("-pk")[0]


def rate(number: str, rating: str = "good", question: str = "overall") -> None:
    service = Service.objects.get(listings__number=number)
    Rating.objects.create(
        service=service,
        schema="cqc",
        question=question,
        rating=rating,
        given_on="2025-05-01",
        current=True,
        source="november.csv",
    )


def test_the_list_is_narrowed_and_paged_in_few_queries(keeper: Client) -> None:
    taken([row(number, kinds="Dentist" if number < 5 else "Hospice") for number in range(MANY)])
    rate("1-1003", "inadequate")
    with CaptureQueriesContext(connection) as asked:
        page = read(keeper.get("/directory/"))
    assert number_of(asked) <= 10
    assert f"{MANY + 2} services" in page, "the two of the town among them"
    assert "Page 1 of 3" in page
    assert "Next page" in page
    found = read(keeper.get("/directory/?kind=Dentist"))
    assert "5 services" in found
    assert "1 service " in read(keeper.get("/directory/?kind=Dentist&rating=cqc:inadequate"))
    assert "1 service " in read(keeper.get("/directory/?q=servi+59"))
    authority = Listing.objects.all()[0].authority_id
    assert f"{MANY} services" in read(keeper.get(f"/directory/?authority={authority}"))
    assert "No service fits" in read(keeper.get("/directory/?state=closed"))
    for odd in ("page=999999999999", "page=x", "authority=9" + "9" * 30, "rating=a:b", "q=%00%27"):
        assert keeper.get(f"/directory/?{odd}").status_code == 200, odd


def test_a_file_is_looked_at_and_then_taken(keeper: Client) -> None:
    taken([row(1), row(2)])
    new = care_directory([row(1, name="New Name"), row(3)], "1 December 2026")
    assert "The file says that it was made on a day to come" not in read(
        keeper.get("/directory/imports/")
    )
    intake = sent(keeper, new)
    page = f"/directory/imports/{intake.pk}/"
    with CaptureQueriesContext(connection) as asked:
        said = read(keeper.get(page))
    assert number_of(asked) <= 10
    assert "Would be added: 1 service" in said
    assert "Service 1 1-1001 Name Service 1 New Name 6" in said
    assert "Would have ended: 1 service" in said
    assert Service.objects.filter(name="Service 2", to_date=None).exists()
    answer = keeper.post(page, {"press": "take"}, follow=True)
    assert "The file was taken." in text_of(answer.content.decode())
    assert set(Service.objects.filter(to_date=None).values_list("name", flat=True)) >= {
        "New Name",
        "Service 3",
    }
    assert Change.objects.get(what=What.CHANGED).by == User.objects.get(username="mari")
    assert keeper.post(page, {"press": "take"}).status_code == 422


def test_a_file_put_aside_changes_nothing(keeper: Client) -> None:
    intake = sent(keeper, care_directory([row(1)]))
    keeper.post(f"/directory/imports/{intake.pk}/", {"press": "aside"})
    intake.refresh_from_db()
    assert intake.state == State.DROPPED
    assert not Listing.objects.exists()


def test_a_file_that_no_longer_fits_is_compared_anew(keeper: Client) -> None:
    intake = sent(keeper, care_directory([row(1, name="As looked at")]))
    taken([row(1)])
    answer = keeper.post(f"/directory/imports/{intake.pk}/", {"press": "take"})
    assert answer.status_code == 422
    said = read(answer)
    assert "The directory has changed since" in said
    assert "Would be changed: 1 service" in said


def test_a_file_that_cannot_be_read_says_why(keeper: Client) -> None:
    intake = sent(keeper, b"no,directory\n1,2\n")
    assert "None of the mappings" in read(keeper.get(f"/directory/imports/{intake.pk}/"))
    in_welsh = keeper.get(f"/directory/imports/{intake.pk}/", headers={"accept-language": "cy"})
    assert "Nid yw’r un o’r mapiadau" in read(in_welsh)
    answer = keeper.post("/directory/imports/", {})
    assert answer.status_code == 422
    assert "Choose a file." in read(answer)


def test_a_large_file_is_left_to_the_worker(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "READ_AT_ONCE", 10)
    monkeypatch.setattr(sending, "TAKEN_AT_ONCE", 0)
    monkeypatch.setattr("candour.directory.tasks.close_old_connections", lambda: None)
    intake = sent(keeper, care_directory([row(1)]))
    page = f"/directory/imports/{intake.pk}/"
    assert "Being read" in read(keeper.get(page))
    read_file(number=intake.pk)
    read_file(number=intake.pk)
    assert "Would be added: 1 service" in read(keeper.get(page))
    keeper.post(page, {"press": "take"})
    assert "Being taken" in read(keeper.get(page))
    take_file(number=intake.pk, by=User.objects.get(username="mari").pk, many_gone=False)
    assert "Taken" in read(keeper.get(page))
    assert Listing.objects.count() == 1


def test_a_job_that_breaks_says_so_and_can_be_tried_again(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sending, "READ_AT_ONCE", 10)
    monkeypatch.setattr(sending, "TAKEN_AT_ONCE", 0)
    monkeypatch.setattr("candour.directory.tasks.close_old_connections", lambda: None)
    whole, unread = sent(keeper, care_directory([row(1)])), sent(keeper, care_directory([row(2)]))
    read_file(number=whole.pk)
    with monkeypatch.context() as within:
        within.setattr(sending, "look", broken)
        with pytest.raises(ZeroDivisionError):
            read_file(number=unread.pk)
    said = read(keeper.get(f"/directory/imports/{unread.pk}/"))
    assert "Something went wrong inside Candour" in said
    page, mari = f"/directory/imports/{whole.pk}/", User.objects.get(username="mari")
    keeper.post(page, {"press": "take"})
    with monkeypatch.context() as within:
        within.setattr(sending, "take_looked_at", broken)
        with pytest.raises(ZeroDivisionError):
            take_file(number=whole.pk, by=mari.pk, many_gone=False)
    assert "Something went wrong inside Candour" in read(keeper.get(page))
    keeper.post(page, {"press": "take"})
    take_file(number=whole.pk, by=mari.pk, many_gone=False)
    assert Listing.objects.count() == 1


def test_the_history_of_a_service_tells_ratings_registers_and_changes(keeper: Client) -> None:
    taken([row(1)])
    rate("1-1001")
    rate("1-1001", "requires_improvement", "safe")
    import_directory(
        care_directory([row(1, name="New Name")]), file_name="dec.csv", by=None, as_of=NOW
    )
    number = Listing.objects.get().service_id
    with CaptureQueriesContext(connection) as asked:
        said = read(keeper.get(f"/directory/services/{number}/history/"))
    assert number_of(asked) <= 10
    assert "Overall Good Thu 1 May 2025" in said
    assert "Safe Requires improvement Thu 1 May 2025" in said
    assert "Changed: Name Service 1 New Name dec.csv" in said
    assert "Care Quality Commission, 1-1001" in said


def test_a_pair_is_merged_and_parted_again(keeper: Client, town: Town) -> None:
    taken([row(1, name="Sunnyside"), row(2, name="Sunnyside House")])
    find_duplicates()
    one, other = (Service.objects.get(name=name).pk for name in ("Sunnyside", "Sunnyside House"))
    with CaptureQueriesContext(connection) as asked:
        listed = read(keeper.get("/directory/duplicates/"))
    assert number_of(asked) <= 10
    assert "Sunnyside – Sunnyside House" in listed
    address = f"/directory/duplicates/{one}/{other}/"
    with CaptureQueriesContext(connection) as asked:
        keeper.get(address)
    assert number_of(asked) <= 10
    assert keeper.post(address, {"press": "merge", "reason": "x"}).status_code == 422
    assert keeper.post(address, {"press": "merge", "kept": other}).status_code == 422
    wanted = {"press": "merge", "kept": other, "reason": "One home, entered twice."}
    answer = keeper.post(address, wanted, follow=True)
    assert "One home, entered twice." in read(answer)
    made = Merge.objects.get()
    assert (made.merged_id, made.kept_id, made.by) == (one, other, town.mari)
    assert "No pair to look at" in read(keeper.get("/directory/duplicates/"))
    assert "merged into another one" in read(keeper.get(f"/directory/services/{one}/history/"))
    undo = f"/directory/merges/{made.pk}/undo/"
    assert keeper.post(undo, {}).status_code == 422
    answer = keeper.post(undo, {"because": "Two doors."}, follow=True)
    assert "Two doors." in read(answer)
    keeper.post(address, {"press": "apart"})
    assert "No pair to look at" in read(keeper.get("/directory/duplicates/"))


def test_others_read_and_do_not_write(town: Town, signed_in: Browser, keeper: Client) -> None:
    taken([row(1), row(2)])
    intake = sent(keeper, care_directory([row(1)], "1 December 2026"))
    one, other = Listing.objects.values_list("service_id", flat=True).order_by("pk")
    reader = signed_in(town.olwen)
    before = Change.objects.count()
    for address, form in (
        ("/directory/imports/", {"file": SimpleUploadedFile("x.csv", b"x")}),
        (f"/directory/imports/{intake.pk}/", {"press": "take"}),
        (f"/directory/duplicates/{one}/{other}/", {"press": "merge", "kept": one, "reason": "x"}),
    ):
        assert reader.get(address).status_code == 200
        assert reader.post(address, form).status_code == 404
    assert reader.get("/directory/merges/1/undo/").status_code == 404
    assert Change.objects.count() == before
    assert not Merge.objects.exists()
