"""What was said about one action of a plan: progress, that it is done, and whether it was so.

The provider says that an action is done; an officer sees to it that it is, or sends it back. The
provider asks for more time; a longer timescale or a no answers. The last word of each holds.
"""

from dataclasses import dataclass
from typing import Final

from candour.engine.entries import Entry
from candour.engine.standing import Standing

PROGRESSED: Final = "action_progressed"
COMPLETED: Final = "action_completed"
SENT_BACK: Final = "action_sent_back"
ASKED: Final = "more_time_asked"
REFUSED: Final = "more_time_refused"
_OTHER_EVIDENCE: Final = ("evidence_added", "document_filed")


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said about an action.

    `progress` are the reports about this action, `evidence` what was added to show it, both in the
    order of happening. `says_done` is the provider's word that it is done while nobody has seen to
    it; `sent_back` the last no to such a word, while none came after it. `asked` is a wish for more
    time that nobody has answered; `refused` the last no to one. `unable` is the provider's word
    that it cannot comply, while no later report takes it back.
    """

    progress: tuple[Entry, ...] = ()
    evidence: tuple[Entry, ...] = ()
    completed: Entry | None = None
    says_done: Entry | None = None
    sent_back: Entry | None = None
    asked: Entry | None = None
    refused: Entry | None = None
    unable: Entry | None = None


def talk_of(standing: Standing, action: Entry, extensions: tuple[Entry, ...]) -> Talk:
    """Return what was said about an action; `extensions` gave it more time."""
    progress = _about(standing, PROGRESSED, {action.id})
    completed = _last(_about(standing, COMPLETED, {action.id}))
    reports = [entry.id for entry in progress]
    about = {action.id, *reports, *([completed.id] if completed else [])}
    evidence = tuple(e for kind in _OTHER_EVIDENCE for e in _about(standing, kind, about))
    if completed is not None:  # then nothing of what was said before waits for anybody
        return Talk(progress=progress, evidence=evidence, completed=completed)
    wishes = _about(standing, ASKED, {action.id})
    back = _last(_about(standing, SENT_BACK, {action.id, *reports}))
    no = _last(_about(standing, REFUSED, {action.id, *(wish.id for wish in wishes)}))
    word = _last(tuple(entry for entry in progress if entry.data.get("says_done")))
    told = _last(progress)
    return Talk(
        progress=progress,
        evidence=evidence,
        says_done=_unless(standing, word, back),
        sent_back=_unless(standing, back, word),
        asked=_unless(standing, _last(wishes), no, _last(extensions)),
        refused=no,
        unable=told if told and told.data.get("cannot_comply") else None,
    )


def says_done(standing: Standing, action_id: str) -> Entry | None:
    """Return the provider’s word that an action is done, while nobody has answered it."""
    action = standing.entry(action_id)
    return talk_of(standing, action, ()).says_done if action is not None else None


def _about(standing: Standing, kind: str, targets: set[str]) -> tuple[Entry, ...]:
    found = standing.by_kind.get(kind, ())
    return tuple(entry for entry in found if not targets.isdisjoint(entry.refers_to))


def _last(entries: tuple[Entry, ...]) -> Entry | None:
    return entries[-1] if entries else None


def _unless(standing: Standing, said: Entry | None, *answers: Entry | None) -> Entry | None:
    """Return what was said, or None where one of these came after it."""
    if said is None:
        return None
    places = {entry.id: place for place, entry in enumerate(standing.chronicle)}
    later = (places[answer.id] > places[said.id] for answer in answers if answer is not None)
    return None if any(later) else said
