"""What the list of experiences was asked for, as its address holds it: words, filters, selection.

The selection travels in the address, so it survives paging, filtering and the back button without
a script: ``chosen`` carries what was ticked before, ``experience`` the boxes ticked on this page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.experiences.queries import Filters
from candour.web.forms.days import PARTS
from candour.web.forms.spans import boxes_of, day_of, faults_of

MOST_CHOSEN = 200
LONGEST_WORDS = 500
NOT_SAID = "-"  # stands in an address for a service that nobody named
LINKED: Mapping[str, bool] = {"yes": True, "no": False}
CHOICES = ("service", "theme", "felt", "rating", "source", "linked")
DAYS = ("since", "until")
TYPED = ("q", *CHOICES, *(f"{name}-{part}" for name in DAYS for part in PARTS))
PLAIN = (*TYPED, "page", "chosen", "full")


@dataclass(frozen=True, slots=True)
class ExperienceSearch:
    """The list as it was asked for.

    Attributes:
        typed: what stands in each field, as typed; empty ones are left out.
        page: the token of the page, or nothing for the first.
        chosen: the numbers selected so far, at most `MOST_CHOSEN`.
        full: more were ticked than can be selected.
        drop: the filter that the person takes away.
        tidy: the address is as short as it can be.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    chosen: tuple[int, ...] = ()
    full: bool = False
    drop: str = ""
    tidy: bool = True

    @classmethod
    def from_query(cls, query: QueryDict) -> "ExperienceSearch":
        """Return the search in an address; what makes no sense there is left out."""
        plain = {name: _plain(query.get(name, "")) for name in PLAIN}
        ticked = _numbers(query.getlist("experience"))
        chosen = tuple(dict.fromkeys([*_numbers(plain["chosen"].split(".")), *ticked]))
        return cls(
            typed={name: plain[name] for name in TYPED if plain[name]},
            page=plain["page"],
            chosen=chosen[:MOST_CHOSEN],
            full=bool(plain["full"]) or len(chosen) > MOST_CHOSEN,
            drop=_plain(query.get("drop", "")),
            tidy=not {"experience", "drop"} & query.keys() and all(query.values()),
        )

    @property
    def words(self) -> str:
        """The words searched for."""
        return self.typed.get("q", "")

    @property
    def narrowed(self) -> bool:
        """Whether the list is less than everything."""
        return bool(self.typed)

    @property
    def filters(self) -> Filters:
        """What the list is narrowed to; a day that cannot be read does not narrow."""
        typed, felt = self.typed, self.typed.get("felt", "")
        service = typed.get("service")
        return Filters(
            service="" if service == NOT_SAID else service,
            theme=typed.get("theme"),
            sentiment=int(felt) if felt in "012345" and len(felt) == 1 else None,
            rating=typed.get("rating"),
            source=typed.get("source"),
            linked=LINKED.get(typed.get("linked", "")),
            since=self.day("since"),
            until=self.day("until"),
        )

    def day_parts(self, name: str) -> dict[str, str]:
        """Return the boxes of a day as they were typed."""
        return boxes_of(self.typed, name)

    def day(self, name: str) -> date | None:
        """Return the day typed, or None when there is none or it cannot be read."""
        return day_of(self.typed, name)

    def faults(self) -> dict[str, str]:
        """Return what is wrong with the days, under the names of their fields."""
        in_order = _("Received to must be the same day as “Received from” or later")
        return faults_of(self.typed, _("Received from"), _("Received to"), in_order)

    def without(self, name: str) -> "ExperienceSearch":
        """Return the search without one filter, from its first page."""
        own = {f"{name}-{part}" for part in PARTS} | {name}
        kept = {key: value for key, value in self.typed.items() if key not in own}
        return replace(self, typed=kept, page="", drop="")

    def cleared(self) -> "ExperienceSearch":
        """Return the whole list, with the selection as it is."""
        return replace(self, typed={}, page="")

    def choosing(self, numbers: Iterable[int]) -> "ExperienceSearch":
        """Return the same list with this selection."""
        return replace(self, chosen=tuple(numbers))

    def query(self) -> str:
        """Return the search as the query of an address, with its question mark, or nothing."""
        parts = dict(self.typed)
        if self.page:
            parts["page"] = self.page
        if self.chosen:
            parts["chosen"] = dotted(self.chosen)
        if self.full:
            parts["full"] = "yes"
        return f"?{urlencode(parts)}" if parts else ""


def dotted(numbers: Iterable[int]) -> str:
    """Return numbers as one short word of an address."""
    return ".".join(map(str, numbers))


def _plain(typed: str) -> str:
    return typed.replace("\x00", "").strip()[: LONGEST_WORDS * 4]


def _numbers(typed: Iterable[str]) -> list[int]:
    return [
        int(number)
        for number in typed
        if number.isascii() and number.isdigit() and len(number) < 19
    ]
