"""Who somebody is and how to reach them, as one record that is only ever kept sealed."""

import json
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Self


class Way(StrEnum):
    """How somebody would like to be reached."""

    MAIL = "mail"
    PHONE = "phone"
    POST = "post"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A member of the public. Nothing of it shows in a log, a repr or an error.

    Attributes:
        way: how they would like to be reached; `Way.NONE` where they do not want to be.
        language: "en" or "cy".
    """

    name: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    way: Way = Way.NONE
    language: str = "en"

    def to_bytes(self) -> bytes:
        """Return the record as it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, sealed: bytes) -> Self:
        """Return the record that `to_bytes` gave; what a later release added is left out."""
        told = json.loads(sealed)
        known = {each.name: told[each.name] for each in fields(cls) if each.name in told}
        return cls(**{**known, "way": Way(known.get("way", Way.NONE))})

    @property
    def empty(self) -> bool:
        """Whether it names nobody and reaches nobody."""
        return not any((self.name, self.mail, self.phone, self.address))
