"""Where packs lie: those that are shipped, and the folders in which a site keeps its own."""

import os
from functools import cache
from pathlib import Path
from typing import Final

from candour.policies.reading.folder import is_folder, pack_files

SHIPPED: Final = Path(__file__).parent.parent / "procedures"
OWN: Final = "CANDOUR_PROCEDURES"


def own_folders() -> tuple[Path, ...]:
    """Return the folders of the site's own packs.

    ``CANDOUR_PROCEDURES`` names them, as PATH names its folders; without it, it is ``procedures``
    in the site's own folder: ``CANDOUR_HOME``, or ``var`` beside the package.
    """
    return _named(os.environ.get(OWN, "").strip(), os.environ.get("CANDOUR_HOME", "").strip())


@cache
def _named(listed: str, home: str) -> tuple[Path, ...]:
    """Return the folders that these settings name; cases ask for their procedure often."""
    if listed:
        named = [part.strip() for part in listed.split(os.pathsep)]
        return tuple(Path(part).expanduser().absolute() for part in named if part)
    site = Path(home).expanduser().absolute() if home else SHIPPED.parent.parent / "var"
    return (site / "procedures",)


def packs_in_reach() -> dict[str, Path]:
    """Return name -> folder of every pack that there is by name; one that is shipped goes first."""
    found: dict[str, Path] = {}
    for folder in (SHIPPED, *own_folders()):
        for pack in sorted(folder.iterdir()) if is_folder(folder) else ():
            if is_pack(pack):
                found.setdefault(pack.name, pack)
    return found


def is_pack(folder: Path) -> bool:
    """Say whether a folder holds a pack."""
    return folder.is_dir() and bool(pack_files(folder))


def beside(path: Path, name: str) -> Path | None:
    """Return the pack of this name in the folder next to `path`, or else by name; None if none."""
    here = (path if path.is_dir() else path.parent).resolve().parent / name
    if is_folder(here):
        return here
    return packs_in_reach().get(name)


def scenario_files(pack: Path) -> list[Path]:
    """Return the scenario files of the pack at `pack`, in order of name; a pack may have none."""
    folder = pack / "scenarios"
    return pack_files(folder) if is_folder(folder) else []
