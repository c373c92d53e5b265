"""The people of a closing service: what is arranged for each, and what nobody has thought of yet.

Nothing here is recorded. Everybody who was ever listed is in it, by number, until they have moved;
so whoever has no plan, no nurse, no advocate and no date is named, and cannot be forgotten.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from candour.engine.entries import Entry
from candour.engine.fields import as_values, blank
from candour.engine.london import local
from candour.engine.patterns import Pattern
from candour.engine.standing import Standing
from candour.engine.words import same

LISTED: Final = "residents_listed"
PLANNED: Final = "relocation_planned"
ASSESSED: Final = "needs_assessed"
OFFERED: Final = "support_offered"
MOVED: Final = "resident_moved"
SHARED: Final = "care_plan_shared"
REVIEWED: Final = "transition_reviewed"
OF_RESIDENTS: Final = (PLANNED, ASSESSED, OFFERED, MOVED, SHARED, REVIEWED)


class Lack(StrEnum):
    """What a resident who has not moved is without."""

    PLAN = "plan"  # nobody has planned the move at all, so nobody is responsible for it
    NURSE = "nurse"  # where the service gives nursing care
    ADVOCATE = "advocate"  # unless it is on record that none is needed
    HOME = "home"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Resident:
    """One resident, by number, as things stand.

    `entries` are those about them, in the order of happening; `plan` what the plans of the move
    come to, the last word on each point; `lacks` is empty once they have moved.
    """

    key: str
    number: str
    self_funding: bool
    entries: tuple[Entry, ...]
    plan: Mapping[str, Any]
    lacks: tuple[Lack, ...]
    moved: Entry | None

    @property
    def moves_on(self) -> date | None:
        """The London day on which they moved, or are to move; None where nobody has said."""
        if self.moved is not None:
            return local(self.moved.happened_at).date()
        given = self.plan.get("moves_on")
        return date.fromisoformat(given) if given else None


def residents(standing: Standing) -> tuple[Resident, ...]:
    """Return everybody who was listed, in the order of the lists."""
    names: dict[str, str] = {}
    funding: set[str] = set()
    for entry in standing.by_kind.get(LISTED, ()):
        funding |= {same(name) for name in as_values(entry.data.get("self_funders"))}
        for name in as_values(entry.data.get("residents")):
            if same(name):
                names.setdefault(same(name), str(name).strip())
    about = _about(standing)
    nursing = _nursing(standing)
    return tuple(
        _resident(key, number, about.get(key, ()), nursing=nursing, self_funding=key in funding)
        for key, number in names.items()
    )


def resident_of(standing: Standing, number: object) -> Resident | None:
    """Return the listed resident of this number, however it is written, or None."""
    return next((each for each in residents(standing) if each.key == same(number)), None)


def _about(standing: Standing) -> dict[str, tuple[Entry, ...]]:
    """Return the entries about each resident, in the order of happening."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in standing.chronicle:
        if entry.kind in OF_RESIDENTS:
            key = same(entry.data["resident"])
            found[key] = (*found.get(key, ()), entry)
    return found


def _nursing(standing: Standing) -> bool:
    """Say whether the service gives nursing care: as the closure plan says, or the opening."""
    for kind, field in (("closure_plan_agreed", "nursing_care"), ("case_opened", "nursing")):
        entry = standing.latest(Pattern(kind))
        if entry is not None and entry.data.get(field) is not None:
            return bool(entry.data[field])
    return False


def _resident(
    key: str, number: str, entries: tuple[Entry, ...], *, nursing: bool, self_funding: bool
) -> Resident:
    plan: dict[str, Any] = {}
    for entry in entries:
        if entry.kind == PLANNED:
            plan |= {name: value for name, value in entry.data.items() if not blank(value)}
    moved = next((entry for entry in reversed(entries) if entry.kind == MOVED), None)
    return Resident(
        key=key,
        number=number,
        self_funding=self_funding,
        entries=entries,
        plan=plan,
        lacks=() if moved else tuple(_lacks(plan, nursing=nursing)),
        moved=moved,
    )


def _lacks(plan: Mapping[str, Any], *, nursing: bool) -> Iterator[Lack]:
    if not plan:
        yield Lack.PLAN
        return
    for field, lack in (
        *((("nurse_assessor", Lack.NURSE),) if nursing else ()),
        *((("advocate", Lack.ADVOCATE),) if plan.get("advocate_needed") is not False else ()),
        ("moves_to", Lack.HOME),
        ("moves_on", Lack.DATE),
    ):
        if field not in plan:
            yield lack
