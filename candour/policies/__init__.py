"""Reads procedure packs into the model of the engine, lints them, and runs scenarios of them.

load(name_or_path) -> Procedure        for use; raises FaultyPack with every fault
read(path) -> Reading                  a procedure or its faults, each with file, line and column
load_version(name, version) -> Procedure   one that is pinned; earlier ones lie in `versions`
versions_of(name) -> list[str]         the versions that there are, the present one first
available() -> list[str]               the packs that there are by name: shipped, or a site's own
lint(procedure) -> list[Finding]       rules that can never work, clauses that nothing carries
"""

from candour.policies.faults import Fault, FaultyPack, NoSuchPack, PackError, Place
from candour.policies.linting import Finding, Severity, lint, lint_pack
from candour.policies.packs import Reading, available, find, load, read, usable
from candour.policies.versions import in_reach, load_version, versions_of

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
    "in_reach",
    "lint",
    "lint_pack",
    "load",
    "load_version",
    "read",
    "usable",
    "versions_of",
]
