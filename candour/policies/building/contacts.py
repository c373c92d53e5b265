"""Contacts of the engine from those that packs write."""

from datetime import time

from candour.engine.contacts import DAYS, Contact, Hours
from candour.policies.building.parts import Plain, day, ids, title, words


def contact(name: str, part: Plain) -> Contact:
    """Return a contact."""
    valid = part.get("valid") or {}
    return Contact(
        id=name,
        title=title(part),
        serves=ids(part["for"]),
        phone=part.get("phone", ""),
        email=part.get("email", ""),
        note=words(part["note"]) if "note" in part else None,
        hours=tuple(map(_hours, part.get("hours", ()))),
        hours_known=part.get("hours_known", True),
        on_holidays=part.get("on_holidays", "closed"),
        otherwise=part.get("otherwise", False),
        valid_from=day(valid.get("from")),
        valid_to=day(valid.get("to")),
        clauses=ids(part.get("clauses")),
    )


def _hours(part: Plain) -> Hours:
    days = tuple(DAYS.index(name) for name in part["days"])
    return Hours(days, time.fromisoformat(part["from"]), time.fromisoformat(part["to"]))
