"""Versions of a procedure side by side: the present one, and earlier ones kept beside it.

The present version is the pack itself. An earlier one lies in its folder `versions`, in a folder
named by the version, whole: cases that began under it go on under it until somebody moves them.
"""

from functools import cache
from pathlib import Path
from typing import Final

from candour.engine.procedure import Procedure
from candour.policies.faults import FaultyPack, NoSuchPack, PackError
from candour.policies.folders import SHIPPED, is_pack, own_folders, packs_in_reach
from candour.policies.packs import available, load, read
from candour.policies.reading.folder import VERSIONS, is_folder, read_part

__all__ = ["VERSIONS", "in_reach", "load_version", "named", "versions_of"]

UNKNOWN: Final = "There is no version {version} of the procedure “{name}” here. There are: {has}."


def versions_of(name: str) -> list[str]:
    """Return the versions of a procedure that there are, the present one first.

    Raises:
        NoSuchPack: there is none of that name.
        FaultyPack: the present one cannot be used.
    """
    return list(dict.fromkeys([load(name).version, *sorted(_kept(name), reverse=True)]))


def load_version(name: str, version: str) -> Procedure:
    """Return a procedure in exactly this version.

    Raises:
        NoSuchPack: there is none of that name, or not in that version.
        FaultyPack: it cannot be used; its message holds every fault.
    """
    present = load(name)
    if present.version == version:
        return present
    folder = _kept(name).get(version)
    if folder is None:
        has = ", ".join(versions_of(name))
        raise NoSuchPack(UNKNOWN.format(version=version, name=name, has=has))
    return _read(folder)


def in_reach() -> list[tuple[str, str]]:
    """Return name and version of all that can be used, those that are faulty left out."""
    found = []
    for name in available():
        try:
            found += [(name, version) for version in versions_of(name)]
        except PackError:
            continue
    return found


def named() -> list[tuple[str, str]]:
    """Return name and version of all that there are, sound or not: no pack is read for it whole."""
    return list(_named(own_folders()))


@cache
def _named(_: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    for name, folder in packs_in_reach().items():
        said = read_part(folder, "version", [])
        found += [(name, str(said.plain()))] if said is not None else []
        found += [(name, version) for version in _kept(name)]
    return tuple(found)


def _kept(name: str) -> dict[str, Path]:
    """Return version -> folder of the earlier versions; one that is shipped goes first."""
    found: dict[str, Path] = {}
    for place in (SHIPPED, *own_folders()):
        folder = place / name / VERSIONS
        for pack in sorted(folder.iterdir()) if name and is_folder(folder) else ():
            # What an earlier version borrows from lies beside it, and is no version of it.
            if is_pack(pack) and pack.name not in available():
                found.setdefault(pack.name, pack)
    return found


@cache
def _read(folder: Path) -> Procedure:
    reading = read(folder)
    if reading.procedure is None:
        raise FaultyPack(reading.path, reading.faults)
    return reading.procedure
