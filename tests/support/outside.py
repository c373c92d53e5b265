"""Somebody outside invited to a case, and short ways to open a link and to answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from candour.bodies.models import Body
from candour.cases.actions import Recorded, Stale
from candour.cases.models import Case
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine import Refusal, Standing
from candour.mail.models import MailMessage
from candour.mail.one_time import with_link
from candour.people.actor import Actor
from candour.people.models import User
from candour.portal.actions import Given, Inviting, answer, invite, open_link, revoke, send_link
from candour.portal.queries import Invited, held_link, invitation_of
from candour.portal.seeing import Way
from candour.site import clock
from tests.support.casework import Town, add, hold_ppm, london, open_at, to_ppm
from tests.support.plans import ACTION, PLAN

SITE = "https://candour.example"
MONDAY = london("2026-03-31T10:00")
EMAIL = "gwen@derwen.example"


@dataclass(frozen=True)
class Outside:
    """A case with somebody outside it: who may invite, and how to act as them."""

    case: Case
    body: Body
    user: User
    role: str

    def standing(self) -> Standing:
        """Return what the log comes to."""
        with acting_for([self.body.pk]):
            return standing(Case.objects.get(pk=self.case.pk))

    def entry(self, kind: str) -> str:
        """Return the id of the last entry of a kind."""
        return str(self.standing().by_kind[kind][-1].id)

    def invite(self, *asked: str, as_of: datetime = MONDAY, **more: Any) -> Any:
        """Invite Gwen Rees of the provider, unless `more` says otherwise."""
        said = {
            "id": str(uuid4()),
            "body": self.body,
            "name": "Gwen Rees",
            "post": "Responsible individual",
            "organisation": "Derwen Care",
            "email": EMAIL,
            "sort": "provider",
            "asked": asked,
            "until": date(2026, 4, 28),
            **more,
        }
        with acting_for([self.body.pk]):
            return invite(
                case_id=self.case.pk,
                actor=self.actor,
                inviting=Inviting(**said),
                as_of=as_of,
                site=SITE,
            )

    @property
    def actor(self) -> Actor:
        """Who invites, in their role."""
        return Actor(self.user, self.role, self.body)

    def invited(self, *asked: str, **more: Any) -> UUID:
        """Invite, and return the number of the invitation."""
        outcome = self.invite(*asked, **more)
        assert isinstance(outcome, Recorded), outcome
        return UUID(outcome.entry.id)

    def look(self, number: UUID) -> Invited:
        """Return an invitation as it stands."""
        with acting_for([self.body.pk]):
            found = invitation_of(self.case.pk, number)
        assert found is not None
        return found

    def mails(self) -> list[MailMessage]:
        """Return what waits in the outbox for Gwen, in order."""
        with acting_for([self.body.pk]):
            found = MailMessage.objects.filter(key__startswith="portal/link/")
            return list(found.select_related("body").order_by("pk"))

    def address(self, place: int = -1) -> str:
        """Return the address of a link as its mail has it once it leaves."""
        mail = self.mails()[place]
        with acting_for([self.body.pk]):
            text = with_link(mail, mail.text)
        return f"/outside/{text.split('/outside/', 1)[1].split()[0]}"

    def opens(self, number: UUID, *, as_of: datetime = MONDAY) -> str | None:
        """Open the newest link, and return the browser's secret if it opened."""
        held = held_link(self.address().strip("/").split("/")[1])
        assert held is not None
        with acting_for([held.body_id]):
            found = invitation_of(self.case.pk, number)
            assert found is not None
            return open_link(found, held.number, as_of=as_of)

    def says(
        self, number: UUID, way: Way, entry: str, text: str = "", **more: Any
    ) -> Recorded | Refusal | Stale:
        """Answer as Gwen."""
        as_of = more.pop("as_of", MONDAY)
        given = Given(**{"id": str(uuid4()), "way": way, "entry": entry, "text": text, **more})
        found = self.look(number)
        with acting_for([self.body.pk]):
            return answer(found, given, as_of=as_of)

    def sends_again(self, number: UUID, *, as_of: datetime = MONDAY) -> bool:
        """Have a new link sent, as Gwen."""
        found = self.look(number)
        with acting_for([self.body.pk]):
            return send_link(found, made_by=None, as_of=as_of, site=SITE)

    def revokes(self, number: UUID, reason: str, *, as_of: datetime = MONDAY) -> Any:
        """Revoke an invitation."""
        with acting_for([self.body.pk]):
            return revoke(
                case_id=self.case.pk, actor=self.actor, number=number, reason=reason, as_of=as_of
            )


def in_cardiff(town: Town) -> Outside:
    """Return a case at PPM with a plan, an action, a notice to the provider and a members' part."""
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    add(town, case, "plan_agreed", "2026-03-30T14:00", PLAN)
    add(town, case, "action_added", "2026-03-30T14:05", ACTION)
    notice = {"notice": "provider_status", "to": ["Derwen Care"], "text": "The outcome of the PPM."}
    add(town, case, "notice_sent", "2026-03-30T15:00", notice)
    return Outside(case, town.council, town.mari, "lead_officer")


def put_outside(town: Town, case: Case) -> UUID:
    """Invite somebody outside to a Cardiff case, and return the invitation's number."""
    made = Outside(case, town.council, town.mari, "lead_officer")
    return made.invited(made.entry("concern_raised"), as_of=clock.now())
