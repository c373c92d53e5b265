"""What if a clock were shorter? An officer sends a draft, waits for it, reads what changes."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour import policies
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from candour.whatif.asking import do
from candour.whatif.models import WhatIf
from tests.journeys.readers import every_reader
from tests.journeys.walking import press
from tests.support.casework import Town, hold_ppm, make_town, open_at, to_ppm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
PROCEDURE = "cardiff_vale"


@pytest.fixture
def town(live_site: str) -> Town:
    """Cardiff's care services, in the browser's database."""
    return make_town()


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case whose PPM has just met, with what follows a meeting still owed."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T12:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def _pack(folder: Path, old: str, new: str) -> Path:
    """Return the shipped pack in a zip, with some of its words changed."""
    sent = folder / "draft.zip"
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(policies.find(PROCEDURE).glob("*.yaml")):
            text = file.read_text("utf-8")
            archive.writestr(f"{PROCEDURE}/{file.name}", text.replace(old, new))
    return sent


@every_reader
def test_a_draft_is_sent_waited_for_and_read(
    page: Page,
    town: Town,
    case: Case,
    tmp_path: Path,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
) -> None:
    # Given an officer on the page of their procedure
    come_in_as(town.mari)
    page.goto(f"/procedures/{PROCEDURE}/")
    page.get_by_role("link", name="What if").first.click()
    check_accessible(page)

    # When they send a draft with a fault in it, then it says where, and nothing is asked for
    faulty = _pack(tmp_path, "calendar: wales", "calender: wales")
    page.get_by_label("A draft of your own").set_input_files(faulty)
    press(page, "Replay the open cases")
    expect(page.get_by_role("alert")).to_contain_text("procedure.yaml:")
    check_accessible(page)

    # When they send one whose letters are due in two working days instead of five
    page.get_by_label("A draft of your own").set_input_files(
        _pack(tmp_path, '"5 working days after"', '"2 working days after"')
    )
    press(page, "Replay the open cases")
    # Then they see that it waits for its turn
    expect(page.get_by_role("status")).to_have_text("Waiting for its turn.")
    check_accessible(page)

    # When the worker has come to it, and they look again
    with acting_for([town.council.pk]):
        asked = WhatIf.objects.get()
    do(asked.pk, town.council.pk)
    press(page, "Look again")
    # Then the picture and its table show the work of each week, and which case changes and why
    expect(page.get_by_role("heading", level=1)).to_contain_text("What if")
    picture = page.get_by_role("img", name="Duties due in each week")
    expect(picture).to_be_visible()
    expect(page.get_by_role("table", name="Duties due by week")).to_contain_text("30 Mar")
    most = page.get_by_role("region", name="Cases that change most")
    expect(most).to_contain_text(case.ref)
    expect(most).to_contain_text("Written notice to the provider after the PPM")
    check_accessible(page)
    screenshot("what-if")

    # And the case itself is as it was
    most.get_by_role("link", name=case.ref).click()
    expect(page.get_by_role("main")).to_contain_text("8 Apr 2026")
