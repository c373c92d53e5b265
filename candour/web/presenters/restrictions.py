"""The page of a case's restrictions: each in force, who was told, how it changed, what was."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from candour.engine import Entry, OpenDuty, Standing
from candour.engine.duties import DutyState
from candour.engine.fields import blank
from candour.engine.restrictions import IMPOSED, KINDS, LIFTED, REVIEWED, VARIED, Restriction
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import REFERS, entry_anchor, entry_place, recording_page
from candour.web.presenters.dues import due_words, soonness, ways_to_meet
from candour.web.presenters.naming import entry_name, role_title
from candour.web.presenters.placing import limits, restriction_title
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

VOLUNTARY = "voluntary"
_FACTS = ("rationale", "conditions", "effect_on_provider", "what_lifts_it", "people_already_there")


@dataclass(frozen=True, slots=True)
class Told:
    """Something that follows from imposing a restriction: told, decided or checked, and when."""

    what: str
    status: str
    when: str
    ways: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One restriction: its kind and scope, what it rests on, who was told, how it changed."""

    id: str
    title: str
    scope: str
    limits: list[str]
    since: str
    until: str
    facts: list[tuple[str, str]]
    rests_on: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]
    history: tuple[str, ...]
    voluntary: bool
    ways: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class RestrictionsPage:
    """All restrictions of a case: those in force, those lifted, and where one is imposed."""

    in_force: tuple[Shown, ...]
    lifted: tuple[Shown, ...]
    impose: str


def restrictions_page(standing: Standing, sight: Sight) -> RestrictionsPage:
    """Return the page."""
    held = {each.imposed_by: each for each in standing.restrictions}
    imposed = [entry for entry in standing.chronicle if entry.kind == IMPOSED]
    shown = [(entry, _shown(standing, entry, held.get(entry.id), sight)) for entry in imposed]
    may = sight.may_act and IMPOSED in standing.procedure.kinds and not standing.closed
    return RestrictionsPage(
        in_force=tuple(one for entry, one in shown if entry.id in held),
        lifted=tuple(one for entry, one in shown if entry.id not in held),
        impose=recording_page(sight.ref, IMPOSED) if may else "",
    )


def _shown(standing: Standing, entry: Entry, held: Restriction | None, sight: Sight) -> Shown:
    procedure = standing.procedure
    as_held = held or Restriction(
        entry.id,
        str(entry.data.get("restriction", "")),
        str(entry.data.get("scope", "")),
        entry.happened_at,
    )
    changes = [e for e in standing.chronicle if e.kind in KINDS and entry.id in e.refers_to]
    lifted = next((e for e in changes if e.kind == LIFTED), None)
    return Shown(
        id=entry_anchor(entry.id),
        title=restriction_title(procedure, as_held),
        scope=as_held.scope,
        limits=limits(procedure, as_held),
        since=dates.day(entry.happened_at),
        until=dates.day(lifted.happened_at) if lifted else "",
        facts=list(_facts(standing, entry)),
        rests_on=tuple(_rests_on(standing, entry, sight)),
        told=tuple(_told(standing, entry, sight)),
        history=tuple(entry_name(standing, e) + _why(e) for e in changes),
        voluntary=as_held.restriction == VOLUNTARY,
        ways=tuple(_ways(standing, entry, sight)) if held and sight.may_act else (),
    )


def _why(entry: Entry) -> str:
    reason = str(entry.data.get("reason") or "")
    return f": {reason}" if reason else ""


def _facts(standing: Standing, entry: Entry) -> Iterator[tuple[str, str]]:
    procedure = standing.procedure
    decided = str(entry.data.get("decided_by_role") or "")
    if decided:
        jointly = str(entry.data.get("jointly_with") or "")
        who = role_title(procedure, decided)
        both = _("%(who)s, jointly with %(other)s") % {"who": who, "other": jointly}
        yield _("Decided by"), both if jointly else who
    labels = {known.name: said(known.label) for known in procedure.kind(IMPOSED).fields}
    for name in _FACTS:
        value = entry.data.get(name)
        if name in labels and not blank(value):
            yield labels[name], str(value)


def _rests_on(standing: Standing, entry: Entry, sight: Sight) -> Iterator[tuple[str, str]]:
    for ref in entry.refers_to:
        found = standing.entry(ref)
        if found is not None:
            yield entry_name(standing, found), entry_place(sight.ref, ref)


def _told(standing: Standing, entry: Entry, sight: Sight) -> Iterator[Told]:
    for owed in standing.duties.values():
        if owed.trigger == entry.id and not owed.duty.clock.repeats:
            yield told_line(standing, owed, sight)


def told_line(standing: Standing, owed: OpenDuty, sight: Sight) -> Told:
    """Return how one duty stands, with where it is met."""
    state = owed.state(sight.moment)
    what = said(owed.duty.title)
    if owed.met_at is not None:
        day = dates.day(owed.met_at)
        late = state is DutyState.MET_LATE
        return Told(what, "met", _("%(day)s, late") % {"day": day} if late else day)
    if owed.ended_by:
        return Told(what, "cancelled", "")
    ways = tuple(dict.fromkeys(ways_to_meet(standing, owed, sight.ref))) if sight.may_act else ()
    return Told(what, soonness(owed.due, sight.moment), due_words(owed.due), ways)


def _ways(standing: Standing, entry: Entry, sight: Sight) -> Iterator[Action]:
    words = {REVIEWED: _("Review it"), VARIED: _("Vary it"), LIFTED: _("Lift it")}
    for kind, said_so in words.items():
        if kind in standing.procedure.kinds:
            yield Action(said_so, recording_page(sight.ref, kind, extra={REFERS: entry.id}))
