"""Verbs on experiences: taking a file in, taking experiences out of use, counting anew."""

from candour.experiences.actions.counting import count_anew
from candour.experiences.actions.importing import (
    OpenFile,
    Progress,
    Stage,
    import_experiences,
    import_open_file,
)
from candour.experiences.actions.taking_out import put_back, take_out

__all__ = [
    "OpenFile",
    "Progress",
    "Stage",
    "count_anew",
    "import_experiences",
    "import_open_file",
    "put_back",
    "take_out",
]
