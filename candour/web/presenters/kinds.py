"""What can be recorded in a case: first what is owed, then everything, by group."""

from collections.abc import Iterator
from dataclasses import dataclass

from candour.engine import Standing
from candour.engine.corrections import CORRECTION
from candour.engine.kinds import Kind
from candour.engine.meetings import TAKEN_UP
from candour.engine.partners import ENDED as SHARE_ENDED
from candour.engine.partners import SHARED
from candour.engine.vocabulary import GROUPS, MOVING
from candour.engine.vocabulary.filing import FILED
from candour.engine.vocabulary.outside import BY_LINK_ALONE
from candour.engine.vocabulary.ratings import OPENED, SEALED
from candour.engine.vocabulary.signing import ASKED, DOCUMENT, ENDED
from candour.engine.vocabulary.visits import PLANNED
from candour.web.presenters.addresses import recording_page
from candour.web.presenters.dues import DueLine
from candour.web.presenters.sight import Sight
from candour.web.spoken import said, spoken

# These have pages of their own: opening, moving, correcting, answering, linking, rating under
# seal, signing, planning a visit, filing documents, inviting people from outside,
# taking up a heading of an agenda, letting another body into the case.
ELSEWHERE = (
    *MOVING,
    "case_opened",
    CORRECTION,
    "suggestion_answered",
    "experience_linked",
    "procedure_changed",
    SEALED,
    OPENED,
    ASKED,
    DOCUMENT,
    ENDED,
    PLANNED,
    FILED,
    *BY_LINK_ALONE,
    TAKEN_UP,
    SHARED,
    SHARE_ENDED,
)


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of entry: its name, what it is for, where its form is."""

    title: str
    describes: str
    address: str


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The kinds of one group, by name."""

    title: str
    kinds: tuple[KindLine, ...]


def kind_groups(standing: Standing, sight: Sight) -> tuple[KindGroup, ...]:
    """Return the kinds that can be recorded now, in the groups of the vocabulary."""
    offered = list(recordable(standing))
    groups = (
        KindGroup(said(title), tuple(_line(kind, sight) for kind in offered if kind.group == group))
        for group, title in GROUPS.items()
    )
    return tuple(group for group in groups if group.kinds)


def recordable(standing: Standing) -> Iterator[Kind]:
    """Yield the kinds with a form in this case; fewer once it is closed."""
    for kind in standing.procedure.kinds.values():
        if kind.name not in ELSEWHERE and (kind.after_closing or not standing.closed):
            yield kind


def owed_first(due: tuple[DueLine, ...]) -> tuple[DueLine, ...]:
    """Return the lines of what is due that something can be recorded for."""
    return tuple(line for line in due if line.actions)


def _line(kind: Kind, sight: Sight) -> KindLine:
    describes = kind.describes if spoken() == "en" else ""
    return KindLine(said(kind.title), describes, recording_page(sight.ref, kind.name))
