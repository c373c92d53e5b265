"""Two files that an invented officer sent: an import that was undone, and columns to settle.

What people say in them is made up.
"""

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.actions import OpenFile, import_open_file, undo_import
from candour.experiences.intake.mapping_files import find_mapping
from candour.experiences.models import Import
from candour.experiences.waiting import receive
from candour.people.actor import Actor
from candour.people.models import Post
from candour.sealing.errors import KeyNotHere

BODY: Final = "cardiff"
TAKEN: Final = "trial-of-the-survey.csv"
TRIAL: Final = """id,received,service,comment,sentiment
t1,03/02/2026,Heron House,The lounge was warm and somebody played the piano,positive
t2,03/02/2026,Heron House,The lounge was warm and somebody played the piano,positive
t3,,Curlew Court,,
t4,31/02/2026,Curlew Court,Lunch came late again,negative
"""
WAITING: Final = "spring-survey.csv"
SPRING: Final = """Spring survey of homes,,,,
Ref,Date received,Care home,Tell us about your visit,E-mail
s1,13/03/2026,Wren Villas,The garden was open and my brother could sit outside,a@example.org
s2,14/03/2026,Wren Villas,Nobody knew which room she had moved to,b@example.org
s3,15/03/2026,Skylark Rise,Roedd y staff yn siarad Cymraeg â Mam,c@example.org
"""


def make_files_sent(bodies: Mapping[str, Body], as_of: datetime) -> bool:
    """Send the files unless they were sent before, and return whether they were now."""
    body = bodies[BODY]
    post = Post.objects.filter(body=body, role="lead_officer").order_by("pk").first()
    if post is None:
        return False
    actor = Actor.from_post(post)
    with (
        acting_for([body.pk]),
        tempfile.TemporaryFile() as trial,
        tempfile.TemporaryFile() as spring,
    ):
        if Import.objects.filter(file_name=TAKEN).exists():
            return False
        trial.write(TRIAL.encode())
        trial.flush()
        report = import_open_file(
            OpenFile(trial, TAKEN),
            mapping=find_mapping("generic"),
            actor=actor,
            as_of=as_of - timedelta(days=2),
        )
        if report.batch is not None:
            undo_import(report.batch, actor=actor, as_of=as_of - timedelta(days=1))
        spring.write(SPRING.encode())
        spring.flush()
        try:
            receive(spring, WAITING, actor=actor, as_of=as_of)
        except KeyNotHere:
            return True  # nothing can be sealed here, so nothing waits
    return True
