"""A record that a procedure has a form for (a Record of Concern and Action), out of the log.

What the case says already stands in the form when it opens; who may sign it is what the procedure's
gates say, so nobody is offered who would be refused; that somebody stands in for another follows
from who signs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from candour.engine import Draft, Procedure, Standing
from candour.engine.fields import Field, Option
from candour.engine.vocabulary.signing import SIGNED
from candour.people.models import Post
from candour.signing.actions import Signer
from candour.web.forms import reading
from candour.web.forms.asking import Paper, usual
from candour.web.forms.controls import Choice, Control, Typed, as_typed, control, first
from candour.web.forms.entry import post_name
from candour.web.presenters.dues import due_words
from candour.web.spoken import said

SIGNER, AGREED = "record-signer", "record-agreed"
CONCERN: Final = "concern"
STANDS_IN: Final = "chief_executive_absent"  # not asked: whoever signs in the other's place says it
MOST_PROPOSED = 5
REMARK = " ("  # begins what a title says of its own period, which is nothing to do


@dataclass(frozen=True, slots=True)
class ConcernRecord:
    """The form as it is shown."""

    controls: tuple[Control, ...]
    agreed: Control
    signer: Control


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed, read: the values of the record, and who agrees and signs, in order."""

    data: Mapping[str, Any]
    signers: tuple[Signer, ...]


def records_with_forms(procedure: Procedure) -> tuple[Option, ...]:
    """Return the records of a concern that a procedure has a form of its own for.

    They are those of a procedure whose signed records say what the concern is.
    """
    kind = procedure.kinds.get(SIGNED)
    known = kind.field("record") if kind and kind.field(CONCERN) else None
    return tuple(
        option
        for option in (known.options if known else ())
        if (form := procedure.templates.get(option.id)) and not form.about and form.records is None
    )


def signing_posts(paper: Paper, moment: datetime) -> dict[Post, dict[str, Any]]:
    """Return who may sign the record, each with what their signing says beside it."""
    found = {}
    for post in paper.people:
        for beside in ({}, {STANDS_IN: True}) if _asks(paper, STANDS_IN) else ({},):
            if _passes(paper, post.role, beside, moment):
                found[post] = beside
                break
    return found


def _asks(paper: Paper, name: str) -> bool:
    return any(known.name == name for known in paper.fields)


def _passes(paper: Paper, role: str, beside: Mapping[str, Any], moment: datetime) -> bool:
    data = {"record": paper.record, **beside}
    draft = Draft(id="", kind=SIGNED, happened_at=moment, author="asked", role=role, data=data)
    standing = paper.standing
    gates = (gate for gate in standing.procedure.gates if gate.on.matches(draft))
    return not any(reason for gate in gates for reason in standing.reasons(gate, moment, draft))


def asked_fields(paper: Paper) -> tuple[Field, ...]:
    """Return the fields of the record that a person fills in."""
    return tuple(known for known in paper.fields if known.name != STANDS_IN)


def opens_with(paper: Paper, posts: Sequence[Post]) -> dict[str, list[str]]:
    """Return what stands in the form at first: what the log says of it."""
    data = {
        "concern": _concern(paper.standing),
        "action": _action(paper.standing),
        "roca_decision": _decision(paper.standing),
    }
    asked = asked_fields(paper)
    typed = as_typed(asked, {known.name: data.get(known.name) for known in asked})
    if posts:
        typed[SIGNER] = [str(posts[0].pk)]
    return typed


def _latest(standing: Standing, kind: str, name: str) -> str:
    found = standing.by_kind.get(kind, ())
    return str(found[-1].data.get(name) or "") if found else ""


def _concern(standing: Standing) -> str | None:
    """Return the concern as last recorded, and why an answer to it was not good enough."""
    said_of_it = _latest(standing, "concern_raised", "what_happened")
    judged = standing.by_kind.get("response_judged", ())
    why = judged[-1].data["reason"] if judged and not judged[-1].data["satisfactory"] else ""
    opening = _latest(standing, "case_opened", "summary")
    return "\n\n".join(part for part in (said_of_it or opening, why) if part) or None


def _action(standing: Standing) -> str | None:
    """Return what is owed next, as a proposal of what to do: the record itself is not among it."""
    owed = sorted(
        (each for each in standing.owed() if not _by_signing(each.duty.met_by)),
        key=lambda each: each.due.on or date.max,
    )
    lines = (
        _("%(what)s: by %(day)s")
        % {"what": said(each.duty.title).split(REMARK)[0], "day": due_words(each.due)}
        for each in owed[:MOST_PROPOSED]
    )
    return "\n".join(f"- {line}" for line in lines) or None


def _by_signing(met_by: Sequence[Any]) -> bool:
    return any(pattern.kind == SIGNED for pattern in met_by)


def _decision(standing: Standing) -> str | None:
    """Return “escalate” where the latest answer at this step was judged not good enough."""
    since = standing.step_since
    judged = [
        e for e in standing.by_kind.get("response_judged", ()) if since and e.happened_at >= since
    ]
    return "escalate" if judged and not judged[-1].data["satisfactory"] else None


def shown(
    paper: Paper, signing: Sequence[Post], typed: Typed, faults: dict[str, str]
) -> ConcernRecord:
    """Return the form with what was typed, right or wrong."""
    asked = asked_fields(paper)

    def person(name: str, label: str, posts: Sequence[Post]) -> Control:
        listed = (
            Choice(str(post.pk), f"{post.user.name} ({post_name(paper.standing, post)})")
            for post in posts
        )
        return Control(
            name,
            "select",
            label,
            choices=tuple(listed),
            value=first(typed, name),
            error=faults.get(name, ""),
        )

    return ConcernRecord(
        controls=tuple(control(known, typed, faults.get(known.name, ""), asked) for known in asked),
        agreed=person(AGREED, _("Agreed first by (optional)"), paper.people),
        signer=person(SIGNER, _("Signed by"), signing),
    )


def read(paper: Paper, typed: Typed, moment: datetime) -> Filled | dict[str, str]:
    """Return what was typed, or what is wrong under each field's name."""
    found = reading.read(asked_fields(paper), typed)
    faults = dict(found.faults)
    signing = signing_posts(paper, moment)
    signs = _chosen(signing, first(typed, SIGNER))
    if signs is None:
        faults[SIGNER] = _("Signed by: choose who signs")
    agrees = _chosen(paper.people, first(typed, AGREED))
    if agrees is not None and signs is not None and agrees.user_id == signs.user_id:
        faults[AGREED] = _("Agreed first by: choose somebody else than who signs, or nobody")
    if faults or signs is None:
        return faults
    order = [post for post in (agrees, signs) if post is not None]
    signers = tuple(_signer(paper, post) for post in order)
    return Filled({**found.data, **signing[signs]}, signers)


def _chosen(posts: Sequence[Post] | Mapping[Post, Any], number: str) -> Post | None:
    return next((post for post in posts if str(post.pk) == number), None)


def _signer(paper: Paper, post: Post) -> Signer:
    return Signer(
        name=post.user.name,
        post=post_name(paper.standing, post),
        user_id=post.user_id,
        role=post.role,
        language=post.user.language,
    )


def rests_on(paper: Paper) -> tuple[str, ...]:
    """Return the entries that the record sets out: those since it was last signed."""
    return tuple(entry.id for entry in usual(paper))
