"""The questions that open a case: the urgent one first, with what its answer asks for at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from candour.bodies.models import Service
from candour.engine import Procedure
from candour.engine.fields import Field, FieldType
from candour.engine.kinds import Kind
from candour.engine.procedure import Duty
from candour.site import clock
from candour.web.forms.controls import NO, YES, Choice, Control, as_typed
from candour.web.forms.entry import EntryForm
from candour.web.presenters.contacts import referrals_of, who_answers
from candour.web.spoken import said, spoken

OPENING = "case_opened"
URGENT = "safeguarding"  # questions whose name begins so are asked before any other
ANSWERS: Mapping[str, Any] = {YES: True, NO: False}


def opening_kind(procedure: Procedure) -> Kind:
    """Return the kind of the first entry, its urgent questions before the others."""
    kind = procedure.kind(OPENING)
    fields = sorted(kind.fields, key=lambda known: not known.name.startswith(URGENT))
    return replace(kind, fields=tuple(fields))


def known_answers(
    procedure: Procedure, service: Service | None, body: str, *, unsafe: bool = False
) -> dict[str, list[str]]:
    """Return what is known already, as if it had been typed.

    Args:
        procedure: whose opening questions they answer.
        service: what the directory knows of it.
        body: the name of the body that leads.
        unsafe: somebody said of what the case rests on that it is a safeguarding concern.
    """
    known: dict[str, Any] = {"lead_agency": body}
    if unsafe:
        known["safeguarding_risk"] = True
    if service is not None:
        known |= {"nursing": service.nursing, "people": service.people}
    fields = [field for field in procedure.kind(OPENING).fields if _fits(field, known)]
    return as_typed(fields, known)


def _fits(known: Field, values: Mapping[str, Any]) -> bool:
    if known.name not in values:
        return False
    value = values[known.name]
    if known.type is FieldType.YES_NO:
        return isinstance(value, bool)
    if known.type is FieldType.CHOICE:
        return any(option.id == value for option in known.options)
    return known.type is FieldType.LINE


def advised(form: EntryForm, procedure: Procedure) -> EntryForm:
    """Return the form with what each answer asks for at once, beside the answer."""
    controls = tuple(_with_advice(control, procedure) for control in form.controls)
    return replace(form, controls=controls)


def _with_advice(control: Control, procedure: Procedure) -> Control:
    if control.shape != "radios":
        return control
    return replace(
        control,
        choices=tuple(
            replace(choice, advice=tuple(_advice(control, choice, procedure)))
            for choice in control.choices
        ),
    )


def _advice(control: Control, choice: Choice, procedure: Procedure) -> Iterator[str]:
    value = ANSWERS.get(choice.value, choice.value)
    duties = [
        duty
        for duty in procedure.duties_started_by.get(OPENING, ())
        for pattern in duty.starts
        if pattern.kind == OPENING
        and any(w.field == control.name and value in w.values for w in pattern.where)
    ]
    if duties and control.name.startswith(URGENT):
        yield _("If anybody is in danger now, ring 999 first.")
        yield from _who_to_call(duties, procedure)
    for duty in duties:
        title, words = said(duty.title), duty.clock.words(spoken())
        yield title if words in title else f"{title} ({words})"


def _who_to_call(duties: Iterable[Duty], procedure: Procedure) -> Iterator[str]:
    """Yield whom to call now for the referrals that meet these duties, with the number."""
    wanted = referrals_of(pattern for duty in duties for pattern in duty.met_by)
    told = (line for group in who_answers(procedure, wanted, clock.now()) for line in group.lines)
    for line in dict.fromkeys(told):
        if line.phones:
            until = f" ({line.until})" if line.until else ""
            yield f"{line.name}: {', '.join(line.phones)}{until}"
