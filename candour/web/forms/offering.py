"""Bodies that the directory knows for the service of a case, offered where one is to be named."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from candour.bodies.models import Function
from candour.bodies.routes import Routes
from candour.cases.models import Case
from candour.web.forms.entry import EntryForm
from candour.web.spoken import spoken

NAMES: Final = "to"  # the field that names whom something is put to
# What is put to a body, and who is likely to be meant, the likeliest first.
LIKELY: Final = {
    "referral_made": (Function.SAFEGUARDING, Function.REGULATOR, Function.COMMISSIONER),
    "recommendation_issued": (Function.COMMISSIONER, Function.REGULATOR, Function.SCRUTINY),
    "recommendation_forwarded": (Function.COMMISSIONER, Function.REGULATOR, Function.SCRUTINY),
}


def with_offers(form: EntryForm, kind: str, case: Case, as_of: datetime) -> EntryForm:
    """Return a form that offers the bodies of the service where one is named; typing stays free.

    Four queries, and none for other kinds or for a case about no service.

    Args:
        form: the form as it is shown.
        kind: the kind of entry.
        case: the case, with its service and the provider.
        as_of: the present instant.
    """
    asked = LIKELY.get(kind, ())
    named = any(item.name == NAMES and item.shape == "line" for item in form.controls)
    if case.service is None or not asked or not named:
        return form
    routes = Routes.of(asked, at=as_of, service=case.service)
    people = case.service.people
    found = [one.body for each in asked for one in routes.who_answers(each, people) if one.body]
    offers = tuple(
        dict.fromkeys(body.name_in(spoken()) for body in (*found, case.service.provider))
    )
    return replace(
        form,
        controls=tuple(
            replace(item, offers=offers) if item.name == NAMES else item for item in form.controls
        ),
    )
