"""Answering: what somebody outside says becomes an entry that says who said it, and how it came."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from candour.cases.actions import Recorded, Stale
from candour.cases.actions.recording import enter
from candour.cases.log import head_of
from candour.cases.standings import standing_at
from candour.engine import Entry, Refusal, Standing
from candour.engine.london import local
from candour.engine.vocabulary.outside import (
    LINK,
    THROUGH,
)
from candour.people.actor import Actor
from candour.portal.barring import barred, closed
from candour.portal.models import Invitation
from candour.portal.queries import Invited, invitation_of
from candour.portal.saying import Given, draft_of
from candour.portal.seeing import Way, actions_shown, shown
from candour.portal.tokens import DAY, MOST_ANSWERS

SHORTEST = 2


def answer(invited: Invited, given: Given, *, as_of: datetime) -> Recorded | Refusal | Stale:
    """Record what somebody outside says, by the system: it names them and says how it came.

    Returns:
        As `candour.cases.actions.record` does; or the refusal that says why not.
    """
    case_id, number = invited.invitation.case_id, invited.invitation.pk
    standing = standing_at(head_of(case_id, lock=True))
    now = invitation_of(case_id, number)
    if now is None or not now.stands(as_of):
        return closed()
    if standing.entry(given.id) is None:
        for bar in _bars(standing, now.invitation, given, as_of):
            return bar
    return enter(
        case_id=case_id,
        actor=Actor.system(now.invitation.case.body),
        draft=draft_of(standing, now.invitation, given, as_of),
        expected_seq=None,
        as_of=as_of,
    )


def _bars(
    standing: Standing, invitation: Invitation, given: Given, as_of: datetime
) -> Iterator[Refusal]:
    if given.way not in ways_open(standing, invitation, given.entry, as_of):
        yield barred(
            "You are not asked about this, or it was withdrawn since.",
            "Ni ofynnir i chi am hyn, neu fe’i tynnwyd yn ôl ers hynny.",
        )
    if given.way is not Way.ACKNOWLEDGE and len(given.text.strip()) < SHORTEST:
        yield barred("Say it in a few words.", "Dywedwch ef mewn ychydig eiriau.", "text")
    if given.way is Way.MORE_TIME and (
        given.new_date is None or given.new_date <= local(as_of).date()
    ):
        yield barred(
            "Say until which day you need, after today.",
            "Dywedwch tan ba ddiwrnod y mae ei angen arnoch, ar ôl heddiw.",
            "new_date",
        )
    if given.done and given.cannot:
        yield barred(
            "It is done, or you cannot do it: not both.",
            "Mae wedi’i wneud, neu ni allwch ei wneud: nid y ddau.",
            "state",
        )
    if len(answers_to(standing, invitation.pk, as_of - DAY)) >= MOST_ANSWERS:
        yield barred(
            "That is as much as can be sent in one day. Answer the mail that brought you here.",
            "Dyna gymaint ag y gellir ei anfon mewn diwrnod. Atebwch y neges a ddaeth â chi yma.",
        )


def ways_open(
    standing: Standing, invitation: Invitation, entry: str, as_of: datetime
) -> tuple[Way, ...]:
    """Return what somebody invited can do about an entry now; nothing where they see none of it."""
    if entry in invitation.asked:
        found = shown(standing, [entry], invitation.sort, as_of)
        return found[0].ways if found else ()
    if not invitation.plan or standing.closed:
        return ()
    actions = actions_shown(standing, invitation.sort, as_of)
    waits = any(each.entry.id == entry and each.is_open for each in actions)
    return (Way.REPORT, Way.MORE_TIME) if waits else ()


def answers_to(
    standing: Standing, number: UUID, since: datetime | None = None
) -> tuple[Entry, ...]:
    """Return what was said to an invitation, in order of recording; since an instant, if given."""
    asked = str(number)
    return tuple(
        entry
        for entry in standing.recorded
        if entry.data.get(THROUGH) == LINK
        and asked in entry.refers_to
        and (since is None or entry.recorded_at > since)
    )
