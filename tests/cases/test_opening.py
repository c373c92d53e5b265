from dataclasses import replace

import pytest
from django.db import ProgrammingError, transaction

from candour.bodies.models import Body
from candour.cases.actions import Opened, Recorded, link_experiences, open_case, record
from candour.cases.models import Case, CaseExperience, CaseNumber
from candour.cases.queries import case_by_ref, linked_experiences, standing
from candour.engine import Refusal
from candour.engine.clocks import LONDON
from candour.experiences.models import Experience
from tests.cases.conftest import World
from tests.cases.procedures import NOON, PROCEDURE, drafted, later
from tests.engine.small import at


def attempt(world: World, **more: object) -> Opened | Refusal:
    given: dict[str, object] = {
        "actor": world.officer,
        "procedure": PROCEDURE,
        "body": world.council,
        "service": world.service,
        "draft": drafted("case_opened"),
        "as_of": NOON,
    }
    return open_case(**{**given, **more})  # type: ignore[arg-type]  # one keyword is changed at a time


def close(world: World, case_id: int, days: float) -> None:
    world.record(case_id, drafted("case_closed", later(days=days)))


def test_a_case_has_a_number_a_title_and_its_first_entry(at_work: World) -> None:
    case = at_work.open()

    file = Case.objects.get(ref=case.ref)

    assert case.ref == "TL-2026-0001"
    assert (file.title, file.step, file.seq) == ("Fern House", "intake", 1)
    assert file.service == at_work.service
    assert standing(file).recorded == (case.recorded.entry,)


def test_numbers_follow_each_other_and_begin_anew_each_year(at_work: World) -> None:
    first = at_work.open()
    second = at_work.open(service=at_work.other_service)
    close(at_work, first.case_id, 1)
    # Half an hour into the new year in London; a year's end in summer time would differ from UTC.
    new_year = at("2027-01-01T00:30")
    third = at_work.open(new_year)
    assert [case.ref for case in (first, second, third)] == [
        "TL-2026-0001",
        "TL-2026-0002",
        "TL-2027-0001",
    ]
    assert new_year.tzinfo is LONDON


def test_a_second_live_case_for_a_service_names_the_first_and_the_clause(at_work: World) -> None:
    first = at_work.open()

    outcome = attempt(at_work)

    assert isinstance(outcome, Refusal)
    assert first.ref in str(outcome)
    assert outcome.reasons[0].clauses == ("T-14",)
    assert Case.objects.count() == 1


def test_a_live_case_that_another_body_leads_counts_and_is_named(world: World) -> None:
    with world.at_work():
        first = world.open()
    with world.at_work(world.board):
        outcome = attempt(world, actor=world.outsider, body=world.board)
        assert Case.objects.count() == 0
    assert isinstance(outcome, Refusal)
    assert f"{first.ref}, led by Council" in str(outcome)


def test_once_closed_another_may_be_opened_and_the_first_not_reopened(at_work: World) -> None:
    first = at_work.open()
    close(at_work, first.case_id, 1)
    second = at_work.open(later(days=2))

    outcome = record(
        case_id=first.case_id,
        actor=at_work.officer,
        draft=drafted("case_reopened", later(days=3)),
        expected_seq=None,
        as_of=later(days=3),
    )

    assert isinstance(outcome, Refusal)
    assert second.ref in str(outcome)
    close(at_work, second.case_id, 4)
    again = at_work.record(first.case_id, drafted("case_reopened", later(days=5)))
    assert again.standing.step == "panel"
    assert isinstance(attempt(at_work), Refusal)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"draft": drafted("concern_raised")}, "begins with"),
        ({"draft": drafted("case_opened", at_risk=None)}, "Is anyone at risk?"),
        ({"draft": drafted("case_opened", later(days=1))}, "future"),
        ({"service": None}, "which service"),
        ({"draft": replace(drafted("case_opened"), id="7")}, "Open it again"),
    ],
)
def test_a_refused_opening_leaves_no_case_and_takes_no_number(
    at_work: World, change: dict[str, object], says: str
) -> None:
    outcome = attempt(at_work, **change)

    assert isinstance(outcome, Refusal)
    assert says in str(outcome)
    assert not Case.objects.exists()
    assert at_work.open().ref == "TL-2026-0001"


def test_only_somebody_of_the_body_opens_its_cases(at_work: World) -> None:
    outcome = attempt(at_work, actor=at_work.outsider)
    assert isinstance(outcome, Refusal)
    assert "somebody who works there" in str(outcome)


def test_sending_the_form_again_gives_the_case_it_opened(at_work: World) -> None:
    draft = drafted("case_opened")
    first = at_work.open(draft=draft)
    at_work.record(first.case_id, drafted("visit_made"))

    again = attempt(at_work, draft=draft)

    assert isinstance(again, Opened)
    assert again.recorded.repeated
    assert (again.case_id, again.recorded.entry) == (first.case_id, first.recorded.entry)
    assert Case.objects.count() == 1


def test_an_id_that_is_another_entrys_opens_nothing(at_work: World) -> None:
    case = at_work.open()
    visit = at_work.record(case.case_id, drafted("visit_made"))

    outcome = attempt(
        at_work, service=at_work.other_service, draft=drafted("case_opened", id_=visit.entry.id)
    )

    assert isinstance(outcome, Refusal)
    assert Case.objects.count() == 1


def test_an_id_that_another_bodys_entry_has_opens_nothing(world: World) -> None:
    with world.at_work():
        case = world.open()
    with world.at_work(world.board):
        outcome = attempt(
            world,
            actor=world.outsider,
            body=world.board,
            service=world.other_service,
            draft=drafted("case_opened", id_=case.recorded.entry.id),
        )
        assert not Case.objects.exists()
    assert isinstance(outcome, Refusal)


def test_nobody_but_the_owner_reads_the_numbers(at_work: World) -> None:
    at_work.open()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CaseNumber.objects.count()


def experience(world: World, ref: str, body: Body | None = None) -> Experience:
    return Experience.objects.create(
        body=body or world.council, source="form", source_ref=ref, answer="Kind.", created_at=NOON
    )


def test_experiences_are_linked_by_an_entry(at_work: World) -> None:
    case = at_work.open()
    told = [experience(at_work, "a"), experience(at_work, "b")]

    done = link_experiences(
        case_id=case.case_id,
        actor=at_work.officer,
        experiences=[each.pk for each in told],
        draft_id=drafted("x").id,
        as_of=later(hours=1),
        why="The same home.",
    )

    assert isinstance(done, Recorded)
    assert linked_experiences(case.case_id) == [each.pk for each in told]
    withdrawn = drafted("correction_made", later(days=1), done.entry.id, withdraws=True)
    at_work.record(case.case_id, withdrawn)
    assert not CaseExperience.objects.exists()


def test_an_experience_that_the_body_does_not_hold_is_not_linked(world: World) -> None:
    with world.at_work(world.board):
        theirs = experience(world, "theirs", world.board)
    with world.at_work():
        case = world.open()
        outcome = link_experiences(
            case_id=case.case_id,
            actor=world.officer,
            experiences=[theirs.pk, 10**30],
            draft_id=drafted("x").id,
            as_of=NOON,
        )
        assert isinstance(outcome, Refusal)
        assert str(theirs.pk) in str(outcome)
        assert str(10**30) in str(outcome)
        assert standing(case.case_id).recorded == (case.recorded.entry,)


@pytest.mark.parametrize("typed", ["tl-2026-0001", " TL-2026-0001 "])
def test_a_case_is_found_by_its_number_however_it_is_typed(at_work: World, typed: str) -> None:
    case = at_work.open()
    found = case_by_ref(typed)
    assert found is not None
    assert found.pk == case.case_id


@pytest.mark.parametrize("typed", ["", "TL-2026-0002", "TL\x00", "\ud800", "’ OR 1=1"])
def test_what_is_no_number_finds_no_case(at_work: World, typed: str) -> None:
    at_work.open()
    assert case_by_ref(typed) is None


def test_no_case_is_opened_under_a_base(at_work: World) -> None:
    answer = attempt(at_work, procedure=replace(PROCEDURE, is_base=True))
    assert isinstance(answer, Refusal)
    assert "only serves other procedures" in str(answer)
    assert not Case.objects.exists()
