"""One turn at a case: entries gathered in memory, then written together or not at all."""

import logging
from datetime import datetime

from candour.cases import log, standings
from candour.cases.actions.drafts import named_id
from candour.cases.actions.handing import hand_over, let_see
from candour.cases.following import followed
from candour.cases.log import Head
from candour.cases.procedures import live_key_of
from candour.cases.projections import Row, Settled, changes
from candour.cases.row_words import iso
from candour.engine import Entry, Refusal, Standing, auto_draft, entered
from candour.engine.partners import SHARED
from candour.engine.procedure import Auto
from candour.engine.vocabulary import CHANGED

logger = logging.getLogger(__name__)

MOST_BY_ITSELF = 50  # entries at one instant; more means that autos answer each other for ever


class Turn:
    """A case, and what is to be added to its log.

    Nobody else can add to it until the transaction ends; or else the case is only remembered, and
    whether it is still like that turns out in the end.

    Attributes:
        head: where the log ended when the turn began.
    """

    def __init__(self, head: Head, before: Settled, *, remembered: bool = False) -> None:
        self.head = head
        self._before = self._now = before
        self._remembered = remembered

    @classmethod
    def remembered(cls, case_id: int) -> "Turn | None":
        """Return a turn at this case as this process remembers it, or None where it does not."""
        head = standings.remembered(case_id)
        return cls(head, standings.settled_at(head), remembered=True) if head else None

    @classmethod
    def at(cls, case_id: int) -> "Turn":
        """Return a turn at this case, waiting for whoever has one.

        Raises:
            NoSuchCase: there is none that the bodies acted for may see.
        """
        head = log.head_of(case_id, lock=True)
        return cls(head, standings.settled_at(head))

    @property
    def standing(self) -> Standing:
        """What the log comes to, with what was added in this turn."""
        return self._now.standing

    @property
    def seq(self) -> int:
        """Where the log ends, with what was added."""
        return len(self.standing.recorded)

    @property
    def added(self) -> tuple[Entry, ...]:
        """The entries added in this turn, in order."""
        return self.standing.recorded[self.head.seq :]

    def take(self, standing: Standing) -> None:
        """Take a standing of the same case, with more entries or with fewer of this turn's."""
        self._now = Settled(standing, self._now.at)

    def catch_up(self, as_of: datetime) -> None:
        """Let the procedure act at each instant up to `as_of` at which time alone changed it."""
        instant = self.head.next_change
        while instant is not None and instant <= as_of:
            self.let_it_act(instant, as_of)
            instant = self.standing.next_change(instant)

    def let_it_act(self, at: datetime, as_of: datetime) -> None:
        """Add what the procedure does by itself at an instant, recorded at `as_of`."""
        for _ in range(MOST_BY_ITSELF):
            self._now = Settled(self.standing, at)
            ready = (auto for auto in self._now.ready if auto.mode == "do")
            done = next(filter(None, (self._act(auto, at, as_of) for auto in ready)), None)
            if done is None:
                return
            self.take(done)
        logger.error(
            "%s: its procedure made %d entries by itself at one instant and was stopped",
            self.head.ref,
            MOST_BY_ITSELF,
        )

    def _act(self, auto: Auto, at: datetime, as_of: datetime) -> Standing | None:
        """Return the standing once an auto has acted; None where it has while at this step."""
        draft_id = named_id(self.head.ref, auto.id, self.standing.path[-1].by)
        if self.standing.entry(draft_id) is not None:
            return None
        draft = auto_draft(self.standing, auto, draft_id, at)
        done = entered(self.standing, draft, as_of)
        if isinstance(done, Refusal):
            logger.warning("%s: “%s” could not be done: %s", self.head.ref, auto.id, done)
            return None
        return done

    def keep(self, as_of: datetime) -> None:
        """Write what was added and what the log now comes to.

        Raises:
            NotKept: another case stands in the way, or this one is not as it is remembered;
                nothing was written.
        """
        at = max(as_of, self.head.settled_at)
        now = self._now if self._now.at == at else Settled(self.standing, at)
        live_key = live_key_of(self.standing.procedure, self.head.service_id)
        drawn = changes(self._before, now, self._stored(at), live_key)
        end = log.write(self.head, self.added, drawn, remembered=self._remembered)
        head = self.head.after(self.seq, end, at, drawn.facts)
        kept = standings.Kept(self.seq, end, self.standing, now, head)
        standings.keep(self.head.case_id, kept)
        if any(entry.kind == CHANGED for entry in self.added):
            hand_over(head.case_id)
        if SHARED in self.standing.by_kind:
            let_see(head.case_id)
        followed(head, self.standing, self.added, as_of)

    def _stored(self, at: datetime) -> Row:
        """Return what the case's row says once the entries are added, which settle it too."""
        head = self.head
        return {
            "title": head.title,
            "step": head.step,
            "closed_at": iso(head.closed_at),
            "settled_at": iso(at if self.added else head.settled_at),
            "next_change": iso(head.next_change),
            "live_key": head.live_key,
        }
