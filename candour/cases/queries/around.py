"""Other cases about the same service, or about another of its provider’s."""

from django.db.models import BooleanField, ExpressionWrapper, Q

from candour.cases.models import Case
from candour.directory.merging import same_service

MOST = 20


def cases_around(case: Case) -> list[Case]:
    """Return the other cases of a case’s service and of its provider, open ones first.

    Rows that were merged with the service count as it. Only those cases that the bodies acted for
    may see. One query; none where it is about no service.
    """
    if case.service is None:
        return []
    same = Q(service__in=same_service(case.service.pk))
    near = same | Q(service__provider=case.service.provider_id)
    found = Case.objects.filter(near).exclude(pk=case.pk).select_related("service", "body")
    marked = found.annotate(elsewhere=ExpressionWrapper(~same, output_field=BooleanField()))
    rows = list(marked.order_by("-opened_at")[:MOST])
    return sorted(rows, key=lambda each: (not each.is_open, vars(each)["elsewhere"]))
