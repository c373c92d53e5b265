"""Learning to code from how people coded: words in, themes out, and how far to trust each.

One straight line through the words for each theme (a linear support vector machine over words,
pairs of words and pieces of words). Every theme is scored on experiences that the learning never
saw, and a theme with too few examples is not learned at all. Pure: no database, no clock; the same
examples give the same model.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.svm import LinearSVC

from candour.coding.measuring import curve_of, scores_of
from candour.coding.scores import Curve, ThemeScores

FEWEST: Final = 12  # examples with a theme, and as many without, before it is learned
LEAST_EXAMPLES: Final = 50  # coded experiences before anything is
HELD_OUT: Final = 0.2
FOLDS: Final = 5
SEED: Final = 20130401
MOST_WORDS, MOST_PIECES = 20_000, 20_000  # features: a few megabytes of weights
ASKED: Final = "q_"  # begins the word that stands for the question
STRONGEST: Final = 4  # words that explain a suggestion

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """An experience as people coded it; `question` is what it answers, where that is known."""

    words: str
    question: str = ""
    themes: frozenset[str] = frozenset()
    sentiment: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that fits: how sure (right so often among 100 held-out ones as sure), and why."""

    theme: str
    percent: int
    because: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Learned:
    """What was learned.

    Attributes:
        words: turns words into numbers.
        pieces: turns pieces of words into numbers.
        themes: the themes learned, in the order of the rows of `weights`.
        weights: of each theme, how much every word and piece says for it.
        offsets: where each theme's line lies.
        curves: theme -> how often it was right, by how sure it was.
        scores: every theme that examples have, learned or not, as scored on held-out examples.
        feelings: the same lines for sentiment 1 to 5; none where too few were given.
        examples: how many it was learned from.
    """

    words: TfidfVectorizer
    pieces: TfidfVectorizer
    themes: tuple[str, ...]
    weights: Floats
    offsets: Floats
    curves: Mapping[str, Curve]
    scores: tuple[ThemeScores, ...]
    feelings: tuple[int, ...]
    feeling_weights: Floats
    feeling_offsets: Floats
    feeling_scores: tuple[ThemeScores, ...]
    examples: int


class TooFewExamplesError(ValueError):
    """There is too little coding to learn from."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"{number} coded experiences are too few to learn from: at least {LEAST_EXAMPLES} are "
            f"needed, and {FEWEST} of a theme. Code some more, and try again."
        )


def learn(examples: Sequence[Example]) -> Learned:
    """Return what these examples teach. Some ten seconds for 4,000 examples of 40 themes.

    Scores come from a fifth of the examples that is held out; then all of them are learned.

    Raises:
        TooFewExamplesError: fewer than `LEAST_EXAMPLES`, or no theme with `FEWEST`.
    """
    if len(examples) < LEAST_EXAMPLES:
        raise TooFewExamplesError(len(examples))
    truth = {theme: _with_theme(examples, theme) for theme in _themes(examples)}
    enough = tuple(theme for theme, given in truth.items() if _enough(given))
    if not enough:
        raise TooFewExamplesError(len(examples))
    words, pieces = vectorizers()
    columns = _columns(words, pieces, examples, fit=True)
    held = _held_out(examples, {theme: truth[theme] for theme in enough})
    lines = [_line(columns, truth[theme]) for theme in enough]
    feelings = _feelings(examples)
    sentiments = [_line(columns, given) for given in feelings.values()]
    return Learned(
        words=words,
        pieces=pieces,
        themes=enough,
        weights=_stacked([line.weights for line in lines], columns.shape[1]),
        offsets=np.array([line.offset for line in lines], dtype=np.float32),
        curves={
            theme: curve_of(truth[theme], line.seen, line.best)
            for theme, line in zip(enough, lines, strict=True)
        },
        scores=tuple(
            held.get(theme) or ThemeScores(theme, int(given.sum()))
            for theme, given in truth.items()
        ),
        feelings=tuple(feelings),
        feeling_weights=_stacked([line.weights for line in sentiments], columns.shape[1]),
        feeling_offsets=np.array([line.offset for line in sentiments], dtype=np.float32),
        feeling_scores=_feeling_scores(examples, feelings),
        examples=len(examples),
    )


def suggest(learned: Learned, texts: Sequence[Example]) -> list[tuple[Suggestion, ...]]:
    """Return what fits each text, the surest first; nothing where nothing is likely to."""
    if not texts:
        return []
    columns = _columns(learned.words, learned.pieces, texts, fit=False)
    found = np.asarray(columns @ learned.weights.T) + learned.offsets
    names = learned.words.get_feature_names_out()
    return [
        tuple(_fitting(learned, columns[row], scores, names)) for row, scores in enumerate(found)
    ]


def suggest_sentiment(learned: Learned, texts: Sequence[Example]) -> list[int | None]:
    """Return the likeliest sentiment (1 to 5) of each text, or None where none was learned."""
    if not learned.feelings or not texts:
        return [None] * len(texts)
    columns = _columns(learned.words, learned.pieces, texts, fit=False)
    found = np.asarray(columns @ learned.feeling_weights.T) + learned.feeling_offsets
    return [learned.feelings[best] for best in found.argmax(axis=1)]


def _fitting(
    learned: Learned,
    row: Any,  # noqa: ANN401 - a sparse row
    scores: Floats,
    names: Sequence[str],
) -> Iterator[Suggestion]:
    for place in np.argsort(-scores):
        theme, score = learned.themes[place], float(scores[place])
        curve = learned.curves[theme]
        if score >= curve.best:
            because = _because(row, learned.weights[place], names)
            yield Suggestion(theme, curve.percent_at(score), because, score)


def _because(
    row: Any,  # noqa: ANN401 - a sparse row
    weights: Floats,
    names: Sequence[str],
) -> tuple[str, ...]:
    """Return the words that say most for a theme; pieces of words explain nothing to people."""
    said = [
        (value * weights[column], names[column])
        for column, value in zip(row.indices, row.data, strict=True)
        if column < len(names) and weights[column] > 0 and ASKED not in names[column]
    ]
    chosen: list[str] = []
    for _, name in sorted(said, reverse=True):
        if not any(name in other or other in name for other in chosen):
            chosen.append(str(name))
    return tuple(chosen[:STRONGEST])


# -- lines -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """One theme's line: its weights, where it lies, how sure it was of each example unseen."""

    weights: Floats
    offset: float
    seen: Floats
    best: float


def _line(columns: Any, given: NDArray[np.bool_]) -> _Line:  # noqa: ANN401 - a sparse matrix
    seen = _unseen_scores(columns, given)
    fitted = _machine().fit(columns, given)
    weights = fitted.coef_[0].astype(np.float32)
    return _Line(weights, float(fitted.intercept_[0]), seen, _best(given, seen))


def _unseen_scores(columns: Any, given: NDArray[np.bool_]) -> Floats:  # noqa: ANN401 - a sparse matrix
    """Return how sure the line is of each example when it was learned from the others."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    found = cross_val_predict(_machine(), columns, given, cv=folds, method="decision_function")
    return np.asarray(found, dtype=np.float32)


def _best(given: NDArray[np.bool_], seen: Floats) -> float:
    """Return from where on to say yes: where precision and recall together are best."""
    precision, recall, thresholds = precision_recall_curve(given, seen)
    together = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return float(thresholds[int(np.argmax(together[:-1]))])


def _held_out(
    examples: Sequence[Example], truth: Mapping[str, NDArray[np.bool_]]
) -> dict[str, ThemeScores]:
    """Return the scores of each theme on a fifth of the examples, learned from the rest."""
    learning, tested = _split(len(examples))
    words, pieces = vectorizers()
    columns = _columns(words, pieces, [examples[n] for n in learning], fit=True)
    unseen = _columns(words, pieces, [examples[n] for n in tested], fit=False)
    found = {}
    for theme, given in truth.items():
        ours, theirs = given[learning], given[tested]
        if min(ours.sum(), (~ours).sum()) < FOLDS:
            continue
        best = _best(ours, _unseen_scores(columns, ours))
        said = _machine().fit(columns, ours).decision_function(unseen) >= best
        found[theme] = scores_of(theme, int(given.sum()), theirs, said)
    return found


def _feeling_scores(
    examples: Sequence[Example], feelings: Mapping[int, NDArray[np.bool_]]
) -> tuple[ThemeScores, ...]:
    """Return how well each sentiment is told on the held-out fifth, among those that have one."""
    if not feelings:
        return ()
    rated = [n for n, example in enumerate(examples) if example.sentiment is not None]
    learning, tested = (np.array(rated)[part] for part in _split(len(rated)))
    words, pieces = vectorizers()
    columns = _columns(words, pieces, [examples[n] for n in learning], fit=True)
    unseen = _columns(words, pieces, [examples[n] for n in tested], fit=False)
    sure = np.column_stack(
        [
            _machine().fit(columns, given[learning]).decision_function(unseen)
            for given in feelings.values()
        ]
    )
    said = np.array(tuple(feelings))[sure.argmax(axis=1)]
    return tuple(
        scores_of(str(feeling), int(given.sum()), given[tested], said == feeling)
        for feeling, given in feelings.items()
    )


def _split(number: int) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    learning, tested = train_test_split(np.arange(number), test_size=HELD_OUT, random_state=SEED)
    return learning, tested


def _machine() -> LinearSVC:
    return LinearSVC(C=0.3, class_weight="balanced", random_state=SEED)


# -- words -----------------------------------------------------------------------------------------


def vectorizers() -> tuple[TfidfVectorizer, TfidfVectorizer]:
    """Return what turns words, and pieces of words, into numbers; neither has read anything yet."""
    common = {"sublinear_tf": True, "strip_accents": "unicode", "dtype": np.float32}
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=MOST_WORDS, **common)
    pieces = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), min_df=3, max_features=MOST_PIECES, **common
    )
    return words, pieces


def _columns(
    words: TfidfVectorizer, pieces: TfidfVectorizer, examples: Sequence[Example], *, fit: bool
) -> Any:  # noqa: ANN401 - a sparse matrix
    """Return the numbers of each example: words first, then pieces of words."""
    texts = [_text(example) for example in examples]
    plain = [example.words for example in examples]
    made = (
        (words.fit_transform(texts), pieces.fit_transform(plain))
        if fit
        else (words.transform(texts), pieces.transform(plain))
    )
    return csr_matrix(hstack(made))


def _text(example: Example) -> str:
    """Return the words with the question as one word more: what is asked tells what is meant."""
    asked = "".join(part if part.isalnum() else "_" for part in example.question.lower())
    return f"{example.words} {ASKED}{asked}" if asked else example.words


# -- what was given --------------------------------------------------------------------------------


def _themes(examples: Sequence[Example]) -> list[str]:
    return sorted({theme for example in examples for theme in example.themes})


def _with_theme(examples: Sequence[Example], theme: str) -> NDArray[np.bool_]:
    return np.array([theme in example.themes for example in examples])


def _feelings(examples: Sequence[Example]) -> dict[int, NDArray[np.bool_]]:
    """Return which examples have each sentiment, where at least two have enough examples."""
    found = {
        feeling: np.array([example.sentiment == feeling for example in examples])
        for feeling in range(1, 6)
    }
    enough = {feeling: given for feeling, given in found.items() if _enough(given)}
    return enough if len(enough) > 1 else {}


def _enough(given: NDArray[np.bool_]) -> bool:
    return bool(min(given.sum(), (~given).sum()) >= FEWEST)


def _stacked(rows: Sequence[Floats], width: int) -> Floats:
    return np.vstack(rows) if rows else np.zeros((0, width), dtype=np.float32)
