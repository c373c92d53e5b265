"""Red, amber or green for an action of a plan, with why. Nobody types it: it follows from the log.

Red asks for somebody today, amber for somebody this week, green for nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from candour.engine.london import local
from candour.engine.plans import Action, ActionState

SOON: Final = 7  # days before its date from which an action is amber


class Colour(StrEnum):
    """What an action asks for: somebody now, somebody soon, nobody."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NONE = "none"  # nobody waits for it any more


class Because(StrEnum):
    """Why an action has its colour."""

    LATE = "late"
    CANNOT_COMPLY = "cannot_comply"
    SAID_DONE = "said_done"
    MORE_TIME_ASKED = "more_time_asked"
    SENT_BACK = "sent_back"
    SOON = "soon"
    EXTENDED = "extended"
    ON_COURSE = "on_course"
    DONE = "done"
    DONE_LATE = "done_late"
    ENDED = "ended"


class Lane(StrEnum):
    """A column of the board: what has to be done about the actions in it."""

    LATE = "late"
    VERIFY = "verify"  # said to be done: somebody has to see to it
    SOON = "soon"
    ON_COURSE = "on_course"
    DONE = "done"


COLOURS: Final[Mapping[Because, Colour]] = {
    Because.LATE: Colour.RED,
    Because.CANNOT_COMPLY: Colour.RED,
    Because.SAID_DONE: Colour.AMBER,
    Because.MORE_TIME_ASKED: Colour.AMBER,
    Because.SENT_BACK: Colour.AMBER,
    Because.SOON: Colour.AMBER,
    Because.EXTENDED: Colour.AMBER,
    Because.ON_COURSE: Colour.GREEN,
    Because.DONE: Colour.GREEN,
    Because.DONE_LATE: Colour.GREEN,
    Because.ENDED: Colour.NONE,
}
_LANES: Final[Mapping[Because, Lane]] = {
    Because.SAID_DONE: Lane.VERIFY,
    Because.DONE: Lane.DONE,
    Because.DONE_LATE: Lane.DONE,
    Because.ENDED: Lane.DONE,
}
_BY_COLOUR: Final = {
    Colour.RED: Lane.LATE,
    Colour.AMBER: Lane.SOON,
    Colour.GREEN: Lane.ON_COURSE,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the colour of an action follows from, on the day asked about.

    `days_left` are those to its date (below nought when it has passed), None while its clock stands
    still; `late` says whether it is late, which the clock of its procedure decides.
    """

    done: bool
    done_late: bool
    ended: bool
    late: bool
    days_left: int | None
    extended: bool
    said_done: bool
    asked: bool
    sent_back: bool
    unable: bool


def facts_of(action: Action, today: date) -> Facts:
    """Return what the colour of an action follows from."""
    state, talk = action.state, action.talk
    return Facts(
        done=state in (ActionState.DONE, ActionState.DONE_LATE),
        done_late=state is ActionState.DONE_LATE,
        ended=state is ActionState.ENDED,
        late=state is ActionState.LATE,
        days_left=(action.due_on - today).days if action.due_on else None,
        extended=bool(action.extensions),
        said_done=talk.says_done is not None,
        asked=talk.asked is not None,
        sent_back=talk.sent_back is not None,
        unable=talk.unable is not None,
    )


def because(facts: Facts) -> Because:
    """Return why an action has the colour that it has; the first that holds counts."""
    near = facts.days_left is not None and facts.days_left <= SOON
    holds = (
        (facts.done and facts.done_late, Because.DONE_LATE),
        (facts.done, Because.DONE),
        (facts.ended, Because.ENDED),
        (facts.said_done, Because.SAID_DONE),
        (facts.unable, Because.CANNOT_COMPLY),
        (facts.late, Because.LATE),
        (facts.asked, Because.MORE_TIME_ASKED),
        (facts.sent_back, Because.SENT_BACK),
        (near, Because.SOON),
        (facts.extended, Because.EXTENDED),
    )
    return next((why for held, why in holds if held), Because.ON_COURSE)


def lane(why: Because) -> Lane:
    """Return the column of the board in which an action of this colour stands."""
    return _LANES.get(why) or _BY_COLOUR[COLOURS[why]]


def done_on(action: Action) -> date | None:
    """Return the London day on which an action was done, or None."""
    return local(action.completed.happened_at).date() if action.completed else None
