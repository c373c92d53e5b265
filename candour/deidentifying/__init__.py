"""Finds and takes out what would tell who a text is about: pure, no Django, no clock.

`clean` takes a text in and gives back the text that may travel, with a mark at each place where
words were taken out. It decides nothing for good: a person confirms or restores each mark
(`candour.experiences.marking`).
"""

from candour.deidentifying.cleaning import clean
from candour.deidentifying.marks import Cleaned, Mark, Sort, standing_in

__all__ = ["Cleaned", "Mark", "Sort", "clean", "standing_in"]
