"""Who stands in for a post that nobody holds, and who leads the cases of a body.

A duty is owed by a role at the body that leads the case. When the last holder of that role has
gone, the duty is still owed: it is handed to whoever leads the body's cases, and where nobody does
that either, to the head of the body.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from candour.bodies.effective import holds_on
from candour.people.models import Post

LEAD = "lead_officer"  # the role by which every procedure names whoever leads a case
# Whom a body answers to when nobody leads its cases, the nearest to the work first.
HEADS = (
    "chief_executive",
    "head_of_service",
    "director_social_services",
    "deputy_nurse_director",
    "chair",
)

Role = tuple[int, str]  # a body, and the id of a role


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds which role at some bodies on a day: people who may sign in."""

    holders: Mapping[Role, frozenset[int]]

    def is_held(self, body: int, role: str) -> bool:
        """Return whether anybody holds a role at a body."""
        return (body, role) in self.holders

    def heirs(self, body: int) -> frozenset[int]:
        """Return who leads the cases of a body, or heads it where nobody leads them."""
        for role in (LEAD, *HEADS):
            if found := self.holders.get((body, role)):
                return found
        return frozenset()


def holding(bodies: Iterable[int], day: date) -> Holding:
    """Return who holds which role at these bodies on a London day. One query."""
    posts = Post.objects.filter(
        holds_on(day), body_id__in=list(bodies), user__is_active=True
    ).values_list("body_id", "role", "user_id")
    found: dict[Role, set[int]] = {}
    for body, role, person in posts:
        found.setdefault((body, role), set()).add(person)
    return Holding({role: frozenset(people) for role, people in found.items()})
