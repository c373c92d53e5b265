"""What people outside answer: the entry that it becomes, what that meets, and what is refused."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from candour.cases.actions import Recorded, record
from candour.database.row_security import acting_for
from candour.engine import Draft, Entry, Refusal
from candour.engine.plans import plans
from candour.engine.recipients import RecipientState, recipients
from candour.portal.seeing import Way, actions_shown, shown
from candour.portal.tokens import MOST_ANSWERS
from tests.support.answering import ASKED, open_with, say
from tests.support.casework import Town, add, make_town
from tests.support.outside import MONDAY, Outside, in_cardiff

pytestmark = pytest.mark.django_db
WHO = "Gwen Rees, Responsible individual, Derwen Care"


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def made(town: Town) -> Outside:
    return in_cardiff(town)


def said(outcome: object) -> Entry:
    assert isinstance(outcome, Recorded), outcome
    return outcome.entry


def why(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return str(outcome)


# -- letters and notices ------------------------------------------------------------------------


def test_that_a_notice_arrived_is_an_entry_by_name_that_says_how_it_came(made: Outside) -> None:
    notice = made.entry("notice_sent")
    number = made.invited(notice)
    entry = said(made.says(number, Way.ACKNOWLEDGE, notice))
    assert entry.kind == "receipt_confirmed"
    assert dict(entry.data) == {"who": WHO, "through": "link"}
    assert entry.refers_to == (notice, str(number))
    assert entry.role == "system"


def test_a_notice_is_answered_where_the_procedure_knows_no_responses(made: Outside) -> None:
    notice = made.entry("notice_sent")
    entry = said(made.says(made.invited(notice), Way.ANSWER, notice, "We have read it."))
    assert (entry.kind, entry.data["reply"]) == ("reply_given", "We have read it.")


def test_disputed_facts_stay_as_they_are_until_somebody_settles_it(
    town: Town, made: Outside
) -> None:
    concern = made.entry("concern_raised")
    number = made.invited(concern)
    entry = said(made.says(number, Way.DISPUTE, concern, "It was two falls.", right="Two falls."))
    assert (entry.kind, entry.data["what_is_right"]) == ("facts_disputed", "Two falls.")
    held = made.standing().entry(concern)
    assert held is not None
    assert "Three falls" in held.data["what_happened"]
    settled = {"outcome": "stands", "reason": "The log of the home says three."}
    add(town, made.case, "dispute_settled", "2026-04-01T10:00", settled, refers_to=(entry.id,))


# -- recommendations ----------------------------------------------------------------------------


@pytest.fixture
def put(town: Town) -> Outside:
    case = open_with(town)
    say(town, case, "recommendation_issued", "2025-12-08T09:00", {"to": "Ely Trust", **ASKED})
    return Outside(case, town.healthwatch, town.sam, "lead_officer")


def of_trust(put: Outside) -> Any:
    return put.invited(
        put.entry("recommendation_issued"),
        organisation="Ely Trust",
        sort="health",
        until=date(2026, 1, 21),
        as_of=MONTH,
    )


MONTH = MONDAY.replace(year=2025, month=12, day=10)


def test_an_acknowledgement_by_link_counts_as_one(put: Outside) -> None:
    number, asked = of_trust(put), put.entry("recommendation_issued")
    entry = said(put.says(number, Way.ACKNOWLEDGE, asked, responsible=True, as_of=MONTH))
    assert entry.kind == "acknowledgement_received"
    assert entry.data["said_by"] == "Gwen Rees, Responsible individual, Ely Trust"
    (one,) = recipients(put.standing())
    assert one.acknowledged_at == MONTH
    assert one.state is RecipientState.WAITED_FOR


def test_a_response_by_link_meets_what_the_law_asks(put: Outside) -> None:
    number, asked = of_trust(put), put.entry("recommendation_issued")
    words = "Two more nurses from January."
    entry = said(put.says(number, Way.ANSWER, asked, words, intends="all", as_of=MONTH))
    assert entry.kind == "response_received"
    assert entry.data["tier"] == "organisation"
    (one,) = recipients(put.standing())
    assert one.state is RecipientState.ANSWERED


# -- the provider's plan ------------------------------------------------------------------------


def test_the_provider_s_word_that_it_is_done_waits_for_an_officer(made: Outside) -> None:
    action = made.entry("action_added")
    number = made.invited(plan=True)
    entry = said(made.says(number, Way.REPORT, action, "Charts are checked.", done=True))
    assert entry.kind == "action_progressed"
    assert (entry.data["plan"], entry.data["said_by"]) == ("cap", WHO)
    (each,) = (a for plan in plans(made.standing(), MONDAY) for a in plan.actions)
    assert each.completed is None
    assert each.talk.says_done is not None
    assert each.talk.says_done.id == entry.id


def test_that_it_cannot_be_done_is_said_too(made: Outside) -> None:
    action = made.entry("action_added")
    entry = said(made.says(made.invited(plan=True), Way.REPORT, action, "No staff.", cannot=True))
    assert entry.data["cannot_comply"] is True


def test_more_time_is_asked_for_and_the_date_stays(made: Outside) -> None:
    action = made.entry("action_added")
    number = made.invited(plan=True)
    wanted = date(2026, 5, 20)
    entry = said(made.says(number, Way.MORE_TIME, action, "The builder is late.", new_date=wanted))
    assert (entry.kind, entry.data["wanted_by"]) == ("more_time_asked", "2026-05-20")
    (each,) = (a for plan in plans(made.standing(), MONDAY) for a in plan.actions)
    assert each.due_on == date(2026, 4, 20)


@pytest.mark.parametrize("new_date", [None, date(2026, 3, 31), date(2026, 3, 1)])
def test_more_time_needs_a_day_after_today(made: Outside, new_date: date | None) -> None:
    action = made.entry("action_added")
    number = made.invited(plan=True)
    outcome = made.says(number, Way.MORE_TIME, action, "Late.", new_date=new_date)
    assert "after today" in why(outcome)


def test_nobody_but_the_provider_sees_its_actions(made: Outside) -> None:
    assert len(actions_shown(made.standing(), "provider", MONDAY)) == 1
    assert actions_shown(made.standing(), "regulator", MONDAY) == ()


# -- what is refused ----------------------------------------------------------------------------


def test_nobody_answers_what_they_were_not_asked(made: Outside) -> None:
    number = made.invited(made.entry("notice_sent"))
    concern, action = made.entry("concern_raised"), made.entry("action_added")
    assert "not asked" in why(made.says(number, Way.DISPUTE, concern, "Wrong."))
    assert "not asked" in why(made.says(number, Way.REPORT, action, "Done.", done=True))


def test_nothing_said_is_nothing_recorded(made: Outside) -> None:
    notice = made.entry("notice_sent")
    assert "few words" in why(made.says(made.invited(notice), Way.ANSWER, notice, " "))


def test_done_and_impossible_at_once_is_refused(made: Outside) -> None:
    action, number = made.entry("action_added"), made.invited(plan=True)
    outcome = made.says(number, Way.REPORT, action, "Both.", done=True, cannot=True)
    assert "not both" in why(outcome)


def test_a_revoked_invitation_takes_nothing(made: Outside) -> None:
    notice = made.entry("notice_sent")
    number = made.invited(notice)
    made.revokes(number, "Wrong person.")
    assert "no more" in why(made.says(number, Way.ANSWER, notice, "Yes."))


def test_after_its_last_day_it_takes_nothing(made: Outside) -> None:
    notice = made.entry("notice_sent")
    number = made.invited(notice)
    late = MONDAY + timedelta(days=29)
    assert "no more" in why(made.says(number, Way.ANSWER, notice, "Yes.", as_of=late))


def test_sent_twice_it_is_recorded_once(made: Outside) -> None:
    notice = made.entry("notice_sent")
    number, key = made.invited(notice), str(uuid4())
    for _ in range(2):
        said(made.says(number, Way.ANSWER, notice, "Yes, we have it.", id=key))
    assert len(made.standing().by_kind["reply_given"]) == 1


def test_so_much_can_be_sent_in_a_day(made: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_ANSWERS > 20
    monkeypatch.setattr("candour.portal.actions.answering.MOST_ANSWERS", 2)
    notice = made.entry("notice_sent")
    number = made.invited(notice)
    for _ in range(2):
        said(made.says(number, Way.ANSWER, notice, "Once more."))
    assert "one day" in why(made.says(number, Way.ANSWER, notice, "Once more."))


def test_what_is_withheld_later_is_shown_no_more(town: Town, made: Outside) -> None:
    notice = made.entry("notice_sent")
    number = made.invited(notice)
    withheld = {
        "what": "The notice",
        "from_whom": ["Derwen Care"],
        "recipients": ["provider"],
        "reason": "Police ask for it.",
    }
    add(town, made.case, "information_withheld", "2026-03-31T10:30", withheld, refers_to=(notice,))
    later = MONDAY + timedelta(hours=1)
    assert shown(made.standing(), [notice], "provider", later) == ()
    assert "not asked" in why(made.says(number, Way.ANSWER, notice, "Yes.", as_of=later))


def test_who_reported_is_never_shown(made: Outside) -> None:
    concern = made.entry("concern_raised")
    (one,) = shown(made.standing(), [concern], "provider", MONDAY)
    names = {each.known.name for each in one.fields}
    assert "what_happened" in names
    assert not names & {"route", "reporter", "reported_by"}


def test_nobody_records_by_hand_that_something_came_by_link(made: Outside) -> None:
    forged = Draft(
        id=str(uuid4()),
        kind="reply_given",
        happened_at=MONDAY,
        author="",
        role="",
        data={"who": WHO, "reply": "We agree.", "through": "link"},
        refers_to=(made.entry("notice_sent"),),
    )
    with acting_for([made.body.pk]):
        outcome = record(
            case_id=made.case.pk,
            actor=made.actor,
            draft=forged,
            expected_seq=None,
            as_of=MONDAY,
        )
    assert "people outside" in why(outcome)
