"""What is read out before a meeting: a part of the paper that the procedure opens meetings with."""

from typing import Final

from candour.documents.content import Content
from candour.documents.markdown import read_markdown
from candour.engine import Procedure
from candour.engine.words import Language
from candour.web.spoken import spoken

_PAPER: Final = "disclaimer"  # what the ids of such papers begin with
_MERGED: Final = ("{{", "{%")


def disclaimer(procedure: Procedure) -> Content | None:
    """Return the first section of a procedure's paper for the opening; None where it has none.

    A section that waits for facts of the case is none to read out as it stands.
    """
    found = (t for name, t in procedure.templates.items() if name.startswith(_PAPER))
    paper = next(found, None)
    if paper is None:
        return None
    language: Language = "cy" if spoken() == "cy" else "en"
    text = paper.text.text(language)
    _before, heading, rest = text.partition("\n## ")
    section = heading.lstrip() + rest.split("\n## ", 1)[0]
    if not heading or any(mark in section for mark in _MERGED):
        return None
    return read_markdown(section, language=language, title="")
