"""Opens the registers of the demonstration's county Healthwatch, with lines and representatives."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from candour.bodies.models import Body
from candour.cases.models import Case, CaseEntry
from candour.cases.queries import standing
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.people.actor import Actor
from candour.people.models import Post
from candour.publishing.actions import publish, switch
from candour.publishing.lines import lines_of
from candour.publishing.models import Register, RegisterSwitch, Representative
from candour.site.demonstration.cases import entry_id

BODY: Final = "healthwatch-derbyshire"
CASES: Final = ("derbyshire_year", "derbyshire_nights_at_millclose")
# name, authorised since how many weeks, ended how many weeks ago (None: may visit now)
PEOPLE: Final = (
    ("Hazel Wingfield", 60, None),
    ("Marek Longstone", 34, None),
    ("Tamsin Birchover", 110, 3),
)


def make_registers(bodies: Mapping[str, Body], as_of: datetime) -> bool:
    """Open the registers, with lines and names of those who may visit; False if that was done."""
    body = bodies[BODY]
    with acting_for([body.pk]):
        if RegisterSwitch.objects.filter(body=body).exists():
            return False
        found = Post.objects.filter(body=body, role="chief_executive").select_related(
            "user", "body"
        )
        post = found.order_by("pk")[0]
        actor = Actor.from_post(post)
        for register in Register:
            switch(register, to=True, actor=actor, as_of=as_of)
        for name in CASES:
            _publish(name, actor, as_of)
        _representatives(body, post, as_of)
        return True


def _publish(name: str, actor: Actor, as_of: datetime) -> None:
    """Publish the decisions that the log says were published, and every recommendation."""
    opening = CaseEntry.objects.filter(pk=entry_id(name, "open"))
    case = Case.objects.filter(pk__in=opening.values("case")).first()
    if case is None:
        return
    now = standing(case)
    lines = [
        line
        for line in lines_of(now)
        if line.register is Register.REPORTS or line.values["published"]
    ]
    publish(lines, case_id=case.pk, actor=actor, standing=now, as_of=as_of)


def _representatives(body: Body, post: Post, as_of: datetime) -> None:
    today = local(as_of).date()
    for name, since, ended in PEOPLE:
        begun = today - timedelta(weeks=since)
        Representative.objects.create(
            body=body,
            name=name,
            from_date=begun,
            to_date=None if ended is None else today - timedelta(weeks=ended),
            trained_on=begun - timedelta(weeks=2),
            dbs_considered=True,
            dbs_considered_on=begun - timedelta(weeks=1),
            changed_at=as_of,
            changed_by=post.user,
        )
