"""The page of a case's procedure: what would change, and going on so."""

from collections.abc import Callable

import pytest
from django.test import Client

from candour import policies
from candour.cases import log
from candour.cases.models import Case
from candour.cases.procedures import ProcedureUnavailable
from candour.database.row_security import acting_for
from candour.engine import Procedure
from candour.people.models import User
from tests.support.casework import Town, hold_ppm, open_at, to_ppm
from tests.web.pages import read

SignedIn = Callable[[User], Client]


def a_case(town: Town) -> Case:
    """A case at PPM that has just met, with what follows a meeting still owed."""
    case = open_at(town, "2026-03-10T09:00")
    to_ppm(town, case)
    hold_ppm(town, case)
    return case


OTHER = "cardiff_vale_oversight"


def test_a_case_is_looked_at_and_goes_on_under_another_procedure_and_body(
    town: Town, signed_in: SignedIn
) -> None:
    ref = a_case(town).ref
    mari = signed_in(town.mari)
    place = f"/cases/{ref}/procedure/"
    version = policies.load(OTHER).version
    assert "What this case has run on" in read(mari.get(place))
    wish = {"to": f"{OTHER} {version}", "sees": "yes"}
    looked = mari.get(place, wish)
    assert "has no step" in read(looked)
    step = next(step.id for step in policies.load(OTHER).steps.values() if not step.final)
    wish["step"] = step
    assert "What would change" in read(mari.get(place, wish))
    assert "Say why the case goes on so" in read(mari.post(place, wish))
    sent = {**wish, "reason": "The board meets for both.", "seq": "99"}
    done = mari.post(place, sent)
    assert done.status_code == 302
    with acting_for([town.council.pk]):
        assert Case.objects.get(ref=ref).procedure == OTHER
    assert "Procedure changed" in read(mari.get(f"/cases/{ref}/"))
    assert "2022" in read(mari.get(place))


def test_only_the_leading_body_may(town: Town, signed_in: SignedIn) -> None:
    ref = a_case(town).ref
    assert signed_in(town.olwen).get(f"/cases/{ref}/procedure/").status_code == 404


def test_a_case_whose_version_is_gone_says_what_to_do(
    town: Town, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = a_case(town).ref

    def gone(name: str, version: str) -> Procedure:
        raise ProcedureUnavailable(name, "gone", version)

    monkeypatch.setattr(log, "procedure_named", gone)
    answer = signed_in(town.mari).get(f"/cases/{ref}/")
    assert answer.status_code == 503
    assert "procedures/cardiff_vale/versions/gone" in answer.content.decode()
