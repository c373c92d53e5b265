"""Reads of coding: the list, what waits to be coded, what was learned, what it was learned from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from candour.bodies.models import Body
from candour.coding.models import AppliesAlone, Code, Coding, LearnedModel, Suggested
from candour.experiences.models import Experience, Tally

MOST_EXAMPLES = 20_000  # the newest; more teach little and take minutes

EXAMPLES = """
SELECT e.answer, e.question, e.themes, e.sentiment FROM experience AS e
LEFT JOIN LATERAL (
    SELECT c.by_id, c.model_id, c.id FROM coding AS c WHERE c.experience_id = e.id
    ORDER BY c.id DESC LIMIT 1
) AS newest ON true
WHERE e.body_id = %s AND e.out_since IS NULL
  AND newest.model_id IS NULL AND (newest.by_id IS NOT NULL OR cardinality(e.themes) > 0)
ORDER BY e.id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class CodeInUse:
    """A code of the list and how many experiences carry it; `code` is None for one not in it."""

    theme: str
    experiences: int
    code: Code | None


@dataclass(frozen=True, slots=True)
class Coded:
    """An experience as somebody coded it, to learn from."""

    words: str
    question: str
    themes: tuple[str, ...]
    sentiment: int | None


def code_list(body: Body, *, retired: bool = False) -> QuerySet[Code]:
    """Return a body's codes by family and title; those no longer offered only if asked for."""
    found = Code.objects.filter(body=body).order_by("family", "title")
    return found if retired else found.filter(retired_at__isnull=True)


def codes_in_use(body: Body) -> list[CodeInUse]:
    """Return the whole list with how often each is used, then themes that are not in it. 2 queries.

    Themes that came with an import stand outside the list until somebody takes them in.
    """
    used = themes_in_use(body)
    codes = list(code_list(body, retired=True).select_related("became"))
    listed = [CodeInUse(code.theme, used.pop(code.theme, 0), code) for code in codes]
    return [*listed, *(CodeInUse(theme, number, None) for theme, number in sorted(used.items()))]


def themes_in_use(body: Body) -> dict[str, int]:
    """Return how many experiences in use carry each theme. One query, over the kept counts."""
    found = Tally.objects.filter(body=body).exclude(theme="").values("theme")
    return dict(found.annotate(number=Sum("experiences")).values_list("theme", "number"))


def to_code(body: Body) -> QuerySet[Experience]:
    """Return the experiences that nobody has coded and no theme came with, the newest first."""
    coded = Coding.objects.filter(experience=OuterRef("pk"), by__isnull=False)
    waiting = Experience.objects.in_use().filter(~Exists(coded), body=body, themes=[])
    return waiting.order_by(F("listed_on").desc(), F("pk").desc())


def codings_of(experience: Experience) -> QuerySet[Coding]:
    """Return every coding of an experience with who did it, the newest first."""
    return (
        Coding.objects.filter(experience=experience).select_related("by", "model").order_by("-pk")
    )


def newest_coding(experience: Experience) -> int:
    """Return the number of an experience's newest coding, or 0. One query."""
    newest = Coding.objects.filter(experience=experience).order_by("-pk")
    return newest.values_list("pk", flat=True).first() or 0


def suggested_for(experiences: Iterable[Experience]) -> dict[int, Suggested]:
    """Return what the machine suggests for each of these, by their numbers."""
    wanted = [experience.pk for experience in experiences]
    return {each.pk: each for each in Suggested.objects.filter(pk__in=wanted)}


def newest_model(body: Body) -> LearnedModel | None:
    """Return what a body's coding taught last, without the machine itself, or None."""
    return LearnedModel.objects.defer("machine").filter(body=body).order_by("-pk").first()


def applied_alone(body: Body) -> Mapping[str, AppliesAlone]:
    """Return the themes that a body lets a machine apply by itself, and from where on."""
    found = AppliesAlone.objects.filter(
        Q(body=body), ended_at__isnull=True, code__retired_at__isnull=True
    )
    return {each.code.theme: each for each in found.select_related("code", "set_by")}


def examples_of(body: Body) -> list[Coded]:
    """Return what a body's people coded, and what came coded, but nothing that a machine did."""
    with connection.cursor() as cursor:
        cursor.execute(EXAMPLES, [body.pk, MOST_EXAMPLES])
        return [
            Coded(words, question, tuple(themes), sentiment)
            for words, question, themes, sentiment in cursor.fetchall()
        ]


def coded_by_people(numbers: Iterable[int]) -> set[int]:
    """Return which of these experiences a person has coded."""
    found = Coding.objects.filter(experience__in=list(numbers), by__isnull=False)
    return set(found.values_list("experience_id", flat=True))
