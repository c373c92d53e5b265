"""Minutes, drafted from what was recorded in a meeting: the members’ copy and the provider’s."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.audiences import kept_from_provider
from candour.engine.fields import as_values
from candour.engine.meeting_rules import Part
from candour.engine.meetings import Meeting, Said, attendance, present, rule_of, said_in
from candour.engine.procedure_words import AGENCIES
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.naming import entry_title, role_title, shown_fields
from candour.web.presenters.sight import Sight
from candour.web.spoken import said

COPIES = ("members", "provider")
_AGREED = ("action_added", "plan_agreed")  # what both sides agree, whichever part it is said in
_NOT_SAID = ("meeting", "move", "step")


def copy_page(standing: Standing, meeting: Meeting, sight: Sight) -> Iterator[Action]:
    """Yield where each copy of the minutes is read."""
    rule = rule_of(standing, meeting)
    words = {"members": _("The members’ copy"), "provider": _("The provider’s copy")}
    page = reverse("case-minutes", args=[sight.ref, meeting.began_by.id])
    for copy in COPIES if rule and rule.in_parts else COPIES[:1]:
        yield Action(words[copy], f"{page}?copy={copy}")


def minutes_text(standing: Standing, meeting: Meeting, copy: str) -> str:
    """Return the minutes of a meeting as plain text, in the language of the page.

    The provider's copy holds what was said with the provider there, and never what was kept from
    it; of a meeting whose parts were not recorded, only what both sides agreed.
    """
    paragraphs = [_head(standing, meeting, copy)]
    lines = tuple(_for_copy(standing, meeting, copy))
    for part in (Part.MEMBERS, Part.WITH_PROVIDER, None):
        within = [each for each in lines if each.part is part]
        if within:
            paragraphs += [_part_heading(part), *(_paragraph(standing, each) for each in within)]
    if not lines:
        paragraphs.append(_("Nothing more stands in this copy."))
    return "\n\n".join(filter(None, paragraphs))


def parts_unrecorded(standing: Standing, meeting: Meeting) -> bool:
    """Return whether a meeting in two parts was recorded without saying what belonged to which."""
    rule = rule_of(standing, meeting)
    return bool(rule and rule.in_parts and not meeting.live)


def _for_copy(standing: Standing, meeting: Meeting, copy: str) -> Iterator[Said]:
    unrecorded = parts_unrecorded(standing, meeting)
    for each in said_in(standing, meeting):
        kept = kept_from_provider(each.entry) or each.part is Part.MEMBERS
        if copy == "members" or not (kept or (unrecorded and each.entry.kind not in _AGREED)):
            yield each


def _head(standing: Standing, meeting: Meeting, copy: str) -> str:
    names = {option.id: option.label for option in standing.procedure.options.get("meetings", ())}
    held, taken = meeting.held, attendance(standing, meeting)
    data = held.data if held else {}
    chair = str(data.get("chair_role") or "")
    facts = [
        (_("Meeting"), said(names.get(meeting.name)) or meeting.name),
        (_("Held"), dates.moment(meeting.began_at)),
        (_("Copy"), _("For members") if copy == "members" else _("For the provider")),
        (_("Chair"), role_title(standing.procedure, chair) if chair else ""),
        (_("Present"), _present(standing, taken, data.get("attended"))),
        (_("Apologies"), _agencies(standing, taken.data.get("apologies") if taken else None)),
        (_("Disclaimer acknowledged by"), _agencies(standing, _acknowledged(taken))),
        (_("Record of the meeting"), str(data.get("notes") or "") if copy == "members" else ""),
    ]
    return "\n".join(f"{name}: {value}" for name, value in facts if value)


def _present(standing: Standing, taken: Entry | None, attended: object) -> str:
    if taken is None:
        return ", ".join(str(line) for line in as_values(attended))
    people = "; ".join(str(line) for line in as_values(taken.data.get("people")))
    return f"{_agencies(standing, present(taken))} ({people})"


def _acknowledged(taken: Entry | None) -> object:
    return taken.data.get("acknowledged") if taken else None


def _agencies(standing: Standing, agencies: object) -> str:
    known = {option.id: option.label for option in standing.procedure.options.get(AGENCIES, ())}
    listed: Iterable[object] = as_values(agencies)
    return ", ".join(said(known.get(str(a))) or str(a) for a in listed)


def _part_heading(part: Part | None) -> str:
    if part is None:
        return ""
    words = _("Members only") if part is Part.MEMBERS else _("With the provider")
    return words.upper()


def _paragraph(standing: Standing, each: Said) -> str:
    entry = each.entry
    fields = shown_fields(standing.procedure, entry.kind, entry.data, without=_NOT_SAID)
    lines = [f"{entry_title(standing.procedure, entry)} ({dates.clock_time(entry.happened_at)})"]
    lines += [f"  {field.label}: {'; '.join(field.lines)}" for field in fields]
    return "\n".join([*lines, *([f"  {entry.body}"] if entry.body else [])])
