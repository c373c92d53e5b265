"""You said, they replied, it changed: from the cycle that somebody chooses to the receipt."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings

from candour.bodies.models import BodyFunction, Contact
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.mail.configuration import backend_settings
from candour.mail.delivery import deliver, due_messages
from candour.people.actor import Actor
from candour.people.models import User
from candour.telling.actions import Taken, take
from candour.telling.consents import OVERSIGHT, PROVIDER, QUOTE
from candour.telling.models import Channel
from candour.telling.telling import Reaching, Telling
from tests.journeys.readers import every_reader
from tests.journeys.walking import choose, fill, press
from tests.support.casework import Town, london, make_town
from tests.support.smtp import listening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

Look = Callable[..., None]
ComeIn = Callable[[User], None]
RELEASED, REPLIED = london("2026-04-02T09:00"), london("2026-05-05T15:00")  # Easter in between
TOLD = "I waited nine hours and nobody said why. My coat was my blanket."
QUOTED = "I waited nine hours and nobody said why."
QUESTION, ANSWER = "Was it at night?", "It was at three in the morning."
WORDS = "We read every word, and we learned that nobody says how long it takes."
CHANGED = "A nurse now goes round every half hour."


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A Healthwatch that was told of a trust, which has a desk; a council commissions its care."""
    monkeypatch.setenv("CANDOUR_NOW", RELEASED.isoformat())
    town = make_town()
    trust = town.hospital.provider
    Contact.objects.create(body=trust, role="enquiries", name="Quality desk", email="q@ely.example")
    BodyFunction.objects.create(body=town.council, function="commissioner")
    Contact.objects.create(
        body=town.council, role="contracts_team", name="Contracts", email="c@cardiff.example"
    )
    others_told(town, [1] * 12 + [5] * 9)
    return town


def others_told(town: Town, felt: Sequence[int]) -> None:
    with acting_for([town.healthwatch.pk]):
        Experience.objects.bulk_create(
            Experience(
                body=town.healthwatch,
                source="test",
                source_ref=str(place),
                received_on=date(2026, 1, 20),
                service=town.hospital,
                answer=f"Bed {place} by the window, and a kind word now and then.",
                sentiment=each,
                themes=["Waiting"],
                created_at=RELEASED,
            )
            for place, each in enumerate(felt)
        )


@pytest.fixture
def taken(town: Town) -> Taken:
    """What one of them told on the form, and the code of their receipt."""
    told = Telling(
        key="3f0c1c8e-8d7d-4e55-9d55-0f4b1c6b2c11",
        language="en",
        channel=Channel.PAGES,
        what=TOLD,
        danger=False,
        service=town.hospital.pk,
        felt="5",
        consents=frozenset({PROVIDER, OVERSIGHT, QUOTE}),
        wants_reply=True,
        reaching=Reaching(name="Gwenllian Morys", email="gwenllian@home.example"),
    )
    as_of = london("2026-02-10T22:00")
    return take(told, actor=Actor.system(town.healthwatch), as_of=as_of)


@pytest.fixture
def look(
    page: Page, check_accessible: Callable[[Page], None], screenshot: Callable[[str], Path]
) -> Look:
    """Return what looks at the page as it stands: axe, its width, a picture if it has a name."""

    def at(name: str = "") -> None:
        check_accessible(page)
        if name:
            screenshot(name)

    return at


@every_reader
def test_from_the_cycle_to_the_receipt(
    page: Page,
    town: Town,
    taken: Taken,
    come_in_as: ComeIn,
    look: Look,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Experiences go back to whoever gave the care, and the answer to whoever told.

    HC-03: what was gathered goes out as a pack that identifies nobody. HD-07: on a regular cycle,
    what works well and what could improve. HD-10: the same to a commissioner. HD-08: the answer of
    the organisation, with what it learned, reaches the person who told.
    """
    come_in_as(town.sam)
    _a_lead_officer_sets_the_cycle(page, look)
    _the_due_digest_stands_on_my_day(page, look)
    _what_may_be_quoted_is_ticked(page, taken.experience, look)
    _it_is_released(page, look)
    _it_left_by_mail(settings)
    _the_person_is_asked(page, taken.experience, look)
    monkeypatch.setenv("CANDOUR_NOW", REPLIED.isoformat())
    _the_answer_is_recorded(page, look)
    page.goto(f"/experiences/{taken.experience}/")
    expect(page.get_by_text(CHANGED)).to_be_visible()
    look("feedback-experience")
    page.context.clear_cookies()
    _the_person_comes_back(page, taken.code, look)
    come_in_as(town.sam)
    page.goto(f"/experiences/{taken.experience}/")
    expect(page.get_by_text(ANSWER)).to_be_visible()


def _a_lead_officer_sets_the_cycle(page: Page, look: Look) -> None:
    page.goto("/experiences/")
    page.get_by_role("link", name="Feeding back").click()
    expect(page.get_by_text("Choose how often first")).to_be_visible()
    look()
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Choose how often")
    look()
    choose(page, {"How often do you feed back?": "Every quarter of the year"})
    press(page, "Save")
    expect(page.get_by_role("heading", name="Due (1)")).to_be_visible()
    look("feedback-overview")


def _the_due_digest_stands_on_my_day(page: Page, look: Look) -> None:
    page.goto("/")
    look("feedback-my-day")
    page.get_by_role("link", name="1 digest to an organisation is due").click()
    page.get_by_role("link", name=re.compile("^Ely Hospitals Trust")).click()
    expect(page.get_by_text("1 January 2026 to 31 March 2026").first).to_be_visible()
    expect(page.get_by_text("Nobody outside has seen it.")).to_be_visible()
    expect(_row(page, "People who told us")).to_contain_text("20 to 24")
    expect(_row(page, "What could improve")).to_contain_text("10 to 14")
    look("feedback-preview")


def _row(page: Page, what: str) -> Locator:
    return page.get_by_role("row", name=re.compile(f"^{what}")).first


def _what_may_be_quoted_is_ticked(page: Page, number: int, look: Look) -> None:
    label, fit = f"Words to quote from experience {number}", "These words are fit to be quoted"
    page.get_by_text(QUOTED[:30]).first.click()
    expect(page.get_by_label(label)).to_have_value(TOLD)
    fill(page, {label: "I waited for ever."})
    _form(page, label).get_by_role("button", name=fit).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_label(label)).to_have_value("I waited for ever.")
    look()
    fill(page, {label: QUOTED})
    _form(page, label).get_by_role("button", name=fit).click()
    expect(page.get_by_role("button", name=re.compile("^Do not quote it"))).to_be_visible()
    look("feedback-quoted")


def _form(page: Page, label: str) -> Locator:
    return page.locator("form").filter(has=page.get_by_label(label))


def _it_is_released(page: Page, look: Look) -> None:
    to = page.get_by_role("group", name="To whom by mail?")
    expect(to.get_by_label("Ely Hospitals Trust: Quality desk")).to_be_checked()
    to.get_by_label("Cardiff Council: Contracts").check()
    press(page, "Release the digest")
    expect(page.get_by_text("The digest is released.")).to_be_visible()
    expect(page.get_by_text("Nothing came back yet.")).to_be_visible()
    look("feedback-released")


def _it_left_by_mail(settings: Settings) -> None:
    """HD-10: the organisation and its commissioner get the same, and nobody's name is in it."""
    with listening() as server:
        for name, value in backend_settings(server.address(), Path("unused")).items():
            setattr(settings, name, value)
        for number, body_id, _domain in due_messages(RELEASED, 100):
            deliver(number, body_id, RELEASED)
        mails = [arrived.message for arrived in server.postbox.taken]
    assert sorted(str(mail["To"]) for mail in mails) == [
        "Contracts <c@cardiff.example>",
        "Quality desk <q@ely.example>",
    ]
    texts = {_text(mail) for mail in mails}
    assert len(texts) == 1
    (text,) = texts
    assert QUOTED in text
    assert "10 to 14" in text
    for mail in mails:
        assert "Gwenllian" not in mail.as_string()
        assert "Gwenllian" not in _pdf(mail)
        assert QUOTED in _pdf(mail)


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().split())


def _pdf(mail: EmailMessage) -> str:
    (attached,) = mail.iter_attachments()
    content = attached.get_content()
    assert isinstance(content, bytes)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _the_person_is_asked(page: Page, number: int, look: Look) -> None:
    page.goto(f"/experiences/{number}/")
    page.get_by_text("Ask them something, or reply").click()
    fill(page, {"Your words": QUESTION})
    press(page, "Leave it for them")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    look()


def _the_answer_is_recorded(page: Page, look: Look) -> None:
    page.goto("/experiences/feedback/")
    page.get_by_role("link", name=re.compile("^Ely Hospitals Trust")).click()
    fill(page, {"What did they reply?": WORDS, "What did they change?": CHANGED})
    fill(page, {"On which day did it come?": "1 April"})
    page.get_by_label("Those who told us, under their receipt").check()
    press(page, "Record the answer")
    expect(page.get_by_role("alert")).to_contain_text("Write the day as year, month, day")
    expect(page.get_by_label("What did they reply?")).to_have_value(WORDS)
    look()
    fill(page, {"On which day did it come?": "2026-05-04"})
    press(page, "Record the answer")
    expect(page.get_by_text("The answer is recorded.")).to_be_visible()
    expect(page.get_by_text(CHANGED)).to_be_visible()
    look("feedback-answered")


def _the_person_comes_back(page: Page, code: str, look: Look) -> None:
    """HD-08: under the receipt stand the answer, what was learned and what was changed."""
    _open_receipt(page, "en", code, "What is your receipt code?", "Go on")
    for title in ("You told us", "Ely Hospitals Trust replied", "Ely Hospitals Trust changed"):
        expect(page.get_by_role("heading", name=re.compile(f"^{title}"))).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text(CHANGED)).to_be_visible()
    look("feedback-receipt")
    press(page, "Send the answer")
    expect(page.get_by_role("alert")).to_contain_text("Write something first")
    look()
    fill(page, {"Your answer": ANSWER})
    press(page, "Send the answer")
    expect(page.get_by_text("Thank you. We have it.")).to_be_visible()
    expect(page.get_by_role("button", name="Send the answer")).to_have_count(0)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    look()
    _open_receipt(page, "cy", code, "Beth yw cod eich derbynneb?", "Ymlaen")
    expect(page.get_by_text(WORDS)).to_be_visible()
    look("feedback-receipt-cy")


def _open_receipt(page: Page, language: str, code: str, label: str, go_on: str) -> None:
    page.goto(f"/tell/receipt/{language}/")
    fill(page, {label: code})
    with page.expect_navigation():
        press(page, go_on)
