"""Documents of a demonstration to be signed: one by all, one that waits for somebody outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from candour.bodies.models import Body
from candour.cases.actions import Recorded
from candour.cases.models import Case, CaseEntry
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine import Words
from candour.people.actor import Actor
from candour.people.models import Post
from candour.signing.actions import Asking, Signer, Signing, ask, sign
from candour.signing.composing import About, Wording, compose, not_for_outside, offered
from candour.signing.fixing import Sort
from candour.signing.queries import request_of
from candour.site.demonstration.cases import entry_id

SITE = "http://localhost:8000"
CASE = "derbyshire_nights_at_millclose"
OUTSIDER = Signer("Rowan Lathkill", "Tansley Brook Care", email="rowan@tansley-brook.example")
ROCA: Mapping[str, Any] = {
    "concern": "One carer at night for two floors, and bells left unanswered.",
    "action": "A formal recommendation is with the provider; its answer is waited for.",
    "roca_decision": "go_on",
}
VISIT = """Two authorised representatives come one evening of next week, from seven to nine.

- They see the shared rooms, and nobody’s own room without being asked in.
- They talk with whoever wishes to, and write down no names.
- What they find is sent to you before anybody else reads it."""


class SignatureCannotBeAsked(Exception):
    """What the demonstration puts to be signed was refused; it has to be put right here."""


@dataclass(frozen=True, slots=True)
class _Paper:
    name: str
    sort: Sort
    wording: Wording
    signers: tuple[Signer, ...]
    signs: int


def make_signatures(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """Put what is missing to be signed, and return how many documents that was.

    Raises:
        SignatureCannotBeAsked: one was refused.
    """
    with acting_for(body.pk for body in bodies.values()):
        opening = CaseEntry.objects.filter(pk=entry_id(CASE, "open"))
        case = Case.objects.select_related("body", "service").filter(pk__in=opening.values("case"))
        found = case.first()
    if found is None:
        return 0
    with acting_for([found.body_id]):
        return sum(_made(found, paper, as_of) for paper in _papers(found, as_of))


def _papers(case: Case, as_of: datetime) -> tuple[_Paper, _Paper]:
    chief, officer = _signer(case, "chief_executive"), _signer(case, "lead_officer")
    record = standing(case).procedure.kind("record_signed").field("record")
    option = record.options[0] if record else None
    sort = option.label if option else Words("Record")
    entries = tuple(entry.id for entry in offered(standing(case)))
    closed = {entry.id for entry in not_for_outside(standing(case), entries, as_of)}
    shown = tuple(each for each in entries[:1] if each not in closed)
    return (
        _Paper(
            "roca",
            Sort("roca", sort),
            Wording("roca", sort.en, ROCA, entries=entries[-4:]),
            (chief,),
            signs=1,
        ),
        _Paper(
            "visit",
            Sort("", Words("Document", "Dogfen")),
            Wording("", "Terms of an evening visit", {}, VISIT, shown, outside=True),
            (officer, OUTSIDER),
            signs=1,
        ),
    )


def _signer(case: Case, role: str) -> Signer:
    post = _post(case, role)
    return Signer(post.user.name, post.title, post.user_id, role, language=post.user.language)


def _post(case: Case, role: str) -> Post:
    found = Post.objects.filter(body=case.body, role=role).select_related("user", "body")
    post: Post = found.order_by("pk")[0]
    return post


def _made(case: Case, paper: _Paper, as_of: datetime) -> bool:
    number = entry_id(CASE, f"asked-{paper.name}")
    if request_of(case.pk, UUID(number)) is not None:
        return False
    service = case.service.name if case.service else ""
    composed = compose(
        standing(Case.objects.get(pk=case.pk)),
        About(case.ref, service, case.body.name),
        paper.wording,
        "en",
    )
    asking = Asking(
        id=number,
        body=case.body,
        ref=case.ref,
        sort=paper.sort,
        composed=composed,
        data=paper.wording.data,
        signers=paper.signers,
    )
    actor = Actor.from_post(_post(case, "lead_officer"))
    _check(ask(case_id=case.pk, actor=actor, asking=asking, as_of=as_of, site=SITE))
    asked = request_of(case.pk, UUID(number))
    for turn in asked.turns[: paper.signs] if asked else ():
        signing = Signing(UUID(number), turn.signatory.pk, turn.signatory.name, True, "en")  # noqa: FBT003  # agreed
        signer = Actor.from_post(_post(case, turn.signatory.role))
        _check(sign(case_id=case.pk, actor=signer, signing=signing, as_of=as_of, site=SITE))
    return True


def _check(outcome: object) -> None:
    if not isinstance(outcome, Recorded):
        raise SignatureCannotBeAsked(str(outcome))
