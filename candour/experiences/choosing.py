"""Which mapping a file is read by when nobody says: the one that fits, or one that is guessed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.bodies.models import Body
from candour.experiences.actions.importing import LONDON, OpenFile
from candour.experiences.intake.errors import FileRefusedError
from candour.experiences.intake.glimpse import LOOKED_AT, Glimpse, glimpse
from candour.experiences.intake.mapping import Mapping
from candour.experiences.intake.mapping_files import mapping_of_text
from candour.experiences.intake.records import HEAD
from candour.experiences.intake.settled import as_guessed, mapping_text
from candour.experiences.intake.sources import ready
from candour.experiences.own_mappings import fitting, mapping_called

GUESSED: Final = "guessed"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A mapping, and what to tell a person of why it is this one."""

    mapping: Mapping
    said: tuple[str, ...]


def choose_mapping(file: OpenFile, body: Body, as_of: datetime) -> Chosen:
    """Return the mapping that knows most of a file's columns, or one guessed from its first rows.

    Raises:
        FileRefusedError: the file cannot be read, or nothing in it looks like people's words.
    """
    with ready(file.handle, file.sheet, lambda _: None, most=HEAD + LOOKED_AT) as source:
        found = glimpse(source, as_of.astimezone(LONDON).date())
    fit = fitting([column.name for column in found.columns], body)
    if fit and fit[0].name != "generic":
        name = fit[0].name
        return Chosen(mapping_called(name, body), (f"The mapping {name} fits the file.",))
    if "answer" not in found.guesses:
        raise FileRefusedError(
            "No column looks like people's own words. Say with a mapping which one holds them."
        )
    source_name = file.name.rpartition(".")[0] or file.name
    text = mapping_text(as_guessed(found, source_name), file.name)
    return Chosen(mapping_of_text(text, GUESSED), tuple(_said(found)))


def _said(found: Glimpse) -> list[str]:
    said = ["No mapping fits, so the columns are guessed:"]
    pairs = zip(found.columns, found.guesses, strict=True)
    said += [f"  {column.name}: {guess or 'left out'}" for column, guess in pairs]
    return said
