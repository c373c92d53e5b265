"""Making a move: what must hold, who decides, rationale, override, closing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from candour import policies
from candour.cases import queries
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Standing
from candour.people.models import Post, User
from tests.support.casework import CONCERN, Town, add, open_at
from tests.web.pages import items, main_of, read

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case at intake."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-10T15:00")
    return open_at(town, "2026-03-09T09:00")


def standing_of(town: Town, case: Case) -> Standing:
    with acting_for([town.council.pk]):
        return queries.standing(Case.objects.get(pk=case.pk))


def sent(town: Town, case: Case, **more: Any) -> dict[str, Any]:
    post = Post.objects.get(user=town.mari, role="operational_manager")
    return {
        "key": str(uuid4()),
        "seq": str(len(standing_of(town, case).recorded)),
        "entry-when-day": "10",
        "entry-when-month": "3",
        "entry-when-year": "2026",
        "entry-when-time": "14:00",
        "entry-post": str(post.pk),
        "rationale": "Falls go on and cannot wait for a meeting.",
        **more,
    }


def address(case: Case, move: str = "skip_to_ppm") -> str:
    return f"/cases/{case.ref}/moves/{move}/"


def test_what_must_hold_is_ticked_and_crossed(town: Town, case: Case, signed_in: Browser) -> None:
    add(town, case, "concern_raised", "2026-03-10T09:30", CONCERN)
    answer = signed_in(town.mari).get(address(case))
    needs = items(main_of(answer), "app-reasons__item")
    assert any("Holds: On record: Concern raised, Tue 10 Mar 2026" in need for need in needs)
    assert any("Missing: A PPM begins from a JQMM" in need for need in needs)
    assert "Decided by Lead officer, host authority or Contracts manager" in read(answer)


def test_a_move_is_refused_with_its_reasons_and_made_with_a_rationale(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    refused = browser.post(address(case), sent(town, case))
    assert refused.status_code == 422
    assert "A PPM begins from a JQMM, or by a decision" in read(refused)
    assert standing_of(town, case).step == "intake"
    ticked = {"entry-go-ahead": "yes", "entry-rationale": "The concern follows in writing today."}
    made = browser.post(address(case), sent(town, case, **ticked), follow=True)
    assert standing_of(town, case).step == "ppm"
    assert "Recorded: Moved to: Provider Performance Meeting (PPM)." in read(made)
    assert "The concern follows in writing today." in read(made)


def test_too_short_a_rationale_does_not_do(town: Town, case: Case, signed_in: Browser) -> None:
    ticked = {"entry-go-ahead": "yes", "entry-rationale": "Because"}
    answer = signed_in(town.mari).post(address(case), sent(town, case, **ticked))
    assert answer.status_code == 422
    assert "Because</textarea>" in main_of(answer)


def test_a_move_that_needs_its_reason_in_writing_asks_for_it(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).post(address(case), sent(town, case, rationale=""))
    assert '<a href="#rationale">Written rationale: fill this in</a>' in main_of(answer)


def test_who_may_not_decide_is_told_who_may(town: Town, case: Case, signed_in: Browser) -> None:
    answer = signed_in(town.ieuan).get(address(case))
    assert "Only Lead officer, host authority or Contracts manager" in read(answer)
    assert "<button" not in main_of(answer)
    posted = signed_in(town.ieuan).post(address(case), sent(town, case))
    assert posted.status_code == 422
    assert standing_of(town, case).step == "intake"


def test_only_those_who_decide_are_offered_as_posts(
    town: Town, case: Case, signed_in: Browser
) -> None:
    add(town, case, "concern_raised", "2026-03-10T09:30", CONCERN)
    answer = signed_in(town.mari).get(address(case, "to_qam"))
    assert "Which post are you acting in?" not in read(answer)
    assert signed_in(town.mari).post(address(case, "to_qam"), sent(town, case)).status_code == 302
    assert standing_of(town, case).recorded[-1].role == "lead_officer"


def test_a_move_cannot_come_before_the_step_it_leaves(
    town: Town, case: Case, signed_in: Browser
) -> None:
    typed = sent(town, case, **{"entry-when-day": "8"})
    answer = signed_in(town.mari).post(address(case), typed)
    assert "The case reached its present step on Mon 9 Mar 2026, 9am" in read(answer)


def test_a_move_from_elsewhere_says_where_the_case_is(
    town: Town, case: Case, signed_in: Browser
) -> None:
    answer = signed_in(town.mari).get(address(case, "ppm_to_jimp"))
    assert "This move does not lead from Intake, where the case is now." in read(answer)
    assert signed_in(town.mari).get(address(case, "nowhere")).status_code == 404


def test_closing_asks_for_the_outcome_and_closes(
    town: Town, case: Case, signed_in: Browser
) -> None:
    browser = signed_in(town.mari)
    decision = {"decision": "not_to_act", "reason": "The visit found it put right."}
    add(town, case, "decision_made", "2026-03-10T10:00", decision)
    told = {"notice": "reporter_told", "to": ["The reporter"]}
    add(town, case, "notice_sent", "2026-03-10T11:00", told)
    page = browser.get(address(case, "no_action"))
    assert "Outcome" in read(page)
    assert ">Close the case<" in main_of(page)
    without = browser.post(address(case, "no_action"), sent(town, case))
    assert '<a href="#outcome">Outcome: choose an answer</a>' in main_of(without)
    outcome = policies.load("cardiff_vale").options["outcomes"][0].id
    typed = sent(town, case, outcome=outcome, learning="Look sooner.")
    closed = browser.post(address(case, "no_action"), typed, follow=True)
    assert standing_of(town, case).closed
    assert "Closed on 10 March at Ended: routine monitoring" in read(closed)
    kinds = read(browser.get(f"/cases/{case.ref}/record/"))
    assert "Notice sent" in kinds
    assert "Meeting held" not in kinds
