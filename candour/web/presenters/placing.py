"""“May we place somebody here today?”: the question as asked, and the answer in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candour.engine import Procedure
from candour.engine.placing import Placement, Placing, PlacingAnswer, PlacingReason
from candour.engine.restrictions import IMPOSED, Restriction
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
SCOPES = {"care_types": "care_type", "complexities": "complexity", "funders": "funder"}


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
        for known in procedure.kind(IMPOSED).fields:
            if known.name in SCOPES:
                for option in known.options:
                    found[SCOPES[known.name]].setdefault(option.id, said(option.label))
    return {side: [Choice(*item) for item in items.items()] for side, items in found.items()}


def answered(procedure: Procedure, placing: Placing) -> Answered:
    """Return the answer in words."""
    return Answered(
        STATUS[placing.answer],
        str(_ANSWERS[placing.answer]),
        tuple(_reason(procedure, reason) for reason in placing.reasons),
    )


def _reason(procedure: Procedure, reason: PlacingReason) -> str:
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


def restriction_title(procedure: Procedure, held: Restriction) -> str:
    """Return the kind of a restriction as people read it."""
    options = (
        option
        for known in procedure.kind(IMPOSED).fields
        if known.name == "restriction"
        for option in known.options
    )
    found = next((option for option in options if option.id == held.restriction), None)
    return said(found.label) if found else held.restriction


def limits(procedure: Procedure, held: Restriction) -> list[str]:
    """Return what a restriction keeps out, side by side, as far as it is told apart."""
    labels = {
        (known.name, option.id): said(option.label)
        for known in procedure.kind(IMPOSED).fields
        for option in known.options
    }
    found = [
        ", ".join(labels.get((side, value), value) for value in getattr(held, side))
        for side in (*SCOPES, "units")
    ]
    return [words for words in found if words]
