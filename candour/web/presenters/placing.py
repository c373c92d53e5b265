"""“May we place somebody here today?”: the question as asked, and the answer in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.cases.queries.placing import Stood
from candour.engine import Procedure
from candour.engine.placing import (
    SIDES,
    Placement,
    Placing,
    PlacingAnswer,
    PlacingReason,
    answer_of,
    choices_of,
)
from candour.engine.restrictions import IMPOSED, Restriction, title_of
from candour.engine.words import same
from candour.web.spoken import said

# Each answer in a word, a shape and a colour (`candour.web.status`).
STATUS: Mapping[PlacingAnswer, str] = {
    PlacingAnswer.YES: "met",
    PlacingAnswer.ON_CONDITIONS: "attention",
    PlacingAnswer.ASK: "attention",
    PlacingAnswer.NO: "blocked",
}
_ANSWERS: Mapping[PlacingAnswer, Promise | str] = {
    PlacingAnswer.YES: gettext_lazy("Nothing on record against it"),
    PlacingAnswer.ON_CONDITIONS: gettext_lazy("Only on conditions"),
    PlacingAnswer.ASK: gettext_lazy("Ask first"),
    PlacingAnswer.NO: gettext_lazy("No"),
}
_SIDES: Mapping[str, Promise | str] = {
    "care_type": gettext_lazy("the type of care"),
    "complexity": gettext_lazy("the complexity of need"),
    "unit": gettext_lazy("the unit"),
    "funder": gettext_lazy("who places"),
}
SCOPES = {name: side for side, name in SIDES.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that the question offers to choose."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer: its status and words, and a sentence for each restriction that matters."""

    status: str
    words: str
    reasons: tuple[str, ...]


def asked(query: Mapping[str, str]) -> Placement:
    """Return the placement that an address asks about; what it leaves out is not known."""
    return Placement(
        care_type=query.get("care_type", ""),
        unit=query.get("unit", "").strip()[:100],
        funder=query.get("funder", ""),
        complexity=query.get("complexity", ""),
    )


def choices(procedures: Iterable[Procedure]) -> dict[str, list[Choice]]:
    """Return what the question offers for each side of a placement, of these procedures."""
    found: dict[str, dict[str, str]] = {side: {} for side in SCOPES.values()}
    for procedure in procedures:
        for side, options in choices_of(procedure).items():
            for option in options:
                found[side].setdefault(option.id, said(option.label))
    return {side: [Choice(*item) for item in items.items()] for side, items in found.items()}


def units_known(held: Iterable[Restriction]) -> list[str]:
    """Return the units that restrictions name, each once however it is written, in order."""
    found: dict[str, str] = {}
    for each in held:
        for unit in each.units:
            found.setdefault(same(unit), unit)
    return [found[unit] for unit in sorted(found)]


def as_known(placement: Placement, known: Mapping[str, Iterable[Choice]]) -> Placement:
    """Return the placement without what no procedure offers: that would be taken for a yes."""
    unknown = {
        side: ""
        for side in SCOPES.values()
        if getattr(placement, side) not in {choice.id for choice in known.get(side, ())}
    }
    return replace(placement, **unknown)


def answered(procedure: Procedure, placing: Placing) -> Answered:
    """Return the answer of one case in words."""
    return Answered(
        STATUS[placing.answer],
        str(_ANSWERS[placing.answer]),
        tuple(_reason(procedure, reason) for reason in placing.reasons),
    )


def answered_by(stood: Sequence[Stood], placement: Placement) -> Answered:
    """Return the answer of all that stood at a service, in whichever cases, in words."""
    placing = answer_of([each.restriction for each in stood], placement)
    under = {each.restriction.imposed_by: each.procedure for each in stood}
    return Answered(
        STATUS[placing.answer],
        str(_ANSWERS[placing.answer]),
        tuple(_reason(under[each.restriction.imposed_by], each) for each in placing.reasons),
    )


def _reason(procedure: Procedure | None, reason: PlacingReason) -> str:
    title = restriction_title(procedure, reason.restriction)
    words = f"{title}: {reason.restriction.scope}"
    if reason.unknown:
        sides = ", ".join(str(_SIDES[side]) for side in reason.unknown)
        return _("%(what)s It hangs on %(sides)s.") % {"what": _stopped(words), "sides": sides}
    if reason.answer is PlacingAnswer.ASK:
        return _("%(what)s Its scope is in words alone: ask whoever leads the case.") % {
            "what": _stopped(words)
        }
    return _stopped(words)


def _stopped(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def restriction_title(procedure: Procedure | None, held: Restriction) -> str:
    """Return the kind of a restriction as people read it; its id where no procedure tells."""
    return said(title_of(procedure, held)) if procedure else held.restriction.replace("_", " ")


def limits(procedure: Procedure | None, held: Restriction) -> list[str]:
    """Return what a restriction keeps out, side by side, as far as it is told apart."""
    labels = _labels(procedure)
    found = [
        ", ".join(labels.get((side, value), value) for value in getattr(held, side))
        for side in (*SCOPES, "units")
    ]
    return [words for words in found if words]


def _labels(procedure: Procedure | None) -> dict[tuple[str, str], str]:
    if procedure is None:
        return {}
    return {
        (known.name, option.id): said(option.label)
        for known in procedure.kind(IMPOSED).fields
        for option in known.options
    }
