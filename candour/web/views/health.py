"""Whether the site can do its work: asked by supervisors, load balancers and the demo."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` (200) when the database answers, else say that it does not (503)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", "text/plain; charset=utf-8", 503)
    return HttpResponse("ok\n", "text/plain; charset=utf-8")
