"""What waits for one person, from every room, in one journey to the database.

Each room says what of its own waits; here those questions are put together, since a page that asks
them one by one is slow for the person who has least time.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import DateTimeField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf

from candour.calendars.queries import meetings_soon
from candour.cases.queries.came_in import LATELY, came_in, rounds_waiting
from candour.engine.london import local
from candour.feeding_back.queries import DUE_IN_ALL, values_of_due
from candour.letters.queries import to_approve
from candour.mail.queries import failed, unfiled
from candour.publishing.queries import fallen_lately
from candour.signing.queries import to_sign

MOST: Final = 12  # of one sort
NOTHING: Final = Value("", TextField())
COLUMNS: Final = (
    *("w_sort", "w_id", "w_ref", "w_case", "w_procedure"),
    *("w_what", "w_what_cy", "w_at", "w_who", "w_told"),
)

if TYPE_CHECKING:
    _Parts = Iterator[QuerySet[Any, tuple[Any, ...]]]


class Sort(StrEnum):
    """What sort of thing waits."""

    SIGN = "sign"
    APPROVE = "approve"
    RATE = "rate"
    MEET = "meet"
    CAME = "came"
    FILE = "file"
    FAILED = "failed"
    FELL = "fell"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits or came in.

    Attributes:
        sort: what sort of thing.
        id: the number or id by which its page is found, as text.
        ref, case, procedure: the case's reference, title and procedure; empty where it is of none.
        what, what_cy: what the room calls it, in both languages where it has both.
        at: when it was asked, begins or came in.
        who: who asked or recorded it, the place of a meeting, how many have rated; or nothing.
        told: the entry as recorded, where it is one.
    """

    sort: Sort
    id: str
    ref: str
    case: str
    procedure: str
    what: str
    what_cy: str
    at: datetime
    who: str
    told: str


# Digests are found by a statement, not a queryset: it takes its place in the union as one. `who`
# says how many there are, and they wait since the day after the last of the first one's cycle.
DIGESTS: Final = """
    SELECT 'feed', '', '', '', '', '', '',
        (last_day + 1)::timestamp AT TIME ZONE 'Europe/London', number::text, ''
    FROM ({due}) AS digests
"""

PLACE: Final = re.compile("(?<!%)%s")  # where a queryset's statement takes its next value


def waiting(
    person: int, bodies: Collection[int], feeding: Collection[int], as_of: datetime
) -> list[Waiting]:
    """Return what waits for a person of these bodies, and what came in. One query.

    `feeding` are those of the bodies whose digests to organisations the person looks after.
    """
    first, *others = (part[:MOST] for part in _parts(person, bodies, as_of))
    union, params = first.union(*others, all=True).query.sql_with_params()
    named = {f"p{place}": value for place, value in enumerate(params)}
    names = iter(named)
    sql = PLACE.sub(lambda _: f"%({next(names)})s", union)
    if feeding:
        sql = f"{sql} UNION ALL ({DIGESTS.format(due=DUE_IN_ALL)})"
        named |= values_of_due(feeding, local(as_of).date())
    with connection.cursor() as cursor:
        cursor.execute(sql, named)
        return [Waiting(Sort(sort), *told) for sort, *told in cursor.fetchall()]


def _parts(person: int, bodies: Collection[int], as_of: datetime) -> "_Parts":
    yield from _asked_of(person, bodies, as_of)
    yield _rows(
        meetings_soon(bodies, local(as_of).date()),
        Sort.MEET,
        what=F("title"),
        what_cy=F("title_cy"),
        at=Coalesce("begins", Cast("day", DateTimeField())),
        who=F("place"),
        told=Cast("begins", TextField()),
    )
    yield from _arrived(person, bodies, as_of)


def _asked_of(person: int, bodies: Collection[int], as_of: datetime) -> "_Parts":
    """Yield what a person is asked for: to sign, to look at, to rate."""
    yield _rows(
        to_sign(person),
        Sort.SIGN,
        key="request",
        case="request__case",
        what=F("request__document__sort"),
        what_cy=F("request__document__sort_cy"),
        at=F("request__asked_at"),
        who=_name("request__asked_by"),
    )
    yield _rows(
        to_approve(bodies, person),
        Sort.APPROVE,
        what=F("template"),
        at=F("asked_at"),
        who=_name("asked_by"),
    )
    yield _rows(
        rounds_waiting(person, as_of),
        Sort.RATE,
        at=F("happened_at"),
        who=Cast("rated", TextField()),
        told=_payload(),
    )


def _arrived(person: int, bodies: Collection[int], as_of: datetime) -> "_Parts":
    """Yield what came to the bodies: entries, mail, what did not arrive, what fell."""
    yield _rows(
        came_in(bodies, person, as_of),
        Sort.CAME,
        at=F("recorded_at"),
        who=_name("author"),
        told=_payload(),
    )
    yield _rows(unfiled(bodies), Sort.FILE, case="", what=F("subject"), at=F("came_at"))
    yield _rows(fallen_lately(bodies, as_of - LATELY), Sort.FELL, what=F("reason"), at=F("at"))
    yield _rows(failed(bodies), Sort.FAILED, case="", what=F("subject"), at=F("queued_at"))


def _rows(
    found: "QuerySet[Any]",
    sort: Sort,
    *,
    key: str = "pk",
    case: str = "case",
    at: Combinable,
    **said: Combinable,
) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return rows with the columns of `Waiting`, whichever table they are of."""
    of_case = {
        "w_ref": F(f"{case}__ref") if case else NOTHING,
        "w_case": F(f"{case}__title") if case else NOTHING,
        "w_procedure": F(f"{case}__procedure") if case else NOTHING,
    }
    own = {f"w_{name}": said.get(name, NOTHING) for name in ("what", "what_cy")}
    rows: QuerySet[Any, tuple[Any, ...]] = found.annotate(
        w_sort=Value(sort.value, TextField()),
        w_id=Cast(key, TextField()),
        **of_case,
        **own,
        w_at=at,
        w_who=Coalesce(said.get("who", NOTHING), NOTHING),
        w_told=Coalesce(said.get("told", NOTHING), NOTHING),
    ).values_list(*COLUMNS)
    return rows


def _name(person: str) -> Coalesce:
    """Return the expression of the name by which somebody goes."""
    shown = NullIf(f"{person}__display_name", Value(""))
    return Coalesce(shown, f"{person}__username", output_field=TextField())


def _payload() -> Cast:
    return Cast("payload", TextField())
