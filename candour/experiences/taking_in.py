"""What people's words become on their way in: the words that may travel, marks and signs.

Every way in goes through here: files, the public form, forms keyed by hand.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from candour.deidentifying import clean
from candour.experiences.marking import Span, spans
from candour.safeguarding import GRAVITY, Sign, signs_in

MOST_SHOWN = 20  # signs of one text whose words are kept beside it: they say why it is on the list


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Somebody's words, taken in.

    Attributes:
        answer: the words that may travel.
        given: the words as given, where they differ: to be sealed.
        marks: what was taken out of them.
        signs: what somebody has to look at, found in the words that may travel.
    """

    answer: str
    given: str | None
    marks: tuple[Span, ...]
    signs: tuple[Sign, ...]

    @property
    def sorts(self) -> list[str]:
        """The sorts of the signs, the gravest first."""
        held = {sign.sort for sign in self.signs}
        return [sort.value for sort in GRAVITY if sort in held]

    @property
    def found(self) -> list[dict[str, str]]:
        """The words that are signs, in order, each once."""
        said = dict.fromkeys((sign.sort.value, sign.words) for sign in self.signs)
        return [{"sort": sort, "words": words} for sort, words in list(said)[:MOST_SHOWN]]

    @property
    def past(self) -> bool:
        """Whether every sign speaks of what is over, or may be."""
        return all(sign.past for sign in self.signs)

    def marks_json(self) -> str | None:
        """Return the marks for a table that rows are staged in, or None where there are none."""
        if not self.marks:
            return None
        return json.dumps([{"sort": m.sort, "from": m.begin, "to": m.end} for m in self.marks])

    def signs_json(self) -> str | None:
        """Return the signs for a table that rows are staged in, or None where there are none."""
        if not self.signs:
            return None
        return json.dumps({"sorts": self.sorts, "found": self.found, "past": self.past})


def take_in(words: str, *, language: str, known: Collection[str] = ()) -> TakenIn:
    """Return what somebody's words become.

    Args:
        words: as given, in Unicode's composed form.
        language: "en", "cy" or "unknown".
        known: names that they gave of themselves apart from these words.
    """
    cleaned = clean(words, language=language, known=known)
    signs = tuple(signs_in(cleaned.text))
    if not cleaned.marks:  # as nearly always
        return TakenIn(cleaned.text, None, (), signs)
    return TakenIn(cleaned.text, words, tuple(spans(cleaned)), signs)
