"""The pages of outreach: what is kept, what is said of who is heard, to whom and at what cost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.database.row_security import acting_for
from candour.outreach import actions
from candour.outreach.actions import Correction, Met
from candour.outreach.actions.correcting import seen_of
from candour.outreach.models import Campaign, Engagement, Gathered, Phase
from candour.people.actor import Actor
from candour.telling.models import AboutPerson, Told
from tests.experiences.files import AS_OF
from tests.support.casework import Town, make_town
from tests.support.outreach import TABLE, reached_out
from tests.support.told import tell
from tests.web.test_experiences import MOST_QUERIES, SAVEPOINT, AtMost

pytestmark = pytest.mark.django_db
DAY = {"day-day": "5", "day-month": "3", "day-year": "2026"}
MET = {"do": "engagement", "place": "Ashby market", "met_by": "volunteers", "names": "Nia"}
QUARTER = "?from=2026-01-01&to=2026-12-31"


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T15:00+01:00")
    return make_town()


@pytest.fixture
def client(town: Town) -> Client:
    client = Client()
    client.force_login(town.mari)
    return client


def day(name: str, number: int, month: int) -> dict[str, str]:
    parts = {"day": number, "month": month, "year": 2026}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


def words(answer: object) -> str:
    page: str = answer.content.decode()  # type: ignore[attr-defined]  # a response
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def asked(town: Town, yes: int, no: int) -> list[int]:
    made = tell(town.council, ["Kind"] * (yes + no))
    with acting_for([town.council.pk]):
        for place, each in enumerate(made):
            told = Told.objects.create(
                body=town.council,
                experience=each,
                key_hash=str(each.pk).encode(),
                receipt_hash=str(each.pk).encode(),
                told_at=AS_OF,
                channel="paper",
                batch="March 1",
            )
            answer = "yes" if place < yes else "no"
            AboutPerson.objects.create(
                body=town.council, told=told, question="about_disability", answer=answer
            )
    return [each.pk for each in made]


def census(client: Client, table: bytes = TABLE, **rest: str) -> object:
    known = {"area": "Ashby", "source": "ONS", "year": "2021"} | rest
    file = SimpleUploadedFile("area.csv", table, "text/csv")
    return client.post("/outreach/heard/", {**known, "file": file}, follow=True)


def test_an_engagement_is_kept_and_stands_on_what_was_gathered(client: Client, town: Town) -> None:
    numbers = asked(town, 1, 1)
    page = client.post("/outreach/", MET | DAY, follow=True)
    assert "The engagement is kept" in words(page)
    here = page.request["PATH_INFO"]
    page = client.post(here, {"do": "batch", "batch": "March 1"}, follow=True)
    assert "2 experiences more were gathered here. What comes later counts" in words(page)
    assert "Batch “March 1” : what comes in later counts here by itself" in words(page)
    shown = words(client.get(f"/experiences/{numbers[0]}/"))
    assert "Gathered at Ashby market, Thu 5 Mar 2026 : general, volunteers" in shown
    client.post(here, {"let_go": str(numbers[0])})
    assert "Gathered at" not in words(client.get(f"/experiences/{numbers[0]}/"))
    again = client.post(here, {"do": "number", "number": str(numbers[0])}, follow=True)
    assert "It was gathered here" in words(again)
    with acting_for([town.council.pk]):
        assert Gathered.objects.count() == 2


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, town: Town) -> None:
    page = client.post("/outreach/", MET | {"place": "", "day-day": "x"} | DAY)
    assert page.status_code == 422
    assert "Write where it was" in words(page)
    assert 'value="Nia"' in page.content.decode()
    with acting_for([town.council.pk]):
        assert not Engagement.objects.exists()
    page = client.post("/outreach/", MET | DAY | {"day-month": "13"})
    assert "The day must be a real day" in words(page)


def test_a_campaign_with_its_phases_says_no_more_than_it_knows(client: Client, town: Town) -> None:
    days = {"begins-day": "1", "begins-month": "2", "begins-year": "2026"}
    ends = {"ends-day": "31", "ends-month": "3", "ends-year": "2026"}
    page = client.post(
        "/outreach/", {"do": "campaign", "name": "Spring"} | days | ends, follow=True
    )
    here = page.request["PATH_INFO"]
    assert "Nothing to compare with yet" in words(page)
    client.post(here, {"name": "All of it"} | days | ends)
    assert "has some of these days" in words(client.post(here, {"name": "More"} | days | ends))
    asked(town, 2, 70)
    census(client)
    page = client.get(here)
    assert "never why" in words(page)
    assert "The time after is not over yet" in words(page)
    assert "Too few people to say" in words(page)
    with acting_for([town.council.pk]):
        assert Phase.objects.count() == 1


def test_who_is_under_heard_is_drawn_and_nothing_small_is_told(client: Client, town: Town) -> None:
    asked(town, 8, 92)
    assert "The table is kept: Ashby, ONS, 2021" in words(census(client))
    shown = words(client.get("/outreach/heard/" + QUARTER))
    assert "Under-heard: Yes." in shown
    assert "People who answered: 100" in shown
    page = client.get("/outreach/heard/?from=2026-01-05&to=2026-01-08")
    assert "People who answered: fewer than can be told" in words(page)
    assert page.content.decode().count('class="app-heard"') == 2
    assert "must be a real day" in words(client.get("/outreach/heard/?from=2026-02-30"))


def test_of_two_answers_the_small_one_is_told_as_a_range(client: Client, town: Town) -> None:
    asked(town, 3, 97)
    census(client)
    shown = words(client.get("/outreach/heard/" + QUARTER))
    assert "Under-heard: Yes. People who answered: 100" in shown
    assert "Yes fewer than 5 4% at most 0% to 10% 20% Under-heard" in shown
    assert "No 96 to 100 96% to 100% 90% to 100% 80% Not shown to be under-heard" in shown


def test_a_campaign_with_phases_is_told_phase_by_phase(client: Client, town: Town) -> None:
    campaign, _engagement = reached_out(town.council, town.mari, AS_OF)
    asked(town, 8, 92)
    census(client)
    here = f"/outreach/campaigns/{campaign.pk}/"
    for name, begins, ends in (("Asking", 1, 2), ("Going back", 3, 3)):
        client.post(here, {"name": name} | day("begins", 5, begins) | day("ends", 28, ends))
    assert "Spring: Asking" in words(client.get(f"/outreach/heard/?campaign={campaign.pk}"))
    shown = client.get(here).content.decode()
    links = re.findall(r'href="(/outreach/heard/\?campaign=[^"]+phase=[^"]+)"', unescape(shown))
    assert len(links) == 2
    assert "Spring: Going back" in words(client.get(links[1]))


def test_what_was_put_right_is_shown_with_what_was_before(client: Client, town: Town) -> None:
    campaign, engagement = reached_out(town.council, town.mari, AS_OF)
    here = f"/outreach/engagements/{engagement.pk}/correct/"
    form = client.get(here).content.decode()
    assert 'value="Ashby market"' in form
    met = MET | day("day", 6, 1) | {"place": "Ashby hall", "campaign": str(campaign.pk), "seen": ""}
    page = client.post(here, met)
    assert page.status_code == 422
    assert "Write why it is put right" in words(page)
    page = client.post(here, met | {"why": "The market was closed"}, follow=True)
    assert "It is put right. How it was before is kept." in words(page)
    assert "The market was closed" in words(page)
    assert "Place: “Ashby market” became “Ashby hall”" in words(page)
    assert "Day: “Mon 5 Jan 2026” became “Tue 6 Jan 2026”" in words(page)
    here = f"/outreach/campaigns/{campaign.pk}/"
    client.post(here, {"name": "Asking"} | day("begins", 6, 1) | day("ends", 28, 2))
    with acting_for([town.council.pk]):
        phase = Phase.objects.get()
    days = day("begins", 7, 1) | day("ends", 28, 2)
    asked_for = {"name": "Asking", "why": "A day late", "seen": ""}
    page = client.post(f"/outreach/phases/{phase.pk}/correct/", asked_for | days, follow=True)
    assert "Asking : " in words(page)
    assert "First day: “Tue 6 Jan 2026” became “Wed 7 Jan 2026”" in words(page)
    days = day("begins", 1, 1) | day("ends", 31, 3)
    wanted = {"name": "Winter", "about": "", "why": "It is not spring", "seen": ""} | days
    page = client.post(f"{here}correct/", wanted, follow=True)
    assert "What is it called?: “Spring” became “Winter”" in words(page)
    assert "What is it about?: “Carers” became “None”" in words(page)


def test_a_table_with_faults_is_shown_by_line_and_not_kept(client: Client) -> None:
    page = census(client, b"question,answer,people\nhats,Yes,1\ndisability,Perhaps,x\n", year="21")
    assert "Write the year" in words(page)
    page = census(client, b"question,answer,people\nhats,Yes,1\ndisability,Perhaps,x\n")
    assert "Line 2: “hats” is no question" in words(page)
    assert "Line 3: “Perhaps” is no answer" in words(page)
    assert "Nobody knows yet who lives in your area" in words(page)
    assert "Choose a CSV file" in words(client.post("/outreach/heard/", {"area": "Ashby"}))


def test_another_body_finds_nothing(client: Client, town: Town) -> None:
    campaign, engagement = reached_out(town.healthwatch, town.sam, AS_OF)
    assert client.get(f"/outreach/campaigns/{campaign.pk}/").status_code == 404
    assert client.get(f"/outreach/engagements/{engagement.pk}/").status_code == 404
    for each in (f"campaigns/{campaign.pk}", f"engagements/{engagement.pk}"):
        assert client.post(f"/outreach/{each}/correct/", {"why": "x"}).status_code == 404
    assert "Spring" not in words(client.get("/outreach/"))


def put_right_often(town: Town, campaign: Campaign, engagement: Engagement) -> int:
    """Put a campaign, a phase of it and an engagement right often; return the phase's number."""
    actor = Actor(town.mari, "officer", town.council)
    with acting_for([town.council.pk]):
        days = {"begins": campaign.begins, "ends": campaign.ends}
        phase = actions.add_phase(campaign, name="All", **days)
        for number in range(5):
            for row in (campaign, phase, engagement):
                row.refresh_from_db()
            name = f"The {number}th"
            met = Met(engagement.day, name, "both", "Nia")
            right = [
                Correction("x", seen_of(row), actor, AS_OF + timedelta(days=number))
                for row in (campaign, phase, engagement)
            ]
            actions.correct_campaign(campaign, name=name, theme="", **days, correction=right[0])
            actions.correct_phase(phase, name=name, **days, correction=right[1])
            actions.correct_engagement(engagement, met, campaign=campaign, correction=right[2])
        return int(phase.pk)


def test_no_page_asks_much_however_much_there_is(
    client: Client, town: Town, django_assert_max_num_queries: AtMost
) -> None:
    pairs = [reached_out(town.council, town.mari, AS_OF) for _each in range(12)]
    census(client)
    number = asked(town, 10, 10)[0]
    campaign, engagement = pairs[0]
    client.post(f"/outreach/engagements/{engagement.pk}/", {"do": "batch", "batch": "March 1"})
    phase = put_right_often(town, campaign, engagement)
    for address in (
        "/outreach/",
        f"/outreach/campaigns/{campaign.pk}/",
        f"/outreach/engagements/{engagement.pk}/",
        f"/outreach/campaigns/{campaign.pk}/correct/",
        f"/outreach/engagements/{engagement.pk}/correct/",
        f"/outreach/phases/{phase}/correct/",
        "/outreach/heard/",
        f"/outreach/heard/?campaign={campaign.pk}",
        f"/experiences/{number}/",
    ):
        with django_assert_max_num_queries(MOST_QUERIES + SAVEPOINT):
            assert client.get(address).status_code == 200
    with acting_for([town.council.pk]):
        assert Campaign.objects.count() == 12
