"""Names of local authorities that registers give, and a person who says which bodies they are.

Where a name is no body's that the directory knows, somebody says which one it is, makes it, or says
that it is none. That is remembered: the next file goes by it, in another spelling as well.
"""

from datetime import date
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from candour.bodies.keeping import Keeper, add, begin
from candour.bodies.models import Area, AreaKind, Body, BodyFunction
from candour.directory import names_refused as refused
from candour.directory.locks import ONE_AT_A_TIME
from candour.directory.models import Authority
from candour.directory.reading.names import council_key, tidy
from candour.directory.taking.hosting import host_services, unhost_services
from candour.directory.taking.providers import COUNCIL_FUNCTIONS

KIND: Final = "Local authority"
LONGEST: Final = 200
LONGEST_SLUG: Final = 80


@transaction.atomic
def match(number: int, body: int, *, by: Keeper) -> int:
    """Say which body a name is, and return how many services lie with it from now on.

    Raises:
        NameRefusedError: there is no such name or body, it was settled already, or a file is being
            taken in.
    """
    authority = _open(number)
    found = Body.objects.filter(pk=body).first()
    if found is None:
        raise refused.no_body()
    return _settle(authority, found, by)


@transaction.atomic
def make_body(number: int, name: str, *, nation: str, on: date, by: Keeper) -> tuple[Body, int]:
    """Make the body that a name is, which does what a local authority does for its area.

    Args:
        number: the id of the name.
        name: what the body is called.
        nation: where it is.
        on: the London day, by which its area is looked up.
        by: who makes it.

    Returns:
        The body, and how many services lie with it from now on.

    Raises:
        NameRefusedError: as for `match`, or a body of that name is kept already.
    """
    authority = _open(number)
    name = tidy(name)
    if not name or len(name) > LONGEST:
        raise refused.no_name()
    body = Body(name=name, nation=nation, kind=KIND, slug=slugify(name)[:LONGEST_SLUG])
    if not body.slug or Body.objects.filter(name__iexact=name).exists():
        raise refused.name_taken(name) if body.slug else refused.no_name()
    try:
        with transaction.atomic():
            begin(body, by, reason=authority.name)
    except IntegrityError as error:
        raise refused.name_taken(name) from error
    area = area_of(authority.name, on)
    for function in COUNCIL_FUNCTIONS:
        row = BodyFunction(
            body=body, function=function, place=area, area=area.name if area else authority.name
        )
        add(row, by, reason=authority.name)
    return body, _settle(authority, body, by)


@transaction.atomic
def set_aside(number: int, *, by: Keeper) -> None:
    """Say that a name is no body's, so that nobody is asked about it again.

    Raises:
        NameRefusedError: there is no such name, it was settled already, or a file is being taken.
    """
    authority = _open(number)
    authority.aside = True
    _remember(authority, by)


@transaction.atomic
def ask_again(number: int, *, by: Keeper) -> int:
    """Take back what somebody said of a name, and return how many services lie with nobody now.

    Raises:
        NameRefusedError: there is no such name, nobody settled it, or a file is being taken.
    """
    authority = _locked(number)
    if authority.settled_at is None:
        raise refused.not_settled(authority.name)
    gone = unhost_services(authority.pk, by=by.person, as_of=by.at) if authority.body_id else 0
    authority.body, authority.aside = None, False
    authority.settled_at, authority.settled_by = None, None
    authority.save()
    return gone


def area_of(name: str, on: date) -> Area | None:
    """Return the area of a local authority of this name, where exactly one is kept. One query."""
    return areas_of(on).get(council_key(name))


def areas_of(on: date) -> dict[str, Area]:
    """Return the areas of local authorities on a day by the place that they are, each once."""
    found: dict[str, Area] = {}
    twice: set[str] = set()
    for area in _areas(on):
        for key in {council_key(name) for name in (area.name, area.name_cy) if name}:
            twice |= {key} & found.keys()
            found[key] = area
    return {key: area for key, area in found.items() if key not in twice}


def _areas(on: date) -> QuerySet[Area]:
    found: QuerySet[Area] = Area.objects.on(on).filter(kind=AreaKind.LOCAL_AUTHORITY)
    return found


def _settle(authority: Authority, body: Body, by: Keeper) -> int:
    authority.body = body
    _remember(authority, by)
    return host_services([authority.pk], by=by.person, intake=None, as_of=by.at)


def _remember(authority: Authority, by: Keeper) -> None:
    authority.settled_at, authority.settled_by_id = by.at, by.person
    authority.save()


def _open(number: int) -> Authority:
    """Return a name that nobody has settled, locked.

    Raises:
        NameRefusedError: as `match` says.
    """
    authority = _locked(number)
    if authority.body is not None or authority.aside:
        raise refused.settled_already(authority.name, str(authority.body or ""))
    return authority


def _locked(number: int) -> Authority:
    """Return a name, so that neither somebody else nor a file settles it at the same time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        (free,) = cursor.fetchone()
    if not free:
        raise refused.being_taken()
    found = Authority.objects.select_for_update(of=("self",)).select_related("body")
    authority = found.filter(pk=number).first()
    if authority is None:
        raise refused.not_there()
    return authority
