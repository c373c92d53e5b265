"""What the scenarios of a pack prove, kept in a file beside it, with a seal of what was proved."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from candour.policies.bases import bases_under
from candour.policies.folders import scenario_files
from candour.policies.packs import find, load
from candour.policies.proving.proofs import Done, Proof, proofs
from candour.policies.reading.folder import pack_files
from candour.policies.scenarios.beside import scenarios_beside

FILE: Final = "proved.json"

Proved = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class ProvedPack:
    """What is proved of one pack.

    Attributes:
        seal: SHA-256 over the files of the pack and its scenarios, in hexadecimal.
        proved: clause -> carrier (“gate ppm_chair”) -> the scenarios that miss it.
        unproved: the parts that carry a clause and that no scenario misses.
        titles: the title of each scenario that proves anything, by its name.
    """

    seal: str
    proved: Proved
    unproved: tuple[str, ...]
    titles: Mapping[str, str]


def prove(name_or_path: str | Path, done: Done | None = None) -> ProvedPack:
    """Return what the scenarios beside a pack prove of it, found by taking each part out in turn.

    Takes seconds for a small pack and a minute for a large one; `done` hears how far it is.

    Raises:
        PackError: the pack or one of its scenarios cannot be used.
    """
    path, procedure = find(name_or_path), load(name_or_path)
    scenarios = scenarios_beside(path, procedure)
    titles = {scenario.path.stem: scenario.title for scenario in scenarios}
    return _gathered(seal_of(path), proofs(procedure, scenarios, done), titles)


def _gathered(seal: str, found: Iterable[Proof], titles: Mapping[str, str]) -> ProvedPack:
    proved: dict[str, dict[str, set[str]]] = {}
    unproved = []
    for proof in found:
        if not proof.by:
            unproved.append(proof.what)
        for clause, scenarios in proof.by.items():
            proved.setdefault(clause, {}).setdefault(proof.carrier, set()).update(scenarios)
    proving = {name for parts in proved.values() for names in parts.values() for name in names}
    return ProvedPack(
        seal,
        {
            clause: {carrier: tuple(sorted(names)) for carrier, names in sorted(parts.items())}
            for clause, parts in sorted(proved.items())
        },
        tuple(unproved),
        {name: title for name, title in titles.items() if name in proving},
    )


def seal_of(path: Path) -> str:
    """Return the SHA-256 over the names and contents of a pack’s files and its scenarios.

    Those of the bases under it count too.
    """
    digest = hashlib.sha256()
    packs = (path, *bases_under(path))
    for file in (file for one in packs for file in (*pack_files(one), *scenario_files(one))):
        digest.update(file.name.encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def kept(path: Path) -> ProvedPack | None:
    """Return what was proved of the pack at `path` and kept beside it.

    None where nothing was kept, or the pack or a scenario has changed since.
    """
    try:
        found: dict[str, Any] = json.loads((path / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if found.get("seal") != seal_of(path):
        return None
    proved = {
        clause: {carrier: tuple(names) for carrier, names in parts.items()}
        for clause, parts in found["proved"].items()
    }
    return ProvedPack(found["seal"], proved, tuple(found["unproved"]), found["titles"])


def keep(path: Path, pack: ProvedPack) -> None:
    """Keep what was proved of the pack at `path` beside it."""
    written = {
        "seal": pack.seal,
        "titles": pack.titles,
        "proved": pack.proved,
        "unproved": pack.unproved,
    }
    text = json.dumps(written, ensure_ascii=False, indent=1) + "\n"
    (path / FILE).write_text(text, "utf-8")
