"""The documents of a case on their page: filing, what is refused, having one, and who may."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from candour.attachments.configuration import storage_settings
from candour.attachments.limits import MOST_AT_ONCE
from candour.attachments.reading import read_document
from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import CONCERN, Town, add, open_at
from tests.support.documents import filed, stored
from tests.support.files import PDF, packed, picture
from tests.web.pages import main_of, part, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.STORAGES = {**settings.STORAGES, "documents": storage_settings("", tmp_path)}
    return tmp_path / "documents"


@pytest.fixture
def case(town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-13T15:00")
    return open_at(town, "2026-03-09T09:00")


def sent(*files: tuple[str, bytes], **more: Any) -> dict[str, Any]:
    came = [SimpleUploadedFile(name, content, "text/html") for name, content in files]
    return {"key": str(uuid4()), "files": came, "audience": "case", **more}


def page_of(case: Case) -> str:
    return f"/cases/{case.ref}/documents/"


def test_several_are_filed_at_once_and_stand_on_the_page(
    case: Case, town: Town, signed_in: Browser
) -> None:
    concern = add(town, case, "concern_raised", "2026-03-09T10:00", CONCERN).entry
    browser = signed_in(town.ieuan)
    opened = browser.get(f"{page_of(case)}?refers={concern.id}")
    assert f'value="{concern.id}" selected' in main_of(opened)
    post = town.ieuan.posts.get(role="contract_monitoring_officer").pk
    form = sent(("rota.exe", PDF), ("ward.pdf", picture()), title="Visit", refers=concern.id)
    answer = browser.post(page_of(case), {**form, "entry-post": post}, follow=True)
    assert answer.redirect_chain == [(page_of(case), 302)]
    said = read(answer)
    assert "2 documents are filed." in said
    for words in ("Visit (1/2)", "Visit (2/2)", "PDF, 1 kB", "Picture, 1 kB", "Ieuan Rees"):
        assert words in said
    assert f"#entry-{concern.id}" in main_of(answer)


def test_left_empty_the_title_is_the_name(case: Case, town: Town, signed_in: Browser) -> None:
    answer = signed_in(town.mari).post(page_of(case), by_mari(town, ("Rota.pdf", PDF)), follow=True)
    assert "Rota.pdf" in part(answer, "filed")


def by_mari(town: Town, *files: tuple[str, bytes], **more: Any) -> dict[str, Any]:
    post = town.mari.posts.get(role="operational_manager").pk
    return sent(*files, **{"entry-post": post}, **more)


def test_the_good_are_filed_and_the_others_named_with_why(
    case: Case, town: Town, signed_in: Browser
) -> None:
    form = by_mari(town, ("a.pdf", PDF), ("b.pdf", packed({"x": b"y"})), title="Two", note="Kept")
    answer = signed_in(town.mari).post(page_of(case), form)
    said = read(answer)
    assert answer.status_code == 422
    assert "1 document is filed." in said
    assert "b.pdf: This is a packed folder." in said
    assert "Taken are PDF" in said
    assert "Kept" in main_of(answer)  # nothing typed is lost
    assert f'name="key" value="{form["key"]}"' not in main_of(answer)


@pytest.mark.parametrize("size", [3 * 1024 * 1024 + 1, 9 * 1024 * 1024])
def test_one_that_is_too_large_is_passed_over_and_the_next_is_filed(
    case: Case, town: Town, signed_in: Browser, settings: Settings, folder: Path, size: int
) -> None:
    settings.CANDOUR_LARGEST_FILE = 3 * 1024 * 1024
    form = by_mari(town, ("big.pdf", b"%PDF-" + bytes(size)), ("a.pdf", PDF), title="Rota")
    answer = signed_in(town.mari).post(page_of(case), form)
    assert "big.pdf: The file is larger than 3 MB." in read(answer)
    assert "1 document is filed." in read(answer)
    assert len(stored(folder)) == 1


def test_a_form_longer_than_all_its_files_is_not_read(
    case: Case, town: Town, signed_in: Browser, settings: Settings
) -> None:
    settings.CANDOUR_LARGEST_FILE = 1024
    form = by_mari(town, ("big.pdf", b"%PDF-" + bytes(2 * 1024 * 1024)))
    answer = signed_in(town.mari).post(page_of(case), form)
    assert answer.status_code == 413
    assert "nothing of it was read" in read(answer)


def test_more_than_so_many_at_once_are_not_filed(
    case: Case, town: Town, signed_in: Browser, folder: Path
) -> None:
    many = [(f"{n}.pdf", PDF) for n in range(MOST_AT_ONCE + 2)]
    answer = signed_in(town.mari).post(page_of(case), by_mari(town, *many))
    assert f"{MOST_AT_ONCE} documents are filed." in read(answer)
    assert "11.pdf: No more than 10 files are taken at once." in read(answer)
    assert len(stored(folder)) == MOST_AT_ONCE


def test_nothing_chosen_is_said(case: Case, town: Town, signed_in: Browser) -> None:
    answer = signed_in(town.mari).post(page_of(case), by_mari(town))
    assert answer.status_code == 422
    assert "Choose a file" in read(answer)


def test_sent_twice_it_stands_there_once(
    case: Case, town: Town, signed_in: Browser, folder: Path
) -> None:
    browser, key = signed_in(town.mari), str(uuid4())
    for _ in range(2):
        browser.post(page_of(case), {**by_mari(town, ("a.pdf", PDF)), "key": key})
    assert len(stored(folder)) == 1


def test_a_script_is_told_where_to_go(case: Case, town: Town, signed_in: Browser) -> None:
    form = by_mari(town, ("a.pdf", PDF))
    answer = signed_in(town.mari).post(page_of(case), form, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, page_of(case))


def test_a_form_from_elsewhere_files_nothing(case: Case, town: Town, folder: Path) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(town.mari)
    assert browser.post(page_of(case), by_mari(town, ("a.pdf", PDF))).status_code == 403
    assert stored(folder) == []


def test_a_document_is_given_to_be_saved_and_runs_nowhere(
    case: Case, town: Town, signed_in: Browser
) -> None:
    row = filed(town, case, b"<b>no page</b> =1+1", name="page.html").document
    answer = signed_in(town.mari).get(f"{page_of(case)}{row.pk}/")
    assert b"".join(answer) == b"<b>no page</b> =1+1"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == 'attachment; filename="page.html.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_picture_with_a_place_is_pointed_out_and_had_without(
    case: Case, town: Town, signed_in: Browser
) -> None:
    form = by_mari(town, ("ward.jpg", picture(place=True)))
    answer = signed_in(town.mari).post(page_of(case), form, follow=True)
    assert "“ward.jpg” says where it was taken." in read(answer)
    copy = main_of(answer).split('without-place/"')[0].rpartition('href="')[2] + "without-place/"
    given = b"".join(signed_in(town.mari).get(copy))
    with Image.open(BytesIO(given)) as shown:
        assert not shown.getexif()
    assert b"Harlech" not in given


def test_of_a_document_without_pixels_there_is_no_such_copy(
    case: Case, town: Town, signed_in: Browser
) -> None:
    row = filed(town, case).document
    browser = signed_in(town.mari)
    assert "without the place" not in main_of(browser.get(page_of(case)))
    assert browser.get(f"{page_of(case)}{row.pk}/without-place/").status_code == 404


def test_what_was_changed_in_the_store_is_not_given_out(
    case: Case, town: Town, signed_in: Browser, folder: Path
) -> None:
    row = filed(town, case, title="The rota").document
    stored(folder)[0].write_bytes(b"something else")
    answer = signed_in(town.mari).get(f"{page_of(case)}{row.pk}/")
    assert answer.status_code == 409
    assert "“The rota” is gone" in read(answer)
    assert b"something else" not in answer.content


def test_what_was_withdrawn_is_neither_listed_nor_given(
    case: Case, town: Town, signed_in: Browser
) -> None:
    kept = filed(town, case, title="Somebody else’s")
    wrong = {"why": "Another person’s.", "withdraws": True}
    entry = kept.recorded.entry
    add(town, case, "correction_made", "2026-03-11T10:00", wrong, refers_to=(entry.id,))
    browser = signed_in(town.mari)
    assert "Somebody else’s" not in read(browser.get(page_of(case)))
    assert browser.get(f"{page_of(case)}{kept.document.pk}/").status_code == 404


def test_somebody_elsewhere_has_nothing_of_it(case: Case, town: Town, signed_in: Browser) -> None:
    row = filed(town, case).document
    browser = signed_in(town.olwen)
    other = open_at(town, "2026-03-09T10:00", {"title": "Other"}, service=town.hospital)
    assert browser.get(page_of(case)).status_code == 404
    assert browser.get(f"{page_of(case)}{row.pk}/").status_code == 404
    assert browser.post(page_of(case), sent(("a.pdf", PDF))).status_code == 404
    # Nor is it had through another case of one’s own.
    assert signed_in(town.mari).get(f"{page_of(other)}{row.pk}/").status_code == 404


def test_the_kind_has_no_form_of_its_own(case: Case, town: Town, signed_in: Browser) -> None:
    browser = signed_in(town.mari)
    assert browser.get(f"/cases/{case.ref}/record/document_filed/").status_code == 404


def test_the_same_file_twice_is_said(case: Case, town: Town, signed_in: Browser) -> None:
    filed(town, case, title="One")
    filed(town, case, title="Another")
    page = read(signed_in(town.mari).get(page_of(case)))
    assert "The same file as “One”" in page
    assert "The same file as “Another”" in page


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"The rota", ""),
        ("a.txt", b" \n ", "it may be a scan"),
        ("a.txt", b"word " * 50_000, "the words of its beginning alone"),
        ("a.pdf", PDF, "it could not be read"),
    ],
)
def test_a_document_whose_words_are_not_all_found_says_so(
    case: Case, town: Town, signed_in: Browser, name: str, content: bytes, says: str
) -> None:
    client = signed_in(town.mari)
    document = filed(town, case, content, name=name).document
    before = read(client.get(page_of(case)))
    read_document(document.pk, case.body_id, document.kept_at)
    after = read(client.get(page_of(case)))
    assert "search finds" not in before
    assert says in after
    assert ("search finds" in after) is bool(says)


def test_the_page_asks_the_database_little_however_many_there_are(
    case: Case,
    town: Town,
    signed_in: Browser,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for number in range(12):
        filed(town, case, title=f"Number {number}")
    browser = signed_in(town.mari)
    browser.get(page_of(case))
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]  # the fixture's own type is not exported
        assert "Number 11" in read(browser.get(page_of(case)))


def test_elsewhere_on_the_site_no_longer_form_is_read(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.attachments.receiving.MOST_ELSEWHERE", 1024)
    form = {"login": "mari", "password": "x", "file": SimpleUploadedFile("a", bytes(2048))}
    assert Client().post("/sign-in/", form).status_code == 400
