"""Reading the words of filed documents, so that a search finds them.

Each document is read once, by the worker, in a process of its own with little of everything. What
came of it is written down, also that nothing did. Whom its words are for is not decided here: a
search shows them to whoever may read the entry (see `candour.finding`).
"""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.db import DataError, connection, transaction

import candour
from candour.attachments import storing, text_of
from candour.attachments.models import DocumentReading, FiledDocument, Outcome
from candour.database.row_security import acting_for
from candour.database.text_search import words_sql

log = logging.getLogger(__name__)

PATIENCE: Final = 60.0  # seconds, after which the reader is ended
HANDED_ON: Final = ("PATH", "TMPDIR", "LANG", "PYTHONPYCACHEPREFIX")  # to the reader's program
PIECE: Final = 4_000  # characters of one piece, in which the place found is shown
_ENDED: Final = {text_of.WHOLE: Outcome.READ, text_of.BEGINNING: Outcome.BEGINNING}

# The words of all of it decide whether it is found; its pieces, where in it.
KEEP = f"""
    INSERT INTO filed_reading (document_id, case_id, outcome, read_at, words)
    VALUES (%(document)s, %(case)s, %(outcome)s, %(read_at)s, {words_sql("%(text)s::text")})
    ON CONFLICT (document_id) DO NOTHING RETURNING document_id
"""  # noqa: S608  # our own pieces
PIECES = """
    INSERT INTO filed_piece (document_id, case_id, place, said)
    SELECT %(document)s, %(case)s, p.place, p.said
    FROM unnest(%(said)s::text[]) WITH ORDINALITY AS p (said, place)
"""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading a document, and its words."""

    outcome: Outcome
    text: str = ""


def read_document(number: UUID, body_id: int, as_of: datetime) -> Outcome | None:
    """Read a document for the body that leads its case, and keep its words.

    Doing it again does nothing again.

    Returns:
        What came of it; None where it was read before, or is not this body's to read.
    """
    with acting_for([body_id]):
        document = FiledDocument.objects.filter(pk=number).first()
        if document is None or DocumentReading.objects.filter(pk=number).exists():
            return None
    read = _words(document)
    with acting_for([body_id]):
        return _keep(document, read, as_of)


def _keep(document: FiledDocument, read: Read, as_of: datetime) -> Outcome:
    """Write down what came of it, and as much of the words as the index has room for."""
    known: dict[str, Any] = {
        "document": document.pk,
        "case": document.case_id,
        "read_at": as_of,
        "outcome": read.outcome,
        "text": read.text,
        "said": list(pieces_of(read.text)),
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(KEEP, known)
            if cursor.fetchone() and read.text:
                cursor.execute(PIECES, known)
    except DataError:  # too many different words for one document
        less = read.text[: len(read.text) // 4]
        outcome = Outcome.BEGINNING if less else Outcome.FAILED
        return _keep(document, Read(outcome, less), as_of)
    return read.outcome


def pieces_of(text: str) -> Iterator[str]:
    """Yield a text in pieces of `PIECE` characters at most, parted between words."""
    while len(text) > PIECE:
        cut = max(text.rfind(" ", PIECE // 2, PIECE), text.rfind("\n", PIECE // 2, PIECE)) + 1
        yield text[: cut or PIECE]
        text = text[cut or PIECE :]
    if text:
        yield text


def _words(document: FiledDocument) -> Read:
    try:
        with storing.intact(document) as file:
            return words_of(document.media_type, file)
    except (storing.Missing, storing.Altered) as fault:
        log.error("Document %s cannot be read as it was filed: %r", document.pk, fault)  # noqa: TRY400  # what is wrong with it is known
        return Read(Outcome.FAILED)


def words_of(media_type: str, file: IO[bytes], *, patience: float = PATIENCE) -> Read:
    """Return the words of a document as another process reads them, within limits."""
    command = [sys.executable, "-m", "candour.attachments.text_of", media_type]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        file.seek(0)
        while piece := file.read(storing.PIECE):
            given.write(piece)
        given.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603  # our own program, and a media type of our list
                command,
                stdin=given,
                stdout=said,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=patience,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return Read(Outcome.FAILED)
        said.seek(0)
        text = said.read(text_of.MOST_WRITTEN).decode(errors="ignore")
    if ended not in _ENDED:
        return Read(Outcome.FAILED)
    return Read(_ENDED[ended] if text else Outcome.NOTHING, text)


def _environment() -> dict[str, str]:
    """Return what the reader knows of its surroundings: where its program lies, no secrets."""
    place = str(Path(candour.__file__).parent.parent)
    known = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    return {**known, "PYTHONPATH": place, "PYTHONDONTWRITEBYTECODE": "1"}
