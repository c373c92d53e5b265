"""Documents filed in a case of the demonstration: a picture from a visit, and a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from candour.attachments.actions import Filing, Kept, keep
from candour.attachments.models import FiledDocument
from candour.bodies.models import Body
from candour.cases.models import Case, CaseEntry
from candour.database.row_security import acting_for
from candour.documents import Letterhead, pdf, read_markdown
from candour.engine.audiences import EVERYBODY, MEMBERS
from candour.people.actor import Actor
from candour.people.models import Post
from candour.site.demonstration.cases import entry_id

CASE: Final = "suspended_at_jimp"
ROLE: Final = "contract_monitoring_officer"
LATER: Final = timedelta(hours=2)  # after the visit
GPS, WHERE = 0x8825, {1: "N", 2: (51.0, 28.0, 48.0), 3: "W", 4: (3.0, 10.0, 12.0)}
PAPER, INK, RULE = "#fdfcf7", "#2b2b33", "#9aa0ad"
REPORT: Final = """We came unannounced at a quarter to eleven. A nurse was on the premises by then.

- The fluid charts of both floors end on Saturday at noon.
- Eleven people were seen, and each was given something to drink while we were there.
- The duty rota names nobody for the night of Saturday.

The manager agreed to a second nurse until the end of the month."""


class DocumentCannotBeFiled(Exception):
    """What the demonstration files was refused; it has to be put right here."""


@dataclass(frozen=True, slots=True)
class _Paper:
    name: str
    file: str
    title: str
    content: bytes
    audience: str = EVERYBODY


def make_documents(bodies: Mapping[str, Body], as_of: datetime) -> int:
    """File what is missing, and return how many documents that was.

    Raises:
        DocumentCannotBeFiled: one was refused.
    """
    with acting_for(body.pk for body in bodies.values()):
        visit = CaseEntry.objects.filter(pk=entry_id(CASE, "visit")).select_related("case").first()
    if visit is None:
        return 0
    with acting_for([visit.case.body_id]):
        return sum(_filed(visit, paper, as_of) for paper in _papers(as_of))


def _papers(as_of: datetime) -> tuple[_Paper, ...]:
    return (
        _Paper("report", "monitoring-visit.pdf", "Report of the monitoring visit", _report(as_of)),
        _Paper("chart", "IMG_2041.jpg", "Fluid chart, first floor", _chart(), MEMBERS),
    )


def _filed(visit: CaseEntry, paper: _Paper, as_of: datetime) -> bool:
    number = entry_id(CASE, f"filed-{paper.name}")
    if FiledDocument.objects.filter(pk=number).exists():
        return False
    outcome = keep(
        case_id=visit.case_id,
        actor=Actor.from_post(_post(visit.case)),
        filing=Filing(
            id=number,
            file=BytesIO(paper.content),
            name=paper.file,
            title=paper.title,
            refers_to=(str(visit.pk),),
            audience=paper.audience,
            happened_at=visit.happened_at + LATER,
        ),
        as_of=as_of,
    )
    if not isinstance(outcome, Kept):
        raise DocumentCannotBeFiled(str(outcome))
    return True


def _post(case: Case) -> Post:
    found = Post.objects.filter(body_id=case.body_id, role=ROLE).select_related("user", "body")
    post: Post = found.order_by("pk")[0]
    return post


def _report(as_of: datetime) -> bytes:
    content = read_markdown(REPORT, language="en", title="Monitoring visit")
    return pdf(content, Letterhead(body_name="Cardiff Council"), made_at=as_of)


def _chart() -> bytes:
    """Return a picture of a chart that ends at noon, with the place where it was taken."""
    picture = Image.new("RGB", (900, 1200), PAPER)
    pen = ImageDraw.Draw(picture)
    for line in range(14):
        pen.line((80, 160 + line * 72, 820, 160 + line * 72), fill=RULE, width=2)
    for column in (80, 300, 480, 660, 820):
        pen.line((column, 160, column, 1096), fill=RULE, width=2)
    for line in range(4):  # the last hours that somebody wrote down
        for column in (110, 330, 510):
            y = 196 + line * 72
            pen.line((column, y, column + 60, y - 14, column + 120, y + 6), fill=INK, width=5)
    notes = Image.Exif()
    notes[GPS] = WHERE
    made = BytesIO()
    picture.save(made, "JPEG", quality=80, exif=notes.tobytes())
    return made.getvalue()
