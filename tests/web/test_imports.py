"""The pages of imports: a file sent, settled, looked through, taken in, undone and done again."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from candour.database.row_security import acting_for
from candour.experiences.actions.working import WENT_WRONG, turn_import
from candour.experiences.models import BodyMapping, Experience, FileState, Import, WaitingFile
from candour.experiences.waiting import forget, forget_all
from candour.people.actor import Actor
from candour.people.models import User
from candour.sealing.models import SealedIdentity
from candour.site import clock
from tests.support.casework import Town
from tests.support.imports import PLAIN, SURVEY, as_upload, job, sent_file, taken_file
from tests.support.workbooks import ods, row, table
from tests.web.pages import read

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
LIST = "/experiences/import/"


def page_of(waiting: WaitingFile) -> str:
    return f"{LIST}files/{waiting.pk}/"


def state_of(town: Town, waiting: WaitingFile) -> WaitingFile:
    with acting_for([town.council.pk]):
        return WaitingFile.objects.get(pk=waiting.pk)


def settled(**changes: str) -> dict[str, str]:
    """What the form of `SURVEY` sends when nobody changes anything but this."""
    return {
        "act": "check",
        "column-0": "source_ref",
        "column-1": "received_on",
        "column-2": "service_name",
        "column-3": "answer",
        "column-4": "",
        "dates": "day",
        "language": "en",
        "separator": ";",
        "source": "ward survey",
        "name": "Wards",
        **changes,
    }


def test_a_file_goes_all_the_way(town: Town, signed_in: SignedIn) -> None:
    mari = signed_in(town.mari)
    answer = mari.post(LIST, {"file": as_upload(SURVEY)})
    (address,) = re.findall(rf"{LIST}files/\d+/$", answer["Location"])
    page = read(mari.get(address))
    assert "They were kind and quick to help me" in page
    assert "a@post.example" not in page
    with acting_for([town.council.pk]):
        (waiting,) = WaitingFile.objects.all()
    answer = mari.post(address, settled())
    assert answer["Location"] == address
    assert mari.get(address).headers["Refresh"] == "5"
    assert "Refresh" not in mari.get(f"{address}?still=1").headers
    assert list(ProcrastinateJob.objects.values_list("task_name", flat=True)) == [
        "experiences.file"
    ]
    job(waiting)
    page = read(mari.get(address))
    assert "Take 2 experiences in" in page
    assert "It says nothing" in page
    assert "is no date between" in page
    assert "Repeats the number of a row above" in page
    with acting_for([town.council.pk]):
        assert not Experience.objects.exists()
    mari.post(address, {"act": "take"})
    taken = job(waiting)
    assert (taken.state, taken.pieces) == (FileState.TAKEN, 0)
    page = read(mari.get(address, follow=True))
    assert "Import " in page
    assert "Undo this import" in page
    with acting_for([town.council.pk]):
        found = Experience.objects.order_by("pk").values_list("source_ref", "service_name")
        assert list(found) == [("a1", "Ash"), ("a2", "Oak")]
        assert Import.objects.get().mapping == "Wards, version 1"
        assert not SealedIdentity.objects.filter(purpose="file").exists()


def test_an_import_is_undone_and_done_again(town: Town, signed_in: SignedIn) -> None:
    number = taken_file(town.council, town.mari)
    mari, address = signed_in(town.mari), f"{LIST}{number}/"
    actor = Actor(user=town.mari, role="", body=town.council)
    assert "2 experiences would be taken out of use" in read(mari.get(address))
    for undo, said, button in (
        (True, "Undone by", "Do it again"),
        (False, "Done again by", "Undo this"),
    ):
        mari.post(address)
        waiting = mari.get(address)
        assert "Refresh" in waiting.headers
        assert button not in read(waiting)
        assert ProcrastinateJob.objects.order_by("-pk")[0].args["undo"] is undo
        turn_import(number, actor, clock.now(), undo=undo)
        page = read(mari.get(address))
        assert f"{said} {town.mari.name}" in page
        assert button in page
    assert "Taken in" in read(mari.get(LIST))


def test_a_stale_page_does_not_do_again_what_was_just_undone(
    town: Town, signed_in: SignedIn
) -> None:
    number = taken_file(town.council, town.mari)
    mari, address = signed_in(town.mari), f"{LIST}{number}/"
    assert 'value="undo"' in mari.get(address).content.decode()
    mari.post(address, {"act": "undo"})
    turn_import(number, Actor(user=town.mari, role="", body=town.council), clock.now(), undo=True)
    page = read(mari.post(address, {"act": "undo"}, follow=True))
    assert "It was undone already." in page
    assert ProcrastinateJob.objects.count() == 1
    with acting_for([town.council.pk]):
        assert Import.objects.get().undone_at is not None


def test_an_undoing_that_breaks_can_be_tried_again(
    town: Town, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = taken_file(town.council, town.mari)
    mari, address = signed_in(town.mari), f"{LIST}{number}/"
    mari.post(address, {"act": "undo"})

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("candour.experiences.actions.working.undo_import", broken)
    with pytest.raises(ZeroDivisionError):
        turn_import(number, Actor.system(town.council), clock.now(), undo=True)
    assert "Undo this import" in read(mari.get(address))


def test_what_somebody_settled_anew_is_not_taken_in_unseen(town: Town, signed_in: SignedIn) -> None:
    mari, waiting = signed_in(town.mari), sent_file(town.council, town.mari)
    mari.post(page_of(waiting), settled())
    job(waiting)
    before = re.findall(r'name="seen" value="(\w+)"', mari.get(page_of(waiting)).content.decode())
    mari.post(page_of(waiting), {"act": "settle"})
    mari.post(page_of(waiting), settled(**{"column-2": ""}))
    job(waiting)
    late = mari.post(page_of(waiting), {"act": "take", "seen": before}, follow=True)
    assert "since you opened the page" in read(late)
    assert state_of(town, waiting).state == FileState.CHECKED
    now = re.findall(r'name="seen" value="(\w+)"', late.content.decode())
    mari.post(page_of(waiting), {"act": "take", "seen": now})
    assert job(waiting).state == FileState.TAKEN


def test_columns_of_another_sheet_are_not_settled_unseen(town: Town, signed_in: SignedIn) -> None:
    waiting = sent_file(town.council, town.mari, "A title\n" + SURVEY)
    mari = signed_in(town.mari)
    opened = re.findall(r'name="seen" value="(\w+)"', mari.get(page_of(waiting)).content.decode())
    mari.post(page_of(waiting), {"act": "look", "line": "1"})
    late = mari.post(page_of(waiting), settled(seen=opened[0]), follow=True)
    assert "since you opened the page" in read(late)
    assert state_of(town, waiting).state == FileState.SETTLING


def test_every_import_can_be_reached_however_many_there_are(
    town: Town, signed_in: SignedIn
) -> None:
    first = taken_file(town.council)
    with acting_for([town.council.pk]):
        one = Import.objects.get()
        for _ in range(30):
            one.pk = None
            one._state.adding = True
            one.save(force_insert=True)
    mari, address = signed_in(town.mari), f"{LIST}{first}/"
    assert address not in mari.get(LIST).content.decode()
    assert address in mari.get(f"{LIST}?page=2").content.decode()


def test_a_mapping_that_fits_is_offered_and_the_next_version_is_kept(
    town: Town, signed_in: SignedIn
) -> None:
    mari = signed_in(town.mari)
    first = sent_file(town.council, town.mari)
    mari.post(page_of(first), settled())
    second = sent_file(town.council, town.mari)
    page = read(mari.get(page_of(second)))
    assert "By the mapping “Wards”" in page
    mari.post(page_of(second), settled(how="Wards"))
    assert state_of(town, second).mapping == "Wards"
    third = sent_file(town.council, town.mari)
    mari.post(page_of(third), settled(how="settled", source="other"))
    with acting_for([town.council.pk]):
        assert [each.version for each in BodyMapping.objects.order_by("pk")] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"column-3": ""}, "Say which column holds what people said"),
        ({"column-2": "answer"}, "Only one column can hold what people said"),
        ({"name": " "}, "Give the mapping a name"),
        ({"source": ""}, "Say where the experiences come from"),
        ({"name": "generic"}, "Choose another"),
    ],
)
def test_what_is_settled_wrongly_is_shown_again(
    town: Town, signed_in: SignedIn, changes: dict[str, str], said: str
) -> None:
    waiting = sent_file(town.council, town.mari)
    answer = signed_in(town.mari).post(page_of(waiting), settled(**changes))
    assert answer.status_code == 422
    assert said in read(answer)
    assert state_of(town, waiting).state == FileState.SETTLING


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("empty.csv", "", "empty"),
        ("numbers.csv", "1,2\n3,4\n", "names of columns"),
        ("scan.pdf", "%PDF-1.4\0", "zero byte"),
    ],
)
def test_what_is_no_table_is_refused_and_not_kept(
    town: Town, signed_in: SignedIn, name: str, text: str, said: str
) -> None:
    answer = signed_in(town.mari).post(LIST, {"file": as_upload(text, name)})
    assert answer.status_code == 422
    assert said in read(answer)
    with acting_for([town.council.pk]):
        assert not WaitingFile.objects.exists()
        assert not SealedIdentity.objects.filter(purpose="file").exists()


def test_no_file_at_all_is_said(town: Town, signed_in: SignedIn) -> None:
    assert "Choose a file" in read(signed_in(town.mari).post(LIST, {}))


def test_another_sheet_and_another_line_can_be_looked_at(town: Town, signed_in: SignedIn) -> None:
    mari = signed_in(town.mari)
    workbook = ods(
        table(row("About") + row("made by us"), "Notes"),
        table(row("Title") + row("Comment", "Ward") + row("Good food", "Ash"), "Rows"),
    )
    file = as_upload("", "book.ods")
    file.write(workbook)
    file.seek(0)
    address = mari.post(LIST, {"file": file})["Location"]
    assert "made by us" in read(mari.get(address))
    mari.post(address, {"act": "look", "sheet": "Rows", "line": "1"})
    page = mari.get(address)
    assert "Good food" in read(page)
    assert 'name="line" type="text" value="2"' in page.content.decode()
    mari.post(address, {"act": "look", "sheet": "Rows", "line": "1"})
    assert "Comment" in read(mari.get(address))
    answer = mari.post(address, {"act": "look", "sheet": "Rows", "line": "30"}, follow=True)
    assert "could be the names of columns" in read(answer)


def test_a_file_can_be_given_up_and_is_destroyed(town: Town, signed_in: SignedIn) -> None:
    waiting = sent_file(town.council, town.mari)
    answer = signed_in(town.mari).post(page_of(waiting), {"act": "give-up"}, follow=True)
    assert "The file was destroyed" in read(answer)
    assert "survey.csv" not in read(answer)
    with acting_for([town.council.pk]):
        assert not SealedIdentity.objects.filter(purpose="file").exists()
    assert "Send it again" in read(signed_in(town.mari).get(page_of(waiting)))


def test_what_waits_too_long_is_destroyed(town: Town) -> None:
    waiting = sent_file(town.council, town.mari)
    with acting_for([town.council.pk]):
        forget(town.council.pk, clock.now() + timedelta(days=6))
        assert state_of(town, waiting).pieces == 1
        forget(town.council.pk, clock.now() + timedelta(days=8))
        assert state_of(town, waiting).pieces == 0
        assert not SealedIdentity.objects.filter(purpose="file").exists()


def test_what_waits_too_long_is_destroyed_though_nobody_sends_another(town: Town) -> None:
    waiting = sent_file(town.council, town.mari)
    assert forget_all(clock.now() + timedelta(days=6)) == 0
    assert forget_all(clock.now() + timedelta(days=8)) == 1
    assert state_of(town, waiting).pieces == 0
    with acting_for([town.council.pk]):
        assert not SealedIdentity.objects.filter(purpose="file").exists()
    assert forget_all(clock.now() + timedelta(days=8)) == 0


def test_nothing_of_a_waiting_file_can_be_read_in_the_database(town: Town) -> None:
    sent_file(town.council, town.mari)
    with acting_for([town.council.pk]):
        kept = list(WaitingFile.objects.values()) + list(
            SealedIdentity.objects.values("context", "sealed")
        )
    assert len(kept) == 3
    shown = [
        bytes(value) if isinstance(value, memoryview) else value
        for one in kept
        for value in one.values()
    ]
    assert "kind" not in repr(shown)


def test_a_job_that_cannot_be_done_says_why_and_leaves_nothing(
    town: Town, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    mari, waiting = signed_in(town.mari), sent_file(town.council, town.mari)
    mari.post(page_of(waiting), settled())
    with acting_for([town.council.pk]):
        WaitingFile.objects.update(mapping="nhs-fft")
    assert job(waiting).state == FileState.FAILED
    page = read(mari.get(page_of(waiting)))
    assert "lacks" in page
    mari.post(page_of(waiting), {"act": "settle"})
    assert state_of(town, waiting).state == FileState.SETTLING
    mari.post(page_of(waiting), settled())

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("candour.experiences.actions.working.import_open_file", broken)
    with pytest.raises(ZeroDivisionError):
        job(waiting)
    assert state_of(town, waiting).trouble == WENT_WRONG


def test_a_job_done_twice_takes_nothing_twice(town: Town, signed_in: SignedIn) -> None:
    waiting = sent_file(town.council, town.mari, PLAIN)
    signed_in(town.mari).post(page_of(waiting), {"act": "check", "how": "generic"})
    job(waiting)
    signed_in(town.mari).post(page_of(waiting), {"act": "take"})
    assert job(waiting).batch_id == job(waiting).batch_id
    with acting_for([town.council.pk]):
        assert Import.objects.count() == 1
        assert Experience.objects.count() == 2


def test_nobody_else_sees_a_body_s_files_and_imports(town: Town, signed_in: SignedIn) -> None:
    waiting, number = sent_file(town.council, town.mari), taken_file(town.council)
    elsewhere = signed_in(User.objects.create(username="nobody-of-here"))
    assert "survey.csv" not in read(elsewhere.get(LIST))
    for address in (page_of(waiting), f"{LIST}{number}/"):
        assert elsewhere.get(address).status_code == 404
        assert elsewhere.post(address, {"act": "take"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_pages_cost_few_queries_however_much_there_is(
    town: Town, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mari = signed_in(town.mari)
    wide = ",".join(["Comment", *(f"Theme {n}" for n in range(60))])
    text = f"{wide}\nGood food,{'1,' * 59}1\n"
    many = [
        (sent_file(town.council, town.mari, text), taken_file(town.council, town.mari))
        for _ in range(12)
    ]
    waiting, number = many[-1]
    for address in (LIST, page_of(waiting), f"{LIST}{number}/"):
        with django_assert_max_num_queries(10):
            assert mari.get(address).status_code == 200


def test_the_pages_speak_welsh(town: Town, signed_in: SignedIn) -> None:
    waiting = sent_file(town.council, town.mari)
    mari = signed_in(town.mari)
    mari.get("/language/cy/")
    assert 'lang="cy"' in mari.get(page_of(waiting)).content.decode()
