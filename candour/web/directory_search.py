"""What the list of services was asked for, as its address holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.http import urlencode

from candour.directory.queries import Narrowed
from candour.directory.schemas import SCHEMAS

FIELDS: Final = ("q", "kind", "authority", "rating", "state")
STATES: Final = ("open", "closed", "all")
LONGEST: Final = 200
LARGEST: Final = 2**63 - 1
LAST_PAGE: Final = 100_000


@dataclass(frozen=True, slots=True)
class DirectorySearch:
    """The list of services as it was asked for: what stands in each field, and which page."""

    typed: Mapping[str, str]
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict) -> "DirectorySearch":
        """Return the search in an address; what makes no sense there is left out."""
        plain = {name: query.get(name, "").replace("\0", "").strip()[:LONGEST] for name in FIELDS}
        if not (plain["authority"].isdecimal() and int(plain["authority"]) <= LARGEST):
            plain["authority"] = ""
        schema, _colon, answer = plain["rating"].partition(":")
        if schema not in SCHEMAS or answer not in SCHEMAS[schema].ratings:
            plain["rating"] = ""
        if plain["state"] not in STATES or plain["state"] == "open":
            plain["state"] = ""
        number = query.get("page", "")
        page = int(number) if number.isdecimal() and len(number) < 7 else 1
        return cls({name: value for name, value in plain.items() if value}, max(page, 1))

    @property
    def narrowed(self) -> Narrowed:
        """What the list is narrowed to."""
        authority = self.typed.get("authority")
        return Narrowed(
            words=self.typed.get("q", ""),
            kind=self.typed.get("kind", ""),
            authority=int(authority) if authority else None,
            rating=self.typed.get("rating", ""),
            state=self.typed.get("state", "open"),
        )

    def query(self, page: int = 1) -> str:
        """Return the search as the end of an address, for another page of it."""
        asked = {**self.typed, **({"page": str(page)} if page > 1 else {})}
        return f"?{urlencode(asked)}" if asked else ""
