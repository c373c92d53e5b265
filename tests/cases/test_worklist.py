import sys
from datetime import datetime
from typing import Protocol

import pytest

from candour.bodies.models import Service
from candour.cases.actions import Opened, open_case
from candour.cases.models import CaseDuty
from candour.cases.queries import Counts, DueItem, Group, Scope, WorklistPage, worklist
from candour.cases.queries.worklist import MOST_COUNTED, UnknownPage
from candour.people.models import Post
from tests.cases.conftest import World
from tests.cases.procedures import PROCEDURE, drafted, later
from tests.engine.small import at

MONDAY = at("2026-03-30T10:00")


class AtMost(Protocol):
    """pytest-django's fixture."""

    def __call__(self, num: int) -> object: ...


def page(
    world: World,
    *,
    scope: Scope = Scope.BODY,
    as_of: datetime = MONDAY,
    role: str = "officer",
    **more: object,
) -> WorklistPage:
    posts = [Post(body=world.council, role=role)]
    return worklist(posts=posts, scope=scope, as_of=as_of, **more)  # type: ignore[arg-type]  # few are given at a time


def told(found: WorklistPage) -> list[tuple[str, Group]]:
    return [(item.duty_id, item.group) for item in found.items]


def owed(world: World) -> int:
    """A meeting on Monday: decisions due Tuesday, letter on 8 April, reconvening on 11 May."""
    case = world.open()
    world.record(case.case_id, drafted("meeting_held", MONDAY))
    return case.case_id


def test_what_is_owed_comes_soonest_first(at_work: World) -> None:
    owed(at_work)
    found = page(at_work)
    assert told(found) == [
        ("decisions", Group.THIS_WEEK),
        ("letter", Group.LATER),
        ("reconvene", Group.LATER),
    ]
    first = found.items[0]
    assert (first.ref, first.case_title, first.service, first.step) == (
        "TL-2026-0001",
        "Fern House",
        "Fern House",
        "intake",
    )
    assert (first.title, first.title_cy, first.owner_role) == (
        "Decisions",
        "decisions (cy)",
        "officer",
    )
    assert str(first.due_on) == "2026-03-31"


@pytest.mark.parametrize(
    ("moment", "group"),
    [
        ("2026-03-30T23:59:59", Group.THIS_WEEK),
        ("2026-03-31T00:00", Group.TODAY),
        ("2026-03-31T23:59:59", Group.TODAY),
        ("2026-04-01T00:00", Group.LATE),
    ],
)
def test_a_day_is_a_london_day(at_work: World, moment: str, group: Group) -> None:
    owed(at_work)
    assert told(page(at_work, as_of=at(moment)))[0] == ("decisions", group)


def test_this_week_is_the_seven_days_after_today(at_work: World) -> None:
    case = at_work.open()
    for id_, day in (("s", "2026-04-06"), ("m", "2026-04-07")):
        at_work.record(case.case_id, drafted("action_added", MONDAY, due_on=day, owner=id_))
    assert [group for _, group in told(page(at_work))] == [Group.THIS_WEEK, Group.LATER]


def test_hours_count_to_the_instant(at_work: World) -> None:
    case = at_work.open()
    serious = drafted("concern_raised", MONDAY, seriousness="serious_risk_of_harm")
    at_work.record(case.case_id, serious)
    due = at("2026-03-31T10:00")
    by_duty = {item.duty_id: item for item in page(at_work, as_of=due).items}
    assert by_duty["referral"].due_at == due
    assert by_duty["referral"].group is Group.TODAY
    second_later = at("2026-03-31T10:00:01")
    assert dict(told(page(at_work, as_of=second_later)))["referral"] is Group.LATE


def test_paused_clocks_come_last_and_say_so(at_work: World) -> None:
    case_id = owed(at_work)
    paused = drafted("clock_paused", MONDAY, duty="decisions")
    at_work.record(case_id, paused)
    found = page(at_work)
    assert told(found)[-1] == ("decisions", Group.PAUSED)
    assert found.items[-1].late_from is None
    assert found.counts[Scope.BODY].paused == 1


def test_mine_is_what_my_role_owes(at_work: World) -> None:
    case_id = owed(at_work)
    CaseDuty.objects.filter(case_id=case_id, duty_id="letter").update(owner_role="chair")
    assert told(page(at_work, scope=Scope.MINE, role="chair")) == [("letter", Group.LATER)]
    counts = page(at_work, scope=Scope.MINE, role="chair").counts
    assert counts == {
        Scope.MINE: Counts(0, 0, 0, 1, 0),
        Scope.BODY: Counts(0, 0, 1, 2, 0),
    }
    assert counts[Scope.BODY].total == 3


def test_met_and_ended_duties_are_gone(at_work: World) -> None:
    case_id = owed(at_work)
    at_work.record(case_id, drafted("minutes_circulated", at("2026-03-31T09:00")))
    assert [duty for duty, _ in told(page(at_work))] == ["letter", "reconvene"]


def test_another_bodys_worklist_is_its_own(world: World) -> None:
    with world.at_work():
        owed(world)
    with world.at_work(world.board):
        found = page(world)
        assert (found.items, found.counts[Scope.BODY].total) == ((), 0)


def test_without_posts_there_is_nothing(at_work: World) -> None:
    owed(at_work)
    found = worklist(posts=[], scope="body", as_of=MONDAY)
    assert (found.items, found.next, found.suggestions) == ((), "", ())


def many(world: World, count: int) -> None:
    case = world.open()
    for number in range(count):
        day = f"2026-05-{number % 7 + 1:02d}"
        world.record(case.case_id, drafted("action_added", MONDAY, due_on=day))


def test_pages_meet_without_gap_or_overlap(at_work: World) -> None:
    many(at_work, 17)
    whole = page(at_work).items
    gathered: list[DueItem] = []
    after = ""
    for _ in range(4):
        found = page(at_work, after=after, size=5)
        gathered.extend(found.items)
        after = found.next
    assert tuple(gathered) == whole
    assert len(whole) == 17
    assert after == ""


def test_one_group_can_be_asked_for(at_work: World) -> None:
    owed(at_work)
    assert told(page(at_work, group=Group.LATER)) == [
        ("letter", Group.LATER),
        ("reconvene", Group.LATER),
    ]
    assert told(page(at_work, group="late")) == []
    assert told(page(at_work, group="late", as_of=at("2026-04-01"))) == [("decisions", Group.LATE)]
    first = page(at_work, group=Group.LATER, size=1)
    assert told(page(at_work, group=Group.LATER, size=1, after=first.next)) == [
        ("reconvene", Group.LATER)
    ]


@pytest.mark.parametrize("token", ["x", "~", "2026-03-30~1", "2026-03-30T00:00+00:00~-1", "0~9"])
def test_a_page_that_none_gave_out_is_refused(at_work: World, token: str) -> None:
    with pytest.raises(UnknownPage):
        page(at_work, after=token)


def test_suggestions_are_for_their_role_or_the_whole_body(at_work: World) -> None:
    case = at_work.open()
    at_work.record(case.case_id, drafted("action_progressed", cannot_comply=True))
    (found,) = page(at_work).suggestions
    assert (found.ref, found.auto_id) == (case.ref, "consider_board")
    assert page(at_work, scope=Scope.MINE).suggestions == ()


def test_several_bodies_are_one_list(world: World) -> None:
    with world.at_work(world.council, world.board):
        owed(world)
        service = Service.objects.create(name="Moss House", provider=world.service.provider)
        other = open_case(
            actor=world.outsider,
            procedure=PROCEDURE,
            body=world.board,
            service=service,
            draft=drafted("case_opened"),
            as_of=later(),
        )
        assert isinstance(other, Opened)
        posts = [Post(body=world.council, role="officer"), Post(body=world.board, role="officer")]
        found = worklist(posts=posts, scope="mine", as_of=MONDAY)
        assert found.counts[Scope.MINE] == found.counts[Scope.BODY]
        assert len(found.items) == 3


def test_three_queries_however_much_there_is(
    at_work: World, django_assert_max_num_queries: AtMost
) -> None:
    many(at_work, 12)
    with django_assert_max_num_queries(3):  # type: ignore[attr-defined]  # a context manager at run time
        page(at_work, size=5)


def test_counts_stop_where_they_say(at_work: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[worklist.__module__], "MOST_COUNTED", 7)
    many(at_work, 12)
    assert page(at_work).counts[Scope.BODY].later == 7
    assert MOST_COUNTED == 1000
