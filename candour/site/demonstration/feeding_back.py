"""Feeds back what the demonstration was told: digests that went out, an answer, one that is due."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.engine.london import LONDON, local
from candour.feeding_back.actions import (
    LONGEST_QUOTATION,
    Order,
    Replied,
    choose_cycle,
    record_reply,
    release,
    tick,
)
from candour.feeding_back.cycles import A_DAY, Cycle, Every, cycle_of
from candour.feeding_back.digests import prepare
from candour.feeding_back.models import Digest, FeedbackCycle
from candour.feeding_back.queries import desks, due_digests
from candour.people.actor import Actor
from candour.people.models import Post

BODY: Final = "healthwatch-anytown"
ANSWERS: Final = "anytown-hospitals"  # the organisation that replied, and of which the next is due
QUOTED: Final = 2
WORDS: Final = (
    "Thank you. We read this at the ward managers’ meeting, and we are sorry. We learned that "
    "people were told to wait and not what for."
)
CHANGED: Final = (
    "Since this month a nurse goes to everybody who waits, once every half hour, and says what "
    "happens next."
)


def make_feeding_back(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Release what was due in the cycle before last and answer it; return how many went out."""
    body = bodies[BODY]
    with acting_for([body.pk]):
        if FeedbackCycle.objects.filter(body=body).exists():
            return 0
        post = Post.objects.select_related("user", "body").get(body=body, role="lead_officer")
        actor, running = Actor.from_post(post), cycle_of(Every.QUARTER, local(as_of).date())
        last = cycle_of(Every.QUARTER, running.first - A_DAY)
        choose_cycle(Every.QUARTER, actor=actor, as_of=_at(last.first, days=2))
        going = _at(last.first, days=9)
        first = {slug: _release(slug, cycle, actor, going) for slug, cycle in _due(body, going)}
        if ANSWERS in first:
            _answered(first[ANSWERS], actor, going)
        going = min(as_of, _at(running.first, days=9))
        others = [due for due in _due(body, going) if due[0] != ANSWERS]
        for slug, cycle in others:
            _release(slug, cycle, actor, going)
        return len(first) + len(others)


def _at(day: date, *, days: int) -> datetime:
    """Return ten o’clock in the morning so many days after a day."""
    return datetime.combine(day + timedelta(days=days), time(10), LONDON)


def _due(body: Body, as_of: datetime) -> list[tuple[str, Cycle]]:
    return [(each.slug, each.cycle) for each in due_digests([body.pk], local(as_of).date())]


def _release(slug: str, cycle: Cycle, actor: Actor, as_of: datetime) -> Digest:
    """Release one digest; the one that is answered quotes somebody, and goes out by mail."""
    organisation = Body.objects.get(slug=slug)
    to = []
    if slug == ANSWERS:
        may = prepare(actor.body, organisation, cycle).may_quote
        fit = [each.experience for each in may if len(each.experience.answer) <= LONGEST_QUOTATION]
        for each in fit[:QUOTED]:
            tick(organisation, cycle, each.pk, each.answer, fit=True, actor=actor, as_of=as_of)
        offered = desks(actor.body, organisation, local(as_of).date())
        to = [desk for desk in offered if desk.body_id == organisation.pk]
    seen = prepare(actor.body, organisation, cycle).seen
    return release(Order(organisation, cycle, seen, to), actor=actor, as_of=as_of)


def _answered(digest: Digest, actor: Actor, released_at: datetime) -> None:
    """Record what the organisation replied three weeks later, and what it changed."""
    came = released_at + timedelta(days=21)
    record_reply(
        digest,
        Replied(local(came).date(), WORDS, CHANGED, for_people=True),
        key=uuid5(NAMESPACE_URL, f"{BODY}/replied"),
        actor=actor,
        as_of=came + A_DAY,
    )
