"""The words that say that a name follows, in both languages with their mutations."""

from typing import Final

from candour.deidentifying.lexicon import context

TITLES: Final = context("titles")
ONLY_WITH_CAPITAL: Final = context("only_with_capital")
ROLES: Final = context("roles")
PERSONS: Final = context("persons") | ROLES
OWNING: Final = context("owning")
RELATIONS: Final = context("relations")
ADDRESSED: Final = context("addressed")
CALLED: Final = context("called")
NAME: Final = context("name")
IS: Final = context("is")
THANKED: Final = context("thanked")
THANKING: Final = context("thanking")
MENTIONED: Final = context("mentioned")
AND: Final = context("and")
SIGNED: Final = context("signed")
SIGNED_THANKING: Final = context("signed_thanking")

THANKS_GAPS: Final = frozenset({" ", ", ", " - ", ": ", "/", " & ", " / ", "! ", " to: "})
LIST_GAPS: Final = frozenset({", ", " & ", "/", " / ", "&", " + ", "; "})
