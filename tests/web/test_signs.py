"""The pages of safeguarding signs: what waits, looking at one, who looks, and My day."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from candour.database.row_security import acting_for
from candour.experiences.actions.looking import set_watch
from candour.experiences.actions.telling import Account, tell
from candour.experiences.models import Experience, ExperienceSign, SafeguardingLook
from candour.mail.models import MailMessage
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.reminders.escalating import take_up, unseen
from candour.site import clock
from tests.support.casework import Town
from tests.web.pages import read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
SAID = "A nurse slapped my mum on Ward 4."
LIST, TOP = "/experiences/signs/", "look at these first"


def told_by(town: Town, words: str = SAID, *, in_danger: bool = False) -> Experience:
    with acting_for([town.council.pk]):
        account = Account(source="form", words=words, in_danger=in_danger)
        return tell(account, actor=Actor.system(town.council), as_of=clock.now())


def sign_of(town: Town, experience: Experience) -> ExperienceSign:
    with acting_for([town.council.pk]):
        return ExperienceSign.objects.select_related("experience").get(experience=experience)


def head_of(town: Town) -> User:
    user = User.objects.create(
        username="head", display_name="Hefin Prys", email="h@council.example"
    )
    Post.objects.create(user=user, body=town.council, role="chief_executive")
    return user


def test_what_came_in_stands_on_the_list_with_the_words_that_say_why(
    town: Town, signed_in: Browser
) -> None:
    told_by(town)
    page = read(signed_in(town.mari).get(LIST))
    assert "Abuse" in page
    assert "Why it is here: slapped my mum" in page
    assert "Look by the end of" in page
    assert "slapped" not in read(signed_in(town.olwen).get(LIST))


def test_what_is_gravest_comes_first_whatever_came_in_before(
    town: Town, signed_in: Browser
) -> None:
    told_by(town, "Years ago I wanted to kill myself.")
    told_by(town)
    told_by(town, "Please ring me.", in_danger=True)
    page = read(signed_in(town.mari).get(LIST))
    places = [page.index(words) for words in ("in danger now", "slapped my mum", "kill myself")]
    assert places == sorted(places)
    assert "May be about the past" in page


def test_it_is_on_top_of_my_day_of_everybody_until_somebody_looked(
    town: Town, signed_in: Browser
) -> None:
    experience = told_by(town)
    assert TOP in read(signed_in(town.ieuan).get("/"))
    assert TOP not in read(signed_in(town.olwen).get("/"))
    page = f"{LIST}{sign_of(town, experience).pk}/"
    signed_in(town.mari).post(page, {"said": "no_concern", "reason": "It was the police’s case."})
    assert TOP not in read(signed_in(town.ieuan).get("/"))


def test_where_a_post_looks_it_is_on_top_for_its_holders_alone(
    town: Town, signed_in: Browser
) -> None:
    actor = town.actor(town.ieuan, "chair")
    with acting_for([town.council.pk]):
        set_watch(
            town.council,
            role="operational_manager",
            period="same day",
            actor=actor,
            as_of=clock.now(),
        )
    told_by(town)
    assert TOP in read(signed_in(town.mari).get("/"))
    assert TOP not in read(signed_in(town.ieuan).get("/"))


def test_a_concern_goes_on_to_be_raised_with_why_and_asks_about_safety(
    town: Town, signed_in: Browser
) -> None:
    experience = told_by(town)
    browser = signed_in(town.mari)
    page = f"{LIST}{sign_of(town, experience).pk}/"
    answer = browser.post(page, {"said": "concern", "reason": "Somebody was hit."})
    onwards = urlsplit(answer["Location"])
    assert onwards.path == "/experiences/raise/"
    assert parse_qs(onwards.query) == {"chosen": [str(experience.pk)], "why": ["Somebody was hit."]}
    assert "Somebody was hit." in browser.get(answer["Location"]).content.decode()
    opening = "/cases/open/?procedure=cardiff_vale"
    opening += f"&service={town.service.pk}&experience={experience.pk}"
    form = browser.get(opening).content.decode()
    assert 'id="safeguarding_risk" name="safeguarding_risk" type="radio" value="yes" checked' in (
        form
    ) or _is_yes(form)
    with acting_for([town.council.pk]):
        (said,) = SafeguardingLook.objects.all()
    assert (said.state, said.reason, said.by) == ("concern", "Somebody was hit.", town.mari)


def _is_yes(form: str) -> bool:
    begin = form.index('name="safeguarding_risk"')
    field = form[form.rindex("<", 0, begin) : form.index(">", begin)]
    return "checked" in field and 'value="yes"' in field


def test_nothing_is_kept_without_saying_what_and_why(town: Town, signed_in: Browser) -> None:
    sign = sign_of(town, told_by(town))
    answer = signed_in(town.mari).post(f"{LIST}{sign.pk}/", {"said": "", "reason": " "})
    assert answer.status_code == 422
    page = read(answer)
    assert "Choose whether it is a safeguarding concern" in page
    assert "Say why, for whoever asks later" in page
    with acting_for([town.council.pk]):
        assert not SafeguardingLook.objects.exists()


def test_other_bodies_do_not_find_it(town: Town, signed_in: Browser) -> None:
    sign = sign_of(town, told_by(town))
    page = f"{LIST}{sign.pk}/"
    assert signed_in(town.olwen).get(page).status_code == 404
    answer = signed_in(town.olwen).post(page, {"said": "no_concern", "reason": "Mine."})
    assert answer.status_code == 404
    assert sign_of(town, sign.experience).state == "waiting"


def test_nobody_is_woken_by_what_is_out_of_use(town: Town) -> None:
    head_of(town)
    sign = sign_of(town, told_by(town))
    with acting_for([town.council.pk]):
        Experience.objects.update(out_since=clock.now(), out_because="import_undone")
    assert unseen(sign.look_by, 10) == []
    assert not take_up(sign.pk, town.council.pk, sign.look_by)


def test_if_nobody_looks_in_time_the_head_is_told_once_and_sees_it(
    town: Town, signed_in: Browser
) -> None:
    head = head_of(town)
    actor = town.actor(town.ieuan, "chair")
    with acting_for([town.council.pk]):
        set_watch(
            town.council, role="lead_officer", period="same day", actor=actor, as_of=clock.now()
        )
    sign = sign_of(town, told_by(town))
    assert TOP not in read(signed_in(head).get("/"))
    assert unseen(sign.look_by - timedelta(seconds=1), 10) == []
    (found,) = unseen(sign.look_by, 10)
    assert found == (sign.pk, town.council.pk)
    assert take_up(*found, sign.look_by)
    assert not take_up(*found, sign.look_by)
    assert unseen(sign.look_by, 10) == []
    with acting_for([town.council.pk]):
        (message,) = MailMessage.objects.filter(key__startswith="safeguarding/")
        assert message.to_email == "h@council.example"
        assert "slapped" not in message.text
        assert f"/experiences/signs/{sign.pk}/" in message.text
    page = read(signed_in(head).get("/"))
    assert TOP in page
    assert "Taken up to the head" in read(signed_in(head).get(LIST))


def test_the_head_says_who_looks_and_by_when_and_others_read_it(
    town: Town, signed_in: Browser
) -> None:
    head, page = head_of(town), f"{LIST}watch/"
    wanted = {"role": "lead_officer", "period": "4 hours after"}
    signed_in(town.mari).post(page, wanted)
    assert "Everybody who holds a post here" in read(signed_in(town.mari).get(page))
    assert signed_in(head).post(page, wanted).status_code == 302
    assert "4 hours after" in read(signed_in(town.mari).get(page))
    now = clock.now()
    sign = sign_of(town, told_by(town))
    assert timedelta(hours=4) <= sign.look_by - now < timedelta(hours=4, minutes=5)
    bad = {"role": "nobody", "period": "some day"}
    assert signed_in(head).post(page, bad).status_code == 422


def test_they_need_few_queries_however_many_wait(town: Town, signed_in: Browser) -> None:
    for number in range(30):
        told_by(town, f"{SAID} Number {number}.")
    browser = signed_in(town.mari)
    sign = sign_of(town, told_by(town))
    for page in (LIST, f"{LIST}{sign.pk}/", f"{LIST}watch/"):
        browser.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(page).status_code == 200
        assert len(queries) <= 10, f"{page}: {len(queries)}"
