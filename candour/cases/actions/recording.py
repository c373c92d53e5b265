"""Recording an entry in a case: the only way into its log once it is open."""

from datetime import datetime

from django.db import transaction

from candour.cases.actions.agencies import with_numbers
from candour.cases.actions.bars import bar_to_actor, bar_to_draft, bar_to_keeping
from candour.cases.actions.drafts import by_actor
from candour.cases.actions.handing import bar_to_change
from candour.cases.actions.results import Recorded, Stale, faulty
from candour.cases.actions.turn import Turn
from candour.cases.log import NotKept
from candour.engine import Draft, Refusal, entered, partners
from candour.engine.vocabulary.filing import FILED
from candour.engine.vocabulary.outside import BY_LINK_ALONE, THROUGH
from candour.engine.vocabulary.ratings import OPENED, SEALED
from candour.engine.vocabulary.signing import ASKED, DOCUMENT, ENDED, SEAL, SIGNED
from candour.people.actor import Actor

# Something outside the log goes with these, so they have verbs of their own.
UNDER_SEAL = (SEALED, OPENED)
IN_SIGNING = (ASKED, DOCUMENT, ENDED)
BY_SHARING = (partners.SHARED, partners.ENDED)


def record(
    *, case_id: int, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Record what somebody proposes in a case, and what the procedure then does by itself.

    Sending the same draft again, by its id, gives the same answer and adds nothing.

    Args:
        case_id: the case.
        actor: who records it; the draft's own author and role are not believed.
        draft: what is proposed, with an id (a UUID) that the form made.
        expected_seq: where the log ended when the person last read it, or None not to ask.
        as_of: the present instant.

    Returns:
        `Recorded`; or the `Refusal` that says why not; or `Stale` with what others recorded since
        the person read the case, and the draft not recorded.

    Raises:
        NoSuchCase: there is none that the bodies acted for may see.
    """
    if draft.kind in UNDER_SEAL:
        return faulty("kind", "Ratings are sealed and opened on the page of the case’s ratings.")
    if draft.kind in IN_SIGNING or (draft.kind == SIGNED and draft.data.get(SEAL)):
        return faulty("kind", "Documents are signed on the page of the case’s signatures.")
    if draft.kind == FILED:
        return faulty("kind", "Documents are filed on the page of the case’s documents.")
    if draft.kind in BY_LINK_ALONE or draft.data.get(THROUGH):
        return faulty("kind", "Whoever is outside is invited on the page of people outside.")
    if draft.kind in BY_SHARING:
        return faulty("kind", "Another body is let into the case on the page of its sharings.")
    made = with_numbers(case_id, draft)
    return enter(case_id=case_id, actor=actor, draft=made, expected_seq=expected_seq, as_of=as_of)


def enter(
    *, case_id: int, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Record an entry as `record` does, whatever its kind: for verbs that see to the rest of it."""
    made = by_actor(draft, actor)
    if isinstance(made, Refusal):
        return made
    with transaction.atomic(savepoint=False):
        turn = Turn.remembered(case_id)
        if turn is not None:
            done = _answer(turn, actor, made, expected_seq, as_of)
            # Anything else may come of remembering wrongly, and is asked again of the case itself.
            if isinstance(done, Recorded) and not done.repeated:
                return done
        turn = Turn.at(case_id)
        outcome = _answer(turn, actor, made, expected_seq, as_of)
        if not isinstance(outcome, Recorded) and turn.added:
            turn.keep(as_of)  # what time brought about holds, whatever became of the draft
        return outcome


def _answer(
    turn: Turn, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Return what comes of the draft; where it is not recorded, the turn holds what time did."""
    if bar := bar_to_actor(turn.head, actor) or bar_to_change(turn.head, actor, draft):
        return bar
    earlier = turn.standing.entry(draft.id)
    if earlier is not None:
        return Recorded(earlier, turn.seq, turn.standing, repeated=True)
    turn.catch_up(as_of)
    return _changed_since(turn, expected_seq) or _taken(turn, draft, as_of)


def _changed_since(turn: Turn, expected_seq: int | None) -> Stale | None:
    if expected_seq is None or expected_seq >= turn.seq:
        return None
    since = turn.standing.recorded[max(expected_seq, 0) :]
    return Stale(expected_seq, turn.seq, since)


def _taken(turn: Turn, draft: Draft, as_of: datetime) -> Recorded | Refusal:
    """Return the draft as recorded and kept, or why it was not."""
    outcome = bar_to_draft(draft) or entered(turn.standing, draft, as_of)
    if isinstance(outcome, Refusal):
        return outcome
    before = turn.standing
    turn.take(outcome)
    place = turn.seq
    turn.let_it_act(as_of, as_of)
    try:
        turn.keep(as_of)
    except NotKept as fault:
        under = turn.standing.procedure
        turn.take(before)
        return bar_to_keeping(turn.head, under, fault)
    recorded = turn.standing.recorded
    return Recorded(recorded[place - 1], turn.seq, turn.standing, recorded[place:])
