"""Bars: what no rationale can overcome: the case or the person is not in the place for it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from candour.engine.changing import change_bars
from candour.engine.conditions import Reason
from candour.engine.entries import SYSTEM, Draft
from candour.engine.meetings import ATTENDED, BEGUN, OPENED, open_meeting
from candour.engine.minutes import APPROVED, CIRCULATED, minutes_faults
from candour.engine.procedure import Move
from candour.engine.standing import Standing
from candour.engine.vocabulary import CHANGED, MOVING
from candour.engine.words import Words

SHORTEST_RATIONALE = 10  # characters; a rationale has to say something


def bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield what no rationale can overcome: the wrong moment in a case's life, the wrong role."""
    kind = standing.procedure.kind(draft.kind)
    opening = draft.kind == "case_opened"
    if opening and standing.opened_at is not None:
        yield _bar("This case is open already.", "Mae’r achos hwn eisoes ar agor.")
    if not opening and standing.opened_at is None:
        yield _bar("The case has to be opened first.", "Rhaid agor yr achos yn gyntaf.")
    if standing.closed and not kind.after_closing:
        yield _bar(
            "This case is closed. Reopen it before recording this.",
            "Mae’r achos hwn wedi cau. Rhaid ei ailagor yn gyntaf.",
        )
    if draft.role == SYSTEM and draft.author != SYSTEM:
        yield _bar(
            "Only the system itself acts as the system.",
            "Dim ond y system ei hun sy’n gweithredu fel y system.",
        )
    if draft.role != SYSTEM and draft.role not in standing.procedure.roles:
        yield _bar(
            f"“{draft.role}” is not a role under this procedure.",
            f"Nid yw “{draft.role}” yn rôl o dan y weithdrefn hon.",
        )
    of_its_kind = _BARS_OF_KIND.get(draft.kind)
    if of_its_kind is not None:
        yield from of_its_kind(standing, draft)


def _move_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    move = standing.procedure.moves[draft.data["move"]]
    here = standing.procedure.steps[standing.step]
    if here.id not in move.from_steps:
        yield _bar(
            f"“{move.title.en}” does not lead from {here.title.en}, where this case is.",
            f"Nid yw “{move.title.text('cy')}” yn arwain o {here.title.text('cy')}.",
            move,
        )
    if standing.step_since is not None and draft.happened_at < standing.step_since:
        yield _bar(
            f"This case was not yet at {here.title.en} then: a move cannot come before that.",
            f"Nid oedd yr achos hwn yn {here.title.text('cy')} eto bryd hynny.",
            move,
            field="happened_at",
        )
    elif standing.eras and draft.happened_at < (standing.eras[-1].since or draft.happened_at):
        yield _bar(
            "This case ran on another procedure then: its moves are those of that procedure.",
            "Roedd yr achos hwn o dan weithdrefn arall bryd hynny.",
            move,
            field="happened_at",
        )
    if draft.data["step"] != move.to or draft.kind != moving_kind(standing, move):
        to = standing.procedure.steps[move.to].title
        yield _bar(f"“{move.title.en}” leads to {to.en}.", f"I {to.text('cy')} yr arwain.", move)
    if move.decided_by and draft.role not in (*move.decided_by, SYSTEM):
        roles = [standing.procedure.roles[role].title for role in move.decided_by]
        yield _bar(
            f"Only {' or '.join(r.en for r in roles)} may decide this.",
            f"Dim ond {' neu '.join(r.text('cy') for r in roles)} a gaiff benderfynu hyn.",
            move,
        )
    if move.rationale and len(str(draft.data.get("rationale") or "").strip()) < SHORTEST_RATIONALE:
        yield _bar(
            "This needs a written rationale.",
            "Mae angen rhesymeg ysgrifenedig.",
            move,
            field="rationale",
        )


def _extension_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield why a duty's time may not be extended so (CV-66, CV-67)."""
    duty = standing.procedure.duties[draft.data["duty"]]
    owed = [standing.duties[key] for key in standing.open_keys(duty.id)]
    if duty.extension is None:
        yield _bar(
            f"The procedure does not let “{duty.title.en}” be extended.",
            f"Nid yw’r weithdrefn yn caniatáu ymestyn “{duty.title.text('cy')}”.",
            clauses=duty.clauses,
        )
        return
    endorsers = [standing.procedure.roles[role].title for role in duty.extension.endorsed_by]
    if endorsers and draft.data.get("endorsed_by") not in duty.extension.endorsed_by:
        yield _bar(
            f"An extension of this must be endorsed by {' or '.join(t.en for t in endorsers)}.",
            f"Rhaid i {' neu '.join(t.text('cy') for t in endorsers)} ardystio’r estyniad.",
            clauses=duty.extension.clauses,
            field="endorsed_by",
        )
    new_date = date.fromisoformat(draft.data["new_date"])
    if not any(each.due.on is None or each.due.on < new_date for each in owed):
        yield _bar(
            f"“{duty.title.en}” is not owed by an earlier date than {new_date.isoformat()}.",
            f"Nid oes dyddiad cynharach na {new_date.isoformat()} i “{duty.title.text('cy')}”.",
            clauses=duty.extension.clauses,
            field="new_date",
        )


def _not_in_force_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    if not any(held.imposed_by in draft.refers_to for held in standing.restrictions):
        yield _bar(
            "That restriction is not in force; it may have been lifted already.",
            "Nid yw’r cyfyngiad hwnnw mewn grym; efallai ei fod eisoes wedi’i godi.",
            field="refers_to",
        )


def _resuming_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    duty = draft.data.get("duty") or ""
    if not any(h.pause.ends is None and duty in ("", h.duty) for h in standing.clock_pauses):
        yield _bar("No such clock is paused.", "Nid oes cloc o’r fath wedi’i oedi.", field="duty")


def _responding_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield that it must be said who answers, where more than one recipient is waited for."""
    waiting = {
        standing.duties[key].trigger
        for duty in standing.procedure.duties_met_by.get(draft.kind, ())
        if any(pattern.matches(draft) for pattern in duty.met_by)
        for key in standing.open_keys(duty.id)
    }
    if len(waiting) > 1 and not draft.refers_to:
        yield _bar(
            "More than one recipient has yet to answer. Say which of them this comes from.",
            "Mae mwy nag un derbynnydd heb ateb eto. Dywedwch gan ba un y daw hwn.",
            field="refers_to",
        )


def _judging_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield that it must be said whose answer is judged: it ends the waiting for that one alone."""
    waiting = {
        standing.duties[key].trigger
        for duty in standing.procedure.duties_stopped_by.get(draft.kind, ())
        if any(pattern.matches(draft) for pattern in duty.stops)
        for key in standing.open_keys(duty.id)
    }
    if len(waiting) > 1 and not draft.refers_to:
        yield _bar(
            "More than one recipient has yet to answer. Say whose answer, or silence, you judge.",
            "Mae mwy nag un derbynnydd heb ateb eto. Dywedwch ateb, neu ddistawrwydd, pwy yr "
            "ydych yn ei farnu.",
            field="refers_to",
        )


def _meeting_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield why no meeting can be opened, go on to a part, or be attended so."""
    sitting = open_meeting(standing)
    if draft.kind == OPENED and sitting is not None:
        yield _bar(
            "Another meeting is open. Record that it was held, which finishes it, and then open "
            "this one.",
            "Mae cyfarfod arall ar agor. Cofnodwch ei fod wedi’i gynnal, sy’n ei orffen, ac yna "
            "agorwch hwn.",
        )
    if draft.kind != OPENED and (sitting is None or sitting.began_by.id not in draft.refers_to):
        yield _bar(
            "That meeting is not open: it is over, or was never opened here.",
            "Nid yw’r cyfarfod hwnnw ar agor: mae ar ben, neu nis agorwyd yma.",
            field="refers_to",
        )


def _minutes_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield why minutes are not approved, or replaced by a new version, in this way."""
    for words, field in minutes_faults(standing, draft):
        yield _bar(words.en, words.cy, field=field)


def _hold_bars(standing: Standing, draft: Draft) -> Iterator[Reason]:
    """Yield why a record does not go while a court, an inquiry or a claim holds it (CV-24)."""
    lifted = {ref for e in standing.by_kind.get("hold_lifted", ()) for ref in e.refers_to}
    held = [e for e in standing.by_kind.get("hold_placed", ()) if e.id not in lifted]
    if held and draft.data["outcome"] != "keep":
        who = str(held[-1].data["by_whom"])
        yield _bar(
            f"This record must be kept: a legal hold is in force, asked for by {who}.",
            f"Rhaid cadw’r cofnod hwn: mae cadw cyfreithiol mewn grym, ar gais {who}.",
            field="outcome",
        )


def moving_kind(standing: Standing, move: Move) -> str:
    """Return the kind of entry by which a move is made: moved, closed or reopened."""
    if standing.procedure.steps[move.to].final:
        return "case_closed"
    return "case_reopened" if standing.closed else "step_entered"


def _bar(
    en: str,
    cy: str,
    rule: Move | None = None,
    *,
    clauses: tuple[str, ...] = (),
    field: str = "",
) -> Reason:
    if rule is not None:
        return Reason(Words(en, cy), rule.clauses, rule.id, field)
    return Reason(Words(en, cy), clauses, "", field)


_BARS_OF_KIND: Final[Mapping[str, Callable[[Standing, Draft], Iterator[Reason]]]] = {
    **dict.fromkeys(MOVING, _move_bars),
    "timescale_extended": _extension_bars,
    "restriction_lifted": _not_in_force_bars,
    "restriction_varied": _not_in_force_bars,
    "clock_resumed": _resuming_bars,
    "response_received": _responding_bars,
    "response_judged": _judging_bars,
    "retention_reviewed": _hold_bars,
    CHANGED: change_bars,
    **dict.fromkeys((OPENED, BEGUN, ATTENDED), _meeting_bars),
    **dict.fromkeys((CIRCULATED, APPROVED), _minutes_bars),
}
