"""What was gathered at an engagement: at one only, and what comes in later adds itself."""

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.outreach import actions, queries
from candour.outreach.actions import OutreachRefusedError
from candour.outreach.models import CameBy, Engagement, Gathered, Source
from candour.people.actor import Actor
from tests.experiences.files import AS_OF, a_body, csv_text, take_in
from tests.outreach.made import in_both, met, told

pytestmark = pytest.mark.django_db


def counts(ann: Actor, at: Engagement, name: str, came_by: CameBy = CameBy.PAPER) -> int:
    return actions.add_source(at, came_by, name, actor=ann, as_of=AS_OF)


def where() -> dict[int, int]:
    return dict(Gathered.objects.values_list("experience", "engagement"))


def test_an_experience_is_gathered_at_one_engagement(ours: Body, ann: Actor) -> None:
    market, fair = met(ann), met(ann, place="Fair")
    first, second = told(ours, batch="March 1"), told(ours, batch="March 1")
    other = told(ours)
    actions.gather_one(fair, str(first.pk), actor=ann, as_of=AS_OF)
    assert counts(ann, market, "March 1") == 1
    assert counts(ann, market, "March 1") == 0
    assert where() == {first.pk: fair.pk, second.pk: market.pk}
    assert other.pk not in where()
    with pytest.raises(OutreachRefusedError, match="already"):
        actions.gather_one(market, str(first.pk), actor=ann, as_of=AS_OF)
    assert not actions.let_go(market, str(first.pk))
    assert actions.let_go(fair, str(first.pk))
    actions.gather_one(market, str(first.pk), actor=ann, as_of=AS_OF)
    assert Gathered.objects.count() == 2


def test_papers_keyed_later_add_themselves(ours: Body, ann: Actor) -> None:
    market = met(ann)
    early = told(ours, batch="Market")
    assert counts(ann, market, " market ") == 1
    late, elsewhere = told(ours, batch="MARKET"), told(ours, batch="Market 2")
    assert where() == {early.pk: market.pk, late.pk: market.pk}
    assert elsewhere.pk not in where()
    assert actions.let_go(market, str(early.pk))
    told(ours, batch="Market")
    assert early.pk not in where(), "what was taken off stays off"


def test_a_pile_can_be_named_before_any_of_it_is_keyed(ours: Body, ann: Actor) -> None:
    market = met(ann)
    assert counts(ann, market, "Market") == 0
    held = told(ours, batch="Market")
    assert where() == {held.pk: market.pk}


def test_what_was_stopped_counts_no_more_and_may_count_elsewhere(ours: Body, ann: Actor) -> None:
    market, fair = met(ann), met(ann, place="Fair")
    counts(ann, market, "Market")
    kept = told(ours, batch="Market")
    with pytest.raises(OutreachRefusedError, match="another engagement already") as refused:
        counts(ann, fair, "market")
    assert all(in_both(each) for each in refused.value.lines)
    source = Source.objects.get()
    assert actions.end_source(market, str(source.pk), actor=ann, as_of=AS_OF)
    assert not actions.end_source(market, str(source.pk), actor=ann, as_of=AS_OF)
    assert not actions.end_source(market, "x", actor=ann, as_of=AS_OF)
    told(ours, batch="Market")
    assert where() == {kept.pk: market.pk}
    assert counts(ann, fair, "Market") == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(name="Another")


def test_a_file_counts_and_so_does_the_same_one_with_more_in_it(
    ours: Body, ann: Actor, tmp_path: Path
) -> None:
    fair = met(ann, place="Fair")
    (one := tmp_path / "fair.csv").write_text(csv_text({}, {"FFT answer": "Cold lunch."}))
    take_in(one, body=ours)
    assert queries.files_of(ours) == ["fair.csv"]
    assert counts(ann, fair, "fair.csv", CameBy.FILE) == 2
    one.write_text(csv_text({}, {"FFT answer": "Cold lunch."}, {"FFT answer": "Came late."}))
    take_in(one, body=ours)
    (other := tmp_path / "other.csv").write_text(csv_text({"Comment ID": "X"}))
    take_in(other, body=ours)
    assert Experience.objects.count() == 4
    assert list(where().values()) == [fair.pk] * 3


@pytest.mark.parametrize(
    ("came_by", "name", "field"),
    [(CameBy.PAPER, " ", "batch"), (CameBy.PAPER, "x" * 201, "batch"), (CameBy.FILE, "", "file")],
)
def test_what_has_no_name_or_never_came_is_refused(
    ann: Actor, came_by: CameBy, name: str, field: str
) -> None:
    with pytest.raises(OutreachRefusedError) as refused:
        counts(ann, met(ann), name, came_by)
    assert refused.value.field == field
    assert all(in_both(each) for each in refused.value.lines)
    assert not Source.objects.exists()


@pytest.mark.parametrize("number", ["", "0", "x", "²", "9" * 30])
def test_what_is_no_number_of_ours_is_not_gathered(ann: Actor, number: str) -> None:
    with pytest.raises(OutreachRefusedError, match="no experience of this number"):
        actions.gather_one(met(ann), number, actor=ann, as_of=AS_OF)
    assert not actions.let_go(met(ann), number)


def test_what_was_withdrawn_is_in_no_list_and_no_count(ours: Body, ann: Actor) -> None:
    market = met(ann)
    counts(ann, market, "Market")
    kept, gone = told(ours, batch="Market"), told(ours, batch="Market")
    Experience.objects.filter(pk=gone.pk).update(out_since=AS_OF, out_because="withdrawn")
    assert [each.experience_id for each in queries.gathered_at(market)] == [kept.pk]
    (listed,) = queries.engagements_of(ours)
    assert listed.experiences == 1  # type: ignore[attr-defined]  # counted by the query


def test_a_pile_of_one_body_gathers_nothing_of_another(ours: Body, ann: Actor) -> None:
    counts(ann, met(ann), "Market")
    others = a_body("others")
    with acting_for([others.pk]):
        told(others, batch="Market")
        assert not Gathered.objects.exists()
    assert not Gathered.objects.exists()
