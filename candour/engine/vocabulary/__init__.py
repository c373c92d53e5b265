"""The closed vocabulary: every kind of entry that a case log can hold.

A procedure may add fields to a kind and supply the options of its choices; it never adds a kind.
"""

from collections.abc import Mapping
from types import MappingProxyType

from candour.engine.errors import UnknownKind, nearest
from candour.engine.kinds import Kind
from candour.engine.vocabulary import (
    alongside,
    closures,
    concerns,
    delivering,
    filing,
    meetings,
    minutes,
    outside,
    plans,
    ratings,
    relocations,
    responses,
    restrictions,
    sharing,
    signing,
    succession,
    telling,
    visits,
)
from candour.engine.vocabulary.delivering import SENDING
from candour.engine.vocabulary.meetings import MOVING
from candour.engine.vocabulary.outside import ANSWERS, by_link
from candour.engine.vocabulary.shorthand import sent
from candour.engine.vocabulary.succession import CHANGED
from candour.engine.words import Words

__all__ = ["CHANGED", "GROUPS", "KINDS", "MOVING", "SENDING", "UNFINISHED", "kind_named"]

GROUPS: Mapping[str, Words] = MappingProxyType(
    {
        "concerns": Words("Concerns and evidence", "Pryderon a thystiolaeth"),
        "meetings": Words(
            "Meetings, ratings and decisions", "Cyfarfodydd, sgoriau a phenderfyniadau"
        ),
        "plans": Words("Plans and actions", "Cynlluniau a chamau gweithredu"),
        "responses": Words("Recommendations and responses", "Argymhellion ac ymatebion"),
        "restrictions": Words("Restrictions", "Cyfyngiadau"),
        "telling": Words("Telling", "Hysbysu"),
        "sharing": Words("Sharing and keeping", "Rhannu a chadw"),
        "alongside": Words("Procedures alongside", "Gweithdrefnau ochr yn ochr"),
        "closures": Words("Closure of a service", "Cau gwasanaeth"),
        "clocks": Words("Clocks and suggestions", "Clociau ac awgrymiadau"),
    }
)


def _completed(kind: Kind) -> Kind:
    """Return a kind with what the system adds to it, whoever records it."""
    if kind.name in SENDING:
        return sent(kind)
    return by_link(kind) if kind.name in ANSWERS else kind


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: _completed(kind)
        for kind in (
            *concerns.KINDS,
            *visits.KINDS,
            *meetings.KINDS,
            *minutes.KINDS,
            *succession.KINDS,
            *ratings.KINDS,
            *plans.KINDS,
            *responses.KINDS,
            *restrictions.KINDS,
            *telling.KINDS,
            *signing.KINDS,
            *delivering.KINDS,
            *sharing.KINDS,
            *filing.KINDS,
            *alongside.KINDS,
            *closures.KINDS,
            *relocations.KINDS,
            *outside.KINDS,
        )
    }
)

# Which field says, for some kinds, that an entry is not yet the whole of what its kind means.
UNFINISHED: Mapping[str, str] = MappingProxyType(
    {kind.name: kind.unfinished_while for kind in KINDS.values() if kind.unfinished_while}
)


def kind_named(name: str) -> Kind:
    """Return the kind called `name`.

    Raises:
        UnknownKind: there is none; the message names the nearest.
    """
    try:
        return KINDS[name]
    except KeyError:
        msg = f"“{name}” is not a kind of entry.{nearest(name, KINDS)}"
        raise UnknownKind(msg) from None
