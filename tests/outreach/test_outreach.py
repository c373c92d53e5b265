"""Campaigns, engagements, what was gathered, and census tables: kept, or refused."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.models import Experience
from candour.outreach import actions, queries
from candour.outreach.actions import OutreachRefusedError
from candour.outreach.census import ASKED_OF_AREA, asked_answers, read_table
from candour.outreach.models import Campaign, Census, Engagement, Gathered, Phase, Population
from candour.people.actor import Actor
from tests.experiences.files import AS_OF, a_body
from tests.outreach.made import MARCH, begun, in_both, met, told

pytestmark = pytest.mark.django_db
TABLE = b"Topic,Category,Observation\ndisability,Yes,200\ndisability,No,800\n"


def taken(ann: Actor, content: bytes = TABLE) -> Census:
    return actions.take_census(
        content, area="Ashby", source="ONS", year="2021", actor=ann, as_of=AS_OF
    )


def test_phases_lie_within_their_campaign_and_never_overlap(ann: Actor) -> None:
    campaign = begun(ann)
    actions.add_phase(campaign, name="First", begins=MARCH[0], ends=date(2026, 3, 10))
    actions.add_phase(campaign, name="Second", begins=date(2026, 3, 11), ends=MARCH[1])
    for begins, ends, why in (
        (date(2026, 2, 28), date(2026, 3, 1), "within the days"),
        (date(2026, 3, 31), date(2026, 4, 1), "within the days"),
        (date(2026, 3, 10), date(2026, 3, 10), "“First” has some"),
        (date(2026, 3, 9), date(2026, 3, 8), "before it begins"),
        (None, date(2026, 3, 8), "first day"),
        (date(2026, 3, 9), None, "last day"),
    ):
        with pytest.raises(OutreachRefusedError, match=why) as refused:
            actions.add_phase(campaign, name="Third", begins=begins, ends=ends)
        assert all(in_both(each) for each in refused.value.lines)
    assert Phase.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"day": None}, "day of the engagement"),
        ({"day": date(2026, 4, 1)}, "not within the campaign"),
        ({"place": " "}, "where it was"),
        ({"met_by": "others"}, "who went"),
        ({"names": ""}, "names of those"),
        ({"people_met": "many"}, "in figures"),
        ({"theme": "x" * 201}, "too long"),
        ({"notes": "x" * 5001}, "too long"),
    ],
)
def test_an_engagement_says_where_when_and_who(
    ann: Actor, wrong: dict[str, object], why: str
) -> None:
    with pytest.raises(OutreachRefusedError, match=why) as refused:
        met(ann, begun(ann), **wrong)
    assert all(in_both(each) for each in refused.value.lines)
    assert not Engagement.objects.exists()


def test_another_body_reaches_nothing_and_writes_nothing(ours: Body, ann: Actor) -> None:
    campaign = begun(ann)
    held = met(ann, campaign)
    taken(ann)
    actions.gather_one(held, str(told(ours).pk), actor=ann, as_of=AS_OF)
    others = a_body("others")
    with acting_for([others.pk]):
        for table in (Campaign, Engagement, Gathered, Census, Population):
            assert not table._default_manager.exists(), table
        with pytest.raises(DatabaseError), transaction.atomic():
            Phase.objects.create(
                body=ours, campaign=campaign, name="x", begins=MARCH[0], ends=MARCH[1]
            )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Line 1 must name"),
        (b"question,answer\nage,x\n", "not found: people"),
        (b"question,answer,people\n", "no rows"),
        (b"question,answer,people\nhats,Yes,1\n", "Line 2: “hats” is no question"),
        (b"question,answer,people\ndisability,Perhaps,1\n", "Line 2: “Perhaps” is no answer"),
        (b"question,answer,people\ndisability,Yes,-1\n", "Line 2: “-1” is no number"),
        (b"question,answer,people\ndisability,Yes,1\ndisability,yes,2\n", "Line 3: “yes” stands"),
        (b"question,answer,people\ndisability,Yes,1\n", "“disability” lacks: No"),
        (b"question,answer,people\ndisability,Yes,0\ndisability,No,0\n", "counts nobody"),
        (b"question,answer,people\nwhose,Me,1\n", "no question"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b'question,answer,people\nage,"' + b"x" * 140_000 + b'",1\n', "quotation mark"),
        (b'question,answer,people\nage,"' + b"x" * 6_000 + b'",1\n', "Line 2 .* quotation mark"),
    ],
)
def test_a_table_with_faults_says_where_and_nothing_of_it_is_kept(
    ann: Actor, content: bytes, why: str
) -> None:
    with pytest.raises(OutreachRefusedError, match=why) as refused:
        taken(ann, content)
    assert all(in_both(each) for each in refused.value.lines)
    assert not Census.objects.exists()
    assert not Population.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        b"\xef\xbb\xbfquestion;answer;people\n7e;Yes;200\n\nabout_disability;no;800\n",
        "Cwestiwn,Ateb,Pobl\nDisability,Ydw,200\ndisability,Nac ydw,800\n".encode("cp1252"),
        b'Question\tgroup\tUsual  residents\ndisability\tyes\t"200"\ndisability\tno\t800\n',
    ],
)
def test_headings_and_separators_are_guessed(content: bytes) -> None:
    found = read_table(content)
    assert found.faults == []
    assert found.people == {("about_disability", "yes"): 200, ("about_disability", "no"): 800}


def test_every_answer_of_the_form_can_be_counted() -> None:
    rows = [(q.name, o.words.en) for q in ASKED_OF_AREA for o in asked_answers(q)]
    table = "question,answer,people\n" + "".join(f'{q},"{a}",10\n' for q, a in rows)
    found = read_table(table.encode())
    assert (found.faults, len(found.people)) == ([], len(rows))


def test_the_newest_table_counts_and_the_one_before_is_kept(ours: Body, ann: Actor) -> None:
    taken(ann)
    newer = taken(ann, TABLE.replace(b"200", b"300"))
    held = queries.populations_of(ours)["about_disability"]
    assert (held.census, held.people) == (newer, {"yes": 300, "no": 800})
    assert Census.objects.count() == 2


def test_a_campaign_is_set_between_as_long_before_and_after(ours: Body, ann: Actor) -> None:
    taken(ann)
    campaign = begun(ann)
    periods = queries.periods_of(campaign, [queries.Period(*MARCH)])
    days = [(each.begins, each.ends) for each in periods]
    assert days == [
        (date(2026, 1, 29), date(2026, 2, 28)),
        MARCH,
        (date(2026, 4, 1), date(2026, 5, 1)),
    ]
    for day, yes in ((date(2026, 2, 28), 5), (MARCH[1], 7), (date(2026, 5, 1), 9)):
        for place in range(20 + yes):
            told(ours, on=day, disability="yes" if place < yes else "no")
    told(ours, on=date(2026, 5, 2), disability="yes")
    gone = told(ours, on=MARCH[0], disability="yes")
    Experience.objects.filter(pk=gone.pk).update(out_since=AS_OF, out_because="withdrawn")
    told(ours, on=MARCH[0], disability="prefer_not")
    found = queries.heard_in(ours, periods, queries.populations_of(ours))
    numbers = [[s.number for s in each["about_disability"].shares] for each in found]
    assert numbers == [[5, 20], [7, 20], [9, 20]]
