"""The page of one resident of a closing service: what is arranged, what is missing, what was."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Standing
from candour.engine.closures import OF_RESIDENTS, Resident, residents
from candour.engine.fields import blank
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import (
    BACK_TO,
    entry_place,
    leading_back,
    owed_name,
    recording_page,
)
from candour.web.presenters.naming import entry_name, value_lines
from candour.web.presenters.residents import ROOM, ResidentRow, resident_rows
from candour.web.presenters.restrictions import Told
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class StageLine:
    """One thing that is arranged for the resident, with where it is recorded."""

    title: str
    told: Told | None
    ways: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ResidentPage:
    """Everything about one resident; `before` and `after` are those beside them in the list."""

    row: ResidentRow
    stages: tuple[StageLine, ...]
    plan: tuple[tuple[str, str], ...]
    history: tuple[tuple[str, str], ...]
    ways: tuple[Action, ...]
    moved_form: str
    before: ResidentRow | None
    after: ResidentRow | None


def resident_room(standing: Standing, sight: Sight, name: str) -> ResidentPage | None:
    """Return the page of the resident whom an address names, or None where nobody is."""
    people = residents(standing)
    place = next((n for n, each in enumerate(people) if owed_name(each.key) == name), None)
    if place is None:
        return None
    beside = people[max(place - 1, 0) : place + 2]
    rows = {row.key: row for row in resident_rows(standing, beside, sight)}
    found = people[place]
    return ResidentPage(
        row=rows[found.key],
        stages=tuple(_stages(rows[found.key])),
        plan=tuple(_plan(standing, found)),
        history=tuple(
            (entry_name(standing, entry), entry_place(sight.ref, entry.id))
            for entry in found.entries
        ),
        ways=tuple(_ways(standing, found, sight)),
        moved_form=leading_back(recording_page(sight.ref, "resident_moved"), ROOM),
        before=rows[people[place - 1].key] if place else None,
        after=rows[people[place + 1].key] if place + 1 < len(people) else None,
    )


def _stages(row: ResidentRow) -> Iterator[StageLine]:
    for stage in row.stages:
        ways = stage.told.ways if stage.told else ()
        back = tuple(Action(way.words, leading_back(way.address, ROOM)) for way in ways)
        yield StageLine(stage.title, stage.told, back)


def _plan(standing: Standing, found: Resident) -> Iterator[tuple[str, str]]:
    """Yield what the plan of the move comes to, in the words of its form."""
    kind = standing.procedure.kinds.get("relocation_planned")
    for field in kind.fields if kind else ():
        value = found.plan.get(field.name)
        if field.name != "resident" and not blank(value):
            yield said(field.label), "; ".join(value_lines(field, value))


def _ways(standing: Standing, found: Resident, sight: Sight) -> Iterator[Action]:
    """Yield everything that can be recorded about the resident, each form with their number."""
    if not sight.may_act or standing.closed:
        return
    for kind in OF_RESIDENTS:
        if kind in standing.procedure.kinds:
            extra = {"resident": found.number, BACK_TO: ROOM}
            words = said(standing.procedure.kind(kind).title)
            yield Action(words, recording_page(sight.ref, kind, extra=extra))


def still_there(page: ResidentPage) -> str:
    """Return in a sentence where the resident is."""
    if page.row.moves:
        return f"{page.row.moves}: {page.row.home}" if page.row.home else page.row.moves
    return _("Still in the service; no day is set for the move.")
