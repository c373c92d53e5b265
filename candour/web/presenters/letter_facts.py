"""The facts that a letter rests on, in words: their names, what they say, where they are from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from candour.engine import Standing
from candour.web.presenters.addresses import entry_place
from candour.web.presenters.naming import entry_name
from candour.web.spoken import said

HAPPENED = "happened_on"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: its name, its value as the letter has it, and the entry that it is from."""

    name: str
    value: str
    source: str
    address: str
    hash: str = ""


def fact_lines(
    standing: Standing, facts: Iterable[Mapping[str, Any]], language: str, ref: str
) -> tuple[FactLine, ...]:
    """Return the facts of a letter in one language, in the order of their use."""
    return tuple(_line(standing, fact, ref) for fact in facts if fact.get("language") == language)


def _line(standing: Standing, fact: Mapping[str, Any], ref: str) -> FactLine:
    entry = standing.entry(str(fact.get("entry") or ""))
    return FactLine(
        name=fact_name(standing, str(fact["path"]), entry.kind if entry else ""),
        value=str(fact["value"]),
        source=entry_name(standing, entry) if entry else "",
        address=entry_place(ref, entry.id) if entry else "",
        hash=str(fact.get("hash") or ""),
    )


def fact_name(standing: Standing, path: str, kind: str = "") -> str:
    """Return what a merge field is called: by the label of its field, where it is one."""
    *_before, last = path.split(".")
    if kind and last == HAPPENED:
        return _("When it happened")
    known = standing.procedure.kind(kind).field(last) if kind else None
    if known is not None:
        return said(known.label)
    return _named().get(path) or " ".join(_plain(path))


def _named() -> Mapping[str, str]:
    return {
        "letter.date": _("Date of the letter"),
        "case.ref": _("Our reference"),
        "case.title": _("Title of the case"),
        "case.step": _("Step of the case"),
        "case.opened_on": _("When the case was opened"),
        "service.name": _("Service"),
        "service.address": _("Address of the service"),
        "service.postcode": _("Postcode of the service"),
        "service.kind": _("Kind of service"),
        "provider.name": _("Provider"),
        "body.name": _("Who writes"),
        "body.address": _("Our address"),
        "body.phone": _("Our telephone number"),
        "body.email": _("Our email address"),
        "sender.name": _("Who signs"),
        "sender.post": _("Post of who signs"),
    }


def _plain(path: str) -> Iterator[str]:
    for part in path.split("."):
        yield str(int(part) + 1) if part.isdigit() else part.replace("_", " ")
