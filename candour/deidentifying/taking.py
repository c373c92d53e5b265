"""How far a name reaches, and whether it is a person's at all: places bear names, too."""

from enum import IntEnum
from typing import Final

from candour.deidentifying.lexicon import context, listed
from candour.deidentifying.mutations import unmutated
from candour.deidentifying.tokens import Token, is_loud, tokens_of

SURE: Final = listed("given_names")
WORDS: Final = listed("given_words")
THINGS: Final = listed("given_things")
GIVEN: Final = SURE | WORDS | THINGS
FAMILY: Final = listed("surnames")
NOT_NAMES: Final = listed("not_names") - SURE

LONGEST: Final = 4  # words of one name
PARTICLES: Final = context("particles")
BEFORE_PLACES: Final = context("before_places")
# What makes a place of the name before it, with a capital; the second lot without one as well.
PLACES: Final = context("places")
PLACES_ANYHOW: Final = context("places_anyhow")
FIGURES: Final = frozenset(
    {
        *(("florence", "nightingale"), ("mary", "seacole"), ("marie", "curie"), ("sue", "ryder")),
        *(("betsi", "cadwaladr"), ("aneurin", "bevan"), ("hywel", "dda"), ("john", "lewis")),
        *(("marie", "stopes"), ("ronald", "mcdonald"), ("dewi", "sant"), ("james", "cook")),
        *(
            ("teenage", "cancer"),
            ("michael", "sobell"),
            ("george", "thomas"),
            ("philip", "hammond"),
        ),
        *(("owain", "glyndŵr"), ("owain", "glyndwr"), ("ann", "summers"), ("john", "radcliffe")),
    }
)
MUTATING: Final = context("mutating")
WELSH: Final = context("welsh")


class Trust(IntEnum):
    """How much what stands before a word says that it is a name."""

    LITTLE = 1  # only a first name counts
    SOME = 2  # any word with a capital, within a sentence
    FULL = 3  # any word with a capital, and a known name in small letters


class Walk:
    """A text's words, and what can be said of a name that may begin at one of them."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.tokens: list[Token] = tokens_of(text)
        self.loud = is_loud(self.tokens)
        self.welsh = language == "cy" or any(token.low in WELSH for token in self.tokens)

    def at(self, place: int) -> Token | None:
        """Return the word at this place, or None beyond the ends."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def joined(self, place: int, gaps: str = " ") -> bool:
        """Return whether only this stands between the word at this place and the one before."""
        return 0 < place < len(self.tokens) and self.tokens[place].gap == gaps

    def is_given(self, place: int, among: frozenset[str] = SURE) -> bool:
        """Return whether the word is a first name of these, mutated or not."""
        token = self.tokens[place]
        if token.low in among:
            return True
        if "-" in token.low and token.low.split("-")[0] in among:
            return token.low not in NOT_NAMES
        before = self.at(place - 1)
        if not (self.welsh and token.capital and before and before.low in MUTATING):
            return False
        known = among - THINGS
        return token.low not in NOT_NAMES and any(was in known for was in unmutated(token.low))

    def looks_like_one(self, place: int) -> bool:
        """Return whether a word has a capital for a reason, and none of its own that we know."""
        token = self.tokens[place]
        if not token.capital or token.low in NOT_NAMES:
            return False
        return len(token.text) > 1 and not (token.acronym and not self.loud)

    def begins(self, place: int, trust: Trust) -> bool:
        """Return whether a name begins at this word, trusting what stands before it so much."""
        token = self.at(place)
        if token is None or (
            token.low in NOT_NAMES and not (token.capital and token.low in THINGS)
        ):
            return False
        if token.capital and self.is_given(place, GIVEN):
            return True
        if not token.capital:
            known = SURE | (FAMILY if trust is Trust.FULL else frozenset())
            return token.low in known
        if self.loud:
            return trust is Trust.FULL or token.low in FAMILY
        return trust >= Trust.SOME and self.looks_like_one(place)

    def name_from(self, place: int, trust: Trust) -> int:
        """Return the place after the name that begins at this word, or the word's own for none."""
        if not self.begins(place, trust):
            return place
        after = self._to_its_end(place, small=trust is Trust.FULL)
        return place if self.is_place(place, after) else after

    def _to_its_end(self, place: int, *, small: bool) -> int:
        """Return the place after the last word that belongs to the name."""
        after = place + 1
        while after < min(len(self.tokens), place + LONGEST):
            token, step = self.tokens[after], 1
            if token.gap not in {" ", ". ", ".", " '", ' "', " (", '" ', "' ", ") "}:
                break
            if token.gap != " " and not self._goes_on(after):
                break
            following = self.at(after + 1)
            if (
                token.low in PARTICLES
                and following
                and following.capital
                and self.joined(after + 1)
            ):
                step = 2
            elif not self._continues(after, small=small):
                break
            after += step
        return after

    def _goes_on(self, place: int) -> bool:
        """Return whether a full stop or a bracket before a word is within the name: “J. Smith”."""
        before = self.tokens[place - 1]
        return self.tokens[place].gap in {". ", "."} and len(before.text) == 1 and before.capital

    def _continues(self, place: int, *, small: bool) -> bool:
        token = self.tokens[place]
        if self.loud or not token.capital:
            known = token.low in FAMILY or token.low in SURE
            return known and token.low not in NOT_NAMES and (small or token.capital)
        if len(token.text) == 1:
            return token.text != "I"
        return token.low in FAMILY or self.looks_like_one(place)

    def is_place(self, begin: int, end: int) -> bool:
        """Return whether these words are part of the name of a place, a body or a public figure."""
        return (
            self._is_after_place(begin)
            or self._is_figure(begin)
            or any(self.tokens[place].low in PLACES for place in range(begin + 1, end))
            or self._is_before_place(end)
        )

    def _is_after_place(self, begin: int) -> bool:
        before = self.at(begin - 1)
        if before is None or before.low not in BEFORE_PLACES:
            return False
        said = before.capital or before.low in {"st", "saint"}
        return said and self.tokens[begin].gap in {" ", ". "}

    def _is_figure(self, begin: int) -> bool:
        low = [word.low if (word := self.at(begin + step)) else "" for step in (-1, 0, 1)]
        return (low[1], low[2]) in FIGURES or (low[0], low[1]) in FIGURES

    def _is_before_place(self, end: int) -> bool:
        for token in self.tokens[end : end + 3]:
            if token.gap not in {" ", "'s ", "’s "}:
                return False
            if token.low in PLACES_ANYHOW:
                return True
            if token.capital and token.low in PLACES:
                return not self.loud
            if not token.capital:
                return False
        return False
