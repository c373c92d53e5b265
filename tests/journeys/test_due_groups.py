"""A closing home: what is owed for each resident as one line, opened and explained."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.people.models import User
from candour.site.demo import load_demo
from tests.journeys.readers import every_reader
from tests.setup.test_demo import WEDNESDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.slow]
ASSIGNED = "Case manager, nurse assessor, advocate and placing authority"


@every_reader
def test_what_is_owed_for_each_resident_is_one_line_that_opens(
    page: Page,
    come_in_as: Callable[[User], None],
    check_accessible: Callable[[Page], None],
    screenshot: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", WEDNESDAY.isoformat())
    load_demo(as_of=WEDNESDAY)
    mari = User.objects.get(username="mari")
    with acting_for([post.body_id for post in mari.posts.all()]):
        closing = Case.objects.get(title__startswith="The owner is giving").ref
    come_in_as(mari)
    page.goto("/worklist/?whose=body")
    row = page.get_by_role("row").filter(has_text=ASSIGNED)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("7 times")
    row.get_by_text("Show each").click()
    expect(row.get_by_role("link", name="Resident 17", exact=True)).to_be_visible()
    check_accessible(page)
    row.get_by_role("link", name=ASSIGNED).click()
    expect(page).to_have_url(re.compile(rf"/cases/{closing}/#due$"))
    group = page.get_by_role("listitem").filter(has_text=ASSIGNED).filter(has_text="7 times")
    group.get_by_text("Show each").click()
    check_accessible(page)
    screenshot("due-groups")
    each = group.get_by_role("listitem").filter(has_text="Resident 13")
    each.get_by_role("link", name="Why this date?").click()
    expect(page.get_by_role("heading", name="Resident 13", level=1)).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("Fri 16 Oct 2026")
    check_accessible(page)
    screenshot("due-date")
    page.get_by_role("link", name="Record: Relocation planned").click()
    expect(page.get_by_label("Resident (a number, not a name)")).to_have_value("Resident 13")
