"""Census tables: kept whole, or refused."""

from datetime import datetime
from typing import Final

from django.db import transaction

from candour.outreach.actions.typed import OutreachRefusedError, number_typed, words_typed
from candour.outreach.both_languages import both
from candour.outreach.census import read_table
from candour.outreach.models import Census, Population
from candour.people.actor import Actor

YEARS: Final = range(1991, 2101)


def take_census(
    content: bytes, *, area: str, source: str, year: str, actor: Actor, as_of: datetime
) -> Census:
    """Keep a census table, whole.

    Raises:
        OutreachRefusedError: what it is of is not said, or lines of it cannot be used; nothing is
            kept then.
    """
    where = words_typed("area", area, both("Write which area the table counts."))
    who = words_typed("source", source, both("Write who published the table."))
    when = number_typed(year)
    if when is None or when not in YEARS:
        raise OutreachRefusedError("year", both("Write the year that the table counts, like 2021."))
    table = read_table(content)
    if table.faults:
        raise OutreachRefusedError("file", *table.faults)
    with transaction.atomic():
        census = Census.objects.create(
            body=actor.body, area=where, source=who, year=when, sent_at=as_of, sent_by=actor.user
        )
        Population.objects.bulk_create(
            Population(body=actor.body, census=census, question=asked, answer=answer, people=number)
            for (asked, answer), number in table.people.items()
        )
    return census
