"""People's feeds: a secret address for each, made and revoked, and what it shows."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from candour.calendars.feed_files import Shown, feed_file
from candour.calendars.models import CalendarFeed, CalendarMeeting, MeetingsShown, MeetingState
from candour.cases.procedures import ProcedureUnavailable, procedure_named
from candour.cases.queries.owing_roles import owing_at
from candour.database.row_security import acting_for
from candour.engine.london import local
from candour.engine.words import Language, Words
from candour.people.models import User
from candour.people.queries import posts_on, user_with_posts

NAMES = UUID("7d7f0f0e-5f62-5d0c-9d4e-0b8f6d1c33aa")
SECRET_BYTES = 32
MOST_DUTIES = 5_000  # of one post; the soonest
MOST_MEETINGS = 1_000
MEETINGS_SINCE = timedelta(days=30)
DUE = Words("Due", "Yn ddyledus")
BY = Words("by", "erbyn")
SOMETHING = Words("Something that is due", "Rhywbeth sy’n ddyledus")
NAME = Words("Candour: due, and meetings", "Candour: dyledus, a chyfarfodydd")
OWED = """
    SELECT d.case_id, d.key, d.duty_id, d.due_on, d.due_at, d.started_at,
           c.ref, c.procedure, c.version
    FROM unnest(%(bodies)s::bigint[], %(roles)s::text[]) AS w (body_id, role)
    CROSS JOIN LATERAL (
        SELECT * FROM case_duty
        WHERE body_id = w.body_id AND owner_role = w.role AND state = 'open'
          AND sorts_at < 'infinity'
        ORDER BY sorts_at, id LIMIT %(most)s
    ) AS d
    JOIN case_file c ON c.id = d.case_id
    WHERE d.due_on IS NOT NULL ORDER BY d.sorts_at, d.id
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is answered: its bytes, and the name of this very state of it."""

    content: bytes
    etag: str


def make_feed(person: User, meetings: MeetingsShown | str, as_of: datetime) -> str:
    """Make a person a new secret address, and revoke the one before; return the secret.

    It is returned this once: only its hash is kept. Needs a transaction that acts for the person.
    """
    revoke_feed(person, as_of)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarFeed.objects.create(
        person=person, secret_hash=_hash(secret), meetings=MeetingsShown(meetings), made_at=as_of
    )
    return secret


def revoke_feed(person: User, as_of: datetime) -> bool:
    """Revoke a person's address; return whether there was one."""
    return bool(_live(person).update(revoked_at=as_of))


def feed_of(person: User) -> CalendarFeed | None:
    """Return the feed that a person's calendar may read now, or None."""
    return _live(person).first()


def choose_meetings(person: User, meetings: MeetingsShown | str) -> None:
    """Have a person's feed show these meetings from now on."""
    _live(person).update(meetings=MeetingsShown(meetings))


def _live(person: User) -> "QuerySet[CalendarFeed]":
    return CalendarFeed.objects.filter(person=person, revoked_at=None).defer("secret_hash")


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def read_feed(secret: str, as_of: datetime, site: str) -> Feed | None:
    """Return the feed at a secret address as it is now; None where there is none, or no longer.

    It shows what its owner's posts of the day may see, under row security, and nothing else.

    Args:
        secret: the last part of the address.
        as_of: the present instant.
        site: the address of this site, without the slash at its end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, meetings FROM calendar_feed_of(%s)", [_hash(secret)])
        row = cursor.fetchone()
    person = user_with_posts(int(row[0])) if row else None
    if row is None or person is None or not person.is_active:
        return None
    today = local(as_of).date()
    posts = posts_on(person, today)
    language: Language = "cy" if person.language == "cy" else "en"
    bodies = {post.body_id for post in posts}
    owing = {(post.body_id, post.role) for post in posts}
    with acting_for(bodies, person=person.pk):
        owing.update(owing_at(bodies, today).handed_to(person.pk))
        reading = _Reading(person, str(row[1]), today, language, site)
        events = [*_duties(sorted(owing), reading), *_meetings(reading)]
    content = feed_file(NAME.text(language), events)
    return Feed(content, f'"{hashlib.sha256(content).hexdigest()}"')


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a feed: whose, which meetings it shows, on which day, in which language."""

    person: User
    meetings: str
    today: date
    language: Language
    site: str


def _duties(held: list[tuple[int, str]], reading: _Reading) -> Iterator[Shown]:
    language = reading.language
    values: dict[str, Any] = {
        "bodies": [body for body, _ in held],
        "roles": [role for _, role in held],
        "most": MOST_DUTIES,
    }
    with connection.cursor() as cursor:
        cursor.execute(OWED, values)
        rows = cursor.fetchall()
    titles: dict[tuple[str, str], Mapping[str, str]] = {}
    for case, key, duty, due_on, due_at, started_at, ref, name, version in rows:
        if (name, version) not in titles:
            titles[name, version] = _titles(name, version, language)
        title = titles[name, version].get(duty, SOMETHING.text(language))
        hour = f" ({BY.text(language)} {local(due_at):%H:%M})" if due_at else ""
        yield Shown(
            uid=_uid(f"{case}/{key}"),
            summary=f"{DUE.text(language)}: {title} ({ref}){hour}",
            address=f"{reading.site}/cases/{ref}/#due",
            day=due_on,
            changed_at=started_at,
        )


def _titles(name: str, version: str, language: Language) -> Mapping[str, str]:
    """Return what a procedure calls its duties: what one is about might name people."""
    try:
        duties = procedure_named(name, version).duties
    except ProcedureUnavailable:
        return {}
    return {duty.id: duty.title.text(language) for duty in duties.values()}


def _meetings(reading: _Reading) -> Iterator[Shown]:
    shown, email = reading.meetings, reading.person.email.lower()
    if shown == MeetingsShown.NONE:
        return
    rows = CalendarMeeting.objects.filter(
        day__gte=reading.today - MEETINGS_SINCE, state__in=[MeetingState.CALLED, MeetingState.BEGUN]
    )
    for row in rows.select_related("case").order_by("day", "pk")[:MOST_MEETINGS]:
        if shown == MeetingsShown.MINE and email not in row.emails:
            continue
        title = Words(row.title, row.title_cy).text(reading.language)
        yield Shown(
            uid=_uid(f"meeting/{row.sitting}"),
            summary=f"{title} ({row.case.ref})",
            address=f"{reading.site}/cases/{row.case.ref}/meetings/",
            day=row.day,
            changed_at=row.changed_at,
            begins=row.begins,
            ends=row.ends,
            place=row.place,
            busy=True,
        )


def _uid(of: str) -> str:
    return f"{uuid5(NAMES, of)}@{settings.CANDOUR_MAIL_DOMAIN}"
