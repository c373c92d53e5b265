"""The tables of what was taken out of people's words, and of what people decided about it.

`candour.deidentifying` finds it; a person confirms or restores each mark. No column here holds any
of the words: those stay sealed (`candour.sealing`), or are not kept at all.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from candour.bodies.models import Body
from candour.deidentifying import Sort, standing_in
from candour.people.models import User


class MarkState(models.TextChoices):
    """What a person decided about a mark."""

    WAITING = "waiting", "Nobody has looked at it"
    CONFIRMED = "confirmed", "Stays out"
    RESTORED = "restored", "Put back"


class FoundBy(models.TextChoices):
    """Who found that words tell who somebody is."""

    RULES = "rules", "The rules"
    PERSON = "person", "A person"


class ExperienceMark(models.Model):
    """Words of one experience that tell, or may tell, who somebody is.

    They are out of its answer in every state but `MarkState.RESTORED`.

    Attributes:
        begin, end: where they begin and end in the words as given, in letters.
        kept: the words as given are sealed, so that they can be put back.
        state: what was decided last; `MarkDecision` keeps every decision.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    experience = models.ForeignKey(
        "experiences.Experience", on_delete=models.PROTECT, related_name="marks", db_index=False
    )
    sort = models.TextField(choices=[(sort.value, sort.name) for sort in Sort])
    begin = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kept = models.BooleanField()
    found_by = models.TextField(choices=FoundBy, default=FoundBy.RULES)
    state = models.TextField(choices=MarkState, default=MarkState.WAITING)

    class Meta:
        db_table = "experience_mark"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["experience", "begin"], name="experience_mark_once"),
            models.CheckConstraint(
                condition=Q(end__gt=F("begin")), name="experience_mark_of_words"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["body", "experience"],
                name="experience_mark_waiting",
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.experience_id}: {self.sort} at {self.begin} ({self.state})"

    def stands_in(self, language: str) -> str:
        """Return what stands in an answer of this language where the words were taken out."""
        return standing_in(Sort(self.sort), language)


class MarkDecision(models.Model):
    """What somebody decided about a mark, and when: added, never changed."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    mark = models.ForeignKey(ExperienceMark, on_delete=models.PROTECT, related_name="decisions")
    state = models.TextField(choices=MarkState)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "experience_mark_decision"

    def __str__(self) -> str:
        return f"{self.mark_id}: {self.state}"
