"""`candour verify` reads every stored file, and names what is not as it was filed."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from psycopg import Cursor

from candour.attachments.verification import verify_filed
from candour.cases.models import Case
from candour.cli.verify import command
from tests.support.casework import Town
from tests.support.documents import filed, stored

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "auditor"])


def test_documents_as_they_were_filed_are_counted(town: Town, case: Case) -> None:
    filed(town, case)
    filed(town, case)
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0, result.output
    assert "2 documents are as filed, by entry and stored file." in result.output


@pytest.mark.parametrize("ref", [None, "CV-2026-0001", "cv-2026-0001 "])
def test_a_changed_or_missing_file_is_named_with_its_entry(
    town: Town, case: Case, folder: Path, ref: str | None
) -> None:
    kept = [filed(town, case), filed(town, case)]
    paths = [folder / each.document.stored_as for each in kept]
    paths[0].write_bytes(b"else")
    paths[1].unlink()
    result = CliRunner().invoke(command, ["--case", ref] if ref else [])
    assert result.exit_code == 1
    first, second = (each.recorded.seq for each in kept)
    assert f"{case.ref}, entry {first}: the file that it filed was changed" in result.output
    assert f"{case.ref}, entry {second}: the file that it filed is missing" in result.output


def test_another_case_is_not_looked_at(town: Town, case: Case, folder: Path) -> None:
    filed(town, case)
    stored(folder)[0].unlink()
    assert verify_filed("CV-2026-0002").faults == ()


def test_what_no_document_leads_to_is_told_and_is_no_fault(
    town: Town, case: Case, folder: Path
) -> None:
    filed(town, case)
    (folder / "ab").mkdir(exist_ok=True)
    (folder / "ab" / "abandoned").write_bytes(b"cut off")
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0
    assert "In the store, 1 file belongs to no document" in result.output
    assert "ab/abandoned" in result.output


def test_an_empty_store_is_no_fault(case: Case) -> None:
    assert verify_filed().unled == ()


def test_a_row_that_says_else_or_is_gone_is_named(
    town: Town, case: Case, owner_cursor: Cursor[tuple[object, ...]]
) -> None:
    """By the tables’ owner, with the triggers off: what no account of the site could do."""
    kept = [filed(town, case), filed(town, case)]
    owner_cursor.execute("ALTER TABLE filed_document DISABLE TRIGGER filed_document_kept")
    owner_cursor.execute("ALTER TABLE filed_document NO FORCE ROW LEVEL SECURITY")
    change = "UPDATE filed_document SET size = size + 1 WHERE id = %s"
    owner_cursor.execute(change, [kept[0].document.pk])
    owner_cursor.execute("DELETE FROM filed_document WHERE id = %s", [kept[1].document.pk])
    owner_cursor.connection.commit()
    said = {str(fault) for fault in verify_filed().faults}
    first, second = (each.recorded.seq for each in kept)
    assert (
        f"{case.ref}, entry {first}: the register of documents says other things than it." in said
    )
    assert f"{case.ref}, entry {second}: the document that it filed is gone." in said
