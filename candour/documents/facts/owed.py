"""Facts of what is owed and in force: plans with their actions, restrictions, duties."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from candour.documents.facts.seen import NO_FREE_TEXT, Sight
from candour.documents.facts.values import Fact, day_fact, text_fact
from candour.engine.duties import OpenDuty
from candour.engine.entries import Entry
from candour.engine.london import local
from candour.engine.plans import ActionState, plans
from candour.engine.restrictions import Restriction, subjects
from candour.engine.words import Language, Words

STATES: Final[Mapping[ActionState, Words]] = {
    ActionState.DONE: Words("Done", "Wedi’i wneud"),
    ActionState.DONE_LATE: Words("Done late", "Wedi’i wneud yn hwyr"),
    ActionState.DUE: Words("Due", "I’w wneud"),
    ActionState.EXTENDED: Words("Given more time", "Wedi cael mwy o amser"),
    ActionState.LATE: Words("Late", "Yn hwyr"),
    ActionState.ENDED: Words("Ended", "Wedi dod i ben"),
}


def plan_facts(sight: Sight, language: Language) -> Iterator[Fact]:
    """Yield the actions of every plan that may be seen."""
    seen = [
        action
        for plan in plans(sight.standing, sight.moment)
        for action in plan.actions
        if sight.sees(action.entry)
    ]
    for number, action in enumerate(seen):
        at, entry = f"plan.actions.{number}", action.entry
        if sight.audience not in NO_FREE_TEXT:
            yield text_fact(f"{at}.title", str(entry.data["action"]), entry.id)
            yield text_fact(f"{at}.owner", str(entry.data["owner"]), entry.id)
            yield text_fact(f"{at}.measure", str(entry.data["outcome"]), entry.id)
        if action.due_on is not None:
            yield day_fact(f"{at}.due", action.due_on, language, entry.id)
        state = STATES[action.state].text(language)
        yield text_fact(f"{at}.state", state, entry.id, plain=str(action.state))


def restriction_facts(sight: Sight, language: Language) -> Iterator[Fact]:
    """Yield the restrictions in force that may be seen."""
    standing = sight.standing
    entries = {entry.id: entry for entry in standing.chronicle}
    labels = dict(subjects(standing.procedure, standing.restrictions))
    seen = [held for held in standing.restrictions if _sees(sight, held, entries)]
    for number, held in enumerate(seen):
        at, entry = f"restrictions.{number}", entries[held.imposed_by]
        kind = labels[held.imposed_by].text(language)
        yield text_fact(f"{at}.kind", kind, entry.id, plain=held.restriction)
        yield day_fact(f"{at}.since", local(held.since).date(), language, entry.id)
        if sight.audience not in NO_FREE_TEXT:
            yield text_fact(f"{at}.scope", held.scope, held.varied_by or entry.id)
            yield text_fact(f"{at}.reason", str(entry.data.get("rationale") or ""), entry.id)
            lifted = str(entry.data.get("what_lifts_it") or "")
            yield text_fact(f"{at}.lifted_when", lifted, entry.id)


def _sees(sight: Sight, held: Restriction, entries: Mapping[str, Entry]) -> bool:
    """Whether both what imposed a restriction and what last changed its scope may be seen."""
    about = [entries.get(one) for one in (held.imposed_by, held.varied_by) if one]
    return all(entry is not None and sight.sees(entry) for entry in about)


def duty_facts(sight: Sight, language: Language, about: str) -> Iterator[Fact]:
    """Yield the duties still owed whose start may be seen, and when each is due.

    `due.<duty>` is the time that the entry `about` started; failing that, the soonest.
    """
    entries = {entry.id: entry for entry in sight.standing.chronicle}
    owed = [
        at.owed
        for at in sight.standing.at(sight.moment).duties
        if (started := entries.get(at.owed.trigger)) is not None and sight.sees(started)
    ]
    for number, each in enumerate(owed):
        yield from _duty(each, f"duties.{number}", sight, language)
    nearest = {each.duty.id: each for each in reversed(owed)}
    nearest |= {each.duty.id: each for each in owed if each.trigger == about}
    for name, each in nearest.items():
        when = _when(each)
        if when is not None:
            yield day_fact(f"due.{name}", when, language, each.trigger)


def _duty(owed: OpenDuty, at: str, sight: Sight, language: Language) -> Iterator[Fact]:
    title = owed.duty.title.text(language)
    yield text_fact(f"{at}.title", title, owed.trigger, plain=owed.duty.id)
    role = sight.standing.procedure.roles.get(owed.duty.owner)
    if role is not None:
        yield text_fact(f"{at}.owner", role.title.text(language), owed.trigger, plain=role.id)
    when = _when(owed)
    if when is not None:
        yield day_fact(f"{at}.due", when, language, owed.trigger)


def _when(owed: OpenDuty) -> date | datetime | None:
    return owed.due.moment or owed.due.on
