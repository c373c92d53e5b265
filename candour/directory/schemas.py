"""The two schemas of ratings: what is asked, and which answers there are.

Care Inspectorate Wales gives no overall rating, the Care Quality Commission does; neither's words
stand for the other's, so nothing here compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

OVERALL: Final = "overall"


@dataclass(frozen=True, slots=True)
class RatingSchema:
    """How one regulator rates.

    Attributes:
        name: what the schema is called in tables and mappings.
        regulator: who gives such ratings.
        questions: what is rated: English words by name, in the order in which they are shown.
        ratings: the answers: English words by name, from best to worst.
        no_rating: the name of the answer that is no rating, or nothing.
    """

    name: str
    regulator: str
    questions: Mapping[str, str]
    ratings: Mapping[str, str]
    no_rating: str = ""

    @property
    def has_overall(self) -> bool:
        """Whether one rating stands for the whole service."""
        return OVERALL in self.questions


CQC: Final = RatingSchema(
    name="cqc",
    regulator="Care Quality Commission",
    questions={
        OVERALL: "Overall",
        "safe": "Safe",
        "effective": "Effective",
        "caring": "Caring",
        "responsive": "Responsive",
        "well_led": "Well-led",
    },
    ratings={
        "outstanding": "Outstanding",
        "good": "Good",
        "requires_improvement": "Requires improvement",
        "inadequate": "Inadequate",
        "not_rated": "Inspected but not rated",
    },
    no_rating="not_rated",
)

CIW: Final = RatingSchema(
    name="ciw",
    regulator="Care Inspectorate Wales",
    questions={
        "well_being": "Well-being",
        "care_and_support": "Care and support",
        "leadership_and_management": "Leadership and management",
        "environment": "Environment",
    },
    ratings={
        "excellent": "Excellent",
        "good": "Good",
        "requires_improvement": "Requires improvement",
        "requires_significant_improvement": "Requires significant improvement",
    },
)

SCHEMAS: Final[Mapping[str, RatingSchema]] = {CQC.name: CQC, CIW.name: CIW}
