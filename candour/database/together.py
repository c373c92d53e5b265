"""Rows of several models read by one statement that is put together once.

A queryset with `select_related` puts its SQL together at every call. For the two that every page
of a case makes, that is a tenth of the whole page.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db import connections, models
from django.db.models.options import Options

Found = dict[str, models.Model | None]


class Together:
    """A statement that reads whole rows of some models.

    The SQL names the models' columns by ``{columns}``, and gives each table the alias under which
    the model is given here. A model whose primary key came out empty (an outer join) reads as None.
    """

    def __init__(self, sql: str, **read: type[models.Model]) -> None:
        self._sql = sql
        self._read = read

    def rows(self, params: Sequence[Any], using: str = "default") -> list[Found]:
        """Return what the statement finds: for each row, a model under each alias. One query."""
        with connections[using].cursor() as cursor:
            cursor.execute(self._statement, params)
            return [dict(self._models(row, using)) for row in cursor.fetchall()]

    @cached_property
    def _statement(self) -> str:
        columns = ", ".join(
            f'{alias}."{column}"'
            for alias, read in self._read.items()
            for column in _columns(read).values()
        )
        return self._sql.replace("{columns}", columns)

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        return {alias: list(_columns(read)) for alias, read in self._read.items()}

    def _models(self, row: Sequence[Any], using: str) -> Iterator[tuple[str, models.Model | None]]:
        begin = 0
        for alias, read in self._read.items():
            names = self._names[alias]
            values = row[begin : begin + len(names)]
            begin += len(names)
            there = values[names.index(_meta(read).pk.attname)] is not None
            yield alias, read.from_db(using, names, values) if there else None


def _columns(read: type[models.Model]) -> dict[str, str]:
    """Return the columns of a model by the names of its attributes."""
    return {field.attname: str(field.column) for field in _meta(read).concrete_fields}


def _meta(read: type[models.Model]) -> "Options[models.Model]":
    return read._meta  # noqa: SLF001  # Django's documented interface, whatever its name
