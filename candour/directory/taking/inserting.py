"""Columns of tables of another room, as a set-based INSERT must fill them.

Django keeps the defaults of a model out of the database, so whoever inserts by SQL says them too.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models


def other_columns(model: type[models.Model], given: Iterable[str]) -> tuple[str, str, list[Any]]:
    """Return the columns of a model that are not given, ready to go on in an INSERT … SELECT.

    Args:
        model: the model inserted into.
        given: the columns that the statement fills by itself.

    Returns:
        The columns, each with a comma before it; the same of their places; and their values.
    """
    filled = set(given)
    names, places, values = list[str](), list[str](), list[Any]()
    for field in model._meta.concrete_fields:  # noqa: SLF001  # Django's documented way to ask
        if field.column in filled or field.primary_key or field.generated:
            continue
        if (value := field.get_default()) is not None:
            names.append(f", {field.column}")
            places.append(f", %s::{field.db_type(connection)}")
            values.append(field.get_db_prep_save(value, connection))
    return "".join(names), "".join(places), values
