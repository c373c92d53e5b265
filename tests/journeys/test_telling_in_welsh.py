"""Somebody tells of their care in Welsh, on a phone, with scripts and without, and comes back."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.site import clock
from candour.telling.actions import ask, set_form
from candour.telling.forms import FormLook
from candour.telling.models import Message, Told
from tests.journeys.readers import PHONE, Reader
from tests.support.casework import Town, make_town

Check = Callable[[Page], None]
Shot = Callable[[str], Path]
BARE_PHONE = Reader("bare-phone", 375, 740, scripts=False)
WORDS = "Roedd y staff yn garedig, ond ddaeth neb am awr."
ABOUT = (
    ("I bwy y digwyddodd hyn?", "Fi"),
    ("Faint yw eich oed?", "50 i 64"),
    ("Ydych chi’n…", "Mae’n well gen i beidio â dweud"),
    ("Beth yw eich grŵp ethnig?", "Gwyn"),
    ("Ydych chi’n anabl, neu’n sâl ers amser maith?", "Nac ydw"),
)
# Words that stand on these pages in English, and would be left over in Welsh.
ENGLISH = re.compile(
    r"(?<!/)\b(the|your|you|what|where|when|with|have|send|skip|something|receipt|change|nothing)\b",
    re.IGNORECASE,
)


@pytest.fixture
def town(transactional_db: None) -> Town:
    town = make_town()
    set_form(FormLook(is_open=True), actor=Actor.system(town.healthwatch), as_of=clock.now())
    return town


@pytest.fixture
def looks(page: Page, check_accessible: Check, screenshot: Shot) -> Callable[[str], None]:
    """Return what looks at a page: axe, its width, no English on it; and keeps a picture."""

    def look(name: str) -> None:
        expect(page.locator("html")).to_have_attribute("lang", "cy")
        check_accessible(page)
        left = ENGLISH.findall(page.locator("body").inner_text())
        assert not left, f"{page.url} says in English: {left}"
        screenshot(f"tell-cy-{name}")

    return look


def go_on(page: Page, words: str = "Ymlaen") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def chooses(page: Page, heading: str, choice: str, looks: Callable[[str], None], name: str) -> None:
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_label(choice, exact=True).check()
    looks(name)
    go_on(page)


def writes(page: Page, label: str, words: str, looks: Callable[[str], None], name: str) -> None:
    page.get_by_label(label).fill(words)
    looks(name)
    go_on(page)


@pytest.mark.parametrize("reader", [PHONE, BARE_PHONE], indirect=True, ids=["phone", "bare"])
def test_told_in_welsh_answered_and_taken_back(
    page: Page, town: Town, looks: Callable[[str], None], reader: Reader
) -> None:
    page.goto("/tell/ely/cy/")
    looks("danger")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Mae problem")
    chooses(page, "Oes rhywun mewn perygl nawr?", "Oes", looks, "wrong")
    expect(page.get_by_role("heading", name="Mynnwch help nawr")).to_be_visible()
    looks("safe")
    go_on(page, "Dweud mwy wrthym")
    writes(page, "Beth ddigwyddodd?", WORDS, looks, "what")
    _where(page, reader, looks)
    writes(page, "Pryd digwyddodd hyn?", "y gwanwyn diwethaf", looks, "when")
    chooses(page, "Sut oedd hi i chi?", "Gwael", looks, "how")
    writes(page, "Beth ddylai newid?", "Mwy o bobl gyda’r nos.", looks, "change")
    chooses(page, "Gawn ni ofyn amdanoch chi?", "Cewch, gofynnwch i mi", looks, "about")
    for number, (heading, choice) in enumerate(ABOUT):
        chooses(page, heading, choice, looks, f"about-{number}")
    page.get_by_label("Cewch argraffu rhai o’m geiriau").check()
    looks("sharing")
    go_on(page)
    chooses(page, "Hoffech chi gael ateb?", "Hoffwn, atebwch fi os gwelwch yn dda", looks, "reply")
    writes(page, "E-bost", "gwen@enghraifft.cymru", looks, "contact")
    for said in ("y gwanwyn diwethaf", "Gwael", "50 i 64", "gwen@enghraifft.cymru"):
        expect(page.get_by_text(said, exact=True)).to_be_visible()
    looks("check")
    go_on(page, "Anfon")
    expect(page.get_by_role("heading", name="Diolch")).to_be_visible()
    looks("sent")
    _comes_back(page, town, page.locator(".app-receipt__code").inner_text(), looks)


def _where(page: Page, reader: Reader, looks: Callable[[str], None]) -> None:
    field = page.get_by_role("combobox" if reader.scripts else "textbox")
    expect(field).to_have_accessible_name("Ble digwyddodd hyn?")
    if reader.scripts:
        field.press_sequentially("ely gen")
        expect(page.get_by_role("option")).to_have_count(1)
        looks("where")
        field.press("ArrowDown")
        field.press("Enter")
    else:
        field.fill("ely gen")
        go_on(page)
        expect(page.get_by_role("heading", name="Ai un o’r rhain ydyw?")).to_be_visible()
        looks("where")
        page.get_by_label("Ely General, Ward 3").check()
    go_on(page)


def _comes_back(page: Page, town: Town, code: str, looks: Callable[[str], None]) -> None:
    question = "Pa ward oedd hi?"
    with acting_for([town.healthwatch.pk]):
        told = Told.objects.get()
    actor = town.actor(town.sam, "lead_officer")
    ask(told, Message.Sort.QUESTION, question, key=uuid4(), actor=actor, as_of=clock.now())
    page.goto("/tell/receipt/cy/")
    page.get_by_label("Beth yw cod eich derbynneb?").fill("7K4M")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Nid cod derbynneb yw hwnna.")
    looks("receipt")
    page.get_by_label("Beth yw cod eich derbynneb?").fill(code)
    go_on(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    looks("receipt-open")
    section = page.get_by_role("region", name="Mae gennym gwestiwn i chi")
    expect(section.get_by_text(question)).to_be_visible()
    section.get_by_label("Eich ateb").fill("Ward 3")
    go_on(page, "Anfon yr ateb")
    expect(page.get_by_role("alert")).to_contain_text("Diolch. Mae gennym ni.")
    looks("answered")
    page.get_by_text("Ei dynnu’n ôl", exact=True).click()
    page.get_by_label("Rwy’n siŵr.").check()
    looks("taking-back")
    go_on(page, "Ei dynnu’n ôl am byth")
    expect(page.get_by_text("Rydych wedi’i dynnu’n ôl.")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    looks("taken-back")
