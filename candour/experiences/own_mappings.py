"""Mappings that a body made for files of its own, beside those that are shipped.

All of it in a transaction that acts for the body.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from candour.bodies.models import Body
from candour.database.taking_turns import take_turns
from candour.engine.words import Words
from candour.experiences.intake.errors import MappingError
from candour.experiences.intake.mapping import Mapping
from candour.experiences.intake.mapping_files import (
    find_mapping,
    mapping_of_text,
    shipped_mappings,
)
from candour.experiences.intake.records import column_keys
from candour.experiences.models import BodyMapping
from candour.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Fitting:
    """A mapping that fits a file.

    Attributes:
        name: what it is called.
        title: what files it is for, in both languages.
        known: how many of the file's columns it knows.
    """

    name: str
    title: Words
    known: int


def keep_mapping(name: str, text: str, *, actor: Actor, as_of: datetime) -> BodyMapping:
    """Keep a mapping under a name: as the next version of it, if it says anything new.

    Raises:
        MappingError: the name is a shipped mapping's, or the text makes no sense.
    """
    if name in shipped_mappings() or name.endswith((".yaml", ".yml")):
        raise MappingError(f"A mapping that comes with Candour is called “{name}”. Choose another.")
    mapping_of_text(text, name)
    with transaction.atomic():
        take_turns("mappings", actor.body_id)
        newest = _newest(actor.body, name)
        if newest is not None and newest.text == text:
            return newest
        return BodyMapping.objects.create(
            body=actor.body,
            name=name,
            version=newest.version + 1 if newest else 1,
            text=text,
            made_at=as_of,
            made_by=actor.user,
        )


def mapping_called(name: str, body: Body) -> Mapping:
    """Return the mapping of this name: the newest version of a body's own, or a shipped one.

    Raises:
        MappingError: there is none such, or it makes no sense.
    """
    own = _newest(body, name)
    if own is None:
        return find_mapping(name, also=own_names(body))
    return replace(mapping_of_text(own.text, name), name=str(own))


def own_names(body: Body) -> list[str]:
    """Return what the body's own mappings are called, in alphabetical order."""
    found = BodyMapping.objects.filter(body=body).order_by("name").values_list("name", flat=True)
    return list(found.distinct())


def fitting(header: Iterable[str], body: Body) -> list[Fitting]:
    """Return the mappings whose columns a file has, the one that knows most first. One query.

    The plain one that is shipped comes last: it fits any file with a column of its names.
    """
    keys = set(column_keys(list(header)))
    found = []
    newest = BodyMapping.objects.filter(body=body).order_by("name", "-version").distinct("name")
    own = [(one.name, mapping_of_text(one.text, one.name)) for one in newest]
    shipped = [(name, find_mapping(name)) for name in shipped_mappings()]
    for name, mapping in (*own, *shipped):
        if mapping.needed_columns <= keys:
            found.append(Fitting(name, mapping.title, len(mapping.known_columns & keys)))
    return sorted(found, key=lambda one: (one.name == "generic", -one.known, one.name))


def _newest(body: Body, name: str) -> BodyMapping | None:
    return BodyMapping.objects.filter(body=body, name=name).order_by("-version").first()
