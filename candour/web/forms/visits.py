"""The forms of a visit: what each asks, and what it opens with out of the log.

Nothing is asked that the plan, the notes or the list of representatives says already.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from candour.engine import Entry, Standing, Words
from candour.engine.fields import Field, FieldType, Option
from candour.engine.kinds import Kind
from candour.engine.london import LONDON
from candour.engine.visits import ENTER_AND_VIEW, Visit, VisitState
from candour.engine.vocabulary.visits import (
    CALLED_OFF,
    COMMENTED,
    DRAFT,
    FINAL,
    MADE,
    PLANNED,
    REPORTED,
)
from candour.people.models import Post
from candour.publishing.visiting import Visitor
from candour.web.forms.controls import as_typed, boxes
from candour.web.forms.days import moment_parts
from candour.web.forms.entry import WHEN, Subject

DECISION: Final = "decision_made"
USUAL_TIME: Final = "10:00"  # of a visit whose decision names the day alone
CARRIED_OVER: Final = ("premises", "purpose", "announced", "under_18_social_care")


@dataclass(frozen=True, slots=True)
class Step:
    """One form on the way of a visit: the kind it records, in which states it is offered."""

    kind: str
    states: frozenset[VisitState]
    about: Callable[[Visit], Entry | None]
    fixed: Callable[[Visit], Mapping[str, Any]]
    opens_with: Callable[["Opening"], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a form may open with: the case, the visit, and whose service it is about."""

    standing: Standing
    visit: Visit
    provider: str


def decision_of(standing: Standing) -> Entry | None:
    """Return the latest decision to enter and view that no visit was planned on, or None."""
    used = {ref for plan in standing.by_kind.get(PLANNED, ()) for ref in plan.refers_to}
    found = [
        entry
        for entry in standing.by_kind.get(DECISION, ())
        if entry.data.get("decision") == ENTER_AND_VIEW and entry.id not in used
    ]
    return found[-1] if found else None


def plan_subject(
    standing: Standing, posts: tuple[Post, ...], people: Sequence[Visitor], chosen: Sequence[str]
) -> Subject:
    """Return what planning a visit asks: everything of the kind, who goes out of the list."""
    kind = with_people(standing.procedure.kinds[PLANNED], people, chosen)
    return Subject(standing, kind, posts)


def with_people(kind: Kind, people: Sequence[Visitor], chosen: Sequence[str]) -> Kind:
    """Return the kind with its visitors chosen from the list of representatives.

    Names that were chosen before stay there to be seen, and refused if need be.
    """
    named = (person.name for person in people if person.bar is None)
    offered = dict.fromkeys((*named, *chosen))
    return _asking(
        kind,
        "visitors",
        lambda known: replace(
            known,
            type=FieldType.CHOICES,
            options=tuple(Option(name, Words(name)) for name in offered),
        ),
    )


def _asking(kind: Kind, name: str, change: Callable[[Field], Field]) -> Kind:
    fields = tuple(change(known) if known.name == name else known for known in kind.fields)
    return replace(kind, fields=fields)


def plan_opens_with(subject: Subject, decision: Entry | None) -> dict[str, list[str]]:
    """Return what the form of a plan opens with: what the decision to enter says."""
    if decision is None:
        return {}
    data = {"premises": decision.data.get("premises"), "purpose": decision.data.get("reason")}
    typed = as_typed(subject.fields, data)
    day = decision.data.get("planned_on")
    if day:
        at = datetime.fromisoformat(f"{day}T{USUAL_TIME}").replace(tzinfo=LONDON)
        typed |= boxes("planned_for", moment_parts(at))
    return typed


def step_subject(
    opening: Opening,
    step: Step,
    posts: tuple[Post, ...],
    people: Sequence[Visitor],
    chosen: Sequence[str],
) -> Subject:
    """Return what one step of a visit asks, with what is known of it settled.

    `people` are those on the list as they stand on its day, `chosen` names ticked before.
    """
    kind = opening.standing.procedure.kinds[step.kind]
    if step.kind == MADE:
        plan = opening.visit.plan
        planned = plan.data["visitors"] if plan else ()
        kind = with_people(kind, people, [*planned, *chosen])
    own = {known.name for known in kind.fields}
    fixed = {name: value for name, value in step.fixed(opening.visit).items() if name in own}
    return Subject(opening.standing, _settled(kind, fixed), posts, fixed)


def _settled(kind: Kind, fixed: Mapping[str, Any]) -> Kind:
    """Return the kind with what depends on settled values needed outright, or not asked at all."""
    fields = []
    for known in kind.fields:
        when = known.needed_when
        if when is None or when.field not in fixed:
            fields.append(known)
        elif fixed[when.field] in when.values:
            fields.append(replace(known, needed_when=None, required=True))
    return replace(kind, fields=tuple(fields))


def step_opens_with(
    opening: Opening, step: Step, subject: Subject, now: datetime
) -> dict[str, list[str]]:
    """Return what the form of a step opens with."""
    typed = as_typed(subject.fields, step.opens_with(opening))
    if step.kind == MADE:
        begun = [note.happened_at for note in opening.visit.notes] or [opening.visit.at]
        typed |= boxes(WHEN, moment_parts(min(begun[0], now)))
    return typed


def _known_of_the_visit(visit: Visit) -> dict[str, Any]:
    plan = visit.plan.data if visit.plan else {}
    known = {name: plan[name] for name in CARRIED_OVER if name in plan}
    return {"visit": ENTER_AND_VIEW, "authorised": True, **known}


def _written_up(opening: Opening) -> dict[str, Any]:
    plan = opening.visit.plan
    return {
        "visitors": plan.data["visitors"] if plan else None,
        "findings": findings(opening.visit) or None,
        "entry_refused": False,
    }


def findings(visit: Visit) -> str:
    """Return what was noted down, by what it is about, in the order of the plan."""
    plan = visit.plan.data["areas"] if visit.plan else ()
    areas = dict.fromkeys((*plan, *(note.data["area"] for note in visit.notes)))
    found = []
    for area in areas:
        said = [note.data["observed"] for note in visit.notes if note.data["area"] == area]
        if said:
            found.append("\n".join((area, *(f"- {line}" for line in said))))
    return "\n\n".join(found)


def _drafted(opening: Opening) -> dict[str, Any]:
    if (before := opening.visit.draft) is not None:
        return {
            "report": before.data["report"],
            "recommendations": before.data.get("recommendations"),
        }
    made = opening.visit.made
    if made is None:
        return {}
    purpose = made.data.get("purpose", "")
    parts = (
        (_("Why we went"), purpose),
        (_("What we saw and heard"), made.data["findings"]),
    )
    return {"report": "\n\n".join(f"{head}\n{text}" for head, text in parts if text)}


def _finished(opening: Opening) -> dict[str, Any]:
    none = _("No comments came in the time that they had.")
    return {**_drafted(opening), "changed": None if opening.visit.comments else none}


def _nothing(_visit: Visit) -> dict[str, Any]:
    return {}


STEPS: Final[Mapping[str, Step]] = {
    "write-up": Step(
        MADE,
        frozenset({VisitState.PLANNED, VisitState.BEING_MADE}),
        lambda visit: visit.plan,
        _known_of_the_visit,
        _written_up,
    ),
    "call-off": Step(
        CALLED_OFF,
        frozenset({VisitState.PLANNED}),
        lambda visit: visit.plan,
        _nothing,
        lambda _opening: {},
    ),
    "draft": Step(
        REPORTED,
        frozenset({VisitState.MADE, VisitState.DRAFTED}),
        lambda visit: visit.made,
        lambda _visit: {"stage": DRAFT},
        _drafted,
    ),
    "comments": Step(
        COMMENTED,
        frozenset({VisitState.WITH_PROVIDER, VisitState.COMMENTED}),
        lambda visit: visit.draft,
        _nothing,
        lambda opening: {"from_whom": opening.provider or None},
    ),
    "final": Step(
        REPORTED,
        frozenset({VisitState.WITH_PROVIDER, VisitState.COMMENTED}),
        lambda visit: visit.made,
        lambda _visit: {"stage": FINAL},
        _finished,
    ),
}
