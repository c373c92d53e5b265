"""What the rest of the records bar, which a case's own log cannot know of."""

from collections.abc import Mapping

from candour.cases.access import may_act_on
from candour.cases.actions.results import faulty, refused
from candour.cases.log import Head, LiveCaseElsewhere, NotKept
from candour.cases.procedures import live_key_of
from candour.cases.queries.references import LiveCase, live_case, unseen_experiences
from candour.engine import Draft, Procedure, Refusal
from candour.engine.corrections import CORRECTION
from candour.people.actor import Actor


def bar_to_actor(head: Head, actor: Actor) -> Refusal | None:
    """Return why the actor may not act on a case, or None."""
    if may_act_on(head, actor):
        return None
    return refused(
        f"{actor.body} neither leads {head.ref} nor shares it.",
        f"Nid yw {actor.body} yn arwain {head.ref} nac yn ei rannu.",
    )


def bar_to_draft(draft: Draft) -> Refusal | None:
    """Return why the draft may not be recorded in any case, or None."""
    lines = _experiences(draft)
    if not isinstance(lines, list | tuple):
        return None  # the engine says what is wrong with anything else
    unseen = unseen_experiences([str(line) for line in lines])
    if not unseen:
        return None
    return faulty(
        "experiences",
        f"Not the number of an experience that your body holds: {', '.join(unseen)}.",
    )


def _experiences(draft: Draft) -> object:
    """Return the experiences that a draft links, or that a correction of such an entry does."""
    if draft.kind == "experience_linked":
        return draft.data.get("experiences")
    changes = draft.data.get("changes") if draft.kind == CORRECTION else None
    return changes.get("experiences") if isinstance(changes, Mapping) else None


def bar_to_keeping(head: Head, procedure: Procedure, fault: NotKept) -> Refusal:
    """Return why what another case holds left no room for an entry.

    `procedure` is the one that the case would run on with the entry recorded.
    """
    live = live_case(live_key_of(procedure, head.service_id))
    if isinstance(fault, LiveCaseElsewhere) and live is not None:
        return second_case(live, procedure)
    return faulty("id", "This form was used for another case. Open it again from this case.")


def second_case(live: LiveCase, procedure: Procedure) -> Refusal:
    """Return the refusal of a second live case for a service."""
    return refused(
        f"{live.ref}, led by {live.body_name}, is open for this service already, and there is one "
        "live case for each service. Record this there.",
        f"Mae {live.ref}, dan arweiniad {live.body_name}, eisoes ar agor ar gyfer y gwasanaeth "
        "hwn, ac un achos byw sydd i bob gwasanaeth. Cofnodwch hyn yno.",
        procedure.one_live_case,
    )
