"""Puts a new body’s pack in its place, checked before anything is written."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from candour.policies.faults import FaultyPack
from candour.policies.folders import packs_in_reach
from candour.policies.linting import Finding, Severity, lint_pack
from candour.policies.packs import load, read
from candour.policies.scenarios import Failure, run
from candour.policies.scenarios.beside import scenarios_beside
from candour.policies.starting.body import NewBody, Unfit
from candour.policies.starting.page import page


@dataclass(frozen=True, slots=True)
class Laid:
    """A pack that was written: its folder, with how many scenarios it was tried, what was found."""

    folder: Path
    tried: int
    failures: tuple[Failure, ...]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether it does all that its base promises and lints without an error."""
        errors = [one for one in self.findings if one.severity is Severity.ERROR]
        return not self.failures and not errors


def lay(body: NewBody, into: Path) -> Laid:
    """Write the pack of a new body into a folder of its own under `into`.

    It is read and tried with the base’s scenarios first. Nothing that is there is overwritten, and
    where the pack cannot be used nothing is written.

    Raises:
        Unfit: there is a pack of that name already, or the base is none.
        FaultyPack: what was given makes no sound pack; with every fault.
        NoSuchPack: there is no such base.
        OSError: the folder cannot be written.
    """
    base = load(body.based_on)
    if not base.is_base:
        msg = f"“{body.based_on}” is a procedure of its own and no base."
        raise Unfit(msg)
    there = packs_in_reach().get(body.id)
    folder = into / body.id
    if there is not None or folder.exists():
        msg = f"There is “{body.id}” already, at {there or folder}. Nothing was written: take "
        raise Unfit(f"{msg}another id, or another folder.")
    text = page(body, base)
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".new-") as held:
        draft = Path(held) / body.id
        draft.mkdir()
        (draft / "procedure.yaml").write_text(text, "utf-8")
        reading = read(draft)
        if reading.procedure is None:
            raise FaultyPack(body.id, reading.faults)
        scenarios = scenarios_beside(draft, reading.procedure)
        failures = [failure for scenario in scenarios for failure in run(scenario)]
        draft.rename(folder)
    return Laid(folder, len(scenarios), tuple(failures), tuple(lint_pack(reading, among=())))
