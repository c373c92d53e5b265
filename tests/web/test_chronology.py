"""The chronology of a case: oldest first, for whoever reads it, on the screen and as a file."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour.cases import queries
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.support.reading_back import pdf_text, squeezed, word_text
from tests.support.signatures import put_to_be_signed
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SECRET = "The night nurse told us, and asks not to be named."


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter, and evidence that somebody gave."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-10T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    data = {
        "evidence": "verbal",
        "what_it_shows": "Charts of three nights are blank.",
        "from_whom": SECRET,
        "dated": True,
        "signed": False,
    }
    add(town, case, "evidence_added", "2026-03-29T01:30", data)  # the night the clocks went forward
    hold_ppm(town, case)
    return case


def page(town: Town, case: Case, signed_in: Browser, query: str = "") -> str:
    return read(signed_in(town.mari).get(f"/cases/{case.ref}/chronology/{query}"))


def test_it_begins_with_the_opening_and_says_who_recorded_what(
    town: Town, case: Case, signed_in: Browser
) -> None:
    words = page(town, case, signed_in)
    assert words.index("Case opened") < words.index("Concern raised") < words.index("Meeting held")
    assert "8 entries, oldest first." in words
    assert "by Mari Ellis, Operational manager" in words
    assert "Service Plas Derwen" in words
    assert "Provider Derwen Care" in words
    assert "Made on Fri 10 Apr 2026, 3pm" in words


def test_what_was_put_right_stands_beside_what_was_wrong(
    town: Town, case: Case, signed_in: Browser
) -> None:
    with acting_for([town.council.pk]):
        meeting = queries.standing(case.pk).by_kind["meeting_held"][0].id
    why = {"why": "It began an hour later.", "happened_at": "2026-03-30T11:00:00+01:00"}
    add(town, case, "correction_made", "2026-04-01T09:00", why, refers_to=(meeting,))
    words = page(town, case, signed_in)
    assert "Mon 30 Mar 2026, 11am" in words
    assert "Corrected, Wed 1 Apr 2026, 9am by Mari Ellis" in words
    assert "It began an hour later." in words
    assert "It began an hour later." not in page(town, case, signed_in, "?for=provider")


def test_what_is_withdrawn_is_marked_and_goes_to_nobody_else(
    town: Town, case: Case, signed_in: Browser
) -> None:
    with acting_for([town.council.pk]):
        call = queries.standing(case.pk).by_kind["contact_made"][0].id
    gone = {"withdraws": True, "why": "Another service was called."}
    add(town, case, "correction_made", "2026-04-01T09:00", gone, refers_to=(call,))
    assert "(withdrawn)" in page(town, case, signed_in)
    assert "Contact made" not in page(town, case, signed_in, "?for=members")


def test_the_provider_reads_nothing_of_the_members_nor_who_reported(
    town: Town, case: Case, signed_in: Browser
) -> None:
    kept = {
        "purpose": "provider_briefing",
        "with_whom": "Ann of the union",
        "notes": "Kept among us.",
    }
    add(town, case, "contact_made", "2026-04-01T09:00", kept, audience="members")
    whole, theirs = (page(town, case, signed_in, query) for query in ("", "?for=provider"))
    assert SECRET in whole
    assert "Kept among us." in whole
    assert "For members only" in whole
    assert SECRET not in theirs
    assert "Kept among us." not in theirs
    assert "Ann of the union" not in theirs
    assert "Mari Ellis" not in theirs.partition("What happened Recorded")[2]
    assert "Charts of three nights are blank." in theirs
    assert "1 more is not for this reader." in theirs


def test_what_is_withheld_by_a_decision_is_left_out(
    town: Town, case: Case, signed_in: Browser
) -> None:
    with acting_for([town.council.pk]):
        evidence = queries.standing(case.pk).by_kind["evidence_added"][0].id
    no = {
        "what": "The charts",
        "from_whom": ["Derwen Care"],
        "recipients": ["provider"],
        "reason": "The police ask for it.",
    }
    add(town, case, "information_withheld", "2026-04-01T09:00", no, refers_to=(evidence,))
    assert "Charts of three nights" not in page(town, case, signed_in, "?for=provider")
    assert "Charts of three nights" in page(town, case, signed_in, "?for=members")


def test_it_can_be_narrowed_and_says_to_what(town: Town, case: Case, signed_in: Browser) -> None:
    words = page(town, case, signed_in, "?sort=evidence_added")
    assert "1 entry, oldest first. Narrowed to: Evidence added." in words
    nothing = page(
        town, case, signed_in, "?sort=evidence_added&until-day=1&until-month=3&until-year=2026"
    )
    assert "Nothing to show" in nothing


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_pdf_and_the_word_file_say_what_the_page_says(
    town: Town, case: Case, signed_in: Browser, language: str
) -> None:
    browser = signed_in(town.mari)
    browser.cookies["candour_language"] = language
    address = f"/cases/{case.ref}/chronology/file/"
    pdf = browser.get(f"{address}pdf/?for=provider")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == f'inline; filename="chronology-{case.ref}.pdf"'
    assert "no-store" in pdf["Cache-Control"]
    said = squeezed(pdf_text(pdf.content))
    assert squeezed(case.ref) in said
    assert squeezed("Charts of three nights are blank.") in said
    assert squeezed(SECRET) not in said
    assert SECRET in word_text(browser.get(f"{address}word/").content)
    assert browser.get(f"{address}exe/").status_code == 404


def test_that_it_went_out_is_recorded_in_one_step(
    town: Town, case: Case, signed_in: Browser
) -> None:
    markup = main_of(signed_in(town.mari).get(f"/cases/{case.ref}/chronology/?for=provider"))
    link = markup.partition("record/information_shared/?")[2].partition('"')[0]
    assert "recipients=provider" in link
    assert "to=Derwen+Care" in link
    whole = main_of(signed_in(town.mari).get(f"/cases/{case.ref}/chronology/"))
    assert "information_shared" not in whole


def test_hashes_are_nothing_to_read_out(town: Town, case: Case, signed_in: Browser) -> None:
    put_to_be_signed(town, case)
    words = page(town, case, signed_in, "?for=provider")
    assert "Signatures asked for" in words
    assert "Seal of the document" not in words
