"""Names out of a procedure, as sentences give them: agencies in a row, in both languages."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from candour.engine.words import Words

if TYPE_CHECKING:
    from candour.engine.procedure import Procedure

AGENCIES = "agencies"  # the list of options from which members of meetings are chosen


def agency_titles(procedure: "Procedure", agencies: Iterable[str]) -> Words:
    """Return the agencies’ names in a row; an id without a name stands for itself."""
    known = {option.id: option.label for option in procedure.options.get(AGENCIES, ())}
    titles = [known.get(agency, Words(agency)) for agency in agencies]
    return Words(", ".join(t.en for t in titles), ", ".join(t.text("cy") for t in titles))
