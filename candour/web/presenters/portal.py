"""People outside a case, as its officers see them: who was asked, what came of it, what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.plan_talk import ASKED
from candour.engine.plans import Action as Planned
from candour.engine.plans import plans
from candour.engine.vocabulary.outside import DISPUTED, SAID_BY, SETTLED
from candour.portal.actions.answering import answers_to
from candour.portal.queries import Invited, State
from candour.portal.tokens import DAY, MOST_LINKS
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import (
    REFERS,
    correction_page,
    entry_place,
    recording_page,
)
from candour.web.presenters.naming import Shown, entry_name, shown_fields
from candour.web.presenters.outside import NOT_SAID, files_with, last_day
from candour.web.presenters.plan_ways import answers_to_provider
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One thing that somebody outside said: what about, in which words, and what can be done."""

    title: str
    when: str
    by: str
    about: tuple[tuple[str, str], ...]
    fields: tuple[Shown, ...]
    files: tuple[tuple[str, str], ...]
    address: str
    waits: bool
    done: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """One invitation: who, how it stands, what they were asked, what they said."""

    address: str
    who: str
    email: str
    look: str
    state: str
    facts: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    plan: bool
    said: tuple[SaidLine, ...]
    may_send: bool
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class PeopleOutside:
    """Everything that the room says: the invitations, and what waits for somebody here."""

    lines: tuple[InvitedLine, ...]
    waiting: tuple[SaidLine, ...]


def people_outside_of(standing: Standing, found: Sequence[Invited], sight: Sight) -> PeopleOutside:
    """Return the room of a case, invitations newest first."""
    lines = tuple(invited_line(standing, invited, sight) for invited in found)
    waiting = tuple(each for line in lines for each in line.said if each.waits)
    return PeopleOutside(lines, waiting)


def invited_line(standing: Standing, invited: Invited, sight: Sight) -> InvitedLine:
    """Return one invitation as it stands."""
    invitation = invited.invitation
    answers = answers_to(standing, invitation.pk)
    look, state = _state(invited, len(answers), sight.moment)
    stands = invited.stands(sight.moment)
    lately = sum(link.made_at > sight.moment - DAY for link in invited.links)
    asked = (standing.entry(each) for each in invitation.asked)
    return InvitedLine(
        address=reverse("portal-one", args=[sight.ref, invitation.pk]),
        who=invitation.who,
        email=invitation.email,
        look=look,
        state=state,
        facts=tuple(_facts(invited, sight.moment)),
        about=tuple(
            (entry_name(standing, each), entry_place(sight.ref, each.id)) for each in asked if each
        ),
        plan=invitation.plan,
        said=tuple(_said(standing, each, invitation.who, sight) for each in answers),
        may_send=sight.leads and stands and lately < MOST_LINKS,
        may_revoke=sight.leads and stands,
    )


def _state(invited: Invited, answers: int, moment: datetime) -> tuple[str, str]:
    match invited.state(moment):
        case State.REVOKED:
            return "cancelled", _("Revoked")
        case State.OVER:
            return ("met", _("Answered")) if answers else ("late", _("Never answered"))
        case State.LAPSED:
            return "attention", _("Not opened; the link has expired")
        case State.OPEN:
            return ("met", _("Answered")) if answers else ("open", _("Opened, not answered"))
    return "later", _("Not opened yet")


def _facts(invited: Invited, moment: datetime) -> Iterator[tuple[str, str]]:
    invitation, newest = invited.invitation, invited.newest
    facts = {"name": invitation.made_by.name, "when": dates.moment(invitation.made_at)}
    yield _("Invited"), _("by %(name)s, %(when)s") % facts
    if invited.first_opened is not None:
        yield _("First opened"), dates.moment(invited.first_opened)
    if newest is not None and invited.opens(newest.pk, moment):
        yield _("Link opens until"), dates.moment(newest.expires_at)
    yield _("May answer until"), last_day(invitation)
    if invited.revoked is not None:
        facts = {
            "name": invited.revoked.by.name,
            "when": dates.moment(invited.revoked.at),
            "why": invited.revoked.reason,
        }
        yield _("Revoked"), _("by %(name)s, %(when)s: %(why)s") % facts


def _said(standing: Standing, entry: Entry, who: str, sight: Sight) -> SaidLine:
    procedure = standing.procedure_of(entry.id)
    about = (standing.entry(ref) for ref in entry.refers_to[:1])
    waits, done = _what_became(standing, entry, sight.moment)
    return SaidLine(
        title=said(procedure.kind(entry.kind).title),
        when=dates.moment(entry.happened_at),
        by=str(entry.data.get("who") or entry.data.get(SAID_BY) or who),
        about=tuple(
            (entry_name(standing, each), entry_place(sight.ref, each.id)) for each in about if each
        ),
        fields=shown_fields(procedure, entry.kind, entry.data, without=NOT_SAID),
        files=tuple(
            (str(file.data["title"]), reverse("case-document", args=[sight.ref, file.id]))
            for file in files_with(standing, entry)
        ),
        address=entry_place(sight.ref, entry.id),
        waits=waits,
        done=done,
        actions=tuple(_next(standing, entry, sight)) if waits and sight.may_act else (),
    )


def _what_became(standing: Standing, entry: Entry, moment: datetime) -> tuple[bool, str]:
    """Return whether what was said waits for somebody here, or else what became of it."""
    if entry.kind == DISPUTED:
        settled = any(entry.id in e.refers_to for e in standing.by_kind.get(SETTLED, ()))
        return not settled, _("Settled") if settled else ""
    action = _action(standing, entry, moment)
    if action is None:
        return False, ""
    if action.talk.says_done is not None and action.talk.says_done.id == entry.id:
        return True, ""
    if action.talk.asked is not None and action.talk.asked.id == entry.id:
        return True, ""
    if entry.kind == ASKED or entry.data.get("says_done"):
        return False, _("Verified as done") if action.completed else _("Answered")
    return False, ""


def _action(standing: Standing, entry: Entry, moment: datetime) -> Planned | None:
    """Return the action of the plan that something was said about, if it is about one."""
    actions = (action for plan in plans(standing, moment) for action in plan.actions)
    return next((each for each in actions if each.entry.id in entry.refers_to), None)


def _next(standing: Standing, entry: Entry, sight: Sight) -> Iterator[Action]:
    """Yield what can be recorded about what was said, filled in with it."""
    if entry.kind == DISPUTED:
        yield Action(_("Settle it"), recording_page(sight.ref, SETTLED, extra={REFERS: entry.id}))
        yield Action(_("Correct the entry"), correction_page(sight.ref, entry.refers_to[0]))
        return
    action = _action(standing, entry, sight.moment)
    if action is not None:
        yield from answers_to_provider(standing, action, sight)
