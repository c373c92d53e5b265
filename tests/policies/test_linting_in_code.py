# ruff: noqa: E501 - each case is a line: what is needed, and what is said of it
"""Linting of procedures that were made in code, past any reader."""

from dataclasses import replace

import pytest

from candour import policies
from candour.engine.conditions import (
    AllOf,
    AnyOf,
    AtStep,
    Condition,
    Not,
    OnePerMember,
    Recorded,
    RestrictionInForce,
)
from candour.engine.patterns import Pattern, Where
from candour.policies import lint
from tests.policies.example import PACK


def test_without_places_a_finding_names_its_part() -> None:
    procedure = policies.load(PACK)
    said = [str(one) for one in lint(replace(procedure, clauses={}))]
    assert any(one.startswith("moves.to_service.clauses: error: The register") for one in said)


def _lint(**parts: object) -> list[str]:
    """Return the findings of the example made in code, past any reader, with these parts."""
    return [str(one) for one in lint(replace(policies.load(PACK), **parts))]  # type: ignore[arg-type]  # any part


def test_a_procedure_made_in_code_is_linted_too() -> None:
    example = policies.load(PACK)
    answer, auto = example.duties["answer"], example.autos[0]
    duty = replace(answer, owner="nobody", met_by=(Pattern("no_such_kind"),))
    assert any("Nobody owns “answer”" in said for said in _lint(duties={"answer": duty}))
    assert any("is not a kind of entry" in said for said in _lint(duties={"answer": duty}))
    lone = replace(auto, to_role="nobody", data={"move": "no_such_move"})
    assert any("is put to nobody" in said for said in _lint(autos=(lone,)))
    assert any("names no move" in said for said in _lint(autos=(lone,)))
    move = replace(example.moves["to_service"], decided_by=("nobody",))
    moves = {**example.moves, "to_service": move}
    assert any("“nobody” decides “to_service”" in said for said in _lint(moves=moves))


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Pattern("recommendation_issued", (Where("nowhere", ("x",)),)), "has no field “nowhere”"),
        (Pattern("recommendation_issued", (Where("tier", ("x", "y")),)), "can never be x, y"),
        (Pattern("recommendation_issued", (Where("tier", ("x", "service")),)), ""),
        (Pattern("recommendation_issued", (Where("tier", ("*",)),)), ""),
        (Pattern("concern_raised", (), ("nobody",)), "nobody in the roles nobody"),
        (Pattern("step_entered", (), ("chief_officer",)), "no move makes an entry"),
    ],
)
def test_starts_made_in_code(pattern: Pattern, words: str) -> None:
    moves = {
        name: replace(move, decided_by=("case_officer",))
        for name, move in policies.load(PACK).moves.items()
    }
    duty = replace(policies.load(PACK).duties["answer"], starts=(pattern,))
    said = [
        one for one in _lint(duties={"answer": duty}, moves=moves) if "Nothing can start" in one
    ]
    assert any(words in one for one in said) if words else said == []


def test_a_kind_that_lacks_its_list_cannot_start_a_duty() -> None:
    example = policies.load(PACK)
    hides = tuple(kind for kind in example.hides if kind != "meeting_held")
    duty = replace(example.duties["answer"], starts=(Pattern("meeting_held"),))
    said = _lint(duties={"answer": duty}, hides=hides)
    assert any("for the list of options “meetings” is missing" in one for one in said)


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ((OnePerMember(pattern=Pattern("risk_rated"), by_field="agency", members=Pattern("meeting_held"), members_field="attended"),), "“risk_rated” is hidden"),
        ((Recorded(pattern=Pattern("concern_raised", (), ("case_officer",))), Not(part=Recorded(pattern=Pattern("concern_raised", (), ("case_officer", "chief_officer"))))), "its opposite"),
        ((Recorded(pattern=Pattern("concern_raised")), Not(part=Recorded(pattern=Pattern("concern_raised", (), ("case_officer",))))), ""),
        ((AtStep(steps=("listening",)), AtStep(steps=("ended",))), "can only be at listening"),
        ((AnyOf(parts=(AtStep(steps=("ended",)), AtStep(steps=("with_service",)))),), "can only be at listening"),
        ((Not(part=AllOf(parts=(AtStep(steps=("listening",)), Recorded(pattern=Pattern("visit_made"))))),), ""),
        ((AnyOf(parts=(Recorded(pattern=Pattern("visit_made")),)), Not(part=AnyOf(parts=(Recorded(pattern=Pattern("visit_made")),)))), ""),
        ((RestrictionInForce(kinds=("whole",)),), "“restriction_imposed” is hidden"),
    ],
)  # fmt: skip
def test_needs_made_in_code(needs: tuple[Condition, ...], words: str) -> None:
    example = policies.load(PACK)
    moves = {**example.moves, "to_service": replace(example.moves["to_service"], needs=needs)}
    said = [one for one in _lint(moves=moves) if "can never be made" in one]
    assert any(words in one for one in said) if words else said == []
