"""Reads of safeguarding signs: what waits to be looked at, by whom, and what was said of others."""

from collections.abc import Iterable
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Func, IntegerField, Q, QuerySet, TextField, Value

from candour.experiences.models import ExperienceSign, SafeguardingWatch, SignState
from candour.people.leavers import HEADS
from candour.people.models import Post
from candour.safeguarding import GRAVITY

DANGER: Final = "danger"  # whoever told us says that somebody is in danger now
SEEN: Final = "seen"  # a person who read it put it on the list
ORDER: Final = (DANGER, SEEN, *(sort.value for sort in GRAVITY))

_RANK: Final = Func(
    Value(list(ORDER), output_field=ArrayField(TextField())),
    F("sorts__0"),
    function="array_position",
    output_field=IntegerField(),
)


def waiting() -> "QuerySet[ExperienceSign]":
    """Return the signs that wait to be looked at, with their experiences.

    What speaks of now comes before what is over, then the gravest, then who has waited longest.
    """
    found = ExperienceSign.objects.filter(
        state=SignState.WAITING, experience__out_since__isnull=True
    )
    return found.select_related("experience").order_by("past", _RANK, "raised_at", "pk")


def waiting_for(posts: Iterable[Post]) -> "QuerySet[ExperienceSign]":
    """Return the signs that the holder of these posts is to look at. One query.

    Those of a body whose watch is everybody's or their own post's; and, for the head of a body,
    those that nobody looked at in time.
    """
    roles: dict[int, set[str]] = {}
    for post in posts:
        roles.setdefault(post.body_id, set()).add(post.role)
    theirs = Q(pk__in=())
    for body, held in roles.items():
        others = SafeguardingWatch.objects.filter(body=body).exclude(role__in={"", *held})
        theirs |= Q(~Exists(others), body=body)
        if not held.isdisjoint(HEADS):
            theirs |= Q(body=body, escalated_at__isnull=False)
    return waiting().filter(theirs)


def looked_at(most: int) -> "QuerySet[ExperienceSign]":
    """Return the newest signs that somebody has looked at, with who said what. Two queries.

    What is out of use is left out, as everywhere.
    """
    found = ExperienceSign.objects.filter(experience__out_since__isnull=True)
    found = found.exclude(state=SignState.WAITING)
    return found.select_related("experience").prefetch_related("looks__by").order_by("-pk")[:most]


def concern_for_safety(experiences: Iterable[int]) -> bool:
    """Return whether somebody who looked said of one of these that it is a concern. One query.

    None is asked where there are no experiences.
    """
    numbers = list(experiences)
    found = ExperienceSign.objects.filter(experience__in=numbers, state=SignState.CONCERN)
    return bool(numbers) and found.exists()
