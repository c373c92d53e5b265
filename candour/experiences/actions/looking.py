"""What a person who looked at safeguarding signs says, and who is told when nobody looks."""

from datetime import datetime

from candour.bodies.models import Body
from candour.engine.clocks import Clock
from candour.experiences.models import (
    Experience,
    ExperienceSign,
    RaisedBy,
    SafeguardingLook,
    SafeguardingWatch,
    SignState,
)
from candour.experiences.signs_waiting import ORDER, SEEN
from candour.experiences.taking_in import MOST_SHOWN
from candour.experiences.watching import look_by
from candour.people.actor import Actor
from candour.safeguarding import signs_in


class NoReasonGiven(ValueError):
    """Whoever looks says why it is a concern, or why it is none."""


def look(
    sign: ExperienceSign, state: SignState, *, reason: str, actor: Actor, as_of: datetime
) -> SafeguardingLook:
    """Keep what somebody who looked says; the last word counts and every one is kept.

    Raises:
        NoReasonGiven: nothing is said about why.
    """
    said = " ".join(reason.split())
    if not said:
        raise NoReasonGiven
    assert actor.user is not None  # noqa: S101  # nothing but a person decides here
    kept = SafeguardingLook.objects.create(
        body_id=sign.body_id, sign=sign, state=state, reason=said, by=actor.user, at=as_of
    )
    ExperienceSign.objects.filter(pk=sign.pk).update(state=state)
    sign.state = state
    return kept


def put_on_list(experience: Experience, *, words: str, as_of: datetime) -> ExperienceSign:
    """Put an experience on the list because somebody who read it says so; it may be there already.

    One that was looked at waits again, with the same history.
    """
    found = {"sort": SEEN, "words": " ".join(words.split())}
    sign, new = ExperienceSign.objects.get_or_create(
        experience=experience,
        defaults={
            "body_id": experience.body_id,
            "sorts": [SEEN],
            "found": [found],
            "raised_by": RaisedBy.PERSON,
            "raised_at": as_of,
            "look_by": look_by(experience.body, as_of),
        },
    )
    if not new:
        sign.sorts = [*sign.sorts, *([] if SEEN in sign.sorts else [SEEN])]
        sign.found = [*sign.found, found]
        sign.past = False
        _wait_again(sign, as_of)
        sign.save()
    return sign


def look_at_more(experience: Experience, words: str, *, as_of: datetime) -> ExperienceSign | None:
    """Put an experience on the list for signs in what its teller said since; None without any.

    One that was looked at waits again, with the same history, and those who look are told again.
    """
    signs = signs_in(words)[:MOST_SHOWN]
    if not signs:
        return None
    found = [{"sort": each.sort.value, "words": each.words} for each in signs]
    sorts, past = {each["sort"] for each in found}, all(each.past for each in signs)
    sign, new = ExperienceSign.objects.get_or_create(
        experience=experience,
        defaults={
            "body_id": experience.body_id,
            "sorts": sorted(sorts, key=ORDER.index),
            "found": found,
            "past": past,
            "raised_at": as_of,
            "look_by": look_by(experience.body, as_of),
        },
    )
    if not new:
        sign.sorts = sorted({*sign.sorts, *sorts}, key=ORDER.index)
        sign.found = [*sign.found, *(each for each in found if each not in sign.found)]
        sign.past = sign.past and past
        if _wait_again(sign, as_of):
            sign.told_at = None
        sign.save()
    return sign


def _wait_again(sign: ExperienceSign, as_of: datetime) -> bool:
    """Let a sign wait that somebody looked at; whether it did not wait yet.

    One that waits has to be looked at by when it had: what comes after makes nothing later.
    """
    if sign.state == SignState.WAITING:
        return False
    sign.state, sign.escalated_at = SignState.WAITING, None
    sign.raised_at, sign.look_by = as_of, look_by(sign.experience.body, as_of)
    return True


def escalate(sign_id: int, *, as_of: datetime) -> ExperienceSign | None:
    """Take a sign further up that nobody looked at in time; return it, or None if it is no matter.

    Needs a transaction that acts for its body. Doing it twice does nothing twice.
    """
    sign = (
        ExperienceSign.objects.select_for_update(of=("self",))
        .select_related("body", "experience")
        .filter(pk=sign_id, state=SignState.WAITING, escalated_at=None, look_by__lte=as_of)
        .filter(experience__out_since__isnull=True)
        .first()
    )
    if sign is not None:
        sign.escalated_at = as_of
        sign.save(update_fields=["escalated_at"])
    return sign


def set_watch(body: Body, *, role: str, period: str, actor: Actor, as_of: datetime) -> None:
    """Say whose post looks at signs at a body, and by when; for what comes in from now on.

    Raises:
        ClockError: the period is no clock; the message gives the nearest wording that is.
    """
    Clock.parse(period)
    assert actor.user is not None  # noqa: S101  # a person says so
    SafeguardingWatch.objects.update_or_create(
        body=body,
        defaults={"role": role, "period": period, "set_by": actor.user, "set_at": as_of},
    )
