"""A pack may rate on any grid: its own words for the axes, cells that are no products, scores."""

from pathlib import Path

from candour.policies import Severity, lint_pack
from tests.policies.example import TEXT, written

PLACES = range(1, 6)
BANDS = {"low": 3, "moderate": 6, "high": 12, "extreme": 25}
# Likelihood by consequence: products, but a rare catastrophe counts as extreme all the same.
SCORES = {(c, x): c * x for c in PLACES for x in PLACES} | {(5, 1): 16}
AXES = """
    - name: impact
      type: choice
      required: true
      options_list: consequence
      en: Consequence
      cy: Canlyniad
    - name: engagement
      type: choice
      required: true
      options_list: likelihood
      en: Likelihood
      cy: Tebygolrwydd
"""


def _options(name: str, letter: str) -> str:
    listed = ", ".join(f"{{id: {letter}{n}, en: Place {n}, cy: Lle {n}}}" for n in PLACES)
    return f"  {name}: [{listed}]\n"


def _band(score: int) -> str:
    return next(band for band, most in BANDS.items() if score <= most)


def _grid(part: str) -> str:
    values = {cell: n if part == "scores" else f"[{_band(n)}]" for cell, n in SCORES.items()}
    rows = (f"C{c}: {{{', '.join(f'L{x}: {values[c, x]}' for x in PLACES)}}}" for c in PLACES)
    return f"  {part}:\n" + "".join(f"    {row}\n" for row in rows)


def _five_by_five() -> str:
    """Return the example pack with a grid of likelihood by consequence."""
    outcomes = ", ".join(f"{{id: {band}, en: {band}, cy: {band}}}" for band in BANDS)
    options = _options("consequence", "C") + _options("likelihood", "L")
    options += f"  rating_outcomes: [{outcomes}]\n"
    text = TEXT.replace("\noptions:\n", f"\noptions:\n{options}")
    text = text.replace("\nfields:\n", f"\nfields:\n  risk_rated:{AXES}  rating_agreed:{AXES}")
    text = text.replace("risk_rated, rating_agreed, ", "")
    matrix = "\nmatrix:\n  note: {en: The national grid, cy: Y grid cenedlaethol}\n"
    matrix += "  rows: consequence\n  columns: likelihood\n"
    matrix += "  stale_after: [{entry: concern_raised}]\n"
    return f"{text}{matrix}{_grid('cells')}{_grid('scores')}"


def test_likelihood_by_consequence(tmp_path: Path) -> None:
    reading = written(tmp_path, _five_by_five())
    assert [str(fault) for fault in reading.faults] == []
    assert [one for one in lint_pack(reading) if one.severity is Severity.ERROR] == []
    assert reading.procedure is not None
    found = reading.procedure.matrix
    assert found is not None
    assert found.cells["C5", "L1"] == ("extreme",), "a cell may be no product"
    assert found.cells["C3", "L2"] == ("moderate",)
    assert found.median([("C1", "L1"), ("C5", "L1"), ("C3", "L4")]) == ("C3", "L4")
    assert found.milder(("C4", "L5"), "extreme", ("C5", "L5")), "scores tell like bands apart"
    labels = {field.name: field.label.en for field in reading.procedure.kinds["risk_rated"].fields}
    assert (labels["impact"], labels["engagement"]) == ("Consequence", "Likelihood")
