"""The “why?” of a date: what started it, the rule, the clock, and the days counted and skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from candour.engine import OpenDuty, Procedure, Standing
from candour.engine.clocks import Proof
from candour.engine.proofs import ProofDay
from candour.web import dates
from candour.web.presenters.addresses import entry_anchor
from candour.web.presenters.naming import entry_name, when_words
from candour.web.presenters.rules import Rule, rules
from candour.web.spoken import said, spoken
from candour.web.spoken import told as _

# A run of plainly counted days longer than a working week is said in one row.
LONG_RUN = 7


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One day, or a run of them: its words, and its number in the count or why it has none."""

    day: str
    count: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is due when it is.

    `because` is the entry that started it, `anchor` where that stands on the page.
    """

    because: str
    anchor: str
    clock: str
    rules: tuple[Rule, ...]
    rows: tuple[ProofRow, ...]
    result: str
    notes: tuple[str, ...]


def why(standing: Standing, owed: OpenDuty) -> Why:
    """Return the explanation of one date."""
    proof = owed.proof(standing.pauses_of(owed.duty.id))
    trigger = standing.entry(owed.trigger)
    return Why(
        because=entry_name(standing, trigger) if trigger else "",
        anchor=entry_anchor(owed.trigger),
        clock=_clock_words(owed),
        rules=rules(standing.procedure, owed.duty.clauses),
        rows=rows(proof.days) if proof else (),
        result=_result(owed),
        notes=tuple(_notes(standing, owed, proof)),
    )


def calendar_name(name: str) -> str:
    """Return a calendar in words."""
    known = {
        "england": _("working days of England"),
        "wales": _("working days of Wales"),
        "uk-any": _("days that are working days everywhere in the UK"),
    }
    return known.get(name) or _("the calendar of %(name)s") % {"name": name}


def _clock_words(owed: OpenDuty) -> str:
    clock = owed.clock
    words = clock.words(spoken())
    if clock.unit.value == "working day" or clock.on_holiday == "roll":
        return f"{words} ({calendar_name(owed.duty.calendar.name)})"
    return words


def _result(owed: OpenDuty) -> str:
    if owed.due.moment is not None:
        return _("So it is due by %(when)s") % {"when": dates.moment(owed.due.moment)}
    if owed.due.on is not None:
        return _("So it is due on %(when)s") % {"when": dates.long_day(owed.due.on)}
    return _("Nobody can say when it is due while the pause lasts")


def _notes(standing: Standing, owed: OpenDuty, proof: Proof | None) -> list[str]:
    notes = []
    if owed.because and not owed.fixed_by:
        notes.append(said(owed.because))
    if owed.fixed_by:
        notes.append(_fixed(standing, owed))
    elif _started_apart(standing, owed):
        notes.append(_("It counts from %(when)s.") % {"when": when_words(owed.runs_from)})
    if owed.cycle > 1:
        notes.append(_("This is time number %(n)s of one that repeats.") % {"n": owed.cycle})
    if proof is not None:
        notes += [_pause_words(pause.begins, pause.ends) for pause in proof.pauses]
    if owed.duty.if_missed:
        notes.append(_("If it is missed: %(what)s") % {"what": said(owed.duty.if_missed)})
    notes += _done_with(standing.procedure, owed)
    notes += _extension(standing.procedure, owed)
    return notes


def _done_with(procedure: Procedure, owed: OpenDuty) -> list[str]:
    """Return which form or letter of the procedure a duty is done with, and where it stands."""
    document = procedure.documents.get(owed.duty.document)
    if document is None:
        return []
    name = f"{said(document.title)} ({document.at})" if document.at else said(document.title)
    return [_("It is done with: %(document)s.") % {"document": name}]


def _started_apart(standing: Standing, owed: OpenDuty) -> bool:
    held = next((entry for entry in standing.chronicle if entry.id == owed.trigger), None)
    return held is not None and held.happened_at != owed.runs_from


def _fixed(standing: Standing, owed: OpenDuty) -> str:
    by = standing.entry(owed.fixed_by)
    if by is None or by.id == owed.trigger:
        return _("The date was given when it was recorded, so no clock counts it.")
    reason = by.data.get("reason") or _("no reason was written down")
    return _("The date was moved on %(day)s: %(reason)s") % {
        "day": dates.day(by.happened_at),
        "reason": reason,
    }


def _pause_words(begins: datetime, ends: datetime | None) -> str:
    if ends is None:
        return _("The clock has stood still since %(begins)s.") % {"begins": dates.moment(begins)}
    return _("The clock stood still from %(begins)s to %(ends)s.") % {
        "begins": dates.moment(begins),
        "ends": dates.moment(ends),
    }


def _extension(procedure: Procedure, owed: OpenDuty) -> list[str]:
    extension = owed.duty.extension
    if extension is None:
        return [_("It may not be extended.")]
    if not extension.endorsed_by:
        return [_("It may be extended, with a written reason.")]
    by = _(" or ").join(
        said(procedure.roles[role].title)
        for role in extension.endorsed_by
        if role in procedure.roles
    )
    return [_("It may be extended with a reason endorsed by: %(by)s.") % {"by": by}]


def rows(days: Sequence[ProofDay]) -> tuple[ProofRow, ...]:
    """Return the days of a proof, a long run of plainly counted days in one row."""
    made: list[ProofRow] = []
    run: list[ProofDay] = []
    for met in days:
        if run and not (_plain(met) and _plain(run[-1])):
            made += _row_or_rows(run)
            run = []
        run.append(met)
    return (*made, *_row_or_rows(run))


def _plain(met: ProofDay) -> bool:
    return met.counted and not met.reason


def _row_or_rows(run: Sequence[ProofDay]) -> list[ProofRow]:
    if len(run) <= LONG_RUN:
        return [_row(met) for met in run]
    first, last = run[0], run[-1]
    return [
        ProofRow(
            _("%(first)s to %(last)s")
            % {"first": dates.day(first.day), "last": dates.day(last.day)},
            _("%(first)s to %(last)s") % {"first": first.number, "last": last.number},
            counted=True,
        )
    ]


def _row(met: ProofDay) -> ProofRow:
    reason = (met.reason_cy if spoken() == "cy" else met.reason) or ""
    if met.counted:
        count = f"{met.number} ({reason})" if reason else str(met.number)
        return ProofRow(dates.day(met.day), count, counted=True)
    skipped = _("not counted: %(reason)s") % {"reason": reason}
    return ProofRow(dates.day(met.day), skipped, counted=False)
