"""Reads of the registers: a body's own, and what the public may read."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from candour.bodies.models import Body
from candour.publishing.models import PublishedLine, Register, RegisterSwitch, Representative

PUBLIC = "SELECT publishing_public(%s, %s, %s)::text"


@dataclass(frozen=True, slots=True)
class PublicRegister:
    """A register as anybody may read it: whose, and its lines, newest first."""

    body: str
    body_cy: str
    lines: tuple[dict[str, Any], ...]


def public_register(slug: str, register: Register, day: date) -> PublicRegister | None:
    """Return an open register, or None where the body has not opened it. One query, no body needed.

    Args:
        slug: the body's.
        register: which of its registers.
        day: the London day; who may visit is told as of then.
    """
    if "\x00" in slug:
        return None
    with connection.cursor() as cursor:
        cursor.execute(PUBLIC, [slug, register.value, day])
        (found,) = cursor.fetchone()
    if found is None:
        return None
    told = json.loads(found)
    return PublicRegister(told["body"], told["body_cy"], tuple(told["lines"]))


def open_registers(body: Body) -> dict[Register, bool]:
    """Return whether each register of a body is open to the public."""
    found = dict.fromkeys(Register, False)
    for switch in RegisterSwitch.objects.filter(body=body).order_by("pk"):
        found[Register(switch.register)] = switch.open
    return found


def shown_lines(case_id: int) -> dict[str, PublishedLine]:
    """Return what is public of a case now, by the entry that each line is about."""
    newest: dict[str, PublishedLine] = {}
    for line in PublishedLine.objects.filter(case_id=case_id).order_by("pk"):
        newest[str(line.subject)] = line
    return {subject: line for subject, line in newest.items() if line.shown}


def fallen_lines(case_id: int) -> list[PublishedLine]:
    """Return the lines of a case that were taken down by themselves and not published since."""
    found = PublishedLine.objects.filter(case_id=case_id).order_by("subject", "-pk")
    return [line for line in found.distinct("subject") if line.itself and not line.shown]


def fallen_lately(bodies: Collection[int], since: datetime) -> "QuerySet[PublishedLine]":
    """Return what of these bodies was taken down by itself since an instant, newest first."""
    later = PublishedLine.objects.filter(
        body=OuterRef("body"), subject=OuterRef("subject"), pk__gt=OuterRef("pk")
    )
    found = PublishedLine.objects.filter(body__in=bodies, itself=True, at__gt=since)
    return found.filter(~Exists(later)).order_by("-at")


def published_among(subjects: Iterable[str]) -> dict[str, PublishedLine]:
    """Return what is public now of these entries, by the entry. One query, none for no entries."""
    wanted = list(subjects)
    if not wanted:
        return {}
    newest = PublishedLine.objects.filter(subject__in=wanted).order_by("subject", "-pk")
    return {str(line.subject): line for line in newest.distinct("subject") if line.shown}


def lines_shown_by(body: Body, *, most: int = 200) -> list[PublishedLine]:
    """Return the newest lines that a body has public now, with their cases."""
    found = PublishedLine.objects.filter(body=body).select_related("case")
    newest = found.order_by("register", "subject", "-pk").distinct("register", "subject")
    shown = [line for line in newest if line.shown]
    return sorted(shown, key=lambda line: (line.sorts_on, line.pk), reverse=True)[:most]


def representatives_of(body: Body) -> list[Representative]:
    """Return everybody a body ever authorised, those who may visit now first, then by name."""
    return list(Representative.objects.filter(body=body).order_by("name", "pk"))
