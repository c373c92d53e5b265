"""Who may enter and view for a body on a day; visits planned and recorded by such people only.

Authorised in writing, trained, and a DBS check considered: each on the day of the visit, not on the
day on which somebody asks (SI 2013/351; LH-10, HD-12).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from candour.bodies.models import Body
from candour.cases.actions import Recorded, Stale, record
from candour.engine import Draft, Refusal, Words
from candour.engine.conditions import Reason
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.people.actor import Actor
from candour.publishing.models import Representative

VISITORS: Final = "visitors"


class Bar(StrEnum):
    """Why somebody may not enter and view on a day."""

    NOT_LISTED = "not_listed"
    NOT_YET = "not_yet"
    ENDED = "ended"
    UNTRAINED = "untrained"
    DBS = "dbs"


BARS: Final[Mapping[Bar, Words]] = {
    Bar.NOT_LISTED: Words("is not on our list", "ddim ar ein rhestr"),
    Bar.NOT_YET: Words(
        "is not authorised yet on that day", "heb ei awdurdodi eto ar y diwrnod hwnnw"
    ),
    Bar.ENDED: Words(
        "is no longer authorised on that day", "heb awdurdod mwyach ar y diwrnod hwnnw"
    ),
    Bar.UNTRAINED: Words(
        "is not recorded as trained by that day", "heb ei gofnodi fel rhywun sydd wedi’i hyfforddi"
    ),
    Bar.DBS: Words(
        "has no record that a DBS check was considered",
        "heb gofnod yr ystyriwyd gwiriad DBS",
    ),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody on a body's list: their name, and what bars them on a day (None: they may go)."""

    name: str
    bar: Bar | None
    until: date | None


def visitors_on(body: Body, day: date) -> list[Visitor]:
    """Return everybody on a body's list as they stand on a day, those who may go first. One query.

    Who was authorised more than once counts by the time that suits them best.
    """
    best: dict[str, Visitor] = {}
    for one in Representative.objects.filter(body=body).order_by("name", "from_date"):
        found = Visitor(one.name, bar_of(one, day), one.to_date)
        if one.name not in best or best[one.name].bar is not None:
            best[one.name] = found
    return sorted(best.values(), key=lambda each: (each.bar is not None, each.name))


def bar_of(one: Representative, day: date) -> Bar | None:
    """Return why a representative may not go on a day, or None."""
    if day < one.from_date:
        return Bar.NOT_YET
    if one.to_date is not None and one.to_date < day:
        return Bar.ENDED
    if one.trained_on is None or one.trained_on > day:
        return Bar.UNTRAINED
    considered = one.dbs_considered and (one.dbs_considered_on or one.from_date) <= day
    return None if considered else Bar.DBS


def bar_to_visitors(body: Body, names: Iterable[str], day: date) -> Refusal | None:
    """Return the refusal that names each who may not go on that day, and why; None if all may."""
    known = {each.name: each.bar for each in visitors_on(body, day)}
    reasons = tuple(
        _reason(name, bar) for name in names if (bar := known.get(name, Bar.NOT_LISTED)) is not None
    )
    return Refusal(reasons=reasons) if reasons else None


def _reason(name: str, bar: Bar) -> Reason:
    words = BARS[bar]
    text = Words(
        f"{name} {words.en}. Choose somebody who may enter and view then, or put the list right.",
        f"{name}: {words.cy}. Dewiswch rywun a gaiff fynd bryd hynny, neu cywirwch y rhestr.",
    )
    return Reason(text, field=VISITORS)


def plan_visit(
    *, case_id: int, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Record the plan of a visit; refused where somebody named may not go on its day.

    Takes and returns what `candour.cases.actions.record` does.
    """
    day = _planned_day(draft.data)
    bar = bar_to_visitors(actor.body, _names(draft.data), day) if day else None
    return bar or record(
        case_id=case_id, actor=actor, draft=draft, expected_seq=expected_seq, as_of=as_of
    )


def make_visit(
    *, case_id: int, actor: Actor, draft: Draft, expected_seq: int | None, as_of: datetime
) -> Recorded | Refusal | Stale:
    """Record a visit; refused where somebody who made it might not enter and view on that day.

    So nobody is asked whether all were authorised: the list says it. Takes and returns what
    `candour.cases.actions.record` does.
    """
    bar = bar_to_visitors(actor.body, _names(draft.data), local(draft.happened_at).date())
    return bar or record(
        case_id=case_id, actor=actor, draft=draft, expected_seq=expected_seq, as_of=as_of
    )


def _names(data: Mapping[str, Any]) -> Sequence[str]:
    return [str(name) for name in as_values(data.get(VISITORS, ()))]


def _planned_day(data: Mapping[str, Any]) -> date | None:
    try:
        return local(datetime.fromisoformat(str(data.get("planned_for")))).date()
    except ValueError:
        return None  # the kind says what is wrong with it
