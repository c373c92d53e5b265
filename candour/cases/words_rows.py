"""The table of words: what each entry of a case says, as it holds, for searching."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from candour.cases.columns import drawn_body
from candour.database.text_search import words_sql

# Marks that no word has in it, by which the index itself keeps a search to a body, and to the weeks
# in which something happened (counted from 1970), so that the newest are found first.
OF_BODY = "chr(1) || body_id::text"
WEEK = "floor(extract(epoch FROM happened_at AT TIME ZONE 'UTC') / 604800)::bigint"
MARKS = f"array_to_tsvector(ARRAY[{OF_BODY}, {OF_BODY} || '/' || ({WEEK})::text])"
# One index for each sort: a word that every entry has may stand in no title of a case.
SORTS = ("case", "entry", "document")
# What was just written waits unsorted, and every search reads all of it: keep it short.
WAITING = 256


class MarkedWords(Func):
    """The words of what an entry says, with the marks of its body and its week."""

    template = f"({words_sql('said')} || {MARKS})"
    output_field: "SearchVectorField[str, str]" = SearchVectorField()


class CaseWords(models.Model):
    """What one entry of a case says, drawn from its log: what was put right is not in it.

    Attributes:
        name: the entry's id; with "/kept" behind it for what of it a provider may not read.
        entry: the entry.
        sort: a `candour.cases.words_drawing.Sort`.
        kept: it is for agencies alone: a provider that shares the case does not find it.
        said: the words, line by line.
    """

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="words", db_index=False
    )
    body = drawn_body()
    name = models.TextField()
    entry = models.UUIDField()
    sort = models.TextField()
    kind = models.TextField()
    happened_at = models.DateTimeField()
    kept = models.BooleanField()
    said = models.TextField()
    words = models.GeneratedField(
        expression=MarkedWords(F("said"), F("body"), F("happened_at")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "case_words"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "name"], name="case_words_once")
        ]
        indexes: ClassVar = [
            *(
                GinIndex(
                    fields=["words"],
                    name=f"case_words_in_{sort}",
                    condition=Q(sort=sort),
                    gin_pending_list_limit=WAITING,
                )
                for sort in SORTS
            ),
            models.Index(fields=["body", "sort", "-happened_at", "-id"], name="case_words_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name}"
