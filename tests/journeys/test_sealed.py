"""A custodian opens who spoke, and the head sees it; at a desk, on a phone, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.people.models import Post, User
from candour.sealing.details import PersonDetails, Way
from candour.sealing.keeping import keep, of_experience, seal
from candour.sealing.models import Purpose
from candour.site import clock
from tests.journeys.readers import Reader, every_reader
from tests.support.casework import Town, make_town
from tests.support.told import tell

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]
NAME = "Gwenllian Prydderch"
WHY = "They asked to be rung back about the ward today"


@pytest.fixture
def town(live_site: str, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T15:00+01:00")
    town = make_town()
    head = User.objects.create(username="head", display_name="Huw Pennaeth")
    Post.objects.create(user=head, body=town.council, role="head_of_service", title="Head")
    (told,) = tell(town.council, ["The night was long"])
    person = PersonDetails(
        name=NAME, mail="gwenllian.prydderch@a-very-long-name-of-a-server.example", way=Way.MAIL
    )
    with acting_for([town.council.pk]):
        context = of_experience(told.pk)
        keep(
            [
                seal(
                    town.council.pk,
                    Purpose.PERSON,
                    person.to_bytes(),
                    context=context,
                    as_of=clock.now(),
                )
            ]
        )
    return town


@every_reader
def test_the_head_names_a_custodian_who_opens_it_and_the_head_sees_that(
    page: Page,
    town: Town,
    reader: Reader,
    come_in_as: Callable[[User], None],
    check_accessible: Check,
) -> None:
    head = User.objects.get(username="head")
    # Given a head who names the lead officers as custodians
    come_in_as(head)
    page.goto("/experiences/custody/")
    check_accessible(page)
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_role("link", name="Choose a post")).to_be_visible()
    post = page.get_by_label("Which post?")
    post.select_option("lead_officer")
    page.get_by_label("Why does it have to open").fill("Rings people back.")
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_text("may open what is sealed.").first).to_be_visible()
    # When one of them opens who spoke, with a reason, by keys alone
    come_in_as(town.mari)
    with acting_for([town.council.pk]):
        number = Experience.objects.get().pk
    page.goto(f"/experiences/{number}/")
    expect(page.get_by_role("heading", name="Who spoke is sealed")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Open it, with a reason").click()
    check_accessible(page)
    page.get_by_label("Why does it have to be opened?").focus()
    page.keyboard.type(WHY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(NAME)).to_be_visible()
    check_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0
    page.goto(page.url)
    expect(page.get_by_text(NAME)).to_have_count(0)
    # Then the head reads that it was opened, by whom and why
    come_in_as(head)
    page.goto("/experiences/custody/")
    expect(page.get_by_text(WHY)).to_be_visible()
    check_accessible(page)
