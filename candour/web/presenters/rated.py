"""Ratings that everybody may see: how far apart they lie, and how each stands to the agreed one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from candour.engine import Entry, Standing
from candour.engine.fields import Field
from candour.engine.matrix import Cell, Matrix
from candour.engine.rated import made_at, stale_since, stands_aside
from candour.engine.supporting import supported_by
from candour.engine.vocabulary.ratings import CONFLICT, RATED
from candour.web import dates
from candour.web.presenters.addresses import entry_anchor
from candour.web.presenters.naming import entry_name, value_lines, when_words
from candour.web.presenters.rating_grid import Mark, grid, letters
from candour.web.spoken import said

ROW, COLUMN = "impact", "engagement"


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One agency's rating, once everybody may see it, beside the agreed one."""

    letter: str
    agency: str
    row: str
    column: str
    supports: str
    when: str
    why: str
    stands: str
    conflict: str
    aside: bool
    stale: str
    anchor: str


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """The rating agreed, what it supports, and what has made it stale since, if anything."""

    row: str
    column: str
    outcome: str
    when: str
    why: str
    reason: str
    final: bool
    anchor: str
    stale: str
    moves: tuple[str, ...]


def conflict_words(standing: Standing, agency: str) -> str:
    """Return what was declared of an agency's member, or nothing."""
    found = [
        entry for entry in standing.by_kind.get(CONFLICT, ()) if entry.data.get("agency") == agency
    ]
    if not found:
        return ""
    who, how = found[-1].data["who"], found[-1].data["handled"]
    return _("Conflict of interest declared by %(who)s: %(how)s") % {"who": who, "how": how}


class Compared:
    """The ratings that everybody may see, and how they compare."""

    def __init__(self, standing: Standing, rated: list[Entry], agreed: Entry | None) -> None:
        self.standing = standing
        self.matrix: Matrix | None = standing.procedure.matrix
        self.rated = rated
        first = min((made_at(standing, rating) for rating in rated), default=None)
        fits = agreed is not None and (first is None or made_at(standing, agreed) >= first)
        self.agreed = agreed if fits else None
        kind = standing.procedure.kind(RATED)
        self.fields: dict[str, Field] = {known.name: known for known in kind.fields}
        outcomes = standing.procedure.options.get("rating_outcomes", ())
        self.outcomes = {option.id: said(option.label) for option in outcomes}

    def cell(self, entry: Entry) -> Cell:
        """Return the cell of a rating, or of the agreed one."""
        return str(entry.data.get(ROW)), str(entry.data.get(COLUMN))

    def words(self, name: str, value: object) -> str:
        """Return a side of a rating in the words of the procedure."""
        return value_lines(self.fields[name], value)[0]

    def rows(self) -> Iterator[RatingRow]:
        """Yield a row for each agency, with its letter in the picture."""
        marked = letters([str(rating.data["agency"]) for rating in self.rated])
        for rating in self.rated:
            agency = str(rating.data["agency"])
            stale = stale_since(self.standing, rating)
            yield RatingRow(
                letter=marked[agency],
                agency=agency,
                row=self.words(ROW, rating.data[ROW]),
                column=self.words(COLUMN, rating.data[COLUMN]),
                supports=self.supports(self.cell(rating)),
                when=when_words(made_at(self.standing, rating)[0]),
                why=str(rating.data.get("rationale", "")),
                stands=self.stands(rating),
                conflict=conflict_words(self.standing, agency),
                aside=stands_aside(self.standing, agency),
                stale=entry_name(self.standing, stale) if stale else "",
                anchor=entry_anchor(rating.id),
            )

    def supports(self, cell: Cell) -> str:
        """Return what a cell supports, in words."""
        found = self.matrix.cells.get(cell, ()) if self.matrix else ()
        return _(" or ").join(self.outcomes.get(outcome, outcome) for outcome in found)

    def stands(self, rating: Entry) -> str:
        """Return how a rating stands to the agreed one: dissent is named, agreement too."""
        if self.agreed is None or self.matrix is None:
            return ""
        mine, theirs = self.cell(rating), self.cell(self.agreed)
        if mine == theirs:
            return _("As agreed")
        if mine not in self.matrix.cells or theirs not in self.matrix.cells:
            return ""
        one, other = self.matrix.gravity(mine), self.matrix.gravity(theirs)
        if one == other:
            return _("Elsewhere, and as grave as agreed")
        return _("Graver than agreed") if one > other else _("Milder than agreed")

    def spread(self) -> str:
        """Return how far apart the ratings lie, in a sentence."""
        cells = {self.cell(rating) for rating in self.rated}
        if len(self.rated) < 2 or self.matrix is None:
            return ""
        if len(cells) == 1:
            return ngettext(
                "%(n)s agency rated, and it chose this cell.",
                "All %(n)s agencies chose the same cell.",
                len(self.rated),
            ) % {"n": len(self.rated)}
        known = sorted((c for c in cells if c in self.matrix.cells), key=self.matrix.gravity)
        ends = {
            "n": len(cells),
            "of": len(self.rated),
            "mild": self.supports(known[0]),
            "grave": self.supports(known[-1]),
        }
        return (
            _("%(of)s agencies chose %(n)s different cells, from “%(mild)s” to “%(grave)s”.") % ends
        )

    def median(self) -> str:
        """Return the median of the ratings in words; nothing of none."""
        counted = (r for r in self.rated if not stands_aside(self.standing, r.data["agency"]))
        cell = self.matrix.median(map(self.cell, counted)) if self.matrix else None
        if cell is None:
            return ""
        words = {
            "row": self.words(ROW, cell[0]),
            "column": self.words(COLUMN, cell[1]),
            "supports": self.supports(cell),
        }
        return _("%(row)s; %(column)s (supports: %(supports)s)") % words

    def agreed_line(self) -> AgreedLine | None:
        """Return the agreed rating, with what it supports, or None."""
        entry = self.agreed
        if entry is None:
            return None
        stale = stale_since(self.standing, entry)
        return AgreedLine(
            row=self.words(ROW, entry.data[ROW]),
            column=self.words(COLUMN, entry.data[COLUMN]),
            outcome=self.outcomes.get(entry.data["outcome"], entry.data["outcome"]),
            when=when_words(entry.happened_at),
            why=str(entry.data.get("rationale", "")),
            reason=entry.override,
            final=bool(entry.data.get("final")),
            anchor=entry_anchor(entry.id),
            stale=entry_name(self.standing, stale) if stale else "",
            moves=tuple(said(move.title) for move in supported_by(self.standing, entry)),
        )

    def picture(self) -> Markup:
        """Return the grid with a mark for each agency and the agreed cell framed."""
        if self.matrix is None or not (self.rated or self.agreed):
            return Markup()
        marked = letters([str(rating.data["agency"]) for rating in self.rated])
        marks = [Mark(marked[str(r.data["agency"])], self.cell(r)) for r in self.rated]
        labels = {
            "row": said(self.fields[ROW].label),
            "column": said(self.fields[COLUMN].label),
            **self.outcomes,
        }
        agreed = self.cell(self.agreed) if self.agreed else None
        return grid(self.matrix, marks, agreed, labels, self._says())

    def _says(self) -> str:
        n = len(self.rated)
        shown = ngettext(
            "The grid with the rating of %(n)s agency.",
            "The grid with the ratings of %(n)s agencies.",
            n,
        ) % {"n": n}
        if self.agreed is None:
            return shown
        day = dates.day(self.agreed.happened_at)
        return f"{shown} " + _("The framed cell was agreed on %(day)s.") % {"day": day}
