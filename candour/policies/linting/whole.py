"""Everything that linting looks for, put together and put in order."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from candour.engine.procedure import Procedure
from candour.policies.faults import Place
from candour.policies.linting import clauses, rules, templates
from candour.policies.linting.findings import Finding, Trail, place_of
from candour.policies.linting.journeys import Journeys
from candour.policies.packs import Reading, sharing


def lint(
    procedure: Procedure,
    *,
    places: Mapping[Trail, Place] | None = None,
    beside: Iterable[Procedure] = (),
    owns_register: bool = True,
) -> list[Finding]:
    """Return what is wrong with a procedure, errors and notes, in the order of its files.

    `beside` are procedures that share its register of clauses: what they carry counts too. Where
    the register is another's (`owns_register` false), clauses that nothing carries are told there.
    """
    journeys = Journeys(procedure)
    found = [
        *journeys.findings(),
        *rules.duties(procedure, journeys),
        *rules.gates(procedure, journeys),
        *rules.autos(procedure, journeys),
        *rules.roles(procedure),
        *clauses.referred(procedure),
        *clauses.options(procedure),
        *templates.templates(procedure, places or {}),
    ]
    if owns_register:
        found += clauses.uncarried(procedure, beside)
    placed = [
        one if one.place else replace(one, place=place_of(one.trail, places or {})) for one in found
    ]
    return sorted(placed, key=lambda one: (one.place or Place(""), one.severity, one.message))


def lint_pack(reading: Reading, among: Iterable[Reading] | None = None) -> list[Finding]:
    """Return the findings of a pack that was read, beside the packs that share its clauses.

    Those are looked for in `among`, or in the folders beside it. A pack with faults has no
    findings: its faults come first.
    """
    if reading.procedure is None:
        return []
    beside = [one.procedure for one in sharing(reading, among) if one.procedure is not None]
    return lint(
        reading.procedure,
        places=reading.places,
        beside=beside,
        owns_register=not reading.shares,
    )
