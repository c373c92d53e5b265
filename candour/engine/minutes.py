"""Minutes as they stand: the versions of each copy that went out, and whether one was approved.

A copy is corrected by sending a new version, which refers to the one that it replaces. The next
meeting approves the latest; a version sent after that waits to be approved again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from candour.engine.entries import Draft, Entry
from candour.engine.standing import Standing
from candour.engine.words import Words

CIRCULATED: Final = "minutes_circulated"
APPROVED: Final = "minutes_approved"
_HELD: Final = "meeting_held"
FULL: Final = "minutes"  # decisions and summaries go out soon after, and nobody approves those
CORRECTS: Final = "corrects"

Fault = tuple[Words, str]  # why not, and the field that it is about


@dataclass(frozen=True, slots=True)
class Minutes:
    """One copy of the full minutes of a meeting.

    Attributes:
        held: the record of the meeting.
        copy: whose copy it is; empty where that was not said.
        versions: as they were circulated, the first first.
        approval: what approved the latest of them; None while nothing did.
    """

    held: Entry
    copy: str
    versions: tuple[Entry, ...]
    approval: Entry | None

    @property
    def latest(self) -> Entry:
        """The version that holds."""
        return self.versions[-1]


def minutes_of(standing: Standing, held: Entry) -> tuple[Minutes, ...]:
    """Return each copy of the full minutes of a meeting that went out, in order of going out."""
    return tuple(copy for copy in every_minutes(standing) if copy.held.id == held.id)


def every_minutes(standing: Standing) -> Iterator[Minutes]:
    """Yield each copy of full minutes in a case, by when its first version went out."""
    copies: dict[tuple[str, str], list[Entry]] = {}
    of: dict[str, Entry] = {}
    for sent in standing.by_kind.get(CIRCULATED, ()):
        held = _meeting_of(standing, sent, of)
        if held is not None and sent.data["part"] == FULL:
            of[sent.id] = held
            copies.setdefault((held.id, str(sent.data.get("copy") or "")), []).append(sent)
    for (_, whose), versions in copies.items():
        held = of[versions[0].id]
        yield Minutes(held, whose, tuple(versions), _approval(standing, versions[-1]))


def to_approve(standing: Standing, moment: datetime) -> Iterator[Minutes]:
    """Yield the minutes of meetings held before `moment` that no meeting has approved yet."""
    for copy in every_minutes(standing):
        if copy.approval is None and copy.held.happened_at < moment:
            yield copy


def minutes_faults(standing: Standing, draft: Draft) -> Iterator[Fault]:
    """Yield why minutes may not be approved, or replaced by a new version, as a draft says."""
    of_version = {sent.id: copy for copy in every_minutes(standing) for sent in copy.versions}
    replaced = [of_version[ref] for ref in draft.refers_to if ref in of_version]
    if draft.kind == CIRCULATED:
        if any(not _same_copy(draft, copy) for copy in replaced):
            yield _ANOTHER_COPY, "copy"
    elif not replaced:
        yield _NOT_FULL, "refers_to"
    elif any(copy.latest.id not in draft.refers_to for copy in replaced):
        yield _REPLACED, "refers_to"
    elif any(copy.approval is not None for copy in replaced):
        yield _APPROVED_ALREADY, "refers_to"


def _meeting_of(standing: Standing, sent: Entry, of: dict[str, Entry]) -> Entry | None:
    """Return the record of the meeting that minutes are of.

    By what they refer to, or by the version that they replace; on paper that refers to nothing,
    the last meeting before they went out.
    """
    held = {entry.id: entry for entry in standing.by_kind.get(_HELD, ())}
    known = held | of
    named = [known[ref] for ref in sent.refers_to if ref in known]
    earlier = [entry for entry in held.values() if entry.happened_at <= sent.happened_at]
    return next(iter(named), None) or (earlier[-1] if earlier else None)


def _approval(standing: Standing, version: Entry) -> Entry | None:
    found = standing.by_kind.get(APPROVED, ())
    return next((entry for entry in found if version.id in entry.refers_to), None)


def _same_copy(draft: Draft, copy: Minutes) -> bool:
    return draft.data["part"] == FULL and str(draft.data.get("copy") or "") == copy.copy


_ANOTHER_COPY: Final = Words(
    "A corrected version is of the same copy as the one that it replaces.",
    "Mae fersiwn wedi’i chywiro o’r un copi â’r un y mae’n ei disodli.",
)
_NOT_FULL: Final = Words(
    "Say which minutes are approved: the full minutes that were circulated.",
    "Dywedwch pa gofnodion a gymeradwyir: y cofnodion llawn a ddosbarthwyd.",
)
_REPLACED: Final = Words(
    "A later version of these minutes went out. Approve that one.",
    "Anfonwyd fersiwn ddiweddarach o’r cofnodion hyn. Cymeradwywch honno.",
)
_APPROVED_ALREADY: Final = Words(
    "These minutes are approved already. What is still wrong in them goes into a new version.",
    "Mae’r cofnodion hyn wedi’u cymeradwyo eisoes. Mae’r hyn sy’n dal yn anghywir yn mynd i "
    "fersiwn newydd.",
)
