"""Takes invented lists of two registers in: what changed from one to the next, and one to look at.

The names are those of the demonstration's own services, so their pages have ratings and a history.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from candour.bodies.models import Body, Service
from candour.directory.actions import import_directory
from candour.directory.models import Intake
from candour.directory.reading.mapping_files import find_mapping
from candour.directory.sending import send
from candour.engine.london import local
from candour.people.models import Post
from candour.site.demonstration import FOLDER
from candour.site.demonstration.files import read

FIRST: Final = timedelta(days=95)
SECOND: Final = timedelta(days=12)
NAMED: Final = "invented-{register}-{day}.csv"
KEEPER: Final = "directory_keeper"


def make_listings(bodies: Mapping[str, Body], as_of: datetime) -> None:
    """Take two lists of each register in, and send a third of Wales that nobody has taken yet."""
    if Intake.objects.exists():
        return
    told = read(FOLDER / "listings.yaml")
    for register, held in told["registers"].items():
        for since, changes in ((FIRST, {}), (SECOND, held.get("then", {}))):
            moment = as_of - since
            import_directory(
                _file(held, changes, local(moment).date()),
                file_name=NAMED.format(register=register, day=local(moment).date()),
                mapping=find_mapping(register),
                by=None,
                as_of=moment,
            )
    held = told["registers"]["ciw"]
    keeper = Post.objects.filter(role=KEEPER, body=bodies["cardiff"]).select_related("user").first()
    if keeper is not None:
        content = _file(held, held["then"] | held["next"], local(as_of).date())
        name = NAMED.format(register="ciw", day=local(as_of).date())
        send(content, file_name=name, mapping="ciw", by=keeper.user, as_of=as_of)


def _file(held: Mapping[str, Any], changes: Mapping[str, Any], day: date) -> bytes:
    """Return a list as its register would publish it, with some rows otherwise than at first."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([f"Invented for the demonstration on {day:%d/%m/%Y}"])
    writer.writerow(held["columns"].values())
    for row in _rows(held["services"], changes):
        known = Service.objects.select_related("provider", "host_authority")
        service = known.filter(name=row.get("called", row["name"])).first()
        writer.writerow(_cell(row, name, service) for name in held["columns"])
    return written.getvalue().encode()


def _rows(
    services: Iterable[Mapping[str, Any]], changes: Mapping[str, Any]
) -> Iterable[dict[str, Any]]:
    for row in services:
        changed = changes.get(row["number"], {})
        if changed != "gone" and ("from" not in row or row["from"] in changes):
            yield {**row, **changed}


def _cell(row: Mapping[str, Any], name: str, service: Service | None) -> str:
    """Return what a row says, or what the demonstration's own service of that name does."""
    if name in row or service is None:
        return str(row.get(name, ""))
    own = {
        "address": service.address,
        "postcode": service.postcode,
        "kinds": service.kind,
        "provider_name": service.provider.name,
        "provider_number": service.provider.slug,
        "authority": service.host_authority.name if service.host_authority else "",
    }
    return own.get(name, "")
