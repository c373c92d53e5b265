"""Follows what changes at the regulator: from the last instant up to which all is known, to now.

A span's numbers are written down first and read a few at a time; each few are taken into the
directory in the transaction that crosses them off. So whatever stops it, at whatever point, the
next run goes on where this one was, and nothing is read as known that is not.
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from candour.directory.actions import day_of, staged, take
from candour.directory.cqc.client import Client
from candour.directory.cqc.reading import FIELDS, Json, answers, predecessors, staged_row
from candour.directory.errors import FeedTroubleError
from candour.directory.models import Feed, Intake, ListedProvider, Listing, Predecessor, State
from candour.directory.reading.mapping_files import find_mapping
from candour.directory.reading.rows import StagedAnswer, StagedRow
from candour.directory.report import Report

REGISTER: Final = "cqc"
SPAN: Final = timedelta(days=7)  # asked about at once
AT_ONCE: Final = 50  # locations read and taken together
OVERLAP: Final = timedelta(days=2)  # before the first file: it was made earlier than it says
log = logging.getLogger(__name__)


def follow(client: Client, *, as_of: datetime, at_most: int = 5_000) -> int:
    """Take in what changed at the regulator up to an instant; return how many were read.

    Args:
        client: the conversation with the regulator.
        as_of: the present instant.
        at_most: locations read by one run; the next goes on from there.

    Raises:
        FeedTroubleError: the regulator's API would not answer; what was read until then is kept.
    """
    feed = _feed(as_of)
    read = 0
    try:
        while read < at_most:
            if feed.asked_until is None and not _next_span(client, feed, as_of):
                break
            while feed.waiting and read < at_most:
                read += _read_some(client, feed, as_of)
            if not feed.waiting and feed.asked_until is not None:
                feed.good_until, feed.asked_until = feed.asked_until, None
                feed.save()
    except FeedTroubleError as trouble:
        Feed.objects.filter(pk=feed.pk).update(trouble=str(trouble), tried_at=as_of)
        raise
    Feed.objects.filter(pk=feed.pk).update(trouble="", tried_at=as_of)
    return read


def _feed(as_of: datetime) -> Feed:
    """Return how far the feed is; it begins with the newest whole file, or a week ago."""
    found = Feed.objects.filter(pk=REGISTER).first()
    if found is not None:
        return found
    newest = Intake.objects.filter(register=REGISTER, whole=True, state=State.TAKEN).order_by("-pk")
    taken = newest.values_list("taken_at", flat=True).first()
    since = taken - OVERLAP if taken is not None else as_of - SPAN
    return Feed.objects.create(register=REGISTER, good_until=min(since, as_of))


def _next_span(client: Client, feed: Feed, as_of: datetime) -> bool:
    """Write down what changed in the next span, or return False where there is none."""
    if feed.good_until >= as_of:
        return False
    until = min(feed.good_until + SPAN, as_of)
    feed.waiting = client.changed_locations(feed.good_until, until)
    feed.asked_until = until
    feed.save()
    return True


def _read_some(client: Client, feed: Feed, as_of: datetime) -> int:
    """Read and take the next few of the numbers that wait; return how many."""
    numbers, later = feed.waiting[:AT_ONCE], feed.waiting[AT_ONCE:]
    told = {number: client.location(number) for number in numbers}
    there = [each for each in told.values() if each is not None]
    names = _providers(client, there)
    rows = _rows(there, names, as_of)
    vanished = [number for number, each in told.items() if each is None]
    rows += [(row, []) for row in _vanished(vanished, as_of)]
    with transaction.atomic():
        if rows:
            _take(rows, as_of)
            _remember_predecessors(there)
        feed.waiting = later
        feed.save()
    return len(numbers)


def _rows(
    told: Iterable[Json], names: dict[str, str], as_of: datetime
) -> list[tuple[StagedRow | None, list[StagedAnswer]]]:
    words, today = find_mapping(REGISTER), day_of(as_of)
    found: dict[str, tuple[StagedRow | None, list[StagedAnswer]]] = {}
    for each in told:
        name = names.get(str(each.get("providerId") or ""), "") or str(each.get("name") or "")
        row = staged_row(each, name, words, today)
        if not row.number or not row.name:
            log.warning("The regulator's answer about a location has no number or no name.")
            continue
        found[row.number] = row, list(answers(each))
    return list(found.values())


def _providers(client: Client, told: Iterable[Json]) -> dict[str, str]:
    """Return the names of the providers of these locations: known ones are not asked for."""
    wanted = {str(each.get("providerId") or "") for each in told} - {""}
    known = ListedProvider.objects.filter(register=REGISTER, number__in=wanted)
    names: dict[str, str] = dict(known.values_list("number", "name"))
    for number in sorted(wanted - names.keys()):
        found = client.provider(number)
        names[number] = str((found or {}).get("name") or "")
    return names


def _vanished(numbers: list[str], as_of: datetime) -> Iterable[StagedRow]:
    """Yield rows that end the listings of locations which the regulator no longer knows."""
    listed = Listing.objects.filter(register=REGISTER, number__in=numbers, listed_until=None)
    for each in listed.select_related("provider", "authority"):
        yield StagedRow(
            line=0,
            number=each.number,
            name=each.name,
            also_known_as=each.also_known_as,
            address=each.address,
            postcode=each.postcode,
            phone=each.phone,
            website=each.website,
            kinds=tuple(each.kinds),
            specialisms=tuple(each.specialisms),
            nursing=each.nursing,
            people=each.people,
            region=each.region,
            url=each.url,
            latest_check=each.latest_check,
            provider_number=each.provider.number,
            provider_name=each.provider.name,
            authority=each.authority.name if each.authority else "",
            ended_on=day_of(as_of),
        )


def _take(rows: list[tuple[StagedRow | None, list[StagedAnswer]]], as_of: datetime) -> None:
    name = f"Changes at the regulator, {as_of:%Y-%m-%d %H:%M}"
    intake = Intake(
        register=REGISTER,
        mapping="cqc-api",
        file_name=name,
        sha256=hashlib.sha256(repr(rows).encode()).hexdigest(),
        sent_at=as_of,
        state=State.READ,
    )
    report = Report(
        file_name=name,
        mapping="cqc-api",
        rows_read=len(rows),
        staged=len(rows),
        fields=list(FIELDS),
    )
    staged(intake, rows, report)
    take(intake, report, as_of=as_of)


def _remember_predecessors(told: Iterable[Json]) -> None:
    Predecessor.objects.bulk_create(
        [
            Predecessor(
                register=REGISTER,
                number=str(each.get("locationId")),
                predecessor=number,
                reason=reason,
            )
            for each in told
            for number, reason in predecessors(each)
        ],
        ignore_conflicts=True,
    )
