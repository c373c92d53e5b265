"""Experiences taken out of use: nothing shows or counts them, and they can be put back."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from candour.bodies.models import Body
from candour.cases.queries.references import unseen_experiences
from candour.database.row_security import acting_for
from candour.experiences.actions import count_anew, put_back, take_out
from candour.experiences.in_use import words_in_use
from candour.experiences.models import Experience, OutBecause, Tally
from candour.experiences.queries import Filters, by_ids, facets, listing
from candour.people.actor import Actor
from tests.experiences.files import AS_OF, a_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Iterator[Body]:
    body = a_body("ours")
    with acting_for([body.pk]):
        yield body


def told(body: Body, answer: str = "Kind staff", **rest: object) -> Experience:
    about: dict[str, object] = {
        "source": "form",
        "service_name": "Ward",
        "themes": ["Food", "Food"],
    }
    about["source_ref"] = str(Experience.objects.count() + 1)
    made: Experience = Experience.objects.create(
        body=body, answer=answer, created_at=AS_OF, **(about | rest)
    )
    return made


def out(*which: Experience, because: OutBecause = OutBecause.DUPLICATE) -> list[int]:
    body = which[0].body
    numbers = [each.pk for each in which]
    return take_out(numbers, because=because, actor=Actor.system(body), as_of=AS_OF)


def kept() -> list[tuple[object, ...]]:
    names = ("service_name", "sentiment", "theme", "experiences")
    return sorted(Tally.objects.values_list(*names))


def test_no_list_search_or_filter_shows_what_is_out(ours: Body) -> None:
    stays, goes = told(ours), told(ours, source="paper", rating="good")
    assert out(goes) == [goes.pk]
    assert listing().rows == listing(search="staff").rows == [stays]
    assert listing(filters=Filters(theme="Food")).rows == [stays]
    assert by_ids([stays.pk, goes.pk]) == [stays]
    assert (words_in_use().sources, words_in_use().ratings) == (["form"], [])
    assert unseen_experiences([str(stays.pk), str(goes.pk)]) == [str(goes.pk)]


def test_counts_leave_out_what_is_out(ours: Body) -> None:
    told(ours)
    goes = told(ours, sentiment=5)
    out(goes)
    for found in (facets(), facets(search="staff")):
        assert found.total == 1
        assert [(theme.value, theme.count) for theme in found.themes] == [("Food", 1)]
        assert {felt.value: felt.count for felt in found.sentiments if felt.count} == {"0": 1}


def test_kept_counts_go_down_to_nothing_and_come_back(ours: Body) -> None:
    one, two = told(ours, sentiment=1), told(ours, sentiment=1, themes=["Parking"])
    before = kept()
    out(one, two)
    assert kept() == []
    numbers = [one.pk, two.pk]
    assert put_back(numbers, because=OutBecause.DUPLICATE, actor=Actor.system(ours)) == numbers
    assert kept() == before
    count_anew(ours)
    assert kept() == before


def test_kept_counts_follow_a_change_of_themes_and_of_feeling(ours: Body) -> None:
    one, _ = told(ours), told(ours)
    Experience.objects.filter(pk=one.pk).update(themes=["Parking"], sentiment=2)
    followed = kept()
    assert followed == [
        ("Ward", 0, "", 1),
        ("Ward", 0, "Food", 1),
        ("Ward", 2, "", 1),
        ("Ward", 2, "Parking", 1),
    ]
    count_anew(ours)
    assert kept() == followed


def test_what_changes_while_out_is_not_counted(ours: Body) -> None:
    one = told(ours)
    out(one)
    Experience.objects.filter(pk=one.pk).update(themes=["Parking"])
    told(ours, out_since=AS_OF, out_because=OutBecause.WITHDRAWN)
    assert kept() == []
    count_anew(ours)
    assert kept() == []


def test_what_is_out_stays_out_for_its_first_reason(ours: Body) -> None:
    one = told(ours)
    out(one, because=OutBecause.WITHDRAWN)
    assert out(one, because=OutBecause.IMPORT_UNDONE) == []
    assert put_back([one.pk], because=OutBecause.IMPORT_UNDONE, actor=Actor.system(ours)) == []
    one.refresh_from_db()
    assert (one.out_since, one.out_because) == (AS_OF, OutBecause.WITHDRAWN)


def test_nobody_takes_out_what_another_body_holds(ours: Body) -> None:
    other = a_body("theirs")
    with acting_for([other.pk]):
        theirs = told(other)
    actor = Actor.system(ours)
    assert take_out([theirs.pk], because=OutBecause.DUPLICATE, actor=actor, as_of=AS_OF) == []


def test_a_withdrawn_row_keeps_its_place_and_one_of_an_undone_import_gives_it_up(
    ours: Body,
) -> None:
    withdrawn, undone = told(ours, source_ref="w"), told(ours, source_ref="u")
    out(withdrawn, because=OutBecause.WITHDRAWN)
    out(undone, because=OutBecause.IMPORT_UNDONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        told(ours, source_ref="w")
    told(ours, source_ref="u")
    with pytest.raises(IntegrityError), transaction.atomic():
        put_back([undone.pk], because=OutBecause.IMPORT_UNDONE, actor=Actor.system(ours))


def test_out_means_since_when_and_why(ours: Body) -> None:
    one = told(ours)
    rows = Experience.objects.filter(pk=one.pk)
    for half in ({"out_since": AS_OF}, {"out_because": "withdrawn"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**half)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(out_since=AS_OF, out_because="tired of it")


@pytest.mark.parametrize("column", ["body", "source", "source_ref", "created_at"])
def test_the_application_may_change_nothing_else(ours: Body, column: str) -> None:
    told(ours, received_on=date(2026, 1, 1))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Experience.objects.update(**{column: F(column)})
