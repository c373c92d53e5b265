"""A Derbyshire case whose record of concern and action is to be signed, and short ways to sign."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from candour import policies
from candour.cases.actions import Opened, Recorded, Stale, open_case, record
from candour.cases.models import Case
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine import Refusal, Standing
from candour.mail.models import MailMessage
from candour.mail.one_time import with_link
from candour.people.actor import Actor
from candour.people.models import Post, User
from candour.signing.actions import Asking, Declining, Signer, Signing, ask, decline, sign, withdraw
from candour.signing.composing import About, Wording, compose, offered
from candour.signing.fixing import Sort
from candour.signing.queries import Asked, held, request_of
from candour.site import clock
from candour.web.forms.asking import OTHER_SORT, Paper
from tests.support.casework import Town, draft, london

SITE = "https://candour.example"
MONDAY = london("2026-03-30T10:00")
ROCA = {
    "concern": "Bells unanswered at night.",
    "action": "Provider, commissioner and regulator told.",
    "roca_decision": "go_on",
}
OUTSIDER = Signer(name="Gwen Rees", post="Provider of Millclose", email="gwen@provider.example")


@dataclass(frozen=True)
class Derbyshire:
    """A case in Derbyshire; Sam is its lead officer, Wendy the chief executive."""

    town: Town
    case: Case
    wendy: User

    def __post_init__(self) -> None:
        assert self.case.body_id == self.town.healthwatch.pk

    def at_work(self) -> AbstractContextManager[None]:
        """Act for the Healthwatch."""
        return acting_for([self.town.healthwatch.pk])

    @property
    def chief(self) -> Signer:
        """The chief executive as a signatory."""
        return Signer(
            name=self.wendy.name,
            post="Chief executive",
            user_id=self.wendy.pk,
            role="chief_executive",
        )

    @property
    def officer(self) -> Signer:
        """The lead officer as a signatory."""
        sam = self.town.sam
        return Signer(name=sam.name, post="Lead officer", user_id=sam.pk, role="lead_officer")

    def standing(self) -> Standing:
        """What the log comes to."""
        with self.at_work():
            return standing(Case.objects.get(pk=self.case.pk))

    def ask(
        self,
        *signers: Signer,
        as_of: datetime = MONDAY,
        record: str = "roca",
        text: str = "",
        audience: str = "case",
        number: str = "",
    ) -> Recorded | Refusal | Stale:
        """Ask for signatures on a record, or on another document."""
        with self.at_work():
            now = standing(Case.objects.get(pk=self.case.pk))
            paper = Paper(now, record, ())
            wording = Wording(
                record,
                "Record of Concern and Action" if record else "Terms of a visit",
                ROCA if record else {},
                text,
                tuple(entry.id for entry in offered(now)),
            )
            about = About(self.case.ref, "Ely General, Ward 3", "Healthwatch Derbyshire")
            return ask(
                case_id=self.case.pk,
                actor=self.town.actor(self.town.sam, "lead_officer"),
                asking=Asking(
                    id=number or str(uuid4()),
                    body=self.town.healthwatch,
                    ref=self.case.ref,
                    sort=Sort(record, paper.sort, audience),
                    composed=compose(now, about, wording, "en"),
                    data=wording.data,
                    signers=signers,
                ),
                as_of=as_of,
                site=SITE,
            )

    def asked(self, *signers: Signer, **more: Any) -> UUID:
        """Ask, and return the number of the request."""
        outcome = self.ask(*signers, **more)
        assert isinstance(outcome, Recorded), outcome
        return UUID(outcome.entry.id)

    def look(self, request_id: UUID) -> Asked:
        """Return a request as it stands."""
        with self.at_work():
            found = request_of(self.case.pk, request_id)
        assert found is not None
        return found

    def signs(  # noqa: PLR0913  # each part of a signature that a test gets wrong
        self,
        request_id: UUID,
        place: int,
        *,
        user: User | None = None,
        role: str = "chief_executive",
        name: str = "",
        agreed: bool = True,
        link: int | None = None,
        as_of: datetime = MONDAY + timedelta(hours=1),
    ) -> Recorded | Refusal | Stale:
        """Sign in a place of the order; without a user, by link."""
        with self.at_work():
            asked = request_of(self.case.pk, request_id)
            assert asked is not None
            turn = asked.turns[place - 1]
            actor = (
                self.town.actor(user, role)
                if user is not None
                else Actor.system(self.town.healthwatch)
            )
            return sign(
                case_id=self.case.pk,
                actor=actor,
                signing=Signing(
                    request_id=request_id,
                    signatory_id=turn.signatory.pk,
                    name=name or turn.signatory.name,
                    agreed=agreed,
                    language="en",
                    link=link,
                ),
                as_of=as_of,
                site=SITE,
            )

    def declines(
        self, request_id: UUID, place: int, reason: str, *, user: User | None = None
    ) -> Recorded | Refusal | Stale:
        """Decline in a place of the order."""
        turn = self.look(request_id).turns[place - 1]
        with self.at_work():
            return decline(
                case_id=self.case.pk,
                actor=self.town.actor(user, "chief_executive")
                if user
                else Actor.system(self.town.healthwatch),
                declining=Declining(
                    request_id, turn.signatory.pk, reason, turn.link.pk if turn.link else None
                ),
                as_of=MONDAY + timedelta(hours=1),
            )

    def withdraws(self, request_id: UUID, reason: str) -> Recorded | Refusal | Stale:
        """Withdraw a request, as the lead officer."""
        with self.at_work():
            return withdraw(
                case_id=self.case.pk,
                actor=self.town.actor(self.town.sam, "lead_officer"),
                request_id=request_id,
                reason=reason,
                as_of=MONDAY + timedelta(hours=1),
            )


def in_derbyshire(town: Town) -> Derbyshire:
    """Return a case with a concern, at the step that asks for a signed record."""
    town.in_derbyshire()
    wendy = User.objects.create(
        username="wendy", display_name="Wendy Holmes", email="wendy@healthwatch.example"
    )
    Post.objects.create(user=wendy, body=town.healthwatch, role="chief_executive")
    at = london("2026-03-27T09:00")
    answers = {
        "title": "Nobody comes at night",
        "service": town.hospital.name,
        "lead_agency": "Healthwatch Derbyshire",
        "safeguarding_risk": False,
        "regulator": "cqc",
        "summary": "Families say that bells are left unanswered.",
    }
    with acting_for([town.healthwatch.pk]):
        opened = open_case(
            actor=town.actor(town.sam, "lead_officer"),
            procedure=policies.load("healthwatch_derbyshire"),
            body=town.healthwatch,
            service=town.hospital,
            draft=draft("case_opened", at, answers),
            as_of=at,
        )
        assert isinstance(opened, Opened), opened
        case = Case.objects.get(pk=opened.case_id)
    made = Derbyshire(town, case, wendy)
    tell(made, "concern_raised", "2026-03-27T09:30", CONCERN)
    tell(made, "step_entered", "2026-03-27T10:00", {"move": "to_quality", "step": "quality"})
    return made


CONCERN = {
    "about": ["safety", "staffing"],
    "level": "quality_and_safety",
    "route": "enter_and_view",
    "seriousness": "significant",
    "nobody_named": True,
    "what_happened": "Bells rang for thirty minutes on two evenings.",
}


def tell(
    made: Derbyshire,
    kind: str,
    when: str,
    data: dict[str, Any],
    *,
    role: str = "lead_officer",
    refers_to: tuple[str, ...] = (),
) -> Recorded:
    """Record an entry in the case."""
    user = made.wendy if role == "chief_executive" else made.town.sam
    with made.at_work():
        outcome = record(
            case_id=made.case.pk,
            actor=made.town.actor(user, role),
            draft=draft(kind, london(when), data, refers_to=refers_to),
            expected_seq=None,
            as_of=london(when),
        )
    assert isinstance(outcome, Recorded), outcome
    return outcome


def mails(made: Derbyshire) -> list[MailMessage]:
    """Return what waits in the outbox, in order."""
    with made.at_work():
        return list(MailMessage.objects.order_by("pk"))


def token_in(mail: MailMessage) -> str:
    """Return the token of the link in a mail, as it reads once it leaves."""
    with acting_for([mail.body_id]):
        text = with_link(mail, mail.text)
    return text.split("/sign/", 1)[1].split("/", 1)[0]


def link_of(token: str) -> int:
    """Return the number of the link that a token leads to."""
    found = held(token)
    assert found is not None
    return found.link_id


def put_to_be_signed(town: Town, case: Case, *by: Signer) -> UUID:
    """Put a document of a Cardiff case to be signed, by Mari unless others are named."""
    mari = Signer(town.mari.name, user_id=town.mari.pk, role="lead_officer")
    with acting_for([case.body_id]):
        now = standing(Case.objects.get(pk=case.pk))
        wording = Wording("", "Terms of a visit", {}, "We visit on Thursday.")
        about = About(case.ref, "Plas Derwen", "Cardiff Council")
        outcome = ask(
            case_id=case.pk,
            actor=town.actor(town.mari, "lead_officer"),
            asking=Asking(
                id=str(uuid4()),
                body=town.council,
                ref=case.ref,
                sort=Sort("", OTHER_SORT),
                composed=compose(now, about, wording, "en"),
                data={},
                signers=by or (mari,),
            ),
            as_of=clock.now(),
            site=SITE,
        )
    assert isinstance(outcome, Recorded), outcome
    return UUID(outcome.entry.id)
