"""Somebody tells of their care on a phone, comes back with their receipt, and takes it back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from candour.people.actor import Actor
from candour.people.models import User
from candour.site import clock
from candour.telling.actions import set_form
from candour.telling.forms import FormLook
from candour.telling.gate import Gate, Limits
from candour.web import tell_gate
from tests.journeys.readers import PHONE, WITHOUT_SCRIPTS, Reader, every_reader
from tests.support.casework import Town, make_town

Check = Callable[[Page], None]
Shot = Callable[[str], Path]
WORDS = "Staff were kind, but nobody came for an hour."


@pytest.fixture
def town(transactional_db: None) -> Town:
    town = make_town()
    set_form(FormLook(is_open=True), actor=Actor.system(town.healthwatch), as_of=clock.now())
    return town


def go_on(page: Page, words: str = "Go on") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


@every_reader
def test_told_in_english_read_again_and_taken_back(
    page: Page, town: Town, check_accessible: Check, screenshot: Shot, reader: Reader
) -> None:
    page.goto("/tell/ely/en/")
    expect(page.get_by_role("heading", name="Is anyone in danger now?")).to_be_visible()
    check_accessible(page)
    screenshot("tell-danger")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_label("Yes", exact=True).check()
    go_on(page)
    expect(page.get_by_role("link", name="999")).to_be_visible()
    check_accessible(page)
    screenshot("tell-safe")
    go_on(page, "Tell us more")
    page.get_by_label("What happened?").fill(WORDS)
    check_accessible(page)
    page.reload()
    if reader.scripts:
        expect(page.get_by_label("What happened?")).to_have_value(WORDS)
    page.get_by_label("What happened?").fill(WORDS)
    go_on(page)
    _place(page, reader, check_accessible, screenshot)
    _the_rest(page, check_accessible, screenshot)
    _come_back(page, page.locator(".app-receipt__code").inner_text(), check_accessible, screenshot)


def _the_rest(page: Page, check_accessible: Check, screenshot: Shot) -> None:
    page.get_by_label("When did it happen?").fill("last spring")
    check_accessible(page)
    go_on(page)
    page.get_by_label("Bad", exact=True).check()
    check_accessible(page)
    screenshot("tell-how")
    go_on(page)
    go_on(page)
    page.get_by_label("Yes, ask me").check()
    check_accessible(page)
    go_on(page)
    for choice in ("Me", "50 to 64", "Prefer not to say", "White", "No"):
        page.get_by_label(choice, exact=True).check()
        go_on(page)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    check_accessible(page)
    screenshot("tell-sharing")
    page.get_by_label("You can print some of my words").check()
    go_on(page)
    page.get_by_label("Yes, please reply to me").check()
    check_accessible(page)
    go_on(page)
    page.get_by_label("Email").fill("gwen@example.org")
    check_accessible(page)
    screenshot("tell-contact")
    go_on(page)
    expect(page.get_by_text("last spring")).to_be_visible()
    check_accessible(page)
    screenshot("tell-check")
    page.get_by_role("link", name="Change When did it happen?").click()
    page.get_by_label("When did it happen?").fill("12 May")
    go_on(page)
    expect(page.get_by_text("12 May")).to_be_visible()
    go_on(page, "Send")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    check_accessible(page)
    screenshot("tell-sent")


def _place(page: Page, reader: Reader, check_accessible: Check, screenshot: Shot) -> None:
    field = page.get_by_role("combobox" if reader.scripts else "textbox")
    expect(field).to_have_accessible_name("Where did it happen?")
    if reader.scripts:
        field.press_sequentially("ely gen")
        expect(page.get_by_role("option")).to_have_count(1)
        check_accessible(page)
        screenshot("tell-place")
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value("Ely General, Ward 3")
        go_on(page)
        return
    field.fill("ely gen")
    go_on(page)
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    check_accessible(page)
    screenshot("tell-place")
    page.get_by_label("Ely General, Ward 3").check()
    go_on(page)


def _come_back(page: Page, code: str, check_accessible: Check, screenshot: Shot) -> None:
    page.goto("/tell/receipt/en/")
    check_accessible(page)
    screenshot("tell-receipt")
    page.get_by_label("What is your receipt code?").fill(code.lower().replace("-", " "))
    go_on(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_text("Add something", exact=True).click()
    page.get_by_label("What would you like to add?").fill("It was better the day after.")
    go_on(page, "Add it")
    expect(page.get_by_text("It was better the day after.")).to_be_visible()
    check_accessible(page)
    screenshot("tell-receipt-open")
    page.get_by_text("Take it back", exact=True).click()
    page.get_by_label("I am sure.").check()
    go_on(page, "Take it back for good")
    expect(page.get_by_text("You have taken it back.")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    check_accessible(page)


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_a_lost_line_loses_nothing_in_welsh(
    page: Page, context: BrowserContext, town: Town, check_accessible: Check
) -> None:
    page.goto("/tell/ely/cy/")
    page.get_by_label("Nac oes").check()
    check_accessible(page)
    with page.expect_navigation():
        page.get_by_role("button").first.click()
    field = page.get_by_label("Beth ddigwyddodd?")
    field.fill("Roedd y bwyd yn oer.")
    context.set_offline(True)
    page.get_by_role("button").first.click()
    expect(page.locator("[data-app-tell-said]")).to_be_visible()
    expect(field).to_have_value("Roedd y bwyd yn oer.")
    context.set_offline(False)
    expect(page.get_by_role("combobox", name="Ble digwyddodd hyn?")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Beth ddigwyddodd?")).to_have_value("Roedd y bwyd yn oer.")


def test_staff_set_the_form_and_key_in_paper_by_keyboard(
    page: Page,
    town: Town,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Shot,
) -> None:
    come_in_as(town.sam)
    page.goto("/experiences/form/")
    check_accessible(page)
    screenshot("telling-settings")
    page.goto("/experiences/keying/")
    check_accessible(page)
    expect(page.get_by_label("Batch")).to_be_focused()
    page.keyboard.type("Library")
    for typed in ("", "", "2", "Food was cold.", "Plas Derwen", "in May", "4"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The next form is ready.")).to_be_visible()
    expect(page.get_by_label("1 Is anyone in danger now?")).to_be_focused()
    check_accessible(page)
    screenshot("telling-keying")
    page.get_by_role("link", name=re.compile(r"^Experience \d+$")).click()
    expect(page.get_by_text("Food was cold.")).to_be_visible()
    check_accessible(page)
    screenshot("telling-panel")


@pytest.mark.parametrize("reader", [PHONE, WITHOUT_SCRIPTS], indirect=True, ids=["phone", "bare"])
def test_all_on_one_page_and_a_little_work_under_attack(
    page: Page,
    town: Town,
    check_accessible: Check,
    screenshot: Shot,
    reader: Reader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.goto("/tell/ely/en/whole/")
    check_accessible(page)
    screenshot("tell-whole")
    monkeypatch.setattr(tell_gate, "gate", Gate(Limits(site_a_second=0)))
    page.get_by_role("group", name="Is anyone in danger now?").get_by_label("No").check()
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_label("Where did it happen?").first.fill("The ward")
    page.get_by_label("Very good").check()
    page.get_by_label("No, thank you").check()
    page.get_by_role("button", name="Send").click()
    if not reader.scripts:
        check_accessible(page)
        screenshot("tell-work")
        sum_of = page.get_by_label("together?")
        first, second = re.findall(r"\d", page.locator("label[for=added]").inner_text())
        sum_of.fill(str(int(first) + int(second)))
        page.wait_for_timeout(4_500)
        go_on(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=30_000)
    check_accessible(page)
