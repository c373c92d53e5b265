"""The papers of a meeting to come: every text of the procedure that holds its agenda."""

from collections.abc import Iterator

from candour.engine import Standing
from candour.web.presenters.actions import Action
from candour.web.presenters.letter_links import writing_page
from candour.web.presenters.letter_ways import letter_title
from candour.web.presenters.sight import Sight

_AGENDA = "meeting.agenda"


def meeting_papers(standing: Standing, sight: Sight) -> Iterator[Action]:
    """Yield the papers that somebody who acts on the case may open: disclaimer, agenda, call."""
    if not sight.may_act:
        return
    for template in standing.procedure.templates.values():
        if _AGENDA in template.text.en:
            title = letter_title(standing.procedure, template.id)
            yield Action(title, writing_page(sight.ref, template.id))
