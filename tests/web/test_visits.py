"""Visits on screen: only those go who may, a note comes in once, each step opens the next."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candour.engine.visits import VisitState
from candour.people.models import User
from candour.publishing.models import Representative
from tests.support.casework import Town
from tests.support.signatures import Derbyshire, in_derbyshire, tell
from tests.support.visits import WHO_MAY, authorise, decide, noted, planned, visit_of
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
EVENING = "2026-03-31T20:00"


@pytest.fixture
def made(town: Town, monkeypatch: pytest.MonkeyPatch) -> Derbyshire:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-30T11:00")
    cache.clear()
    made = in_derbyshire(town)
    authorise(made)
    return made


@pytest.fixture
def sam(made: Derbyshire, signed_in: Browser) -> Client:
    return signed_in(made.town.sam)


def typed_when(name: str, day: int, at: str) -> dict[str, str]:
    return {
        f"{name}-day": str(day),
        f"{name}-month": "3",
        f"{name}-year": "2026",
        f"{name}-time": at,
    }


def form(made: Derbyshire, day: int = 30, at: str = "11:00", **more: Any) -> dict[str, Any]:
    seq = str(len(made.standing().recorded))
    return {"key": str(uuid4()), "seq": seq, **typed_when("entry-when", day, at), **more}


def plan_form(made: Derbyshire, *visitors: str, **more: Any) -> dict[str, Any]:
    typed = form(
        made,
        premises="Ely General, Ward 3",
        visitors=list(visitors),
        purpose="To see an evening.",
        areas="Bells\nSupper",
        announced="yes",
        told_before="The ward",
        under_18_social_care="no",
        **more,
    )
    return typed | typed_when("planned_for", 31, "19:00")


def at(made: Derbyshire, *more: str) -> str:
    return "/".join((f"/cases/{made.case.ref}/visits", *more, ""))


def of_visit(made: Derbyshire, *more: str) -> str:
    return at(made, visit_of(made).entry.id, *more)


def note_form(**more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "area": "Bells",
        "observed": "A bell rang for half an hour.",
        "known_by": "seen",
        "impression": "worrying",
        "nobody_named": "yes",
        **more,
    }


def test_a_visit_waits_for_its_decision(made: Derbyshire, sam: Client) -> None:
    page = read(sam.get(at(made)))
    assert "No visit is planned" in page
    assert "Record the decision" in page
    assert sam.get(at(made, "plan"))["Location"] == at(made)
    decide(made)
    assert "Plan a visit" in read(sam.get(at(made)))


def test_the_plan_opens_with_the_decision_and_offers_only_who_may_go(
    made: Derbyshire, sam: Client
) -> None:
    decide(made)
    answer = sam.get(at(made, "plan"))
    page, markup = read(answer), main_of(answer)
    assert 'value="Ely General, Ward 3"' in markup
    assert "To see an evening." in page
    for name in WHO_MAY:
        assert f'value="{name}"' in markup
    for name, why in (
        ("Ended Earlier", "is no longer authorised on that day"),
        ("Begins Later", "is not authorised yet on that day"),
        ("Never Trained", "is not recorded as trained by that day"),
        ("Trained Later", "is not recorded as trained by that day"),
        ("Nothing Considered", "has no record that a DBS check was considered"),
    ):
        assert f'value="{name}"' not in markup
        assert f"{name} {why}" in page


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Ended Earlier", "no longer authorised"),
        ("Begins Later", "not authorised yet"),
        ("Never Trained", "not recorded as trained"),
        ("Nothing Considered", "DBS check"),
        ("Somebody Else", "not on our list"),
    ],
)
def test_nobody_goes_who_may_not_on_that_day(
    made: Derbyshire, sam: Client, name: str, why: str
) -> None:
    decide(made)
    answer = sam.post(at(made, "plan"), plan_form(made, WHO_MAY[0], name))
    assert answer.status_code == 422
    page = read(answer)
    assert name in page
    assert why in page
    assert "To see an evening." in page, "nothing typed is lost"
    assert "visit_planned" not in made.standing().by_kind


def test_a_visit_is_planned_once_and_its_page_says_what_is_next(
    made: Derbyshire, sam: Client
) -> None:
    decided = decide(made)
    sent = plan_form(made, *WHO_MAY)
    for _twice in range(2):
        assert sam.post(at(made, "plan"), sent)["Location"] == at(made)
    visit = visit_of(made)
    assert visit.entry.refers_to == (decided,)
    assert visit.entry.data["visitors"] == list(WHO_MAY)
    assert "Ely General, Ward 3" in read(sam.get(at(made)))
    page = sam.get(of_visit(made))
    assert "Planned" in read(page)
    assert "Announce it" in read(page)
    begin = reverse("letter-begin", args=[made.case.ref, "visit_announced"])
    assert f"{begin}?about={decided}" in main_of(page)


def test_no_plan_is_recorded_past_the_list(made: Derbyshire, sam: Client) -> None:
    decide(made)
    assert sam.get(f"/cases/{made.case.ref}/record/visit_planned/").status_code == 404


def test_a_note_is_kept_once_however_often_the_phone_sends_it(
    made: Derbyshire, sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(made)
    monkeypatch.setenv("CANDOUR_NOW", EVENING)
    note = note_form(**{"noted-at": "2026-03-31T18:05:10.000Z", "noted-by": str(made.town.sam.pk)})
    for _time in range(3):
        answer = sam.post(of_visit(made, "notes"), note, headers={"accept": "application/json"})
        assert (answer.status_code, json.loads(answer.content)) == (201, {"faults": []})
    (kept,) = visit_of(made).notes
    assert kept.id == note["key"]
    assert kept.happened_at.isoformat() == "2026-03-31T18:05:10+00:00", "when it was written"


@pytest.mark.parametrize("said", ["2026-04-02T10:00Z", "soon", "", "2026-03-31T18:05:10"])
def test_a_phone_whose_clock_is_wrong_writes_down_no_future(
    made: Derbyshire, sam: Client, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    planned(made)
    monkeypatch.setenv("CANDOUR_NOW", EVENING)
    sam.post(of_visit(made, "notes"), note_form(**{"noted-at": said}))
    (kept,) = visit_of(made).notes
    assert kept.happened_at.isoformat() == "2026-03-31T19:00:00+00:00"


def test_what_one_wrote_another_does_not_send(
    made: Derbyshire, signed_in: Browser, sam: Client
) -> None:
    planned(made)
    theirs = note_form(**{"noted-by": str(made.town.sam.pk)})
    wendy = signed_in(made.wendy)
    answer = wendy.post(of_visit(made, "notes"), theirs, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert "sign in themselves" in json.loads(answer.content)["faults"][0]
    shown = wendy.post(of_visit(made, "notes"), theirs)
    assert (shown.status_code, "A bell rang" in read(shown)) == (422, True)
    assert visit_of(made).notes == ()


def test_a_note_without_its_answers_says_which(made: Derbyshire, sam: Client) -> None:
    planned(made)
    bare = {"key": str(uuid4()), "area": "-"}
    answer = sam.post(of_visit(made, "notes"), bare)
    assert answer.status_code == 422
    assert 'id="area-other-error"' in main_of(answer)
    told = sam.post(of_visit(made, "notes"), bare, headers={"accept": "application/json"})
    assert (told.status_code, len(json.loads(told.content)["faults"])) == (422, 5)
    assert visit_of(made).notes == ()


def test_something_else_is_noted_in_its_own_words_and_the_next_opens_alike(
    made: Derbyshire, sam: Client
) -> None:
    planned(made)
    note = note_form(**{"area": "-", "area-other": "The garden", "known_by": "families"})
    answer = sam.post(of_visit(made, "notes"), note, follow=True)
    assert visit_of(made).notes[0].data["area"] == "The garden"
    page = read(answer)
    assert "Noted." in page
    assert "Noted so far 1" in page
    assert 'value="families" checked' in main_of(answer)


def test_two_note_at_once_and_nothing_is_lost(
    made: Derbyshire, signed_in: Browser, sam: Client
) -> None:
    planned(made)
    wendy = signed_in(made.wendy)
    for browser in (sam, wendy):
        browser.get(of_visit(made, "notes"))
    for browser in (wendy, sam):
        assert browser.post(of_visit(made, "notes"), note_form()).status_code == 302
    assert len(visit_of(made).notes) == 2


def test_the_visit_is_written_up_out_of_its_notes_and_only_by_who_might_enter(
    made: Derbyshire, sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(made)
    noted(made, plan, "2026-03-31T18:30", area="Supper", observed="Hot at six.")
    noted(made, plan, "2026-03-31T18:40")
    monkeypatch.setenv("CANDOUR_NOW", EVENING)
    assert "Being made" in read(sam.get(of_visit(made)))
    opened = sam.get(of_visit(made, "write-up"))
    assert "Bells\n- A bell rang for half an hour.\n\nSupper\n- Hot at six." in main_of(opened)
    assert "authorised" not in read(opened), "the list says that, nobody is asked"
    assert "Premises" not in read(opened), "the plan says that"
    wrong = form(
        made, 31, "18:30", visitors=["Ended Earlier"], findings="Seen.", entry_refused="no"
    )
    refused = sam.post(of_visit(made, "write-up"), wrong)
    assert (refused.status_code, "no longer authorised" in read(refused)) == (422, True)
    right = form(made, 31, "18:30", visitors=[WHO_MAY[0]], findings="Seen.", entry_refused="no")
    assert sam.post(of_visit(made, "write-up"), right)["Location"] == of_visit(made)
    visit = visit_of(made)
    assert visit.state is VisitState.MADE
    assert visit.made is not None
    assert visit.made.data["premises"] == "Ely General, Ward 3"
    assert visit.made.data["authorised"] is True
    late = sam.post(of_visit(made, "notes"), note_form(observed="And the lights."))
    assert late.status_code == 302
    assert "1 came after the visit was written up" in read(sam.get(of_visit(made)))


def test_a_report_goes_out_in_draft_comes_back_and_its_recommendations_are_put(
    made: Derbyshire, sam: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(made)
    monkeypatch.setenv("CANDOUR_NOW", EVENING)
    up = form(made, 31, "19:30", visitors=[WHO_MAY[0]], findings="Bells rang.", entry_refused="no")
    sam.post(of_visit(made, "write-up"), up)
    opened = read(sam.get(of_visit(made, "draft")))
    assert "What we saw and heard Bells rang." in opened
    assert "What was changed" not in opened, "that is asked of the final report"
    draft = form(
        made, 31, "19:40", report="Bells rang.", recommendations="Two at night.", nobody_named="yes"
    )
    assert sam.post(of_visit(made, "draft"), draft).status_code == 302
    page = sam.get(of_visit(made))
    entry = visit_of(made).draft
    assert entry is not None
    begin = reverse("letter-begin", args=[made.case.ref, "visit_report"])
    assert f"{begin}?about={entry.id}" in main_of(page)
    sent = {"notice": "visit_reported", "to": ["Ely Hospitals Trust"]}
    tell(made, "notice_sent", "2026-03-31T19:50", sent, refers_to=(entry.id,))
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-02T10:00")
    assert 'value="Ely Hospitals Trust"' in main_of(sam.get(of_visit(made, "comments")))
    said = {**form(made), **typed_when("entry-when", 31, "19:55")}
    said |= {"from_whom": "Ely Hospitals Trust", "comments": "Mended since."}
    assert sam.post(of_visit(made, "comments"), said).status_code == 302
    final = form(
        made,
        31,
        "19:58",
        report="Bells rang; mended since.",
        recommendations="Two at night.",
        nobody_named="yes",
    )
    lacking = sam.post(of_visit(made, "final"), final)
    assert (lacking.status_code, "What was changed" in read(lacking)) == (422, True)
    answer = sam.post(of_visit(made, "final"), {**final, "changed": "The mending."})
    assert answer.status_code == 302, read(answer)
    page = sam.get(of_visit(made))
    assert "Not put yet" in read(page)
    assert "what_is_asked=Two+at+night." in main_of(page)
    assert "recommendation_issued" in main_of(page)


def test_a_step_out_of_turn_leads_back_to_the_visit(made: Derbyshire, sam: Client) -> None:
    planned(made)
    for step in ("draft", "comments", "final"):
        assert sam.get(of_visit(made, step))["Location"] == of_visit(made)
    assert sam.get(of_visit(made, "nonsense")).status_code == 404
    assert sam.get(at(made, str(uuid4()))).status_code == 404


def test_a_visit_that_is_called_off_takes_no_notes(made: Derbyshire, sam: Client) -> None:
    planned(made)
    off = form(made, reason="An outbreak on the ward.")
    assert sam.post(of_visit(made, "call-off"), off).status_code == 302
    assert "Called off" in read(sam.get(of_visit(made)))
    assert sam.get(of_visit(made, "notes"))["Location"] == of_visit(made)


def test_others_find_nothing_and_who_may_only_read_writes_nothing(
    made: Derbyshire, signed_in: Browser, sam: Client
) -> None:
    planned(made)
    pages = ("", "write-up", "notes", "call-off")
    for who in (made.town.mari, made.town.olwen, made.town.dilys):
        browser = signed_in(who)
        asked = [at(made), at(made, "plan"), *(of_visit(made, page) for page in pages if page)]
        for address in (*asked, of_visit(made)):
            for answer in (browser.get(address), browser.post(address, note_form())):
                assert answer.status_code in (404, 405), address
    out = Client().post(of_visit(made, "notes"), note_form())
    assert out.status_code != 201
    assert visit_of(made).notes == ()


def test_pages_ask_few_questions_however_much_was_noted(made: Derbyshire, sam: Client) -> None:
    plan = planned(made)
    for minute in range(25):
        noted(made, plan, f"2026-03-31T18:{minute:02}", area=f"Room {minute}")
    with made.at_work():
        Representative.objects.bulk_create(
            Representative(
                body=made.town.healthwatch,
                name=f"Person {number}",
                from_date="2026-01-01",
                changed_at="2026-01-01T00:00Z",
                changed_by=made.town.sam,
            )
            for number in range(40)
        )
    pages = (at(made), of_visit(made), of_visit(made, "notes"), of_visit(made, "write-up"))
    for address in pages:
        with CaptureQueriesContext(connection) as asked:
            assert sam.get(address).status_code == 200
        assert len(asked) <= 10, (address, len(asked))


def test_the_page_that_a_phone_keeps_holds_no_notes(made: Derbyshire, sam: Client) -> None:
    noted(made, planned(made), "2026-03-30T10:45")
    assert "A bell rang" in read(sam.get(of_visit(made, "notes")))
    assert "A bell rang" not in read(sam.get(f"{of_visit(made, 'notes')}?bare=1"))


def test_the_script_that_keeps_it_is_the_same_for_everybody(db: None) -> None:
    answer = Client().get("/notes-worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "caches.delete" in answer.content.decode()
