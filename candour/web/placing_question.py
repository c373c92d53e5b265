"""“May we place somebody here?” as an address holds it: of whom, on which day, where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.engine.placing import Placement
from candour.web.forms.days import PARTS, UnreadableError, parts_of, read_day
from candour.web.presenters.placing import Choice, as_known, asked

SIDES = ("care_type", "funder", "complexity", "unit")
LONGEST = 200
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class PlacingQuestion:
    """The question.

    Attributes:
        placement: what is known of the person.
        day: the London day asked about; None for today.
        typed: the boxes of the day as they were typed.
        fault: what is wrong with the day, which is then taken for today.
        words: words that the name of a service holds.
        after: the place in the register after which its page begins.
    """

    placement: Placement
    day: date | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    words: str = ""
    after: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "PlacingQuestion":
        """Return the question in an address; a day may stand there as 2026-04-01 as well."""
        plain = {name: query.get(name, "").replace("\x00", "") for name in query}
        typed = {part: plain.get(f"on-{part}", "").strip()[:10] for part in PARTS}
        day, fault = _day(plain.get("on", ""), typed)
        return cls(
            placement=asked(plain),
            day=day,
            typed=parts_of(day) if day else typed,
            fault=fault,
            words=plain.get("q", "").strip()[:LONGEST],
            after=plain.get("after", "")[: LONGEST * 2],
        )

    def among(self, known: Mapping[str, Iterable[Choice]]) -> "PlacingQuestion":
        """Return the question without what nobody can choose."""
        return replace(self, placement=as_known(self.placement, known))

    def query(self, **more: str) -> str:
        """Return the question as the end of an address, with the mark before it, or nothing."""
        parts = {side: getattr(self.placement, side) for side in SIDES}
        parts |= {"on": self.day.isoformat() if self.day else "", **more}
        said = urlencode({name: value for name, value in parts.items() if value})
        return f"?{said}" if said else ""


def _day(written: str, typed: Mapping[str, str]) -> tuple[date | None, str]:
    """Return the day of an address or of its boxes, and what is wrong with it."""
    try:
        day = date.fromisoformat(written) if written else read_day(typed)
    except UnreadableError as error:
        return None, _("The day %(wrong)s") % {"wrong": error}
    except ValueError:
        return None, _("The day must be a real day, like 1 4 2026")
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None, _("The day must be a real day, like 1 4 2026")
    return day, ""
