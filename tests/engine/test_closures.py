"""The people of a closing service: nobody who was listed is forgotten."""

from datetime import date

from candour.engine import Entry
from candour.engine.closures import Lack, Resident, resident_of, residents
from tests.engine.small import entry, standing

LIST = entry(
    "residents_listed",
    "2026-03-02T09:00",
    "list",
    residents=["R1", " r2 ", "", "R3"],
    self_funders=["R2"],
    move_by="2026-05-20",
)
WHOLE: dict[str, object] = {
    "case_manager": "A. Jones",
    "advocate_needed": False,
    "moves_to": "Wren Villas",
    "moves_on": "2026-04-06",
}


def planned(id_: str, resident: str, day: int = 3, /, **data: object) -> Entry:
    when = f"2026-03-{day:02}T09:00"
    return entry("relocation_planned", when, id_, **{**data, "resident": resident})


def found(*log: Entry) -> dict[str, Resident]:
    return {resident.number: resident for resident in residents(standing(LIST, *log))}


def test_everybody_listed_is_there_once_in_the_order_of_the_lists() -> None:
    later = entry(
        "residents_listed",
        "2026-03-05",
        "later",
        residents=["R4", "R 1", "R1"],
        move_by="2026-05-20",
    )
    people = found(later)
    assert list(people) == ["R1", "r2", "R3", "R4", "R 1"]
    assert [r.self_funding for r in people.values()] == [False, True, False, False, False]
    assert residents(standing()) == ()


def test_who_has_no_plan_lacks_one_and_nothing_else_is_asked_yet() -> None:
    assert found()["R1"].lacks == (Lack.PLAN,)
    # A care plan is not a plan of the move.
    shared = {"resident": "R1", "shared_with": "Wren Villas", "transition": "A visit a week."}
    assessed = entry("care_plan_shared", "2026-03-03", "x", **shared)
    assert found(assessed)["R1"].lacks == (Lack.PLAN,)
    assert found(assessed)["R1"].entries == (assessed,)


def test_each_thing_that_a_plan_lacks_is_named() -> None:
    assert found(planned("p", "R1", case_manager="A. Jones"))["R1"].lacks == (
        Lack.ADVOCATE,
        Lack.HOME,
        Lack.DATE,
    )
    assert found(planned("p", "R1", **{**WHOLE, "moves_to": ""}))["R1"].lacks == (Lack.HOME,)
    assert found(planned("p", "r1", **WHOLE))["R1"].lacks == ()


def test_an_advocate_is_wanted_unless_it_was_said_that_none_is_needed() -> None:
    wanted = {**WHOLE, "advocate_needed": True}
    assert found(planned("p", "R1", **wanted))["R1"].lacks == (Lack.ADVOCATE,)
    assert found(planned("p", "R1", **{**wanted, "advocate": "S. Rees"}))["R1"].lacks == ()


def test_a_nurse_is_wanted_where_the_service_nurses() -> None:
    plan = planned("p", "R1", **WHOLE)
    agreed = entry(
        "closure_plan_agreed", "2026-03-04", "agreed", agreed_by_role="head", nursing_care=True
    )
    assert found(plan, agreed)["R1"].lacks == (Lack.NURSE,)
    nurse = planned("n", "R1", 5, case_manager="A. Jones", nurse_assessor="N. Bevan")
    assert found(plan, agreed, nurse)["R1"].lacks == ()
    no = entry(
        "closure_plan_agreed", "2026-03-04", "agreed", agreed_by_role="head", nursing_care=False
    )
    assert found(plan, no)["R1"].lacks == ()


def test_a_later_plan_adds_to_the_earlier_and_its_last_word_holds() -> None:
    first = planned("a", "R1", case_manager="A. Jones", moves_on="2026-04-06")
    again = {"case_manager": "B. Bevan", "moves_to": "Wren Villas", "moves_on": "2026-04-07"}
    second = planned("b", "R1", 10, **again)
    resident = found(first, second)["R1"]
    assert resident.lacks == (Lack.ADVOCATE,)
    assert resident.moves_on == date(2026, 4, 7)
    assert resident.plan["case_manager"] == "B. Bevan"


def test_who_has_moved_lacks_nothing_even_without_a_plan() -> None:
    moved = entry("resident_moved", "2026-04-03T23:30", "moved", resident="R1")
    resident = found(moved)["R1"]
    assert (resident.lacks, resident.moved, resident.moves_on) == ((), moved, date(2026, 4, 3))
    assert found()["R3"].moves_on is None


def test_a_resident_is_found_however_the_number_is_written() -> None:
    there = resident_of(standing(LIST), "  R2")
    assert there is not None
    assert there.number == "r2"
    assert resident_of(standing(LIST), "R9") is None
