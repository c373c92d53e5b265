"""Files that somebody sends on a page: kept, read, looked at, taken or put aside.

A small file is read and taken at once; a large one by the worker, while its page says so.
"""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from candour.directory import refused
from candour.directory.actions import look, take_looked_at
from candour.directory.errors import DirectoryError, MappingError
from candour.directory.models import Intake, IntakeFile, State
from candour.directory.reading.mapping import Mapping
from candour.directory.reading.mapping_files import find_mapping
from candour.directory.report import Report
from candour.engine.words import Words
from candour.people.models import User

READ_AT_ONCE: Final = 1_000_000  # bytes
TAKEN_AT_ONCE: Final = 2_000  # rows
WENT_WRONG: Final = Words(
    "Something went wrong inside Candour, and nothing was taken. Whoever looks after this site "
    "finds the detail in its log.",
    "Aeth rhywbeth o’i le y tu mewn i Candour, ac ni chymerwyd dim. Mae pwy bynnag sy’n gofalu am "
    "y safle hwn yn gweld y manylion yn ei gofnod.",
)


def send(
    content: bytes, *, file_name: str, mapping: str, by: User, as_of: datetime
) -> tuple[Intake, bool]:
    """Keep a file that somebody sent, and read it where it is small.

    Args:
        content: the file.
        file_name: what it is called.
        mapping: a shipped mapping's name, or nothing for the one that fits best.
        by: who sent it.
        as_of: the present instant.

    Returns:
        The file, and whether the worker has to read it.
    """
    intake = Intake.objects.create(
        register="",
        mapping=mapping,
        file_name=file_name[:200],
        sha256="",
        sent_at=as_of,
        sent_by=by,
    )
    IntakeFile.objects.create(intake=intake, content=content)
    large = len(content) > READ_AT_ONCE
    if not large:
        read(intake.pk)
    return intake, large


def read(number: int) -> None:
    """Read a file that was sent: afterwards it can be looked at, or says why it cannot be read."""
    try:
        _read(number)
    except Exception:
        # Else its page would say for ever that it is being read.
        _tell(Intake.objects.filter(pk=number, state=State.WAITING), State.REFUSED, WENT_WRONG)
        raise


def _read(number: int) -> None:
    with transaction.atomic():
        intake = Intake.objects.select_for_update().filter(pk=number, state=State.WAITING).first()
        file = IntakeFile.objects.filter(intake=number).first()
        if intake is None or file is None:
            return
        content, intake.state = bytes(file.content), State.READ
        trouble = _looked_at(intake, content)
        if trouble is not None:
            _tell(Intake.objects.filter(pk=number), State.REFUSED, trouble)
        IntakeFile.objects.filter(intake=number).delete()


def _looked_at(intake: Intake, content: bytes) -> Words | None:
    """Look at a file, and return why it cannot be taken, or None."""
    try:
        with transaction.atomic():
            look(intake, content, _mapping(intake.mapping))
    except DirectoryError as error:
        return error.words
    return None


def _tell(intake: QuerySet[Intake], state: State, trouble: Words) -> None:
    intake.update(state=state, trouble=trouble.en, trouble_cy=trouble.cy)


def _mapping(name: str) -> Mapping | None:
    try:
        return find_mapping(name) if name else None
    except MappingError:
        return None  # the page offers shipped mappings only: the one that fits best is chosen


def ask_to_take(number: int, *, by: User, as_of: datetime, many_gone: bool) -> bool:
    """Take a file that was looked at where it is small, else return True: the worker has to.

    Raises:
        DirectoryError: it cannot be taken any more as it was looked at, or it looks like half of
            a file.
    """
    intake = Intake.objects.filter(pk=number, state=State.READ).first()
    if intake is None:
        raise refused.over()
    if Report.from_json(intake.report).staged <= TAKEN_AT_ONCE:
        take_looked_at(number, by=by, as_of=as_of, many_gone=many_gone)
        return False
    return bool(Intake.objects.filter(pk=number, state=State.READ).update(state=State.TAKING))


def take_waiting(number: int, *, by: User, as_of: datetime, many_gone: bool) -> None:
    """Take a file that waits for the worker; where it cannot be taken its page says why."""
    try:
        take_looked_at(number, by=by, as_of=as_of, many_gone=many_gone)
    except DirectoryError as error:
        _tell(Intake.objects.filter(pk=number, state=State.TAKING), State.READ, error.words)
    except Exception:
        _tell(Intake.objects.filter(pk=number, state=State.TAKING), State.READ, WENT_WRONG)
        raise
