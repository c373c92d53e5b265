"""Conditions on meetings and plans, from those that packs write."""

from collections.abc import Callable, Mapping
from typing import Final

from candour.engine import conditions as engine
from candour.engine.conditions import Condition
from candour.policies.building.parts import Plain, words


def _plain(made: Callable[..., Condition]) -> Callable[[Plain, str], Condition]:
    """Return what makes a condition that has nothing but what it says."""
    return lambda part, _: made(says=words(part.get("says")))


MAKERS: Final[Mapping[str, Callable[[Plain, str], Condition]]] = {
    "invites_all": _plain(engine.InvitesAll),
    "quorate": _plain(engine.Quorate),
    "disclaimer_taken": _plain(engine.DisclaimerTaken),
    "parts_kept": _plain(engine.PartsKept),
    "actions_smart": _plain(engine.ActionsSmart),
    "actions_done": _plain(engine.ActionsDone),
}
