"""Facts of what was recorded in a meeting: who was there, and each thing said or decided in it."""

from collections.abc import Iterable, Iterator
from typing import Final

from candour.documents.facts.decided import meeting_about
from candour.documents.facts.fields import ATTENDANCE, fields_of
from candour.documents.facts.seen import NO_FREE_TEXT, Sight, closed_field
from candour.documents.facts.values import Fact, Item, field_fact, list_fact, text_fact
from candour.engine.entries import Entry
from candour.engine.fields import as_values, blank
from candour.engine.london import local
from candour.engine.meeting_rules import Part
from candour.engine.meetings import Meeting, Said, attendance, said_in
from candour.engine.minutes import every_minutes
from candour.engine.procedure_words import AGENCIES
from candour.engine.templates import Audience, Template
from candour.engine.words import Language, Words

_AT_THE_TABLE: Final = (Audience.MEMBERS, Audience.PARTNERS)
_AGREED: Final = ("action_added", "plan_agreed")  # what both sides agree, whichever part it is in
_NOT_SAID: Final = ("meeting", "move", "step")
_PARTS: Final = {
    Part.MEMBERS: Words("Members only", "Aelodau’n unig"),
    Part.WITH_PROVIDER: Words("With the provider", "Gyda’r darparwr"),
}


def recorded_facts(
    sight: Sight, language: Language, about: Entry | None, template: Template
) -> Iterator[Fact]:
    """Yield who was at the meeting that `about` records, and what was recorded in it.

    The agencies read all that they may see. The provider reads what was said with it there; of a
    meeting whose parts nobody recorded, only what both sides agreed (CV-50).
    """
    meeting = meeting_about(sight, about)
    if meeting is None or meeting.held is None or sight.audience in NO_FREE_TEXT:
        return
    yield text_fact("meeting.version", str(_version(sight, meeting.held, template)))
    if sight.audience in (*_AT_THE_TABLE, Audience.PROVIDER):
        yield from _attendance(sight, language, meeting)
    for number, said in enumerate(_told(sight, meeting)):
        yield from _said(sight, language, said, f"meeting.said.{number}")


def _version(sight: Sight, held: Entry, template: Template) -> int:
    """Return which version of its copy of the minutes this is: the first, or one more."""
    whose = str(template.records.data.get("copy") or "") if template.records else ""
    sent = [m for m in every_minutes(sight.standing) if m.held.id == held.id and m.copy == whose]
    return 1 + sum(len(copy.versions) for copy in sent)


def _attendance(sight: Sight, language: Language, meeting: Meeting) -> Iterator[Fact]:
    taken = attendance(sight.standing, meeting)
    if taken is None or not sight.sees(taken):
        return
    known = sight.standing.procedure.options.get(AGENCIES, ())
    labels = {option.id: option.label.text(language) for option in known}
    for name in ATTENDANCE:
        each = (str(value) for value in as_values(taken.data.get(name)))
        items = (Item(labels.get(one, one), one) for one in each)
        yield list_fact(f"meeting.{name}", items, taken.id)


def _told(sight: Sight, meeting: Meeting) -> Iterable[Said]:
    agencies = sight.audience in _AT_THE_TABLE
    for said in said_in(sight.standing, meeting):
        with_it = said.part is Part.WITH_PROVIDER if meeting.live else said.entry.kind in _AGREED
        if sight.sees(said.entry) and (agencies or with_it):
            yield said


def _said(sight: Sight, language: Language, said: Said, at: str) -> Iterator[Fact]:
    entry = said.entry
    kind = sight.standing.procedure_of(entry.id).kind(entry.kind)
    part = _PARTS[said.part].text(language) if said.part else ""
    yield text_fact(f"{at}.title", kind.title.text(language), entry.id, plain=entry.kind)
    yield text_fact(f"{at}.time", f"{local(entry.happened_at):%H:%M}", entry.id)
    yield text_fact(f"{at}.part", part, entry.id, plain=said.part or "")
    lines = []
    for known in fields_of(kind):
        value = entry.data.get(known.name)
        hidden = known.name in _NOT_SAID or closed_field(entry.kind, known, sight.audience)
        if not blank(value) and not hidden:
            words = field_fact(known.name, known, value, language, entry.id).value
            lines.append(Item(f"{known.label.text(language)}: {words}", known.name))
    yield list_fact(f"{at}.lines", lines, entry.id)
