"""Proof that scenarios hold a procedure to its clauses: each part is missed when it is gone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from candour.engine.errors import EngineError
from candour.engine.procedure import Procedure
from candour.policies.proving.taking_away import Without, takings
from candour.policies.scenarios import Scenario, failures

Done = Callable[[int, int], None]  # how many parts were tried, of how many

# Parts in which a rule acts; the others ask for a fact or name a document.
RULES: Final = frozenset({"gate", "move", "duty", "extension", "auto", "contact", "meeting"})


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of taking one part out.

    Attributes:
        carrier: the part, such as “gate ppm_chair”.
        part: what of it was taken; empty for the whole.
        by: clause -> names of the scenarios that cite it and fail without the part.
    """

    carrier: str
    part: str
    by: Mapping[str, tuple[str, ...]]

    @property
    def what(self) -> str:
        """What was taken, in one line."""
        return f"{self.carrier}: {self.part}" if self.part else self.carrier


def proofs(
    procedure: Procedure, scenarios: Sequence[Scenario], done: Done | None = None
) -> Iterator[Proof]:
    """Yield what each part of a procedure is proved by, in the order of the parts.

    A part without a clause has nothing to be proved and is passed over.
    """
    parts = [without for without in takings(procedure) if without.clauses]
    for number, without in enumerate(parts, start=1):
        yield Proof(without.carrier, without.part, _by(without, scenarios))
        if done is not None:
            done(number, len(parts))


def _by(without: Without, scenarios: Iterable[Scenario]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for scenario in scenarios:
        cited = [clause for clause in without.clauses if clause in scenario.clauses]
        if cited and misses(scenario, without.procedure):
            for clause in cited:
                found.setdefault(clause, []).append(scenario.path.stem)
    return {clause: tuple(names) for clause, names in found.items()}


def misses(scenario: Scenario, left: Procedure) -> bool:
    """Say whether a scenario comes out otherwise under what is left of its procedure."""
    try:
        return any(True for _ in failures(replace(scenario, procedure=left)))
    except (EngineError, KeyError):  # a part that others lean on is gone
        return True
