"""The scenarios that lie beside a pack, in its folder “scenarios”."""

from pathlib import Path
from typing import Final

from candour.policies.reading.folder import is_folder, pack_files
from candour.policies.scenarios.reading import Scenario, read_scenario

FOLDER: Final = "scenarios"


def scenario_files(pack: Path) -> list[Path]:
    """Return the scenario files of the pack at `pack`, in order of name; a pack may have none."""
    folder = pack / FOLDER
    return pack_files(folder) if is_folder(folder) else []


def scenarios_beside(pack: Path) -> tuple[Scenario, ...]:
    """Return the scenarios of the pack at `pack`.

    Raises:
        FaultyPack: one of them cannot be read; with every fault.
    """
    return tuple(read_scenario(path) for path in scenario_files(pack))
