"""In a case that others share: agencies find all of it, a provider what is not kept from it."""

from typing import Any

import psycopg
import pytest

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.finding import searching
from candour.finding.asking import Asked
from tests.support.casework import Town, add, hold_ppm, open_at, to_ppm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(town: Town, monkeypatch: pytest.MonkeyPatch, owner_cursor: psycopg.Cursor[Any]) -> Case:
    """A case that the Healthwatch and the provider of its service see too."""
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    to_ppm(town, case)
    owner_cursor.execute(
        "UPDATE case_file SET shared_with = ARRAY[%s, %s]::bigint[] WHERE id = %s",
        [town.healthwatch.pk, town.service.provider_id, case.pk],
    )
    owner_cursor.connection.commit()
    return case


def number(words: str, body: Body) -> int:
    with acting_for([body.pk]):
        return searching.in_cases(Asked(words), size=9).total


def documents(words: str, body: Body) -> int:
    with acting_for([body.pk]):
        return searching.in_documents(Asked(words), size=9).total


def test_what_is_for_the_members_alone_is_not_found_by_the_provider(
    town: Town, shared: Case
) -> None:
    evidence = {"evidence": "professional_email", "from_whom": "Nurse Quartz"}
    open_to_all = {**evidence, "what_it_shows": "The charts are full of topaz."}
    add(town, shared, "evidence_added", "2026-03-20T09:00", open_to_all)
    kept = {**evidence, "what_it_shows": "The manager hides the opal."}
    add(town, shared, "evidence_added", "2026-03-21T09:00", kept, audience="members")
    provider = town.service.provider
    for words, agencies, theirs in (("topaz", 1, 1), ("opal", 1, 0), ("quartz", 1, 0)):
        assert number(words, town.council) == agencies, words
        assert number(words, town.healthwatch) == agencies, words
        assert number(words, provider) == theirs, words
        assert number(words, town.elsewhere) == 0, words


def test_the_members_copy_of_minutes_is_not_found_by_the_provider(town: Town, shared: Case) -> None:
    held = hold_ppm(town, shared).entry.id
    for copy, word in (("members", "beryl"), ("provider", "garnet")):
        data = {"part": "minutes", "to": ["All"], "copy": copy, "text": f"About {word}."}
        add(town, shared, "minutes_circulated", "2026-03-31T09:00", data, refers_to=(held,))
    assert documents("beryl", town.healthwatch) == documents("garnet", town.healthwatch) == 1
    assert documents("beryl", town.service.provider) == 0
    assert documents("garnet", town.service.provider) == 1


def test_a_case_that_is_shared_no_longer_is_found_no_longer(
    town: Town, shared: Case, owner_cursor: psycopg.Cursor[Any]
) -> None:
    assert number("falls", town.healthwatch) == 1
    owner_cursor.execute("UPDATE case_file SET shared_with = '{}'")
    owner_cursor.connection.commit()
    assert number("falls", town.healthwatch) == 0


def test_a_case_that_goes_to_another_body_takes_its_words_along(
    town: Town, shared: Case, owner_cursor: psycopg.Cursor[Any]
) -> None:
    owner_cursor.execute(
        "UPDATE case_file SET body_id = %s, shared_with = '{}'", [town.elsewhere.pk]
    )
    owner_cursor.connection.commit()
    assert (number("falls", town.elsewhere), number("falls", town.council)) == (1, 0)
