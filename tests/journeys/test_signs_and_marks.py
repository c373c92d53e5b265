"""What came in is looked at for somebody's safety, and the words taken out of it are checked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from candour.people.models import User
from candour.site.demo import load_demo
from tests.journeys.readers import Reader, every_reader
from tests.journeys.walking import choose, fill, press
from tests.setup.test_demo import WEDNESDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]
WHY = "Checking what was taken out this week"


@pytest.fixture
def demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY)


@every_reader
def test_the_duty_officer_looks_and_raises_a_concern(
    page: Page,
    demonstration: None,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
) -> None:
    come_in_as(User.objects.get(username="mari"))
    page.goto("/")
    urgent = page.get_by_role("region", name="Somebody may not be safe")
    expect(urgent).to_contain_text("bruises all over her")
    urgent.get_by_role("link", name="list of safeguarding signs").click()
    check_accessible(page)
    page.get_by_role("link", name="Abuse").first.press("Enter")
    expect(page.locator("blockquote mark").first).to_be_visible()
    press(page, "Keep and go on")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    check_accessible(page)
    choose(page, {"Is it a safeguarding concern?": "Yes, it is a safeguarding concern"})
    fill(page, {"Why?": "Unexplained bruises, and she is afraid."})
    press(page, "Keep and go on")
    expect(page.get_by_label("What is the concern?")).to_have_value(
        "Unexplained bruises, and she is afraid."
    )
    page.goto("/experiences/signs/watch/")
    check_accessible(page)


@every_reader
def test_a_custodian_checks_the_words_taken_out_one_key_for_each(
    page: Page,
    reader: Reader,
    demonstration: None,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
) -> None:
    keeper = User.objects.filter(
        posts__role="safeguarding_lead", posts__body__slug="cardiff"
    ).first()
    assert keeper is not None
    come_in_as(keeper)
    page.goto("/experiences/marks/")
    check_accessible(page)
    fill(page, {"Why do you open them?": WHY})
    press(page, "Show the words")
    expect(page.get_by_text("Name: Jane")).to_be_visible()
    check_accessible(page)
    places = page.locator(".app-mark")
    number = places.count()
    if reader.scripts:
        places.first.get_by_label("Keep out").focus()
        for key in ["1", "2", *["1"] * (number - 2)]:
            page.keyboard.press(key)
        expect(page.get_by_role("button", name="Save and go on")).to_be_focused()
        page.keyboard.press("Enter")
    else:
        for nth in range(number):
            places.nth(nth).get_by_label("Put back" if nth == 1 else "Keep out").check()
        press(page, "Save and go on")
    expect(page.get_by_text("1 place was put back.")).to_be_visible()
    expect(page.get_by_text("Nothing waits to be checked")).to_be_visible()
