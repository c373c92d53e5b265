"""Entries: the only thing a case is made of, and the drafts people propose."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from candour.engine.errors import MalformedEntry

SYSTEM = "system"  # the role and author of what the procedure does by itself
NOTHING: Mapping[str, Any] = MappingProxyType({})


def _aware(moment: datetime, what: str) -> datetime:
    if moment.tzinfo is None:
        msg = f"{what} is {moment.isoformat()} with no time zone. Give an instant with its offset."
        raise MalformedEntry(msg)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        msg = f"{what} is {moment.isoformat()}, outside the years 1 to 9999. Give another."
        raise MalformedEntry(msg) from error


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to put in a case log; `propose` turns it into an `Entry` or refuses it.

    `id` is chosen by whoever makes the draft and doubles as the idempotency key of the form.
    `override` is the written rationale for going past gates that allow it (CV-09, HE-04).
    """

    id: str
    kind: str
    happened_at: datetime
    author: str
    role: str
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    refers_to: tuple[str, ...] = ()
    body: str = ""
    audience: str = "case"
    override: str = ""

    def __post_init__(self) -> None:
        """Hold the instant in UTC.

        Raises:
            MalformedEntry: the instant has no time zone, or lies outside the years 1 to 9999.
        """
        object.__setattr__(self, "happened_at", _aware(self.happened_at, "happened_at"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was recorded in a case, as it was recorded.

    `happened_at` is when it took place, `recorded_at` when it was written down; both UTC instants.
    `overridden` names the gates that were passed on the strength of the rationale in `override`.
    """

    id: str
    kind: str
    happened_at: datetime
    recorded_at: datetime
    author: str
    role: str
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    refers_to: tuple[str, ...] = ()
    body: str = ""
    audience: str = "case"
    override: str = ""
    overridden: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold both instants in UTC.

        Raises:
            MalformedEntry: an instant has no time zone, or lies outside the years 1 to 9999.
        """
        if self.happened_at.tzinfo is not UTC:  # as all that is stored is: asked for every entry
            object.__setattr__(self, "happened_at", _aware(self.happened_at, "happened_at"))
        if self.recorded_at.tzinfo is not UTC:
            object.__setattr__(self, "recorded_at", _aware(self.recorded_at, "recorded_at"))


def payload(entry: Entry) -> dict[str, Any]:
    """Return the entry as plain JSON values; `from_payload` is its inverse."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "happened_at": entry.happened_at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "author": entry.author,
        "role": entry.role,
        "data": dict(entry.data),
        "refers_to": list(entry.refers_to),
        "body": entry.body,
        "audience": entry.audience,
        "override": entry.override,
        "overridden": list(entry.overridden),
    }


def from_payload(values: Mapping[str, Any]) -> Entry:
    """Return the entry that `payload` wrote.

    Raises:
        MalformedEntry: a part is missing, unknown, or not of its type.
    """
    try:
        read = dict(values)
        for moment in ("happened_at", "recorded_at"):
            read[moment] = datetime.fromisoformat(read[moment])
        for several in ("refers_to", "overridden"):
            read[several] = tuple(read[several])
        return Entry(**read)
    except (KeyError, TypeError, ValueError) as error:
        msg = f"Entry {values.get('id', '(no id)')} cannot be read: {error}."
        raise MalformedEntry(msg) from error


def canonical(entry: Entry) -> bytes:
    """Return the one byte string that stands for the entry: sorted keys, no spaces, UTF-8.

    The hash chain of a case is made over this, so two equal entries always give equal bytes.
    """
    return json.dumps(
        payload(entry), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
