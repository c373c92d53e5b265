"""A Record of Concern and Action: opened filled in, agreed by one, signed by another, verified."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from candour.documents.codes import code_of
from candour.people.models import User
from candour.signing.models import Request
from tests.journeys.readers import every_reader
from tests.journeys.walking import press
from tests.support.casework import make_town
from tests.support.signatures import Derbyshire, in_derbyshire

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
Check = Callable[[Page], None]


@pytest.fixture
def made(
    live_site: str, owner_cursor: psycopg.Cursor[Any], monkeypatch: pytest.MonkeyPatch
) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T11:00")
    cache.clear()
    return in_derbyshire(make_town())


def sign(page: Page, name: str) -> None:
    page.get_by_label("I have read this document").check()
    page.get_by_label("Type your name").fill(name)
    press(page, "Sign")


@every_reader
def test_it_is_filled_in_from_the_case_agreed_and_signed(
    page: Page,
    made: Derbyshire,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
    screenshot: Callable[[str], Path],
) -> None:
    # Given a concern in the case, and an officer who writes the record
    come_in_as(made.town.sam)
    page.goto(f"/cases/{made.case.ref}/record-of-concern/")
    check_accessible(page)
    expect(page.get_by_label("The concern")).to_have_value(
        "Bells rang for thirty minutes on two evenings."
    )

    # When they decide, read it through and put it to be signed
    page.get_by_label("Go on as now").check()
    page.get_by_label("Agreed first by (optional)").select_option(index=1)
    press(page, "See how it reads")
    expect(page.get_by_role("heading", name="How the document reads")).to_be_visible()
    check_accessible(page)
    screenshot("concern-record")
    press(page, "Fix it and ask for signatures")
    expect(page.get_by_text("The document is fixed")).to_be_visible()
    place = page.url

    # Then both sign in their order, and anybody can verify it by its code
    with made.at_work():
        request = Request.objects.select_related("document").get()
        names = [each.name for each in request.signatories.order_by("place")]
    users = {made.town.sam.name: made.town.sam, made.wendy.name: made.wendy}
    for name in names:
        come_in_as(users[name])
        page.goto(place)
        sign(page, name)
    expect(page.get_by_text("Signed by all").first).to_be_visible()
    page.goto("/verify/")
    page.locator("[name=code]").fill(code_of(request.document.seal))
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text("Healthwatch Derbyshire").first).to_be_visible()
    check_accessible(page)
