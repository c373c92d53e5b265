"""Recipients: for each body that something was put to, what it owes and what it has said.

Read from a standing: nothing here is recorded, and nothing is asked of the procedure but which of
its duties an answer, an acknowledgement and a passing-on meet.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from candour.engine.duties import OpenDuty
from candour.engine.entries import Entry
from candour.engine.london import local
from candour.engine.standing import Standing
from candour.engine.vocabulary.responses import PUT_TO

ACKNOWLEDGED, ANSWERED, PASSED_ON = (
    "acknowledgement_received",
    "response_received",
    "recommendation_forwarded",
)


class RecipientState(StrEnum):
    """How it stands with one recipient; lateness comes with the moment and is not in here."""

    WAITED_FOR = "waited_for"
    ANSWERED = "answered"
    LED = "led"  # another explains for it
    NOT_RESPONSIBLE = "not_responsible"  # it said so, and has yet to pass it on
    PASSED_ON = "passed_on"
    UNANSWERED = "unanswered"  # nobody waits any more, and no answer came
    NO_TIME = "no_time"  # the procedure sets it none


@dataclass(frozen=True, slots=True)
class Recipient:
    """One body that something was put to.

    `put` is the entry by which it reached it, `matter` the first of those that it goes back to, and
    `lead` that of the recipient that explains for it, if one does. `explain`, `acknowledge` and
    `pass_on` are what it owes, where the procedure gives it time for that.
    """

    put: Entry
    matter: str
    state: RecipientState
    explain: OpenDuty | None = None
    acknowledge: OpenDuty | None = None
    pass_on: OpenDuty | None = None
    acknowledgement: Entry | None = None
    answer: Entry | None = None
    forwarded: Entry | None = None
    lead: Entry | None = None

    @property
    def name(self) -> str:
        """Who it is."""
        return str(self.put.data["to"]).strip()

    @property
    def received_on(self) -> date:
        """The day of receipt, or, while that is not known, the London day on which it was put."""
        given = self.put.data.get("received_on")
        return date.fromisoformat(given) if given else local(self.put.happened_at).date()

    @property
    def answered_at(self) -> datetime | None:
        """When it answered."""
        return self.answer.happened_at if self.answer else None

    @property
    def acknowledged_at(self) -> datetime | None:
        """When it first said that it has it, by whatever words: an answer says so too."""
        said = (self.acknowledgement, self.forwarded, self.answer)
        return min((entry.happened_at for entry in said if entry), default=None)

    @property
    def waited_for_until(self) -> datetime | None:
        """The first instant at which it is late; None where nothing is waited for."""
        owed = self.pass_on if self.state is RecipientState.NOT_RESPONSIBLE else self.explain
        return owed.turns_late_at() if owed and owed.is_open else None

    @property
    def answered_late(self) -> bool:
        """Whether its answer came after its time."""
        met = self.explain.met_at if self.explain else None
        return bool(self.explain and met and self.explain.due.is_late(met))


def recipients(standing: Standing) -> tuple[Recipient, ...]:
    """Return every recipient in a case, in the order in which things were put to them."""
    put = [entry for kind in PUT_TO for entry in standing.by_kind.get(kind, ())]
    put.sort(key=lambda entry: entry.happened_at)
    kin = _matters(put)
    return tuple(_recipient(standing, entry, kin) for entry in put)


def _matters(put: list[Entry]) -> dict[str, str]:
    """Return for each entry the first that it goes back to by references among them."""
    first: dict[str, str] = {}
    for entry in put:
        joined = next((first[ref] for ref in entry.refers_to if ref in first), entry.id)
        first[entry.id] = joined
    return first


def _recipient(standing: Standing, put: Entry, kin: dict[str, str]) -> Recipient:
    owed = {met: _owed(standing, put.id, met) for met in (ANSWERED, ACKNOWLEDGED)}
    said = _latest_of(standing, ACKNOWLEDGED, put.id)
    forwarded = _latest_of(standing, PASSED_ON, put.id)
    explain = owed[ANSWERED]
    lead = _lead(standing, put, explain, kin)
    answer = _answer(standing, put.id, explain)
    found = Recipient(
        put=put,
        matter=kin[put.id],
        state=RecipientState.NO_TIME,
        explain=explain,
        acknowledge=owed[ACKNOWLEDGED],
        pass_on=_owed(standing, said.id, PASSED_ON) if said else None,
        acknowledgement=said,
        answer=answer,
        forwarded=forwarded,
        lead=lead,
    )
    return replace(found, state=_state(found))


def _state(found: Recipient) -> RecipientState:
    if found.forwarded:
        return RecipientState.PASSED_ON
    if found.answer:
        return RecipientState.ANSWERED
    if found.acknowledgement and found.acknowledgement.data.get("responsible") is False:
        return RecipientState.NOT_RESPONSIBLE
    if found.lead:
        return RecipientState.LED
    if found.explain is None:
        return RecipientState.NO_TIME
    return RecipientState.WAITED_FOR if found.explain.is_open else RecipientState.UNANSWERED


def _owed(standing: Standing, trigger: str, met_by: str) -> OpenDuty | None:
    """Return the latest duty that an entry opened and that an entry of a kind meets.

    An answer often meets the duty to acknowledge as well; that one is not the duty to answer.
    """
    other = ACKNOWLEDGED if met_by == ANSWERED else ""
    found = None
    for owed in standing.duties.values():
        kinds = {pattern.kind for pattern in owed.duty.met_by}
        if owed.trigger == trigger and met_by in kinds and other not in kinds:
            found = owed
    return found


def _latest_of(standing: Standing, kind: str, put: str) -> Entry | None:
    """Return the last entry of a kind that speaks of what was put, or None."""
    told = (entry for entry in standing.by_kind.get(kind, ()) if put in entry.refers_to)
    return max(told, key=lambda entry: entry.happened_at, default=None)


def _answer(standing: Standing, put: str, explain: OpenDuty | None) -> Entry | None:
    """Return its answer: the one that met its duty, or the first that speaks of it."""
    met_by = explain.met_by if explain else ()
    for entry in standing.by_kind.get(ANSWERED, ()):
        if put in entry.refers_to or entry.id in met_by:
            return entry
    return None


def _lead(
    standing: Standing, put: Entry, explain: OpenDuty | None, kin: dict[str, str]
) -> Entry | None:
    """Return the recipient that explains for this one, where one does."""
    if explain is None or not explain.excused:
        return None
    others = (
        ref
        for entry in reversed(standing.by_kind.get("lead_responder_agreed", ()))
        for ref in entry.refers_to
        if kin.get(ref) == kin[put.id] and ref != put.id
    )
    return standing.entry(next(others, ""))
