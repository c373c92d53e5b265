"""Checks seals in a log: what was shown is what was sealed. Needs the entries and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from candour.engine.sealing import shows

# Cheap to look for in an entry's bytes, so that logs without ratings cost nothing more to check.
MARKS = (b'"kind":"rating_sealed"', b'"kind":"ratings_opened"', b'"kind":"risk_rated"')


@dataclass
class Seals:
    """The seals of one case's log, as its entries are read in order."""

    _sealed: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    _opened: dict[str, int] = field(default_factory=dict)
    _shown: set[str] = field(default_factory=set)

    def take(self, seq: int, payload: bytes) -> Iterator[tuple[int, str]]:
        """Yield what is wrong with an entry as a part of rating under seal."""
        if not any(mark in payload for mark in MARKS):
            return
        try:
            entry = json.loads(payload)
        except ValueError:
            return  # its hash is wrong too, and that is said already
        kind, refers = entry["kind"], entry["refers_to"]
        if kind == "rating_sealed":
            self._sealed[entry["id"]] = (seq, entry)
        elif kind == "ratings_opened":
            self._opened.update(dict.fromkeys(refers, seq))
        elif kind == "risk_rated":
            yield from self._rated(seq, entry)

    def _rated(self, seq: int, entry: dict[str, Any]) -> Iterator[tuple[int, str]]:
        for ref in entry["refers_to"]:
            if ref not in self._sealed:
                continue
            at, sealed = self._sealed[ref]
            self._shown.add(ref)
            if not shows(ref, sealed["author"], sealed["data"]["commitment"], entry["data"]):
                yield seq, f"it is not the rating that was sealed in entry {at}."
            if not any(of in self._opened for of in sealed["refers_to"]):
                yield seq, f"it shows what was sealed in entry {at}, and nobody opened that."

    def missing(self) -> Iterator[tuple[int, str]]:
        """Yield seals of an opened round that are not shown while others of it are."""
        last: dict[tuple[str, str], str] = {}
        for entry_id, (_, sealed) in self._sealed.items():
            for of in sealed["refers_to"]:
                last[of, sealed["data"]["agency"]] = entry_id
        begun = {of for (of, _), entry_id in last.items() if entry_id in self._shown}
        what = "what was sealed here is not shown with the others."
        for (of, _), entry_id in last.items():
            if of in begun and entry_id not in self._shown:
                yield self._sealed[entry_id][0], what
