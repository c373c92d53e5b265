"""The register of recipients: drawn from the logs, narrowed, paged, and seen only by its bodies."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour import policies
from candour.cases import standings
from candour.cases.models import Case, CaseRecipient
from candour.cases.queries.recipients import RegisterPage, UnknownPage, Which, register
from candour.cases.rebuilding import Rebuilt, rebuild
from candour.database.row_security import acting_for
from candour.policies import packs
from tests.support.answering import open_with, put, say
from tests.support.casework import Town, london, make_town

EARLY, LATER = london("2025-12-20T09:00"), london("2026-01-22T09:00")


@pytest.fixture(autouse=True)
def real_procedures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "load", packs.load)
    standings.forget_all()


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    town = make_town()
    with acting_for([town.healthwatch.pk]):
        yield town


@pytest.fixture
def case(town: Town) -> Case:
    case = open_with(town)
    first = put(town, case, "Ely Hospitals Trust")
    put(town, case, "Ely Board", first, when="2025-12-08T11:00")
    other = put(
        town,
        case,
        "Fen Home",
        when="2025-12-08T12:00",
        response_basis="voluntary",
        recipient_kind="care_provider",
        received_on="2025-12-10",
    )
    say(town, case, "acknowledgement_received", "2025-12-12T09:00", {"responsible": True}, first)
    data = {"from_whom": "Fen Home", "tier": "organisation", "response": "We will."}
    say(town, case, "response_received", "2025-12-15T09:00", data, other)
    return case


def page(town: Town, which: Which, *, late: bool = False, **more: object) -> RegisterPage:
    as_of = LATER if late else EARLY
    return register(bodies=[town.healthwatch.pk], which=which, as_of=as_of, **more)  # type: ignore[arg-type]  # few are given at a time


def names(found: RegisterPage) -> list[str]:
    return [item.name for item in found.items]


def test_each_choice_shows_its_own_and_counts_all(town: Town, case: Case) -> None:
    found = page(town, Which.OPEN)
    assert names(found) == ["Ely Hospitals Trust", "Ely Board"]
    assert found.counts == {Which.OPEN: 2, Which.LATE: 0, Which.UNANSWERED: 0, Which.ALL: 3}
    trust = found.items[0]
    assert (trust.ref, str(trust.due_on), str(trust.acknowledged_on)) == (
        case.ref,
        "2026-01-21",
        "2025-12-12",
    )
    assert "more than one body" in trust.because
    assert trust.because_cy
    assert names(page(town, Which.LATE, late=True)) == ["Ely Hospitals Trust", "Ely Board"]
    assert names(page(town, Which.ALL)) == ["Fen Home", "Ely Hospitals Trust", "Ely Board"]


def test_silence_that_was_judged_stays_in_the_register_of_those_who_never_answered(
    town: Town, case: Case
) -> None:
    data = {"tier": "organisation", "satisfactory": False, "reason": "Asked twice more."}
    for item in page(town, Which.OPEN).items:
        say(town, case, "response_judged", "2026-02-02T09:00", data, item.put_by)
    found = page(town, Which.UNANSWERED, late=True)
    assert names(found) == ["Ely Hospitals Trust", "Ely Board"]
    assert {item.state for item in found.items} == {"unanswered"}
    assert not page(town, Which.OPEN).items


def test_narrowed_to_one_recipient_however_it_is_written(town: Town, case: Case) -> None:
    found = page(town, Which.ALL, name=" ELY  board ")
    assert names(found) == ["Ely Board"]
    assert found.counts[Which.ALL] == 1
    assert found.names == ("Ely Board", "Ely Hospitals Trust", "Fen Home")


def test_paged_without_a_gap_or_a_double(town: Town, case: Case) -> None:
    seen, after = [], ""
    for _page in range(4):
        found = page(town, Which.ALL, size=1, after=after)
        seen += names(found)
        after = found.next
        if not after:
            break
    assert seen == names(page(town, Which.ALL))


@pytest.mark.parametrize("token", ["x", "2026-01-01T00:00:00+00:00~x", "2026-01-01~1", "~"])
def test_a_page_that_no_page_gave_out(town: Town, token: str) -> None:
    with pytest.raises(UnknownPage):
        page(town, Which.ALL, after=token)


def test_three_queries_however_many_there_are(town: Town, case: Case) -> None:
    with CaptureQueriesContext(connection) as asked:
        page(town, Which.ALL)
    assert len(asked) == 3


def test_a_correction_of_the_day_of_receipt_moves_the_row(town: Town, case: Case) -> None:
    row = CaseRecipient.objects.get(name="Ely Board")
    data = {"changes": {"received_on": "2025-12-10"}, "why": "Their stamp says so."}
    say(town, case, "correction_made", "2025-12-16T09:00", data, str(row.put_by))
    moved = CaseRecipient.objects.get(name="Ely Board")
    assert str(moved.due_on) == "2026-01-23"
    assert moved.pk == row.pk


def test_what_was_withdrawn_leaves_the_register(town: Town, case: Case) -> None:
    row = CaseRecipient.objects.get(name="Ely Board")
    data = {"withdraws": True, "why": "It was never sent to them."}
    say(town, case, "correction_made", "2025-12-16T09:00", data, str(row.put_by))
    assert names(page(town, Which.OPEN)) == ["Ely Hospitals Trust"]
    assert str(CaseRecipient.objects.get(name="Ely Hospitals Trust").due_on) == "2026-01-07"


def test_rebuilding_finds_nothing_and_puts_right_what_was_changed(town: Town, case: Case) -> None:
    assert list(rebuild(case.ref)) == [Rebuilt(case.ref)]
    before = list(CaseRecipient.objects.order_by("put_by").values("put_by", "state", "due_on"))
    CaseRecipient.objects.filter(name="Ely Board").update(state="answered")
    CaseRecipient.objects.filter(name="Fen Home").delete()
    (found,) = rebuild(case.ref)
    assert [each.what for each in found.differences] == ["recipients", "recipients"]
    after = list(CaseRecipient.objects.order_by("put_by").values("put_by", "state", "due_on"))
    assert after == before


def test_another_body_sees_nothing_even_when_it_asks_for_it(town: Town, case: Case) -> None:
    with acting_for([town.elsewhere.pk]):
        assert not CaseRecipient.objects.exists()
        assert not page(town, Which.ALL).items
