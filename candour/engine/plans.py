"""Plans as they stand in a log: actions with their status, what each falls short of, both sides.

Nobody types a status. It follows from the duty that an action opened: done, done late, due,
extended, late; and from what was said about the action since (`candour.engine.plan_talk`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from candour.engine.duties import DutyState, OpenDuty
from candour.engine.entries import Entry
from candour.engine.london import local
from candour.engine.plan_talk import COMPLETED, Talk, talk_of
from candour.engine.standing import Standing

ADDED, AGREED, SIGNED_OFF, EXTENDED = (
    "action_added",
    "plan_agreed",
    "plan_signed_off",
    "timescale_extended",
)
FEWEST_WORDS = 3  # that say what is to be done
_MEASURE = re.compile(
    r"\d|%|\b(no|none|nobody|never|all|every\w*|each|always|without|zero|full|weekly|daily|monthly|"
    r"once|twice|signed|dim|neb|byth|pob|pawb|bob|heb|sero|llawn|wythnosol|dyddiol|misol)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[;/&\n]|\b(and|or|a’r|neu|ac)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(team|staff|everyone|everybody|all|provider|management|managers|nurses|carers|tbc|tba|"
    r"tîm|pawb|darparwr|rheolwyr|nyrsys|gofalwyr)\b",
    re.IGNORECASE,
)


class Shortfall(StrEnum):
    """What an action lacks of being specific, measurable, achievable, owned and timed (CV-10)."""

    NOT_SPECIFIC = "not_specific"
    NOT_MEASURABLE = "not_measurable"
    NOT_ONE_OWNER = "not_one_owner"
    NOT_IN_TIME = "not_in_time"
    NO_SUPPORT = "no_support"


class ActionState(StrEnum):
    """How an action stands at a moment."""

    DONE = "done"
    DONE_LATE = "done_late"
    DUE = "due"
    EXTENDED = "extended"
    LATE = "late"
    ENDED = "ended"  # the case was closed, or its plan ended, before it was done


@dataclass(frozen=True, slots=True)
class Action:
    """One action as it stands: its entry, its times, who extended it, what was said about it.

    `late_from` is the first instant at which it is late; None while its clock stands still, and
    where nobody waits for it any more.
    """

    entry: Entry
    state: ActionState
    due_on: date | None
    extensions: tuple[Entry, ...]
    talk: Talk
    shortfalls: tuple[Shortfall, ...]
    late_from: datetime | None = None

    @property
    def completed(self) -> Entry | None:
        """What completed it: somebody saw that it is done."""
        return self.talk.completed

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, or to be seen to be done."""
        return self.state in (ActionState.DUE, ActionState.EXTENDED, ActionState.LATE)


@dataclass(frozen=True, slots=True)
class Plan:
    """One of the two plans: as last agreed (None while it is only being drawn up), its actions."""

    name: str
    agreed: Entry | None
    signed_off: Entry | None
    actions: tuple[Action, ...]
    progress: tuple[Entry, ...]


def shortfalls(
    action: Mapping[str, Any], added_on: date, ends_on: date | None = None
) -> tuple[Shortfall, ...]:
    """Return what an action falls short of, in the order of the word SMART.

    Args:
        action: the fields of an `action_added`.
        added_on: the London day on which it was added; its date lies after, not before.
        ends_on: the last day of its plan, where the plan has one.
    """
    due = date.fromisoformat(action["due_on"])
    owner = str(action["owner"])
    checks = (
        (len(str(action["action"]).split()) < FEWEST_WORDS, Shortfall.NOT_SPECIFIC),
        (not _MEASURE.search(str(action["outcome"])), Shortfall.NOT_MEASURABLE),
        (bool(_SEVERAL.search(owner) or _NOBODY.search(owner)), Shortfall.NOT_ONE_OWNER),
        (due < added_on or (ends_on is not None and due > ends_on), Shortfall.NOT_IN_TIME),
        (not str(action.get("support") or "").strip(), Shortfall.NO_SUPPORT),
    )
    return tuple(found for short, found in checks if short)


def plans(standing: Standing, moment: datetime) -> tuple[Plan, ...]:
    """Return each plan that has been agreed or has actions, as it stands at `moment`."""
    kinds = (ADDED, AGREED, SIGNED_OFF)
    named = [
        str(entry.data.get("plan") or "")
        for kind in kinds
        for entry in standing.by_kind.get(kind, ())
    ]
    return tuple(_plan(standing, name, moment) for name in dict.fromkeys(sorted(named)))


def actions_of(standing: Standing, plan: str, moment: datetime) -> tuple[Action, ...]:
    """Return the actions of a plan (of none, where it is empty), in the order of being added."""
    agreed = _latest(standing, AGREED, plan)
    return tuple(_actions(standing, plan, _day(agreed, "ends_on"), moment))


def _plan(standing: Standing, name: str, moment: datetime) -> Plan:
    agreed, signed = (_latest(standing, kind, name) for kind in (AGREED, SIGNED_OFF))
    renewed = agreed is not None and signed is not None and signed.happened_at < agreed.happened_at
    return Plan(
        name=name,
        agreed=agreed,
        signed_off=None if renewed else signed,
        actions=actions_of(standing, name, moment),
        progress=tuple(_of_plan(standing.by_kind.get("action_progressed", ()), name)),
    )


def _actions(
    standing: Standing, plan: str, ends_on: date | None, moment: datetime
) -> Iterator[Action]:
    owed = {
        each.trigger: each
        for each in standing.duties.values()
        if any(pattern.kind == COMPLETED for pattern in each.duty.met_by)
    }
    for entry in _of_plan(standing.by_kind.get(ADDED, ()), plan):
        duty = owed.get(entry.id)
        extended = tuple(_extending(standing, entry, duty))
        talk = talk_of(standing, entry, extended)
        state = _state(duty, extended, moment, done=talk.completed is not None)
        yield Action(
            entry=entry,
            state=state,
            due_on=duty.due.on if duty else _day(entry, "due_on"),
            extensions=extended,
            talk=talk,
            shortfalls=shortfalls(entry.data, local(entry.happened_at).date(), ends_on),
            late_from=duty.turns_late_at() if duty else None,
        )


def _state(
    duty: OpenDuty | None, extended: tuple[Entry, ...], moment: datetime, *, done: bool
) -> ActionState:
    """Return how an action stands; where no duty waits for it, only what was said can end it."""
    if duty is None and done:
        return ActionState.DONE
    state = duty.state(moment) if duty else DutyState.OPEN
    if state in (DutyState.OPEN, DutyState.PAUSED):
        return ActionState.EXTENDED if extended else ActionState.DUE
    return _STATES[state]


_STATES = {
    DutyState.MET: ActionState.DONE,
    DutyState.MET_LATE: ActionState.DONE_LATE,
    DutyState.LATE: ActionState.LATE,
    DutyState.ENDED: ActionState.ENDED,
}


def _extending(standing: Standing, action: Entry, duty: OpenDuty | None) -> Iterator[Entry]:
    """Yield what gave an action more time: what names it, or its duty with no action named."""
    started = {owed.trigger for owed in standing.duties.values()}
    for entry in standing.by_kind.get(EXTENDED, ()):
        named = started.intersection(entry.refers_to)
        same = duty is not None and entry.data["duty"] == duty.duty.id
        if same and (action.id in named or (not named and entry.happened_at > action.happened_at)):
            yield entry


def _of_plan(entries: Iterable[Entry], plan: str) -> Iterator[Entry]:
    return (entry for entry in entries if str(entry.data.get("plan") or "") == plan)


def _latest(standing: Standing, kind: str, plan: str) -> Entry | None:
    return next(_of_plan(reversed(standing.by_kind.get(kind, ())), plan), None)


def _day(entry: Entry | None, name: str) -> date | None:
    given = entry.data.get(name) if entry else None
    return date.fromisoformat(given) if given else None
