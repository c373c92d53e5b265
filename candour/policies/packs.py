"""Packs by name or place: what there is, reading with every fault, loading for use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from candour.engine.errors import nearest
from candour.engine.procedure import Procedure
from candour.policies.bases import Whole, whole_of
from candour.policies.building import build
from candour.policies.building.procedures import register
from candour.policies.faults import Fault, FaultyPack, NoSuchPack, PackError, Place
from candour.policies.folders import SHIPPED, is_pack, own_folders, packs_in_reach
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.folder import LONGEST_NAME, VERSIONS, read_pack, there_is
from candour.policies.reading.gather import gather, ids_in
from candour.policies.reading.grammar import PACK
from candour.policies.reading.nodes import Mapped

__all__ = [
    "SHIPPED",
    "Reading",
    "available",
    "find",
    "load",
    "read",
    "sharing",
    "usable",
]


@dataclass(frozen=True)
class Reading:
    """What reading a pack came to: a procedure, or the faults that stand in its way.

    `places` says where each part stands, by its path of names: ("moves", "to_ppm").
    `shares` is the pack whose register of clauses it uses; empty where it has its own.
    """

    path: Path
    procedure: Procedure | None
    faults: tuple[Fault, ...]
    places: Mapping[Trail, Place]
    shares: str


def available() -> list[str]:
    """Return the names of the packs that are shipped or the site's own, in order."""
    return sorted(packs_in_reach())


def usable(name: str) -> bool:
    """Say whether the pack of this name is there and has no faults."""
    try:
        load(name)
    except PackError:
        return False
    return True


def find(name_or_path: str | Path) -> Path:
    """Return where the pack of this name, or at this place, is.

    Raises:
        NoSuchPack: there is none; the message names the nearest.
    """
    there = packs_in_reach()
    if str(name_or_path) in there:
        return there[str(name_or_path)]
    path = Path(name_or_path)
    if there_is(path):
        return path
    names = sorted(there)
    near = nearest(str(name_or_path), names) or f" There are: {', '.join(names)}."
    msg = (
        f"There is no procedure “{str(name_or_path)[:LONGEST_NAME]}”, by name or as a folder.{near}"
    )
    raise NoSuchPack(msg)


def load(name_or_path: str | Path) -> Procedure:
    """Return a procedure for use. One that there is by name is read once and kept.

    Raises:
        NoSuchPack: there is none of that name or at that place.
        FaultyPack: it cannot be used; its message holds every fault.
    """
    folder = _by_name(str(name_or_path), own_folders())
    return _kept(folder) if folder is not None else _sound(read(find(name_or_path)))


@cache
def _by_name(name: str, _: tuple[Path, ...]) -> Path | None:
    """Return the folder of a pack by name, looking for it once: cases ask often."""
    return packs_in_reach().get(name)


@cache
def _kept(folder: Path) -> Procedure:
    return _sound(read(folder))


def _sound(reading: Reading) -> Procedure:
    if reading.procedure is None:
        raise FaultyPack(reading.path, reading.faults)
    return reading.procedure


def read(path: str | Path) -> Reading:
    """Return what the pack at `path` (a folder, or one file) comes to, with all its faults."""
    path = Path(path)
    faults: list[Fault] = []
    places: dict[Trail, Place] = {}
    root = read_pack(path, faults)
    whole = whole_of(path, root, faults) if root is not None else None
    procedure = _checked(path, whole, faults, places) if whole is not None else None
    found = tuple(sorted(set(faults)))
    return Reading(path, procedure, found, places, whole.shares if whole is not None else "")


def sharing(reading: Reading, among: Iterable[Reading] | None = None) -> list[Reading]:
    """Return the packs (of `among`, or in the folders beside) that use a pack's register."""
    own = reading.path.resolve()
    if among is None:
        folders = own.parent.iterdir() if own.is_dir() else ()
        among = [read(folder) for folder in sorted(folders) if folder != own and is_pack(folder)]
    return [one for one in among if one.shares == own.name]


def _checked(
    path: Path, whole: Whole, faults: list[Fault], places: dict[Trail, Place]
) -> Procedure | None:
    root, clauses = whole.root, whole.clauses
    ids = ids_in(clauses) if clauses else None
    PACK.check(root, (), Checking(gather(root, ids), faults, places))
    _check_folder(path, root, faults)
    if faults or clauses is None:
        return None
    return replace(build(root.plain(), register(clauses.plain())), basis=whole.basis)


def _check_folder(path: Path, root: Mapped, faults: list[Fault]) -> None:
    if not path.is_dir():
        return
    folder = path.resolve()
    if folder.parent.name == VERSIONS:
        _check_named(root, "version", "is version", folder.name, faults)
        folder = folder.parent.parent
    _check_named(root, "procedure", "calls itself", folder.name, faults)


def _check_named(root: Mapped, part: str, says: str, folder: str, faults: list[Fault]) -> None:
    said = root.items.get(part)
    if said is not None and said.plain() != folder:
        message = f"The pack {says} “{said.plain()}” but its folder is “{folder}”. Make them one."
        faults.append(Fault(said.place, message))
