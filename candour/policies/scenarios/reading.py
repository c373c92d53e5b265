"""Reads scenario files: entries of an imagined case, and what should stand at which moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from candour.engine import SYSTEM
from candour.engine.basis import Basis
from candour.engine.errors import nearest
from candour.engine.procedure import Procedure
from candour.policies.building.parts import ids
from candour.policies.faults import Fault, FaultyPack, PackError, Place
from candour.policies.moments import moment_of
from candour.policies.packs import load
from candour.policies.reading.checking import Checking
from candour.policies.reading.folder import is_folder
from candour.policies.reading.names import Names
from candour.policies.reading.nodes import Listed, Mapped, Node, described
from candour.policies.reading.yaml_files import read_file
from candour.policies.scenarios.grammar import SCENARIO


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry that the scenario makes; `refused` holds words of the refusal where one is due."""

    id: str
    kind: str
    on: datetime
    recorded: datetime
    by: str
    data: Mapping[str, Any]
    refers_to: tuple[str, ...]
    body: str
    override: str
    refused: str
    place: Place


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should stand at a moment: the parts as they are written, by name."""

    at: datetime
    says: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter should say just after an entry: the parts as they are written, by name."""

    after: str
    says: Mapping[str, Any]
    place: Place


@dataclass(frozen=True)
class Scenario:
    """A situation: a procedure, what happens, and what should come of it."""

    title: str
    path: Path
    procedure: Procedure
    clauses: tuple[str, ...]
    entries: tuple[Happening, ...]
    expect: tuple[Expectation, ...]
    letters: tuple[Letter, ...] = ()


def read_scenario(path: str | Path, under: Procedure | None = None) -> Scenario:
    """Return the scenario in a file.

    One that names `under`, or a base of it, plays under it, and cites its clauses.

    Raises:
        FaultyPack: it, or the procedure that it names, cannot be used; with every fault.
        NoSuchPack: it names a procedure that there is not.
    """
    path = Path(path)
    faults: list[Fault] = []
    node = read_file(path, str(path), faults)
    if not isinstance(node, Mapped):
        if not faults:
            found = described(node) if node else "empty"
            message = f"A scenario holds named parts (scenario, procedure …); this is {found}."
            faults.append(Fault(Place(str(path), 1, 1), message))
        raise FaultyPack(path, faults)
    return _read(path, node, under, faults)


def _read(path: Path, node: Mapped, under: Procedure | None, faults: list[Fault]) -> Scenario:
    procedure, basis = _played_under(path, node, under)
    SCENARIO.check(node, (), Checking(_names(procedure, basis), faults))
    if faults:
        raise FaultyPack(path, sorted(set(faults)))
    entries, expect = node.items["entries"], node.items.get("expect")
    happenings = tuple(_happening(item) for item in _mapped(entries))
    letters = tuple(_letter(item) for item in _mapped(node.items.get("letters")))
    _check_order(happenings, faults)
    _check_letters(letters, happenings, faults)
    if faults:
        raise FaultyPack(path, faults)
    return Scenario(
        title=str(node.items["scenario"].plain()),
        path=path,
        procedure=procedure,
        clauses=_cited(node, procedure, basis),
        entries=happenings,
        expect=tuple(_expectation(item, basis, procedure) for item in _mapped(expect)),
        letters=letters,
    )


def _played_under(
    path: Path, node: Mapped, under: Procedure | None
) -> tuple[Procedure, Basis | None]:
    """Return the procedure of a scenario, and what it rests on where the scenario is a base’s."""
    named = node.items.get("procedure")
    name = named.plain() if named else None
    if under is not None and name == under.name:
        return under, None
    if under is not None and under.basis is not None and name in under.basis.bases:
        return under, under.basis
    return _procedure(path, node), None


def _cited(node: Mapped, procedure: Procedure, basis: Basis | None) -> tuple[str, ...]:
    """Return the clauses that a scenario proves; a base’s, as the procedure carries them."""
    written = ids(node.items["clauses"].plain()) if "clauses" in node.items else ()
    if basis is None:
        return written
    found = (one for clause in written for one in basis.clauses.get(clause, (clause,)))
    return tuple(dict.fromkeys(one for one in found if one in procedure.clauses))


def _procedure(path: Path, node: Mapped) -> Procedure:
    named = node.items.get("procedure")
    if named is None or not isinstance(named.plain(), str):
        place = named.place if named else node.place
        raise FaultyPack(path, [Fault(place, "A scenario needs “procedure”: the pack’s name.")])
    name = str(named.plain())
    near = [path.parent / name]
    if (pack := path.absolute().parent.parent).name == name:
        near.append(pack)  # a scenario in the folder of its own pack
    try:
        return load(next((place for place in near if is_folder(place)), name))
    except FaultyPack:
        raise
    except PackError as error:
        raise FaultyPack(path, [Fault(named.place, str(error))]) from error


def _names(procedure: Procedure, basis: Basis | None) -> Names:
    return Names(
        known={
            "step": frozenset(procedure.steps),
            "move": frozenset(procedure.moves),
            "duty": frozenset(procedure.duties),
            "auto": frozenset(auto.id for auto in procedure.autos),
            "clause": None if basis else frozenset(procedure.clauses),
            "contact": frozenset(procedure.contacts),
            "document": frozenset(procedure.documents),
            "template": frozenset(procedure.templates),
            "referral": frozenset(o.id for o in procedure.options.get("referrals", ())),
            "role": frozenset(procedure.roles),
            "acting role": frozenset({SYSTEM, *procedure.roles}),
        },
        options=procedure.options,
        extra_fields=procedure.extra_fields,
    )


def _mapped(node: Node | None) -> list[Mapped]:
    items = node.items if isinstance(node, Listed) else []
    return [item for item in items if isinstance(item, Mapped)]


def _happening(item: Mapped) -> Happening:
    part = item.plain()
    on = moment_of(part["on"])
    return Happening(
        id=part["id"],
        kind=part["kind"],
        on=on,
        recorded=moment_of(part["recorded"]) if "recorded" in part else on,
        by=part["by"],
        data=part.get("data", {}),
        refers_to=ids(part.get("refers_to")),
        body=part.get("body", ""),
        override=part.get("override", ""),
        refused=part.get("refused", ""),
        place=item.place,
    )


def _expectation(item: Mapped, basis: Basis | None, procedure: Procedure) -> Expectation:
    part = item.plain()
    if basis is not None and "answers" in part:
        part["answers"] = _answers(part["answers"], basis, procedure)
    return Expectation(moment_of(part.pop("at")), part, item.place)


def _answers(
    expected: Mapping[str, list[str]], basis: Basis, procedure: Procedure
) -> Mapping[str, list[str]]:
    """Return who answers as a base knows it: not where a pack has contacts of its own for that."""
    own = {one.id for one in procedure.contacts.values() if ("contacts", one.id) not in basis.parts}
    changed = {referral for name in own for referral in procedure.contacts[name].serves}
    return {referral: names for referral, names in expected.items() if referral not in changed}


def _check_order(happenings: tuple[Happening, ...], faults: list[Fault]) -> None:
    for before, entry in pairwise(happenings):
        if entry.recorded < before.recorded:
            message = f"“{entry.id}” is recorded before “{before.id}”, which stands above it."
            fault = f"{message} Put entries in order of recording, or give “recorded”."
            faults.append(Fault(entry.place, fault))


def _letter(item: Mapped) -> Letter:
    part = item.plain()
    return Letter(part["after"], part, item.place)


def _check_letters(
    letters: tuple[Letter, ...], happenings: tuple[Happening, ...], faults: list[Fault]
) -> None:
    known = [entry.id for entry in happenings]
    for letter in letters:
        for part in ("after", "about"):
            name = letter.says.get(part, letter.after)
            if name not in known:
                message = f"“{name}” is no entry of this scenario.{nearest(name, known)}"
                faults.append(Fault(letter.place, message))
