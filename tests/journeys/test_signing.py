"""The chief executive signs; an outsider signs by link on a phone; a stranger verifies a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from candour.people.models import User
from candour.signing.models import Request, SignedCopy
from tests.journeys.readers import DESKTOP, PHONE, Reader, every_reader
from tests.support.casework import make_town
from tests.support.signatures import OUTSIDER, Derbyshire, in_derbyshire, mails, tell, token_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[[Page], None]
Shot = Callable[[str], Path]
BARE_PHONE = Reader("phone-without-scripts", 375, 740, scripts=False)
on_a_bare_phone = pytest.mark.parametrize("reader", [BARE_PHONE], indirect=True, ids=["bare-phone"])
on_both = pytest.mark.parametrize("reader", [DESKTOP, PHONE], indirect=True, ids=["desk", "phone"])


@pytest.fixture
def made(
    live_site: str, owner_cursor: psycopg.Cursor[Any], monkeypatch: pytest.MonkeyPatch
) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T11:00")
    cache.clear()
    return in_derbyshire(make_town())


@every_reader
def test_the_chief_executive_signs_a_record_of_concern_and_action(
    page: Page,
    made: Derbyshire,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Shot,
) -> None:
    come_in_as(made.town.sam)
    page.goto(f"/cases/{made.case.ref}/signatures/")
    check_accessible(page)
    page.get_by_role("link", name="Record of Concern and Action (ROCA)").click()
    check_accessible(page)
    page.get_by_label("The concern").fill("Bells unanswered at night.")
    page.get_by_label("The action").fill("Provider, commissioner and regulator told.")
    page.get_by_label("Go on as now").check()
    page.get_by_label("Who signs in place 1?").select_option(label=_chief(made))
    page.get_by_role("button", name="See how it reads").click()
    expect(page.get_by_role("heading", name="How the document reads")).to_be_visible()
    check_accessible(page)
    screenshot("signature-ask")
    page.get_by_role("button", name="Fix it and ask for signatures").click()
    expect(page.get_by_text("The document is fixed")).to_be_visible()
    place = page.url

    come_in_as(made.wendy)
    page.goto(place)
    check_accessible(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Tick the statement").first).to_be_visible()
    check_accessible(page)
    page.get_by_label("I have read this document").check()
    page.get_by_label("Type your name").fill("Wendy Holmes")
    screenshot("signature-sign")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed by all").first).to_be_visible()
    check_accessible(page)
    screenshot("signature-done")
    page.get_by_role("link", name="Back to the signatures").click()
    check_accessible(page)
    screenshot("signatures")
    assert not made.standing().open_keys("roca_signed")


def _chief(made: Derbyshire) -> str:
    return f"{made.wendy.name} (Chief executive, Healthwatch Derbyshire)"


@on_a_bare_phone
def test_an_outsider_signs_by_link_on_a_phone_without_scripts(
    page: Page, made: Derbyshire, check_accessible: Check, screenshot: Shot
) -> None:
    made.asked(
        OUTSIDER,
        record="",
        text="## The visit\nWe visit on Thursday.\n\n- two officers\n- two hours",
    )
    page.goto(f"/sign/{token_in(mails(made)[0])}/")
    check_accessible(page)
    screenshot("sign-by-link")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Tick the statement").first).to_be_visible()
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    check_accessible(page)
    page.get_by_role("link", name="English").click()
    page.get_by_label("I have read this document").check()
    page.get_by_label("Type your name").fill("Gwen Rees")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", name="You have signed")).to_be_visible()
    check_accessible(page)
    screenshot("signed-by-link")


@on_both
def test_a_stranger_verifies_a_file_and_an_altered_one(
    page: Page, made: Derbyshire, check_accessible: Check, screenshot: Shot, tmp_path: Path
) -> None:
    made.signs(made.asked(made.chief), 1, user=made.wendy)
    with made.at_work():
        file = bytes(SignedCopy.objects.get().pdf)
        assert Request.objects.count() == 1
    (tmp_path / "copy.pdf").write_bytes(file)
    (tmp_path / "altered.pdf").write_bytes(file[:-40] + b"x" + file[-39:])
    page.goto("/verify/")
    check_accessible(page)
    page.get_by_label("Or the PDF itself").set_input_files(tmp_path / "copy.pdf")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("exactly the document that was made here")).to_be_visible()
    expect(page.get_by_text("Wendy Holmes")).to_be_visible()
    check_accessible(page)
    screenshot("verified")
    page.get_by_label("Or the PDF itself").set_input_files(tmp_path / "altered.pdf")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("This file is not one that was made here")).to_be_visible()
    check_accessible(page)
    screenshot("not-verified")


@on_both
def test_decisions_are_published_and_read_by_anybody(
    page: Page,
    made: Derbyshire,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Shot,
) -> None:
    data = {
        "decision": "report_or_recommendation",
        "consulted_roles": ["chair"],
        "reason": "Two answers avoided the question of night staff.",
    }
    tell(made, "decision_made", "2026-03-30T10:00", data, role="chief_executive")
    come_in_as(made.town.sam)
    page.goto("/publishing/")
    check_accessible(page)
    page.get_by_role("button", name="Open it to the public Register of decisions").click()
    expect(page.get_by_text("The register is open to the public.")).to_be_visible()
    check_accessible(page)
    screenshot("publishing")
    page.goto(f"/cases/{made.case.ref}/decisions/")
    page.get_by_role("button", name="Publish").click()
    check_accessible(page)
    page.get_by_label("Whether to make a report or recommendation").check()
    page.get_by_label("I have read the lines that I chose").check()
    screenshot("case-publishing")
    page.get_by_role("button", name="Publish the lines chosen").click()
    expect(page.get_by_text("1 line is public.")).to_be_visible()
    check_accessible(page)
    page.goto("/publishing/representatives/")
    check_accessible(page)
    page.get_by_role("button", name="Add somebody").click()
    check_accessible(page)
    page.get_by_label("Name, as on").fill("Idris Bowen")
    page.locator("#from").fill("1")
    page.locator("#from-month").fill("2")
    page.locator("#from-year").fill("2026")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Idris Bowen is kept.")).to_be_visible()
    check_accessible(page)
    screenshot("representatives")
    page.context.clear_cookies()
    page.goto("/public/ely/decisions/")
    expect(page.get_by_text("night staff")).to_be_visible()
    check_accessible(page)
    screenshot("public-decisions")
