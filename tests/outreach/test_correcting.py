"""What was recorded wrong is put right, and what was before stays, whoever changes it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from candour.outreach import actions, queries
from candour.outreach.actions import Correction, Met, OutreachRefusedError
from candour.outreach.actions.correcting import seen_of
from candour.outreach.models import Campaign, Engagement, Former, Phase, Sort
from candour.people.actor import Actor
from tests.experiences.files import AS_OF
from tests.outreach.made import MARCH, begun, in_both, met

pytestmark = pytest.mark.django_db
MET = Met(day=date(2026, 3, 6), place="Ashby hall", met_by="both", names="Nia")


def right(ann: Actor, row: Campaign | Phase | Engagement, why: str = "Mistyped") -> Correction:
    return Correction(why, seen_of(row), ann, AS_OF + timedelta(days=1))


def correct(ann: Actor, campaign: Campaign, **rest: object) -> None:
    known: dict[str, object] = {"name": "Spring", "theme": "Carers"}
    days = {"begins": MARCH[0], "ends": MARCH[1], "correction": right(ann, campaign)}
    actions.correct_campaign(campaign, **(known | days | rest))  # type: ignore[arg-type]


def test_a_campaign_is_put_right_and_what_it_was_is_kept(ann: Actor) -> None:
    campaign = begun(ann)
    correct(ann, campaign, name="Spring again", ends=date(2026, 4, 30))
    campaign.refresh_from_db()
    assert (campaign.name, campaign.ends) == ("Spring again", date(2026, 4, 30))
    (former,) = queries.formers_of({Sort.CAMPAIGN: [campaign.pk]})
    assert former.held["name"] == "Spring"
    assert former.held["ends"] == "2026-03-31"
    assert (former.by, former.why) == (ann.user, "Mistyped")
    assert former.until == AS_OF + timedelta(days=1)
    correct(ann, campaign, name="Once more")
    assert [each.held["name"] for each in Former.objects.order_by("pk")] == [
        "Spring",
        "Spring again",
    ]


def test_a_phase_is_put_right_within_its_campaign_and_beside_the_others(ann: Actor) -> None:
    campaign = begun(ann)
    first = actions.add_phase(campaign, name="First", begins=MARCH[0], ends=date(2026, 3, 10))
    actions.add_phase(campaign, name="Second", begins=date(2026, 3, 11), ends=MARCH[1])
    for ends, why in ((date(2026, 3, 11), "“Second” has some"), (date(2026, 2, 1), "before it")):
        with pytest.raises(OutreachRefusedError, match=why):
            actions.correct_phase(
                first, name="First", begins=MARCH[0], ends=ends, correction=right(ann, first)
            )
    actions.correct_phase(
        first,
        name="Asking",
        begins=date(2026, 3, 2),
        ends=date(2026, 3, 10),
        correction=right(ann, first),
    )
    first.refresh_from_db()
    assert (first.name, first.begins) == ("Asking", date(2026, 3, 2))
    assert Former.objects.get().held["name"] == "First"


def test_an_engagement_is_put_right_whole(ann: Actor) -> None:
    campaign = begun(ann)
    held = met(ann, people_met="3")
    actions.correct_engagement(held, MET, campaign=campaign, correction=right(ann, held))
    held.refresh_from_db()
    assert (held.place, held.day, held.campaign, held.people_met) == (
        "Ashby hall",
        date(2026, 3, 6),
        campaign,
        None,
    )
    former = Former.objects.get().held
    assert (former["place"], former["people_met"], former["campaign_id"]) == (
        "Ashby market",
        3,
        None,
    )


def test_a_campaign_does_not_leave_behind_what_lies_in_it(ann: Actor) -> None:
    campaign = begun(ann)
    phase = actions.add_phase(campaign, name="First", begins=MARCH[0], ends=date(2026, 3, 10))
    with pytest.raises(OutreachRefusedError, match="“First” would lie outside") as refused:
        correct(ann, campaign, begins=date(2026, 3, 2))
    assert all(in_both(each) for each in refused.value.lines)
    actions.correct_phase(
        phase,
        name="First",
        begins=date(2026, 3, 9),
        ends=date(2026, 3, 10),
        correction=right(ann, phase),
    )
    met(ann, campaign)
    with pytest.raises(OutreachRefusedError, match="“Ashby market” would lie outside"):
        correct(ann, campaign, begins=date(2026, 3, 9))


def test_it_has_to_be_said_why_and_something_has_to_be_different(ann: Actor) -> None:
    campaign = begun(ann)
    for rest, why in (
        ({"name": "Other", "correction": right(ann, campaign, " ")}, "why it is put right"),
        ({}, "Nothing is different"),
        ({"ends": date(2026, 2, 1)}, "before it begins"),
        ({"name": ""}, "what the campaign is called"),
    ):
        with pytest.raises(OutreachRefusedError, match=why) as refused:
            correct(ann, campaign, **rest)
        assert all(in_both(each) for each in refused.value.lines)
    assert not Former.objects.exists()


def test_nobody_overwrites_what_somebody_else_put_right(ann: Actor) -> None:
    campaign = begun(ann)
    looked = right(ann, campaign)
    correct(ann, campaign, name="Theirs")
    with pytest.raises(OutreachRefusedError, match="Somebody else put it right meanwhile"):
        correct(ann, campaign, name="Mine", correction=looked)
    assert Campaign.objects.get().name == "Theirs"


def test_the_database_lets_nothing_change_unseen(ann: Actor) -> None:
    campaign = begun(ann)
    correct(ann, campaign, name="Other")
    held = Campaign.objects.filter(pk=campaign.pk)
    for change in ({"corrected_at": None, "name": "x"}, {"why": " ", "name": "x"}):
        with (
            pytest.raises(DatabaseError, match="with an instant and a reason"),
            transaction.atomic(),
        ):
            held.update(**change)
    for forbidden in (
        lambda: Former.objects.update(why="x"),
        Former.objects.all().delete,
        held.delete,
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            forbidden()
    assert Former.objects.count() == 1
