"""Setting a body's form: its words, its colour, whose pages may hold it, and whether it is open."""

from datetime import datetime

from candour.database.row_security import acting_for
from candour.people.actor import Actor
from candour.telling.forms import FormLook, checked
from candour.telling.models import FormSettings


def set_form(look: FormLook, *, actor: Actor, as_of: datetime) -> FormLook:
    """Set a body's form and return it as it is kept; how it was before is kept as well.

    Raises:
        UnfitSettings: it cannot be kept so; the faults say why.
    """
    kept = checked(look)
    with acting_for([actor.body_id]):
        FormSettings.objects.create(
            body=actor.body,
            is_open=kept.is_open,
            words={language: dict(own) for language, own in kept.words.items()},
            colour=kept.colour,
            sites=list(kept.sites),
            changed_at=as_of,
            changed_by=actor.user,
        )
    return kept
