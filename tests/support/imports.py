"""Files sent to be taken in, and imports, written to the database."""

import io
import tempfile
from datetime import datetime

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.actions import OpenFile, import_open_file
from candour.experiences.actions.working import work_on_file
from candour.experiences.intake.mapping_files import find_mapping
from candour.experiences.models import WaitingFile
from candour.experiences.waiting import receive
from candour.people.actor import Actor
from candour.people.models import User
from candour.site import clock

SURVEY = """Ref,Date,Ward,What people said,E-mail
a1,03/09/2025,Ash,They were kind and quick to help me,a@post.example
a2,14/09/2025,Oak,Nobody came when I rang for two hours,b@post.example
a2,15/09/2025,Oak,The same number again and other words,c@post.example
a3,31/02/2025,Oak,A day that there never was in any year,d@post.example
a4,16/09/2025,Oak,,e@post.example
"""
PLAIN = "id,received,comment\np1,03/02/2026,Parking is hard\np2,04/02/2026,Kind staff\n"


def sent_file(
    body: Body, user: User | None = None, text: str = SURVEY, name: str = "survey.csv"
) -> WaitingFile:
    """Return a file that somebody of a body sent, whose columns are to be settled."""
    actor = Actor(user=user, role="", body=body)
    with tempfile.TemporaryFile() as file, acting_for([body.pk]):
        file.write(text.encode())
        file.flush()
        return receive(file, name, actor=actor, as_of=clock.now())


def taken_file(body: Body, user: User | None = None, text: str = PLAIN) -> int:
    """Return the number of an import of a body."""
    with tempfile.TemporaryFile() as file:
        file.write(text.encode())
        file.flush()
        report = import_open_file(
            OpenFile(file, "plain.csv"),
            mapping=find_mapping("generic"),
            actor=Actor(user=user, role="", body=body),
            as_of=clock.now(),
        )
    assert report.batch is not None
    return report.batch


def job(waiting: WaitingFile, as_of: datetime | None = None) -> WaitingFile:
    """Do what the worker would, and return the file as it is then."""
    work_on_file(waiting.pk, Actor.system(waiting.body), as_of or clock.now())
    with acting_for([waiting.body_id]):
        return WaitingFile.objects.get(pk=waiting.pk)


def as_upload(text: str, name: str = "survey.csv") -> io.BytesIO:
    """Return a file as a form sends it."""
    file = io.BytesIO(text.encode())
    file.name = name
    return file
