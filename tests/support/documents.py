"""A short way to file a document in a case, and what is stored."""

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

from candour.attachments.actions import Filing, Kept, keep
from candour.cases.actions import Stale
from candour.cases.models import Case
from candour.database.row_security import acting_for
from candour.engine import Refusal
from tests.support.casework import Town, london
from tests.support.files import PDF


def file_in(
    town: Town,
    case: Case,
    content: bytes = PDF,
    name: str = "report.pdf",
    *,
    when: str = "2026-03-10T10:00",
    **more: Any,
) -> Kept | Refusal | Stale:
    """File a document, by Mari unless another `actor` is given."""
    actor = more.pop("actor", None) or town.actor(town.mari, "operational_manager")
    filing = Filing(**{"id": str(uuid4()), "file": io.BytesIO(content), "name": name, **more})
    with acting_for([case.body_id]):
        return keep(case_id=case.pk, actor=actor, filing=filing, as_of=london(when))


def filed(town: Town, case: Case, content: bytes = PDF, **more: Any) -> Kept:
    """File a document that is taken."""
    outcome = file_in(town, case, content, **more)
    assert isinstance(outcome, Kept), outcome
    return outcome


def stored(folder: Path) -> list[Path]:
    """Return every file in a folder and those below it."""
    return [path for path in folder.rglob("*") if path.is_file()]
