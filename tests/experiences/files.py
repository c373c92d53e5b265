"""Files of experiences to take in, made as a test needs them."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from candour.bodies.models import Body
from candour.experiences.actions import Progress, import_experiences
from candour.experiences.intake.mapping_files import find_mapping
from candour.experiences.intake.report import ImportReport
from candour.people.actor import Actor

AS_OF = datetime(2026, 6, 1, 9, tzinfo=UTC)
HEADER = {
    "Comment ID": "",
    "Trust": "North",
    "Date": "30/09/2021",
    "Service type 1": "Wards",
    "Service type 2": "",
    "FFT categorical answer": "1",
    "FFT question": "What was good?",
    "FFT answer": "Kind staff.",
    "Person identifiable info?": "",
    "Comment sentiment": "1",
    "Parking": "",
    "Timeliness of care": "",
}


def csv_text(*rows: dict[str, str], delimiter: str = ",", header: dict[str, str] = HEADER) -> str:
    """Return a file of the labelled comments' shape; each row says what is other than usual."""
    out = io.StringIO()
    written = csv.DictWriter(out, [*header], delimiter=delimiter)
    written.writeheader()
    for number, row in enumerate(rows, start=1):
        written.writerow({**header, "Comment ID": f"C{number}", **row})
    return out.getvalue()


def a_body(slug: str = "voice") -> Body:
    """Return the body of this slug, made when it is not there."""
    return Body.objects.get_or_create(slug=slug, defaults={"name": slug, "nation": "england"})[0]


def take_in(
    path: Path,
    *,
    body: Body | None = None,
    mapping: str = "nhs-fft",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take a file in for a body."""
    return import_experiences(
        path,
        mapping=find_mapping(mapping),
        actor=Actor.system(body or a_body()),
        as_of=AS_OF,
        dry_run=dry_run,
        progress=progress,
    )
