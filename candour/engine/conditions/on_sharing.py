"""Conditions on what is proposed to be shared: need to know, and whose decision it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from candour.engine.conditions.base import Situation, Timeless
from candour.engine.entries import Entry
from candour.engine.fields import as_values
from candour.engine.london import local
from candour.engine.patterns import Pattern, Recordable
from candour.engine.words import Words

if TYPE_CHECKING:
    from candour.engine.standing import Standing

EVERYBODY = "case"  # the audience of an entry that is for everybody who may see the case
WITHHELD, ALLOWED = "information_withheld", "sharing_allowed"


def latest_decision(
    standing: "Standing", entry_id: str, recipient: str, at: datetime
) -> Entry | None:
    """Return the last decision up to `at` on whether this recipient may have this entry, if any."""
    found = [
        entry
        for kind in (WITHHELD, ALLOWED)
        for entry in standing.by_kind.get(kind, ())
        if entry_id in entry.refers_to
        and recipient in as_values(entry.data.get("recipients"))
        and entry.happened_at <= at
    ]
    return max(found, key=lambda entry: entry.happened_at, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenToRecipients(Timeless):
    """Every entry that the draft refers to stands, and is open to each recipient it names."""

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`; a reason for each entry and recipient, with the decision's own."""
        found = (
            why
            for ref in _referred(situation.draft)
            for why in _closed(situation.standing, ref, situation)
        )
        return tuple(found)


def _closed(standing: "Standing", ref: str, situation: Situation) -> Iterator[Words]:
    shared = next((entry for entry in standing.chronicle if entry.id == ref), None)
    if shared is None:
        yield Words(
            "What is to be shared was withdrawn: it was entered in error.",
            "Tynnwyd yn ôl yr hyn sydd i’w rannu: fe’i cofnodwyd drwy gamgymeriad.",
        )
        return
    for recipient in _recipients(situation.draft):
        decided = latest_decision(standing, ref, recipient, _when(situation))
        if decided is not None and decided.kind == WITHHELD:
            yield _withheld(standing, recipient, decided)
        elif decided is None and shared.audience not in (EVERYBODY, recipient):
            yield _for_others(standing, recipient)


def _withheld(standing: "Standing", recipient: str, decided: Entry) -> Words:
    to, reason = _named(standing, recipient), str(decided.data["reason"]).strip().rstrip(".")
    day = f"{local(decided.happened_at):%d.%m.%Y}"
    return Words(
        f"This is closed to {to.en} by a decision of {day}: {reason}.",
        f"Mae hwn ar gau i {to.text('cy')} yn ôl penderfyniad {day}: {reason}.",
    )


def _for_others(standing: "Standing", recipient: str) -> Words:
    to = _named(standing, recipient)
    return Words(
        f"This is for another audience, and no decision opens it to {to.en}.",
        f"Mae hwn i gynulleidfa arall, ac nid oes penderfyniad sy’n ei agor i {to.text('cy')}.",
    )


def _named(standing: "Standing", recipient: str) -> Words:
    fields = standing.procedure.kind("information_shared").fields
    options = next(known.options for known in fields if known.name == "recipients")
    return next((option.label for option in options if option.id == recipient), Words(recipient))


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedFirst(Timeless):
    """What fits the patterns is shared with `recipient` only once one of `roles` allowed it."""

    patterns: tuple[Pattern, ...]
    recipient: str
    roles: tuple[str, ...]

    @property
    def about_draft(self) -> bool:
        """It is about nothing else."""
        return True

    def unmet(self, situation: Situation) -> tuple[Words, ...]:
        """See `Condition`."""
        standing, held = situation.standing, True
        if self.recipient in _recipients(situation.draft):
            referred = set(_referred(situation.draft))
            guarded = (
                entry
                for entry in standing.chronicle
                if entry.id in referred and any(p.matches(entry) for p in self.patterns)
            )
            held = all(self._allowed(standing, entry, _when(situation)) for entry in guarded)
        return self.answer(holds=held, otherwise=f"{self.recipient} may not have this yet.")

    def _allowed(self, standing: "Standing", entry: Entry, at: datetime) -> bool:
        decided = latest_decision(standing, entry.id, self.recipient, at)
        return decided is not None and decided.kind == ALLOWED and decided.role in self.roles


def _when(situation: Situation) -> datetime:
    """Return when it is shared: what was decided after that does not count."""
    when: datetime = getattr(situation.draft, "happened_at", situation.moment)
    return when


def _referred(draft: Recordable | None) -> Iterable[str]:
    return getattr(draft, "refers_to", ())


def _recipients(draft: Recordable | None) -> Iterable[str]:
    return as_values(draft.data.get("recipients")) if draft is not None else ()
