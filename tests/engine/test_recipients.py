from dataclasses import replace
from datetime import datetime

import pytest

from candour.engine import Draft, Entry, Procedure, Refusal, Standing, fold, propose
from candour.engine.conditions import DutiesMet, Situation
from candour.engine.duties import DutyState
from candour.engine.matters import Alternative, Circumstance, matter_of
from candour.engine.patterns import Pattern
from candour.engine.procedure import Duty, Extension
from candour.engine.recipients import Recipient, RecipientState, recipients
from candour.engine.words import Words
from tests.engine.small import at, clock, duty, entry, pattern, small, where

PUT = "recommendation_issued"
LAW = (
    pattern(PUT, response_basis="statutory"),
    pattern("recommendation_forwarded", response_basis="statutory"),
)
NOT_OURS = pattern("acknowledgement_received", responsible=False)
ON = pattern("recommendation_forwarded")
SEVERAL = Circumstance(several=LAW, differing_in="to", not_counting=(NOT_OURS, ON))
LONGER = Circumstance(said_of_it=pattern("extension_agreed"))
LEADS = Circumstance(said_of_it=pattern("lead_responder_agreed"))
FOLLOWS = Circumstance(said_of_another=pattern("lead_responder_agreed"))
CONSULTS = Circumstance(itself=where(may_consult_nhs_england=True))
BEGINNING = "30 working days beginning with"


def law(id_: str, *met_by: Pattern, **more: object) -> Duty:
    made = duty(
        id_,
        LAW[0],
        "20 working days beginning with",
        *met_by,
        start_field="received_on",
        because=Words("Twenty, alone.", "Ugain, yn unig."),
        **more,
    )
    return replace(made, starts=LAW)


ALTERNATIVES = (
    Alternative(clock("30 working days after"), (LEADS,), Words("Leads."), "latest_start"),
    Alternative(clock(BEGINNING), (SEVERAL,), Words("Several.", "Sawl.")),
    Alternative(clock(BEGINNING), (CONSULTS,), Words("Consults.")),
    Alternative(clock(BEGINNING), (LONGER,), Words("Agreed.")),
)
DUTIES = (
    law("acknowledge", pattern("acknowledgement_received"), ON, pattern("response_received")),
    law(
        "explain",
        pattern("response_received"),
        alternatives=ALTERNATIVES,
        not_owed_when=(FOLLOWS,),
        stops=(NOT_OURS, ON, pattern("response_judged")),
        due_field="respond_by",
        due_field_sooner=True,
        extension=Extension(),
    ),
    duty("pass_on", NOT_OURS, "20 working days beginning with", ON, start_field="received_on"),
)


def procedure() -> Procedure:
    return replace(small(), duties={each.id: each for each in DUTIES}, autos=(), gates=())


OPENED = entry("case_opened", "2025-12-01T09:00", "open")


def put(id_: str, to: str, received: str = "2025-12-08", **more: object) -> Entry:
    refers = (str(more.pop("of")),) if "of" in more else ()
    data = {
        "to": to,
        "tier": "provider",
        "what_is_asked": "Say what will change.",
        "response_basis": "statutory",
        "received_on": received,
        **more,
    }
    data = {name: value for name, value in data.items() if value is not None}
    made = entry(PUT, "2025-12-05T09:00", id_, *refers)
    return replace(made, data=data)


def told(kind: str, when: str, of: str, **data: object) -> Entry:
    return entry(kind, when, f"{kind}-{of}-{when}", of, **data)


def standing(*entries: Entry) -> Standing:
    return fold(procedure(), [OPENED, *entries])


def due(found: Standing, duty_id: str = "explain") -> list[str]:
    owed = [found.duties[key] for key in found.open_keys(duty_id)]
    return [str(each.due.on) for each in owed]


def one(found: Standing, name: str) -> Recipient:
    return next(each for each in recipients(found) if each.name == name)


def thanks(when: str, of: str, *, responsible: bool | None = None) -> Entry:
    data = {} if responsible is None else {"responsible": responsible}
    return told("acknowledgement_received", when, of, **data)


def answer(when: str, of: str) -> Entry:
    return told("response_received", when, of, from_whom="They", response="We will.")


def onward(when: str, of: str, to: str, received: str | None = None) -> Entry:
    data = {"to": to, "response_basis": "statutory"}
    if received:
        data["received_on"] = received
    return told("recommendation_forwarded", when, of, **data)


def lead(when: str, of: str) -> Entry:
    return told("lead_responder_agreed", when, of, agreed_by=["All"])


def longer(when: str, of: str) -> Entry:
    return told("extension_agreed", when, of, agreed_with="Them", reason="Away")


# The small procedure's calendar knows Easter 2026 only, so no holiday is in these counts.
ALONE, TOGETHER = "2026-01-02", "2026-01-16"


def test_a_sole_recipient_has_twenty_days_and_the_reason() -> None:
    found = standing(put("a", "Trust"))
    assert due(found) == [ALONE]
    owed = next(found.owed())
    assert owed.because == Words("Twenty, alone.", "Ugain, yn unig.")


def test_a_second_recipient_lengthens_the_time_of_both() -> None:
    found = standing(put("a", "Trust"), put("b", "Board", of="a"))
    assert due(found) == [TOGETHER, TOGETHER]
    assert {owed.because.en for owed in found.owed() if owed.because} == {
        "Several.",
        "Twenty, alone.",
    }
    proof = found.duties["explain:a:1"].proof()
    assert proof is not None
    assert len([day for day in proof.days if day.counted]) == 30


@pytest.mark.parametrize(
    "second",
    [
        put("b", "Board"),
        put("b", " trust ", of="a"),
        put("b", "Home", of="a", response_basis="voluntary"),
    ],
    ids=["another matter", "the same body", "no legal duty"],
)
def test_what_is_no_second_recipient_of_the_same(second: Entry) -> None:
    assert set(due(standing(put("a", "Trust"), second))) == {ALONE}


def test_recipients_without_a_name_in_the_field_are_told_apart_by_their_entries() -> None:
    nameless = replace(SEVERAL, differing_in="about")
    matter = matter_of(
        DUTIES[1], put("a", "Trust"), {PUT: (put("a", "Trust"), put("b", "Trust", of="a"))}
    )
    assert nameless.holds(matter)


def test_members_join_through_others_and_the_late_paper_finds_its_place() -> None:
    chain = (put("a", "Trust"), put("b", "Board", of="a"), put("c", "Council", of="b"))
    matter = matter_of(DUTIES[1], chain[2], {PUT: chain})
    assert [member.id for member in matter.members] == ["a", "b", "c"]
    assert [p.kind for p in SEVERAL.patterns] == [
        PUT,
        "recommendation_forwarded",
        "acknowledgement_received",
        "recommendation_forwarded",
    ]


def test_what_it_is_itself_and_what_was_agreed_lengthen_it() -> None:
    consults = put("a", "Board", may_consult_nhs_england=True)
    assert due(standing(consults)) == [TOGETHER]
    agreed = standing(put("a", "Trust"), put("b", "Other"), longer("2025-12-10T09:00", "a"))
    assert due(agreed) == [TOGETHER, ALONE]


def test_a_shorter_period_stays_and_an_agreed_date_stays() -> None:
    shorter = put("a", "Trust", respond_by="2025-12-12")
    found = standing(shorter, put("b", "Board", of="a"))
    assert due(found) == ["2025-12-12", TOGETHER]
    moved = told(
        "timescale_extended", "2025-12-09T09:00", "a", duty="explain", new_date="2026-02-02",
        reason="Agreed",
    )  # fmt: skip
    found = standing(put("a", "Trust"), moved, longer("2025-12-10T09:00", "a"))
    assert due(found) == ["2026-02-02"]
    assert found.duties["explain:a:1"].proof() is None


def test_a_lead_explains_for_all_from_the_latest_receipt() -> None:
    entries = (put("a", "Trust"), put("b", "Board", "2025-12-10", of="a"))
    found = standing(*entries, lead("2025-12-11T09:00", "b"))
    assert due(found) == ["2026-01-21"]
    assert len(due(found, "acknowledge")) == 2
    waits, leads = one(found, "Trust"), one(found, "Board")
    assert (waits.state, leads.state) == (RecipientState.LED, RecipientState.WAITED_FOR)
    assert waits.lead is not None
    assert waits.lead.id == "b"
    assert waits.waited_for_until is None
    assert found.duties["explain:a:1"].state(at("2026-06-01T09:00")) is DutyState.ENDED
    assert found.duties["explain:b:1"].runs_from == at("2025-12-10T00:00")


def test_another_lead_brings_the_first_one_back() -> None:
    entries = (put("a", "Trust"), put("b", "Board", of="a"))
    found = standing(*entries, lead("2025-12-11T09:00", "b"), lead("2025-12-12T09:00", "a"))
    assert [one(found, name).state for name in ("Trust", "Board")] == [
        RecipientState.WAITED_FOR,
        RecipientState.LED,
    ]
    assert due(found) == ["2026-01-19"]
    third = put("c", "Council", of="b")
    later = replace(third, happened_at=at("2025-12-15T09:00"), recorded_at=at("2025-12-15T09:00"))
    assert one(standing(*found.recorded[1:], later), "Council").state is RecipientState.LED


def test_who_is_not_responsible_has_had_its_time_since_receipt() -> None:
    entries = (put("a", "Council"), thanks("2025-12-22T09:00", "a", responsible=False))
    found = standing(*entries)
    assert due(found) == []
    assert due(found, "pass_on") == [ALONE]
    council = one(found, "Council")
    assert council.state is RecipientState.NOT_RESPONSIBLE
    assert council.waited_for_until == at("2026-01-03T00:00")
    assert council.acknowledged_at == at("2025-12-22T09:00")
    on = standing(*entries, onward("2025-12-23T09:00", "a", "Trust", "2025-12-23"))
    assert one(on, "Council").state is RecipientState.PASSED_ON
    assert one(on, "Trust").matter == "a"
    assert due(on) == ["2026-01-19"]


def test_where_no_day_of_receipt_is_known_time_runs_from_the_day_it_was_put() -> None:
    unknown = put("a", "Council", received_on=None)
    found = standing(unknown, thanks("2025-12-22T09:00", "a", responsible=False))
    assert due(found, "pass_on") == ["2026-01-01"]
    assert str(one(found, "Council").received_on) == "2025-12-05"


def test_a_disclaimer_that_names_no_recipient_counts_from_itself() -> None:
    alone = entry("acknowledgement_received", "2025-12-22T09:00", "x", responsible=False)
    assert due(standing(alone), "pass_on") == ["2026-01-16"]


def test_an_answer_is_the_recipients_own() -> None:
    entries = (put("a", "Trust"), put("b", "Board", of="a"))
    found = standing(*entries, answer("2026-01-19T09:00", "b"))
    trust, board = one(found, "Trust"), one(found, "Board")
    assert (trust.state, board.state) == (RecipientState.WAITED_FOR, RecipientState.ANSWERED)
    assert trust.answered_at is None
    assert not trust.answered_late
    assert board.answered_late
    assert board.answered_at == board.acknowledged_at == at("2026-01-19T09:00")


def test_an_answer_that_speaks_of_no_recipient_is_that_of_all_it_met() -> None:
    loose = entry("response_received", "2025-12-19T09:00", "r", from_whom="They", response="Yes.")
    found = standing(put("a", "Trust"), loose)
    assert one(found, "Trust").state is RecipientState.ANSWERED


def test_an_answer_from_whom_no_law_asks_meets_nobody_elses_duty() -> None:
    home = put("v", "Home", response_basis="voluntary")
    found = standing(put("a", "Trust"), home, answer("2025-12-19T09:00", "v"))
    assert due(found) == [ALONE]
    assert one(found, "Home").state is RecipientState.ANSWERED


def test_silence_and_no_time_at_all() -> None:
    judged = told(
        "response_judged", "2026-02-02T09:00", "a", tier="provider", satisfactory=False, reason="-"
    )
    found = standing(put("a", "Trust"), put("v", "Home", response_basis="voluntary"), judged)
    assert one(found, "Trust").state is RecipientState.UNANSWERED
    assert one(found, "Home").state is RecipientState.NO_TIME
    assert one(found, "Home").acknowledged_at is None


def test_a_prefix_and_then_the_rest_is_the_whole() -> None:
    entries = [
        OPENED,
        put("a", "Trust"),
        put("b", "Board", of="a"),
        lead("2025-12-11T09:00", "b"),
        lead("2025-12-12T09:00", "a"),
        answer("2025-12-19T09:00", "a"),
    ]
    whole = fold(procedure(), entries)
    for cut in range(len(entries)):
        assert fold(procedure(), entries[cut:], onto=fold(procedure(), entries[:cut])) == whole


def test_nothing_is_reconsidered_that_another_procedure_started() -> None:
    started = fold(procedure(), [OPENED, put("a", "Trust")])
    foreign = started.duties["explain:a:1"]._replace(trigger="elsewhere")
    carried = replace(started, duties={**started.duties, foreign.key: foreign})
    after = fold(procedure(), [put("b", "Board")], onto=carried)
    assert after.duties["explain:a:1"] == foreign


def test_who_answers_must_be_said_where_several_are_waited_for() -> None:
    def said(*refers: str) -> object:
        draft = Draft(
            id="r",
            kind="response_received",
            happened_at=at("2025-12-19T09:00"),
            author="1",
            role="officer",
            data={"from_whom": "They", "response": "Yes."},
            refers_to=refers,
        )
        return propose(found, draft, at("2025-12-19T10:00"))

    found = standing(put("a", "Trust"), put("b", "Board", of="a"))
    refused = said()
    assert isinstance(refused, Refusal)
    assert refused.reasons[0].field == "refers_to"
    assert isinstance(said("b"), Entry)
    found = standing(put("a", "Trust"))
    assert isinstance(said(), Entry)


def test_published_once_answered_or_late() -> None:
    found = standing(put("a", "Trust"))

    def unmet(when: datetime) -> bool:
        asked = DutiesMet(duties=("explain",), or_late=True)
        return bool(asked.unmet(Situation(found, when)))

    assert unmet(at("2026-01-02T23:59"))
    assert not unmet(at("2026-01-03T00:00"))
    assert DutiesMet(duties=("explain",)).unmet(Situation(found, at("2026-01-03T00:00")))


def test_a_judgement_of_one_answer_leaves_the_others_waited_for() -> None:
    both = put("a", "Trust"), put("b", "Board", of="a")
    said = answer("2025-12-18", "a")
    judged = replace(
        entry("response_judged", "2025-12-19", "judged", said.id),
        data={"tier": "provider", "satisfactory": True, "reason": "It is settled."},
    )
    found = standing(*both, said, judged)
    assert [found.duties[key].trigger for key in found.open_keys("explain")] == ["b"]


@pytest.mark.parametrize(("refers", "refused"), [((), True), (("a",), False), (("a", "b"), False)])
def test_whose_answer_is_judged_is_said_where_several_are_waited_for(
    refers: tuple[str, ...], refused: bool
) -> None:
    draft = Draft(
        id="judged",
        kind="response_judged",
        happened_at=at("2026-02-02"),
        author="1",
        role="officer",
        data={"tier": "provider", "satisfactory": False, "reason": "Silence."},
        refers_to=refers,
    )
    both = standing(put("a", "Trust"), put("b", "Board", of="a"))
    told_so = propose(both, draft, at("2026-02-02"))
    words = "Say whose answer, or silence, you judge"
    assert (isinstance(told_so, Refusal) and words in str(told_so)) is refused
    alone = propose(standing(put("a", "Trust")), replace(draft, refers_to=()), at("2026-02-02"))
    assert words not in str(alone)
