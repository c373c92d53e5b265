"""Sentences written and labelled for measuring: read, halved, and scored.

One half is for developing rules; the other is held out, and nobody looks at what fails in it. Which
half a sentence is in follows from its own words, so that adding one moves no other.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ruamel.yaml import YAML

from candour.deidentifying import clean
from candour.safeguarding import signs_in

TESTS = Path(__file__).parents[1]
LABEL = re.compile(r"\{(\w+)\|([^{}]*)\}")
SORTS = {
    "name": "name",
    "nhs": "nhs_number",
    "ni": "ni_number",
    "postcode": "postcode",
    "phone": "phone",
    "email": "email",
    "birth": "birth_date",
}


class Half(StrEnum):
    """Which half of a labelled set."""

    DEVELOPMENT = "development"
    HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, its language, and what is in it: sort, from where, up to where."""

    text: str
    language: str
    spans: tuple[tuple[str, int, int], ...]

    @property
    def half(self) -> Half:
        """The half that its words put it in."""
        odd = hashlib.sha256(self.text.encode()).digest()[0] % 2
        return Half.HELD_OUT if odd else Half.DEVELOPMENT


@dataclass(slots=True)
class Score:
    """How often something was there, found, and found where it was not."""

    there: int = 0
    found: int = 0
    marked: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The part of what is there that was found."""
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        """The part of what was marked that is there."""
        return self.right / self.marked if self.marked else 1.0


def to_clean(half: Half | None = None) -> list[Labelled]:
    """Return the sentences of tests/deidentifying, of one half or all."""
    found = [*_marked("english", "en"), *_marked("welsh", "cy")]
    return [each for each in found if half in {None, each.half}]


def _marked(name: str, language: str) -> Iterator[Labelled]:
    for line in _read(TESTS / "deidentifying" / f"{name}.yaml"):
        text, spans = "", []
        place = 0
        for label in LABEL.finditer(line):
            text += line[place : label.start()]
            spans.append((SORTS[label[1]], len(text), len(text) + len(label[2])))
            text, place = text + label[2], label.end()
        yield Labelled(text + line[place:], language, tuple(spans))


def score_cleaning(sentences: Iterable[Labelled]) -> dict[str, Score]:
    """Return how well sentences are cleaned, by sort.

    Something is found when nothing of it is left; a mark is right when some of it was there.
    """
    scores = {sort: Score() for sort in SORTS.values()}
    for each in sentences:
        cleaned = clean(each.text, language=each.language)
        marks, shift = [], 0
        for mark in cleaned.marks:
            begin = mark.begin + shift
            marks.append((mark.sort.value, begin, begin + len(mark.words)))
            shift += len(mark.words) - (mark.end - mark.begin)
        for sort, begin, end in each.spans:
            _count_there(scores[sort], any(b <= begin and end <= e for _, b, e in marks), each.text)
        for sort, begin, end in marks:
            right = any(s == sort and b < end and begin < e for s, b, e in each.spans)
            _count_marked(scores[sort], right, each.text[begin:end] + " | " + each.text)
    return scores


@dataclass(frozen=True, slots=True)
class SignCase:
    """A text, the sorts of signs that are in it, and whether they speak of the past."""

    text: str
    sorts: frozenset[str]
    past: bool

    @property
    def half(self) -> Half:
        """The half that its words put it in."""
        odd = hashlib.sha256(self.text.encode()).digest()[0] % 2
        return Half.HELD_OUT if odd else Half.DEVELOPMENT


def to_look_at(half: Half | None = None) -> list[SignCase]:
    """Return the texts of tests/safeguarding, of one half or all."""
    found = []
    for name in ("english", "welsh"):
        groups = YAML(typ="safe").load((TESTS / "safeguarding" / f"{name}.yaml").read_text("utf-8"))
        for sorts, texts in groups.items():
            named = frozenset(sorts.split()) - {"none", "past"}
            found += [SignCase(text, named, "past" in sorts.split()) for text in texts]
    return [each for each in found if half in {None, each.half}]


def score_signs(cases: Iterable[SignCase]) -> dict[str, Score]:
    """Return how well signs are found: whether there is any, and by sort.

    A sort counts as found when it is among those found. Under “any” a text counts once.
    """
    scores: dict[str, Score] = {"any": Score()}
    for each in cases:
        found = {sign.sort.value for sign in signs_in(each.text)}
        if each.sorts:
            _count_there(scores["any"], bool(found), each.text)
        if found:
            _count_marked(scores["any"], bool(each.sorts), f"{sorted(found)} | {each.text}")
        for sort in each.sorts:
            _count_there(scores.setdefault(sort, Score()), sort in found, each.text)
        for sort in found:
            _count_marked(scores.setdefault(sort, Score()), sort in each.sorts, each.text)
    return scores


def _count_there(score: Score, found: bool, text: str) -> None:
    score.there += 1
    score.found += found
    if not found:
        score.missed.append(text)


def _count_marked(score: Score, right: bool, text: str) -> None:
    score.marked += 1
    score.right += right
    if not right:
        score.wrong.append(text)


def table(scores: dict[str, Score]) -> list[str]:
    """Return the scores as lines: how many there are, recall, precision."""
    lines = [f"{'':14}{'there':>7}{'recall':>9}{'precision':>11}"]
    for sort, score in scores.items():
        lines.append(f"{sort:14}{score.there:7}{score.recall:9.3f}{score.precision:11.3f}")
    return lines


def faults(scores: dict[str, Score]) -> Counter[str]:
    """Return what was missed and what was wrong, to develop by."""
    return Counter(
        [f"MISSED {sort}: {text!r}" for sort, score in scores.items() for text in score.missed]
        + [f"WRONG {sort}: {text!r}" for sort, score in scores.items() for text in score.wrong]
    )


def _read(path: Path) -> Sequence[str]:
    return list(YAML(typ="safe").load(path.read_text("utf-8")))
