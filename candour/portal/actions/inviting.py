"""Inviting somebody outside: what they are shown and asked is recorded, and a link is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from candour.bodies.models import Body
from candour.cases.actions import Recorded, Stale
from candour.cases.actions.recording import enter
from candour.cases.log import head_of
from candour.cases.standings import standing_at
from candour.engine import Draft, Refusal, Standing
from candour.engine.london import end_of, local
from candour.engine.vocabulary.outside import INVITED
from candour.mail.outgoing import is_address
from candour.people.actor import Actor
from candour.portal.actions.links import put_link
from candour.portal.barring import barred
from candour.portal.models import Invitation
from candour.portal.seeing import AS_WHOM, OF_THE_PLAN, Way, showable, ways_for

LONGEST_NAME = 200
LONGEST_NOTE = 2_000
LONGEST_TIME = 366  # days
SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Inviting:
    """Whom to invite, to what, until when.

    Attributes:
        id: its number, made with the form; the entry and the invitation carry it.
        body: the body that leads the case.
        sort: the kind of recipient, one of `candour.portal.seeing.AS_WHOM`.
        asked: the entries that they are shown and asked about.
        plan: they are asked to report on the actions of the plan.
        until: the last day on which they may answer.
        expected_seq: where the log ended when the person last read it, or None not to ask.
    """

    id: str
    body: Body
    name: str
    organisation: str
    email: str
    sort: str
    asked: tuple[str, ...]
    until: date
    plan: bool = False
    post: str = ""
    language: str = "en"
    note: str = ""
    expected_seq: int | None = None


def invite(
    *, case_id: int, actor: Actor, inviting: Inviting, as_of: datetime, site: str
) -> Recorded | Refusal | Stale:
    """Record that somebody outside is invited, and send them a link. Done twice, it is done once.

    Returns:
        As `candour.cases.actions.record` does; or the refusal that says whom or what not.
    """
    if actor.user_id is None:
        return barred("Somebody has to invite them.", "Rhaid i rywun eu gwahodd.")
    standing = standing_at(head_of(case_id, lock=True))
    if standing.entry(inviting.id) is None:
        for bar in _bars(standing, inviting, as_of):
            return bar
    outcome = enter(
        case_id=case_id,
        actor=actor,
        draft=_draft(standing, inviting, as_of),
        expected_seq=inviting.expected_seq,
        as_of=as_of,
    )
    if isinstance(outcome, Recorded) and not outcome.repeated:
        invitation = _kept(inviting, case_id, UUID(outcome.entry.id), actor.user_id, as_of)
        put_link(invitation, inviting.body, actor.user_id, as_of, site)
    return outcome


def _draft(standing: Standing, inviting: Inviting, as_of: datetime) -> Draft:
    kinds = {entry.id: entry.kind for entry in standing.chronicle}
    ways = {way for each in inviting.asked for way in ways_for(kinds.get(each, ""))}
    asked = [str(way) for way in (Way.ACKNOWLEDGE, Way.ANSWER, Way.DISPUTE) if way in ways]
    who = (inviting.name, inviting.post, inviting.organisation)
    return Draft(
        id=inviting.id,
        kind=INVITED,
        happened_at=as_of,
        author="",
        role="",
        data={
            "who": ", ".join(part for part in who if part),
            "sort": inviting.sort,
            "asked": [*asked, *(["plan"] if inviting.plan else [])],
            "until": inviting.until.isoformat(),
        },
        refers_to=inviting.asked,
    )


def _kept(
    inviting: Inviting, case_id: int, number: UUID, made_by: int, as_of: datetime
) -> Invitation:
    return Invitation.objects.create(
        id=number,
        case_id=case_id,
        name=inviting.name,
        post=inviting.post,
        organisation=inviting.organisation,
        email=inviting.email,
        language=inviting.language,
        sort=inviting.sort,
        asked=list(inviting.asked),
        plan=inviting.plan,
        note=inviting.note,
        until=end_of(inviting.until),
        made_at=as_of,
        made_by_id=made_by,
    )


def _bars(standing: Standing, inviting: Inviting, as_of: datetime) -> Iterator[Refusal]:
    yield from _who_bars(inviting)
    if inviting.sort not in AS_WHOM:
        yield barred(
            "Say what sort of recipient they are: it decides what they may see.",
            "Dywedwch pa fath o dderbynnydd ydynt: mae’n penderfynu beth y cânt ei weld.",
            "sort",
        )
    yield from _asked_bars(standing, inviting, as_of)
    days = (inviting.until - local(as_of).date()).days
    if not 0 <= days <= LONGEST_TIME:
        yield barred(
            "They may answer until a day from today on, within a year. Give such a day.",
            "Cânt ateb tan ddiwrnod o heddiw ymlaen, o fewn blwyddyn. Rhowch ddiwrnod o’r fath.",
            "until",
        )


def _who_bars(inviting: Inviting) -> Iterator[Refusal]:
    for field, value in (("name", inviting.name), ("organisation", inviting.organisation)):
        if not SHORTEST_NAME <= len(value) <= LONGEST_NAME or "\n" in value:
            yield barred(
                "Give it in one line of up to 200 characters: the log says who was invited.",
                "Rhowch ef mewn un llinell o hyd at 200 nod: mae’r log yn dweud pwy a wahoddwyd.",
                field,
            )
    if len(inviting.post) > LONGEST_NAME or "\n" in inviting.post:
        yield barred(
            "Their post: one line of up to 200 characters.",
            "Eu swydd: un llinell o hyd at 200 nod.",
            "post",
        )
    # All three stand in one line of the log.
    if len(inviting.name) + len(inviting.post) + len(inviting.organisation) > 290:
        yield barred(
            "Name, post and organisation are too long together. Shorten one of them.",
            "Mae’r enw, y swydd a’r sefydliad yn rhy hir gyda’i gilydd. Byrhewch un ohonynt.",
            "post",
        )
    if not is_address(inviting.email) or len(inviting.email) > LONGEST_NAME:
        yield barred(
            "Write their email address like name@example.org: the link goes there alone.",
            "Ysgrifennwch eu cyfeiriad e-bost fel enw@example.org: yno’n unig y mae’r ddolen yn "
            "mynd.",
            "email",
        )
    if len(inviting.note) > LONGEST_NOTE or "\x00" in inviting.note:
        yield barred(
            "Your words to them can be up to 2,000 characters.",
            "Gall eich geiriau iddynt fod hyd at 2,000 nod.",
            "note",
        )


def _asked_bars(standing: Standing, inviting: Inviting, as_of: datetime) -> Iterator[Refusal]:
    may = {entry.id for entry in showable(standing, inviting.sort, as_of)}
    if not set(inviting.asked) <= may:
        yield barred(
            "Something that you chose is not for this sort of recipient: it is for the agencies "
            "alone, withheld from them, or withdrawn. Take it out.",
            "Nid yw rhywbeth a ddewiswyd ar gyfer y math hwn o dderbynnydd: i’r asiantaethau’n "
            "unig y mae, wedi’i atal rhagddynt, neu wedi’i dynnu’n ôl. Tynnwch ef allan.",
            "asked",
        )
    if inviting.plan and inviting.sort != OF_THE_PLAN:
        yield barred(
            "Only the provider reports on the actions of its plan.",
            "Dim ond y darparwr sy’n adrodd ar gamau gweithredu ei gynllun.",
            "plan",
        )
    if not inviting.asked and not inviting.plan:
        yield barred(
            "Choose at least one thing that they are asked about.",
            "Dewiswch o leiaf un peth y gofynnir iddynt amdano.",
            "asked",
        )
