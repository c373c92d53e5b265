"""The plans of all cases: each action in the column of its colour, narrowed, paged, kept apart."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour import policies
from candour.cases import standings
from candour.cases.models import Case, CaseAction, CaseEntry
from candour.cases.queries import planned_columns
from candour.cases.queries.planned import (
    PlannedPage,
    UnknownPage,
    board,
    every,
    planned,
)
from candour.cases.queries.planned_columns import Narrowed
from candour.cases.rebuilding import Rebuilt, rebuild
from candour.database.row_security import acting_for
from candour.engine.london import end_of
from candour.engine.rag import Lane, because, lane
from candour.policies import packs
from tests.support.casework import Town, add, london, make_town, open_at
from tests.support.plans import ACTION

NOW = london("2026-04-14T09:00")
TODAY = date(2026, 4, 14)


@pytest.fixture(autouse=True)
def real_procedures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "load", packs.load)
    standings.forget_all()


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    town = make_town()
    with acting_for([town.council.pk]):
        yield town


@pytest.fixture
def case(town: Town) -> Case:
    return open_at(town, "2026-03-09T09:00")


def row(case: Case, number: int, due: date | None, **more: object) -> CaseAction:
    late_from = end_of(due) if due else None
    given: dict[str, object] = {
        "case": case,
        "body_id": case.body_id,
        "action": uuid4(),
        "plan": "cap",
        "number": number,
        "what": f"Action {number}",
        "owner": "M. Price",
        "owner_key": "m. price",
        "first_due": due,
        "due_on": due,
        "late_from": late_from,
        "stands": "open",
        "extended": False,
        "sent_back": False,
        "unable": False,
        "evidence": 0,
        "sorts_at": late_from or london("9998-12-31T00:00"),
    }
    return CaseAction(**{**given, **more})


def shown(town: Town, narrowed: Narrowed | None = None, **more: int) -> PlannedPage:
    narrowed = narrowed or Narrowed()
    return board(bodies=[town.council.pk], narrowed=narrowed, as_of=NOW, **more)


def test_every_action_stands_in_the_column_of_its_colour(town: Town, case: Case) -> None:
    """The conditions in SQL and the rule of the engine say the same of every mixture."""
    yes_no = (False, True)
    dues = (TODAY - timedelta(1), TODAY, TODAY + timedelta(7), TODAY + timedelta(8), None)
    whens = product(("open", "done", "done_late", "ended"), dues)
    mixtures = [(when, flags) for when, flags in product(whens, product(*[yes_no] * 5))]
    CaseAction.objects.bulk_create(
        row(
            case,
            number,
            due,
            stands=stands,
            said_done_on=TODAY if said else None,
            asked_until=TODAY if asked else None,
            sent_back=back,
            extended=extended,
            unable=unable,
        )
        for number, ((stands, due), (said, asked, back, extended, unable)) in enumerate(mixtures)
    )
    found = shown(town, size=1000)
    assert len(found.items) == 4 * 5 * 2**5
    assert {item.lane for item in found.items} == set(Lane)
    assert [i for i in found.items if lane(because(i.facts(NOW))) is not i.lane] == []
    assert sum(found.counts.values()) == len(found.items)


def test_an_action_is_drawn_from_the_log_as_it_goes_on(town: Town, case: Case) -> None:
    action = add(town, case, "action_added", "2026-03-31T09:00", ACTION).entry.id
    (item,) = shown(town).items
    assert (item.lane, item.what, item.owner, item.plan) == (
        Lane.SOON,
        "Check every round against its chart.",
        "M. Price",
        "cap",
    )
    assert (str(item.due_on), item.service, item.action) == ("2026-04-20", "Plas Derwen", action)
    said = {"plan": "cap", "progress": "Done.", "says_done": True}
    add(town, case, "action_progressed", "2026-04-10T09:00", said, refers_to=(action,))
    (item,) = shown(town).items
    assert (item.lane, str(item.said_done_on)) == (Lane.VERIFY, "2026-04-10")
    seen = {"evidence": "Charts.", "risk_review": "Lower."}
    add(town, case, "action_completed", "2026-04-10T09:00", seen, refers_to=(action,))
    (item,) = shown(town).items
    assert (item.lane, item.stands, item.said_done_on) == (Lane.DONE, "done", None)


def test_rebuilding_finds_nothing_and_puts_right_what_was_changed(town: Town, case: Case) -> None:
    action = add(town, case, "action_added", "2026-03-31T09:00", ACTION).entry.id
    wish = {"wanted_by": "2026-05-05", "reason": "The pharmacist starts in May."}
    add(town, case, "more_time_asked", "2026-04-01T09:00", wish, refers_to=(action,))
    assert list(rebuild(case.ref)) == [Rebuilt(case.ref)]
    CaseAction.objects.update(asked_until=None, owner="Somebody else")
    (found,) = rebuild(case.ref)
    assert [each.what for each in found.differences] == ["actions"]
    held = CaseAction.objects.get()
    assert (held.owner, str(held.asked_until)) == ("M. Price", "2026-05-05")


def test_a_withdrawn_action_leaves_the_plans(town: Town, case: Case) -> None:
    action = add(town, case, "action_added", "2026-03-31T09:00", ACTION).entry.id
    gone = {"withdraws": True, "why": "It was added to the wrong case."}
    add(town, case, "correction_made", "2026-04-01T09:00", gone, refers_to=(action,))
    assert shown(town).items == ()


def test_narrowed_by_plan_owner_and_service(town: Town, case: Case) -> None:
    hospital = open_at(town, "2026-03-10T09:00", service=town.hospital)
    add(town, case, "action_added", "2026-03-31T09:00", ACTION)
    other = {**ACTION, "plan": "dap", "owner": "Sister  Non Rees"}
    add(town, hospital, "action_added", "2026-03-31T09:00", other)
    neither = {name: value for name, value in ACTION.items() if name != "plan"}
    add(town, hospital, "action_added", "2026-03-31T09:30", neither)

    def refs(**narrowed: str) -> list[str]:
        return [item.plan for item in shown(town, Narrowed(**narrowed)).items]

    assert refs() == ["cap", "dap", ""]
    assert refs(plan="dap") == ["dap"]
    assert refs(plan="none") == [""]
    assert refs(owner="sister non") == ["dap"]
    assert refs(service="ELY general") == ["dap", ""]
    assert refs(service=case.ref.lower()) == ["cap"]
    assert refs(service="100%") == []
    counts = shown(town, Narrowed(service="ely")).counts
    assert counts[Lane.SOON] == 2


@pytest.mark.parametrize("stands", ["open", "done"])
def test_paged_without_a_gap_or_a_double(town: Town, case: Case, stands: str) -> None:
    CaseAction.objects.bulk_create(
        row(case, number, TODAY + timedelta(30 + number // 2), stands=stands) for number in range(7)
    )
    column = Lane.ON_COURSE if stands == "open" else Lane.DONE
    seen: list[int] = []
    after = ""
    for _page in range(4):
        found = planned(
            bodies=[town.council.pk],
            narrowed=Narrowed(),
            lane=column,
            as_of=NOW,
            after=after,
            size=2,
        )
        seen += [item.number for item in found.items]
        after = found.next
    assert after == ""
    assert sorted(seen) == list(range(7))
    assert seen[0] == (0 if stands == "open" else 6)


@pytest.mark.parametrize("token", ["x", "2026-01-01T00:00:00+00:00~x", "2026-01-01~1", "~"])
def test_a_page_that_no_page_gave_out(town: Town, token: str) -> None:
    with pytest.raises(UnknownPage):
        planned(bodies=[], narrowed=Narrowed(), lane=Lane.LATE, as_of=NOW, after=token)


def test_a_file_holds_the_columns_that_were_asked_for(town: Town, case: Case) -> None:
    CaseAction.objects.bulk_create(
        [row(case, 1, TODAY - timedelta(1)), row(case, 2, TODAY + timedelta(30))]
    )
    late = every(
        bodies=[town.council.pk], narrowed=Narrowed(), lanes=[Lane.LATE], as_of=NOW, most=10
    )
    assert [item.number for item in late] == [1]


@pytest.mark.parametrize(
    ("narrowed", "queries"),
    [({}, 2), ({"plan": "cap"}, 2), ({"service": "plas"}, 3), ({"owner": "m. price"}, 3)],
)
def test_as_many_queries_however_many_there_are(
    town: Town, case: Case, narrowed: dict[str, str], queries: int
) -> None:
    CaseAction.objects.bulk_create(row(case, n, TODAY + timedelta(n)) for n in range(60))
    with CaptureQueriesContext(connection) as asked:
        shown(town, Narrowed(**narrowed))
    assert len(asked) == queries


@pytest.mark.parametrize("few", [0, 1, 10_000])
def test_many_and_few_of_an_owner_or_a_service_are_the_same(
    town: Town, case: Case, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hospital = open_at(town, "2026-03-10T09:00", service=town.hospital)
    others = {"owner": "Sister Non Rees", "owner_key": "sister non rees"}
    CaseAction.objects.bulk_create(
        row(about, n, TODAY + timedelta(n * 5 - 9), unable=n == 7, extended=n == 5, **who)
        for about in (case, hospital)
        for who in (others, {})
        for n in range(9)
    )
    monkeypatch.setattr(planned_columns, "FEW", few)
    monkeypatch.setattr(planned_columns, "FEW_CASES", few)
    for narrowed, number in (
        (Narrowed(owner="sister"), 18),
        (Narrowed(service="ely"), 18),
        (Narrowed(owner="sister", service="ely"), 9),
        (Narrowed(owner="nobody"), 0),
        (Narrowed(service="nowhere"), 0),
        (Narrowed(service=case.ref, plan="dap"), 0),
    ):
        page = shown(town, narrowed)
        assert sum(page.counts.values()) == len(page.items) == number, narrowed
        assert [item.lane for item in page.items] == [
            lane(because(item.facts(NOW))) for item in page.items
        ]


def test_another_body_sees_nothing_even_when_it_asks_for_it(town: Town, case: Case) -> None:
    add(town, case, "action_added", "2026-03-31T09:00", ACTION)
    assert CaseEntry.objects.filter(case=case, kind="action_added").exists()
    with acting_for([town.elsewhere.pk]):
        assert not shown(town).items
        assert not CaseAction.objects.exists()
