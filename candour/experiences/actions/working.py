"""What jobs do: look through a file that waits, take it in, undo an import or do it again.

Each does all or nothing, and doing it twice does nothing twice: a worker that dies is replaced by
another that begins anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection

from candour.database.row_security import acting_for
from candour.experiences.actions.importing import import_open_file
from candour.experiences.actions.telling_progress import telling_progress
from candour.experiences.actions.undoing import NotTurned, redo_import, undo_import
from candour.experiences.intake.errors import IntakeError
from candour.experiences.models import FileState, Import, WaitingFile
from candour.experiences.own_mappings import mapping_called
from candour.experiences.waiting import destroy_content, opened_again
from candour.people.actor import Actor

WENT_WRONG: Final = (
    "Something went wrong inside Candour, and nothing was taken. Whoever looks after this site "
    "finds the detail in its log."
)
ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtext('experience_file'), %s)"
DONE: Final = {FileState.CHECKING: FileState.CHECKED, FileState.TAKING: FileState.TAKEN}


def work_on_file(number: int, actor: Actor, as_of: datetime) -> None:
    """Look through a file that waits, or take it in, as its state says.

    Args:
        number: the file's.
        actor: who asked for it, and for which body.
        as_of: the present instant.
    """
    try:
        with acting_for([actor.body_id]), _alone(number):
            waiting = WaitingFile.objects.filter(pk=number).first()
            if waiting is not None and waiting.under_way:
                _work(waiting, actor, as_of)
    except IntakeError as error:
        _failed(number, actor, str(error))
    except Exception:
        _failed(number, actor, WENT_WRONG)  # else it would say for ever that it is under way
        raise


@contextmanager
def _alone(number: int) -> Iterator[None]:
    """Wait until nobody else works on this file: a dead worker's transaction may take a moment."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [number])
    yield


def _work(waiting: WaitingFile, actor: Actor, as_of: datetime) -> None:
    only_look = waiting.state == FileState.CHECKING
    with opened_again(waiting) as file, telling_progress(waiting) as progress:
        report = import_open_file(
            file,
            mapping=mapping_called(waiting.mapping, actor.body),
            actor=actor,
            as_of=as_of,
            dry_run=only_look,
            progress=progress,
        )
    waiting.state = DONE[FileState(waiting.state)]
    waiting.report, waiting.trouble, waiting.part = report.to_json(), "", 1.0
    if not only_look:
        waiting.batch_id = report.batch
        destroy_content(waiting, as_of)
    waiting.save()


def _failed(number: int, actor: Actor, trouble: str) -> None:
    with acting_for([actor.body_id]):
        found = WaitingFile.objects.filter(pk=number)
        found.update(state=FileState.FAILED, trouble=trouble, report=None)


def turn_import(number: int, actor: Actor, as_of: datetime, *, undo: bool) -> None:
    """Undo an import, or do it again; where that is done already, do nothing."""
    turn = undo_import if undo else redo_import
    try:
        turn(number, actor=actor, as_of=as_of)
    except NotTurned:
        _turned(number, actor)
    except Exception:
        _turned(number, actor)  # else its page would say for ever that it is under way
        raise


def _turned(number: int, actor: Actor) -> None:
    with acting_for([actor.body_id]):
        Import.objects.filter(pk=number).update(turning=False)
