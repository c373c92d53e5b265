"""The copies of a meeting’s minutes: which there are, and the template that each is drafted by."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from candour.engine import Entry, Standing
from candour.engine.meetings import Meeting, rule_of
from candour.engine.minutes import CIRCULATED, FULL
from candour.engine.templates import Template
from candour.web.presenters.actions import Action
from candour.web.presenters.sight import Sight

COPIES = ("members", "provider")


def copy_page(standing: Standing, meeting: Meeting, sight: Sight) -> Iterator[Action]:
    """Yield where each copy of the minutes is read."""
    words = {"members": _("The members’ copy"), "provider": _("The provider’s copy")}
    page = reverse("case-minutes", args=[sight.ref, meeting.began_by.id])
    for copy in copies_of(standing, meeting):
        yield Action(words[copy], f"{page}?copy={copy}")


def copies_of(standing: Standing, meeting: Meeting) -> tuple[str, ...]:
    """Return whose copies there are: the provider’s too, of a meeting that it is at in part."""
    rule = rule_of(standing, meeting)
    return COPIES if rule and rule.in_parts else COPIES[:1]


def templates_of(standing: Standing, held: Entry) -> Iterator[Template]:
    """Yield what is sent round after a meeting, in the procedure’s order."""
    for template in standing.procedure.templates.values():
        sends = template.records is not None and template.records.kind == CIRCULATED
        if sends and any(pattern.matches(held) for pattern in template.about):
            yield template


def minutes_template(standing: Standing, held: Entry, copy: str) -> Template | None:
    """Return the template by which a copy of the full minutes is drafted, or None."""
    for template in templates_of(standing, held):
        data = template.records.data if template.records else {}
        if data.get("part") == FULL and str(data.get("copy") or COPIES[0]) == copy:
            return template
    return None


def parts_unrecorded(standing: Standing, meeting: Meeting) -> bool:
    """Return whether a meeting in two parts was recorded without saying what belonged to which."""
    rule = rule_of(standing, meeting)
    return bool(rule and rule.in_parts and not meeting.live)
