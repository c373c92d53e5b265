"""Something to press, on any page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something to press: its words and where it leads."""

    words: str
    address: str
