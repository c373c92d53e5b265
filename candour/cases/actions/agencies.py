"""Which of the agencies called on to rate are bodies of the case, told by their numbers."""

from dataclasses import replace

from candour.bodies.models import Body
from candour.cases.models import Case
from candour.engine import Draft
from candour.engine.fields import as_values
from candour.engine.rated import RATES_FOR, rates_for
from candour.engine.vocabulary.ratings import CALLED
from candour.engine.words import same


def with_numbers(case_id: int, draft: Draft) -> Draft:
    """Return a call for ratings with the numbers of those agencies that lead or share the case.

    A name changes, is written in two languages, and may be that of another body too; the number of
    a body does not and is not.
    """
    if draft.kind != CALLED:
        return draft
    case = Case.objects.filter(pk=case_id).first()
    there = [case.body_id, *case.shared_with] if case else []
    known = {
        same(name): body.pk
        for body in Body.objects.filter(pk__in=there)
        for name in (body.name, body.name_cy)
        if name
    }
    agencies = (str(name) for name in as_values(draft.data.get("agencies")))
    found = [rates_for(known[same(name)], name) for name in agencies if same(name) in known]
    own = {name: value for name, value in draft.data.items() if name != RATES_FOR}
    return replace(draft, data={**own, RATES_FOR: found} if found else own)
