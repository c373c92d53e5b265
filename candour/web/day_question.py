"""“On which day?” as an address holds it: who is who today, or on another day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.http import QueryDict
from django.utils.translation import gettext as _

from candour.engine.london import LONDON, local
from candour.web.forms.days import PARTS, UnreadableError, parts_of, read_day

FIRST_YEAR, LAST_YEAR = 1900, 2999
NOON = time(12)


@dataclass(frozen=True, slots=True)
class DayAsked:
    """The day asked about.

    Attributes:
        day: the London day.
        at: the instant for which things are told: now, or noon of another day.
        is_today: whether it is today, so that it can be said who answers now.
        typed: the boxes of the day as they were typed.
        fault: what is wrong with the day, which is then taken for today.
    """

    day: date
    at: datetime
    is_today: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""

    @classmethod
    def from_query(cls, query: QueryDict, now: datetime) -> "DayAsked":
        """Return the day in an address (``on=2026-04-01``, or its three boxes); else today."""
        today = local(now).date()
        typed = {part: query.get(f"on-{part}", "").replace("\0", "").strip()[:10] for part in PARTS}
        written = query.get("on", "")[:10]
        try:
            day = date.fromisoformat(written) if written else read_day(typed)
        except UnreadableError as error:
            return cls(today, now, True, typed, _("The day %(wrong)s") % {"wrong": error})  # noqa: FBT003  # reads as today
        except ValueError:
            day = date.min
        if day is None or day == today:
            return cls(today, now, True, parts_of(day) if day else typed)  # noqa: FBT003  # as above
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            fault = _("The day must be a real day, like 1 4 2026")
            return cls(today, now, True, typed, fault)  # noqa: FBT003  # as above
        noon = datetime.combine(day, NOON, tzinfo=LONDON)
        return cls(day, noon, is_today=False, typed=parts_of(day))

    def query(self) -> str:
        """Return the day as the end of an address, or nothing for today."""
        return "" if self.is_today else f"?on={self.day.isoformat()}"
