"""Remembering which table left the site as a file, who took it and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from candour.bodies.models import Body
from candour.finding.models import Format, TableTaken
from candour.people.models import User


@dataclass(frozen=True, slots=True)
class Taking:
    """What was taken out.

    Attributes:
        name: which table.
        asked: the address that it was asked for at.
        format: the kind of file.
        rows: how many rows it held.
    """

    name: str
    asked: str
    format: Format
    rows: int


def taken(
    taking: Taking, *, person: User, bodies: Iterable[Body], as_of: datetime
) -> list[TableTaken]:
    """Write down that somebody took a table out, for each body that they work for. One query."""
    return TableTaken.objects.bulk_create(
        TableTaken(
            body=body,
            person=person,
            name=taking.name,
            asked=taking.asked,
            format=taking.format,
            rows=taking.rows,
            taken_at=as_of,
        )
        for body in bodies
    )
