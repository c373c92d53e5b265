"""Verbs on experiences: taking them in, from a file or from one person, and out; counting."""

from candour.experiences.actions.counting import count_anew
from candour.experiences.actions.importing import (
    OpenFile,
    Progress,
    Stage,
    import_experiences,
    import_open_file,
)
from candour.experiences.actions.taking_out import put_back, take_out
from candour.experiences.actions.telling import Account, tell
from candour.experiences.actions.undoing import NotTurned, redo_import, undo_import, undoing

__all__ = [
    "Account",
    "NotTurned",
    "OpenFile",
    "Progress",
    "Stage",
    "count_anew",
    "import_experiences",
    "import_open_file",
    "put_back",
    "redo_import",
    "take_out",
    "tell",
    "undo_import",
    "undoing",
]
