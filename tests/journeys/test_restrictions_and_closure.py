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
    page.get_by_role("link", name="Resident moved: Resident 9").click()
    expect(page.get_by_label("Resident (a number, not a name)")).to_have_value("Resident 9")
