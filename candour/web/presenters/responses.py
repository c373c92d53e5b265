"""The responses of one case in words: each thing put, each recipient, what it owes and said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from candour.engine import OpenDuty, Standing
from candour.engine.london import local
from candour.engine.recipients import Recipient, RecipientState, recipients
from candour.web import dates
from candour.web.presenters.actions import Action
from candour.web.presenters.addresses import REFERS, entry_anchor, recording_page
from candour.web.presenters.asked_outside import AskedOutside, Outsiders, outsiders
from candour.web.presenters.dues import due_words, relative
from candour.web.presenters.naming import value_lines
from candour.web.presenters.proofs import Why, why
from candour.web.presenters.recipients import acknowledged_words, basis_words, look, state_words
from candour.web.presenters.response_chart import ResponseChart, response_chart
from candour.web.presenters.sight import Sight
from candour.web.spoken import said


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One thing that a recipient owes or did: what, by when, and why then."""

    what: str
    when: str
    relative: str
    because: str
    why: Why


@dataclass(frozen=True, slots=True)
class RecipientCard:
    """One recipient: who it is, how it stands, what it owes, what it said, what can be recorded."""

    anchor: str
    name: str
    sort: str
    basis: str
    look: str
    state: str
    received: str
    acknowledged: str
    answered: str
    owed: tuple[OwedLine, ...]
    intends: str
    said: str
    note: str
    actions: tuple[Action, ...]
    outside: AskedOutside


@dataclass(frozen=True, slots=True)
class MatterCard:
    """One report or recommendation, and everybody that it was put to."""

    title: str
    asked: str
    put: str
    cards: tuple[RecipientCard, ...]
    chart: ResponseChart | None


@dataclass(frozen=True, slots=True)
class ResponsesPage:
    """Everything that the page of responses says; `put` is where the first is recorded."""

    matters: tuple[MatterCard, ...]
    put: str


def responses_page(standing: Standing, sight: Sight) -> ResponsesPage:
    """Return the responses of a case, the newest matter first."""
    found = sorted(recipients(standing), key=lambda each: (each.matter, each.put.happened_at))
    matters = [list(group) for _matter, group in groupby(found, key=lambda each: each.matter)]
    matters.sort(key=lambda group: group[0].put.happened_at, reverse=True)
    outside = outsiders(standing, sight)
    kind = "recommendation_issued"
    may_put = sight.may_act and kind in standing.procedure.kinds and not standing.closed
    return ResponsesPage(
        matters=tuple(_matter(standing, group, sight, outside) for group in matters),
        put=recording_page(sight.ref, kind) if may_put else "",
    )


def _matter(
    standing: Standing, group: list[Recipient], sight: Sight, outside: Outsiders
) -> MatterCard:
    first = group[0].put
    names = ", ".join(dict.fromkeys(each.name for each in group))
    cards = tuple(_card(standing, each, sight, outside, alone=len(group) == 1) for each in group)
    return MatterCard(
        title=_("Put to %(names)s") % {"names": names},
        asked=str(first.data.get("what_is_asked") or ""),
        put=dates.day(first.happened_at),
        cards=cards,
        chart=response_chart(group, sight.moment),
    )


def _card(
    standing: Standing, each: Recipient, sight: Sight, outside: Outsiders, *, alone: bool
) -> RecipientCard:
    today = local(sight.moment).date()
    how = look(each.state, each.waited_for_until, sight.moment, late=each.answered_late)
    by = each.acknowledge.due.on if each.acknowledge else None
    at = each.acknowledged_at
    return RecipientCard(
        anchor=entry_anchor(each.put.id),
        name=each.name,
        sort=_option(standing, each, "recipient_kind"),
        basis=basis_words(str(each.put.data.get("response_basis") or "")),
        look=how,
        state=state_words(each.state, how, late=each.answered_late),
        received=_received(each),
        acknowledged=acknowledged_words(local(at).date() if at else None, by, today),
        answered=dates.day(each.answered_at) if each.answered_at else "",
        owed=tuple(_owed(standing, each, sight)),
        intends=_intends(standing, each),
        said=str(each.answer.data.get("response") or "") if each.answer else "",
        note=_note(each),
        actions=tuple(_actions(standing, each, sight, alone=alone)),
        outside=outside.about(each.put.id, waits=_waits(each) and not standing.closed),
    )


def _received(each: Recipient) -> str:
    day = dates.day(each.received_on)
    if each.put.data.get("received_on"):
        return day
    return _("Not recorded; counted from %(day)s, when it was put") % {"day": day}


def _option(standing: Standing, each: Recipient, name: str) -> str:
    known = standing.procedure.kind(each.put.kind).field(name)
    value = each.put.data.get(name)
    return value_lines(known, value)[0] if known and value else ""


def _intends(standing: Standing, each: Recipient) -> str:
    if each.answer is None:
        return ""
    known = standing.procedure.kind(each.answer.kind).field("intends")
    value = each.answer.data.get("intends")
    return value_lines(known, value)[0] if known and value else ""


def _owed(standing: Standing, each: Recipient, sight: Sight) -> Iterator[OwedLine]:
    """Yield what it has, or had, time for: never what another does in its place."""
    told = ""
    for owed in (each.acknowledge, each.explain, each.pass_on):
        if owed is not None and not owed.ended_by:
            because = "" if owed.fixed_by else said(owed.because)
            yield OwedLine(
                what=said(owed.duty.title),
                when=due_words(owed.due),
                relative=relative(owed.due, sight.moment) if owed.is_open else _done(owed),
                because=because if because != told else "",
                why=why(standing, owed),
            )
            told = because


def _done(owed: OpenDuty) -> str:
    if owed.met_at is None:
        return ""
    late = owed.due.is_late(owed.met_at)
    words = _("done late, on %(day)s") if late else _("done on %(day)s")
    return words % {"day": dates.day(owed.met_at)}


def _note(each: Recipient) -> str:
    """Return what else became of it: who answers for it, to whom it went on."""
    if each.forwarded:
        facts = {"name": each.forwarded.data["to"], "day": dates.day(each.forwarded.happened_at)}
        return _("Not responsible. Passed on to %(name)s on %(day)s.") % facts
    if each.state is RecipientState.NOT_RESPONSIBLE:
        return _("Says that it is not responsible. It has to pass this on and say so.")
    if each.lead:
        return _("%(name)s was agreed as the one who explains for all.") % {
            "name": each.lead.data["to"]
        }
    if each.state is RecipientState.UNANSWERED:
        return _("No answer came, and none is waited for any longer.")
    return ""


def _actions(standing: Standing, each: Recipient, sight: Sight, *, alone: bool) -> Iterator[Action]:
    """Yield what can be recorded about it now."""
    if not sight.may_act or standing.closed:
        return
    waits = _waits(each)
    offered = {
        "acknowledgement_received": waits and each.acknowledged_at is None,
        "response_received": waits and each.state is not RecipientState.NOT_RESPONSIBLE,
        "recommendation_forwarded": waits,
        "extension_agreed": waits and _may_be_longer(each),
        "lead_responder_agreed": waits and not alone,
        "recommendation_issued": True,
    }
    words = {
        "acknowledgement_received": _("Receipt acknowledged"),
        "response_received": _("Answer received"),
        "recommendation_forwarded": _("Passed on to another body"),
        "extension_agreed": _("Longer period agreed"),
        "lead_responder_agreed": _("It explains for all"),
        "recommendation_issued": _("Sent to another body too"),
    }
    for kind in _listed(offered):
        if kind in standing.procedure.kinds:
            page = recording_page(sight.ref, kind, extra=_prefilled(each, kind))
            yield Action(words[kind], page)


def _waits(each: Recipient) -> bool:
    return each.state in (
        RecipientState.WAITED_FOR,
        RecipientState.NOT_RESPONSIBLE,
        RecipientState.NO_TIME,
    )


def _listed(offered: dict[str, bool]) -> Iterable[str]:
    return (kind for kind, wanted in offered.items() if wanted)


def _may_be_longer(each: Recipient) -> bool:
    """Say whether the procedure has a longer time for what is agreed, and it does not run yet."""
    owed = each.explain
    if owed is None or owed.alternative is not None:
        return False
    return any(
        circumstance.said_of_it is not None and circumstance.said_of_it.kind == "extension_agreed"
        for other in owed.duty.alternatives
        for circumstance in other.when
    )


def _prefilled(each: Recipient, kind: str) -> dict[str, str]:
    """Return what the form opens with: the recipient it is about, and what is the same again."""
    filled = {REFERS: each.put.id}
    if kind == "response_received":
        filled["from_whom"] = each.name
    again = {"response_received": ("tier",), "recommendation_issued": ("tier", "what_is_asked")}
    for name in again.get(kind, ()):
        if value := each.put.data.get(name):
            filled[name] = str(value)
    return filled
