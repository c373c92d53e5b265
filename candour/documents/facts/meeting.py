"""Facts of the meeting that a text is about, or of the next one: its name, day and agenda."""

from collections.abc import Iterator
from datetime import date

from candour.documents.facts.days import day_words
from candour.documents.facts.seen import NO_FREE_TEXT, Sight
from candour.documents.facts.values import Fact, Item, day_fact, list_fact, text_fact
from candour.engine.agendas import Point, agenda
from candour.engine.duties import OpenDuty
from candour.engine.entries import Entry
from candour.engine.london import local
from candour.engine.meeting_rules import Part
from candour.engine.plans import Action
from candour.engine.procedure import Auto
from candour.engine.restrictions import Restriction
from candour.engine.templates import Audience
from candour.engine.words import Language

CALLED = "meeting_called"


def meeting_facts(sight: Sight, language: Language, about: Entry | None) -> Iterator[Fact]:
    """Yield what is known of the meeting that `about` names, or of the one called last."""
    entry = about if about is not None and about.data.get("meeting") else _called(sight)
    if entry is None:
        return
    name = str(entry.data["meeting"])
    options = sight.standing.procedure.options.get("meetings", ())
    said = next((option.label.text(language) for option in options if option.id == name), name)
    yield text_fact("meeting.name", said, entry.id, plain=name)
    given = entry.data.get("meets_on")
    on = date.fromisoformat(given) if given else local(entry.happened_at).date()
    yield day_fact("meeting.on", on, language, entry.id)
    yield from _agenda(sight, language, name)


def _called(sight: Sight) -> Entry | None:
    called = sight.standing.by_kind.get(CALLED, ())
    return next((entry for entry in reversed(called) if sight.sees(entry)), None)


def _agenda(sight: Sight, language: Language, meeting: str) -> Iterator[Fact]:
    """Yield the standing headings, each with what of the case comes up and may be seen.

    The headings of the members’ part are for members alone.
    """
    members = sight.audience is Audience.MEMBERS
    items = agenda(sight.standing, meeting, sight.moment)
    shown = [item for item in items if members or item.heading.part is not Part.MEMBERS]
    for number, item in enumerate(shown):
        at, heading = f"meeting.agenda.{number}", item.heading
        yield text_fact(f"{at}.heading", heading.title.text(language), plain=heading.id)
        if sight.audience not in NO_FREE_TEXT:
            points = (_point(sight, language, point) for point in item.points)
            yield list_fact(f"{at}.points", (point for point in points if point is not None))


def _point(sight: Sight, language: Language, point: Point) -> Item | None:
    """Return a point of an agenda in words; None where the audience may not see it."""
    return _words(sight, language, point) if _sees(sight, point) else None


def _sees(sight: Sight, point: Point) -> bool:
    """Say whether every entry that a point rests on may be seen; suggestions are for members."""
    if isinstance(point, Auto):
        return sight.audience is Audience.MEMBERS
    about = _rests_on(point)
    held = [entry for entry in sight.standing.chronicle if entry.id in about]
    return len(held) == len(about) and all(sight.sees(entry) for entry in held)


def _rests_on(point: Action | OpenDuty | Restriction | Entry) -> tuple[str, ...]:
    match point:
        case Restriction():
            return tuple(filter(None, (point.imposed_by, point.varied_by)))
        case OpenDuty():
            return (point.trigger,)
        case Action():
            return (point.entry.id,)
        case Entry():
            return (point.id,)


def _words(sight: Sight, language: Language, point: Point) -> Item:
    match point:
        case Action():
            due = f", {day_words(point.due_on, language)}" if point.due_on else ""
            return Item(f"{point.entry.data['action']}{due}", point.entry.id)
        case Restriction():
            return Item(point.scope, point.imposed_by)
        case OpenDuty():
            return Item(point.duty.title.text(language), point.duty.id)
        case Auto():
            return Item(point.title.text(language), point.id)
        case Entry():
            title = sight.standing.procedure.kind(point.kind).title.text(language)
            on = day_words(local(point.happened_at).date(), language)
            return Item(f"{title}, {on}", point.id)
