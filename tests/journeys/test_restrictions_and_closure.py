"""Restrictions and the closing of a home, at a desk and on a phone, seen by axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from candour.site.demo import load_demo
from tests.journeys.readers import DESKTOP, PHONE
from tests.setup.test_demo import WEDNESDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]


@pytest.mark.parametrize("reader", [DESKTOP, PHONE], indirect=True, ids=["desk", "phone"])
def test_may_we_place_here_and_who_is_ready_to_move(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY)
    mari = User.objects.get(username="mari")
    with acting_for([post.body_id for post in mari.posts.all()]):
        closing = Case.objects.get(title__startswith="The owner is giving").ref
    come_in_as(mari)
    page.goto("/restrictions/")
    page.get_by_label("Type of care").select_option("nursing")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("table")).to_contain_text("Llys y Wennol")
    check_accessible(page)
    page.get_by_role("link", name="Llys y Wennol").click()
    expect(page.get_by_role("heading", name="The answer for today")).to_be_visible()
    check_accessible(page)
    page.goto(f"/cases/{closing}/closure/")
    expect(page.get_by_role("img", name="How ready the residents are")).to_be_visible()
    check_accessible(page)
    expect(page.get_by_role("region", name="Nobody is forgotten")).to_contain_text("Resident 3")
    row = page.get_by_role("row", name="Resident 1 ")
    row.get_by_role("button", name="Moved today Resident 1").press("Enter")
    expect(page.get_by_role("heading", name="Closure", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Moved today")).to_have_count(0)
    moves = page.get_by_role("region", name="Moves, day by day")
    expect(moves.locator("li", has_text="Resident 1").first).to_contain_text("Wren Villas")
    page.get_by_role("link", name="Resident 9", exact=True).first.click()
    expect(page.get_by_role("heading", name="Resident 9", level=1)).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Resident moved", exact=True).click()
    expect(page.get_by_label("Resident (a number, not a name)")).to_have_value("Resident 9")
    expect(page.get_by_label("New provider")).to_have_value("Curlew Court")
