"""Who may act on a case. The database holds the same line by row security; this one explains."""

from candour.cases.log import Head
from candour.people.actor import Actor


def may_act_on(head: Head, actor: Actor) -> bool:
    """Return whether the actor acts for a body that leads the case or shares it."""
    return actor.body_id == head.body_id or actor.body_id in head.shared_with
