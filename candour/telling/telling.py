"""What somebody tells, read from their answers: ready to be taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

from candour.engine.words import Language
from candour.sealing.details import Way
from candour.telling.models import Channel
from candour.telling.questions import CHANGE

SOURCES: Final[Mapping[Channel, str]] = {
    Channel.PAGES: "Public form",
    Channel.EMBEDDED: "Public form",
    Channel.PAPER: "Paper form",
}


@dataclass(frozen=True, slots=True)
class Reaching:
    """How to reach somebody who wants a reply; nothing of it is kept unsealed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""

    @property
    def way(self) -> Way:
        """The way that they would like best: the quickest that they gave."""
        ways = ((Way.MAIL, self.email), (Way.PHONE, self.phone), (Way.POST, self.post))
        return next((way for way, given in ways if given), Way.NONE)

    @property
    def any(self) -> bool:
        """Whether there is anything to reach them by."""
        return bool(self.email or self.phone or self.post)


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody tells.

    Attributes:
        key: the form's own key: told twice under it, it is taken once.
        service: the number of the service in the directory, where one was chosen.
        felt: “1” (very good) to “5”, “unsure”, or nothing.
        about: what they said of themselves, by question.
        consents: the kinds agreed to.
        batch: the pile of paper it was keyed from.
        received_on: the day the paper came.
        doubt: what looked like a machine about it.
    """

    key: str
    language: Language
    channel: Channel
    what: str
    danger: bool | None = None
    service: int | None = None
    place: str = ""
    when: str = ""
    felt: str = ""
    change: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()
    wants_reply: bool = False
    reaching: Reaching = Reaching()
    batch: str = ""
    received_on: date | None = None
    doubt: str = ""

    def doubted(self, doubt: str) -> Self:
        """Return it with what looked like a machine about it."""
        return replace(self, doubt=doubt)

    @property
    def words(self) -> str:
        """The whole account: what happened, then what should change."""
        if not self.change:
            return self.what
        return f"{self.what}\n\n{CHANGE.words.text(self.language)} {self.change}"


def keyed_from(told: Telling, batch: str, received_on: date | None) -> Telling:
    """Return what came on paper, with the pile it lay in and the day on which it came."""
    return replace(told, batch=batch, received_on=received_on)
