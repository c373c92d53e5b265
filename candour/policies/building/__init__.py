"""From a checked pack to the engine's model. Nothing here can fail on a pack without faults."""

from candour.policies.building.procedures import build

__all__ = ["build"]
