"""The scenarios that prove a pack: those in its folder “scenarios”, and those of its bases."""

from pathlib import Path

from candour.engine.procedure import Procedure
from candour.policies.bases import bases_under
from candour.policies.folders import scenario_files
from candour.policies.packs import load
from candour.policies.scenarios.reading import Scenario, read_scenario


def proving_files(pack: Path, excused: frozenset[str] = frozenset()) -> list[Path]:
    """Return the scenario files that prove the pack at `pack`, its own first.

    Those of its bases are among them, but not the `excused`, nor one in whose place the pack has
    one of the same name.
    """
    files = {file.stem: file for file in scenario_files(pack)}
    for base in bases_under(pack):
        for file in scenario_files(base):
            if file.stem not in excused:
                files.setdefault(file.stem, file)
    return list(files.values())


def scenarios_beside(pack: Path, procedure: Procedure | None = None) -> tuple[Scenario, ...]:
    """Return the scenarios that prove the pack at `pack`, which is read unless `procedure` is it.

    Raises:
        FaultyPack: the pack or one of them cannot be read; with every fault.
    """
    under = procedure or load(pack)
    excused = under.basis.excused if under.basis else frozenset()
    return tuple(read_scenario(path, under) for path in proving_files(pack, excused))
