"""The sharing ledger: who was given what, what is closed, what must be recalled, and as a file."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.cases.models import Case
from candour.people.models import User
from tests.support.casework import Town, add, open_at
from tests.web.pages import main_of, part, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
VISIT = {"visitors": ["Ieuan Rees"], "findings": "Nine people seen."}
SHARED = {
    "matter": "monitoring",
    "what": "=2+5 The report of the visit",
    "to": ["Care Inspectorate Wales", "care inspectorate wales", "Vale Council"],
    "recipients": ["regulator", "commissioners"],
    "purpose": "So that they can protect people.",
    "legal_basis": "statutory_duty",
    "person_informed": False,
    "not_informed_reason": "It would warn the person suspected.",
}


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A visit was shared with two bodies and then corrected."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-13T15:00")
    case = open_at(town, "2026-03-09T09:00")
    visit = add(town, case, "visit_made", "2026-03-10T10:00", VISIT)
    add(town, case, "information_shared", "2026-03-10T12:00", SHARED, refers_to=(visit.entry.id,))
    closed = {
        "what": "Who told us",
        "from_whom": ["Plas Derwen"],
        "recipients": ["provider"],
        "reason": "It would put a witness at risk.",
    }
    add(town, case, "information_withheld", "2026-03-10T13:00", closed, refers_to=(visit.entry.id,))
    right = {"why": "Counted again.", "changes": {"findings": "Eight people seen."}}
    add(town, case, "correction_made", "2026-03-11T09:00", right, refers_to=(visit.entry.id,))
    return case


def test_what_was_corrected_stands_first_with_whom_to_tell(
    case: Case, town: Town, signed_in: Browser
) -> None:
    page = signed_in(town.mari).get(f"/cases/{case.ref}/sharing/")
    recalls = part(page, "recalls")
    assert "Thu 12 Mar 2026" in recalls
    assert "Late" in recalls
    assert "Vale Council" in recalls
    form = signed_in(town.mari).get(recalls.split('href="')[2].split('"')[0].replace("&amp;", "&"))
    assert " checked" in main_of(form)


def test_each_sharing_shows_all_that_the_ledger_keeps(
    case: Case, town: Town, signed_in: Browser
) -> None:
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/sharing/"))
    for words in ("Statutory duty", "warn the person suspected", "protect people", "Visit made"):
        assert words in page
    assert "Care Inspectorate Wales (2 times)" in page
    assert "It would put a witness at risk." in page


def test_the_file_holds_the_ledger_and_no_formula(
    case: Case, town: Town, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(f"/cases/{case.ref}/sharing/file/")
    assert (
        answer["Content-Disposition"] == f'attachment; filename="{case.ref}-sharing-2026-03-13.csv"'
    )
    rows = answer.content.decode("utf-8-sig")
    assert '"\'=2+5 The report of the visit"' in rows
    assert '"Not shared"' in rows


@pytest.mark.parametrize("page", ["sharing/", "sharing/file/", "parallel/"])
def test_somebody_elsewhere_finds_no_such_page(
    case: Case, town: Town, signed_in: Browser, page: str
) -> None:
    assert signed_in(town.olwen).get(f"/cases/{case.ref}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["sharing/", "parallel/"])
def test_pages_ask_the_database_little(
    case: Case,
    town: Town,
    signed_in: Browser,
    page: str,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    browser = signed_in(town.mari)
    browser.get(f"/cases/{case.ref}/{page}")
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]  # the fixture's own type is not exported
        assert browser.get(f"/cases/{case.ref}/{page}").status_code == 200
