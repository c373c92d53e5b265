"""Filing a document: an entry, a row and a stored file, or nothing of them."""

import io
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from pytest_django import Settings

from candour.attachments import storing
from candour.attachments.actions import Filing, Kept, keep
from candour.attachments.models import FiledDocument
from candour.attachments.names import download_name, plain_name
from candour.attachments.queries import documents_of
from candour.attachments.sorts import SORTS
from candour.cases import queries
from candour.cases.actions import record
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Refusal, Standing
from candour.engine.audiences import MEMBERS
from candour.people.actor import Actor
from tests.support.casework import CONCERN, Town, add, draft, london
from tests.support.documents import file_in, filed, stored
from tests.support.files import PDF, packed, picture

pytestmark = pytest.mark.django_db


def standing_of(case: Case) -> Standing:
    with acting_for([case.body_id]):
        return queries.standing(Case.objects.get(pk=case.pk))


def test_a_document_is_an_entry_with_the_hash_of_what_is_stored(
    town: Town, case: Case, folder: Path
) -> None:
    concern = add(town, case, "concern_raised", "2026-03-09T10:00", CONCERN).entry
    kept = filed(town, case, name="C:\\x\\rota.pdf", title=" The  rota ", refers_to=(concern.id,))
    entry, (file,) = kept.recorded.entry, stored(folder)
    assert (entry.kind, entry.refers_to) == ("document_filed", (concern.id,))
    assert entry.data == {
        "title": "The rota",
        "document": "rota.pdf",
        "media_type": "application/pdf",
        "size": len(PDF),
        "sha256": sha256(PDF).hexdigest(),
    }
    assert file.read_bytes() == PDF
    assert "rota" not in str(file)
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (
        0o600,
        0o700,
    )
    with acting_for([case.body_id]):
        (held,) = documents_of(case.pk, standing_of(case))
    assert (held.title, held.sort.ending, held.for_members) == ("The rota", "pdf", False)


def test_sent_twice_it_is_filed_once(town: Town, case: Case, folder: Path) -> None:
    key = str(uuid4())
    first, again = (filed(town, case, id=key) for _ in range(2))
    assert (first.recorded.repeated, again.recorded.repeated) == (False, True)
    assert again.document == first.document
    assert len(stored(folder)) == 1


def test_what_is_refused_leaves_nothing_behind(town: Town, case: Case, folder: Path) -> None:
    before = len(standing_of(case).recorded)
    for outcome in (
        file_in(town, case, b"MZ" + bytes(400)),
        file_in(town, case, refers_to=(str(uuid4()),)),
        file_in(town, case, id="no number"),
        file_in(town, case, title="x" * 301),
        file_in(town, case, actor=town.actor(town.olwen, "lead_officer")),
    ):
        assert isinstance(outcome, Refusal)
    assert len(standing_of(case).recorded) == before
    assert stored(folder) == []


def test_a_refusal_of_the_file_says_so_in_both_languages(town: Town, case: Case) -> None:
    outcome = file_in(town, case, packed({"a.txt": b"x"}))
    assert isinstance(outcome, Refusal)
    (reason,) = outcome.reasons
    assert reason.field == "file"
    assert "packed folder" in reason.text.en
    assert "Ffolder" in reason.text.cy


def test_a_failure_in_the_database_takes_the_stored_file_back(
    town: Town, case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> FiledDocument:
        raise Error

    monkeypatch.setattr(FiledDocument.objects, "create", fails)
    before = len(standing_of(case).recorded)
    with pytest.raises(Error):
        file_in(town, case)
    assert stored(folder) == []
    assert len(standing_of(case).recorded) == before


def test_no_file_larger_than_the_site_says(town: Town, case: Case, settings: Settings) -> None:
    settings.CANDOUR_LARGEST_FILE = len(PDF)
    assert isinstance(file_in(town, case), Kept)
    outcome = file_in(town, case, PDF + b"\n")
    assert isinstance(outcome, Refusal)
    assert "larger than" in str(outcome)


def test_what_supports_an_entry_for_members_is_for_members(town: Town, case: Case) -> None:
    secret = add(town, case, "concern_raised", "2026-03-09T10:00", CONCERN, audience=MEMBERS)
    assert filed(town, case, refers_to=(secret.entry.id,)).recorded.entry.audience == MEMBERS
    assert filed(town, case).recorded.entry.audience == "case"
    assert filed(town, case, audience=MEMBERS).recorded.entry.audience == MEMBERS


def test_a_picture_with_a_place_says_so_in_the_log(town: Town, case: Case) -> None:
    kept = filed(town, case, picture(place=True), name="ward.jpg")
    assert kept.document.holds_place
    assert kept.recorded.entry.data["place"] is True


def test_what_came_from_outside_says_by_whom(town: Town, case: Case) -> None:
    outcome = filed(town, case, actor=Actor.system(town.council), through="Gwen Rees, Derwen Care")
    assert outcome.recorded.entry.data["through"] == "Gwen Rees, Derwen Care"
    assert outcome.document.kept_by is None


def test_nobody_records_one_without_a_file(town: Town, case: Case) -> None:
    data = {"title": "x", "document": "x", "media_type": "x", "size": 1, "sha256": "x"}
    with acting_for([case.body_id]):
        outcome = record(
            case_id=case.pk,
            actor=town.actor(town.mari, "operational_manager"),
            draft=draft("document_filed", london("2026-03-10T10:00"), data),
            expected_seq=None,
            as_of=london("2026-03-10T10:00"),
        )
    assert isinstance(outcome, Refusal)
    assert "page of the case’s documents" in str(outcome)


def test_the_title_is_put_right_and_the_file_is_not(town: Town, case: Case) -> None:
    entry = filed(town, case).recorded.entry
    right = {"why": "Misspelt.", "changes": {"title": "The report"}}
    add(town, case, "correction_made", "2026-03-11T10:00", right, refers_to=(entry.id,))
    with acting_for([case.body_id]):
        assert [held.title for held in documents_of(case.pk, standing_of(case))] == ["The report"]
    with acting_for([case.body_id]):
        outcome = record(
            case_id=case.pk,
            actor=town.actor(town.mari, "operational_manager"),
            draft=draft(
                "correction_made",
                london("2026-03-11T11:00"),
                {"why": "x", "changes": {"sha256": "0" * 64}},
                refers_to=(entry.id,),
            ),
            expected_seq=None,
            as_of=london("2026-03-11T11:00"),
        )
    assert isinstance(outcome, Refusal)
    assert "file the right one" in str(outcome)


def test_what_was_withdrawn_is_no_longer_there(town: Town, case: Case) -> None:
    entry = filed(town, case).recorded.entry
    wrong = {"why": "Another person’s.", "withdraws": True}
    add(town, case, "correction_made", "2026-03-11T10:00", wrong, refers_to=(entry.id,))
    with acting_for([case.body_id]):
        assert documents_of(case.pk, standing_of(case)) == []


def test_an_id_of_another_entry_is_refused(town: Town, case: Case, folder: Path) -> None:
    other = add(town, case, "concern_raised", "2026-03-09T10:00", CONCERN).entry
    outcome = file_in(town, case, id=other.id)
    assert isinstance(outcome, Refusal)
    assert stored(folder) == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE filed_document SET name = 'x'", "DELETE FROM filed_document"],
)
def test_nothing_filed_is_changed_or_removed(town: Town, case: Case, statement: str) -> None:
    filed(town, case)
    with acting_for([case.body_id]), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute(statement)


def test_no_row_says_other_than_its_entry(town: Town, case: Case) -> None:
    kept = filed(town, case).document
    kept.pk, kept.stored_as = uuid4(), "elsewhere"
    with acting_for([case.body_id]), pytest.raises(Error, match="not what its entry says"):
        kept.save(force_insert=True)


def test_another_body_reaches_no_row_of_it(town: Town, case: Case) -> None:
    filed(town, case)
    with acting_for([town.elsewhere.pk]):
        assert FiledDocument.objects.count() == 0
    with acting_for([case.body_id]):
        assert FiledDocument.objects.count() == 1


def test_what_was_changed_or_is_gone_is_not_given_out(town: Town, case: Case, folder: Path) -> None:
    row = filed(town, case).document
    with storing.intact(row) as file:
        assert file.read() == PDF
    (path,) = stored(folder)
    path.write_bytes(PDF.replace(b"obj", b"OBJ"))
    with pytest.raises(storing.Altered):
        storing.intact(row)
    path.unlink()
    with pytest.raises(storing.Missing):
        storing.intact(row)


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Rota  week\t2.pdf", "Rota week2.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("\x00\r\n", "file"),
        ("", "file"),
        ("x" * 900, "x" * 300),
    ],
)
def test_names_are_made_safe_to_show(came: str, shown: str) -> None:
    assert plain_name(came) == shown


@pytest.mark.parametrize(
    ("title", "type_", "name"),
    [
        ("rota.pdf", "application/pdf", "rota.pdf"),
        ("ward.JPEG", "image/jpeg", "ward.jpg"),
        ("run.exe", "text/plain", "run.exe.txt"),
        ("Visit 1/3: “kitchen”?", "image/png", "Visit 1-3- “kitchen”-.png"),
        ("...", "text/csv", "document.csv"),
    ],
)
def test_what_is_downloaded_ends_in_what_it_is(title: str, type_: str, name: str) -> None:
    assert download_name(title, SORTS[type_]) == name


def test_filing_takes_place_when_it_is_said_to_have(town: Town, case: Case) -> None:
    filing = Filing(str(uuid4()), io.BytesIO(PDF), "a.pdf", happened_at=london("2026-03-09T12:00"))
    with acting_for([case.body_id]):
        kept = keep(
            case_id=case.pk,
            actor=town.actor(town.mari, "operational_manager"),
            filing=replace(filing, note="By post."),
            as_of=london("2026-03-10T10:00"),
        )
    assert isinstance(kept, Kept)
    assert kept.recorded.entry.happened_at == london("2026-03-09T12:00")
    assert kept.recorded.entry.body == "By post."
