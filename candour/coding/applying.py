"""Themes that a machine adds by itself, as the body let it: people come first."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from candour.experiences.models import Experience

# Whoever coded just before the rows were locked is seen here, as this is a statement of its own.
APPLY = """
WITH wanted AS (
    SELECT * FROM jsonb_to_recordset(%(wanted)s::jsonb)
        AS w (id bigint, themes text[], because jsonb)
), changed AS (
    UPDATE experience e SET themes = w.themes FROM wanted w
    WHERE e.id = w.id AND NOT EXISTS (
        SELECT FROM coding c WHERE c.experience_id = e.id AND c.by_id IS NOT NULL
    )
    RETURNING e.id, e.body_id, e.themes, e.sentiment, w.because
)
INSERT INTO coding (body_id, experience_id, themes, sentiment, model_id, because, at)
SELECT body_id, id, themes, sentiment, %(model)s, because, %(at)s FROM changed
"""


def coded_by_machine(
    sure: Mapping[int, Mapping[str, int]], *, model_id: int, as_of: datetime
) -> int:
    """Add themes to experiences as the body let a machine, and return how many it coded.

    What a person has coded by now, what carries a theme already and what is out of use stays as it
    is: a machine looks for minutes, and people go on coding meanwhile.

    Args:
        sure: for each experience by its number, how sure the machine is of each theme to add.
        model_id: which machine.
        as_of: the present instant.
    """
    if not sure:
        return 0
    free = Experience.objects.in_use().filter(pk__in=list(sure), themes=[]).order_by("pk")
    with transaction.atomic():
        locked = list(free.select_for_update(of=("self",)).values_list("pk", flat=True))
        wanted = [{"id": pk, "themes": [*sure[pk]], "because": {**sure[pk]}} for pk in locked]
        asked: dict[str, Any] = {"wanted": json.dumps(wanted), "model": model_id, "at": as_of}
        with connection.cursor() as cursor:
            cursor.execute(APPLY, asked)
            return int(cursor.rowcount)
