"""The restrictions in force over all cases that a body leads or shares, by service."""

import json
from dataclasses import dataclass

from candour.cases.models import Case, CaseEntry, CaseRestriction
from candour.cases.procedures import procedure_named
from candour.engine import Entry, Procedure, from_payload
from candour.engine.corrections import CORRECTION, in_effect
from candour.engine.restrictions import KINDS, Restriction, after


@dataclass(frozen=True, slots=True)
class Restricted:
    """A case with restrictions in force: its file (with body and service), and what they are."""

    case: Case
    procedure: Procedure
    held: tuple[Restriction, ...]


def restricted() -> list[Restricted]:
    """Return the cases with restrictions in force, by the name of their service. Two queries."""
    cases = list(
        Case.objects.select_related("body", "service")
        .filter(pk__in=CaseRestriction.objects.values("case"))
        .order_by("service__name", "ref")
    )
    entries = _entries([case.pk for case in cases])
    return [
        Restricted(case, procedure_named(case.procedure, case.version), _held(entries[case.pk]))
        for case in cases
    ]


def _entries(cases: list[int]) -> dict[int, list[Entry]]:
    """Return the entries about restrictions, with corrections, of each case. One query."""
    found: dict[int, list[Entry]] = {case: [] for case in cases}
    rows = CaseEntry.objects.filter(case__in=cases, kind__in=[*KINDS, CORRECTION])
    for case, payload in rows.order_by("case", "seq").values_list("case", "payload"):
        found[case].append(from_payload(json.loads(payload)))
    return found


def _held(entries: list[Entry]) -> tuple[Restriction, ...]:
    held: list[Restriction] = []
    for entry in in_effect(entries):
        if entry.kind in KINDS:
            held = after(held, entry)
    return tuple(held)
