"""Reads procedure packs into the model of the engine, lints them, and runs scenarios of them.

load(name_or_path) -> Procedure        for use; raises FaultyPack with every fault
read(path) -> Reading                  a procedure or its faults, each with file, line and column
available() -> list[str]               the packs that there are by name: shipped, or a site's own
lint(procedure) -> list[Finding]       rules that can never work, clauses that nothing carries
"""

from candour.policies.faults import Fault, FaultyPack, NoSuchPack, PackError, Place
from candour.policies.linting import Finding, Severity, lint, lint_pack
from candour.policies.packs import Reading, available, find, load, read, usable

__all__ = [
    "Fault",
    "FaultyPack",
    "Finding",
    "NoSuchPack",
    "PackError",
    "Place",
    "Reading",
    "Severity",
    "available",
    "find",
    "lint",
    "lint_pack",
    "load",
    "read",
    "usable",
]
