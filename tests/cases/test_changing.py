"""A case that goes on under another procedure, in another version, or led by another body."""

from dataclasses import replace
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from candour import policies
from candour.cases import standings
from candour.cases.actions import (
    Change,
    Opened,
    Recorded,
    change_procedure,
    open_case,
    preview_change,
)
from candour.cases.log import head_of
from candour.cases.models import Case, CaseDuty
from candour.cases.procedures import ProcedureUnavailable
from candour.cases.rebuilding import rebuild
from candour.cli import migrate_case
from candour.database.row_security import acting_for
from candour.deadlines import waking
from candour.deadlines.waking import due_cases, wake_case
from candour.engine import Comparison, Procedure, Refusal
from candour.people.actor import Actor
from tests.cases.conftest import World
from tests.cases.procedures import PROCEDURE, drafted, later
from tests.engine.small import DUTIES, clock

LETTER = next(each for each in DUTIES if each.id == "letter")
SECOND = replace(
    PROCEDURE,
    version="2",
    duties={**PROCEDURE.duties, "letter": replace(LETTER, clock=clock("10 working days after"))},
)
REASON = "The policy was revised."


@pytest.fixture(autouse=True)
def two_versions(known_procedures: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Procedure]:
    """The present version, and one to which cases may go on; taking it away loses it."""
    there = {PROCEDURE.version: PROCEDURE, "2": SECOND}

    def load_version(name: str, version: str) -> Procedure:
        if version not in there:
            msg = f"There is no version {version} of the procedure “{name}” here."
            raise policies.NoSuchPack(msg)
        return there[version]

    monkeypatch.setattr(policies, "load_version", load_version)
    monkeypatch.setattr(policies, "versions_of", lambda _: list(there))
    monkeypatch.setattr(waking, "named", lambda: [(PROCEDURE.name, version) for version in there])
    return there


def after_a_meeting(world: World) -> Opened:
    case = world.open()
    world.record(case.case_id, drafted("meeting_held", later(hours=1)))
    return case


def go_on(case: Opened, actor: Actor, change: Change, days: float = 1) -> Recorded | Refusal:
    outcome = change_procedure(
        case_id=case.case_id,
        actor=actor,
        change=change,
        draft_id=str(uuid4()),
        expected_seq=None,
        as_of=later(days),
    )
    assert isinstance(outcome, Recorded | Refusal)
    return outcome


def to_second(**more: object) -> Change:
    return replace(Change(PROCEDURE.name, "2", REASON), **more)  # type: ignore[arg-type]  # any part


def letter_due(case: Opened) -> str:
    return str(CaseDuty.objects.get(case_id=case.case_id, duty_id="letter", state="open").due_on)


def test_the_preview_says_what_would_change_and_writes_nothing(at_work: World) -> None:
    case = after_a_meeting(at_work)
    standing = standings.standing_at(head_of(case.case_id))
    found = preview_change(standing, to_second(), at_work.officer, later(1))
    assert isinstance(found, Comparison)
    assert [str(pair.after.due.on) for pair in found.move] == ["2026-03-16"]
    assert Case.objects.get(pk=case.case_id).version == PROCEDURE.version


def test_a_case_goes_on_in_another_version_and_its_dates_with_it(at_work: World) -> None:
    case = after_a_meeting(at_work)
    assert letter_due(case) == "2026-03-09"
    assert isinstance(go_on(case, at_work.officer, to_second()), Recorded)
    assert Case.objects.get(pk=case.case_id).version == "2"
    assert letter_due(case) == "2026-03-16"
    standings.forget_all()
    assert standings.standing_at(head_of(case.case_id)).procedure is SECOND
    at_work.record(case.case_id, drafted("visit_made", later(2)))
    assert [done.differences for done in rebuild(case.ref)] == [()]


def test_sent_twice_it_is_done_once(at_work: World) -> None:
    case = after_a_meeting(at_work)
    key = str(uuid4())
    first, again = (
        change_procedure(
            case_id=case.case_id,
            actor=at_work.officer,
            change=to_second(),
            draft_id=key,
            expected_seq=None,
            as_of=later(days),
        )
        for days in (1, 2)
    )
    assert isinstance(first, Recorded)
    assert isinstance(again, Recorded)
    assert (first.repeated, again.repeated) == (False, True)


def test_an_heir_leads_it_and_the_former_body_sees_what_it_may(at_work: World) -> None:
    case = after_a_meeting(at_work)
    done = go_on(case, at_work.officer, to_second(body=at_work.board))
    assert isinstance(done, Recorded)
    file = Case.objects.get(pk=case.case_id)
    assert (file.body_id, file.shared_with) == (at_work.board.pk, [at_work.council.pk])
    assert set(CaseDuty.objects.values_list("body_id", flat=True)) == {at_work.board.pk}
    with acting_for([at_work.board.pk]):
        assert Case.objects.filter(pk=case.case_id).exists()


def test_a_body_that_is_to_see_no_more_sees_no_more(at_work: World) -> None:
    case = after_a_meeting(at_work)
    change = to_second(body=at_work.board, former_body_sees=False)
    assert isinstance(go_on(case, at_work.officer, change), Recorded)
    assert not Case.objects.filter(pk=case.case_id).exists()
    with acting_for([at_work.board.pk]):
        assert Case.objects.get(pk=case.case_id).shared_with == []
        assert len(standings.standing_at(head_of(case.case_id)).recorded) == 3


def test_only_the_leading_body_may_let_it_go_on_elsewhere(at_work: World) -> None:
    case = after_a_meeting(at_work)
    go_on(case, at_work.officer, to_second(body=at_work.board))
    back = Change(PROCEDURE.name, PROCEDURE.version, REASON, body=at_work.council)
    refusal = go_on(case, at_work.officer, back, days=2)
    assert "Only the body that leads" in str(refusal)


def test_a_body_that_is_not_there_is_refused(at_work: World) -> None:
    case = after_a_meeting(at_work)
    ghost = replace_body(at_work, name="Nobody")
    assert "There is no such body" in str(go_on(case, at_work.officer, to_second(body=ghost)))
    at_work.board.to_date = later().date()
    at_work.board.save()
    ended = to_second(body=at_work.board)
    assert "came to an end" in str(go_on(case, at_work.officer, ended, days=3))


def test_a_body_that_may_not_lead_a_case_is_refused(at_work: World) -> None:
    case = after_a_meeting(at_work)
    provider = to_second(body=at_work.service.provider)
    assert "no function for which cases are led" in str(go_on(case, at_work.officer, provider))
    at_work.board.from_date = later(30).date()
    at_work.board.save()
    early = to_second(body=at_work.board)
    assert "begins its work on 2026-04-01" in str(go_on(case, at_work.officer, early, days=3))
    assert isinstance(go_on(case, at_work.officer, early, days=30), Recorded)


def test_where_the_other_procedure_has_a_live_case_for_the_service_that_case_is_named(
    at_work: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the present procedure there may be any number of cases; under the other, one."""
    loose = replace(PROCEDURE, name="loose_ladder", one_live_case=())
    there = {loose.name: loose, PROCEDURE.name: PROCEDURE}
    monkeypatch.setattr(policies, "load", there.__getitem__)
    first = at_work.open()
    second = open_case(
        actor=at_work.officer,
        procedure=loose,
        body=at_work.council,
        service=at_work.service,
        draft=drafted("case_opened", later()),
        as_of=later(),
    )
    assert isinstance(second, Opened)
    change = Change(PROCEDURE.name, PROCEDURE.version, REASON)
    refusal = str(go_on(second, at_work.officer, change))
    assert f"{first.ref}, led by Council, is open for this service already" in refusal
    assert Case.objects.get(pk=second.case_id).procedure == loose.name


def replace_body(world: World, name: str) -> object:
    body = type(world.board).objects.get(pk=world.board.pk)
    body.name = name
    return body


def test_handing_over_again_by_hand_changes_nothing(at_work: World) -> None:
    case = after_a_meeting(at_work)
    go_on(case, at_work.officer, to_second(body=at_work.board))
    before = Case.objects.values().get(pk=case.case_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_hand_over(%s)", [case.case_id])
    assert Case.objects.values().get(pk=case.case_id) == before


def test_a_case_whose_version_is_gone_says_so_and_is_left_asleep(
    at_work: World, two_versions: dict[str, Procedure], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candour.deadlines.waking.close_old_connections", lambda: None)
    case = after_a_meeting(at_work)
    go_on(case, at_work.officer, to_second())
    woken = later(400)
    assert due_cases(woken, 10) == [(case.case_id, at_work.council.pk)]
    del two_versions["2"]
    standings.forget_all()
    with pytest.raises(
        ProcedureUnavailable, match=r"version 2 .* procedures/test_ladder/versions/2"
    ):
        standings.standing_at(head_of(case.case_id))
    assert due_cases(woken, 10) == []
    assert wake_case(case.case_id, at_work.council.pk, woken) == 0
    assert Case.objects.get(pk=case.case_id).next_change is None
    two_versions["2"] = SECOND
    (done,) = rebuild(case.ref)
    assert [found.what for found in done.differences] == ["next_change"]


@pytest.mark.django_db(transaction=True, databases=["default", "auditor"])
def test_the_command_previews_and_then_does_it(
    transactional_db: None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate_case, "open_site", lambda: None)
    with world.at_work():
        case = after_a_meeting(world)

    def run(*words: str) -> Result:
        return CliRunner().invoke(migrate_case.command, [case.ref, *words])

    looked = run("--version", "2", "--dry-run")
    assert looked.exit_code == 0
    assert "Letter: Mon 9 Mar 2026 → Mon 16 Mar 2026" in looked.output
    assert "Nothing was written." in looked.output
    done = run("--version", "2", "--reason", REASON)
    assert "Done: entry 3" in done.output
    again = run("--version", "2", "--reason", REASON)
    assert again.exit_code == 1
    assert "already" in again.output
    assert run("--version", "9").exit_code == 2
    assert CliRunner().invoke(migrate_case.command, ["XX-1"]).exit_code == 2
