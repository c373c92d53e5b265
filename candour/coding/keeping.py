"""A learned machine as bytes and its card as JSON, and both back again.

The bytes are numpy's own format without pickled objects: numbers and plain text, so that nothing in
them is ever run, whoever wrote them.
"""

import hashlib
from dataclasses import asdict
from io import BytesIO
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from candour.coding.learning import Learned, vectorizers
from candour.coding.scores import curves_in, scores_in


class TamperedMachineError(ValueError):
    """The bytes of a machine are not those that were kept."""


def to_bytes(learned: Learned) -> bytes:
    """Return the machine as bytes, some megabytes of them."""
    made = BytesIO()
    np.savez_compressed(
        made,
        words=learned.words.get_feature_names_out().astype(str),
        words_weight=learned.words.idf_,
        pieces=learned.pieces.get_feature_names_out().astype(str),
        pieces_weight=learned.pieces.idf_,
        weights=learned.weights,
        offsets=learned.offsets,
        feeling_weights=learned.feeling_weights,
        feeling_offsets=learned.feeling_offsets,
    )
    return made.getvalue()


def card_of(learned: Learned) -> dict[str, Any]:
    """Return what is told of a machine, and what reading it needs besides its bytes."""
    return {
        "themes": list(learned.themes),
        "curves": {theme: asdict(curve) for theme, curve in learned.curves.items()},
        "scores": [asdict(each) for each in learned.scores],
        "feelings": list(learned.feelings),
        "feeling_scores": [asdict(each) for each in learned.feeling_scores],
        "examples": learned.examples,
    }


def from_bytes(machine: bytes, sha256: str, card: dict[str, Any]) -> Learned:
    """Return the machine that was kept.

    Raises:
        TamperedMachineError: the bytes are others than those that were kept.
    """
    if hashlib.sha256(machine).hexdigest() != sha256:
        raise TamperedMachineError("What was learned is not as it was kept. Learn anew.")
    with np.load(BytesIO(machine), allow_pickle=False) as parts:
        words, pieces = vectorizers()
        return Learned(
            words=_knowing(words, parts["words"], parts["words_weight"]),
            pieces=_knowing(pieces, parts["pieces"], parts["pieces_weight"]),
            themes=tuple(card["themes"]),
            weights=parts["weights"],
            offsets=parts["offsets"],
            curves=curves_in(card),
            scores=scores_in(card),
            feelings=tuple(card["feelings"]),
            feeling_weights=parts["feeling_weights"],
            feeling_offsets=parts["feeling_offsets"],
            feeling_scores=scores_in(card, "feeling_scores"),
            examples=card["examples"],
        )


def _knowing(
    vectorizer: TfidfVectorizer, names: np.ndarray[Any, Any], weight: np.ndarray[Any, Any]
) -> TfidfVectorizer:
    """Return a vectorizer that knows these words, as if it had learned them."""
    vectorizer.set_params(vocabulary={str(name): place for place, name in enumerate(names)})
    vectorizer.idf_ = weight
    return vectorizer
