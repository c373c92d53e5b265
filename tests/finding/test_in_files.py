"""The words of filed documents: found by whoever may read their entries, by nobody else."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from pytest_django import Settings

from candour.attachments.configuration import storage_settings
from candour.attachments.reading import PIECE, read_document
from candour.bodies.models import Body
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.finding import searching
from candour.finding.asking import Asked
from candour.finding.searching import FoundText
from tests.support.casework import Town, add, london, open_at
from tests.support.documents import filed
from tests.support.files import pdf_saying, word_saying

pytestmark = pytest.mark.django_db(transaction=True)
DAY = london("2026-03-11T09:00")


@pytest.fixture
def shared(
    town: Town,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    owner_cursor: psycopg.Cursor[Any],
) -> Case:
    """A case that the Healthwatch and the provider of its service see too."""
    settings.STORAGES = {**settings.STORAGES, "documents": storage_settings("", tmp_path)}
    monkeypatch.setenv("CANDOUR_NOW", "2026-03-31T15:00")
    case = open_at(town, "2026-03-09T09:00")
    owner_cursor.execute(
        "UPDATE case_file SET shared_with = ARRAY[%s, %s]::bigint[] WHERE id = %s",
        [town.healthwatch.pk, town.service.provider_id, case.pk],
    )
    owner_cursor.connection.commit()
    return case


def file(town: Town, case: Case, content: bytes, **more: Any) -> str:
    document = filed(town, case, content, **more).document
    read_document(document.pk, case.body_id, DAY)
    return str(document.pk)


def found(words: str, body: Body) -> tuple[FoundText, ...]:
    with acting_for([body.pk]):
        return searching.in_documents(Asked(words), size=9).items


def test_the_words_of_a_document_lead_to_its_entry_and_are_marked(town: Town, shared: Case) -> None:
    number = file(town, shared, pdf_saying("Rota", "The xylophones were missing"), title="The rota")
    (text,) = found("xylophone", town.council)
    assert (text.source, text.id, text.ref, text.what) == (
        "file",
        number,
        shared.ref,
        "The rota",
    )
    assert [text.said[start:stop] for start, stop in text.places] == ["xylophones"]


def test_words_far_into_a_document_are_shown_where_they_stand(town: Town, shared: Case) -> None:
    said = word_saying(*["Nothing of note"] * 2 * (PIECE // 10), "A xylophone at last")
    file(town, shared, said, name="a.docx")
    (text,) = found("xylophone nothing", town.council)
    assert "Nothing of note" in text.said
    (text,) = found("xylophone", town.council)
    assert text.places
    assert len(text.said) <= PIECE


def test_a_document_for_the_members_alone_is_not_found_by_the_provider(
    town: Town, shared: Case
) -> None:
    file(town, shared, pdf_saying("All about topaz"))
    file(town, shared, pdf_saying("All about opal"), audience="members")
    for words, agencies, theirs in (("topaz", 1, 1), ("opal", 1, 0)):
        assert len(found(words, town.council)) == agencies, words
        assert len(found(words, town.healthwatch)) == agencies, words
        assert len(found(words, town.service.provider)) == theirs, words
        assert len(found(words, town.elsewhere)) == 0, words


def test_a_document_that_was_withdrawn_is_found_no_more(town: Town, shared: Case) -> None:
    number = file(town, shared, pdf_saying("All about beryl"))
    assert found("beryl", town.council)
    renamed = {"changes": {"title": "The other rota"}, "why": "It was called wrongly"}
    add(town, shared, "correction_made", "2026-03-12T08:00", renamed, refers_to=(number,))
    assert [text.what for text in found("beryl", town.council)] == ["The other rota"]
    undone = {"withdraws": True, "why": "It is of another case"}
    add(town, shared, "correction_made", "2026-03-12T09:00", undone, refers_to=(number,))
    assert not found("beryl", town.council)
    assert not found("beryl", town.healthwatch)


def test_a_case_that_is_shared_no_longer_is_found_no_longer(
    town: Town, shared: Case, owner_cursor: psycopg.Cursor[Any]
) -> None:
    file(town, shared, pdf_saying("All about garnet"))
    owner_cursor.execute("UPDATE case_file SET shared_with = '{}'")
    owner_cursor.connection.commit()
    assert [len(found("garnet", body)) for body in (town.healthwatch, town.council)] == [0, 1]
