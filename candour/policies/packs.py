"""Packs by name or place: what there is, reading with every fault, loading for use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from candour.engine.errors import nearest
from candour.engine.procedure import Procedure
from candour.policies.building import build
from candour.policies.building.procedures import register
from candour.policies.faults import Fault, FaultyPack, NoSuchPack, Place
from candour.policies.reading.checking import Checking, Trail
from candour.policies.reading.folder import (
    LONGEST_NAME,
    is_folder,
    pack_files,
    read_pack,
    read_part,
    there_is,
)
from candour.policies.reading.gather import clause_ids, gather
from candour.policies.reading.grammar import CLAUSE, PACK
from candour.policies.reading.lists import Distinct
from candour.policies.reading.nodes import Mapped, Node, Scalar

SHIPPED: Final = Path(__file__).parent.parent / "procedures"


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
    """Return the names of the packs that are shipped, in order."""
    if not SHIPPED.is_dir():
        return []
    return sorted(folder.name for folder in SHIPPED.iterdir() if _is_pack(folder))


def _is_pack(folder: Path) -> bool:
    return folder.is_dir() and bool(pack_files(folder))


def find(name_or_path: str | Path) -> Path:
    """Return where the pack of this name, or at this place, is.

    Raises:
        NoSuchPack: there is none; the message names the nearest.
    """
    shipped = SHIPPED / str(name_or_path)
    if str(name_or_path) in available():
        return shipped
    path = Path(name_or_path)
    if there_is(path):
        return path
    names = available()
    near = nearest(str(name_or_path), names) or f" There are: {', '.join(names)}."
    msg = (
        f"There is no procedure “{str(name_or_path)[:LONGEST_NAME]}”, by name or as a folder.{near}"
    )
    raise NoSuchPack(msg)


def load(name_or_path: str | Path) -> Procedure:
    """Return a procedure for use. One that is shipped is read once and kept.

    Raises:
        NoSuchPack: there is none of that name or at that place.
        FaultyPack: it cannot be used; its message holds every fault.
    """
    name = str(name_or_path)
    return _shipped(name) if _is_shipped(name) else _sound(read(find(name_or_path)))


@cache
def _is_shipped(name: str) -> bool:
    """Say whether a pack of this name is shipped, looking in the folder once: cases ask often."""
    return name in available()


@cache
def _shipped(name: str) -> Procedure:
    return _sound(read(SHIPPED / name))


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
    procedure = None
    shared_from = ""
    if root is not None:
        shared_from, clauses = _register(path, root, faults)
        procedure = _checked(path, root, clauses, faults, places)
    found = tuple(sorted(set(faults)))
    return Reading(path, procedure, found, places, shared_from)


def sharing(reading: Reading, among: Iterable[Reading] | None = None) -> list[Reading]:
    """Return the packs (of `among`, or in the folders beside) that use a pack's register."""
    own = reading.path.resolve()
    if among is None:
        folders = own.parent.iterdir() if own.is_dir() else ()
        among = [read(folder) for folder in sorted(folders) if folder != own and _is_pack(folder)]
    return [one for one in among if one.shares == own.name]


def _checked(
    path: Path,
    root: Mapped,
    clauses: Node | None,
    faults: list[Fault],
    places: dict[Trail, Place],
) -> Procedure | None:
    ids = clause_ids(clauses) if clauses else None
    PACK.check(root, (), Checking(gather(root, ids), faults, places))
    _check_folder(path, root, faults)
    if faults or clauses is None:
        return None
    return build(root.plain(), register(clauses.plain()))


def _check_folder(path: Path, root: Mapped, faults: list[Fault]) -> None:
    name = root.items.get("procedure")
    if path.is_dir() and name is not None and name.plain() != path.resolve().name:
        folder = path.resolve().name
        message = (
            f"The pack calls itself “{name.plain()}” but its folder is “{folder}”. Make them one."
        )
        faults.append(Fault(name.place, message))


def _register(path: Path, root: Mapped, faults: list[Fault]) -> tuple[str, Node | None]:
    """Return which pack the clauses come from (empty: this one) and their register, if any."""
    shared = root.items.get("clauses_from")
    if not isinstance(shared, Scalar) or not isinstance(shared.value, str):
        return "", root.items.get("clauses")
    beside = (path if path.is_dir() else path.parent).resolve().parent / shared.value
    source = beside if is_folder(beside) else SHIPPED / shared.value
    lent: list[Fault] = []
    clauses = read_part(source, "clauses", lent) if is_folder(source) else None
    if clauses is not None:
        Distinct(CLAUSE).check(clauses, ("clauses",), Checking(gather(root, None), lent))
    if lent:
        faults.extend(lent)
        clauses = None
    elif clauses is None:
        near = nearest(shared.value, available())
        named = shared.value[:LONGEST_NAME]
        message = f"There is no pack “{named}” with a register of clauses to share.{near}"
        faults.append(Fault(shared.place, message))
    return shared.value, clauses
