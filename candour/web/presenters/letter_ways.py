"""Which letters do what is owed, as links, and what a letter is called."""

from candour.engine import OpenDuty, Procedure, Standing
from candour.letters.duties import about_of, templates_for
from candour.web.presenters.actions import Action
from candour.web.presenters.letter_links import writing_page
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


def letter_title(procedure: Procedure, template: str) -> str:
    """Return what a letter is called: by the document that it is the text of."""
    known = procedure.templates.get(template)
    document = procedure.documents.get(known.document) if known else None
    return said(document.title) if document else template.replace("_", " ")


def letter_ways(standing: Standing, owed: OpenDuty, sight: Sight) -> tuple[Action, ...]:
    """Return the letters that do what is owed, for somebody who may write them."""
    if not sight.may_act or not standing.procedure.templates:
        return ()
    return tuple(
        Action(
            letter_title(standing.procedure, template.id),
            writing_page(
                sight.ref, template.id, about=about_of(standing, template, owed), owed=owed.key
            ),
        )
        for template in templates_for(standing.procedure, owed)
        if about_of(standing, template, owed) or not template.about
    )
