"""Conditions on meetings and plans, as packs write them."""

from collections.abc import Callable, Mapping
from typing import Final

from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Mapped
from candour.policies.reading.patterns import fields_of
from candour.policies.reading.shapes import Always
from candour.policies.reading.texts import BOTH_LANGUAGES

_SAYS = Part("says", BOTH_LANGUAGES, "What must hold, in a plain sentence for people.")


def _about_made(field: str) -> Callable[[Mapped, Trail, Checking], None]:
    """Return a check that an entry is made here, with this field where one is needed."""

    def check(node: Mapped, trail: Trail, checking: Checking) -> None:
        if not checking.proposing:
            how = "looks at the entry that is made, and nobody makes one here. Use it in gates."
            checking.wrong(node, trail, how)
        for kind in checking.proposing if field else ():
            if field not in fields_of([kind], checking.names):
                checking.wrong(node, trail, f"looks at “{field}”, which “{kind}” does not have.")

    return check


def _head(name: str, says: str, field: str = "") -> Group:
    parts = (Part(name, Always(), says, required=True), _SAYS)
    return Group(f"the condition “{name}”", parts, also=_about_made(field))


HEADS: Final[Mapping[str, Group]] = {
    "invites_all": _head("invites_all", "All who must be are invited.", "agencies_invited"),
    "quorate": _head("quorate", "The meeting it is made in has its quorum."),
    "disclaimer_taken": _head(
        "disclaimer_taken", "All at the meeting it is made in acknowledged the disclaimer."
    ),
    "parts_kept": _head(
        "parts_kept", "Nobody is at the members’ part who comes to the second only.", "present"
    ),
    "actions_smart": _head("actions_smart", "No open action of its plan falls short.", "plan"),
    "actions_done": _head("actions_done", "Every action of its plan is done.", "plan"),
}
