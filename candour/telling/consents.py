"""What somebody may agree to, each by itself, and the exact words they agreed to.

The words are versioned: what was agreed to is what was read. A change of the words is a new
version; the old ones stay beside the answers that were given to them.
"""

from dataclasses import dataclass
from typing import Final

from candour.engine.words import Words

NATIONAL: Final = "national"
PROVIDER: Final = "provider"
OVERSIGHT: Final = "oversight"
QUOTE: Final = "quote"
CONTACT_PROVIDER: Final = "contact_provider"


@dataclass(frozen=True, slots=True)
class Consent:
    """Something to agree to or not.

    Attributes:
        kind: what it is for.
        number: as it is numbered on the form.
        version: of these words.
        words: what somebody agrees to.
    """

    kind: str
    number: str
    version: int
    words: Words


SHARING: Final[tuple[Consent, ...]] = (
    Consent(
        PROVIDER,
        "8a",
        1,
        Words(
            "You can show my words to the service, without my name.",
            "Cewch ddangos fy ngeiriau i’r gwasanaeth, heb fy enw.",
        ),
    ),
    Consent(
        OVERSIGHT,
        "8b",
        1,
        Words(
            "You can show my words to those who pay for or inspect the service, without my name.",
            "Cewch ddangos fy ngeiriau i’r rhai sy’n talu am y gwasanaeth neu’n ei arolygu, "
            "heb fy enw.",
        ),
    ),
    Consent(
        NATIONAL,
        "8c",
        1,
        Words(
            "You can show my words to the national body for patients, without my name.",
            "Cewch ddangos fy ngeiriau i’r corff cenedlaethol dros gleifion, heb fy enw.",
        ),
    ),
    Consent(
        QUOTE,
        "8d",
        1,
        Words(
            "You can print some of my words in a report, without my name.",
            "Cewch argraffu rhai o’m geiriau mewn adroddiad, heb fy enw.",
        ),
    ),
)
TO_THE_PROVIDER: Final = Consent(
    CONTACT_PROVIDER,
    "10e",
    1,
    Words(
        "You can give my name and how to reach me to the service, so that they can answer me.",
        "Cewch roi fy enw, a sut i gysylltu â mi, i’r gwasanaeth, er mwyn iddynt fy ateb.",
    ),
)
ALL: Final[tuple[Consent, ...]] = (*SHARING, TO_THE_PROVIDER)
