"""Begins a pack for a new body: what has to be known of it, and the page of YAML made of that."""

from candour.policies.starting.body import Line, NewBody, Unfit, line_from
from candour.policies.starting.laying import Laid, lay
from candour.policies.starting.page import page

__all__ = ["Laid", "Line", "NewBody", "Unfit", "lay", "line_from", "page"]
