"""Which letter does what is owed: the link between a duty and the templates that meet it."""

from collections.abc import Iterator, Mapping
from typing import Any

from candour.documents.facts.seen import SHARED_WITH
from candour.engine import OpenDuty, Procedure, Standing
from candour.engine.patterns import Pattern
from candour.engine.templates import Template


def templates_for(procedure: Procedure, owed: OpenDuty) -> tuple[Template, ...]:
    """Return the templates whose sending records what meets a duty.

    They come kind by kind, as the duty names them; parts of it that are done already are left out.
    """
    wanted = [pattern for part, pattern in enumerate(owed.duty.met_by) if part not in owed.parts]
    known = procedure.templates_recording
    return tuple(
        template
        for kind in dict.fromkeys(pattern.kind for pattern in wanted)
        for template in known.get(kind, ())
        if any(_meets(template, pattern) for pattern in wanted)
    )


def about_of(standing: Standing, template: Template, owed: OpenDuty | None) -> str:
    """Return the id of the entry that a letter speaks of: the duty's own, else the latest."""
    fitting = [entry for pattern in template.about for entry in standing.matching(pattern)]
    ids = [entry.id for entry in sorted(fitting, key=lambda entry: entry.happened_at)]
    nearest = (owed.concerns, owed.trigger) if owed else ()
    return next((ref for ref in nearest if ref in ids), ids[-1] if ids else "")


def _meets(template: Template, pattern: Pattern) -> bool:
    if template.records is None or template.records.kind != pattern.kind:
        return False
    data = _recorded(template)
    return all(where.holds(data) for where in pattern.where)


def _recorded(template: Template) -> Mapping[str, Any]:
    """Return what sending is known to record before anybody has written the letter."""
    recipients = dict.fromkeys(_kinds(template))
    fixed = dict(template.records.data) if template.records else {}
    return {"recipients": list(recipients), **fixed}


def _kinds(template: Template) -> Iterator[str]:
    for rule in template.rules:
        yield from SHARED_WITH.get(rule.name, ())
