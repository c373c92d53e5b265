"""An officer files what a visit brought back: at a desk, on a phone, with and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django import Settings

from candour.attachments.configuration import storage_settings
from candour.cases.models import Case
from candour.people.models import User
from tests.journeys.readers import DESKTOP, every_reader
from tests.journeys.walking import choose, press
from tests.support.casework import CONCERN, Town, add, make_town, open_at
from tests.support.documents import stored
from tests.support.files import PDF, packed, picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[[Page], None]
Shot = Callable[[str], Path]
LARGEST = 2 * 1024 * 1024
DROP = """([zone, names]) => {
    const given = new DataTransfer()
    for (const name of names) {
        given.items.add(new File(['%PDF-1.7\\n', name, '\\n%%EOF\\n'], name))
    }
    for (const event of ['dragenter', 'dragover', 'drop']) {
        zone.dispatchEvent(new DragEvent(event, { dataTransfer: given, bubbles: true }))
    }
}"""


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.STORAGES = {**settings.STORAGES, "documents": storage_settings("", tmp_path)}
    settings.CANDOUR_LARGEST_FILE = LARGEST
    return tmp_path / "documents"


@pytest.fixture
def town(
    live_site: str,
    folder: Path,
    owner_cursor: psycopg.Cursor[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-13T15:00")
    return make_town()


@pytest.fixture
def case(town: Town) -> Case:
    case = open_at(town, "2026-03-09T09:00")
    add(town, case, "concern_raised", "2026-03-09T10:00", CONCERN)
    return case


@every_reader
def test_pictures_of_a_visit_are_filed_with_what_they_support(
    page: Page,
    town: Town,
    case: Case,
    tmp_path: Path,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Shot,
) -> None:
    """Given a concern, when its pictures are filed, then they stand there with what to know."""
    (tmp_path / "ward.jpg").write_bytes(picture(place=True))
    (tmp_path / "Rota for the week of 9 March.pdf").write_bytes(PDF)
    (tmp_path / "folder.zip").write_bytes(packed({"a.txt": b"x"}))
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/")
    page.locator("summary", has_text="What was recorded: Concern raised").click()
    ways = page.get_by_role("link", name="File a document for it")
    ways.filter(has_text="Concern raised").click()
    expect(page.get_by_label("What does it support?")).to_contain_text("Concern raised")
    check_accessible(page)
    screenshot("documents-empty")
    files = page.locator("input[type=file]")
    files.set_input_files([tmp_path / "ward.jpg", tmp_path / "folder.zip"])
    choose(page, {"Who is it for?": "The agencies alone"})
    press(page, "File documents")
    expect(page.get_by_text("folder.zip: This is a packed folder").first).to_be_visible()
    expect(page.get_by_text("1 document is filed.")).to_be_visible()
    check_accessible(page)
    screenshot("documents-refused")
    page.locator("input[type=file]").set_input_files(tmp_path / "Rota for the week of 9 March.pdf")
    press(page, "File documents")
    expect(page.get_by_role("link", name="Rota for the week of 9 March.pdf")).to_be_visible()
    check_accessible(page)
    screenshot("documents")
    with page.expect_download() as copy:
        page.get_by_role("link", name="Download a copy without the place").click()
    assert b"Harlech" not in Path(copy.value.path()).read_bytes()
    assert copy.value.suggested_filename == "ward.jpg"


@pytest.mark.parametrize("reader", [DESKTOP], indirect=True, ids=["desk"])
def test_files_are_dropped_and_what_is_too_large_is_said_before_it_is_sent(
    page: Page,
    town: Town,
    case: Case,
    folder: Path,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Shot,
) -> None:
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/documents/")
    large = FilePayload(name="large.pdf", mimeType="application/pdf", buffer=PDF + bytes(LARGEST))
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_role("alert")).to_contain_text("large.pdf is larger than 2 MB.")
    press(page, "File documents")
    check_accessible(page)
    screenshot("documents-too-large")
    assert stored(folder) == []
    zone = page.locator("button.govuk-file-upload-button").element_handle()
    page.evaluate(DROP, [zone, ["one.pdf", "two.pdf"]])
    expect(page.get_by_text("2 files chosen")).to_be_visible()
    expect(page.locator(".app-upload-fault")).to_be_hidden()
    page.locator("#title").focus()
    page.keyboard.type("Dropped")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 documents are filed.")).to_be_visible()
    assert len(stored(folder)) == 2


@pytest.mark.parametrize("reader", [DESKTOP], indirect=True, ids=["desk"])
def test_a_lost_connection_is_said_and_sending_again_files_once(
    page: Page,
    town: Town,
    case: Case,
    folder: Path,
    tmp_path: Path,
    come_in_as: Callable[[User], None],
    screenshot: Shot,
) -> None:
    (tmp_path / "report.pdf").write_bytes(PDF.replace(b"\n%%EOF", bytes(900_000) + b"\n%%EOF"))
    come_in_as(town.mari)
    page = page.context.new_page()  # on which a lost connection may be said on the console
    page.goto(f"/cases/{case.ref}/documents/")
    page.locator("input[type=file]").set_input_files(tmp_path / "report.pdf")
    page.context.set_offline(True)
    press(page, "File documents")
    expect(page.get_by_role("alert")).to_contain_text("The connection was lost")
    page.context.set_offline(False)
    page.wait_for_timeout(1_100)  # a button pressed twice within a second is pressed once
    press(page, "File documents")
    expect(page.get_by_text("1 document is filed.")).to_be_visible()
    assert len(stored(folder)) == 1
