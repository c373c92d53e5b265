"""Whatever fails on the way, what somebody typed is not lost; and they can delete it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from candour.database.row_security import acting_for
from candour.telling import drafts
from candour.telling.models import Draft
from candour.web.views import tell, tell_whole
from tests.support.casework import Town
from tests.telling.conftest import Filling, opened

STORY = "Cold food, & a “<b>kind</b>” nurse @@FIELDS@@"


def failing(*_given: object, **_named: object) -> None:
    raise OperationalError("the database is away")


def test_where_the_site_fails_its_page_holds_what_was_typed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling = Filling(client=Client(raise_request_exception=False))
    filling.send("", danger="no")
    monkeypatch.setattr(tell, "keep", failing)
    answer = filling.send("what", what=STORY)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Nothing is lost" in page
    assert "Cold food, &amp; a “&lt;b&gt;kind&lt;/b&gt;” nurse @@FIELDS@@" in page
    assert 'action="/tell/ely/en/what/"' in page
    monkeypatch.undo()
    assert filling.send("what", what=STORY)["Location"] == "/tell/ely/en/where/"


def test_in_a_frame_the_page_that_holds_it_may_be_framed_too(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(town, sites=("https://www.example.org",))
    client = Client(raise_request_exception=False)
    page = client.get("/tell/ely/en/whole/").content.decode()
    sites = page.split('name="sites" value="')[1].split('"')[0]
    typed = {
        "danger": "no",
        "what": STORY,
        "place": "Here",
        "felt": "1",
        "reply": "no",
        "sites": sites,
    }
    monkeypatch.setattr(tell_whole, "take", failing)
    answer = client.post("/tell/ely/en/whole/", typed)
    assert answer.status_code == 503
    assert "frame-ancestors https://www.example.org" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    made_up = {**typed, "sites": "https://evil.example:made-up"}
    answer = client.post("/tell/ely/en/whole/", made_up)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_what_stands_on_a_page_is_kept_before_it_is_sent(filling: Filling) -> None:
    filling.send("", danger="no")
    answer = filling.send("what", what="Cold", so_far="yes")
    assert answer.status_code == 204
    assert "Cold</textarea>" in filling.get("what").content.decode()
    assert "/en/what/" in filling.get("").content.decode()  # where to go on


def test_what_was_emptied_and_not_sent_is_not_answered_any_more(filling: Filling) -> None:
    filling.all_but_send()
    filling.send("what", what="", so_far="yes")
    assert filling.send("check")["Location"] == "/tell/ely/en/what/"


def test_nothing_is_kept_for_a_browser_that_began_nothing(town: Town) -> None:
    stranger = Filling()
    assert stranger.send("what", what="Cold", so_far="yes").status_code == 204
    assert not stranger.client.cookies
    with acting_for([town.healthwatch.pk]):
        assert not Draft.objects.exists()


def test_a_page_that_is_sent_when_nothing_is_kept_any_more_begins_anew_with_it(
    filling: Filling,
) -> None:
    assert filling.send("what", what="Cold")["Location"] == "/tell/ely/en/where/"
    assert "Cold" in filling.get("what").content.decode()
    assert filling.get("check")["Location"] == "/tell/ely/en/"  # danger is not answered yet


def test_a_browser_that_keeps_no_cookies_is_told_of_the_form_on_one_page(filling: Filling) -> None:
    leads = filling.get("where")["Location"]
    page = filling.client.get(leads).content.decode()
    assert 'href="/tell/ely/en/whole/"' in page


def test_the_cookie_outlives_the_browser_s_closing_until_all_is_sent(filling: Filling) -> None:
    filling.send("", danger="no")
    cookie = filling.client.cookies["candour_telling"]
    assert cookie["max-age"] == drafts.LASTS // timedelta(seconds=1)
    filling.all()
    assert filling.client.cookies["candour_telling"]["max-age"] == ""


def test_who_comes_back_is_led_to_where_they_stopped(filling: Filling) -> None:
    for page in (filling.get(), filling.send("", danger="")):
        assert "Go on where you stopped" not in page.content.decode()
    filling.send("", danger="no")
    filling.send("what", what="Cold")
    page = filling.get().content.decode()
    assert "Go on where you stopped" in page
    assert 'href="/tell/ely/en/where/"' in page


def test_what_was_written_is_deleted_when_they_ask_for_it(town: Town, filling: Filling) -> None:
    filling.send("", danger="no")
    filling.send("what", what="Cold")
    assert "Delete what you wrote?" in filling.get("delete").content.decode()
    assert "It is deleted" in filling.send("delete").content.decode()
    with acting_for([town.healthwatch.pk]):
        assert not Draft.objects.exists()
    assert "nothing-kept" in filling.get("what")["Location"]


def test_a_script_is_told_where_it_leads_and_fetches_no_page_for_it(filling: Filling) -> None:
    answer = filling.client.post(
        filling.at(), {"danger": "no"}, headers={"Candour-Asks": "onwards"}
    )
    assert (answer.status_code, answer["Candour-Onwards"]) == (204, "/tell/ely/en/what/")
    assert "candour_telling" in answer.cookies
