"""Takes experiences out of use, and puts them back.

What is out stays where it is, and no list, search, filter or count shows it any longer: the
database's own counts follow in the same statement.
"""

from collections.abc import Iterable
from datetime import datetime

from candour.database.row_security import acting_for
from candour.experiences.models import Experience, OutBecause
from candour.people.actor import Actor


def take_out(
    experiences: Iterable[int], *, because: OutBecause, actor: Actor, as_of: datetime
) -> list[int]:
    """Take experiences out of use, and return the ids of those that this took out.

    One that is out already stays out since when it was, for the reason it was.

    Args:
        experiences: ids; those that the actor's body does not hold are passed over.
        because: why.
        actor: who takes them out, and for which body.
        as_of: the present instant.
    """
    with acting_for([actor.body_id]):
        wanted = _locked(experiences, out_since__isnull=True)
        Experience.objects.filter(pk__in=wanted).update(out_since=as_of, out_because=because)
    return wanted


def put_back(experiences: Iterable[int], *, because: OutBecause, actor: Actor) -> list[int]:
    """Put experiences back that were taken out for this reason, and return their ids.

    Those that are out for another reason stay out: nobody brings back what a person withdrew by
    doing an import again.

    Raises:
        IntegrityError: an import was undone and another has brought the same row since.
    """
    with acting_for([actor.body_id]):
        wanted = _locked(experiences, out_because=because)
        Experience.objects.filter(pk__in=wanted).update(out_since=None, out_because="")
    return wanted


def _locked(experiences: Iterable[int], **which: object) -> list[int]:
    """Return the ids of those that these conditions hold for, locked in one order everywhere."""
    found = Experience.objects.filter(pk__in=list(experiences), **which)
    return list(found.order_by("pk").select_for_update().values_list("pk", flat=True))
