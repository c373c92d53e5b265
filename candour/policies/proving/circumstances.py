"""Every way to take a part out of the circumstances on which a duty’s clock hangs."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from candour.engine.matters import Circumstance
from candour.engine.procedure import Duty


def without_alternatives(duty: Duty) -> Iterator[tuple[str, Duty]]:
    """Yield the duty without each alternative clock, and without each part of its circumstances."""
    for number, other in enumerate(duty.alternatives):
        before, after = duty.alternatives[:number], duty.alternatives[number + 1 :]
        name = f"alternative {number + 1}"
        yield name, replace(duty, alternatives=(*before, *after))
        if other.counted_from != "itself":
            nearer = replace(other, counted_from="itself")
            yield f"{name}, counted from", replace(duty, alternatives=(*before, nearer, *after))
        for part, when in _looser(other.when):
            looser = replace(other, when=when)
            yield f"{name}, {part}", replace(duty, alternatives=(*before, looser, *after))


def _looser(when: tuple[Circumstance, ...]) -> Iterator[tuple[str, tuple[Circumstance, ...]]]:
    """Yield circumstances without each thing that is put into a count, or left out of it."""
    for number, each in enumerate(when):
        rest = (*when[:number], *when[number + 1 :])
        for part in ("several", "not_counting", "itself"):
            listed = getattr(each, part)
            for place in range(len(listed)):
                less: dict[str, Any] = {part: (*listed[:place], *listed[place + 1 :])}
                yield f"{part} {place + 1}", (*rest, replace(each, **less))
        if each.differing_in:
            yield "differing_in", (*rest, replace(each, differing_in=""))
