"""Entries that would leave a case unreadable, or reach what their author may not, are refused."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from candour.cases.actions import Recorded, link_experiences, record, wake
from candour.cases.models import Case, CaseExperience
from candour.cases.queries import entries
from candour.engine import Draft, Refusal, Standing, Words, entered, fold
from candour.engine.conditions import Elapsed
from candour.engine.procedure import Auto
from candour.experiences.models import Experience
from candour.people.actor import Actor
from tests.cases.conftest import World
from tests.cases.procedures import NOON, PROCEDURE, drafted, later
from tests.engine.small import OPENED, WALES, at, clock, pattern
from tests.support.told import tell


def attempt(world: World, case_id: int, draft: Draft, **more: object) -> object:
    wanted = {"actor": world.head, "expected_seq": None, "as_of": draft.happened_at, **more}
    return record(case_id=case_id, draft=draft, **wanted)  # type: ignore[arg-type]  # as given


def refused(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return str(outcome)


@pytest.mark.parametrize("line", ["abc", "9" * 5_000, "٣", "1_0", "-1", "0x1", ""])
def test_a_correction_links_nothing_that_is_no_experience(at_work: World, line: str) -> None:
    (mine,) = tell(at_work.council, ["One of ours"])
    case = at_work.open()
    linked = link_experiences(
        case_id=case.case_id,
        actor=at_work.head,
        experiences=[mine.pk],
        draft_id=str(uuid4()),
        as_of=later(hours=1),
    )
    assert isinstance(linked, Recorded)
    wrong = drafted(
        "correction_made", later(hours=2), linked.entry.id, changes={"experiences": [line]}
    )
    assert refused(attempt(at_work, case.case_id, wrong))
    straight = drafted("experience_linked", later(hours=2), experiences=[line])
    assert refused(attempt(at_work, case.case_id, straight))
    assert [link.experience_id for link in CaseExperience.objects.all()] == [mine.pk]


def test_a_correction_links_no_experience_of_another_body(world: World) -> None:
    with world.at_work(world.board):
        (theirs,) = tell(world.board, ["One of theirs"])
    with world.at_work():
        (mine,) = tell(world.council, ["One of ours"])
        case = world.open()
        linked = link_experiences(
            case_id=case.case_id,
            actor=world.head,
            experiences=[mine.pk],
            draft_id=str(uuid4()),
            as_of=later(hours=1),
        )
        assert isinstance(linked, Recorded)
        for numbers in ([str(theirs.pk)], [str(mine.pk), str(theirs.pk)], [str(2**63 - 1)]):
            changes = {"experiences": numbers}
            wrong = drafted("correction_made", later(hours=2), linked.entry.id, changes=changes)
            assert "holds" in refused(attempt(world, case.case_id, wrong))
        assert Experience.objects.count() == 1


def test_what_only_the_passing_of_time_would_ask_is_asked_before_an_entry_is_taken() -> None:
    """A condition counts working days from visits; of a visit before the calendar it cannot."""
    waits = Elapsed(
        clock=clock("5 working days after"), calendar=WALES, pattern=pattern("visit_made")
    )
    auto = Auto("waits", Words("It has waited"), (waits,), "decision_made", {"decision": "none"})
    procedure = replace(PROCEDURE, autos=(auto,))
    standing = fold(procedure, [OPENED])
    early = replace(drafted("visit_made", at("2020-01-01")), role="officer", author="1")
    assert "outside the calendar" in refused(entered(standing, early, NOON))
    known = replace(drafted("visit_made", at("2026-03-02")), role="officer", author="1")
    assert isinstance(entered(standing, known, NOON), Standing)


@pytest.mark.parametrize("role", ["system", "chair of everything", ""])
def test_no_person_acts_in_a_role_that_is_none(at_work: World, role: str) -> None:
    case = at_work.open()
    actor = Actor(user=at_work.head.user, role=role, body=at_work.council)
    wanted = drafted("step_entered", later(hours=1), move="to_panel", step="panel")
    assert refused(attempt(at_work, case.case_id, wanted, actor=actor))
    assert len(entries(case.case_id)) == 1


def test_the_draft_s_own_author_and_role_are_not_believed(at_work: World) -> None:
    case = at_work.open()
    lying = replace(drafted("visit_made", later(hours=1)), author="system", role="system")
    done = attempt(at_work, case.case_id, lying)
    assert isinstance(done, Recorded)
    assert (done.entry.author, done.entry.role) == (str(at_work.head.user_id), "head")


def test_a_case_with_dates_at_the_end_of_time_is_still_read_and_woken(at_work: World) -> None:
    case = at_work.open()
    for number, due in enumerate(["0001-01-01", "9999-12-30", "9999-12-31"]):
        draft = drafted("action_added", later(hours=1 + number), due_on=due)
        outcome = attempt(at_work, case.case_id, draft)
        assert isinstance(outcome, Refusal if due == "9999-12-31" else Recorded), outcome
    assert wake(case.case_id, NOON + timedelta(days=365 * 40)) == 0
    file = Case.objects.get(pk=case.case_id)
    assert file.next_change is not None
    assert file.next_change.year == 9999
