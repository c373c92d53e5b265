"""What comes of acting on a letter, beside the engine's `Refusal` and the log's `Stale`."""

from dataclasses import dataclass

from candour.cases.actions import Recorded
from candour.letters.models import LetterDraft, SentLetter


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft is kept as it now is."""

    draft: LetterDraft


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else changed the draft meanwhile; nothing of what was sent now is kept.

    Attributes:
        draft: the draft as they left it.
        by: their name.
    """

    draft: LetterDraft
    by: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The letter has left, or is recorded as told on paper or by phone.

    Attributes:
        letter: the letter as it was sent.
        recorded: the entry in the log, and what came of it; None when it had been sent before.
        messages: how many messages wait in the outbox for it.
    """

    letter: SentLetter
    recorded: Recorded | None = None
    messages: int = 0

    @property
    def repeated(self) -> bool:
        """Whether it had been sent before, and nothing was done now."""
        return self.recorded is None
