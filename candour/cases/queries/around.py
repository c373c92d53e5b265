"""Other cases about the same service, or about another of its provider’s."""

from django.db.models import Q

from candour.cases.models import Case

MOST = 20


def cases_around(case: Case) -> list[Case]:
    """Return the other cases of a case’s service and of its provider, open ones first.

    Only those that the bodies acted for may see. One query; none where it is about no service.
    """
    if case.service is None:
        return []
    near = Q(service=case.service_id) | Q(service__provider=case.service.provider_id)
    found = Case.objects.filter(near).exclude(pk=case.pk).select_related("service", "body")
    rows = list(found.order_by("-opened_at")[:MOST])
    return sorted(rows, key=lambda each: (not each.is_open, each.service_id != case.service_id))
