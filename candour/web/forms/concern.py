"""The form that turns what people told us into a concern: which of it, what it is, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from candour.experiences.models import Experience
from candour.web.forms.controls import Typed, first
from candour.web.forms.reading import words as tidied

EXISTING = "existing"  # not a new case, but one that is open
LONGEST = 1500  # letters; the words go on in an address, and the case has room for more


@dataclass(frozen=True, slots=True)
class Concern:
    """What was typed, right or wrong, and what is wrong with it under the names of the fields.

    Attributes:
        kept: the numbers of the experiences that stay selected.
        words: what the concern is.
        way: the procedure to open a case under, or `EXISTING`.
    """

    kept: frozenset[int]
    words: str = ""
    way: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, chosen: Sequence[Experience], words: str = "") -> Self:
        """Return the form as it is opened, with all that is selected and what was said before."""
        return cls(frozenset(each.pk for each in chosen), words)

    @classmethod
    def sent(cls, typed: Typed, chosen: Sequence[Experience], ways: Sequence[str]) -> Self:
        """Return what was sent; only what was selected can be kept, only what is offered done."""
        ticked = set(typed.get("experience", ()))
        kept = frozenset(each.pk for each in chosen if str(each.pk) in ticked)
        words, way = tidied(first(typed, "concern")), first(typed, "way")
        faults = {}
        if not kept:
            faults["experience"] = _("Keep at least one experience")
        if fault := wording_fault(words, _("Say in your own words what the concern is")):
            faults["concern"] = fault
        if way not in ways:
            faults["way"] = _("Choose what should happen with it")
        return cls(kept, words, way, faults)


def wording_fault(words: str, missing: str) -> str:
    """Return what is wrong with some words, or nothing."""
    if not words.strip():
        return missing
    if len(words) > LONGEST:
        return _("Use %(longest)s letters or fewer: there are %(length)s") % {
            "longest": LONGEST,
            "length": len(words),
        }
    return ""
