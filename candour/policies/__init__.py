"""Reads procedure packs into the model of the engine, lints them, and runs scenarios of them.

load(name_or_path) -> Procedure        for use; raises FaultyPack with every fault
read(path) -> Reading                  a procedure or its faults, each with file, line and column
available() -> list[str]               the packs that are shipped
"""

from candour.policies.faults import Fault, FaultyPack, NoSuchPack, PackError, Place
from candour.policies.packs import Reading, available, find, load, read

__all__ = [
    "Fault",
    "FaultyPack",
    "NoSuchPack",
    "PackError",
    "Place",
    "Reading",
    "available",
    "find",
    "load",
    "read",
]
