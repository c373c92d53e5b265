"""Finds what in somebody's words may be a sign that a person is not safe: pure, no Django.

It decides nothing. It says which words are signs, so that an experience comes on top of a person's
list at once; the person says whether it is a concern.
"""

from candour.safeguarding.signs import GRAVITY, Sign, Sort, signs_in

__all__ = ["GRAVITY", "Sign", "Sort", "signs_in"]
