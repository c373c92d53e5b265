"""Files that wait to be taken in: received, looked into, destroyed.

The content of a file says who people are before anything is taken out of it. So it is sealed from
the moment it comes, in pieces, and destroyed as soon as it was taken in, given up, or has waited
too long. All of it in a transaction that acts for the body.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import IO, BinaryIO, Final, cast

from django.db import connection

from candour.database.row_security import acting_for
from candour.experiences.actions.importing import LONDON, OpenFile
from candour.experiences.intake.columns_seen import Column, Look
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.glimpse import LOOKED_AT, Glimpse, glimpse
from candour.experiences.intake.records import HEAD
from candour.experiences.intake.sources import ready
from candour.experiences.models import FileState, WaitingFile
from candour.people.actor import Actor
from candour.sealing import machine
from candour.sealing.errors import SealingTrouble
from candour.sealing.models import Purpose

PIECE: Final = 16 * 1024 * 1024
KEPT: Final = timedelta(days=7)
SEEN: Final = "seen"  # what a first look showed, sealed as the file itself is
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """What a first look at a file showed.

    Attributes:
        glimpse: its columns, and what each probably means.
        sheet: the sheet that was looked at; empty where there are none.
        sheets: all sheets.
    """

    glimpse: Glimpse
    sheet: str
    sheets: tuple[str, ...]


def receive(content: IO[bytes], name: str, *, actor: Actor, as_of: datetime) -> WaitingFile:
    """Keep a file sealed until somebody settled what it means, and return it.

    Raises:
        FileRefusedError: it is none that could be taken.
        SealingTrouble: there is no key to seal it with.
    """
    seen = _look(OpenFile(cast("BinaryIO", content), name), _day(as_of), None)
    forget(actor.body_id, as_of)
    size = content.seek(0, os.SEEK_END)
    waiting = WaitingFile.objects.create(
        body=actor.body,
        sent_by=actor.user,
        file_name=name[-LONGEST_NAME:],
        size=size,
        pieces=-(-size // PIECE),
        sent_at=as_of,
        expires_at=as_of + KEPT,
    )
    content.seek(0)
    for number in range(waiting.pieces):
        piece = content.read(PIECE)
        machine.put_away(
            actor.body_id, Purpose.FILE, piece, context=_context(waiting, str(number)), as_of=as_of
        )
    _keep_seen(waiting, seen, as_of)
    return waiting


def look_again(
    waiting: WaitingFile, *, sheet: str, header_line: int | None, as_of: datetime
) -> Seen:
    """Look at another sheet, or take another line for the columns' names, and return what shows.

    Raises:
        FileRefusedError: there is no such sheet, or no such line; all stays as it was.
    """
    with opened_again(waiting) as file:
        seen = _look(replace(file, sheet=sheet or None), _day(as_of), header_line)
    waiting.sheet = seen.sheet
    waiting.save(update_fields=["sheet"])
    _keep_seen(waiting, seen, as_of)
    return seen


def seen_of(waiting: WaitingFile) -> Seen:
    """Return what the last look at a file showed. One query, and one for its key.

    Raises:
        FileRefusedError: it was destroyed, or cannot be unsealed.
    """
    kept = json.loads(_unsealed(waiting, SEEN))
    columns = tuple(
        Column(
            **{
                **column,
                "look": Look(column["look"]),
                "values": tuple(column["values"]),
                "distinct": tuple(column["distinct"]),
            }
        )
        for column in kept["columns"]
    )
    found = Glimpse(kept["delimiter"], kept["header_line"], columns, tuple(kept["guesses"]))
    return Seen(found, kept["sheet"], tuple(kept["sheets"]))


def _look(file: OpenFile, today: date, header_line: int | None) -> Seen:
    first_rows = HEAD + LOOKED_AT
    with ready(file.handle, file.sheet, lambda _: None, most=first_rows) as source:
        found = glimpse(source, today, header_line)
        return Seen(found, source.sheet, tuple(sheet.name for sheet in source.sheets))


def _keep_seen(waiting: WaitingFile, seen: Seen, as_of: datetime) -> None:
    kept = {**asdict(seen.glimpse), "sheet": seen.sheet, "sheets": seen.sheets}
    machine.put_away(
        waiting.body_id,
        Purpose.FILE,
        json.dumps(kept).encode(),
        context=_context(waiting, SEEN),
        as_of=as_of,
    )


@contextmanager
def opened_again(waiting: WaitingFile) -> Iterator[OpenFile]:
    """Open a file that waits: as a temporary file without a name, gone when it is closed.

    Raises:
        FileRefusedError: it was destroyed, or cannot be unsealed.
    """
    if not waiting.pieces:
        raise FileRefusedError("The file was destroyed. Send it again to take it in.")
    with tempfile.TemporaryFile() as file:
        for number in range(waiting.pieces):
            file.write(_unsealed(waiting, str(number)))
        file.flush()
        yield OpenFile(file, waiting.file_name, waiting.sheet or None)


def _unsealed(waiting: WaitingFile, piece: str) -> bytes:
    try:
        return machine.take_out(waiting.body_id, Purpose.FILE, _context(waiting, piece))
    except SealingTrouble as error:
        raise FileRefusedError(f"The file cannot be unsealed: {error}") from error


def destroy_content(waiting: WaitingFile, as_of: datetime) -> None:
    """Destroy what a file held; that it came, and what became of it, stays known."""
    for piece in (SEEN, *map(str, range(waiting.pieces))):
        machine.throw_away(waiting.body_id, Purpose.FILE, _context(waiting, piece), as_of=as_of)
    waiting.pieces = 0
    waiting.save(update_fields=["pieces"])


def forget(body_id: int, as_of: datetime) -> None:
    """Destroy what a body's files held that nobody took in for too long."""
    late = WaitingFile.objects.filter(body_id=body_id, expires_at__lte=as_of, pieces__gt=0)
    at_work = (FileState.CHECKING, FileState.TAKING)
    for waiting in late.exclude(state__in=at_work).select_for_update():
        destroy_content(waiting, as_of)


def forget_all(as_of: datetime) -> int:
    """Destroy what nobody of any body took in for too long; return of how many bodies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT late_body FROM experience_files_late(%s)", [as_of])
        late = [int(body_id) for (body_id,) in cursor.fetchall()]
    for body_id in late:
        with acting_for([body_id]):
            forget(body_id, as_of)
    return len(late)


def _day(as_of: datetime) -> date:
    return as_of.astimezone(LONDON).date()


def _context(waiting: WaitingFile, piece: str) -> str:
    return f"file/{waiting.pk}/{piece}"
