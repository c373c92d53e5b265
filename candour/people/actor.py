"""Who does something: always a person in a role at a body, or the system for a body."""

from dataclasses import dataclass
from typing import Self

from candour.bodies.models import Body
from candour.people.models import Post, User

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: every verb that writes takes one, and the log keeps it.

    Attributes:
        user: the person, or None when the system acts by itself.
        role: the role id acted in, as procedures name it.
        body: the body acted for.
    """

    user: User | None
    role: str
    body: Body

    @classmethod
    def from_post(cls, post: Post) -> Self:
        """Return the holder of this post, acting in it."""
        return cls(user=post.user, role=post.role, body=post.body)

    @classmethod
    def system(cls, body: Body) -> Self:
        """Return the system itself, acting for this body: what time alone brings about."""
        return cls(user=None, role=SYSTEM, body=body)

    @property
    def user_id(self) -> int | None:
        """The person's id, or None for the system."""
        return None if self.user is None else self.user.pk

    @property
    def body_id(self) -> int:
        """The id of the body acted for."""
        return self.body.pk

    @property
    def name(self) -> str:
        """The name to show: the person's, or the body's when the system acts for it."""
        return self.body.name if self.user is None else self.user.name
