"""What a pack may leave out of its base."""

from typing import Final

from candour.policies.reading.groups import Group, Part
from candour.policies.reading.inheriting import NAMED
from candour.policies.reading.lists import FILE, NAME
from candour.policies.reading.shapes import ListOf, Named, Register

WITHOUT: Final = Group(
    "what a pack leaves out",
    (
        *(
            Part(part, ListOf(NAME), f"The base’s {part} that this pack goes without.")
            for part in NAMED
        ),
        Part(
            "fields",
            Register(Named("kind of entry"), ListOf(NAME)),
            "The base’s own fields that this pack goes without, under each kind of entry.",
        ),
        Part("hides", ListOf(Named("kind of entry")), "Kinds that the base hides and this uses."),
        Part("scenarios", ListOf(FILE), "The base’s scenarios that do not hold here, by file."),
    ),
)
