"""The pages of people outside: what officers see, and what a link opens in a browser."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from candour.people.models import Post, User
from candour.portal.seeing import Way
from candour.site import clock
from tests.support.casework import Town, add
from tests.support.files import PDF
from tests.support.letters import RI_EMAIL, provider_contacts, sent
from tests.support.outside import EMAIL, Outside, in_cardiff

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SAVEPOINT = 3  # a test is a transaction, so that of a request is a savepoint in it


@pytest.fixture
def made(town: Town, monkeypatch: pytest.MonkeyPatch) -> Outside:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T10:00")
    cache.clear()
    provider_contacts(town)
    return in_cardiff(town)


@pytest.fixture
def asked(made: Outside) -> UUID:
    return made.invited(made.entry("notice_sent"), made.entry("concern_raised"), plan=True)


@pytest.fixture
def visitor(made: Outside, asked: UUID) -> Client:
    """A browser in which the link was opened."""
    browser = Client()
    answer = browser.post(made.address(), {"press": "open"})
    assert answer.status_code == 302, answer.content.decode()
    return browser


def read(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]  # a test client's answer


# -- the officer --------------------------------------------------------------------------------


def room(made: Outside) -> str:
    return f"/cases/{made.case.ref}/portal/"


def test_the_form_opens_with_the_provider_and_what_waits(
    town: Town, made: Outside, signed_in: Browser
) -> None:
    page = read(signed_in(town.mari).get(f"{room(made)}invite/"))
    assert "Gwenllian Huws (responsible individual" in page
    assert f'value="{made.entry("notice_sent")}" checked' in page
    assert 'id="plan" name="plan" type="checkbox" value="plan" checked' in page


def test_the_plan_and_a_letter_lead_to_asking_by_link_and_say_who_was_asked(
    town: Town, made: Outside, signed_in: Browser
) -> None:
    browser, case = signed_in(town.mari), f"/cases/{made.case.ref}"
    letter = sent(town, made.case).letter.pk
    plan = browser.get(f"{case}/plan/").content.decode()
    assert f'href="{room(made)}invite/?plan=yes"' in plan
    written = browser.get(f"{case}/letters/sent/{letter}/").content.decode()
    assert f'href="{room(made)}invite/?about={letter}"' in written

    number = made.invited(str(letter), plan=True)
    for page in (f"{case}/plan/", f"{case}/letters/sent/{letter}/"):
        markup = browser.get(page).content.decode()
        assert f'href="{room(made)}{number}/"' in markup
        assert "Not opened yet; may answer until" in markup


def test_whoever_only_reads_is_offered_no_invitation(
    town: Town, made: Outside, signed_in: Browser
) -> None:
    Post.objects.filter(user=town.ieuan).update(role="no_role_of_this_procedure")
    page = signed_in(town.ieuan).get(f"/cases/{made.case.ref}/plan/")
    assert page.status_code == 200
    assert "answer by link" not in read(page)


def test_somebody_is_invited_and_shows_in_the_room(
    town: Town, made: Outside, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    sent_form = {
        "key": str(uuid4()),
        "seq": str(len(made.standing().recorded)),
        "who": "other",
        "name": "Gwen Rees",
        "post": "Responsible individual",
        "organisation": "Derwen Care",
        "email": EMAIL,
        "sort": "provider",
        "asked": [made.entry("notice_sent")],
        "plan": "plan",
        "until-day": "28",
        "until-month": "4",
        "until-year": "2026",
        "language": "cy",
    }
    answer = browser.post(f"{room(made)}invite/", sent_form, follow=True)
    page = read(answer)
    assert "Gwen Rees is invited" in page
    assert "Not opened yet" in page
    (mail,) = made.mails()
    assert mail.language == "cy"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"who": ""}, "Say who is invited"),
        ({"email": "x"}, "name@example.org"),
        ({"sort": ""}, "What sort of recipient"),
        ({"until-day": "", "until-month": "", "until-year": ""}, "fill this in"),
        ({"until-day": "31", "until-month": "2"}, "real day"),
        ({"asked": [], "plan": ""}, "at least one thing"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_beside_it(
    town: Town, made: Outside, signed_in: Browser, change: dict[str, object], says: str
) -> None:
    typed: dict[str, object] = {
        "key": str(uuid4()),
        "seq": "99",
        "who": "other",
        "name": "Gwen Rees",
        "organisation": "Derwen Care",
        "email": EMAIL,
        "sort": "provider",
        "asked": [made.entry("notice_sent")],
        "until-day": "28",
        "until-month": "4",
        "until-year": "2026",
    }
    answer = signed_in(town.mari).post(f"{room(made)}invite/", typed | change)
    assert answer.status_code == 422
    assert says in read(answer)
    assert made.mails() == []


def test_the_officer_sees_what_they_see_and_revokes(
    town: Town, made: Outside, asked: UUID, visitor: Client, signed_in: Browser
) -> None:
    browser, place = signed_in(town.mari), f"{room(made)}{asked}/"
    page = read(browser.get(place))
    assert "What they see now" in page
    assert "The outcome of the PPM." in page
    refused = browser.post(place, {"press": "revoke", "reason": ""})
    assert refused.status_code == 422
    assert "Say why" in read(refused)
    page = read(browser.post(place, {"press": "revoke", "reason": "Wrong home"}, follow=True))
    assert "Revoked" in page
    assert visitor.get(f"/outside/case/{asked}/").status_code == 410


def test_what_waits_for_somebody_stands_first_with_what_to_do(
    town: Town, made: Outside, asked: UUID, signed_in: Browser
) -> None:
    made.says(asked, Way.DISPUTE, made.entry("concern_raised"), "It was two falls.")
    made.says(asked, Way.REPORT, made.entry("action_added"), "All charts checked.", done=True)
    page = read(signed_in(town.mari).get(room(made)))
    for words in ("Waits for you", "It was two falls.", "Settle it", "Verify: it is done"):
        assert words in page


def test_the_rooms_take_few_queries_however_many_were_invited(
    town: Town,
    made: Outside,
    signed_in: Browser,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    notice = made.entry("notice_sent")
    numbers = [made.invited(notice, email=f"p{n}@derwen.example") for n in range(12)]
    for number in numbers[:6]:
        made.says(number, Way.ANSWER, notice, "Yes, we have it.")
    browser = signed_in(town.mari)
    for address in (room(made), f"{room(made)}invite/", f"{room(made)}{numbers[0]}/"):
        with django_assert_max_num_queries(10 + SAVEPOINT):
            assert browser.get(address).status_code == 200


# -- the link -----------------------------------------------------------------------------------


def test_looking_at_a_link_does_not_open_it(made: Outside, asked: UUID) -> None:
    for _ in range(3):  # mail programs look before people do
        page = read(Client().get(made.address()))
        assert "Gwen Rees" in page
        assert "Plas Derwen" not in page
        assert "outcome of the PPM" not in page
    assert made.look(asked).visits == ()


def test_it_opens_once_and_the_address_then_holds_no_secret(made: Outside, asked: UUID) -> None:
    browser = Client()
    answer = browser.post(made.address(), {"press": "open"})
    assert answer["Location"] == f"/outside/case/{asked}/"
    cookie = answer.cookies["candour_outside"]
    assert cookie["httponly"]
    assert cookie["path"] == f"/outside/case/{asked}/"
    again = Client().post(made.address(), {"press": "open"})
    assert again.status_code == 410
    assert "was opened already" in read(again)
    assert "g…@derwen.example" in read(again)
    assert EMAIL not in read(again)


def test_whoever_opened_it_sends_a_new_one_to_the_same_address(
    made: Outside, asked: UUID, visitor: Client
) -> None:
    page = read(Client().post(made.address(), {"press": "send"}))
    assert "A new link is on its way" in page
    assert [mail.to_email for mail in made.mails()] == [EMAIL, EMAIL]
    assert "A newer link was sent" in read(Client().get(made.address(0)))
    assert visitor.get(f"/outside/case/{asked}/").status_code == 200  # until the new one is opened
    Client().post(made.address(), {"press": "open"})
    assert visitor.get(f"/outside/case/{asked}/").status_code == 410


def test_a_guess_learns_nothing_and_soon_not_even_that(made: Outside) -> None:
    browser = Client()
    answers = [browser.get("/outside/guess/").status_code for _ in range(62)]
    assert answers[0] == 410
    assert answers[-1] == 429


def test_without_the_cookie_no_page_opens(made: Outside, asked: UUID) -> None:
    notice = made.entry("notice_sent")
    stranger = Client()
    for address in (
        f"/outside/case/{asked}/",
        f"/outside/case/{asked}/leave/",
        f"/outside/case/{asked}/answer/{notice}/",
        f"/outside/case/{asked}/letter/{notice}/1/",
    ):
        assert stranger.get(address).status_code == 410
        assert stranger.post(address, {"text": "x"}).status_code in (405, 410)
    assert "reply_given" not in made.standing().by_kind


def test_an_officer_who_is_signed_in_gets_no_further(
    town: Town, made: Outside, asked: UUID, signed_in: Browser
) -> None:
    assert signed_in(town.mari).get(f"/outside/case/{asked}/").status_code == 410


def test_no_page_is_kept_or_found(made: Outside, asked: UUID, visitor: Client) -> None:
    for answer in (Client().get(made.address()), visitor.get(f"/outside/case/{asked}/")):
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"


# -- the page -----------------------------------------------------------------------------------


def test_the_page_shows_what_was_asked_and_nothing_else(
    town: Town, made: Outside, asked: UUID, visitor: Client
) -> None:
    add(town, made.case, "contact_made", "2026-03-30T17:00", OTHERS)
    page = read(visitor.get(f"/outside/case/{asked}/"))
    assert "The outcome of the PPM." in page
    assert "Check every round against its chart." in page
    assert "Somebody else’s call" not in page
    assert made.case.ref not in page
    assert "Mari Ellis" not in page


OTHERS = {"purpose": "provider_briefing", "with_whom": "Somebody else’s call"}


def test_they_answer_and_see_what_they_said(made: Outside, asked: UUID, visitor: Client) -> None:
    notice = made.entry("notice_sent")
    place = f"/outside/case/{asked}/answer/{notice}/"
    assert "Your answer" in read(visitor.get(place))
    empty = visitor.post(place, {"key": str(uuid4()), "text": " "})
    assert empty.status_code == 422
    assert "Say it in a few words" in read(empty)
    page = read(visitor.post(place, {"key": str(uuid4()), "text": "We agree."}, follow=True))
    assert "It is recorded, and Cardiff Council sees it." in page
    assert "We agree." in page
    assert "You have answered" in page
    assert made.standing().by_kind["reply_given"][-1].data["reply"] == "We agree."


def test_evidence_comes_with_an_answer_and_a_wrong_file_stops_it(
    town: Town, made: Outside, asked: UUID, visitor: Client, signed_in: Browser
) -> None:
    action = made.entry("action_added")
    place = f"/outside/case/{asked}/report/{action}/"
    typed = {"text": "Charts checked.", "state": "done"}
    bad = SimpleUploadedFile("charts.pdf", b"MZ not a document at all")
    refused = visitor.post(place, {"key": str(uuid4()), **typed, "files": bad})
    assert refused.status_code == 422
    assert "charts.pdf" in read(refused)
    assert "action_progressed" not in made.standing().by_kind
    good = SimpleUploadedFile("charts.pdf", PDF)
    page = read(visitor.post(place, {"key": str(uuid4()), **typed, "files": good}, follow=True))
    assert "charts.pdf" in page
    filed = made.standing().by_kind["document_filed"][-1]
    assert filed.data["through"] == "Gwen Rees, Responsible individual, Derwen Care"
    assert made.entry("action_progressed") in filed.refers_to
    officer = read(signed_in(town.mari).get(room(made)))
    assert f"/cases/{made.case.ref}/documents/{filed.id}" in officer
    timeline = read(signed_in(town.mari).get(f"/cases/{made.case.ref}/?show=all"))
    assert "from outside, by Gwen Rees" in timeline


def test_one_press_says_that_it_arrived(made: Outside, asked: UUID, visitor: Client) -> None:
    notice = made.entry("notice_sent")
    place = f"/outside/case/{asked}/acknowledge/{notice}/"
    page = read(visitor.post(place, {"key": str(uuid4())}, follow=True))
    assert "Receipt confirmed" in page


def test_the_provider_reports_and_asks_for_time(
    made: Outside, asked: UUID, visitor: Client
) -> None:
    action = made.entry("action_added")
    report = f"/outside/case/{asked}/report/{action}/"
    refused = visitor.post(report, {"key": str(uuid4()), "text": "Charts checked."})
    assert "Say how far it is" in read(refused)
    sent_form = {"key": str(uuid4()), "text": "Charts checked.", "state": "done"}
    visitor.post(report, sent_form)
    assert made.standing().by_kind["action_progressed"][-1].data["says_done"] is True
    time = f"/outside/case/{asked}/time/{action}/"
    typed = {"new_date-day": "20", "new_date-month": "5", "new_date-year": "2026"}
    page = read(visitor.post(time, {"key": str(uuid4()), "text": "Late.", **typed}, follow=True))
    assert "More time asked for" in page


@pytest.mark.parametrize(
    "typed", [{}, {"new_date-day": "1", "new_date-month": "13", "new_date-year": "2026"}]
)
def test_more_time_until_no_day_is_said_beside_it(
    made: Outside, asked: UUID, visitor: Client, typed: dict[str, str]
) -> None:
    time = f"/outside/case/{asked}/time/{made.entry('action_added')}/"
    answer = visitor.post(time, {"key": str(uuid4()), "text": "Late.", **typed})
    assert answer.status_code == 422
    assert "Until when?" in read(answer)


@pytest.mark.parametrize("way", ["nonsense", "report", "time"])
def test_what_is_not_theirs_to_say_is_not_there(
    made: Outside, asked: UUID, visitor: Client, way: str
) -> None:
    place = f"/outside/case/{asked}/{way}/{made.entry('notice_sent')}/"
    assert visitor.get(place).status_code == 404
    assert visitor.get(f"/outside/case/{asked}/dispute/{uuid4()}/").status_code == 404


def test_they_close_it_in_this_browser(made: Outside, asked: UUID, visitor: Client) -> None:
    secret = visitor.cookies["candour_outside"].value
    assert visitor.get(f"/outside/case/{asked}/leave/").status_code == 302
    assert "Closed" in read(visitor.post(f"/outside/case/{asked}/leave/"))
    thief = Client()
    thief.cookies["candour_outside"] = secret
    assert thief.get(f"/outside/case/{asked}/").status_code == 410


def test_the_very_letter_that_was_sent_to_them_can_be_opened(town: Town, made: Outside) -> None:
    letter = sent(town, made.case).letter
    number = made.invited(str(letter.pk), email=RI_EMAIL, as_of=clock.now())
    browser = Client()
    browser.post(made.address(), {"press": "open"})
    page = read(browser.get(f"/outside/case/{number}/"))
    (place,) = re.findall(rf"/outside/case/{number}/letter/{letter.pk}/\d+/", page)
    answer = browser.get(place)
    assert answer.content[:5] == b"%PDF-"
    other = made.invited(str(letter.pk), email="other@derwen.example", as_of=clock.now())
    stranger = Client()
    stranger.post(made.address(), {"press": "open"})
    assert "/letter/" not in read(stranger.get(f"/outside/case/{other}/"))
    file = place.rstrip("/").rsplit("/", 1)[1]
    wrong = f"/outside/case/{other}/letter/{letter.pk}/{file}/"
    assert stranger.get(wrong).status_code == 404


def test_the_page_takes_few_queries_however_much_is_asked(
    town: Town,
    made: Outside,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for minute in range(8):
        notice = {"notice": "provider_status", "to": ["Derwen Care"], "text": f"Notice {minute}"}
        add(town, made.case, "notice_sent", f"2026-03-30T18:0{minute}", notice)
    notices = [str(entry.id) for entry in made.standing().by_kind["notice_sent"]]
    number = made.invited(*notices, plan=True)
    for each in notices:
        made.says(number, Way.ANSWER, each, "Yes, we have it.")
    browser = Client()
    browser.post(made.address(), {"press": "open"})
    for address in ("", f"answer/{notices[0]}/"):
        with django_assert_max_num_queries(10 + SAVEPOINT):
            assert browser.get(f"/outside/case/{number}/{address}").status_code == 200


def test_it_speaks_their_language_at_first_sight(made: Outside) -> None:
    made.invited(made.entry("notice_sent"), language="cy")
    page = read(Client().get(made.address(), follow=True))
    assert 'lang="cy"' in page
    assert made.mails()[0].language == "cy"
