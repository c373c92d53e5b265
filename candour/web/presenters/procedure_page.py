"""The page of a procedure: its steps, moves, duties, gates, roles and documents, each with why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from candour.engine import Procedure
from candour.engine.matters import Alternative
from candour.engine.procedure import Duty, Gate, Move
from candour.web import dates
from candour.web.presenters.bases import base_title, taken_over
from candour.web.presenters.clause_places import ClauseLine, Tally, clause_lines, tallies
from candour.web.presenters.conditions import must_hold
from candour.web.presenters.moves import deciders
from candour.web.presenters.naming import role_title
from candour.web.presenters.patterns import pattern_words, patterns
from candour.web.presenters.procedure_letters import LetterLine, letter_lines
from candour.web.presenters.proofs import calendar_name
from candour.web.spoken import said, spoken


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a procedure: its anchor, name, facts (name and value) and clauses."""

    anchor: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """Everything that the page of a procedure says."""

    title: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    overdue: str
    steps: tuple[Row, ...]
    moves: tuple[Row, ...]
    duties: tuple[Row, ...]
    gates: tuple[Row, ...]
    autos: tuple[Row, ...]
    roles: tuple[Row, ...]
    documents: tuple[Row, ...]
    letters: tuple[LetterLine, ...]
    clauses: tuple[ClauseLine, ...]
    covered: tuple[Tally, ...]
    matrix_note: str
    taken_over: frozenset[str]


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure in the list of them."""

    name: str
    title: str
    summary: str
    version: str
    overdue: str
    based_on: str
    is_base: bool


def procedure_line(procedure: Procedure, today: date) -> ProcedureLine:
    """Return a procedure as one of a list."""
    return ProcedureLine(
        procedure.name,
        said(procedure.title),
        said(procedure.summary),
        procedure.version,
        _overdue(procedure, today),
        base_title(procedure),
        procedure.is_base,
    )


def procedure_page(
    procedure: Procedure, today: date, beside: Iterable[Procedure] = ()
) -> ProcedurePage:
    """Return the page of a procedure as it reads on a day, `beside` the others of this site."""
    clauses = clause_lines(procedure, beside)
    return ProcedurePage(
        title=said(procedure.title),
        summary=said(procedure.summary),
        facts=tuple(_facts(procedure)),
        overdue=_overdue(procedure, today),
        steps=tuple(_steps(procedure)),
        moves=tuple(_move(procedure, move) for move in procedure.moves.values()),
        duties=tuple(_duty(procedure, duty) for duty in procedure.duties.values()),
        gates=tuple(_gate(procedure, gate) for gate in procedure.gates),
        autos=tuple(_autos(procedure)),
        roles=tuple(_roles(procedure)),
        documents=tuple(_documents(procedure)),
        letters=letter_lines(procedure),
        clauses=clauses,
        covered=tallies(clauses),
        matrix_note=said(procedure.matrix.note) if procedure.matrix else "",
        taken_over=taken_over(procedure),
    )


def _steps(procedure: Procedure) -> Iterable[Row]:
    for step in procedure.steps.values():
        facts = _pairs((_("About"), said(step.describes)))
        yield Row(f"step-{step.id}", said(step.title), facts, step.clauses)


def _roles(procedure: Procedure) -> Iterable[Row]:
    for role in procedure.roles.values():
        outside = _("No: outside the organisation") if role.outside else ""
        facts = _pairs((_("Signs in"), outside))
        yield Row(f"role-{role.id}", said(role.title), facts, role.clauses)


def _documents(procedure: Procedure) -> Iterable[Row]:
    for document in procedure.documents.values():
        facts = _pairs((_("Stands in"), document.at), (_("For"), document.audience))
        yield Row(f"document-{document.id}", said(document.title), facts, document.clauses)


def _pairs(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs that have something to say."""
    return tuple((name, value) for name, value in pairs if value)


def _facts(procedure: Procedure) -> Iterable[tuple[str, str]]:
    yield _("Version"), procedure.version
    if procedure.is_base:
        yield _("Used"), _("By the procedures that are based on it; no case is opened under it")
    if procedure.basis:
        yield _("Based on"), base_title(procedure)
    review = procedure.review
    if procedure.valid_from:
        yield _("In force from"), dates.day(procedure.valid_from)
    if procedure.valid_to:
        yield _("In force to"), dates.day(procedure.valid_to)
    if review and review.next_review:
        yield _("Review due"), dates.day(review.next_review)
    if review and review.officer:
        yield _("Reviewed by"), review.officer
    yield _("Days are"), calendar_name(procedure.calendar.name)
    for source in procedure.sources:
        dated = f", {dates.day(source.dated)}" if source.dated else ""
        yield _("Source"), f"{source.title} ({source.publisher}{dated})"


def _overdue(procedure: Procedure, today: date) -> str:
    review = procedure.review
    if review is None or review.next_review is None or review.next_review >= today:
        return ""
    return _("The review of this policy was due on %(day)s, %(relative)s.") % {
        "day": dates.day(review.next_review),
        "relative": dates.days_from(review.next_review, today),
    }


def _move(procedure: Procedure, move: Move) -> Row:
    leads = _("%(from)s → %(to)s") % {
        "from": ", ".join(said(procedure.steps[step].title) for step in move.from_steps),
        "to": said(procedure.steps[move.to].title),
    }
    override = ""
    if move.override:
        by = _(" or ").join(role_title(procedure, role) for role in move.override_by)
        override = by or _("whoever may decide, with a written rationale")
    facts = _pairs(
        (_("Leads"), leads),
        (_("Decided by"), deciders(procedure, move)),
        (_("What must hold"), " ".join(must_hold(procedure, need) for need in move.needs)),
        (_("Rationale"), _("Always needed in writing") if move.rationale else ""),
        (_("Overridden by"), override),
    )
    return Row(f"move-{move.id}", said(move.title), facts, move.clauses)


def _duty(procedure: Procedure, duty: Duty) -> Row:
    clock = duty.clock.words(spoken())
    facts = _pairs(
        (_("Due"), clock),
        (_("Why so long"), said(duty.because)),
        (_("Instead"), " ".join(_instead(other) for other in duty.alternatives)),
        (_("Starts with"), patterns(procedure, duty.starts)),
        (_("Met by"), patterns(procedure, duty.met_by, every=duty.met_when == "all")),
        (_("Owed by"), role_title(procedure, duty.owner)),
        (_("If missed"), said(duty.if_missed)),
        (_("After closing"), _("Goes on") if duty.outlives else ""),
    )
    return Row(f"duty-{duty.id}", said(duty.title), facts, duty.clauses)


def _instead(other: Alternative) -> str:
    return f"{other.clock.words(spoken())}: {said(other.because)}"


def _gate(procedure: Procedure, gate: Gate) -> Row:
    facts = _pairs(
        (_("Before"), pattern_words(procedure, gate.on)),
        (_("What must hold"), " ".join(must_hold(procedure, need) for need in gate.needs)),
    )
    return Row(f"gate-{gate.id}", said(gate.title), facts, gate.clauses)


def _autos(procedure: Procedure) -> Iterable[Row]:
    for auto in procedure.autos:
        to = role_title(procedure, auto.to_role) if auto.to_role else ""
        does = _("Acts by itself") if auto.mode == "do" else _("Puts it to somebody")
        facts = _pairs(
            (_("What it does"), f"{does}: {to}" if to else does),
            (_("When"), " ".join(must_hold(procedure, condition) for condition in auto.when)),
        )
        yield Row(f"auto-{auto.id}", said(auto.title), facts, auto.clauses)
