"""What people do: choose the cycle, tick a quotation, release a digest, record what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from candour.bodies.models import Body, Contact
from candour.database.row_security import acting_for
from candour.database.taking_turns import take_turns
from candour.engine.london import local
from candour.engine.words import Language
from candour.experiences.models import Experience
from candour.feeding_back.cycles import A_DAY, Cycle, Every, cycle_of
from candour.feeding_back.digests import Prepared, fixed, prepare
from candour.feeding_back.drawing import quotable, side_of
from candour.feeding_back.mailing import send
from candour.feeding_back.models import (
    Digest,
    DigestExperience,
    DigestReply,
    FeedbackCycle,
    FitQuotation,
)
from candour.feeding_back.queries import cycle_chosen
from candour.feeding_back.telling_people import tell_people
from candour.people.actor import Actor
from candour.people.leavers import HEADS, LEAD
from candour.people.models import User

RELEASING = (LEAD, *HEADS)
LONGEST_QUOTATION = 400
LONGEST_REPLY = 4_000
LONGEST_REASON = 500


class NotFedBack(ValueError):
    """Something that cannot be done as it is; the code says why.

    Codes: ``role`` who it is may not, ``running`` the cycle is not over, ``few`` fewer than five
    people told, ``overlap`` some of its days were released in another cycle, ``changed`` it says
    something else by now, ``because`` a correction without a reason, ``words`` not in the answer,
    ``length`` too short or too long, ``unfit`` it may not be quoted, ``day`` the day does not fit,
    ``desk`` no such desk.
    """


def choose_cycle(every: Every, *, actor: Actor, as_of: datetime) -> FeedbackCycle:
    """Choose how often a body feeds back, from the cycle before the present one on.

    Where they chose before, what was due stays due: it begins no later than it did.

    Raises:
        NotFedBack: ``role``.
    """
    user = _leads(actor)
    running = cycle_of(every, local(as_of).date())
    before = cycle_of(every, running.first - A_DAY)
    with acting_for([actor.body_id]):
        chosen = cycle_chosen(actor.body)
        if chosen is not None and chosen.from_day < before.first:
            first = cycle_of(every, chosen.from_day)
            before = first if first.first == chosen.from_day else cycle_of(every, first.due)
        return FeedbackCycle.objects.create(
            body=actor.body,
            every=every,
            from_day=before.first,
            chosen_at=as_of,
            chosen_by=user,
        )


def tick(
    organisation: Body,
    cycle: Cycle,
    experience: int,
    words: str,
    *,
    fit: bool,
    actor: Actor,
    as_of: datetime,
) -> None:
    """Say that these words of an experience are fit to be quoted, or are not any more.

    Raises:
        NotFedBack: ``unfit``, ``words`` or ``length``.
    """
    quoted, user = words.replace("\r\n", "\n").strip(), _named(actor)
    with acting_for([actor.body_id]):
        found = Experience.objects.filter(pk=experience).first()
        sides = {side_of(found.sentiment)} if found else set()
        may = quotable(actor.body, organisation, cycle, sides)
        if found is None or experience not in {each.experience.pk for each in may}:
            raise NotFedBack("unfit")
        if fit and not 0 < len(quoted) <= LONGEST_QUOTATION:
            raise NotFedBack("length")
        if fit and quoted not in found.answer:
            raise NotFedBack("words")
        FitQuotation.objects.create(
            body=actor.body, experience=found, words=quoted, fit=fit, by=user, at=as_of
        )


@dataclass(frozen=True, slots=True)
class Order:
    """A digest to be released.

    Attributes:
        seen: the hash of what the person saw.
        desks: whom it goes to by mail; none where it is handed over in another way.
        because: why an earlier release is corrected.
    """

    organisation: Body
    cycle: Cycle
    seen: str
    desks: Sequence[Contact] = ()
    because: str = ""
    language: Language = "en"


def release(order: Order, *, actor: Actor, as_of: datetime) -> Digest:
    """Release a digest: fix it, and put it into the outbox for each desk, in one transaction.

    Raises:
        NotFedBack: ``role``, ``running``, ``few``, ``overlap``, ``changed``, ``because``.
        MailRefused: a desk cannot be written to; nothing was released.
    """
    _leads(actor)
    oversight = any(desk.body_id != order.organisation.pk for desk in order.desks)
    with acting_for([actor.body_id]):
        take_turns("feedback", actor.body_id)
        seen = prepare(actor.body, order.organisation, order.cycle)
        _may_go(order, seen, actor.body, local(as_of).date())
        going = seen
        if oversight:
            going = prepare(actor.body, order.organisation, order.cycle, oversight=True)
        digest = _kept(order, going, actor, as_of)
        DigestExperience.objects.bulk_create(
            DigestExperience(body=actor.body, digest=digest, experience_id=number)
            for number in going.drawn.experiences
        )
        for number, desk in enumerate(order.desks):
            send(digest, desk, number, order.language, as_of)
    return digest


def _leads(actor: Actor) -> User:
    user = _named(actor)
    if actor.role not in RELEASING:
        raise NotFedBack("role")
    return user


def _named(actor: Actor) -> User:
    """Return the person who acts: none of this is done by the system itself."""
    if actor.user is None:
        raise NotFedBack("role")
    return actor.user


def _may_go(order: Order, seen: Prepared, body: Body, today: date) -> None:
    cycle, others = order.cycle, Digest.objects.filter(body=body, organisation=order.organisation)
    overlapping = others.filter(first_day__lte=cycle.last, last_day__gte=cycle.first)
    if today <= cycle.last:
        raise NotFedBack("running")
    if overlapping.exclude(first_day=cycle.first, last_day=cycle.last).exists():
        raise NotFedBack("overlap")
    if seen.seen != order.seen:
        raise NotFedBack("changed")
    if seen.corrects is None and not seen.content["enough"]:
        raise NotFedBack("few")
    if seen.corrects is not None and not 0 < len(order.because.strip()) <= LONGEST_REASON:
        raise NotFedBack("because")


def _kept(order: Order, going: Prepared, actor: Actor, as_of: datetime) -> Digest:
    return Digest.objects.create(
        body=actor.body,
        organisation=order.organisation,
        first_day=order.cycle.first,
        last_day=order.cycle.last,
        number=going.content["number"],
        corrects=going.corrects,
        because=order.because.strip() if going.corrects else "",
        content=going.content,
        sha256=fixed(going.content),
        sent_to=[[desk.name or desk.body.name, desk.email] for desk in order.desks],
        released_by=_leads(actor),
        released_role=actor.role,
        released_at=as_of,
    )


@dataclass(frozen=True, slots=True)
class Replied:
    """What an organisation answered; see `DigestReply`."""

    came_on: date
    words: str
    changed: str = ""
    theme: str = ""
    for_people: bool = False


def record_reply(
    digest: Digest, replied: Replied, *, key: UUID, actor: Actor, as_of: datetime
) -> DigestReply:
    """Record what an organisation answered to a digest. Sent twice under one key, it is once.

    Where it is for the people who told, those who asked for a reply are written to (HD-08).

    Raises:
        NotFedBack: ``length``, ``day`` (before the release, or in the future), ``words`` (a theme
            that the digest does not name).
    """
    words, changed = replied.words.strip(), replied.changed.strip()
    if not 0 < len(words) <= LONGEST_REPLY or len(changed) > LONGEST_REPLY:
        raise NotFedBack("length")
    if not local(digest.released_at).date() <= replied.came_on <= local(as_of).date():
        raise NotFedBack("day")
    if replied.theme and replied.theme not in {e["theme"] for e in digest.content["themes"]}:
        raise NotFedBack("words")
    with acting_for([actor.body_id]):
        found, made = DigestReply.objects.get_or_create(
            id=key,
            defaults={
                "body": actor.body,
                "digest": digest,
                "came_on": replied.came_on,
                "theme": replied.theme,
                "words": words,
                "changed": changed,
                "for_people": replied.for_people,
                "recorded_by": _named(actor),
                "recorded_at": as_of,
            },
        )
        if made and found.for_people:
            tell_people(found, digest.organisation, as_of)
    return found
