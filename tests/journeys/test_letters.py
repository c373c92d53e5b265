"""From a duty to the provider's postbox: a letter is written, confirmed, sent and received."""

import io
import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.letters.models import SentLetter
from candour.mail.configuration import backend_settings
from candour.mail.delivery import deliver, due_messages
from candour.people.models import User
from tests.journeys.readers import every_reader
from tests.journeys.walking import fill, press
from tests.support.casework import Town, make_town
from tests.support.letters import (
    AFTER,
    RI_EMAIL,
    after_ppm,
    all_of,
    begun,
    confirmed,
    outsider,
    work_on,
)
from tests.support.smtp import listening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

Check = Callable[[Page], None]
Take = Callable[[str], Path]
ComeIn = Callable[[User], None]


@pytest.fixture
def town(live_site: str) -> Town:
    return make_town()


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("CANDOUR_NOW", AFTER.isoformat())
    return after_ppm(town)


def _delivered(case: Case, settings: Settings) -> list[EmailMessage]:
    """Let the worker do its work with a real server on loopback; return what that received."""
    with listening() as server:
        for name, value in backend_settings(server.address(), Path("unused")).items():
            setattr(settings, name, value)
        for number, body_id, _ in due_messages(AFTER, 100):
            deliver(number, body_id, AFTER)
        return [arrived.message for arrived in server.postbox.taken]


def _pdf(message: EmailMessage) -> pypdf.PdfReader:
    (attached,) = message.iter_attachments()
    content = attached.get_content()
    assert isinstance(content, bytes)
    return pypdf.PdfReader(io.BytesIO(content))


@every_reader
def test_the_status_letter_from_the_duty_to_the_postbox(
    page: Page,
    town: Town,
    case: Case,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
    settings: Settings,
) -> None:
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/")
    check_accessible(page)
    page.get_by_role("link", name="Letters", exact=True).click()
    check_accessible(page)
    screenshot("letters")
    page.get_by_role("link", name=re.compile("Write the letter: .*after the PPM")).click()
    check_accessible(page)
    press(page, "Write the letter")
    expect(page.get_by_label("Text, in Welsh")).to_have_value(_holds("Annwyl {{ recipient.name }}"))
    check_accessible(page)
    screenshot("letter-draft")
    words = page.get_by_label("Text, in English").input_value()
    page.get_by_label("Text, in English").fill(f"{words}\nRing me on **Friday**.\n")
    press(page, "Save and preview")
    check_accessible(page)
    page.get_by_role("link", name="Choose recipients").or_(
        page.get_by_role("button", name="Choose recipients")
    ).first.click()
    expect(page.get_by_text(RI_EMAIL)).to_be_visible()
    check_accessible(page)
    screenshot("letter-recipients")
    page.get_by_label("Language of the letter").nth(1).select_option("cy")
    press(page, "Confirm the recipients")
    expect(page.get_by_text("Done with it: Written notice to the provider")).to_be_visible()
    check_accessible(page)
    screenshot("letter-send")
    press(page, "Send 2 messages and record it")
    expect(page.get_by_role("heading", name="Who got it")).to_be_visible()
    check_accessible(page)
    screenshot("letter-sent")
    page.goto(f"/cases/{case.ref}/")
    due = page.get_by_role("region", name="What is due")
    expect(due.get_by_text("Written notice to the provider after the PPM")).to_have_count(0)

    english, welsh = _delivered(case, settings)
    assert english["To"] == "Gwenllian Huws <ri@derwen.example>"
    assert english["Content-Language"] == "en"
    assert "Ring me on Friday." in _pdf(english).pages[0].extract_text()
    assert "Annwyl Aled Jones" in _pdf(welsh).pages[0].extract_text()
    assert str(_pdf(welsh).root_object["/Lang"]).startswith("cy")
    page.goto(f"/cases/{case.ref}/letters/")
    expect(page.get_by_role("region", name="Sent")).to_contain_text("Sent by email")
    with acting_for([case.body_id]):
        assert SentLetter.objects.count() == 1


def _holds(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


@every_reader
def test_a_second_person_says_yes(
    page: Page,
    town: Town,
    case: Case,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
) -> None:
    draft = begun(town, case)
    confirmed(town, draft, [*all_of(work_on(draft)), outsider("sali@wrens.example")])
    come_in_as(town.mari)
    page.goto(f"/cases/{case.ref}/letters/{draft.pk}/second/")
    check_accessible(page)
    fill(page, {"What they should know (optional)": "The inquiry opens on Monday."})
    press(page, "Ask a second person")
    expect(page.get_by_text("Waits for a second person")).to_be_visible()
    come_in_as(town.ieuan)
    page.goto(f"/cases/{case.ref}/letters/{draft.pk}/second/")
    expect(page.get_by_text("The inquiry opens on Monday.")).to_be_visible()
    check_accessible(page)
    screenshot("letter-second")
    press(page, "Yes, these may get it")
    expect(page.get_by_role("button", name="Send 3 messages and record it")).to_be_visible()


@every_reader
def test_a_body_words_a_letter_in_its_own_way(
    page: Page,
    town: Town,
    case: Case,
    come_in_as: ComeIn,
    check_accessible: Check,
    screenshot: Take,
) -> None:
    come_in_as(town.mari)
    page.goto("/letters/texts/")
    check_accessible(page)
    page.goto("/letters/texts/cardiff_vale/letter_status/")
    english = page.get_by_label("Text, in English")
    english.fill(english.input_value().replace("Dear", "To"))
    fill(page, {"Why your body words it so": "Our house style has no greeting."})
    press(page, "Save our wording")
    expect(page.get_by_role("heading", name="How it differs")).to_be_visible()
    check_accessible(page)
    screenshot("letter-wording")
    page.goto("/letters/house/")
    check_accessible(page)
