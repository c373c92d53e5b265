"""Takes a line down by itself when it may not be public any more, and tells who put it there.

A decision to withhold it, a correction that withdraws it or leaves a name in it, a name recorded
since of somebody who spoke to us: what a person would not be let publish now does not stay public.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from candour.cases.log import Head
from candour.database.row_security import acting_for
from candour.engine import Entry, Standing, Words
from candour.engine.conditions.on_sharing import WITHHELD
from candour.engine.corrections import CORRECTION
from candour.engine.vocabulary import CHANGED
from candour.mail.outbox import enqueue
from candour.mail.outgoing import Addressee, Outgoing, is_address
from candour.publishing.lines import WHO_SPOKE, Line, gives_lines, lines_of
from candour.publishing.models import PublishedLine
from candour.publishing.queries import shown_lines

# Entries of no other kind can take from a line what it was published on.
CONCERNED: Final = frozenset((WITHHELD, CORRECTION, CHANGED, *(kind for kind, _name in WHO_SPOKE)))
GONE: Final = Words(
    "What it was about is not in the record any more as something to be published.",
    "Nid yw’r hyn yr oedd yn sôn amdano yn y cofnod mwyach fel rhywbeth i’w gyhoeddi.",
)


def take_down_what_fell(
    head: Head, standing: Standing, added: Sequence[Entry], as_of: datetime
) -> None:
    """Take down each public line of a case that could not be published as the case stands now."""
    cause = next((entry for entry in reversed(added) if entry.kind in CONCERNED), None)
    if cause is None or not (gives_lines(standing) or cause.kind in (CORRECTION, CHANGED)):
        return
    with acting_for([head.body_id]):
        shown = shown_lines(head.case_id)
        if not shown:
            return
        given = {line.subject: line for line in lines_of(standing)}
        for subject, before in shown.items():
            why = _fallen(given, subject)
            if why is not None:
                _taken_down(before, head, cause, why, as_of)


def _fallen(given: Mapping[str, Line], subject: str) -> Words | None:
    """Return why a line may not be public any more; None where it may."""
    line = given.get(subject)
    return GONE if line is None else line.bar


def _taken_down(
    before: PublishedLine, head: Head, cause: Entry, why: Words, as_of: datetime
) -> None:
    author = int(cause.author) if cause.author.isdecimal() else before.by_id
    down = PublishedLine.objects.create(
        body_id=before.body_id,
        register=before.register,
        case_id=head.case_id,
        subject=before.subject,
        shown=False,
        values=before.values,
        sorts_on=before.sorts_on,
        at=as_of,
        by_id=author,
        reason=f"{why.en}\n{why.cy}",
        itself=True,
    )
    _tell(before, down, head, why, as_of)


def _tell(
    before: PublishedLine, down: PublishedLine, head: Head, why: Words, as_of: datetime
) -> None:
    """Write to whoever published a line that it is public no more, and why."""
    if not is_address(before.by.email):
        return
    text = (
        f"A line of {head.ref} that you published is not public any more. It was taken down by "
        f"itself: {why.en}\n\nLook at it under Publishing, on the page of the case.\n\n---\n\n"
        f"Nid yw llinell o {head.ref} a gyhoeddwyd gennych yn gyhoeddus mwyach. Fe’i tynnwyd i "
        f"lawr ohoni’i hun: {why.cy}\n\nEdrychwch arni o dan Cyhoeddi, ar dudalen yr achos.\n"
    )
    mail = Outgoing(
        key=f"publishing/down/{down.pk}",
        body_id=down.body_id,
        case_id=head.case_id,
        to=Addressee(before.by.name, before.by.email),
        subject=f"{head.ref}: taken down from a register / wedi’i thynnu i lawr o gofrestr",
        text=text,
    )
    enqueue(mail, as_of=as_of)
