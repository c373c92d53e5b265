"""Conditions in words: what must hold, and what it is that holds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from candour.engine import Procedure, Standing
from candour.engine.conditions import (
    AllOf,
    Among,
    AnyOf,
    AtStep,
    Condition,
    DuePassed,
    DutiesMet,
    Elapsed,
    Latest,
    NoneForMember,
    Not,
    NotCopied,
    NotMilder,
    NotStale,
    OnePerMember,
    OpenToRecipients,
    ProcessRunning,
    Recorded,
    RefersTo,
    RestrictionInForce,
    Situation,
)
from candour.web.presenters.naming import entry_name
from candour.web.presenters.patterns import pattern_words, where_words
from candour.web.spoken import said, spoken
from candour.web.spoken import told as _


def must_hold(procedure: Procedure, condition: Condition) -> str:
    """Return what a condition asks: the procedure's own words for it, or plain ones of ours."""
    if condition.says.en:
        return said(condition.says)
    return f"{described(procedure, condition)}."


def as_it_holds(standing: Standing, condition: Condition, moment: datetime) -> str:
    """Return what it is that holds, of a condition that does.

    The procedure's own words tell what is missing, so they would mislead beside a tick.
    """
    if isinstance(condition, AllOf | AnyOf):
        situation = Situation(standing, moment)
        held = [part for part in condition.parts if not part.unmet(situation)]
        return _("; ").join(as_it_holds(standing, part, moment) for part in held)
    if isinstance(condition, Recorded | Latest):
        return _on_record(standing, condition)
    return described(standing.procedure, condition)


def _on_record(standing: Standing, condition: Recorded | Latest) -> str:
    """Return the newest entry that makes a condition hold."""
    newest = standing.latest(condition.pattern)
    if newest is None:
        return described(standing.procedure, condition)
    return _("On record: %(what)s") % {"what": entry_name(standing, newest)}


def described(procedure: Procedure, condition: Condition) -> str:
    """Return a condition in plain words of ours."""
    for kind, words in _WORDS:
        if isinstance(condition, kind):
            return words(procedure, condition)
    return said(condition.says) or _("As the procedure asks")


def _recorded(procedure: Procedure, condition: Recorded) -> str:
    what = pattern_words(procedure, condition.pattern)
    if condition.at_least > 1:
        return _("On record %(n)s times: %(what)s") % {"n": condition.at_least, "what": what}
    return _("On record: %(what)s") % {"what": what}


def _latest(procedure: Procedure, condition: Latest) -> str:
    fields = {known.name: known for known in procedure.kind(condition.pattern.kind).fields}
    has = "; ".join(where_words(fields.get(where.field), where) for where in condition.has)
    what = pattern_words(procedure, condition.pattern)
    return _("The latest entry “%(what)s” says: %(has)s") % {"what": what, "has": has}


def _one_each(procedure: Procedure, condition: OnePerMember) -> str:
    return _("On record from every member: %(what)s") % {
        "what": pattern_words(procedure, condition.pattern)
    }


def _not_milder(_procedure: Procedure, _condition: NotMilder) -> str:
    return _("No milder than the median of the members’ own ratings")


def _not_stale(procedure: Procedure, condition: NotStale) -> str:
    return _("Nothing came in since that makes it stale: %(what)s") % {
        "what": pattern_words(procedure, condition.pattern)
    }


def _not_copied(_procedure: Procedure, _condition: NotCopied) -> str:
    return _("In words of its own, not those of an earlier entry")


def _none_for(procedure: Procedure, condition: NoneForMember) -> str:
    return _("Not on record for this member: %(what)s") % {
        "what": pattern_words(procedure, condition.pattern)
    }


def _elapsed(procedure: Procedure, condition: Elapsed) -> str:
    return _("Time has run: %(clock)s %(what)s") % {
        "clock": condition.clock.words(spoken()),
        "what": pattern_words(procedure, condition.pattern),
    }


def _at_step(procedure: Procedure, condition: AtStep) -> str:
    steps = _(" or ").join(said(procedure.steps[step].title) for step in condition.steps)
    return _("The case is at: %(steps)s") % {"steps": steps}


def _done(procedure: Procedure, condition: DutiesMet) -> str:
    titles = "; ".join(said(procedure.duties[duty].title) for duty in condition.duties)
    return _("Nothing open of: %(duties)s") % {"duties": titles}


def _run_out(procedure: Procedure, condition: DuePassed) -> str:
    titles = "; ".join(said(procedure.duties[duty].title) for duty in condition.duties)
    return _("Time has run out for: %(duties)s") % {"duties": titles}


def _refers(procedure: Procedure, condition: RefersTo) -> str:
    kinds = _(" or ").join(said(procedure.kind(kind).title) for kind in condition.kinds)
    return _("It rests on an entry: %(kinds)s") % {"kinds": kinds}


def _among(procedure: Procedure, condition: Among) -> str:
    listing = said(procedure.kind(condition.pattern.kind).title)
    return _("Listed before in: %(listing)s") % {"listing": listing}


def _restricted(_procedure: Procedure, _condition: RestrictionInForce) -> str:
    return _("A restriction is in force")


def _running(_procedure: Procedure, _condition: ProcessRunning) -> str:
    return _("A process runs beside this case")


def _open_to(_procedure: Procedure, _condition: OpenToRecipients) -> str:
    return _("What is shared is open to those it is shared with")


def _not(procedure: Procedure, condition: Not) -> str:
    if isinstance(condition.part, Recorded):
        what = pattern_words(procedure, condition.part.pattern)
        return _("Not on record: %(what)s") % {"what": what}
    return _("Not so: %(what)s") % {"what": described(procedure, condition.part)}


def _all(procedure: Procedure, condition: AllOf) -> str:
    return _("; ").join(must_hold(procedure, part).rstrip(".") for part in condition.parts)


def _any(procedure: Procedure, condition: AnyOf) -> str:
    return _("; or: ").join(must_hold(procedure, part).rstrip(".") for part in condition.parts)


_WORDS: tuple[tuple[type, Callable[[Procedure, Any], str]], ...] = (
    (Recorded, _recorded),
    (Latest, _latest),
    (OnePerMember, _one_each),
    (NotMilder, _not_milder),
    (NotStale, _not_stale),
    (NotCopied, _not_copied),
    (NoneForMember, _none_for),
    (Elapsed, _elapsed),
    (AtStep, _at_step),
    (DutiesMet, _done),
    (DuePassed, _run_out),
    (RefersTo, _refers),
    (Among, _among),
    (RestrictionInForce, _restricted),
    (ProcessRunning, _running),
    (OpenToRecipients, _open_to),
    (Not, _not),
    (AllOf, _all),
    (AnyOf, _any),
)
