"""How requests for signatures stand: read from what happened to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from candour.mail.one_time import LONGEST, hash_of
from candour.signing.models import Event, FixedDocument, Link, Request, Signatory, What

LINK_FOR = "SELECT link_id, body_id FROM signing_link_for(%s)"
ANSWERS = (What.SIGNED, What.DECLINED)
ENDS = (What.DECLINED, What.WITHDRAWN)
NOT_SHOWN = ("document__pdf", "document__sealed")


@dataclass(frozen=True, slots=True)
class Turn:
    """One signatory: what they answered, and the link that reaches them, if any was made."""

    signatory: Signatory
    answer: Event | None
    link: Link | None
    revoked: bool = False

    @property
    def signed(self) -> bool:
        """Whether they have signed."""
        return self.answer is not None and self.answer.what == What.SIGNED

    def opens(self, moment: datetime) -> bool:
        """Say whether their newest link opens at a moment."""
        return self.link is not None and not self.revoked and moment < self.link.expires_at


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for signatures as it stands."""

    request: Request
    turns: tuple[Turn, ...]
    ended: Event | None

    @property
    def document(self) -> FixedDocument:
        """The document, as it was fixed."""
        return self.request.document

    @property
    def complete(self) -> bool:
        """Whether everybody has signed."""
        return all(turn.signed for turn in self.turns)

    @property
    def next(self) -> Turn | None:
        """Whose turn it is, or None once nobody's."""
        if self.ended is not None:
            return None
        return next((turn for turn in self.turns if not turn.signed), None)

    @property
    def signed(self) -> tuple[Turn, ...]:
        """Those who have signed, in order."""
        return tuple(turn for turn in self.turns if turn.signed)

    def turn_of(self, signatory_id: int) -> Turn:
        """Return the turn of one of its signatories."""
        return next(turn for turn in self.turns if turn.signatory.pk == signatory_id)


def requests_of(case_id: int) -> list[Asked]:
    """Return the requests of a case, newest first, without the files. Four queries."""
    found = Request.objects.filter(case_id=case_id).select_related("document", "asked_by")
    return _asked(found.defer(*NOT_SHOWN).order_by("-asked_at", "-pk"))


def request_of(case_id: int, request_id: UUID) -> Asked | None:
    """Return one request of a case with its document whole, or None. Four queries."""
    found = Request.objects.filter(case_id=case_id, pk=request_id)
    return next(iter(_asked(found.select_related("document__body", "asked_by"))), None)


def _asked(requests: Iterable[Request]) -> list[Asked]:
    found = list(requests)
    ids = [request.pk for request in found]
    events: dict[UUID, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(request__in=ids).order_by("pk"):
        events[event.request_id].append(event)
    newest: dict[int, Link] = {}
    for link in Link.objects.filter(signatory__request__in=ids).order_by("pk"):
        newest[link.signatory_id] = link
    signatories: dict[UUID, list[Signatory]] = defaultdict(list)
    for each in Signatory.objects.filter(request__in=ids).order_by("place"):
        signatories[each.request_id].append(each)
    return [_one(request, signatories[request.pk], events[request.pk], newest) for request in found]


def _one(
    request: Request, signatories: list[Signatory], events: list[Event], newest: dict[int, Link]
) -> Asked:
    revoked = {event.link_id for event in events if event.what == What.REVOKED}
    answers = {event.signatory_id: event for event in events if event.what in ANSWERS}
    turns = []
    for each in signatories:
        link = newest.get(each.pk)
        gone = link is not None and link.pk in revoked
        turns.append(Turn(each, answers.get(each.pk), link, gone))
    ended = next((event for event in events if event.what in ENDS), None)
    return Asked(request, tuple(turns), ended)


def to_sign(person: int) -> QuerySet[Signatory]:
    """Return the turns at which somebody with an account is asked to sign now."""
    happened = Event.objects.filter(request=OuterRef("request"))
    answered = Event.objects.filter(signatory=OuterRef("pk"), what__in=ANSWERS)
    signed = Event.objects.filter(signatory=OuterRef("pk"), what=What.SIGNED)
    before = Signatory.objects.filter(
        ~Exists(signed), request=OuterRef("request"), place__lt=OuterRef("place")
    )
    return Signatory.objects.filter(
        ~Exists(answered), ~Exists(happened.filter(what__in=ENDS)), ~Exists(before), user=person
    ).order_by("-request__asked_at")


@dataclass(frozen=True, slots=True)
class Held:
    """What a token leads to: a link, and the body for which its holder acts."""

    link_id: int
    body_id: int


def held(token: str) -> Held | None:
    """Return what a token leads to, or None; needs no body, one query."""
    if not token.isascii() or len(token) > LONGEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(LINK_FOR, [hash_of(token)])
        row = cursor.fetchone()
    return None if row is None else Held(*row)


@dataclass(frozen=True, slots=True)
class ByLink:
    """A request as one outsider sees it, by their link."""

    asked: Asked
    turn: Turn
    link: Link


def by_link(link_id: int) -> ByLink | None:
    """Return the request that a link leads to, within a transaction for the link's body."""
    link = Link.objects.select_related("signatory__request").filter(pk=link_id).first()
    if link is None:
        return None
    request = link.signatory.request
    asked = request_of(request.case_id, request.pk)
    return None if asked is None else ByLink(asked, asked.turn_of(link.signatory_id), link)
