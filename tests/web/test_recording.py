"""Recording an entry: prefilled, refused with reasons, stale, repeated; and putting one right."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from candour.cases import queries
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Entry, Standing
from candour.people.models import Post, User
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm
from tests.web.pages import main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a PPM held on the Monday before Easter."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


def standing_of(town: Town, case: Case) -> Standing:
    with acting_for([town.council.pk]):
        return queries.standing(Case.objects.get(pk=case.pk))


def latest(town: Town, case: Case, kind: str) -> Entry:
    return standing_of(town, case).by_kind[kind][-1]


def post_of(town: Town, role: str) -> str:
    return str(Post.objects.get(body=town.council, role=role).pk)


def sent(town: Town, case: Case, **more: Any) -> dict[str, Any]:
    """Return what the form for circulated minutes sends."""
    return {
        "key": str(uuid4()),
        "seq": str(len(standing_of(town, case).recorded)),
        "entry-when-day": "31",
        "entry-when-month": "3",
        "entry-when-year": "2026",
        "entry-when-time": "14:00",
        "entry-post": post_of(town, "chair"),
        "part": "decisions",
        "to": "Cardiff Council\r\nVale of Glamorgan Council\r\n",
        **more,
    }


def test_what_is_owed_comes_first_in_what_can_be_recorded(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = read(signed_in(town.ieuan).get(f"/cases/{case.ref}/record/"))
    assert page.index("What is owed now") < page.index("Concerns and evidence")
    assert page.index("Decisions and actions of the PPM") < page.index("Full minutes of the PPM")
    for elsewhere in ("Case opened", "Move made", "Correction made", "Procedure changed"):
        assert elsewhere not in page


def test_a_form_reached_from_a_duty_is_filled_in(
    town: Town, case: Case, signed_in: Browser
) -> None:
    meeting = latest(town, case, "meeting_held").id
    address = f"/cases/{case.ref}/record/minutes_circulated/"
    owed = f"?owed=ppm_decisions:{meeting}:1&part=decisions"
    markup = main_of(signed_in(town.ieuan).get(address + owed))
    assert 'type="radio" value="decisions" checked' in markup
    assert f'type="checkbox" value="{meeting}" checked' in markup
    assert f'value="{post_of(town, "chair")}" checked' in markup
    assert 'name="entry-when-time" type="text" value="15:00"' in markup


def test_an_entry_is_recorded_and_the_duty_is_met(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.ieuan).post(
        f"/cases/{case.ref}/record/minutes_circulated/", sent(town, case), follow=True
    )
    entry = latest(town, case, "minutes_circulated")
    assert answer.redirect_chain[0][0] == f"/cases/{case.ref}/#entry-{entry.id}"
    assert entry.data == {
        "part": "decisions",
        "to": ["Cardiff Council", "Vale of Glamorgan Council"],
    }
    assert (entry.author, entry.role) == (str(town.ieuan.pk), "chair")
    page = read(answer)
    assert "Recorded: Minutes circulated: Decisions and actions." in page
    assert (
        "Done with it: Decisions and actions of the PPM, to all commissioning authorities" in page
    )


def test_the_same_form_sent_twice_is_recorded_once(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser, typed = signed_in(town.ieuan), sent(town, case)
    address = f"/cases/{case.ref}/record/minutes_circulated/"
    first = browser.post(address, typed)
    second = browser.post(address, typed, follow=True)
    assert second.redirect_chain[0][0] == first["Location"]
    assert "This was recorded already, once." in read(second)
    assert len(standing_of(town, case).by_kind["minutes_circulated"]) == 1


def test_two_people_on_one_page_the_second_is_told_and_loses_nothing(
    town: Town, case: Case, signed_in: Browser
) -> None:
    address = f"/cases/{case.ref}/record/minutes_circulated/"
    typed = sent(town, case, **{"entry-note": "Written with care"})
    view = {
        "source": "professionals",
        "from_whom": "District nurse",
        "view": "Short of staff at night.",
    }
    add(town, case, "view_sought", "2026-03-31T13:00", view)
    browser = signed_in(town.ieuan)
    answer = browser.post(address, typed)
    assert answer.status_code == 409
    page, markup = read(answer), main_of(answer)
    assert "The case has moved on" in page
    assert "View sought: District nurse by Mari Ellis, Operational manager" in page
    assert "Written with care" in page
    assert "Record it anyway" in page
    assert f'name="key" value="{typed["key"]}"' in markup
    assert "minutes_circulated" not in standing_of(town, case).by_kind

    seq = str(len(standing_of(town, case).recorded))
    assert f'name="seq" value="{seq}"' in markup
    again = browser.post(address, {**typed, "seq": seq})
    assert again.status_code == 302
    assert latest(town, case, "minutes_circulated").body == "Written with care"


def meeting(town: Town, case: Case, **more: Any) -> dict[str, Any]:
    data = {
        "meeting": "ppm",
        "chair_role": "chair",
        "attended": "Cardiff Council",
        "members_may_decide": "yes",
        "improvement": "none",
        "held_by": "email",
        "entry-post": post_of(town, "operational_manager"),
    }
    return {**sent(town, case), **data, **more}


def test_a_refusal_names_its_reason_and_clause_and_offers_the_way_past_only_where_there_is_one(
    town: Town, case: Case, signed_in: Browser
) -> None:
    address = f"/cases/{case.ref}/record/meeting_held/"
    typed = meeting(town, case)
    del typed["part"], typed["to"]
    answer = signed_in(town.mari).post(address, typed)
    page = read(answer)
    assert answer.status_code == 422
    assert "A PPM is chaired at the grade of operational manager or head of service." in page
    assert "CV-47" in page
    assert "Go ahead all the same?" not in page
    able = meeting(town, case, chair_role="operational_manager", members_may_decide="no")
    answer = signed_in(town.mari).post(address, able)
    assert "Every member of a PPM must be able to decide" in read(answer)
    assert "Go ahead all the same?" in read(answer)


def test_past_a_gate_with_a_written_rationale(town: Town, case: Case, signed_in: Browser) -> None:
    address = f"/cases/{case.ref}/record/meeting_held/"
    typed = meeting(town, case, chair_role="operational_manager", members_may_decide="no")
    rationale = "The health board confirms its decisions by email tomorrow."
    ticked = {"entry-go-ahead": "yes", "entry-rationale": rationale}
    assert signed_in(town.mari).post(address, typed | ticked).status_code == 302
    entry = latest(town, case, "meeting_held")
    assert (entry.override, entry.overridden) == (rationale, ("ppm_members_decide",))


def test_a_rationale_counts_only_when_going_ahead_is_ticked(
    town: Town, case: Case, signed_in: Browser
) -> None:
    address = f"/cases/{case.ref}/record/meeting_held/"
    typed = meeting(town, case, chair_role="operational_manager", members_may_decide="no")
    answer = signed_in(town.mari).post(address, typed | {"entry-rationale": "Long enough to do."})
    assert answer.status_code == 422


def test_faults_stand_beside_their_fields_and_nothing_is_lost(
    town: Town, case: Case, signed_in: Browser
) -> None:
    typed = sent(town, case, part="", **{"entry-when-day": "31", "entry-when-month": "2"})
    answer = signed_in(town.ieuan).post(f"/cases/{case.ref}/record/minutes_circulated/", typed)
    markup = main_of(answer)
    assert answer.status_code == 422
    assert '<a href="#part">What was circulated: choose an answer</a>' in markup
    assert '<a href="#entry-when">When it happened: must be a real day' in markup
    assert 'id="part-error"' in markup
    assert "Vale of Glamorgan Council" in markup


@pytest.mark.parametrize("key", ["", "not-a-number", "x" * 400])
def test_a_broken_form_is_refused_in_words(
    town: Town, case: Case, signed_in: Browser, key: str
) -> None:
    answer = signed_in(town.ieuan).post(
        f"/cases/{case.ref}/record/minutes_circulated/", sent(town, case, key=key)
    )
    assert answer.status_code == 422
    assert "Open it again from the case" in read(answer)


def test_a_post_that_is_not_mine_cannot_be_chosen(
    town: Town, case: Case, signed_in: Browser
) -> None:
    typed = sent(town, case, **{"entry-post": post_of(town, "lead_officer")})
    answer = signed_in(town.ieuan).post(f"/cases/{case.ref}/record/minutes_circulated/", typed)
    assert "Choose the post you are acting in" in read(answer)


@pytest.mark.parametrize("kind", ["case_opened", "step_entered", "correction_made", "nonsense"])
def test_kinds_with_pages_of_their_own_have_no_form_here(
    town: Town, case: Case, signed_in: Browser, kind: str
) -> None:
    assert signed_in(town.mari).get(f"/cases/{case.ref}/record/{kind}/").status_code == 404


def test_something_typed_for_the_minute_of_the_latest_entry_comes_after_it(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00:40")
    view = {"source": "professionals", "from_whom": "District nurse", "view": "Short of staff."}
    add(town, case, "view_sought", "2026-03-31T15:00:20", view)
    typed = sent(town, case, **{"entry-when-time": "15:00"})
    signed_in(town.ieuan).post(f"/cases/{case.ref}/record/minutes_circulated/", typed)
    assert standing_of(town, case).chronicle[-1].kind == "minutes_circulated"


# -- corrections ---------------------------------------------------------------------------------


def correction(town: Town, case: Case, **more: Any) -> dict[str, Any]:
    """Return what the form sends that puts the PPM right, with nothing changed yet."""
    return {
        "key": str(uuid4()),
        "seq": str(len(standing_of(town, case).recorded)),
        "entry-when-day": "30",
        "entry-when-month": "3",
        "entry-when-year": "2026",
        "entry-when-time": "10:00",
        "entry-post": post_of(town, "operational_manager"),
        "meeting": "ppm",
        "chair_role": "operational_manager",
        "attended": "Cardiff Council\nHealth board",
        "members_may_decide": "yes",
        "improvement": "too_early",
        "correction-withdraws": "no",
        "correction-why": "The minutes say so.",
        **more,
    }


def correcting(town: Town, case: Case) -> str:
    return f"/cases/{case.ref}/entries/{latest(town, case, 'meeting_held').id}/correct/"


def test_the_form_holds_what_was_recorded(town: Town, case: Case, signed_in: Browser) -> None:
    markup = main_of(signed_in(town.mari).get(correcting(town, case)))
    assert "Cardiff Council\nHealth board</textarea>" in markup
    assert 'name="improvement" type="radio" value="too_early" checked' in markup
    assert 'name="entry-when-time" type="text" value="10:00"' in markup


def test_only_what_changed_is_recorded_and_shown_beside_the_entry(
    town: Town, case: Case, signed_in: Browser
) -> None:
    typed = correction(town, case, improvement="none", **{"entry-when-day": "27"})
    answer = signed_in(town.mari).post(correcting(town, case), typed, follow=True)
    made = latest(town, case, "correction_made")
    assert made.data["changes"] == {"improvement": "none"}
    assert made.data["happened_at"] == "2026-03-27T10:00:00+00:00"
    page = read(answer)
    assert "Improvement shown None (was: Too early to say)" in page
    assert "The minutes say so." in page
    assert "due in 7 days: Written notice to the provider after the PPM." in page


def test_an_entry_is_withdrawn_and_stays_struck_through(
    town: Town, case: Case, signed_in: Browser
) -> None:
    typed = correction(town, case, **{"correction-withdraws": "yes"})
    answer = signed_in(town.mari).post(correcting(town, case), typed, follow=True)
    assert "Withdrawn: entered in error" in read(answer)
    assert 'app-timeline__corrected">Meeting held' in main_of(answer)
    assert list(standing_of(town, case).owed()) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"correction-why": " "}, "Why is it corrected? Fill this in"),
        ({}, "Nothing is changed yet"),
        ({"meeting": ""}, "Meeting: choose an answer"),
        ({"entry-when-month": "13"}, "must be a real day"),
        ({"entry-when-year": "2027"}, "The right date lies in the future."),
    ],
)
def test_a_correction_that_puts_nothing_right_is_refused(
    town: Town, case: Case, signed_in: Browser, more: dict[str, str], words: str
) -> None:
    answer = signed_in(town.mari).post(correcting(town, case), correction(town, case, **more))
    assert answer.status_code == 422
    assert words in read(answer)
    assert "correction_made" not in standing_of(town, case).by_kind


def test_there_is_nothing_to_correct_in_another_case(
    town: Town, case: Case, signed_in: Browser
) -> None:
    address = f"/cases/{case.ref}/entries/{uuid4()}/correct/"
    assert signed_in(town.mari).get(address).status_code == 404


# -- what a form leaves out ----------------------------------------------------------------------


def test_only_what_is_owed_can_be_extended(town: Town, case: Case, signed_in: Browser) -> None:
    address = f"/cases/{case.ref}/record/timescale_extended/?duty=ppm_plan"
    markup = main_of(signed_in(town.mari).get(address))
    assert 'value="ppm_plan" checked' in markup
    assert "same_day_visit" not in markup


def test_an_extended_date_says_who_moved_it_and_why(
    town: Town, case: Case, signed_in: Browser
) -> None:
    typed = sent(town, case)
    more = {
        "duty": "ppm_plan",
        "new_date-day": "30",
        "new_date-month": "4",
        "new_date-year": "2026",
        "reason": "The provider’s manager is new.",
        "endorsed_by": "operational_manager",
    }
    address = f"/cases/{case.ref}/record/timescale_extended/"
    page = read(signed_in(town.ieuan).post(address, typed | more, follow=True))
    assert "Thu 30 Apr 2026" in page
    assert "The date was moved on Tue 31 Mar 2026: The provider’s manager is new." in page


def test_a_date_says_which_letter_it_is_done_with(
    town: Town, case: Case, signed_in: Browser
) -> None:
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    letter = "Letter to the provider: status and required plan (App. 15)"
    assert page.count(f"It is done with: {letter}.") == 1


def test_a_clock_that_stands_still_has_no_date(town: Town, case: Case, signed_in: Browser) -> None:
    paused = {"duty": "ppm_letter", "reason": "The provider’s office is flooded."}
    add(town, case, "clock_paused", "2026-03-31T09:00", paused)
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    assert "Paused Written notice to the provider after the PPM No date while the clock" in page
    assert "The clock has stood still since Tue 31 Mar 2026, 9am." in page


def test_an_answer_to_a_suggestion_names_it(town: Town, case: Case, signed_in: Browser) -> None:
    progress = {"plan": "cap", "progress": "None.", "cannot_comply": True}
    add(town, case, "action_progressed", "2026-03-31T09:00", progress)
    address = f"/cases/{case.ref}/record/suggestion_answered/"
    browser = signed_in(town.ieuan)
    assert browser.get(address).status_code == 404
    assert browser.get(f"{address}?auto=nonsense").status_code == 404
    asked = f"{address}?auto=cannot_comply&taken=no"
    assert "Suggestion answered: The provider cannot comply: consider JIMP" in read(
        browser.get(asked)
    )
    typed = sent(town, case, taken="no", reason="It has found a new manager.")
    page = read(browser.post(asked, typed, follow=True))
    assert latest(town, case, "suggestion_answered").data["auto"] == "cannot_comply"
    assert "Take it up" not in page


def test_somebody_without_a_role_reads_and_cannot_record(
    town: Town, case: Case, signed_in: Browser
) -> None:
    Post.objects.create(user=town.dilys, body=town.council, role="receptionist")
    browser = signed_in(town.dilys)
    page = browser.get(f"/cases/{case.ref}/")
    assert "Decisions and actions of the PPM" in read(page)
    assert "/record/" not in main_of(page)
    assert "/correct/" not in main_of(page)
    assert "/moves/" not in main_of(page)
    assert "Nothing can be recorded by you here" in read(browser.get(f"/cases/{case.ref}/record/"))
    for address in ("record/view_sought", "moves/ppm_to_jimp"):
        answer = browser.post(f"/cases/{case.ref}/{address}/", sent(town, case))
        assert answer.status_code == 403
        assert "You may read this case, not add to it" in read(answer)
    assert browser.post(correcting(town, case), correction(town, case)).status_code == 403


def test_the_fourth_ppm_without_improvement_says_what_followed_by_itself(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOUR_NOW", "2026-06-30T15:00")
    browser, answer = signed_in(town.mari), None
    for month in ("4", "5", "6"):
        typed = meeting(town, case, chair_role="operational_manager")
        when = {"entry-when-day": "28", "entry-when-month": month}
        ticked = {"entry-go-ahead": "yes", "entry-rationale": "The call went out by telephone."}
        answer = browser.post(
            f"/cases/{case.ref}/record/meeting_held/", typed | when | ticked, follow=True
        )
    assert answer is not None
    page = read(answer)
    assert "did this by itself: Moved to: Joint Inter-agency Monitoring Panel (JIMP)" in page
    assert "by the system itself" in page
    assert standing_of(town, case).step == "jimp"


def test_hours_are_told_with_their_time_and_how_late_they_are(
    town: Town, case: Case, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    concern = {
        "about": ["safeguarding_adult"],
        "seriousness": "significant",
        "what_happened": "A bruise that nobody can explain.",
    }
    add(town, case, "concern_raised", "2026-03-31T09:30", concern)
    monkeypatch.setenv("CANDOUR_NOW", "2026-04-01T14:35")
    page = read(signed_in(town.mari).get(f"/cases/{case.ref}/"))
    assert "Safeguarding referral, within 24 hours Wed 1 Apr 2026, 9:30am (5 hours late)" in page
    assert "So it is due by Wed 1 Apr 2026, 9:30am" in page
