"""Proves procedures: whatever carries a clause is missed by a scenario when it is gone."""

from candour.policies.proving.coverage import Covered, State, coverage
from candour.policies.proving.proofs import Proof, misses, proofs
from candour.policies.proving.register import ProvedPack, keep, kept, prove, seal_of
from candour.policies.proving.taking_away import Without, takings

__all__ = [
    "Covered",
    "Proof",
    "ProvedPack",
    "State",
    "Without",
    "coverage",
    "keep",
    "kept",
    "misses",
    "proofs",
    "prove",
    "seal_of",
    "takings",
]
