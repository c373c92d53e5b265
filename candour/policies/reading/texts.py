"""Texts for people: always in English and in Welsh."""

from dataclasses import dataclass

from candour.policies.reading.checking import Checking, Schema, Trail
from candour.policies.reading.groups import Group, Part
from candour.policies.reading.nodes import Mapped, Node, Scalar
from candour.policies.reading.shapes import Text, define

BEGINS = "begins"  # the end of a trail: where a text itself begins, below the name of its part
LANGUAGES = {"en": "English", "cy": "Welsh"}


@dataclass(frozen=True)
class BothLanguages:
    """A text given as {en: …, cy: …}."""

    def check(self, node: Node, trail: Trail, checking: Checking) -> None:
        """See `Shape`."""
        if isinstance(node, Scalar) and isinstance(node.value, str):
            checking.wrong(node, trail, "must be in both languages: {en: …, cy: …}.")
            return
        if isinstance(node, Mapped):
            for code, language in LANGUAGES.items():
                said = node.items.get(code)
                if said is None:
                    checking.wrong(node, trail, f"has no {language}. Add “{code}: …”.")
                elif isinstance(said, Scalar):
                    checking.places[(*trail, code, BEGINS)] = said.begins or said.place
        _TEXTS.check(node, trail, checking)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {**_TEXTS.schema(), "required": list(LANGUAGES)}


_TEXTS = Group("a text", tuple(Part(code, Text(), name) for code, name in LANGUAGES.items()))
BOTH_LANGUAGES = define("words", BothLanguages())
BOTH_PARTS = tuple(
    Part(code, Text(), f"What people read, in {name}.", required=True)
    for code, name in LANGUAGES.items()
)
