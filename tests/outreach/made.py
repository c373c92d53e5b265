"""Campaigns, engagements and what was told, for the tests of outreach."""

from datetime import date

from candour.bodies.models import Body
from candour.engine import Words
from candour.experiences.models import Experience
from candour.outreach import actions
from candour.outreach.actions import Met
from candour.outreach.models import Campaign, Engagement
from candour.people.actor import Actor
from candour.telling.models import AboutPerson, Told
from tests.experiences.files import AS_OF

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def in_both(line: object) -> bool:
    """Return whether a refusal is said in English and, otherwise, in Welsh."""
    return isinstance(line, Words) and bool(line.en and line.cy) and line.en != line.cy


def begun(ann: Actor, name: str = "Spring") -> Campaign:
    """Return a campaign in March."""
    return actions.begin_campaign(
        name=name, theme="Carers", begins=MARCH[0], ends=MARCH[1], actor=ann, as_of=AS_OF
    )


def met(ann: Actor, campaign: Campaign | None = None, **rest: object) -> Engagement:
    """Return an engagement on 5 March."""
    known: dict[str, object] = {
        "day": date(2026, 3, 5),
        "place": "Ashby market",
        "met_by": "volunteers",
        "names": "Nia and Tom",
    }
    said = Met(**(known | rest))  # type: ignore[arg-type]  # each field's own words
    return actions.record_engagement(said, campaign=campaign, actor=ann, as_of=AS_OF)


def told(body: Body, *, batch: str = "", on: date = MARCH[0], **about: str) -> Experience:
    """Return an experience as somebody told it, with what they said of themselves."""
    number = str(Experience.objects.count() + 1)
    held: Experience = Experience.objects.create(
        body=body, source="form", source_ref=number, answer="Kind", created_at=AS_OF, received_on=on
    )
    said = Told.objects.create(
        body=body,
        experience=held,
        key_hash=f"k{number}".encode(),
        receipt_hash=f"{body.pk}-{number}".encode(),
        told_at=AS_OF,
        channel="paper",
        batch=batch,
    )
    AboutPerson.objects.bulk_create(
        AboutPerson(body=body, told=said, question=f"about_{name}", answer=answer)
        for name, answer in about.items()
    )
    return held
