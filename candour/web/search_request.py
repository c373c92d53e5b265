"""What the search was asked for, as its address holds it: words, group, filters, page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, cast

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from candour.engine.london import end_of, start_of
from candour.finding.asking import LONGEST, Asked, State
from candour.web.forms.days import PARTS, UnreadableError, read_day

DAYS: Final = ("since", "until")
STATES: Final = ("open", "closed")
MOST_PAGES: Final = 100
TYPED: Final = ("q", "in", "state", "far", *(f"{name}-{part}" for name in DAYS for part in PARTS))


class Group(StrEnum):
    """What is looked through."""

    CASES = "cases"
    DOCUMENTS = "documents"
    SERVICES = "services"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """The search as it was asked for.

    Attributes:
        typed: what stands in each field, as typed; empty ones are left out.
        page: the page of a group shown by itself, 1 for the first.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> "SearchRequest":
        """Return the search in an address; what makes no sense there is left out."""
        plain = {name: query.get(name, "").replace("\x00", "").strip() for name in TYPED}
        kept = {name: value[: LONGEST * 2] for name, value in plain.items() if value}
        if kept.get("in") not in set(Group):
            kept.pop("in", None)
        if kept.get("state") not in STATES:
            kept.pop("state", None)
        page = query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        return cls(kept, min(max(number, 1), MOST_PAGES))

    @property
    def words(self) -> str:
        """The words searched for."""
        return self.typed.get("q", "")

    @property
    def group(self) -> Group | None:
        """The one group that is shown, or None for some of each."""
        return Group(self.typed["in"]) if "in" in self.typed else None

    @property
    def state(self) -> str:
        """Whether only open or only closed cases are looked in; empty for all."""
        return self.typed.get("state", "")

    @property
    def asked(self) -> Asked:
        """What is to be found; a day that cannot be read does not narrow."""
        since, until = self.day("since"), self.day("until")
        return Asked(
            self.words,
            since=start_of(since) if since else None,
            until=end_of(until) if until else None,
            state=cast("State", self.state or "all"),
            far="far" in self.typed,
        )

    def day_parts(self, name: str) -> dict[str, str]:
        """Return the boxes of a day as they were typed."""
        return {part: self.typed.get(f"{name}-{part}", "") for part in PARTS}

    def day(self, name: str) -> date | None:
        """Return the day typed, or None when there is none or it cannot be read."""
        try:
            found = read_day(self.day_parts(name))
        except UnreadableError:
            return None
        return found if found is None or date.min < found < date.max else None

    def faults(self) -> dict[str, str]:
        """Return what is wrong with the days, under the names of their fields."""
        found = {}
        for name, words in (("since", _("Happened from")), ("until", _("Happened to"))):
            try:
                read_day(self.day_parts(name))
            except UnreadableError as error:
                found[name] = f"{words} {error}"
        since, until = self.day("since"), self.day("until")
        if since and until and until < since:
            found["until"] = _("Happened to must be the same day as “Happened from” or later")
        return found

    def only(self, group: Group | None) -> "SearchRequest":
        """Return the search in one group alone, or in all, from its first page."""
        kept = {name: value for name, value in self.typed.items() if name != "in"}
        return replace(self, typed=kept | ({"in": group.value} if group else {}), page=1)

    def without(self, name: str) -> "SearchRequest":
        """Return the search without one filter, from its first page."""
        own = {name, *(f"{name}-{part}" for part in PARTS)}
        kept = {key: value for key, value in self.typed.items() if key not in own}
        return replace(self, typed=kept, page=1)

    def further(self) -> "SearchRequest":
        """Return the search through all there is, however long that takes."""
        return replace(self, typed={**self.typed, "far": "1"}, page=1)

    def at(self, page: int) -> "SearchRequest":
        """Return another page of the same search."""
        return replace(self, page=page)

    def query(self) -> str:
        """Return the search as the query of an address, with its question mark, or nothing."""
        parts = dict(self.typed) | ({"page": str(self.page)} if self.page > 1 else {})
        return f"?{urlencode(parts)}" if parts else ""
